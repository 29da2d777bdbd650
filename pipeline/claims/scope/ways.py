"""Two ways to give one drug, compared with each other: "oral rather than intravenous iron"."""

from __future__ import annotations

import re

from pipeline.claims.cues.matcher import Cue
from pipeline.claims.reading import Reading

_WAYS = (
    r"(?:oral|topical|intravenous|IV|inhaled|nasal|intranasal|subcutaneous|intramuscular|transdermal|vaginal|rectal|systemic|"
    r"(?:short|long|rapid)-acting|(?:low|high|standard|full|fixed)-dose|(?:immediate|extended|modified|sustained)-release|"
    r"continuous|intermittent|daily|weekly|single|selective|unfractionated|cardioselective)"
)
_ONE_WAY = re.compile(rf"(?<![\w-]){_WAYS}\s$", re.IGNORECASE)
_OTHER_WAY = re.compile(rf"\s{_WAYS}\s", re.IGNORECASE)


def of_two_ways(reading: Reading, cue: Cue) -> bool:
    """Whether two ways to give one drug are compared ("oral rather than intravenous iron"): it is advised."""
    other = _OTHER_WAY.match(reading.text, cue.end)
    return (
        other is not None
        and any(other.start() < d.start <= other.end() for d in reading.drugs)
        and _ONE_WAY.search(reading.text, max(0, cue.start - 24), cue.start) is not None
    )
