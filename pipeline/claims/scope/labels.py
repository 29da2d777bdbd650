"""Classes that only say what a drug is ("mycophenolate is the preferred immunosuppressant") and get no row."""

from __future__ import annotations

import re

from pipeline.claims.data_files import word_list
from pipeline.claims.reading import Reading
from pipeline.vocabulary.concept import CLASS, INGREDIENT, PROCEDURE

_APPOSED = re.compile(r",\s(?:which is\s)?an?\s(?:[\w-]+\s){0,3}", re.IGNORECASE)
_BRACKETED = re.compile(r"\s\(an?\s(?:[\w-]+,?\s){0,3}", re.IGNORECASE)
_COPULA = re.compile(
    r"^[^,;:]*\b(?:is|are|remains?|was|were|becomes?|become|being|as)\s+(?:not\s+(?=(?:the|an?)\s))?(?:(?!(?:to|with|over|than|of|for|in|on|and|or|by|not|without|plus|add)\b)[\w-]+\s+){0,6}"
    r"(?:(?:cornerstone|mainstay|backbone|foundation|basis|standard|form|type|kind|part)\sof\s(?:[\w-]+\s){0,2})?$",
    re.IGNORECASE,
)
_PART_OF = re.compile(
    r"\s(?:is|are|remains?)\s(?:now\s|still\s)?(?:the|an?)\s(?:[\w-]+\s){0,2}(?:cornerstones?|mainstays?|backbone|foundation|basis)\sof\s(?:[\w-]+\s){0,2}$",
    re.IGNORECASE,
)
# "ACE inhibitors are the preferred antihypertensives": a class that another is
_IS_THE = re.compile(
    r"(?:\s\([^()]*\)|\))?\s(?:is|are|remains?)\s(?:now\s|still\s)?the\s(?:(?!(?:to|with|over|than|of|for|in|on|and|or|by)\b)[\w-]+\s){0,4}",
    re.IGNORECASE,
)
# "A should not be used as the sole anticoagulant"
_AS_THE = re.compile(
    r"(?<!such\s)\bas\s(?:the|an?)\s(?:sole|only|single|lone)\s(?:[\w-]+\s)?$", re.IGNORECASE
)
# "A or B should be considered as first-line antihypertensive therapy"
_AS_LINE = re.compile(
    r"\s(?!effective\b|good\b|safe\b)(?:[\w-]+\s){0,4}as\s(?:the\s|an?\s)?(?:[\w-]+-line|initial|preferred|alternative)\s$",
    re.IGNORECASE,
)
_HEAD = re.compile(
    r":\s+(?:(?!(?:add|use|with|plus|and|or|give|consider|avoid|stop|reduce|limit|halve|double|lower|no)\b)[\w-]+\s+){0,1}$",
    re.IGNORECASE,
)
_ADJACENT = re.compile(
    r"^\s(?:(?:drug|agent|antibody|inhibitor|medication|medicine|antibiotic|analogue|analog|doses?\sof)\s)?$",
    re.IGNORECASE,
)
# "A is recommended as the first biologic"
_AS_ANOTHER = re.compile(
    r"(?<!such\s)\bas\s(?:the|an?|one)\s(?:(?!(?:to|with|over|than|of|for|in|on|and|or|by|not|without|plus)\b)[\w-]+\s){0,3}$",
    re.IGNORECASE,
)
_GOES_ON = re.compile(
    r"\s*(?:\+|,\s(?!added\b|combined\b|given\b|together\b|in\scombination\b)|/|plus\b|with\b|and\b|or\b|such\b)",
    re.IGNORECASE,
)
# "Among the biologics, A is given first"
_AMONG = re.compile(r"\W*(?:among|within|of)\s(?:all\s)?(?:the\s)?(?:[\w-]+\s){0,2}", re.IGNORECASE)
# "either biologic can be added"
_EITHER = re.compile(r"\b(?:either|neither)\s$", re.IGNORECASE)
_OR = re.compile(r"[^.;:]{0,60}\sn?or\s", re.IGNORECASE)
# "cisplatin-based chemotherapy"
_BASED = re.compile(r"-based\s(?:[\w-]+\s){0,2}", re.IGNORECASE)


_WHO_HAS = re.compile(r"\W*(?:on\s|patients\son\s|chronic\s|maintenance\s)?", re.IGNORECASE)


