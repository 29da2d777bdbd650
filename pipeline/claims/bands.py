"""Bands of what is measured, each with a dose of its own: "2 g every 8 hours (CrCl >60 mL/min) or 1 g every 8 hours (CrCl
30-60)", "10 mg/kg if under 30 kg, 300 mg if 30 kg or more"."""

from __future__ import annotations

import re
from collections.abc import Sequence
from functools import cache, lru_cache

from pipeline.claims.data_files import alternatives, phrases
from pipeline.claims.reading import DoseMention

Span = tuple[int, int]

_RELATION = (
    r"(?:[<>≤≥]=?|(?:is\s)?(?:below|under|above|over|less\sthan|more\sthan|greater\sthan|lower\sthan|higher\sthan|at\sleast|at\smost|up\sto|between|"
    r"from|exceed(?:s|ing)|no\smore\sthan))"
)
_NUMBER = r"\d++(?:[.,]\d++)*+"
_RANGE = rf"{_NUMBER}(?:\s?(?:kg|years|months)?\s?(?:-|–|to|and)\s?[<≤]?\s?{_NUMBER})?"
_OR_MORE = r"(?:\s(?:or|and)\s(?:more|less|higher|lower|above|below|over|under|older|younger|greater|heavier|lighter|fewer))"
_UNIT = (
    r"(?:\s?(?:m[lL]/min(?:ute)?(?:\s?(?:/|per)\s?1\.73\s?m(?:2|²))?|kg/m(?:2|²)|kg|m(?:2|²)|weeks|years?(?:\s(?:old|of\sage))?|months?(?:\s(?:old|of\sage))?|"
    r"mmol/L|µmol/L|umol/L|mEq/L|mg/dL|g/dL|g/L|ng/mL|mmHg|mm\sHg|ms|bpm|beats/min|%|cells/(?:µL|uL|mm3|mm³)|/(?:µL|uL|mm3|mm³)|"
    r"[x×]\s?10(?:\^?9|⁹)/L|U/L|IU/L)(?![\w/]))"
)
_WHO = rf"those|{alternatives('people')}"
_OPENER = rf"(?:\b(?:if|when|for|in|at|with|once|where)\s)?(?:\b(?:the|an?)\s)?(?:\b(?:{_WHO})\s)?(?:\b(?:with|weighing|aged|whose|who\sweigh|of|at)\s)?(?:\b(?:the|an?)\s)?"
_OTHER_AGE = r"\b(?:older|younger)\s(?:children|infants|neonates|adolescents)\b"
_ORGAN = r"Child[-–\s]Pugh\s(?:class\s|score\s)?[ABC](?:(?:\sor\s|/|[-–])[ABC])?\b"


@cache
def _measures() -> tuple[str, ...]:
    """The names of what is measured, the longest first."""
    return tuple(sorted(phrases("measures"), key=len, reverse=True))


@cache
def _band() -> re.Pattern[str]:
    measure = "|".join(re.escape(n).replace(r"\ ", r"\s") for n in _measures())
    return re.compile(
        rf"{_OPENER}(?:(?P<named>(?<![Rr]inger's\s)(?<![Rr]inger’s\s)(?<![Rr]ingers\s)\b(?:{measure}))\s?(?:(?:is|of|was|falls|remains|between|:)\s)?(?P<rel>{_RELATION}\s?)?"
        rf"(?P<num>{_RANGE}){_UNIT}?(?P<more>{_OR_MORE}(?:{_UNIT})?)?|"
        rf"(?P<loose>(?:\b(?:age|aged|weighing|weight)\s)?(?P<rel2>{_RELATION}\s?)?(?<![\d.,/-])(?P<num2>{_RANGE})\s?"
        rf"(?P<unit>kg(?!/)|years?|months?)\b(?P<old>\s(?:old|of\sage))?(?P<more2>{_OR_MORE})?)|{_OTHER_AGE}|{_ORGAN})",
        re.IGNORECASE,
    )


_LETTERS = re.compile(r"[a-z]+")
_WEIGHT = re.compile(r"\d\s?kg\b", re.IGNORECASE)
_TIME = re.compile(r"\d\s?(?:years?|months?)\b", re.IGNORECASE)
_AGES = frozenset(("old", "older", "younger", "age", "aged", *_WHO.split("|")))


@cache
def _first_words() -> frozenset[str]:
    """The letters with which the names of what is measured begin."""
    return frozenset({"child", *(_LETTERS.findall(name.lower())[0] for name in _measures())})


