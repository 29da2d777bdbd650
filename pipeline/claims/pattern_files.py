"""Pattern files: one JSON object a line, in the forms of spaCy's SpanRuler, with examples.

A pattern is a string (its words, upper and lower case alike) or a list of token descriptions with
the keys LOWER or TEXT (a word, or {"IN": [words]}) and OP "?"; an empty description is any word.
Hyphens are transparent: "first line" also finds "first-line".
"""

from __future__ import annotations

import json
from dataclasses import dataclass, field
from functools import cache
from importlib import resources
from typing import Any

from pipeline.claims.cues.words import plain, split_words
from pipeline.claims.data_files import text_of
from pipeline.claims.errors import PatternError

FIELDS = {"id", "label", "value", "pattern", "attrs", "finds", "leaves"}
REQUIRED = ("id", "label", "pattern", "finds", "leaves")
LABELS = frozenset(
    [
        "DIRECTION",
        "NEGATION",
        "STRENGTH",
        "CERTAINTY",
        "GRADE",
        "LINE",
        "PREFERENCE",
        "SETTING",
        "POPULATION",
        "EVIDENCE",
        "ROLE",
        "CLAUSE",
        "COMBINE",
    ]
)
ATTRS = frozenset(("form", "weak", "system", "strength", "certainty", "direction", "claim"))
HYPHENS = frozenset("-‐‑–")


@dataclass(frozen=True, slots=True)
class Step:
    """One token of a pattern: `lower` and `text` are the words it may be (both None: any word)."""

    lower: frozenset[str] | None = None
    text: frozenset[str] | None = None
    optional: bool = False


@dataclass(frozen=True, slots=True)
class Pattern:
    """One line of a pattern file. `value` is what the words mean; "none" shadows shorter readings."""

    id: str
    label: str
    value: str | None
    steps: tuple[Step, ...]
    finds: tuple[str, ...]
    leaves: tuple[str, ...]
    attrs: dict[str, Any] = field(default_factory=dict, hash=False)


def pattern_file_names() -> tuple[str, ...]:
    """Names of the pattern files in the package, sorted."""
    folder = resources.files("pipeline.claims") / "patterns"
    return tuple(sorted(f.name for f in folder.iterdir() if f.name.endswith(".jsonl")))


@cache
def load_patterns() -> tuple[Pattern, ...]:
    """Every pattern of the package, in file and line order. Raises PatternError."""
    patterns: list[Pattern] = []
    seen: dict[str, str] = {}
    for name in pattern_file_names():
        for pattern, where in _parse(name, text_of(name)):
            if pattern.id in seen:
                raise PatternError(
                    "E-PATTERN-3",
                    f"id: {pattern.id!r} is taken by {seen[pattern.id]}",
                    where=where,
                    do="give the pattern an id of its own",
                )
            seen[pattern.id] = where
            patterns.append(pattern)
    return tuple(patterns)


def parse_patterns(name: str, text: str) -> tuple[Pattern, ...]:
    """The patterns of one file's text. Raises PatternError naming file, line and field.

    >>> [p.id for p in parse_patterns("x.jsonl", '{"id": "a", "label": "LINE", "value": "first", '
    ...  '"pattern": "first line", "finds": ["[[First line]]."], "leaves": ["No."]}')]
    ['a']
    """
    return tuple(pattern for pattern, _ in _parse(name, text))


def _parse(name: str, text: str) -> list[tuple[Pattern, str]]:
    found = []
    for number, line in enumerate(text.split("\n"), 1):
        if line.strip():
            where = f"{name} line {number}"
            found.append((_pattern(_object(line, where), where), where))
    return found


def _bad(field_name: str, problem: str, where: str) -> PatternError:
    return PatternError(
        "E-PATTERN-2", f"{field_name}: {problem}", where=where, do=f"correct {field_name!r} in this line"
    )


