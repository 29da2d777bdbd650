"""A dose as meaning (comparable, units normalised) and as words for a person."""

from __future__ import annotations

from pipeline.changes.rows import Row, items, number, text

_MASS = {"kg": 1e6, "g": 1e3, "mg": 1.0, "ug": 1e-3, "µg": 1e-3, "μg": 1e-3, "mcg": 1e-3, "ng": 1e-6}
_VOLUME = {"L": 1e3, "l": 1e3, "dL": 100.0, "mL": 1.0, "ml": 1.0, "uL": 1e-3}
_UNITS = {"[iU]": "[iU]", "IU": "[iU]", "iU": "[iU]"}
_HOURS = {"s": 1 / 3600, "min": 1 / 60, "h": 1.0, "d": 24.0, "wk": 168.0}
_MONTHS = {"mo": 1.0, "a": 12.0}
_SHOWN_UNITS = {"ug": "µg", "[iU]": "IU", "[IU]": "IU"}
_SHOWN_PERIODS = {
    "s": "second",
    "min": "minute",
    "h": "hour",
    "d": "day",
    "wk": "week",
    "mo": "month",
    "a": "year",
}
_BASES = {"kg": "/kg", "m2": "/m²"}
_TIMES = {1: "once", 2: "twice", 3: "three times", 4: "four times"}

Amount = tuple[float | None, float | None, str]
"""Low, high (None for an open end) and unit of a comparable amount."""


def _rounded(amount: float | None, factor: float = 1.0) -> float | None:
    return None if amount is None else float(f"{amount * factor:.9g}")


def amount_of(row: Row) -> Amount | None:
    """The amount in one unit of each kind (mass in mg, volume in mL), its basis in the unit; None without one.

    >>> amount_of({"dose_low": 1, "dose_high": 2, "dose_unit": "g"})
    (1000.0, 2000.0, 'mg')
    """
    low, high = number(row, "dose_low"), number(row, "dose_high")
    if low is None and high is None:
        return None
    unit, basis = text(row, "dose_unit"), text(row, "dose_basis")
    suffix = "" if basis in ("", "flat") else f"/{basis}"
    if unit in _MASS:
        return _rounded(low, _MASS[unit]), _rounded(high, _MASS[unit]), f"mg{suffix}"
    if unit in _VOLUME:
        return _rounded(low, _VOLUME[unit]), _rounded(high, _VOLUME[unit]), f"mL{suffix}"
    return _rounded(low), _rounded(high), _UNITS.get(unit, unit) + suffix


def _in(unit: str, *amounts: float | None) -> tuple[object, ...]:
    """Times in hours or months, whichever the unit converts to exactly."""
    if unit in _HOURS:
        return (*(_rounded(a, _HOURS[unit]) for a in amounts), "h")
    if unit in _MONTHS:
        return (*(_rounded(a, _MONTHS[unit]) for a in amounts), "mo")
    return (*(_rounded(a) for a in amounts), unit)


def rhythm_of(row: Row) -> tuple[object, ...] | None:
    """How often, as the time between two intakes: "every 12 hours" and "twice daily" are one; None where not stated."""
    often = number(row, "frequency")
    if often is None:
        return None
    most = number(row, "frequency_max") or often
    period, longest = number(row, "period"), number(row, "period_max")
    if period is None or not often or not most:
        return often, most, None
    return _in(text(row, "period_unit"), period / most, (longest or period) / often)


def duration_of(row: Row) -> tuple[object, ...] | None:
    """How long: hours or months; None where not stated. 14 days and 2 weeks are one."""
    low, high = number(row, "duration_low"), number(row, "duration_high")
    if low is None and high is None:
        return None
    return _in(text(row, "duration_unit"), low, high)


def components_of(row: Row) -> tuple[float, ...]:
    """Amounts of the components of a combination product, as written."""
    return tuple(float(n) for n in items(row, "dose_components"))


def has_dose(row: Row) -> bool:
    """Whether the row states any amount, rhythm or duration, or a dose in words."""
    return bool(amount_of(row) or rhythm_of(row) or duration_of(row) or text(row, "dose_text"))


def _shown(amount: float) -> str:
    return f"{amount:,.6f}".rstrip("0").rstrip(".") if amount % 1 else f"{int(amount):,}".replace(",", "")


def _range(low: float | None, high: float | None) -> str:
    if low is None:
        return f"up to {_shown(high or 0.0)}"
    if high is None:
        return f"at least {_shown(low)}"
    return _shown(low) if low == high else f"{_shown(low)}–{_shown(high)}"


def say_amount(row: Row) -> str:
    """The amount for a person, in the unit as written: `0.5–1 mg/kg/day`, `AUC 5`; "" without one."""
    low, high = number(row, "dose_low"), number(row, "dose_high")
    if low is None and high is None:
        return ""
    basis = text(row, "dose_basis")
    if basis == "auc":
        return f"AUC {_range(low, high)}"
    unit = text(row, "dose_unit")
    components = components_of(row)
    amount = "/".join(_shown(c) for c in components) if components else _range(low, high)
    said = f"{amount} {_SHOWN_UNITS.get(unit, unit)}".rstrip() + _BASES.get(basis, "")
    return f"{said}/day" if text(row, "dose_per") == "day" else said


def say_rhythm(row: Row) -> str:
    """How often, for a person: `twice daily`, `every 4–6 hours`; "" where not stated."""
    often = number(row, "frequency")
    if often is None:
        return ""
    most, period = number(row, "frequency_max") or often, number(row, "period")
    if period is None:
        return "single dose" if often == 1 else f"{_shown(often)} doses"
    unit = text(row, "period_unit")
    longest = number(row, "period_max") or period
    if often == 1 and most == 1 and not (unit == "d" and period == longest == 1):
        each = "" if period == longest == 1 else f"{_range(period, longest)} "
        return f"every {each}{_SHOWN_PERIODS.get(unit, unit)}{'' if longest == 1 else 's'}"
    times = _TIMES.get(int(often), f"{_shown(often)} times")
    if most != often:
        times += f" or {_TIMES.get(int(most), f'{_shown(most)} times')}" if most == often + 1 else ""
        times = times if most == often + 1 else f"{_shown(often)}–{_shown(most)} times"
    if period == longest == 1:
        return f"{times} daily" if unit == "d" else f"{times} a {_SHOWN_PERIODS.get(unit, unit)}"
    return f"{times} every {_range(period, longest)} {_SHOWN_PERIODS.get(unit, unit)}s"


def say_duration(row: Row) -> str:
    """How long, for a person: `for 6 months`, `up to 3 months`; "" where not stated."""
    low, high = number(row, "duration_low"), number(row, "duration_high")
    if low is None and high is None:
        return ""
    unit = text(row, "duration_unit")
    plural = "" if low == high == 1 else "s"
    said = f"{_range(low, high)} {_SHOWN_PERIODS.get(unit, unit)}{plural}"
    return said if low is None or high is None else f"for {said}"


def say_dose(row: Row) -> str:
    """The whole dose for a person: role unless the usual one, amount, rhythm, route, duration; "" without one."""
    if not has_dose(row):
        return ""
    role = text(row, "dose_role")
    amount = say_amount(row)
    if not amount and not duration_of(row):
        amount = text(row, "dose_text")
    parts = [amount, text(row, "route"), "" if text(row, "dose_per") == "day" else say_rhythm(row)]
    if not parts[0] and not duration_of(row):
        parts[0] = text(row, "dose_text")
    said = " ".join(p for p in (*parts, say_duration(row)) if p)
    return said if role in ("", "regimen") else f"{role}: {said}"
