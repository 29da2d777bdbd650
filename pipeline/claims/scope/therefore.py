"""Reasons that stand before what follows from them: "NSAIDs raise blood pressure, so paracetamol is preferred"."""

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
_BEGINS = re.compile(r"[;:.]\s")


def reasons_before(reading: Reading) -> Iterator[Zone]:
    """The parts of a statement from which another part draws what is done with something else.

    A part that advises itself, or tells of a study, is none; nor is one whose drug is named again in what follows.
    """
    text = reading.text
    if ", so " not in text and ", and so " not in text:
        return
    for match in _SO.finditer(text):
        start = max((m.end() for m in _BEGINS.finditer(text, 0, match.start())), default=0)
        named = {reading.drugs[i].concept.name for i in reading.drugs_in(start, match.start())}
        if not named or _SAME.match(text, match.end()):
            continue
        if any(d.start >= match.end() and d.concept.name in named for d in reading.drugs):
            continue
        said = (*(c for c in reading.of("DIRECTION") if not c.weak), *reading.of("EVIDENCE"))
        if not any(start <= c.start < match.start() and c.value != "none" for c in said):
            yield Zone("reason", start, match.start(), start, "role.reason.so", True)
