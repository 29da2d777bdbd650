"""When a dose is given again ("repeat after 5 minutes if there is no response"): no condition of the drug, and no later line."""

from __future__ import annotations

import re
from collections.abc import Iterable

from pipeline.claims.reading import Reading
from pipeline.claims.scope.zone import Zone

_AGAIN = (
    r"(?:(?:second|third|fourth|further|additional|another|extra|repeat|subsequent|one more)\s(?:[\w-]+\s){0,2}?"
    r"(?:doses?|bolus(?:es)?|courses?|cycles?|infusions?|injections?|puffs?)|"
    r"repeat(?:ed|ing|able)?|re-?dos(?:e|ed|ing)|re-?treat(?:ed|ing|ment)?)\b"
)
_BEFORE = re.compile(rf"\b{_AGAIN}[^;:.]*$", re.IGNORECASE)
_AFTER = re.compile(
    rf"[\s,]*(?:then\s)?(?:(?:give|administer|consider|use)\s)?(?:(?:an?|the|one|this|up\sto\s\w+)\s)?{_AGAIN}",
    re.IGNORECASE,
)
_NEXT = re.compile(r"(?:,|\b(?:and|then|or))\s", re.IGNORECASE)
_TESTED = re.compile(
    r"\W+(?:(?:the|a|an|blood|urine|throat|stool|chest|skin)\s)*(?:cultures?|tests?|testing|imaging|measurements?|endoscopy|biops\w+|levels?|"
    r"scans?|ct|mri|echocardiogra\w+|x-?rays?|ultrasound|screening|labs?|colonoscopy|exam\w*)\b",
    re.IGNORECASE,
)


def mark_repeats(reading: Reading, zones: Iterable[Zone]) -> None:
    """Marks the conditions under which a dose is given again."""
    for zone in zones:
        if zone.role == "conditional":
            zone.repeats = _is_repeat(reading, zone)


def _is_repeat(reading: Reading, zone: Zone) -> bool:
    text = reading.text
    after = _AFTER.match(text, zone.end)
    if after is not None:
        return _TESTED.match(text, after.end()) is None
    before = _BEFORE.search(text, max(0, zone.cue_start - 90), zone.cue_start)
    if before is None:
        return False
    again = re.match(_AGAIN, before[0], re.IGNORECASE)
    begun = before.start() + (again.end() if again else 0)
    if _TESTED.match(text, begun):
        return False
    # "repeat the dose, and add B if there is no response": B is not given again
    return not any(
        d.start >= begun and d.end <= zone.cue_start and _NEXT.search(text, begun, d.start)
        for d in reading.drugs
    )


def follows_a_dose(reading: Reading, zone: Zone) -> bool:
    """Whether what is given again was advised before in the same clause."""
    before = _BEFORE.search(reading.text, max(0, zone.cue_start - 90), zone.cue_start)
    at = before.start() if before else zone.start
    drugs = [d for d in reading.drugs if d.end <= at]
    return bool(drugs) and re.search(r";|[.]\s", reading.text[drugs[-1].end : at]) is None