def _leads_dose(reading: Reading, index: int) -> bool:
    """Whether a procedure tells who gets the dose behind a colon, of a drug named above ("Hemodialysis: 0.3 mg daily")."""
    drug = reading.drugs[index]
    colon = reading.text.find(":", drug.end)
    return (
        index == 0
        and 0 <= colon - drug.end <= 40
        and _WHO_HAS.fullmatch(reading.text, 0, drug.start) is not None
        and any(d.start > colon and d.dose.dose_basis is not None for d in reading.doses)
    )


_MARKS = re.compile(r"[\W_]*")
_NAMES_MANY = ("s", *word_list("names-many"))  # a class of which none is meant alone
_COLON = re.compile(r"\*{0,2}:\*{0,2}\s")


def _kind_before_colon(reading: Reading) -> bool:
    """Whether a statement begins with one class as the label of its drug ("Opioid: morphine 5 mg"); "Opioids: morphine or
    oxycodone" is about the class as well."""
    kind, text = reading.drugs[0], reading.text
    colon = _COLON.match(text, kind.end)
    return (
        colon is not None
        and len(reading.drugs) > 1
        and not text.endswith(_NAMES_MANY, kind.start, kind.end)
        and _MARKS.fullmatch(text, 0, kind.start) is not None
        and reading.drugs[1].start == colon.end()
        and reading.drugs[1].concept.kind == INGREDIENT
    )


def is_label(reading: Reading, index: int, usable: list[bool]) -> bool:
    """Whether the class at `index` only names the kind of a drug beside it.

    That is so right before a drug ("the antifibrotic drug nintedanib"), in an apposition ("duloxetine (an SNRI)"),
    after "is", "as" or a colon where a drug stands before ("apixaban as first-line anticoagulation"), and where a drug is
    what the treatment rests on ("cisplatin-based chemotherapy").
    """
    drug = reading.drugs[index]
    if drug.concept.kind == PROCEDURE:
        return _leads_dose(reading, index)
    if drug.concept.kind != CLASS:
        return False
    if index + 1 < len(reading.drugs):
        after = reading.drugs[index + 1]
        if after.concept.kind == INGREDIENT and _ADJACENT.match(reading.text[drug.end : after.start]):
            return True
    text = reading.text
    if text.startswith(",", drug.end) and _AMONG.fullmatch(text, 0, drug.start):
        return True
    if index == 0 and _kind_before_colon(reading):
        return True
    if index == 0:
        return False
    if _EITHER.search(text, max(0, drug.start - 10), drug.start) and not _OR.match(text, drug.end):
        return True
    if _AS_ANOTHER.search(text, reading.drugs[index - 1].end, drug.start) and not _GOES_ON.match(
        text, drug.end
    ):
        return True
    if _PART_OF.fullmatch(reading.text, reading.drugs[index - 1].end, drug.start):
        return True
    if _IS_THE.fullmatch(reading.text, reading.drugs[index - 1].end, drug.start):
        return True
    if usable[index - 1] and _AS_LINE.fullmatch(reading.text, reading.drugs[index - 1].end, drug.start):
        return True
    before = reading.drugs[index - 1]
    if before.concept.kind != INGREDIENT or not usable[index - 1]:
        return False
    gap = reading.text[before.end : drug.start]
    if _BASED.fullmatch(gap):
        return True
    if _APPOSED.fullmatch(gap):
        # "colchicine, an NSAID, or prednisone" is a list
        return reading.text.startswith(",", drug.end) and not reading.text.startswith(
            (", or ", ", and "), drug.end
        )
    if _BRACKETED.fullmatch(gap):
        return reading.text[drug.end : drug.end + 1] == ")"
    return (
        _COPULA.search(gap) is not None or _AS_THE.search(gap) is not None or _HEAD.fullmatch(gap) is not None
    )


_LABEL_ENDS = re.compile(r"[^:]{0,40}:\s$|[^–—]{0,40}\s[–—]\s$")


def only_watched(reading: Reading) -> bool:
    """Whether a bullet tells only what to look for on a drug ("Lithium and verapamil together: watch for ataxia")."""
    return not reading.doses and any(
        c.value == "monitor" and not c.form and _LABEL_ENDS.fullmatch(reading.text, d.end, c.start)
        for c in reading.of("ROLE")
        for d in reading.drugs
        if d.end <= c.start
    )
