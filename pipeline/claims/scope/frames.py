"""The opening words of a statement that hold for all of its clauses."""

from __future__ import annotations

import re

from pipeline.claims.data_files import word_list
from pipeline.claims.reading import Reading
from pipeline.claims.scope.zone import Zone
from pipeline.vocabulary.concept import PROCEDURE

_FIRST = re.compile(r"\W*(\w+)")
_OPENERS = word_list("openers")


def frame_end(reading: Reading, zones: list[Zone], depths: list[int]) -> int:
    """Where the opening words that hold for the whole statement end ("In severe disease, ..."); 0 for none."""
    text = reading.text
    colon = text.find(":")
    while colon >= 0 and depths[colon]:
        colon = text.find(":", colon + 1)
    first_word = _FIRST.match(text)
    opens = first_word is not None and first_word[1].lower() in _OPENERS
    if colon <= 0 and not opens:
        return 0
    hidden = [z for z in zones if z.role in ("prior", "conditional", "comparator")]
    mains = [d.start for d in reading.drugs if not any(z.holds(d.start) for z in hidden)]
    verbs = [
        c.start
        for c in reading.of("DIRECTION")
        if not c.weak and not any(z.holds(c.start) for z in zones if z.closed)
    ]
    first = min((*mains, *verbs), default=len(text))
    # "End-stage disease or dialysis: ...": a procedure before the colon is part of the label.
    dosed = any(d.start > colon and d.dose.dose_basis is not None for d in reading.doses)
    if colon >= 0 and (dosed or any(start > colon for start in mains)):
        named = [d for d in reading.drugs if d.start in mains]
        mains = [d.start for d in named if d.start > colon or d.concept.kind != PROCEDURE]
    drug = min(mains, default=len(text))
    if 0 < colon < drug:
        return colon + 1
    if not opens:
        return 0
    mark = max(text.rfind(",", 0, first), text.rfind(":", 0, first))
    while mark >= 0 and depths[mark]:
        mark = max(text.rfind(",", 0, mark), text.rfind(":", 0, mark))
    if mark >= 0:
        return mark + 1
    return first if first < len(text) and min(verbs, default=len(text)) == first else 0
