"""Notes without a verb that are advice all the same: "In ketoacidosis, A only if the pH is below 6.9", "A, not B", "A early, no B"."""

from __future__ import annotations

import re

from pipeline.claims.cues.verdicts import LONGEST_NOTE, VERDICT
from pipeline.claims.reading import without
from pipeline.claims.scope.types import Parsed
from pipeline.claims.verbs import SPEAKS

_TURNS = (VERDICT, "direction.no-drug", "direction.not-drug")
_HELD_BACK = re.compile(
    r"(?:\s\([^()]*\))?:?,?\s(?:only\s(?:if|when|in|for|on|after|before|during|with|until|where|as|once|at)|if|unless|when|where)\b",
    re.IGNORECASE,
)
_RATHER = re.compile(r"(?:\s\([^()]*\))?,?\s(?:rather\sthan|instead\sof|in\spreference\sto)\s", re.IGNORECASE)
_LEAD = re.compile(
    r"\W*(?:(?:an?|the|oral|topical|intravenous|iv|inhaled|routine|early|short|long|low|high|(?:low|high)-dose|add)\s){0,2}",
    re.IGNORECASE,
)


def is_note(parsed: Parsed) -> bool:
    """Whether a sentence without a verb begins with a drug, or with one behind its opening words, and says when it is given,
    or turns against another."""
    reading, text = parsed.reading, parsed.reading.text
    first = next(
        (d for i, d in enumerate(reading.drugs) if d.start >= parsed.frame and parsed.usable[i]), None
    )
    if (
        first is None
        or len(text) > LONGEST_NOTE
        or "?" in text
        or _LEAD.fullmatch(text, max(parsed.frame, text.rfind("; ", 0, first.start) + 1), first.start) is None
    ):
        return False
    told = [(z.cue_start, z.end) for z in parsed.zones if z.role == "conditional"]
    if SPEAKS.search(without(text, told).lower()):
        return False
    if any(mark.rule in _TURNS for f in parsed.findings for mark in f.fields.marks):
        return True
    end = max((d.end for d in reading.doses if 0 <= d.start - first.end <= 1), default=first.end)
    return _HELD_BACK.match(text, end) is not None or _RATHER.match(text, end) is not None
