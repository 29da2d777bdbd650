"""Zones of short statements without a subject: what stands before a colon or begins with advice against, where the drug of the
bullet or of the words after the colon is meant ("Contraindicated with nitrates", "Warfarin: avoid aspirin")."""

from __future__ import annotations

import re
from collections.abc import Iterator

from pipeline.claims.reading import Reading
from pipeline.claims.scope.zone import COND_END, Zone, stop_of
from pipeline.vocabulary.concept import INGREDIENT

_AVOID_IN = re.compile(
    r"\W*(?:avoid(?:ed)?|contraindicated|not (?:recommended|advised|indicated)|do not (?:use|give)|"
    r"(?:should|must) not be (?:used|given|taken)|never(?: (?:use|give))?|not|use (?:with caution|cautiously))\s"
    r"(?=(?:in|with|if|when|during|together with|concurrently with)\s)",
    re.IGNORECASE,
)
_AVOID_IN_SAID = frozenset(("avoid", "avoided", "contraindicated", "not", "never", "caution", "cautiously"))
_BEGIN = re.compile(r"[;:.–—]\s")  # what stands before words that begin anew
_TAKEN = re.compile(
    r"\W{0,20}(?:(?:concomitant|concurrent|on|taking|with)\s[\w/, -]+|[\w/-]+(?:\sfor\s[\w -]+))"
    r"(?=:\s(?:avoid|do not (?:use|give|prescribe|start))\s)",
    re.IGNORECASE,
)
# "With cyclosporine: reduce the dose to 5 mg": what is taken beside the drug that this is about
_TAKEN_BESIDE = re.compile(
    r"\W{0,20}(?:(?:concomitant|concurrent|co-?administ\w+|when\s(?:given|used|combined))\s(?:(?:use\s)?(?:of|with)\s)?|on\s|taking\s|with\s)"
    r"[\w/, ()-]{2,80}(?=:\s(?:reduce|halve|half|limit|lower|decrease|maximum|max\b|no more than|do not exceed|double|increase|adjust|use half|cap)\b)",
    re.IGNORECASE,
)


# "With a strong CYP3A4 inhibitor: 10 mg daily", "With a CYP3A inhibitor, the starting dose is 10 mg"
_INHIBITED = re.compile(
    r"\W{0,20}(?:with|on|taking)\s[^:,]{0,60}\b(?:inhibitors?|inducers?)\b[^:]{0,40}?(?=:\s\d|,\sthe\s(?:\w+\s)?(?:dose|dosage)\s)",
    re.IGNORECASE,
)
# "Depression treated with an SSRI: trazodone can be added": what is taken already
_TREATED = re.compile(
    r"\b(?:treated with|stable on|taking|receiving|already on|maintained on|controlled on)\s(?:an?\s|the\s)?$",
    re.IGNORECASE,
)
_ON_IT = re.compile(r"\w\s(?:on|despite)\s(?:an?\s|the\s)?$", re.IGNORECASE)
# "Omalizumab failure after 6 months: switch to ..."
_FAILED = re.compile(
    r"\s(?:failure|intolerance|resistance|allergy|non-?response|contraindicated|unavailable|not\s(?:tolerated|available))\b",
    re.IGNORECASE,
)
# "With clarithromycin, reduce colchicine ...": a drug taken at the same time.
_BESIDE = re.compile(
    r"\W*(with|on|while on|alongside|together with)\s[^,.;:()]{3,80}"
    r"(?=,\s(?:reduce|lower|decrease|halve|limit|cap|increase|double|adjust|avoid|stop|do not|use|give|start|begin)\s)",
    re.IGNORECASE,
)


# "Warfarin: avoid aspirin", "Strong CYP3A4 inhibitors: halve ...": what the other drug is not taken with
_INTERACTS = re.compile(
    r"[^:,;.]{3,79}:\s(?:avoid|reduce|lower|halve|double|limit|cap|do not (?:use|give|combine|start|add|exceed))\s",
    re.IGNORECASE,
)
_BREAKS = re.compile(
    r"[,;:.(]|\b(?:with|in|if|when|by|to|and|or|unless|after|before|on|for|during|while|until)\b",
    re.IGNORECASE,
)


