"""Cases: a short text and the rows that a careful annotator reads in it, one JSON object per line.

    {"id": "card-017", "field": "cardiology", "phenomena": ["grade-acc-aha"], "title": null,
     "text": "...", "expected": [{"drug": "...", "disease": "...", "strength": "strong"}]}

`text` is plain text, or HTML where `"format": "html"` stands beside it; `title` the page title or null. A row
has the columns of the contract; those left out have the contract's default, `dose` is an object or null,
`"optional": true` marks another reading that careful annotators would allow. The reader is strict: a case that
would test nothing, or something else than its author meant, is refused with file and line.
"""

from __future__ import annotations

import json
import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from functools import cache
from importlib import resources
from pathlib import Path
from typing import Any

from pipeline.evaluation.errors import CaseError
from pipeline.evaluation.row_checks import DEFAULTS, check_expected

_COLUMNS = ("id", "field", "phenomena", "title", "format", "text", "expected")
_REQUIRED = tuple(name for name in _COLUMNS if name != "format")
_ID = re.compile(r"[a-z]+(-[a-z]+)*-\d{3}")


@dataclass(frozen=True, slots=True, kw_only=True)
class Case:
    """One text with its expected rows, as its author wrote them (defaults left out)."""

    id: str
    field: str
    phenomena: tuple[str, ...]
    title: str | None
    text: str
    expected: tuple[Mapping[str, Any], ...]
    format: str = "text"

    def gold(self) -> list[dict[str, Any]]:
        """The expected rows, flat and complete, each with the case's id as `doc`."""
        rows = []
        for given in self.expected:
            row = {**DEFAULTS, **given, "doc": self.id}
            dose = row.pop("dose", None)
            rows.append({**row, **(dose or {})})
        return rows

    def page(self) -> tuple[str, str]:
        """The case as an article would come: its source text and its media type. A whole document stays as it is."""
        if self.format == "html":
            if self.text.lstrip().lower().startswith(("<!doctype", "<html")):
                return self.text, "text/html"
            head = f"<head><title>{self.title}</title></head>" if self.title else ""
            top = f"<h1>{self.title}</h1>" if self.title else ""
            return f"<html>{head}<body><main>{top}{self.text}</main></body></html>", "text/html"
        return (f"{self.title}\n\n{self.text}\n" if self.title else f"{self.text}\n"), "text/plain"


@cache
def phenomena() -> Mapping[str, str]:
    """The phenomena that a case may name, each with the rule of the contract that it stands for."""
    text = resources.files("pipeline.evaluation").joinpath("data/phenomena.tsv").read_text(encoding="utf-8")
    lines = [line.split("\t") for line in text.splitlines()[1:] if line.strip()]
    return dict(sorted((name, rule) for name, rule in lines))


def parse_cases(text: str, *, where: str = "cases") -> tuple[Case, ...]:
    """The cases of one file. Raises CaseError at the first line that is not a sound case."""
    cases = []
    for number, line in enumerate(text.split("\n"), start=1):
        if line.strip():
            cases.append(_case(line, f"{where}:{number}"))
    _refuse_repeats((case, where) for case in cases)
    if not cases:
        raise CaseError("E-CASE-4", "no case in this file", where=where, do="write one, or remove the file")
    return tuple(cases)


def load_cases(folder: Path) -> tuple[Case, ...]:
    """All cases of the `*.jsonl` files below `folder`, ordered by id.

    Raises CaseError where a case is unsound, where two cases share an id or a text, or where there is none.
    """
    found = []
    for path in sorted(folder.rglob("*.jsonl")):
        name = str(path.relative_to(folder))
        found += [(case, name) for case in parse_cases(path.read_text(encoding="utf-8"), where=name)]
    if not found:
        raise CaseError(
            "E-CASE-4", "no case in this folder", where=folder.name, do="name a folder of *.jsonl"
        )
    _refuse_repeats(found)
    return tuple(sorted((case for case, _ in found), key=lambda case: case.id))


def _refuse_repeats(cases: Iterable[tuple[Case, str]]) -> None:
    seen: dict[tuple[str, ...], str] = {}
    for case, where in cases:
        place = f"{where} {case.id}"
        for key in (("id", case.id), ("text", case.title or "", case.text)):
            if key in seen:
                what, first = key[0], seen[key]
                raise CaseError(
                    "E-CASE-3", f"two cases have one {what}", where=f"{first}, {place}", do="change one"
                )
            seen[key] = place


def _case(line: str, where: str) -> Case:
    try:
        raw = json.loads(line, object_pairs_hook=_no_repeated_key)
    except (ValueError, RecursionError) as error:
        raise CaseError("E-CASE-1", f"not JSON: {error}", where=where, do="one object per line") from None
    if not isinstance(raw, dict):
        raise CaseError("E-CASE-1", "not a JSON object", where=where, do="one object per line")
    problem = next(_problems(raw), None)
    if problem is not None:
        code, what = problem
        raise CaseError(code, what, where=f"{where} {raw.get('id', '')}".rstrip(), do="mend the case")
    return Case(
        id=raw["id"],
        field=raw["field"],
        phenomena=tuple(raw["phenomena"]),
        title=raw["title"],
        text=raw["text"],
        expected=tuple(raw["expected"]),
        format=raw.get("format", "text"),
    )


def _no_repeated_key(pairs: list[tuple[str, Any]]) -> dict[str, Any]:
    keys = [key for key, _ in pairs]
    if len(set(keys)) != len(keys):
        raise ValueError(f"a key stands twice among {', '.join(keys)}")
    return dict(pairs)


def _problems(raw: dict[str, Any]) -> Iterator[tuple[str, str]]:
    for name in raw:
        if name not in _COLUMNS:
            yield "E-CASE-2", f"unknown column {name!r}"
    for name in _REQUIRED:
        if name not in raw:
            yield "E-CASE-2", f"column {name!r} is missing"
    if not isinstance(raw["id"], str) or not _ID.fullmatch(raw["id"]):
        yield "E-CASE-2", f"id {raw['id']!r} is not like card-017"
    for name in ("field", "text"):
        if not isinstance(raw[name], str) or not raw[name].strip():
            yield "E-CASE-4", f"{name} is empty"
    if raw["title"] is not None and (not isinstance(raw["title"], str) or not raw["title"].strip()):
        yield "E-CASE-4", "title is empty: say null where there is none"
    if raw.get("format", "text") not in ("text", "html"):
        yield "E-CASE-2", f"format {raw['format']!r} is neither text nor html"
    named = raw["phenomena"]
    if not isinstance(named, list) or not named:
        yield "E-CASE-4", "phenomena are empty"
    if named != sorted(set(map(str, named))):
        yield "E-CASE-2", "phenomena are not sorted, or one stands twice"
    for name in named:
        if name not in phenomena():
            yield "E-CASE-2", f"unknown phenomenon {name!r}"
    if not isinstance(raw["expected"], list):
        yield "E-CASE-2", "expected is no list"
    text = f"{raw['title'] or ''}\n{raw['text']}"
    yield from check_expected(raw["expected"], text, html=raw.get("format") == "html")
    silent = not any(not row.get("optional") for row in raw["expected"])
    if silent != ("no-claim" in named):
        yield "E-CASE-2", "the phenomenon no-claim stands where, and only where, nothing must be found"
