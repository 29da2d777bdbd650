"""What a drug does is the reason for advice on it that follows at once: "A makes seizures worse and should be avoided"."""

from __future__ import annotations

import re

from pipeline.claims.cues.matcher import Cue
from pipeline.claims.reading import Reading

_AND_ADVISED = re.compile(
    r",?\s(?:and|so)\s(?:therefore\s|thus\s)?(?:(?:is|are)\s(?:therefore\s|thus\s|best\s|generally\s|usually\s)?(?:avoided|contraindicated|not\s\w+ed)|"
    r"(?:should|must)\s|ha(?:s|ve)\sno\s(?:place|role)\b)",
    re.IGNORECASE,
)


def advised_behind(reading: Reading, cue: Cue) -> bool:
    """Whether advice on the same drug stands right behind the words of what it does."""
    return cue.rule == "role.cause.make-worse" and _AND_ADVISED.match(reading.text, cue.end) is not None
