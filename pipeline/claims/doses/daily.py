"""The amount per day that follows from a dose."""

from __future__ import annotations

from typing import NamedTuple

from pipeline.model.claim import DAYS, Dose

_MG = {"ng": 1e-6, "ug": 1e-3, "mg": 1.0, "g": 1000.0}
_PER_DAY = {"s": 86400.0, "min": 1440.0, "h": 24.0, "d": 1.0}
_HOUR = 1 / 24  # in days
_UNITS = {"flat": "mg", "kg": "mg/kg", "m2": "mg/m2"}


class DailyDose(NamedTuple):
    """An amount per day; `low` or `high` is None where the dose has no such end."""

    low: float | None
    high: float | None
    unit: str


def to_daily(dose: Dose) -> DailyDose | None:
    """The amount per day that follows from `dose`, low and high in mg, mg/kg or mg/m2.

    None where it does not follow: no weight unit, a single dose, no frequency, intake by the week or rarer, boluses
    repeated every few minutes (nobody gives them all day), or a course of less than a day. Raises nothing.
    Convention: FHIR Dosage, `frequency` intakes in each `period`.

    >>> to_daily(Dose(dose_text="500 mg q8h", dose_low=500, dose_high=500, dose_unit="mg", dose_basis="flat",
    ...               dose_per="administration", frequency=1, period=8, period_unit="h"))
    DailyDose(low=1500.0, high=1500.0, unit='mg')
    """
    factor, unit = _MG.get(dose.dose_unit or ""), _UNITS.get(dose.dose_basis or "")
    if factor is None or unit is None:
        return None
    if _lasts(dose) < 1.0:
        return None
    fewest: float = 1.0
    most: float = 1.0
    if dose.dose_per != "day":
        if dose.frequency is None or dose.period is None or dose.period_unit is None:
            return None
        shortest, longest = dose.period, dose.period_max or dose.period
        if dose.period_unit in _PER_DAY:
            each = _PER_DAY[dose.period_unit]
        else:
            return None
        if longest / each >= 7 or (shortest / each < _HOUR and shortest != 1):
            return None
        fewest = dose.frequency * each / longest
        most = (dose.frequency_max or dose.frequency) * each / shortest
    low = None if dose.dose_low is None else round(dose.dose_low * factor * fewest, 6)
    high = None if dose.dose_high is None else round(dose.dose_high * factor * most, 6)
    return DailyDose(low, high, unit)


def _lasts(dose: Dose) -> float:
    """How many days it is given at most; a day where nothing or a lower bound is told."""
    if dose.duration_high is None or dose.duration_unit is None:
        return 1.0
    return dose.duration_high * DAYS[dose.duration_unit]
