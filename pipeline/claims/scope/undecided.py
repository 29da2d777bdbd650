"""What a guideline leaves open ("insufficient evidence to recommend for or against A"): the drugs so named are not advised on."""

from __future__ import annotations

import re
from collections.abc import Iterator

from pipeline.claims.cues.matcher import Cue
from pipeline.claims.reading import Reading
from pipeline.claims.scope.zone import Zone

ROLE = "undecided"
_FILL = 8  # words between what opens it and its drugs
_GAP = re.compile(r"[^,;:.()]*")
_NEXT = re.compile(
    r"(?:\s\([^()]*\))?\s?(?:,|,?\s(?:and/or|and|or|nor)|/)\s?(?:the\s|other\s|oral\s|topical\s|intravenous\s|routine\s|use\sof\s)*",
    re.IGNORECASE,
)
# "A: insufficient evidence", "Evidence for A is insufficient"
_TELLS = re.compile(
    r"(?:\s\([^()]*\))?\s?(?::|\(|[–—-]|has|have|with)\s?(?:there\s(?:is|are)\s|currently\s|the\s)?",
    re.IGNORECASE,
)
_ABOUT = re.compile(
    r"(?:^|[.;(]\s?)(?:[\w-]+\s){0,2}(?:evidence|data)\s(?:for|on|about|regarding|concerning|supporting)\s(?:the\s)?(?:[\w-]+\s){0,2}?(?:use\sof\s)?",
    re.IGNORECASE,
)
_IS_OPEN = re.compile(
    r"[^,;:.()]*?\s(?:is|are|remains?)\s(?:currently\s|still\s)?(?:insufficient|inconclusive|inadequate|lacking|conflicting|limited)\b",
    re.IGNORECASE,
)


_GOES_ON = re.compile(
    r",?\s(?:and|but|so)\s(?:therefore\s)?(?:should|must|is|are|may|can|cannot)\b", re.IGNORECASE
)


def undecided(reading: Reading, cue: Cue) -> Iterator[Zone]:
    """The zone of a cue with this role: the cue and the drugs that it is about, before it or behind it."""
    label = _labelled(reading, cue)
    if label is not None:
        yield label
    if label is not None or cue.form == "label":
        return
    end = cue.end
    for drug in reading.drugs:
        if drug.start < cue.end:
            continue
        gap = _GAP if end == cue.end else _NEXT
        if not gap.fullmatch(reading.text, end, drug.start) or (
            end == cue.end and len(reading.text[end : drug.start].split()) > _FILL
        ):
            break
        end = drug.end
    yield Zone(ROLE, cue.start, end, cue.start, cue.rule, True)


def _labelled(reading: Reading, cue: Cue) -> Zone | None:
    """The zone of "A or B: insufficient evidence"."""
    if _GOES_ON.match(reading.text, cue.end):
        return None  # "A has insufficient evidence and should not be used"
    before = [d for d in reading.drugs if d.end <= cue.start]
    if not before or not _TELLS.fullmatch(reading.text, before[-1].end, cue.start):
        return None
    start = before[-1].start
    for drug in reversed(before[:-1]):
        if not _NEXT.fullmatch(reading.text, drug.end, start):
            break
        start = drug.start
    return Zone(ROLE, start, cue.end, cue.start, cue.rule, True)


def evidence_on(reading: Reading) -> Iterator[Zone]:
    """The zones of "Evidence for A is insufficient"."""
    for match in _ABOUT.finditer(reading.text):
        drugs = [d for d in reading.drugs if d.start == match.end()]
        if drugs and (rest := _IS_OPEN.match(reading.text, drugs[0].end)):
            yield Zone(ROLE, drugs[0].start, rest.end(), match.start(), "role.undecided.evidence-on", True)


def leaves_open(reading: Reading) -> bool:
    """Whether a heading or lead-in leaves open whether to use what is listed below it: "Insufficient Evidence", "No
    recommendation for or against"; not where it names a drug itself."""
    return not reading.drugs and any(c.value == ROLE for c in reading.of("ROLE"))
