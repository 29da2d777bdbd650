"""The conditions of a statement: the words that limit when or for whom it holds."""

from __future__ import annotations

import re
from bisect import bisect_left
from typing import NamedTuple

from pipeline.claims.bracket_grades import bracket_grades
from pipeline.claims.citations import find_citations
from pipeline.claims.data_files import alternatives
from pipeline.claims.reading import Reading
from pipeline.claims.scope.fields import Place
from pipeline.claims.scope.repeats import follows_a_dose
from pipeline.claims.scope.zone import Zone

_TAIL = 200  # code points at the end of a condition, in which its citations stand


def words_of(text: str, start: int, end: int) -> str:
    """The words of a condition, without marks and citations at their end.

    >>> words_of("if the MIC is <2% 1, 2", 0, 22)
    'if the MIC is <2%'
    >>> words_of("with a history of stroke [2, 5]", 0, 31)
    'with a history of stroke'
    >>> words_of("with a history of stroke [2, 5]", 0, 27)
    'with a history of stroke'
    >>> words_of("if CrCl 15-30 1, 2", 0, 18)
    'if CrCl 15-30'
    >>> words_of("if the rate stays above 70 bpm (2a)", 0, 35)
    'if the rate stays above 70 bpm'
    """
    spans = find_citations(text).spans
    last = spans[bisect_left(spans, (end,)) - 1] if spans else (0, 0)
    cited = start < last[0] < end and not text[last[1] : end].strip(" .,;:)]")
    words = text[start : last[0] if cited else end].strip(" ,;:[(" if cited else " ,;:")
    if words[-1:].isalpha():  # no mark and no citation
        return words
    head, words = words[:-_TAIL], words[-_TAIL:]
    words = re.sub(r"[.]?\s*\[\d{1,3}(?:\s?[,\u2013-]\s?\d{1,3})*(?:\][\s.,;)]*)?$", "", words)
    words = re.sub(r"\s\(\d{1,2}(?:\s?[,\u2013-]\s?\d{1,2})*\)[\s.,;]*$", "", words)
    words = re.sub(
        r"(?<!\bbelow)(?<!\babove)(?<!\bunder)(?<!\bover)(?<!\bthan)(?<!\bleast)(?<!\baged)(?<!\bto)(?<!\bday)(?<!\bweek)(?<!\bstage)(?<!\bage)(?<!\bof)(?<!\bis)(?<=[A-Za-z%)²³])[.]?\s\d{1,3}(?:\s?,\s?\d{1,3})*[\s.,;)]*$",
        "",
        words,
    )
    words = (head + words).rstrip(" ,;:.")
    graded = [g.start for g in bracket_grades(words) if g.end == len(words) - 1] if words[-1:] in ")]" else []
    if graded:
        words = words[: graded[0] - 1].rstrip(" ,;:.([")
    return words[:-1] if words.endswith(")") and words.count(")") > words.count("(") else words


_GROUP = re.compile(rf"(?:those|outpatients|who|whom|{alternatives('people')})\b", re.IGNORECASE)
_OF_WHOM = re.compile(r"\b(?:in|for|among)\s(?:(?!(?:in|for|among)\b)[\w-]+\s){0,2}$", re.IGNORECASE)
# "Patients who form stones should", "... are": the verb of the advice
_AUXILIARY = re.compile(r"(?:\s(?:should|must|may|can|are|will)\s*)?$", re.IGNORECASE)
_ONLY = re.compile(r"\bonly\s$")


class Condition(NamedTuple):
    """A condition with the place of the words that open it, and where it begins apart from an "only"."""

    opened: int
    start: int
    place: Place
    words: str


def conditions_of(reading: Reading, zones: list[Zone]) -> list[Condition]:
    """The conditions of a statement, in the order of its zones."""
    found = []
    for zone in zones:
        if zone.role == "conditional" and not (zone.repeats and follows_a_dose(reading, zone)):
            start = zone.cue_start
            if reading.text.lower().startswith(("once if", "once when", "once unless"), start):
                start += len("once ")  # how often
            before = None
            if _GROUP.match(reading.text, start):
                before = _OF_WHOM.search(reading.text, max(0, start - 160), start)
            start = before.start() if before else start
            end = zone.end
            if _GROUP.match(reading.text, zone.cue_start):
                end -= len(_AUXILIARY.search(reading.text[:end])[0])  # type: ignore[index]
            only = _ONLY.search(reading.text[max(0, start - 5) : start])
            if " " in words_of(reading.text, start, end):
                place = Place("condition", start - 5 if only else start, end, zone.rule)
                words = words_of(reading.text, place.start, place.end)
                found.append(Condition(zone.cue_start, start, place, words))
    return found
