"""Drugs of which a statement only tells what they do or are, not that they should be used."""

from __future__ import annotations

import re

from pipeline.claims.cues.matcher import Cue
from pipeline.claims.reading import Reading
from pipeline.claims.scope.listed import listed
from pipeline.claims.scope.zone import Zone

_AND_SO = re.compile(
    r"[^,;:.]*(?:,?\s(?:and|but|so)|,\swhich)(?:\s(?:therefore|thus|hence))?\s$", re.IGNORECASE
)


def left_of(reading: Reading, cue: Cue) -> list[Zone]:
    """ "amiodarone-induced", "lithium levels": the drug right before, with those joined to it; "thiazides raise urate and
    should be replaced by": the one drug before."""
    if cue.rule in ("role.cause.replaced-by", "role.cause.given-way-to"):
        named = reading.drugs_in(0, cue.start)
        advised = any(c.start < cue.start for c in reading.of("DIRECTION"))
        if (
            len(named) == 1
            and not advised
            and _AND_SO.fullmatch(reading.text, reading.drugs[0].end, cue.start)
        ):
            drug = reading.drugs[0]
            return [Zone("cause", drug.start, drug.end, cue.start, cue.rule, True)]
    named = reading.drugs_in(0, cue.start)
    for i in range(max(0, named.stop - 2), named.stop):
        drug = reading.drugs[i]
        gap = reading.text[drug.end : cue.start]
        if drug.end <= cue.start and (
            (len(gap) <= 2 and not gap.strip(" -")) or (_doing(cue) and _MAY.fullmatch(gap))
        ):
            if "-" not in gap and cue.rule in ("role.cause.induced", "role.cause.adjusted"):
                return []
            if cue.rule in _COMPARED and _advised_later(reading, cue):
                return []
            if _doing(cue) and not _only_does(reading, cue):
                return []
            start = drug.start
            for before in reversed(reading.drugs[:i]):
                if not re.fullmatch(r"[\s,]*(?:and|or|,)\s*", reading.text[before.end : start]):
                    break
                start = before.start
            return [Zone("cause", start, drug.end, cue.start, cue.rule, True)]
    return []


# "A is preferred, although B is equally effective": B is only compared.
_COMPARED = frozenset({"role.cause.equally-effective", "role.cause.has-similar-efficacy"})
_PART_END = re.compile(r"[;.](?=\s|$)|,?\s(?:but|however|whereas|although|though)\s", re.IGNORECASE)
_MAY = re.compile(
    r"\s(?:(?:drops|cream|gel|ointment|tablets|supplements|therapy|treatment|alone)\s)?(?:(?:may|might|can|could|will|often|also)\s)?"
)
_COLON = re.compile(r":\s(?:the\s|oral\s)?")


def _advised_later(reading: Reading, cue: Cue) -> bool:
    """Whether what is only compared so far is advised on later in its clause ("are equally effective first-line options")."""
    end = _PART_END.search(reading.text, cue.end)
    stop = end.start() if end else len(reading.text)
    anew = next((m for m in _COLON.finditer(reading.text, cue.end, stop)), None)
    if anew is not None and any(d.start == anew.end() for d in reading.drugs):
        stop = anew.start()  # "are equally effective, and the choice is free: B is unsuitable in ..."
    return any(
        cue.end <= c.start < stop
        for name in ("DIRECTION", "LINE", "PREFERENCE")
        for c in reading.of(name)
        if c.value != "none"
    )


def _doing(cue: Cue) -> bool:
    return cue.form == "does" or cue.rule == "role.outcome"


_TO_PERSONS = re.compile(
    r"(?:,\s(?:and|so)|;)\s(?:[\w-]+\s)?(?:women|men|patients|people|those|adults|parents|users|clinicians)\s"
    r"(?:who\s[^,;:.]{2,40}\s)?(?:should|must|may|can|need|are)\s[^,;:.]*$",
    re.IGNORECASE,
)
_REACH = 400  # code points behind what a drug does in which advice on it may follow
_SENTENCE_END = re.compile(r"[;.](?=\s|$)")
# "A raises blood pressure, and B is therefore preferred": what follows is about B
_ABOUT_ANOTHER = re.compile(
    r",?\s(?:and|so|but|whereas|while|hence|therefore)\s(?:the\s|oral\s|an?\s)?$", re.IGNORECASE
)


def doing(reading: Reading, cue: Cue, depths: list[int]) -> list[Zone]:
    """The zones of what a drug does ("A lowers the levels of B", "A is less effective"): the drug, and what it does it to."""
    zones = left_of(reading, cue)
    if cue.value in ("outcome", "comparator"):
        zones.append(Zone(cue.value, cue.start, cue.end, cue.start, cue.rule, True))
        zones += [z for z in listed(reading, cue, depths) if z.role == cue.value]
    return zones


def _only_does(reading: Reading, cue: Cue) -> bool:
    """Whether the sentence advises on something else, and not behind `cue` on the drug before it."""
    said = [c for c in reading.of("DIRECTION") if c.value != "none"]
    if not said and not any(c.value != "none" for name in ("LINE", "PREFERENCE") for c in reading.of(name)):
        # "A weakens the effect of B at doses above 200 mg"
        return bool(reading.doses) and all(d.dose.dose_role == "threshold" for d in reading.doses)
    end = _SENTENCE_END.search(reading.text, cue.end, cue.end + _REACH)
    stop = min(end.start() if end else len(reading.text), cue.end + _REACH)
    behind = reading.drugs_in(cue.end, stop)
    for told in said:
        if not cue.end <= told.start < stop:
            continue
        if told.form in ("verb", "object") and any(reading.drugs[i].start >= told.end for i in behind):
            continue  # "A is less effective; use B"
        if told.form in ("verb", "object") and _TO_PERSONS.search(reading.text, cue.end, told.end):
            continue  # "A lowers the levels of the pill, and women should use a barrier"
        if not any(
            reading.drugs[i].end <= told.start
            and _ABOUT_ANOTHER.search(reading.text, cue.end, reading.drugs[i].start)
            for i in behind
        ):
            return False
    return True
