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
