"""Drugs that patients take or need already, where that tells in whom another is contraindicated or avoided."""

from __future__ import annotations

import re
from collections.abc import Iterator

from pipeline.claims.reading import Reading
from pipeline.claims.scope.zone import Zone

# "contraindicated in heart failure and treatment with loop diuretics", "... and long-term corticosteroid therapy"
_CONTRAINDICATED = re.compile(
    r"\b(?:contraindicated|avoided|not\s(?:recommended|advised))\s(?:in|during)\s[^.;:]{0,120}?"
    r"\b(?:(?:(?:(?:concurrent|concomitant|current|ongoing)\s)?(?:treatment|therapy)\swith|(?:concurrent|concomitant|current)\suse\sof)\s"
    r"(?:an?\s|the\s|any\s)?(?:\w+\s)?|(?P<long>(?:long-term|chronic|concurrent|concomitant|current|ongoing)\s(?:\w+\s)?))$",
    re.IGNORECASE,
)
_CONTRAINDICATED_SAID = frozenset(("contraindicated", "avoided", "not"))
_THERAPY = re.compile(r"\s(?:therapy|treatment|use)\b", re.IGNORECASE)
# "in active disease requiring more than 10 mg of prednisone daily"
_REQUIRING = re.compile(
    r"\b(?:requiring|requires?|needing|receiving|taking|on)\s(?:more\sthan|at\sleast|over|less\sthan|>|≥|<|≤)\s?[\d.]+\s?(?:mg|g|mcg|µg)"
    r"(?:/(?:kg|day|kg/day)|\sdaily|\sper\sday)?\s(?:of\s)?(?:oral\s|systemic\s)?$",
    re.IGNORECASE,
)
_REQUIRING_SAID = frozenset(("requiring", "require", "requires", "needing", "receiving", "taking", "on"))
_OR = re.compile(r"\s?(?:,|,?\s(?:and|or)|/)\s?(?:an?\s)?", re.IGNORECASE)


def _is_therapy(text: str, start: int, end: int) -> bool:
    return _THERAPY.match(text, end) is not None or text.endswith((" therapy", " treatment"), start, end)


def taken_by_patients(reading: Reading) -> Iterator[Zone]:
    """The zones of such drugs, each with those listed behind it."""
    text = reading.text
    advised = not _CONTRAINDICATED_SAID.isdisjoint(reading.words)
    required = not _REQUIRING_SAID.isdisjoint(reading.words)
    for i, drug in enumerate(reading.drugs) if advised or required else ():
        requiring = _REQUIRING.search(text, max(0, drug.start - 60), drug.start) if i and required else None
        opened = _CONTRAINDICATED.search(text, max(0, drug.start - 200), drug.start) if advised else None
        if opened is not None and opened["long"] and not _is_therapy(text, drug.start, drug.end):
            opened = None
        if requiring is None and opened is None:
            continue
        end = drug.end
        for other in reading.drugs[i + 1 :]:
            if not _OR.fullmatch(text, end, other.start):
                break
            end = other.end
        rule = "role.prior.requiring" if requiring is not None else "role.prior.contraindicated-on"
        yield Zone("prior", drug.start - 1, end, drug.start - 1, rule, True)
