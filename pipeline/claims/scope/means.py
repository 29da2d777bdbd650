"""What is done and with which drug: "Control blood pressure with labetalol" advises to give it."""

from __future__ import annotations

import re

from pipeline.claims.cues.matcher import Cue
from pipeline.claims.reading import Reading
from pipeline.claims.scope.clauses import Clause

_DEED = re.compile(
    r"\W*(?:(?:before|after|during|until|once|if|when|in|for|while)\s[^,.;:]{3,60},\s)?(?:(?:first|then|next|also|initially|and|if\sneeded|meanwhile|promptly|aggressively|rapidly),?\s)?"
    r"(?P<deed>control|relieve|reduce|lower|raise|correct|reverse|suppress|cover|maintain|optimi[sz]e|protect|prevent|replace|support|restore|"
    r"stabili[sz]e|treat|ease|alleviate|decrease|normali[sz]e|achieve|induce|address|secure|terminate|abort|slow|replete|neutrali[sz]e)\s"
    r"(?:(?!(?:with|to|by|if|when|and\sthen)\b)[\w/%'’-]+,?\s){1,8}with\s"
    r"(?:(?!(?:with|caution|an?\seye)\b)[\w-]+\s){0,4}$",
    re.IGNORECASE,
)
_REACH = 140


def deed_with_drug(reading: Reading, clause: Clause) -> Cue | None:
    """The imperative that begins a clause and says what its first drug behind "with" is given for; None where none does."""
    if " with " not in reading.text[clause.start : clause.end]:
        return None
    for i in reading.drugs_in(clause.start, clause.end):
        drug = reading.drugs[i]
        if drug.start - clause.start > _REACH:
            break
        deed = _DEED.fullmatch(reading.text[clause.start : drug.start])
        if deed is not None:
            start = clause.start + deed.start("deed")
            return Cue(
                "DIRECTION", "for", start, clause.start + deed.end("deed"), "direction.for.deed-with", "verb"
            )
    return None