# "Rituximab or ofatumumab: entecavir should be given": the label tells in whom
_ONLY_DRUGS = re.compile(r"\W*(?:(?:and|or)\W*)*", re.IGNORECASE)
_IS_DONE = re.compile(
    r"(?:\s(?!(?:and|or|plus|with|for|if|in|when|to|as)\b)[\w-]+){0,2}\s(?:is|are|should|must|may|can|could)\s",
    re.IGNORECASE,
)


def _another_does(reading: Reading, colon: int) -> bool:
    """Whether a label is nothing but drugs, and what follows is a sentence whose subject is another drug."""
    labels = [reading.drugs[i] for i in reading.drugs_in(0, colon)]
    after = next((d for d in reading.drugs if d.start > colon), None)
    if not labels or after is None or after.start != colon + 2 or not _IS_DONE.match(reading.text, after.end):
        return False
    ends = [0, *(d.end for d in labels)]
    starts = [*(d.start for d in labels), colon]
    return (
        all(d.concept.kind == INGREDIENT and d.concept.name != after.concept.name for d in labels)
        and all(_ONLY_DRUGS.fullmatch(reading.text, a, b) for a, b in zip(ends, starts, strict=True))
        and not any(d.start < colon for d in reading.doses)
    )


def without_subject(reading: Reading, depths: list[int]) -> Iterator[Zone]:
    """What stands after "Avoid in ..." or before ": avoid ...": when the drug of the bullet, or of the words after the
    colon, is avoided ("Contraindicated with nitrates", "Rifampin for tuberculosis: avoid dolutegravir")."""
    text = reading.text
    start = 0
    begins = (
        ()
        if _AVOID_IN_SAID.isdisjoint(reading.words)
        else ((0, 0), *(m.span() for m in _BEGIN.finditer(text)))
    )
    for before, begin in begins:
        avoided = _AVOID_IN.match(text, begin) if before >= start else None
        if avoided is None:
            continue
        start = avoided.end()
        if depths[before]:
            continue
        after = start + len(text[start:].split(" ", 1)[0])
        yield Zone(
            "conditional",
            after,
            stop_of(text, after, depths, COND_END),
            start,
            "role.conditional.avoid-in",
            True,
        )
    colon = text.find(": ")
    if colon < 0:
        colon = text.find(" | ")  # the first cell of a row: "Topotecan not available | ..."
    if 0 < colon < 80 and not depths[colon]:
        for drug in reading.drugs_in(0, colon):
            opened = _TREATED.search(text, 0, reading.drugs[drug].start)
            opened = opened or _FAILED.match(text, reading.drugs[drug].end)
            if text[colon] != ":":  # "Mild elevation on A | Add B"
                opened = opened or _ON_IT.search(text, 0, reading.drugs[drug].start)
            if opened and any(d.start > colon for d in reading.drugs):
                start = min(opened.end(), reading.drugs[drug].start)
                yield Zone("prior", start, colon, min(start, opened.start()), "role.prior.label", True)
    interacts = _INTERACTS.match(text) if 0 < colon < 80 and text[colon] == ":" else None
    if interacts is not None:
        named = {d.concept.name for d in reading.drugs if d.start < colon}
        turned = next((d for d in reading.drugs if d.start > colon), None)
        if (
            named
            and turned is not None
            and turned.start - interacts.end() <= 30
            and not _BREAKS.search(text, interacts.end(), turned.start)
            and turned.concept.name not in named
            and not any(d.start < colon for d in reading.doses)
        ):
            yield Zone("prior", 0, colon, 0, "role.prior.label", True)
    if 0 < colon < 80 and text[colon] == ":" and _another_does(reading, colon):
        yield Zone("prior", 0, colon, 0, "role.prior.label", True)
    beside = _BESIDE.match(text) if "," in text else None
    if beside is not None and any(d.start == beside.end(1) + 1 for d in reading.drugs):
        yield Zone("conditional", beside.end(1), beside.end(), beside.start(1), "role.conditional.with", True)
    taken = _TAKEN.match(text) if ": " in text else None
    if taken is not None and not any(d.start >= taken.end() for d in reading.drugs):
        taken = None
    if taken is None and (": " in text or ", the " in text):
        taken = _TAKEN_BESIDE.match(text) or _INHIBITED.match(text)
    if taken is not None:
        yield Zone("prior", 0, taken.end(), 0, "role.prior.label", True)
