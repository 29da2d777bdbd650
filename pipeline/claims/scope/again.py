"""Drugs of an opening clause of which the main clause speaks again: "Because A can cause B, it should be stopped"."""

from __future__ import annotations

import re

from pipeline.claims.reading import Reading
from pipeline.claims.scope.zone import Zone
from pipeline.claims.verbs import AUXILIARIES

_OPENS = re.compile(
    r"\W*\b(?:because|since|as|although|though|even\sthough|while|whereas|given\sthat)\s(?!of\b)",
    re.IGNORECASE,
)
_OPENS_SAID = frozenset(("because", "since", "as", "although", "though", "while", "whereas", "given"))
_AGAIN = re.compile(
    rf",\s(?:it|they|its\suse|their\suse)\s(?:also\s|therefore\s|still\s|now\s)?(?:{AUXILIARIES}|will|does|do)\b",
    re.IGNORECASE,
)
_ITS_WORDS = re.compile(
    r"(?:(?:an?|the|oral|inhaled|topical|intravenous|systemic|high-dose|low-dose|long-term|most|all)\s)*",
    re.IGNORECASE,
)
_JOINED = re.compile(r"\s(?:and|or)\s")
_REACH = 300  # code points: no opening clause is longer


def spoken_again(reading: Reading, zones: list[Zone]) -> list[Zone]:
    """The zones without the drugs that "it" or "they" of the main clause stand for, and with the others of the opening.

    That is the subject of the opening clause, or the only drug that it names.
    """
    if _OPENS_SAID.isdisjoint(reading.words) or not {"it", "they", "its", "their"} & reading.words:
        return zones
    opened = _OPENS.match(reading.text)
    again = _AGAIN.search(reading.text, opened.end(), opened.end() + _REACH) if opened else None
    if opened is None or again is None:
        return zones
    named = reading.drugs_in(opened.end(), again.start())
    meant = [i for i in named if _ITS_WORDS.fullmatch(reading.text, opened.end(), reading.drugs[i].start)]
    for i in named:
        if meant and i == meant[-1] + 1:
            before, drug = reading.drugs[i - 1], reading.drugs[i]
            meant += [i] if _JOINED.fullmatch(reading.text, before.end, drug.start) else []
    meant = meant or (list(named) if len(named) == 1 else [])
    if not meant:
        return zones
    start, end = reading.drugs[meant[0]].start, reading.drugs[meant[-1]].end
    out = []
    for zone in zones:
        if zone.end <= again.start() and zone.start < end and start < zone.end:
            out += [
                Zone(zone.role, a, b, a, zone.rule, zone.closed)
                for a, b in ((zone.start, start), (end, zone.end))
                if a < b
            ]
        else:
            out.append(zone)
    others = [reading.drugs[i] for i in named if i not in meant]
    out += [Zone("reason", d.start, d.end, d.start, "role.reason.opening", True) for d in others]
    return out
