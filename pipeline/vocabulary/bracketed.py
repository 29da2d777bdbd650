"""Names with their own abbreviation inside: "Janus kinase (JAK) inhibitors", "human immunodeficiency virus (HIV) infection"."""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Callable

from pipeline.vocabulary.concept import Mention

_BRACKET = re.compile(r"\([^()\n]{1,14}\)(?=[ -]\w)")
_BEFORE, _AFTER = 90, 60  # how far a name may reach to both sides of the bracket


Both = tuple[list[Mention], list[Mention]]  # of drugs, and of diseases


def across_brackets(text: str, named: Callable[[str], Both]) -> Both:
    """The mentions that `named` finds where short brackets are left out and that go on behind one, at their places in `text`.

    `named` gives the mentions of a text; it is asked for the surroundings of each bracket within its line.
    """
    brackets = _short_brackets(text)
    drugs: list[Mention] = []
    diseases: list[Mention] = []
    for at, _ in brackets:
        first = max(0, at - _BEFORE)
        start = max(text.rfind("\n", first, at) + 1, first)
        if start and not text[start - 1].isspace():
            start = text.find(" ", start, at) + 1 or at
        last = min(len(text), at + _AFTER)
        end = text.find("\n", at, last)
        end = end if end >= 0 else last
        without, cuts, place = "", list[tuple[int, int]](), start
        for opens, closes in brackets[bisect_left(brackets, (start, 0)) : bisect_left(brackets, (end, 0))]:
            if closes <= end:
                without += text[place:opens]
                cuts.append((len(without), closes - opens))
                place = closes
        without += text[place:end]
        for found, mentions in zip((drugs, diseases), named(without), strict=True):
            for m in mentions:
                passed = [width for cut, width in cuts if m.start < cut < m.end]
                if passed:
                    before = start + sum(width for cut, width in cuts if cut <= m.start)
                    moved = Mention(m.start + before, m.end + before + sum(passed), m.concept, m.rule)
                    if not found or moved.start >= found[-1].end:
                        found.append(moved)
    return drugs, diseases


def _short_brackets(text: str) -> list[tuple[int, int]]:
    """The short brackets between two words, each with the space before it."""
    out = []
    for match in _BRACKET.finditer(text):
        at = match.start()
        at -= text.startswith(" ", at - 1) if at else 0
        if at and (text[at - 1].isalnum() or text[at - 1] == "_"):
            out.append((at, match.end()))
    return out
