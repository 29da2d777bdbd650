"""Drugs that a dose is fitted to: "reduce to 5 mg daily with clarithromycin", "(12.5 mg daily with valproate)"."""

from __future__ import annotations

import re
from collections.abc import Iterator

from pipeline.claims.reading import Reading
from pipeline.claims.scope.zone import COND_END, Zone, stop_of
from pipeline.vocabulary import Mention

_WITH = re.compile(
    r"\b(?:with|on|alongside|if\s(?:also\s)?taking|(?:when|if)\s(?:(?:taken|given|used|combined|co-?administered)\s)?with)\s"
    r"(?:(?:an?|any|other|weak|moderate|strong|potent|combined|dual|concomitant|concurrent|or|and|to)\s)*$",
    re.IGNORECASE,
)
_ENZYMES = re.compile(r"(?:cyp\w*|p-glycoprotein|ugt\w*|oatp\w*|bcrp)\b.*\b(?:inhibitors|inducers)")
_LESS = re.compile(
    r"\b(?:reduc(?:e|ed|es|ing)|lower(?:ed)?|decrease[ds]?|halved?|limit(?:ed)?|cap(?:ped)?|not\sexceed|no\smore\sthan)\b[^.;:()]*$",
    re.IGNORECASE,
)
_ENDS = re.compile(r"(?:\s(?:or|and)\s[\w-]+)?\s*(?:$|[.;,)\]\[(]|\d)")


def interacting(reading: Reading, depths: list[int]) -> Iterator[Zone]:
    """The stretches that name what is taken beside the drug whose dose they hold for; none behind advice against."""
    if not reading.doses and "dose" not in reading.text:
        return
    against = [c.start for c in reading.of("DIRECTION") if c.value == "against"]
    for drug in reading.drugs:
        opened = _WITH.search(reading.text, max(0, drug.start - 70), drug.start)
        if opened is None or opened.start() == 0 or any(at < drug.start for at in against):
            continue
        if _ENZYMES.fullmatch(drug.concept.name.lower()) or _fitted(reading, opened.start(), drug):
            dose = next((d.start for d in reading.doses if d.start >= drug.end), len(reading.text))
            stop = min(stop_of(reading.text, drug.end, depths, COND_END), dose)
            yield Zone(
                "conditional", opened.end(), stop, opened.start(), "role.conditional.interacting", True
            )


# "halve the dose of A with B", "reduce the A dose by 50% with B"
_CHANGED = re.compile(
    r"\b(?:halve|half|reduce|lower|decrease|double|increase|adjust|limit|cut)\s(?:the\s)?(?:daily\s|starting\s|maintenance\s)?"
    r"(?:doses?\sof\s[\w/-]+|[\w/-]+\sdoses?|it)(?:\sby\s(?:half|a\sthird|(?:about\s)?\d{1,2}(?:[-–]\d{1,2})?\s?%))?\s$",
    re.IGNORECASE,
)


def _fitted(reading: Reading, place: int, drug: Mention) -> bool:
    """Whether the dose before "with", at `place`, is a lowered one, or the one in a bracket of its own, or is said to change."""
    if not _ENDS.match(reading.text, drug.end):
        return False
    if _CHANGED.search(reading.text, max(0, place - 90), place):
        return True
    dose = next((d for d in reading.doses if 0 <= place - d.end <= 1), None)
    if dose is None:
        return False
    return (
        _LESS.search(reading.text, max(0, dose.start - 200), dose.start) is not None
        or reading.text[dose.start - 1 : dose.start] == "("
    )
