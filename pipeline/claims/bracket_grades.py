"""Grades that fill a bracket and say nothing outside it: "(2|⊕⊕○○)", "(1b/B)", "[II, B]", "(B1)".

`patterns/grades_in_brackets.tsv` holds their forms: what stands between the brackets, the system, and what the words
named `strength` and `certainty` in the form state ("A=strong B=conditional"; "⊕" for as many signs as stand there).
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache

from pipeline.claims.data_files import table

_BRACKET = re.compile(r"[(\[]([^()\[\]]{2,100})[)\]]")
# What may stand behind a grade: the end, a pause, a reference, another clause; "(A1) receptor" is none.
_CLOSES = re.compile(
    r"\s*(?:$|[^\w\s]|\d|[A-Z]|(?:and|or|but|while|whereas|with|in|for|if|at|as|when|then|rather|plus|followed|over|unless|"
    r"except|to|is|are|may|should|can)\b)"
)
# "(A1)", "(BIII)" could be anything but at the end of what is said: "albuminuria (A2) and hypertension".
_SHORT = re.compile(r"\w{2,4}")
_ENDS = re.compile(r"\s*(?:$|[.;,\[\d])")
_SIGNS = re.compile("[⊕⨁]")
_OF_SIGNS = ("very low", "low", "moderate", "high")


@dataclass(frozen=True, slots=True)
class Form:
    """One form of grade; `strength` and `certainty` give the meaning of each word that may stand there."""

    id: str
    words: re.Pattern[str]
    system: str
    strength: dict[str, str]
    certainty: dict[str, str]
    direction: str
    finds: str
    leaves: str


@dataclass(frozen=True, slots=True)
class BracketGrade:
    """A grade at `start` to `end` of a statement, without its brackets; "" where it states none."""

    start: int
    end: int
    form: str
    system: str
    strength: str
    certainty: str
    direction: str


@cache
def grade_forms() -> tuple[Form, ...]:
    """The forms of the data file, in its order."""
    columns = ("id", "form", "system", "strength", "certainty", "direction", "finds", "leaves")
    return tuple(
        Form(name, re.compile(form), system, _meanings(strength), _meanings(certainty), *rest)
        for name, form, system, strength, certainty, *rest in table("grades_in_brackets", columns)
    )


@cache
def _any_form() -> re.Pattern[str]:
    """Finds what one of the forms finds: most brackets are no grade, and are asked but once."""
    forms = (_NAME.sub("(?:", form.words.pattern) for form in grade_forms())
    return re.compile("|".join(f"(?i:{f[4:]})" if f.startswith("(?i)") else f"(?:{f})" for f in forms))


_NAME = re.compile(r"\(\?P<\w+>")


def _meanings(cell: str) -> dict[str, str]:
    pairs = re.findall(r"(\S+)=((?:very )?\w+)", cell)
    return {word.replace("_", " "): meaning for word, meaning in pairs}


def bracket_grades(text: str) -> Iterator[BracketGrade]:
    """The grades that fill a bracket of `text`, in text order.

    >>> [(g.form, g.strength, g.certainty) for g in bracket_grades("Prednisolone may be used (2|⊕○○○).")]
    [('sign.number', 'conditional', 'very low')]
    """
    for bracket in _BRACKET.finditer(text) if "(" in text or "[" in text else ():
        inner = bracket[1].strip()
        if not (_ENDS if _SHORT.fullmatch(inner) else _CLOSES).match(text, bracket.end()):
            continue
        if _any_form().fullmatch(inner) is None:
            continue
        start = bracket.start(1) + len(bracket[1]) - len(bracket[1].lstrip())
        for form in grade_forms():
            found = form.words.fullmatch(inner)
            if found is not None:
                said = found.groupdict()
                yield BracketGrade(
                    start,
                    start + len(inner),
                    form.id,
                    form.system,
                    _stated(form.strength, said.get("strength")),
                    _stated(form.certainty, said.get("certainty")),
                    form.direction,
                )
                break


def _stated(meanings: dict[str, str], said: str | None) -> str:
    """What the words of a grade state: by the whole word, else by how it begins ("1b": 1)."""
    if said is None:
        return ""
    if _SIGNS.match(said):
        return _OF_SIGNS[len(_SIGNS.findall(said)) - 1]
    word = said.lower() if said.lower() in meanings else said
    return meanings.get(word) or next(
        (m for key, m in meanings.items() if said.lower().startswith(key.lower())), ""
    )
