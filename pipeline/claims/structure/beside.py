"""Diseases that a heading names beside what the text below it is about."""

from __future__ import annotations

import re

from pipeline.claims.data_files import alternatives
from pipeline.claims.names import Disease, comorbid, related
from pipeline.claims.scope.diseases import in_passing
from pipeline.claims.scope.types import Parsed
from pipeline.vocabulary import Lexicon

_AND = re.compile(r"\s*(?:,|,? and|or|&|/)\s*", re.IGNORECASE)
# "Persistent Hypertension on Spironolactone": what the disease of the article still does
_LASTING = re.compile(
    r"\b(?:persistent|persisting|uncontrolled|residual|ongoing|continued|breakthrough)\s$", re.IGNORECASE
)
_ON = re.compile(r"\s(?:on|despite|during|under|while\son)\s", re.IGNORECASE)
# "Women after the Menopause"
_PERSONS_AFTER = re.compile(
    r"\W{0,9}(?:[\w-]+\s)?"
    rf"(?:{alternatives('people')})\s(?:after|before|during|around|past|approaching)\s(?:the\s)?$",
    re.IGNORECASE,
)
_WORSE = re.compile(
    r"\b(?:that|which)\s(?:can |may )?(?:worsen|exacerbate|aggravate|cause|precipitate|trigger|induce|mimic)s?\s(?:\w+\s)?$",
    re.IGNORECASE,
)
# "Fulminant Disease (Hypotension, Ileus)", "Severe Symptoms (Seizures, Coma)": by what a state shows
_SIGNS = re.compile(
    r"\b(?:severe|mild|moderate|fulminant|complicated|critical|non-?severe|(?:life|organ|limb|sight)-threatening|relapse|flare|high[- ]risk|refractory|"
    r"advanced|red flags?|involvement|symptoms?|signs?|features?|manifestations?|findings?|complications?|presentation|criteria)\b"
    r"[^()]{0,40}\([^()]*$",
    re.IGNORECASE,
)

# "Established ASCVD or High Risk", "Previous Lymphoma or Skin Cancer": what the patients also have or had
_ALSO = re.compile(
    r"\b(?:established|known|prior|previous|past|history\sof|concomitant|co-?existing|concurrent|comorbid|underlying|pre-?existing)\s"
    r"(?:[\w-]+\s(?:or|and|/)\s)?(?:[\w-]+\s)?$",
    re.IGNORECASE,
)


def named_beside(
    parsed: Parsed, index: int, known: tuple[Disease, ...], lexicon: Lexicon, *, group: bool
) -> bool:
    """Whether a heading names a disease that the article is not about there: one that is prevented, that the
    patients also have, or that shares the heading with drugs or a group of patients."""
    reading = parsed.reading
    if comorbid(reading, index, known, lexicon):
        return True
    mention = reading.diseases[index]
    if _WORSE.search(reading.text[: mention.start]) or _SIGNS.search(reading.text, 0, mention.start):
        return True
    if any(related(mention.concept.name, k.name, lexicon) for k in known):
        return False
    if _PERSONS_AFTER.match(reading.text[: mention.start]):
        return True
    if group or in_passing(reading.text, mention.start, mention.end):
        return True
    if _ALSO.search(reading.text, 0, mention.start):
        return True
    if _LASTING.search(reading.text, 0, mention.start) and _ON.match(reading.text, mention.end):
        return True
    before = reading.text[: mention.start]
    shared = [d.end for d in reading.drugs] + [c.end for c in reading.of("POPULATION")]
    after = [d.start for d in reading.drugs if d.start >= mention.end]
    return any(_AND.fullmatch(before[end:]) for end in shared if end <= mention.start) or any(
        _AND.fullmatch(reading.text, mention.end, start) for start in after
    )
