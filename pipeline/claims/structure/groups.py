"""Headings over what holds for groups of patients: "Special Populations", "Dose Adjustments"."""

from __future__ import annotations

import re
from functools import lru_cache

_POPULATIONS = re.compile(
    r"^\W*(?:patients|adults|people) with (?!(?:or\b|out\b))|"
    r"\b(?:(?:special|specific|patient|other) (?:patient )?(?:populations?|groups|subgroups)\b|(?:dose|dosing|dosage) "
    r"adjustments?\b|(?:with|without|by|to|in|for)\s(?:[\w-]+\s){0,2}(?:comorbid|co-?existing)|comorbid\w*[- ](?:based|guided|driven|directed|specific)|"
    r"who (?:should|needs?|must)\b|(?:whom|when) to treat\b|"
    r"indications? for (?:treatment|therapy)\b|(?:\w*prophylaxis|(?:primary|secondary)\sprevention)\W*$)",
    re.IGNORECASE,
)


@lru_cache(maxsize=4096)  # versions of an article share most headings
def tells_groups(heading: str) -> bool:
    """Whether a heading says that groups of patients, or what is prevented in them, come below it.

    >>> tells_groups("Special Populations"), tells_groups("First-Line Therapy")
    (True, False)
    """
    return _POPULATIONS.search(heading) is not None
