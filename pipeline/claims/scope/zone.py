"""A stretch of a statement in which a drug plays another part than being advised on, and where such a stretch ends."""

from __future__ import annotations

import re
from dataclasses import dataclass

WHILE_GIVEN = "role.conditional.while-given"  # "while prednisolone is given"
# what ends a clause: a sign, or one of some words, whose beginning is looked for once for all of them
SIGNS = r"[;:)\]|—\n]|\s[–—]\s"
# "patients who tolerated but did not benefit from A": the words on the patients go on
_WORDS = r"but(?!\s(?:did|could|had|have|has|were)\s(?:not|no|never)\b)|however|whereas"
COND_END = re.compile(
    rf"{SIGNS}|\ssince\s(?:it|they|this|these)\s|,\s(?:since|because|as|which|repeated|repeating|then|choose|use|select|give|start|consider|begin|options|the following|"
    rf"one of|although|though|even though|preferably|ideally)\b|\b(?:{_WORDS}|because)\b",
    re.IGNORECASE,
)
REASON_END = re.compile(
    rf"{SIGNS}|\b(?:{_WORDS}|and\s(?:should|must|is|are|may|can|avoided|reserved))\b", re.IGNORECASE
)
REACH = 1000  # code points: no zone is longer, as no sentence is
COMMA_AND = re.compile(r",\s(?:and|but)\s(?:an?\s|the\s|neither\s)?", re.IGNORECASE)


@dataclass(slots=True)
class Zone:
    """`start` to `end` with a `role`: comparator, prior, conditional, replaced, cause, reason, outcome, monitor.

    `cue_start` is where the words begin that open it; `closed` says that predicates inside do not count;
    `repeats` that it tells when a dose is given again.
    """

    role: str
    start: int
    end: int
    cue_start: int
    rule: str
    closed: bool
    repeats: bool = False

    def holds(self, at: int) -> bool:
        """Whether the place lies in the zone."""
        return self.start <= at < self.end


def stop_of(text: str, start: int, depths: list[int], pattern: re.Pattern[str]) -> int:
    """Where a zone that begins at `start` ends: at the first match of `pattern` that is no deeper in brackets, or `REACH`."""
    depth = depths[start - 1] if start else 0
    last = min(len(text), start + REACH)
    for match in pattern.finditer(text, start, last):
        at = match.start()
        if text[at] in ")]":
            if depths[at] < depth:
                return at
            continue
        if depths[at] <= depth:
            return at
    return last
