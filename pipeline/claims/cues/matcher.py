"""Matches all patterns in one walk over the words of a statement.

spaCy's Matcher tries every pattern at every token; here each pattern waits under its possible
first words, so that most words cost one dictionary look-up.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from functools import cache
from typing import NamedTuple

from pipeline.claims.pattern_files import HYPHENS, Pattern, Step, load_patterns


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
        # first word -> the patterns that may begin with it whatever follows, and those for each word after it
        self._waiting: dict[str, tuple[list[_Entry], dict[str, list[_Entry]]]] = {}
        for pattern in patterns:
            entry = _Entry(pattern, pattern.steps, not any(step.optional for step in pattern.steps))
            for first, after in _openings(pattern.steps):
                for word in _keys(first):
                    anyhow, by_next = self._waiting.setdefault(word, ([], {}))
                    for group in [anyhow] if after is None else [by_next.setdefault(w, []) for w in after]:
                        if not group or group[-1] is not entry:
                            group.append(entry)

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
        lower = [word.lower() for word in words]
        found: list[Cue] = []
        for at, waiting in enumerate(map(self._waiting.get, lower)):
            if waiting is None:
                continue
            entries, by_next = waiting
            if by_next and at + 1 < len(lower) and lower[at + 1] in by_next:
                entries = entries + by_next[lower[at + 1]]
            for pattern, steps, fixed in entries:
                end = _match_fixed(steps, lower, words, at) if fixed else _match(steps, 0, lower, words, at)
                if end > at:
                    found.append(_cue(pattern, starts[at], starts[end - 1] + len(words[end - 1])))
        return _longest(found)


class _Entry(NamedTuple):
    """A pattern waiting under its first words."""

    pattern: Pattern
    steps: tuple[Step, ...]
    fixed: bool  # no step may be left out


def _openings(steps: tuple[Step, ...]) -> Iterator[tuple[Step, set[str] | None]]:
    """Each step that a match may begin with, and the words of which one must follow it; None where any may."""
    for at, first in enumerate(steps):
        after: set[str] | None = set()
        for step in steps[at + 1 :]:
            after = after | _keys(step) if after is not None and not _is_any(step) else None
            if not step.optional:
                break
        else:
            after = None  # the match may end here
        yield first, after
        if not first.optional:
            return


def _is_any(step: Step) -> bool:
    return step.lower is None and step.text is None


def _keys(step: Step) -> set[str]:
    """The words of a step in lower case."""
    return {*(step.lower or ()), *(word.lower() for word in step.text or ())}


@cache
def default_matcher() -> CueMatcher:
    """The matcher of the package's own patterns, built once."""
    return CueMatcher(load_patterns())


def _cue(pattern: Pattern, start: int, end: int) -> Cue:
    attrs = pattern.attrs
    return Cue(
        pattern.label,
        pattern.value or "",
        start,
        end,
        pattern.id,
        attrs.get("form", attrs.get("side", "")),
        bool(attrs.get("weak")),
        pattern if pattern.label == "GRADE" else None,
    )


def _match_fixed(steps: tuple[Step, ...], lower: list[str], text: Sequence[str], at: int) -> int:
    """The end of a match at `at` of steps of which none may be left out; -1 where there is none."""
    end = at + len(steps)
    if end > len(lower):
        return -1
    for k, step in enumerate(steps, at):
        if step.lower is not None:
            if lower[k] not in step.lower and (step.text is None or text[k] not in step.text):
                return -1
        elif step.text is not None and text[k] not in step.text:
            return -1
    return end


def _match(steps: tuple[Step, ...], step: int, lower: list[str], text: Sequence[str], at: int) -> int:
    """The furthest end of a match of `steps[step:]` at `at`; -1 where there is none."""
    if step == len(steps):
        return at
    now = steps[step]
    best = -1
    if at < len(lower) and (
        (now.lower is None and now.text is None)
        or (now.lower is not None and lower[at] in now.lower)
        or (now.text is not None and text[at] in now.text)
    ):
        best = _match(steps, step + 1, lower, text, at + 1)
    if now.optional:
        best = max(best, _match(steps, step + 1, lower, text, at))
    return best


def _longest(found: list[Cue]) -> list[Cue]:
    """Of cues with the same label that overlap, the longest (then the first); in text order."""
    if not found:
        return found
    found.sort(key=lambda c: (c.start - c.end, c.start, c.rule))
    taken: dict[str, bytearray] = {}
    length = max(c.end for c in found)
    kept = []
    for cue in found:
        filled = taken.get(cue.label)
        if filled is None:
            filled = taken[cue.label] = bytearray(length)
        # Longer cues are in already, so one that overlaps them has an end inside one of them.
        if not filled[cue.start] and not filled[cue.end - 1]:
            filled[cue.start : cue.end] = b"\1" * (cue.end - cue.start)
            kept.append(cue)
    kept.sort(key=lambda c: (c.start, c.end, c.label))
    return kept
