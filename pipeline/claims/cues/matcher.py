"""Matches all patterns in one walk over the words of a statement.

spaCy's Matcher tries every pattern at every token; here each pattern waits under its possible
first words, so that most words cost one dictionary look-up.
"""

from __future__ import annotations

from collections.abc import Sequence
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
        self._by_word: dict[str, list[_Entry]] = {}
        self._by_text: dict[str, list[_Entry]] = {}
        for pattern in patterns:
            entry = _Entry(
                pattern,
                pattern.steps,
                _needed(pattern.steps),
                not any(step.optional for step in pattern.steps),
            )
            for step in _first_steps(pattern.steps):
                for word in step.lower or ():
                    self._by_word.setdefault(word, []).append(entry)
                for word in step.text or ():
                    self._by_text.setdefault(word, []).append(entry)

    def find(self, words: Sequence[str], starts: Sequence[int]) -> list[Cue]:
        """Cues over `words` (as written) that begin at `starts`, in text order, also the shadowing ones.

        >>> matcher = CueMatcher(load_patterns())
        >>> [(c.label, c.value) for c in matcher.find(["as", "first", "-", "line", "drug"], [0, 3, 8, 9, 14])
        ...  if c.label == "LINE"]
        [('LINE', 'first')]
        """
        kept = [i for i, word in enumerate(words) if word not in HYPHENS]
        text = [words[i] for i in kept]
        lower = [word.lower() for word in text]
        here = set(lower)
        found: list[Cue] = []
        by_word, by_text = self._by_word, self._by_text
        for at, word in enumerate(lower):
            entries = by_word.get(word, ())
            if text[at] in by_text:
                entries = [*entries, *by_text[text[at]]]
            for entry in entries:
                if entry.needed is not None and entry.needed.isdisjoint(here):
                    continue
                if entry.fixed:
                    end = _match_fixed(entry.steps, lower, text, at)
                else:
                    end = _match(entry.steps, 0, lower, text, at)
                if end > at:
                    first, last = kept[at], kept[end - 1]
                    found.append(_cue(entry.pattern, starts[first], starts[last] + len(words[last])))
        return _longest(found)


class _Entry(NamedTuple):
    """A pattern waiting under its first words; `needed` are words of which the statement must have one."""

    pattern: Pattern
    steps: tuple[Step, ...]
    needed: frozenset[str] | None
    fixed: bool  # no step may be left out


def _needed(steps: tuple[Step, ...]) -> frozenset[str] | None:
    """The smallest set of words, after the first word, of which every match has one."""
    sets = [s.lower for s in steps[1:] if not s.optional and s.lower is not None and s.text is None]
    return min(sets, key=len) if sets else None


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


def _first_steps(steps: tuple[Step, ...]) -> list[Step]:
    firsts = []
    for step in steps:
        firsts.append(step)
        if not step.optional:
            break
    return firsts


def _match_fixed(steps: tuple[Step, ...], lower: list[str], text: list[str], at: int) -> int:
    """The end of a match at `at`, whose first word is known to fit; -1 where there is none."""
    end = at + len(steps)
    if end > len(lower):
        return -1
    for k in range(1, len(steps)):
        now = steps[k]
        if (
            (now.lower is None or lower[at + k] not in now.lower)
            and (now.text is None or text[at + k] not in now.text)
            and not (now.lower is None and now.text is None)
        ):
            return -1
    return end


def _match(steps: tuple[Step, ...], step: int, lower: list[str], text: list[str], at: int) -> int:
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
