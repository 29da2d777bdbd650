"""The six levels at which two rows are the same: what of a row must agree.

A row is a flat mapping with the columns of the contract; what is missing counts as unstated. Times and
amounts are compared by what they mean (1 g is 1000 mg, every 12 hours is twice daily).
"""

from __future__ import annotations

import math
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any

from pipeline.model.claim import DAYS

Row = Mapping[str, Any]
Key = tuple[Any, ...]

_MG = {"kg": 1e6, "g": 1000.0, "mg": 1.0, "ug": 1e-3, "mcg": 1e-3, "µg": 1e-3, "ng": 1e-6}


def _empty(value: object) -> bool:
    return value is None or value == "" or (isinstance(value, float) and math.isnan(value))


def _number(value: Any) -> float | None:
    return None if _empty(value) else round(float(value), 4)


def _word(value: object, default: str = "unstated") -> str:
    return default if _empty(value) else str(value).strip().lower()


def _words(value: Any) -> tuple[str, ...]:
    if value is None or isinstance(value, float):
        return ()
    return tuple(sorted(str(item).strip().lower() for item in value))


def amount_of(row: Row) -> Key | None:
    """Low, high, unit and basis of the dose, masses in mg; None where the row has no amount.

    >>> amount_of({"dose_low": 1, "dose_high": 3, "dose_unit": "g", "dose_basis": "flat"})
    (1000.0, 3000.0, 'mg', 'flat')
    """
    low, high = _number(row.get("dose_low")), _number(row.get("dose_high"))
    if low is None and high is None:
        return None
    unit = row.get("dose_unit")
    factor = _MG.get(unit) if isinstance(unit, str) else None
    if factor is not None:
        low = None if low is None else round(low * factor, 4)
        high = None if high is None else round(high * factor, 4)
        unit = "mg"
    return low, high, unit, _word(row.get("dose_basis"), "flat")


def timing_of(row: Row) -> float | str | None:
    """Intakes per day, or `per day` for a total daily dose; None where the row states no rhythm.

    >>> timing_of({"frequency": 1, "period": 12, "period_unit": "h"})
    2.0
    """
    if row.get("dose_per") == "day":
        return "per day"
    frequency, period = _number(row.get("frequency")), _number(row.get("period"))
    unit = row.get("period_unit")
    if frequency is None or period is None or _empty(unit):
        return None
    return round(frequency / (period * DAYS.get(str(unit), 1.0)), 4)


def duration_of(row: Row) -> Key | None:
    """Shortest and longest duration in days; None where the row states none."""
    unit = row.get("duration_unit")
    if _empty(unit):
        return None
    days = DAYS.get(str(unit), 1.0)
    ends = (_number(row.get("duration_low")), _number(row.get("duration_high")))
    return tuple(None if end is None else round(end * days, 2) for end in ends)


def _heads(*names: str) -> Callable[[Row], Key]:
    return lambda row: tuple(_word(row.get(name)) for name in names)


_PAIR = _heads("drug", "disease")
_DIRECTED = _heads("drug", "disease", "direction")
_TUPLE = _heads("drug", "disease", "direction", "strength", "line")
_RICH = _heads("drug", "disease", "direction", "strength", "line", "preference", "kind")


@dataclass(frozen=True, slots=True, kw_only=True)
class Level:
    """One level: which rows take part, and what of them must agree."""

    name: str
    counts: Callable[[Row], bool]
    key: Callable[[Row], Key]


def _always(_: Row) -> bool:
    return True


LEVELS: dict[str, Level] = {
    level.name: level
    for level in (
        Level(name="pair", counts=_always, key=_PAIR),
        Level(name="directed", counts=_always, key=_DIRECTED),
        Level(name="tuple", counts=_always, key=_TUPLE),
        Level(
            name="rich",
            counts=_always,
            key=lambda row: (*_RICH(row), _words(row.get("setting")), _words(row.get("with_drugs"))),
        ),
        Level(
            name="amount",
            counts=lambda row: amount_of(row) is not None,
            key=lambda row: (_word(row.get("drug")), *(amount_of(row) or ())),
        ),
        Level(
            name="dose",
            counts=lambda row: amount_of(row) is not None or duration_of(row) is not None,
            key=lambda row: (
                *_PAIR(row),
                amount_of(row),
                timing_of(row),
                duration_of(row),
                _word(row.get("dose_role"), "regimen"),
            ),
        ),
    )
}