def may_name_band(text: str) -> bool:
    """Whether a text may name a band: far cheaper than the search, and never False where it finds one.

    >>> may_name_band("if CrCl is below 30"), may_name_band("over 40 kg"), may_name_band("5 mg for 6 months")
    (True, True, False)
    """
    if _WEIGHT.search(text):
        return True
    words = set(_LETTERS.findall(text.lower()))
    if not _first_words().isdisjoint(words):
        return True
    return not _AGES.isdisjoint(words) and _TIME.search(text) is not None


_OF_AGE = re.compile(rf"\b(?:age|aged|{_WHO})\s", re.IGNORECASE)


# "titrated to a mean arterial pressure of 65-70 mmHg"
_AIM = re.compile(
    r"\b(?:targets?|targeting|goals?|maintain(?:ing)?|keep(?:ing)?|achiev(?:e|ing)|reach(?:es|ing|ed)?|aim(?:ing)?|until|to)\W+"
    r"(?:(?:an?|the|for|of|at|serum|trough|mean|in|range|fasting|blood|plasma|morning|pre-?meal|preprandial|systolic)\s){0,4}$",
    re.IGNORECASE,
)


@lru_cache(maxsize=64)
def find_bands(text: str, *, ages: bool = False) -> tuple[Span, ...]:
    """Where a text names a band of something measured, with the words that open it; with `ages`, years are those of age.

    >>> text = "1 g (CrCl 30-60) or 10 mg/kg if under 30 kg, for 5-7 years, children aged 6-11 years: 5 mg"
    >>> [text[s:e] for s, e in find_bands(text)]
    ['CrCl 30-60', 'if under 30 kg', 'children aged 6-11 years']
    """
    if not may_name_band(text) and not (ages and _TIME.search(text)):
        return ()
    out = []
    for match in _band().finditer(text):
        said = match.groupdict()
        if said["named"]:
            sure = bool(said["rel"] or said["more"]) or _is_range(said["num"])
        elif said["loose"]:
            sure = bool(said["rel2"] or said["more2"]) or _is_range(said["num2"])
            if said["unit"].lower() != "kg":
                aged = (
                    said["old"] or _OF_AGE.search(match[0]) or re.search("older|younger", said["more2"] or "")
                )
                sure = sure and bool(ages or aged)
        else:
            sure = True
        if sure and not _AIM.search(text, max(0, match.start() - 40), match.start()):
            start = match.start() + len(match[0]) - len(match[0].lstrip())
            out.append((start, match.end()))
    return tuple(out)


def _is_range(number: str) -> bool:
    return re.search(r"\d\D+\d", number) is not None and not re.fullmatch(r"[\d.,]+", number)


_STOP = re.compile(r";|\.\s|\s\|\s|\bthen\b")
_LEADS = re.compile(r"[\s,]*(?::|,?\s?(?:give|use|start|take|reduce\sto))")


def bands_of(text: str, doses: Sequence[DoseMention]) -> dict[DoseMention, tuple[Span, ...]]:
    """Each dose of a statement with the bands that it holds for: those that trail it, or lead it where the statement begins so."""
    bands = [b for b in find_bands(text) if not any(d.start < b[1] and b[0] < d.end for d in doses)]
    if not bands or not doses:
        return {}
    order = sorted({d.start: d for d in doses}.values(), key=lambda d: d.start)
    leading = bands[0][0] < order[0].start
    out: dict[DoseMention, tuple[Span, ...]] = {}
    for start, end in bands:
        before = next((d for d in reversed(order) if d.end <= start), None)
        after = next((d for d in order if d.start >= end), None)
        gap = text[before.end : start] if before else ""
        apart = before is None or _STOP.search(gap) is not None
        bracketed = not apart and re.fullmatch(r"[^()]{0,24}\([^()]*", gap) is not None
        leads = after is not None and (
            apart or (not bracketed and (leading or _LEADS.match(text, end) is not None))
        )
        if leads and after is not None and not re.search(r";|\.\s|\s\|\s", text[end : after.start]):
            out[after] = (*out.get(after, ()), (start, end))
        elif before is not None and not apart:
            out[before] = (*out.get(before, ()), (start, end))
            first = next(
                (d for d in order if before.dose.dose_role == "maximum" and d.end == before.start - 1), None
            )
            if first is not None:  # "30 mg/kg up to 125 mg in children under 5 years"
                out[first] = (*out.get(first, ()), (start, end))
    return out
