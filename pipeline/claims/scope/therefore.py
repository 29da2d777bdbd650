"""Reasons and concessions that stand before the advice: "NSAIDs raise blood pressure, so paracetamol is preferred", "Although
NSAIDs work quickly, colchicine is preferred"."""

from __future__ import annotations

import re
from collections.abc import Iterator

from pipeline.claims.reading import Reading
from pipeline.claims.scope.zone import Zone

_SO = re.compile(r",\s(?:and\s)?so\s(?:therefore\s)?(?!that\b|as\b|far\b|called\b)")
# what follows is about the drug of the reason itself: "..., so it is avoided", "..., so doses above 10 mg are avoided"
_SAME = re.compile(
    r"(?:(?:the|its|their|lower|higher|smaller|larger|low|high|long-term|short-term|routine|combined|initial|oral|intravenous|early)\s)*"
    r"(?:it|they|these|this|both|either|neither|each|one|dos(?:e|es|ing|ages?)|use|treatment|therapy|courses?|drugs?|agents?|"
    r"infusions?|injections?|tablets?|combination|(?!monitor|screen|test|counsel|imag)\w+ing|if|in|for|when|with|on|at|after|during|only|avoid|use|give|do|never|start|stop|consider|reserve|prefer)\b",
    re.IGNORECASE,
)
_ALTHOUGH = re.compile(r"(?:^\W*|[;.]\s)(?=(?:even\sthough|although|though|while|whereas)\s)", re.IGNORECASE)
_ALTHOUGH_SAID = frozenset(("although", "though", "while", "whereas"))
_REACH = 400  # code points: no reason, concession or what follows from one is longer


def reasons_before(reading: Reading) -> Iterator[Zone]:
    """The parts of a statement from which another part draws what is done with something else.

    A part that advises itself, or tells of a study, is none; nor is one whose drug is named again in what follows.
    """
    text = reading.text
    for match in _SO.finditer(text) if ", so " in text or ", and so " in text else ():
        first = max(0, match.start() - _REACH)
        begun = max(text.rfind(sign, first, match.start()) for sign in ("; ", ": ", ". "))
        start = begun + 2 if begun >= 0 else first
        if _leads_on(reading, start, match.start(), match.end()):
            yield Zone("reason", start, match.start(), start, "role.reason.so", True)
    for match in _ALTHOUGH.finditer(text) if not _ALTHOUGH_SAID.isdisjoint(reading.words) else ():
        end = _conceded(reading, match.end())
        if end and _leads_on(reading, match.end(), end, end + 2):
            yield Zone("reason", match.end(), end, match.end(), "role.reason.although", True)


def _conceded(reading: Reading, start: int) -> int:
    """Where a concession that names a drug ends: at the comma behind what it says of it; 0 for none."""
    text = reading.text
    last = start + _REACH
    end = text.find(", ", start, last)
    while end > 0:
        named = reading.drugs_in(start, end)
        if not named:
            return 0
        if text[reading.drugs[named[-1]].end : end].strip(" )") and text.count("(", start, end) == text.count(
            ")", start, end
        ):
            return end
        end = text.find(", ", end + 1, last)
    return 0


def _leads_on(reading: Reading, start: int, end: int, after: int) -> bool:
    """Whether the part from `start` to `end` names drugs and neither advises on them nor tells of a study, and what begins
    at `after` is about others."""
    named = {reading.drugs[i].concept.name for i in reading.drugs_in(start, end)}
    if not named or _SAME.match(reading.text, after):
        return False
    if any(reading.drugs[i].concept.name in named for i in reading.drugs_in(after, after + _REACH)):
        return False
    said = (*(c for c in reading.of("DIRECTION") if not c.weak), *reading.of("EVIDENCE"))
    return not any(start <= c.start < end and c.value != "none" for c in said)
