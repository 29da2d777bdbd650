"""What each side of a discrepancy says, in words for a person."""

from __future__ import annotations

import datetime as dt
from functools import cache

import numpy as np

from pipeline.evidence.candidates import (
    DIRECTION,
    DOSE,
    DROPPED,
    DURATIONS,
    GUIDELINE,
    LINE,
    PREFERENCE,
    SETTING,
    STRENGTH,
)
from pipeline.evidence.encode import DIRECTIONS, LINES, NO_DATE, PREFERENCES, STRENGTHS, Claims
from pipeline.evidence.statements import Statements

_EPOCH = dt.date(1970, 1, 1).toordinal()


@cache
def day(days: int) -> dt.date | None:
    """A date from days since 1970, None for no date.

    >>> day(0)
    datetime.date(1970, 1, 1)
    """
    return None if days == NO_DATE else dt.date.fromordinal(_EPOCH + days)


class Wording:
    """Words for the values of statements; keeps the columns as plain lists, since rows are asked one by one."""

    def __init__(self, claims: Claims, s: Statements) -> None:
        self._c, self._s = claims, s
        self._sets = claims.words

    def situation(self, statement: int) -> str:
        """Line, setting, population, condition and combination, empty where none is stated."""
        s, words = self._s, self._sets
        parts = [f"{LINES[s.line[statement]]} line"] if s.line[statement] else []
        for name, column in (
            ("setting", s.setting),
            ("population", s.population),
            ("condition", s.condition),
        ):
            if column[statement]:
                parts.append(", ".join(words[name][column[statement]]))
        if s.with_drugs[statement]:
            parts.append("with " + ", ".join(words["with_drugs"][s.with_drugs[statement]]))
        return "; ".join(parts)

    def value(self, aspect: int, statement: int, claim: int) -> str:
        """What the statement says in this aspect; `claim` is the row that shows it."""
        s, words = self._s, self._sets
        if aspect == DIRECTION:
            told = DIRECTIONS[s.direction[statement]]
            told = told if s.kind[statement] else f"{told} in a study"
            where = self.situation(statement)
            return f"{told} ({where})" if where else told
        if aspect == STRENGTH:
            return STRENGTHS[s.strength[statement]]
        if aspect == LINE:
            return self.situation(statement) or "unstated"
        if aspect == PREFERENCE:
            return PREFERENCES[s.preference[statement]]
        if aspect in (DOSE, DURATIONS):
            return self._dose(claim, aspect)
        if aspect == SETTING:
            said = [
                ", ".join(words["setting"][s.setting[statement]]),
                *words["condition"][s.condition[statement]],
            ]
            return "; ".join(w for w in said if w) or "no restriction"
        if aspect == GUIDELINE:
            return str(words["guideline"][s.guideline[statement]])
        return f"recommended ({self.situation(statement)})"

    def _dose(self, claim: int, aspect: int) -> str:
        c = self._c
        text = self._sets["dose_text"][c.dose_text[claim]] if c.dose_text[claim] >= 0 else None
        if aspect == DURATIONS:
            low, high = c.shortest[claim], c.longest[claim]
            if np.isnan(high):
                return "no limit"
            return text or (f"{_days(high)} at most" if np.isnan(low) else f"{_days(low)} to {_days(high)}")
        if c.dose_unit[claim] < 0:
            return text or "unstated"
        unit = self._sets["dose_unit"][c.dose_unit[claim]]
        low, high = c.dose_low[claim], c.dose_high[claim]
        amount = (
            f"{low:g}" if low == high else f"{low:g}-{high:g}" if np.isfinite(high) else f"{low:g} or more"
        )
        counted = f"{amount} {unit}" + ("" if "per" in unit else " per day")
        return f"{text} ({counted})" if text else counted

    def missing(self, aspect: int) -> str:
        """What stands where a side says nothing."""
        return "no longer named" if aspect == DROPPED else "no limit"


def _days(days: float) -> str:
    for size, word in ((365, "year"), (30, "month"), (7, "week"), (1, "day")):
        if days >= size and days % size == 0:
            count = int(days // size)
            return f"{count} {word}{'s' if count > 1 else ''}"
    return f"{days:g} days"
