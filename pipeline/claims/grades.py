"""Grades of recommendations as written: which words form one grade, and what strength and certainty they state."""

from __future__ import annotations

import re
from dataclasses import dataclass, replace
from operator import attrgetter

from pipeline.claims.bracket_grades import BracketGrade, bracket_grades
from pipeline.claims.cues.matcher import Cue
from pipeline.claims.reading import Reading

_BETWEEN = re.compile(
    r"^[\s,;:/.()\[\]–-]*(?:(?:and|with|of|evidence|grade|strength|recommendation|recommendations|based|on)[\s,;:/()\[\]–-]*)*$",
    re.IGNORECASE,
)


# "grade 2 ascites": how bad it is.
_GRADED = re.compile(
    r"\s(?!(?:recommendation|indication|evidence|strength|and|or|for|against|in|with)s?\b)[a-z]"
)
# "prednisone for grade 2", "Grade 3-4", "Grade 1 (mild):": how ill the patients are
_OF_ILLNESS = re.compile(
    r"\b(?:for|to|in|of|at|is|was|from|until|than|with|reaches|below|above|by)\s$", re.IGNORECASE
)
_HOW_ILL = re.compile(r"\s?(?:[-–/:]|to\s\d|or\s(?:\d|higher|above|lower|less)|\()", re.IGNORECASE)
# "the preferred class 1", "before changing class 2": a citation.
_CITED = re.compile(r"(?:drug )?class \d")
_OF_ADVICE = re.compile(r"\s(?:recommendation|indication|,|level|LOE)", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class Grade:
    """One grade: the words at `start` to `end`, its system, and what it states ("" where it states none)."""

    start: int
    end: int
    text: str
    system: str
    strength: str = ""
    certainty: str = ""
    direction: str = ""
    claim: bool = True
    rule: str = ""


def find_grades(reading: Reading, authority: str = "") -> list[Grade]:
    """The grades of a statement in text order. `authority` names the guideline that it quotes, where known.

    A level of evidence or a quality alone is a grade only where a bracket or a class stands with it.
    """
    groups: list[list[Cue]] = []
    for cue in reading.of("GRADE"):
        if cue.value == "bare" and not _stands_alone(reading.text, cue):
            continue
        if cue.value == ELIDED:
            if not any(c.value == "class" and c.end <= cue.start for c in reading.of("GRADE")):
                continue
            cue = cue._replace(value="class")  # "Class I for A and IIa for B"
        if groups and _BETWEEN.match(reading.text[groups[-1][-1].end : cue.start]):
            groups[-1].append(cue)
        else:
            groups.append([cue])
    found = [g for g in (_grade(reading, group, authority) for group in groups) if g is not None]
    whole = [_bracketed(reading, bracket, authority) for bracket in bracket_grades(reading.text)]
    if not whole:
        return found
    others = [g for g in found if not any(w.start < g.end and g.start < w.end for w in whole)]
    return sorted(others + whole, key=attrgetter("start"))


def _bracketed(reading: Reading, bracket: BracketGrade, authority: str) -> Grade:
    words = reading.text[bracket.start : bracket.end]
    if bracket.form == "esmo" and authority in (CLASSES, *_WITH_CLASSES):
        by_class = _CLASS.fullmatch(words)
        if by_class is not None:
            bracket = replace(
                bracket,
                system="ACC/AHA",
                strength="strong",
                certainty=_LEVELS[by_class["level"]],
                direction="against" if by_class["class"] == "III" else "",
            )
    named = _NAMED.search(words)
    return Grade(
        bracket.start,
        bracket.end,
        words,
        named[1]
        if named
        else authority
        if authority in _WITH_CLASSES and bracket.system == "ESC"
        else bracket.system,
        bracket.strength,
        bracket.certainty,
        bracket.direction,
        rule=f"grade.bracket.{bracket.form}",
    )


_NAMED_SYSTEM = re.compile(r"[(\[]GRADE(?:\srecommendation)?[:,]?\s$")  # "(GRADE: strong, high certainty)"


def _stands_alone(text: str, cue: Cue) -> bool:
    """Whether a word of strength opens a bracket of its own: "(strong, moderate certainty)", "(conditional)"."""
    opened = (
        text[cue.start - 1 : cue.start] in ("(", "[") or _NAMED_SYSTEM.search(text, 0, cue.start) is not None
    )
    return opened and text[cue.end : cue.end + 1] in (
        ",",
        ";",
        ")",
        "]",
    )


_WITH_CLASSES = frozenset({"ACC/AHA", "ESC"})
ELIDED = "elided"  # a class whose word "class" stands before another one
CLASSES = "classes"  # an article with classes IIa and IIb: its "(I, B)" and "(III, C)" are classes too
_HALVED = re.compile(r"II(?<!\wII)[ab]\b")  # looks back behind its first signs, which are found at once
_CLASS = re.compile(r"(?P<class>I|III)[,;/]? ?(?P<level>[ABC])")
_LEVELS = {"A": "high", "B": "moderate", "C": "low"}
_TASK_FORCE = re.compile(r"\bUSPSTF\b|Preventive Services Task Force")
_OTHER_LETTERS = re.compile(r"\bSIGN\b|\bOxford\b|\bSORT\b")


def grading_body(article: str) -> str:
    """The body whose letters the grades of an article are: USPSTF where it is named and no other with letters, CLASSES
    where classes of cardiology are halved, else "".

    >>> grading_body("The USPSTF advises on statins."), grading_body("The SIGN and USPSTF grades"), grading_body("(IIa, B)")
    ('USPSTF', '', 'classes')
    """
    named = "USPSTF" in article or "Task Force" in article
    if named and _TASK_FORCE.search(article) and not _OTHER_LETTERS.search(article):
        return "USPSTF"
    return CLASSES if _HALVED.search(article) else ""


# "class III/IV lupus nephritis": a class of the disease.
_MORE_CLASSES = re.compile(
    r"(?:\s?(?:/|\bor\b|\band\b|\bto\b|[-–±+&])\s?(?:[IV]{1,3}|\d)\b)*\s(?:\w+\s){0,2}?"
)


def _of_disease(reading: Reading, end: int) -> bool:
    return any(_MORE_CLASSES.fullmatch(reading.text, end, d.start) for d in reading.diseases if d.start > end)


def _grade(reading: Reading, cues: list[Cue], authority: str) -> Grade | None:
    text = reading.text
    start, end = cues[0].start, cues[-1].end
    kinds = {c.value for c in cues}
    attrs = [c.grade.attrs for c in cues if c.grade is not None]
    opened = max(text.rfind("(", 0, start), text.rfind("[", 0, start))
    closed = min((i for i in (text.find(")", end), text.find("]", end)) if i >= 0), default=-1)
    bracketed = opened >= 0 and closed >= 0 and ")" not in text[opened:start] and closed - opened < 160
    if (
        bracketed
        and len(text[opened + 1 : closed]) - (end - start) < 45
        and not re.search(r"\d+ ?m", text[opened:start])
    ):
        inner = text[opened + 1 : closed]
        start, end = opened + 1 + len(inner) - len(inner.lstrip()), opened + 1 + len(inner.rstrip())
    elif (
        kinds <= {"level", "quality"}
        and not bracketed
        and not re.search(r"\b(?:level|LOE)\b", text[start:end])
    ):
        return None
    words = text[start:end]
    if kinds == {"class"} and not bracketed and _CITED.fullmatch(words) and not _OF_ADVICE.match(text, end):
        return None
    if (
        kinds == {"number"}
        and not bracketed
        and (_GRADED.match(text, end) or _OF_ILLNESS.search(text, 0, start) or _HOW_ILL.match(text, end))
    ):
        return None
    if kinds == {"class"} and not bracketed and _of_disease(reading, end):
        return None
    if authority == "USPSTF" and "letter" not in kinds:
        authority = ""
    system = _system(words, kinds, attrs, authority, text)
    strength = next((a["strength"] for a in attrs if "strength" in a), "")
    direction = next((a["direction"] for a in attrs if "direction" in a), "")
    if system == "USPSTF" and re.search(r"\bD\b", words):
        strength, direction = "strong", "against"
    certainty = next((a["certainty"] for a in attrs if "certainty" in a), "")
    if system == "USPSTF" and re.search(r"\bA\b", words):
        certainty = "high"
    return Grade(
        start,
        end,
        words,
        system,
        strength,
        certainty,
        direction,
        all(a.get("claim", True) for a in attrs) and not (system == "USPSTF" and re.search(r"\bI\b", words)),
        cues[0].rule,
    )


_NAMED = re.compile(r"\b(ACC/AHA|AHA/ACC|ESC|USPSTF|NICE|SIGN|Oxford|AAN|GRADE)\b")


def _system(words: str, kinds: set[str], attrs: list[dict[str, str]], authority: str, text: str) -> str:
    for place in (words, authority, text):
        named = _NAMED.search(place)
        if named:
            name = named[1].replace("AHA/ACC", "ACC/AHA")
            if name in ("GRADE", "NICE") and "class" in kinds:
                continue
            if not (name in ("ESC", "ACC/AHA") and "whole" in kinds and "class" not in kinds):
                return name
    for attr in attrs:
        if attr.get("system"):
            return attr["system"]
    if "letter" in kinds:
        return "Oxford" if "level" in kinds else "SIGN"
    return "Oxford" if re.search(r"\d", words) else "ACC/AHA" if "level" in kinds else ""