def _object(line: str, where: str) -> dict[str, Any]:
    try:
        data = json.loads(line)
    except ValueError as error:
        raise PatternError(
            "E-PATTERN-1", f"not a line of JSON ({error})", where=where, do="write one JSON object a line"
        ) from error
    if not isinstance(data, dict):
        raise PatternError("E-PATTERN-1", "not a JSON object", where=where, do="write one JSON object a line")
    return data


def _pattern(data: dict[str, Any], where: str) -> Pattern:
    for key in data:
        if key not in FIELDS:
            raise _bad(key, "no such field", where)
    for key in REQUIRED:
        if not data.get(key):
            raise _bad(key, "missing or empty", where)
    if not isinstance(data["id"], str):
        raise _bad("id", "must be a string", where)
    if data["label"] not in LABELS:
        raise _bad("label", f"{data['label']!r} is none of {', '.join(sorted(LABELS))}", where)
    value = data.get("value")
    if value is not None and not isinstance(value, str):
        raise _bad("value", "must be a string", where)
    attrs = data.get("attrs", {})
    if not isinstance(attrs, dict):
        raise _bad("attrs", "must be an object", where)
    for key in attrs:
        if key not in ATTRS:
            raise _bad("attrs", f"{key!r} is none of {', '.join(sorted(ATTRS))}", where)
    return Pattern(
        id=data["id"],
        label=data["label"],
        value=value,
        steps=_steps(data["pattern"], where),
        finds=_examples(data, "finds", where, marked=True),
        leaves=_examples(data, "leaves", where, marked=False),
        attrs=attrs,
    )


def _examples(data: dict[str, Any], key: str, where: str, *, marked: bool) -> tuple[str, ...]:
    given = data[key]
    if not isinstance(given, list) or not all(isinstance(s, str) and s for s in given):
        raise _bad(key, "must be a list of sentences", where)
    for sentence in given:
        if marked != ("[[" in sentence and "]]" in sentence):
            raise _bad(key, "mark the words with [[ ]]" if marked else "carries a mark", where)
    return tuple(given)


def _steps(pattern: Any, where: str) -> tuple[Step, ...]:
    if isinstance(pattern, str):
        words = [w for w in split_words(plain(pattern.lower())).words if w not in HYPHENS]
        steps = [Step(lower=frozenset((w,))) for w in words]
    elif isinstance(pattern, list):
        steps = [_step(token, where) for token in pattern]
    else:
        raise _bad("pattern", "must be a string or a list of tokens", where)
    if not steps or all(s.optional for s in steps):
        raise _bad("pattern", "would find nothing at all", where)
    if steps[0].lower is None and steps[0].text is None:
        raise _bad("pattern", "may not begin with any word", where)
    return tuple(steps)


def _step(token: Any, where: str) -> Step:
    if not isinstance(token, dict):
        raise _bad("pattern", f"{token!r} is no token description", where)
    for key in token:
        if key not in {"LOWER", "TEXT", "OP"}:
            raise _bad("pattern", f"{key!r} is none of LOWER, TEXT, OP", where)
    if token.get("OP", "?") != "?":
        raise _bad("pattern", f"OP {token['OP']!r}: only ? is known", where)
    lower, text = _words(token, "LOWER", where), _words(token, "TEXT", where)
    if lower and any(w != w.lower() for w in lower):
        raise _bad("pattern", "LOWER words must be lower case", where)
    return Step(lower=lower, text=text, optional="OP" in token)


def _words(token: dict[str, Any], key: str, where: str) -> frozenset[str] | None:
    if key not in token:
        return None
    given = token[key]
    if isinstance(given, str):
        return frozenset((given,))
    if isinstance(given, dict) and set(given) == {"IN"} and isinstance(given["IN"], list):
        words = given["IN"]
        if words and all(isinstance(w, str) and w for w in words):
            return frozenset(words)
    raise _bad("pattern", f'{key} must be a word or {{"IN": [words]}}', where)
