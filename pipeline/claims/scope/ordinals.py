"""Drugs that a statement counts: "A first, B second, then C" gives each its line of treatment."""

from __future__ import annotations

import re
from collections.abc import Sequence

from pipeline.claims.cues.matcher import Cue
from pipeline.vocabulary import Mention

_FIRST = ("first", "1st")
_ORDINAL = r"(?P<which>first|1st|second|2nd|third|3rd|fourth|4th|last)"
_BEHIND = re.compile(
    rf"(?:\s\([^()]*\))?(?:,?\s(?:(?:is|are|comes?|goes?|as)\s)?(?:the\s)?){_ORDINAL}(?:\s(?:step|choice|option|agent|drug))?(?=[,;.)—–]|\s(?:and|or|then|but|with|–|—)\b|\W*$)",
    re.IGNORECASE,
)
_BEFORE = re.compile(rf"(?:^|[;:,.(]\s?|\sand\s)\W*{_ORDINAL}(?:,|:)?\s(?:an?\s)?$", re.IGNORECASE)
_THEN = re.compile(r"[;,]\s(?:and\s)?(?:then|lastly|finally)\s(?:an?\s)?$", re.IGNORECASE)


def counted(text: str, drugs: Sequence[Mention]) -> list[Cue]:
    """The LINE cues of drugs that are counted right beside their names, where one is the first and another is not.

    Counting alone tells no line: "the first dose", and "A first" where no drug is the second, give none.
    """
    if len(drugs) < 2 or not ("second" in text.lower() or "2nd" in text):
        return []
    found: list[tuple[int, Cue]] = []
    for k, drug in enumerate(drugs):
        behind = _BEHIND.match(text, drug.end)
        before = _BEFORE.search(text, max(0, drug.start - 16), drug.start)
        place = behind or before
        if place is not None:
            value = "first" if place["which"].lower() in _FIRST else "subsequent"
            found.append((k, Cue("LINE", value, *place.span("which"), "line.counted")))
    values = [cue.value for _, cue in found]
    if "first" not in values or "subsequent" not in values:
        return []
    last = found[-1][0]
    for drug in drugs[last + 1 :]:
        then = _THEN.search(text, max(0, drug.start - 16), drug.start)
        if then is not None:
            start = drug.start - len(then[0].lstrip(";, "))
            found.append((last, Cue("LINE", "subsequent", start, drug.start, "line.counted.then")))
    return [cue for _, cue in found]
