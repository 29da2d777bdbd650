"""Matches all patterns in one walk over the words of a statement.

spaCy's Matcher tries every pattern at every token; here each pattern waits under its possible
first words, so that most words cost one dictionary look-up.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from functools import cache
from itertools import product
from operator import attrgetter
from typing import NamedTuple, TypeVar

from pipeline.claims.pattern_files import HYPHENS, Pattern, Step, load_patterns

T = TypeVar("T")


class Cue(NamedTuple):
    """Words that carry meaning: `start` and `end` are code points in the statement, `rule` the pattern's id."""

    label: str
    value: str
    start: int
    end: int
    rule: str
    form: str = ""
    weak: bool = False
    grade: Pattern | None = None


class CueMatcher:
    """Finds the cues of a statement; of overlapping cues with one label the longest stands."""

    def __init__(self, patterns: Sequence[Pattern]) -> None:
        # first word -> the patterns that may begin with it whatever follows, and all that may for each word after it
        self._waiting: dict[str, tuple[list[_Entry], dict[str, list[_Entry]]]] = {}
        for pattern in patterns:
            for steps in _without_options(pattern.steps):
                entry = _entry(pattern, steps)
                after = _keys(steps[1]) if len(steps) > 1 else None
                for word in _keys(steps[0]) or ():
                    anyhow, by_next = self._waiting.setdefault(word, ([], {}))
                    for group in [anyhow] if after is None else [by_next.setdefault(w, []) for w in after]:
                        group.append(entry)
        once: dict[tuple[int, ...], list[_Entry]] = {}  # most lists are those of many words
        for anyhow, by_next in self._waiting.values():
            for word, group in by_next.items():
                group[:0] = anyhow
                by_next[word] = once.setdefault(tuple(map(id, group)), group)

    def find(self, words: Sequence[str], starts: Sequence[int]) -> list[Cue]:
        """Cues over `words` (as written) that begin at `starts`, in text order, also the shadowing ones.

        >>> matcher = CueMatcher(load_patterns())
        >>> [(c.label, c.value) for c in matcher.find(["as", "first", "-", "line", "drug"], [0, 3, 8, 9, 14])
        ...  if c.label == "LINE"]
        [('LINE', 'first')]
        """
        if not HYPHENS.isdisjoint(words):
            kept = [i for i, word in enumerate(words) if word not in HYPHENS]
            words, starts = [words[i] for i in kept], [starts[i] for i in kept]
        lower = [*map(str.lower, words), ""]  # behind the last word stands none
        count = len(words)
        found: list[_Hit] = []
        for at, known in enumerate(map(self._waiting.get, lower)):
            if known is None:
                continue
            anyhow, by_next = known
            for length, checks, cue in by_next.get(lower[at + 1], anyhow):
                if at + length > count:
                    continue
                for step, low, exact in checks:
                    if lower[at + step] not in low and words[at + step] not in exact:
                        break
                else:
                    start, last = starts[at], at + length - 1
                    end = starts[last] + len(words[last])
                    found.append((start - end, start, cue[0], end, cue))
        cues = [
            Cue(label, value, start, end, rule, form, weak, grade)
            for _, start, rule, end, (_, label, value, form, weak, grade) in _longest(found)
        ]
        cues.sort(key=_in_order)
        return cues


_Made = tuple[str, str, str, str, bool, Pattern | None]  # rule, label, value, form, weak, grade
_Hit = tuple[
    int, int, str, int, _Made
]  # in the order of `_longest`: length below zero, start, rule, end, what it makes


class _Entry(NamedTuple):
    """One way to match a pattern: so many words, of which those in `checks` are still to be looked at: the place of
    each, the words that it may be in lower case, and as written. `cue` is what it makes, apart from its place."""

    length: int
    checks: tuple[tuple[int, frozenset[str], frozenset[str]], ...]
    cue: _Made


@cache
def _once(value: T) -> T:
    """The first value equal to this one, so that thousands of equal ones are kept, and looked at, in one place."""
    return value


def _entry(pattern: Pattern, steps: tuple[Step, ...]) -> _Entry:
    """An entry under the first word and, where that is known, the second."""
    checks = []
    for at, step in enumerate(steps):
        looked_up = at < 2 and step.text is None
        if not looked_up and _keys(step) is not None:
            checks.append(_once((at, _once(step.lower or frozenset()), _once(step.text or frozenset()))))
    attrs = pattern.attrs or {}
    form, weak = attrs.get("form", ""), bool(attrs.get("weak"))
    grade = pattern if attrs and pattern.label == "GRADE" else None
    return _Entry(
        len(steps), tuple(checks), (pattern.id, pattern.label, pattern.value or "", form, weak, grade)
    )


def _without_options(steps: tuple[Step, ...]) -> Iterator[tuple[Step, ...]]:
    """Every sequence of steps that remains when optional ones are left out or kept."""
    for chosen in product(*((True, False) if step.optional else (True,) for step in steps)):
        yield tuple(step for step, kept in zip(steps, chosen, strict=True) if kept)


def _keys(step: Step) -> set[str] | None:
    """The words of a step in lower case; None for any word."""
    if step.lower is None and step.text is None:
        return None
    return {*(step.lower or ()), *(word.lower() for word in step.text or ())}


@cache
def default_matcher() -> CueMatcher:
    """The matcher of the package's own patterns, built once."""
    return CueMatcher(load_patterns())


def _longest(found: list[_Hit]) -> list[_Hit]:
    """Of cues with the same label that overlap, the longest (then the first)."""
    if len({cue[1] for *_, cue in found}) == len(found):
        return found
    found.sort()
    taken: dict[str, bytearray] = {}
    most = max([end for _, _, _, end, _ in found])
    kept = []
    for hit in found:
        length, start, _, end, cue = hit
        filled = taken.get(cue[1])
        if filled is None:
            filled = taken[cue[1]] = bytearray(most)
        # Longer cues are in already, so one that overlaps them has an end inside one of them.
        if not filled[start] and not filled[end - 1]:
            filled[start:end] = b"\1" * -length
            kept.append(hit)
    return kept


_in_order = attrgetter("start", "end", "label")
