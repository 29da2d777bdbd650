"""Lists of drugs: which drugs stand together, joined by commas, "and", "or" or brackets."""

from __future__ import annotations

import itertools
import re
from bisect import bisect_left

from pipeline.claims.reading import Reading, without

# What may stand between two drugs of one list, apart from doses. There is one way alone to read each word, and none is given back.
_JOIN = re.compile(
    r"^[\s,;:/()\[\]–-]*+(?:(?:[a-z]+-(?:dose|term|intensity|potency|acting|release)\b|"
    r"(?:and|or|either|both|the|an?|another|such as|including|like|namely|eg|"
    r"preferably|ideally|supplements?|supplementation|other|oral|intravenous|iv|topical|inhaled|systemic|pulse|parenteral|"
    r"intramuscular|subcutaneous|nebuli[sz]ed|rectal|vaginal|intravaginal|agents?|drugs?|therapy|treatment|antifibrotic|"
    r"immunosuppressive|new|newer|alternative|related|for example|only|dose|daily|twice|of|at)\b|e\.g\.|i\.e\.)[\s,;:/()\[\]–-]*+)*+$",
    re.IGNORECASE,
)


# What leads from one dose of a drug to its next, and a bracket without its dose.
_THEN = re.compile(
    r"[\s,;(]*(?:(?:as\s(?:an?\s)?)?(?:loading|initial|single|first)\sdose[\s,]*)?(?:and\s)?(?:then|followed by|(?:(?:increas|titrat|rais|ris)(?:ed|ing)|up)(?:\sup)?(?:\sweekly)?\sto|max(?:imum)?)[\s:]*",
    re.IGNORECASE,
)


# "A (INR 2-3) or B": what a drug is titrated to stands in a bracket.
_TARGET = re.compile(
    r"\((?:target\s|goal\s)?(?:INR|trough|anti-Xa|target|goal)[^()\d]*+\d[^()]*+\)", re.IGNORECASE
)


# "5 mg (maximum 10 mg) on day 1"
_ON_DAYS = re.compile(r"\bon days? \d+(?:(?:\s?[-–]\s?|, | and |, and )\d+)*\b", re.IGNORECASE)


# "dorzolamide 2% and timolol": the strength of a solution
_PERCENT = re.compile(r"\s\d{1,2}(?:\.\d{1,3})?\s?%")


# "A 5 mg/kg (maximum 300 mg) for 6 weeks plus B": a bracket that only tells more of the dose, and how long it is given
_BRACKET = re.compile(r"\([^()]{2,120}\)")
_COURSE = re.compile(
    r"(?<=\s\s)for\s(?:up\sto\s|at\sleast\s|no\slonger\sthan\s|the\sfirst\s|a\stotal\sof\s)?\d[\d–-]*(?:\sto\s\d+)?\s(?:days?|weeks?|months?|hours?)\b",
    re.IGNORECASE,
)


def blank_doses(reading: Reading) -> str:
    """The statement's text with its doses blanked out, so that a list with doses is still a list; also what leads
    from a dose to the next ("5 mg daily, increased to 10 mg daily"), and what a drug is titrated to ("(INR 2-3)")."""
    text = reading.text
    spans = [(dose.start, dose.end) for dose in reading.doses]
    spans += [
        (before.end, after.start)
        for before, after in itertools.pairwise(reading.doses)
        if before.end < after.start and _THEN.fullmatch(text, before.end, after.start)
    ]
    if "(" in text:
        spans += [m.span() for m in _TARGET.finditer(text)]
    if reading.doses and "on day" in text:
        spans += [m.span() for m in _ON_DAYS.finditer(text)]
    if "%" in text:
        spans += [m.span() for drug in reading.drugs if (m := _PERCENT.match(text, drug.end))]
    if reading.doses and "(" in text:
        spans += [
            m.span()
            for m in _BRACKET.finditer(text)
            if reading.doses_in(m.start() + 1, m.end()) and not reading.drugs_in(m.start() + 1, m.end())
        ]
    blanked = without(text, spans)
    if reading.doses and "  for " in blanked:
        blanked = _COURSE.sub(lambda m: " " * len(m[0]), blanked)
    return blanked


def joined(blanked: str, left_end: int, right_start: int) -> bool:
    """Whether only list words stand between two drugs.

    >>> joined("rituximab, or oral azathioprine", 9, 19)
    True
    >>> joined("rituximab instead of azathioprine", 9, 21)
    False
    """
    return right_start - left_end < 120 and _JOIN.match(blanked[left_end:right_start]) is not None


def chains(reading: Reading, blanked: str, breaks: set[int]) -> list[int]:
    """For each drug the number of its list. `breaks` are places where no list goes on (connectors, zones)."""
    out: list[int] = []
    number = 0
    places = sorted(breaks)
    for i, drug in enumerate(reading.drugs):
        if i:
            left, right = reading.drugs[i - 1].end, drug.start
            if not joined(blanked, left, right) or bisect_left(places, left) < bisect_left(places, right):
                number += 1
        out.append(number)
    return out
