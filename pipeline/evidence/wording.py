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
        self._c, self._sets = claims, claims.words
        columns = (s.line, s.setting, s.population, s.condition, s.with_drugs)
        self._columns = [column.tolist() for column in columns]
        self._direction, self._kind = s.direction.tolist(), s.kind.tolist()
        self._strength, self._preference = s.strength.tolist(), s.preference.tolist()
        self._guideline = s.guideline.tolist()
        self._situations: dict[int, str] = {}

    def situation(self, statement: int) -> str:
        """Line, setting, population, condition and combination, empty where none is stated."""
        if statement not in self._situations:
            line, *sets, partners = (column[statement] for column in self._columns)
            parts = [f"{LINES[line]} line"] if line else []
            names = ("setting", "population", "condition")
            parts += [", ".join(self._sets[name][i]) for name, i in zip(names, sets, strict=True) if i]
            if partners:
                parts.append("with " + ", ".join(self._sets["with_drugs"][partners]))
            self._situations[statement] = "; ".join(parts)
        return self._situations[statement]

    def value(self, aspect: int, statement: int, claim: int) -> str:
        """What the statement says in this aspect; `claim` is the row that shows it."""
        words = self._sets
        if aspect == STRENGTH:
            return STRENGTHS[self._strength[statement]]
        if aspect == PREFERENCE:
            return PREFERENCES[self._preference[statement]]
        if aspect == DIRECTION:
            told = DIRECTIONS[self._direction[statement]]
            told = told if self._kind[statement] else f"{told} in a study"
            where = self.situation(statement)
            return f"{told} ({where})" if where else told
        if aspect == LINE:
            return self.situation(statement) or "unstated"
        if aspect in (DOSE, DURATIONS):
            return self._dose(claim, aspect)
        if aspect == SETTING:
            setting = ", ".join(words["setting"][self._columns[1][statement]])
            said = [setting, *words["condition"][self._columns[3][statement]]]
            return "; ".join(w for w in said if w) or "no restriction"
        if aspect == GUIDELINE:
            return str(words["guideline"][self._guideline[statement]])
        return f"recommended ({self.situation(statement)})"

    def _dose(self, claim: int, aspect: int) -> str:
        c, at = self._c, int(self._c.dose_text[claim])
        text = self._sets["dose_text"][at] if at >= 0 else None
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
