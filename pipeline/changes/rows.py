"""Claim rows as they come: from `row_of`, from a table, from JSON."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping
from typing import Any

Row = Mapping[str, Any]
"""One claim: column name to value, as `pipeline.model.row_of(Claim)` gives it."""


def value(row: Row, column: str) -> Any:
    """The value of `column`; None where it is missing or not a number (as tables store an empty cell)."""
    found = row.get(column)
    if isinstance(found, float) and found != found:
        return None
    return found


def text(row: Row, column: str) -> str:
    """The value as text; "" where empty."""
    found = value(row, column)
    return "" if found is None else str(found)


def number(row: Row, column: str) -> float | None:
    """The value as a number; None where empty."""
    found = value(row, column)
    return None if found is None else float(found)


def items(row: Row, column: str) -> tuple[Any, ...]:
    """The value of a list column (list, tuple or array); () where empty."""
    found = value(row, column)
    if found is None or isinstance(found, str):
        return () if not found else (found,)
    return tuple(found)


def cites(row: Row) -> tuple[int, ...]:
    """The reference numbers."""
    return tuple(int(n) for n in items(row, "cites"))


def date(row: Row, column: str) -> dt.date | None:
    """The value as a date; None where empty or not a date."""
    found = value(row, column)
    if isinstance(found, dt.datetime):
        return found.date() if found == found else None
    if isinstance(found, dt.date):
        return found
    if isinstance(found, str):
        try:
            return dt.date.fromisoformat(found[:10])
        except ValueError:
            return None
    return None


def start(row: Row) -> int:
    """Where the quote begins in the canonical text; 0 where unknown."""
    found = number(row, "char_start")
    return 0 if found is None else int(found)


MEANT = (
    "drug",
    "disease",
    "direction",
    "strength",
    "certainty",
    "kind",
    "grade_text",
    "line",
    "preference",
    "setting",
    "population",
    "condition",
    "with_drugs",
    "guideline",
    "quote",
    "section",
    "dose_text",
    "dose_low",
    "dose_high",
    "dose_unit",
    "dose_basis",
    "dose_per",
    "dose_role",
    "dose_components",
    "frequency",
    "frequency_max",
    "period",
    "period_max",
    "period_unit",
    "route",
    "duration_low",
    "duration_high",
    "duration_unit",
)
"""Columns that together hold the meaning, the words and the headings."""

_PLAIN = (str, int, float, list, tuple, type(None))


def as_stored(row: Row) -> str | None:
    """The stored values of MEANT as one string, the same for rows stored alike; None where one is of another type."""
    values = [row.get(column) for column in MEANT]
    return repr([list(v) if isinstance(v, tuple) else v for v in values]) if _all_plain(values) else None


def stored_alike(a: Row, b: Row) -> bool:
    """Whether the two rows hold equal values in MEANT, without looking into what they mean; False where unsure."""
    for column in MEANT:
        left, right = a.get(column), b.get(column)
        if not (isinstance(left, _PLAIN) and isinstance(right, _PLAIN) and left == right):
            return False
    return True


def _all_plain(values: list[Any]) -> bool:
    return all(isinstance(v, _PLAIN) for v in values)
