"""Drugs with a grade each, outside brackets: "Class I for A and IIa for B", "A carries Class I and B Class IIb"."""

from __future__ import annotations

import re
from collections.abc import Iterator
from itertools import pairwise

from pipeline.claims.reading import Reading

_JOINT = re.compile(
    r"(?P<joint>,|;|,?\s(?:and|but|whereas|while))\s(?:an?\s|the\s)?(?:only\s(?:an?\s)?)?$", re.IGNORECASE
)
_FOR = re.compile(
    r"\s(?:recommendations?\s|indications?\s|advice\s)?(?:for|to)\s(?:[\w-]+\s)?", re.IGNORECASE
)
_NEAR = 30  # code points from a drug to its grade


def graded_apart(reading: Reading, depths: list[int]) -> Iterator[int]:
    """Where the words on the second of two drugs begin that have a grade each."""
    grades = [c for c in reading.of("GRADE") if c.value != "bare" and not depths[c.start]]
    if len(grades) < 2:
        return
    text = reading.text
    for a, b in pairwise(reading.drugs):
        between = [g for g in grades if a.end <= g.start and g.end <= b.start]
        if len(between) != 1 or depths[b.start]:
            continue
        grade = between[0]
        ahead = _JOINT.search(text, a.end, grade.start)
        if ahead is not None:
            before = any(g.end <= a.start for g in grades)
            if before and _FOR.fullmatch(text, grade.end, b.start):
                yield ahead.start() + (text[ahead.start()] == ",")
            continue
        joint = _JOINT.search(text, grade.end, b.start)
        if joint is not None and any(b.end <= g.start < b.end + _NEAR for g in grades):
            yield joint.start() + (text[joint.start()] == ",")
