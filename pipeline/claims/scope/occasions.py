"""In what, and beside which procedures, a drug is avoided, as the words right behind or before it tell."""

from __future__ import annotations

import re
from collections.abc import Iterator

from pipeline.claims.reading import Reading
from pipeline.claims.scope.types import Parsed
from pipeline.vocabulary import Mention
from pipeline.vocabulary.concept import PROCEDURE

# "must not be combined with phototherapy": a procedure is no partner among drugs, but says when
_COMBINED = re.compile(r"\bcombin(?:e|ed|ing)\s(?:[\w/-]+\s){0,2}(with)\s(?:[\w-]+\s){0,2}$", re.IGNORECASE)


def beside_procedures(reading: Reading) -> Iterator[tuple[int, int]]:
    """The procedures that a drug is not combined with, each with the "with" before it."""
    for drug in reading.drugs:
        if drug.concept.kind == PROCEDURE:
            opened = _COMBINED.search(reading.text, max(0, drug.start - 60), drug.start)
            if opened is not None:
                yield opened.start(1), drug.end


# "avoid A in active infection or cytopenia", "A should not be used in volume depletion"
_AVOIDED = re.compile(
    r"\s(?:(?:should|must|may|can|is|are)\s(?:be\s|not\s(?:be\s)?|never\s(?:be\s)?)(?:used|given|started|prescribed|recommended|advised|indicated|avoided|withheld|stopped)\s)?"
    r"(in\s(?!(?:the|an?|this|these|any|all|most|some|each|other|combination|conjunction|addition|place|general|monotherapy|doses?|"
    r"favou?r|preference|order|practice|routine|clinical|case|two|three|divided|high|low|both|either|which|whom|whose)\b|\d)"
    r"[^,;:.()\[|\d]{3,90}?)"
    r"(?=\s(?:is|are|should|may|can|must|because|since|as|due|if|unless|when|where|until|given|owing|to|by|for|than|after|before|during|but)\b|[,;:()\[|]|\.(?:\s|$)|\s[\[(]?\d|$)",
    re.IGNORECASE,
)


def avoided_in(parsed: Parsed) -> Iterator[tuple[int, int]]:
    """In what a drug is avoided, as the words right behind it tell."""
    for drug in _advised(parsed):
        told = _AVOIDED.match(parsed.reading.text, drug.end)
        if told is not None:
            yield told.span(1)


def _advised(parsed: Parsed) -> Iterator[Mention]:
    """The drugs that a statement is about."""
    return (d for d, usable in zip(parsed.reading.drugs, parsed.usable, strict=False) if usable)
