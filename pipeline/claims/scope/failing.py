"""Where a drug itself cannot be given is no condition of that drug: "A, or B if A is not tolerated" limits B alone."""

from __future__ import annotations

import re

from pipeline.claims.reading import Reading
from pipeline.claims.scope.fields import Spans
from pipeline.claims.scope.zone import Zone

_FAILING = re.compile(
    r"\b(?:(?:not|never|poorly)\s(?:be\s|well\s)?(?:tolerated|available|suitable|effective|feasible|an option|enough|working)|cannot\sbe|"
    r"fail(?:s|ed)?|contraindicated|unavailable|unsuitable|ineffective|inadequate|insufficient|declined|refused)\b",
    re.IGNORECASE,
)


def where_it_fails(reading: Reading, zones: list[Zone], target: int) -> Spans:
    """The conditions of a statement that say that the drug `target`, named in them once more, cannot be given.

    They hold for the other drugs of the statement; where there is none, for the drug itself ("if A fails, give more A").
    """
    drugs, name = reading.drugs, reading.drugs[target].concept.name
    found = tuple(
        (zone.cue_start, zone.end)
        for zone in zones
        if zone.role == "conditional"
        and not zone.start <= drugs[target].start < zone.end
        and any(drugs[i].concept.name == name for i in reading.drugs_in(zone.start, zone.end))
        and _FAILING.search(reading.text, zone.start, zone.end)
    )
    return found if found and any(drug.concept.name != name for drug in drugs) else ()
