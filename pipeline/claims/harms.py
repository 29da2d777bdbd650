"""What a study saw a drug do to people: no claim on its use."""

from __future__ import annotations

import re
from collections.abc import Iterable

from pipeline.claims.names import Disease, related
from pipeline.claims.scope.types import Finding, Parsed
from pipeline.vocabulary import Lexicon

_BRINGS = re.compile(
    r"(?:\s(?:therapy|treatment|use|exposure))?\s(?:led\sto|caused|induced|precipitated|provoked|triggered|resulted\sin)\s"
    r"(?:(?:an?|the|severe|acute|fatal|new|significant)\s){0,2}",
    re.IGNORECASE,
)
_BRINGS_SAID = frozenset(("led", "caused", "induced", "precipitated", "provoked", "triggered", "resulted"))


def does_harm(parsed: Parsed, finding: Finding, known: Iterable[Disease], lexicon: Lexicon) -> bool:
    """Whether a study says of a drug that it brought on a disease other than the `known` ones, those that the text is about
    ("weekly hemin led to iron overload in a third of patients")."""
    reading = parsed.reading
    if finding.drug is None or finding.kind != "evidence" or _BRINGS_SAID.isdisjoint(reading.words):
        return False
    brings = _BRINGS.match(reading.text, reading.drugs[finding.drug].end)
    return brings is not None and any(
        d.start == brings.end() and not any(related(d.concept.name, k.name, lexicon) for k in known)
        for d in reading.diseases
    )
