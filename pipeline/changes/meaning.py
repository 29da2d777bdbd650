"""The meaning of a claim row: comparable values, field by field, each with its words for a person."""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass
from functools import lru_cache

from pipeline.changes.dosing import (
    amount_of,
    components_of,
    duration_of,
    has_dose,
    rhythm_of,
    say_amount,
    say_duration,
    say_rhythm,
)
from pipeline.changes.partners import partners_today
from pipeline.changes.rows import Row, items, text
from pipeline.changes.words import plain, wording

_GRADE_MARK = re.compile(
    r"\b(?:III|II[ab]?|I|[1-4][ABCD]?[ab]?|[A-D](?:-(?:NR|R|LD|EO))?)(?![\w'])(?:\+\+|\+|−|-(?!\w))?"
)


@dataclass(frozen=True, slots=True)
class Field:
    """One part of the meaning: how to compare it, how to say it, and how much it matters."""

    name: str
    importance: str
    compare: Callable[[Row], object]
    say: Callable[[Row], str]


@lru_cache(maxsize=65536)
def name_key(name: str) -> str:
    """A canonical name without case and typography: `SSc-ILD` and `ssc–ild` are one."""
    return plain(name).casefold()


def _name(column: str) -> Callable[[Row], object]:
    return lambda row: name_key(text(row, column))


def _set(column: str) -> Callable[[Row], object]:
    return lambda row: tuple(sorted({wording(str(v)) for v in items(row, column)}))


_JOINS = re.compile(r"^(?:if|when|where|whenever|in case|provided that|as long as) ")


def _conditions(row: Row) -> object:
    """The conditions as a set, without the word that joins them: "when" and "if" say the same."""
    return tuple(sorted({_JOINS.sub("", wording(str(v))) for v in items(row, "condition")}))


def _say(column: str) -> Callable[[Row], str]:
    return lambda row: text(row, column)


def _say_list(column: str, join: str = ", ") -> Callable[[Row], str]:
    return lambda row: join.join(str(v) for v in items(row, column))


def _grade(row: Row) -> object:
    """The classes and levels that a grade names ("Class IIa, Level B": IIa, B); its words are wording."""
    return tuple(_GRADE_MARK.findall(plain(text(row, "grade_text"))))


def _amount(row: Row) -> object:
    return amount_of(row), text(row, "dose_per"), components_of(row)


def _words_only(row: Row) -> object:
    """A dose that no column holds ("low-dose"), by its words."""
    if amount_of(row) or rhythm_of(row) or duration_of(row):
        return ""
    return wording(text(row, "dose_text"))


def _rhythm(row: Row) -> object:
    return None if text(row, "dose_per") == "day" else rhythm_of(row)


def _role(row: Row) -> object:
    """The part that a dose plays; the usual one is as good as none."""
    role = text(row, "dose_role")
    return role if has_dose(row) and role != "regimen" else ""


def _plain_field(name: str, importance: str) -> Field:
    return Field(name, importance, _name(name), _say(name))


FIELDS: tuple[Field, ...] = (
    _plain_field("direction", "direction"),
    _plain_field("strength", "strength"),
    _plain_field("certainty", "strength"),
    _plain_field("kind", "strength"),
    Field("grade_text", "strength", _grade, _say("grade_text")),
    Field("dose", "dose", _amount, say_amount),
    Field("dose_text", "dose", _words_only, _say("dose_text")),
    Field("frequency", "dose", _rhythm, say_rhythm),
    Field("route", "dose", _name("route"), _say("route")),
    Field("duration", "dose", duration_of, say_duration),
    Field("dose_role", "dose", _role, lambda row: text(row, "dose_role") if has_dose(row) else ""),
    _plain_field("drug", "situation"),
    _plain_field("disease", "situation"),
    _plain_field("line", "situation"),
    _plain_field("preference", "situation"),
    Field("setting", "situation", _set("setting"), _say_list("setting")),
    Field("population", "situation", _set("population"), _say_list("population")),
    Field("condition", "situation", _conditions, _say_list("condition", "; ")),
    Field("with_drugs", "situation", partners_today, _say_list("with_drugs")),
    _plain_field("guideline", "situation"),
)
"""Every part of a claim's meaning, the weightiest first. Where it was said is no part of it."""

SITUATION = ("kind", "line", "preference", "setting", "population", "condition", "with_drugs")


def meaning_of(row: Row) -> dict[str, object]:
    """Field name to comparable value; two rows with the same meaning give equal dicts."""
    return {field.name: field.compare(row) for field in FIELDS}
