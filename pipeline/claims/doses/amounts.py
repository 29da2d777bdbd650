"""Amounts: a number or range, its unit, and what it is counted on (kg, m2, AUC, time, intake)."""

from __future__ import annotations

from dataclasses import replace

from pipeline.claims.doses.items import Amount
from pipeline.claims.doses.lexer import DASHES
from pipeline.claims.doses.numbers import Lexemes, is_dash, low_at, number_at, number_range, tagged
from pipeline.claims.doses.tables import Timing, Unit

_FRACTIONS = {(1, 2), (1, 3), (2, 3), (1, 4), (3, 4)}
_PER_SIGNS = ("/", "per", "a", "an")


def unit_at(lexemes: Lexemes, i: int) -> Unit | None:
    """The unit that lexeme `i` is; None where it is none or there is no such lexeme."""
    if not 0 <= i < len(lexemes):
        return None
    unit: Unit | None = lexemes[i].tags.get("unit")
    return unit


def _unit_after(lexemes: Lexemes, i: int) -> tuple[Unit, int] | None:
    """The unit at `i`, or after a hyphen ("20-mg")."""
    unit = unit_at(lexemes, i)
    if unit is not None:
        return unit, i + 1
    if is_dash(lexemes, i) and (unit := unit_at(lexemes, i + 1)) is not None and lexemes[i].glued:
        return unit, i + 2
    return None


def _minus_one(lexemes: Lexemes, i: int) -> int:
    """The lexeme after an exponent -1 ("kg-1", "kg⁻¹") at `i`, or `i` itself where there is none."""
    if i + 1 < len(lexemes) and lexemes[i].text in {*DASHES, "⁻"} and lexemes[i + 1].text in ("1", "¹"):
        return i + 2
    return i


def _suffixes(lexemes: Lexemes, amount: Amount) -> bool:
    """Reads "/kg", "per m2", "/day", "per dose" after the unit into `amount`; False where it is no dose."""
    while amount.j < len(lexemes):
        j = amount.j
        sign = low_at(lexemes, j)
        exponent = False
        if sign in _PER_SIGNS or (sign == "each" and tagged(lexemes, j + 1, "time")):
            k = j + 1
        elif sign in ("·", "*", "⋅", "."):
            k, exponent = j + 1, True
        else:
            k, exponent = j, True
        if k >= len(lexemes):
            return True
        tags = lexemes[k].tags
        count, at = 1.0, k
        if not exponent and (number := number_at(lexemes, k)) is not None and not tagged(lexemes, k, "basis"):
            if tagged(lexemes, k + 1, "time"):
                count, at, tags = number, k + 1, lexemes[k + 1].tags
            elif sign == "/" and (_content(lexemes, amount, k) or _component(lexemes, amount, k, number)):
                continue
            elif sign == "/" or tagged(lexemes, k + 1, "unit", "basis"):
                return sign != "/" and not tagged(lexemes, k + 1, "basis")
        end = _minus_one(lexemes, at + 1)
        if exponent and end == at + 1:
            return True
        time, basis = tags.get("time"), tags.get("basis")
        if basis in ("kg", "m2"):
            amount.basis = basis
        elif time is not None and not (
            sign == "a" and tagged(lexemes, at, "unit") and lexemes[at].low == "m"
        ):
            if amount.unit and amount.unit.dimension == "volume" and time in ("min", "s"):
                return False
            if (time == "d" and count == 1) or (time == "h" and count == 24):
                amount.per = "day"
            else:
                amount.per = "administration"
                amount.rate = Timing(1, None, count, None, time)
        elif basis == "dose":
            if sign in ("a", "an"):
                return True
            amount.per = "administration"
        elif basis == "content" or (sign == "/" and tags.get("unit") is not None):
            return sign in ("a", "an")
        elif sign == "/" and lexemes[at].num is None:
            return lexemes[at].low not in ("l", "hpf", "cell", "cells")
        else:
            return True
        amount.j = end
    return True


def _content(lexemes: Lexemes, amount: Amount, k: int) -> bool:
    """Reads the volume at `k` that holds the amount ("40 mg/0.8 mL SC") into it; False where it tells a preparation that is
    given by another volume."""
    unit = unit_at(lexemes, k + 1)
    if unit is None or unit.dimension != "volume" or amount.unit is None or amount.unit.dimension == "volume":
        return False
    if tagged(lexemes, k + 2, "form") or low_at(lexemes, k + 2) in (",", ":", ")", "(", "per", "/"):
        return False
    amount.j = k + 2
    return True


def _component(lexemes: Lexemes, amount: Amount, k: int, number: float) -> bool:
    """Reads the second part of "90 mg/kg/6.4 mg/kg", whose number stands at `k`, into `amount`; False where it is none."""
    unit = unit_at(lexemes, k + 1)
    if amount.basis == "flat" or unit is None or amount.unit is None or amount.low is None:
        return False
    if unit.dimension != amount.unit.dimension or low_at(lexemes, k + 2) not in _PER_SIGNS:
        return False
    amount.components = (*(amount.components or (amount.low,)), number)
    amount.j = k + 2
    return True


def _auc(lexemes: Lexemes, i: int) -> Amount | None:
    k = i + 1
    while k < i + 6 and low_at(lexemes, k) in ("of", "=", ":", "(", "target", "at", "dose"):
        k += 1
    numbers = number_range(lexemes, k)
    if numbers is None:
        return None
    low, high, j = numbers
    if unit_at(lexemes, j) is not None and low_at(lexemes, j) == "mg":
        # "AUC 5 mg/mL x min": the unit of the area itself
        while j < len(lexemes) and low_at(lexemes, j) in (
            "mg",
            "/",
            "ml",
            "min",
            "minute",
            "·",
            "x",
            "×",
            "*",
            "per",
        ):
            j += 1
    elif unit_at(lexemes, j) is not None:
        return None
    return Amount(i, j, low=low, high=high, basis="auc", text_i=i)


def parse_amount(lexemes: Lexemes, i: int, *, ranged: bool = True) -> Amount | None:
    """The amount that begins with the number (or "AUC") at `i`; None where there is none that could be a dose.

    `ranged` also reads "1 mg/kg to 2 mg/kg" as one range.
    """
    if low_at(lexemes, i) == "auc":
        return _auc(lexemes, i)
    first = number_at(lexemes, i)
    if first is None:
        return None
    if ranged and (power := _power(lexemes, i)) is not None:
        return power
    if ranged and (tablets := _tablets(lexemes, i)) is not None:
        return tablets
    if ranged and (one := _respective(lexemes, i)) is not None:
        return one
    if ranged and (start := _from_here(lexemes, i)) is not None:
        return start
    numbers = [first]
    amount = Amount(i, i + 1, text_i=i)
    k = i + 1
    found = _unit_after(lexemes, k)
    if found is None and low_at(lexemes, k) == "/":
        while (
            low_at(lexemes, k) == "/" and (more := number_at(lexemes, k + 1)) is not None and len(numbers) < 8
        ):
            numbers.append(more)
            k += 2
        found = _unit_after(lexemes, k)
        if found is None:
            return None
        if tuple(int(n) for n in numbers) in _FRACTIONS and found[0].dimension == "count":
            amount.low = amount.high = numbers[0] / numbers[1]
        else:
            amount.components = tuple(numbers)
            amount.low = amount.high = first
    elif found is None:
        span = number_range(lexemes, i)
        if span is None or span[2] == i + 1:
            return None
        low, high, k = span
        if _changes(lexemes, i):
            return None
        found = _unit_after(lexemes, k)
        if found is None:
            return None
        amount.low, amount.high = low, high
        if high < low:
            if not is_dash(lexemes, i + 1):
                amount.low, amount.high = high, low
            else:
                amount.components, amount.high = (low, high), low
    else:
        amount.low = amount.high = first
    unit, amount.j = found
    if unit.dimension == "never":
        return None
    amount.unit = unit
    _second_unit(lexemes, amount, unit)
    if not _suffixes(lexemes, amount):
        return None
    if ranged:
        _second_rate(lexemes, amount, unit)
    if unit.factor != 1:
        amount.low, amount.high = (None if v is None else v * unit.factor for v in (amount.low, amount.high))
        amount.components = tuple(v * unit.factor for v in amount.components)
    return amount


def _respective(lexemes: Lexemes, i: int) -> Amount | None:
    """The first of "5 and 10 mg, respectively": a number that takes its unit from the end of its list."""
    k, numbers = i, 1
    while numbers < 6 and low_at(lexemes, k + 1) in (",", "and") and number_at(lexemes, k + 2) is not None:
        k, numbers = k + 2, numbers + 1
    if k == i:
        return None
    last = parse_amount(lexemes, k, ranged=False)
    if last is None or last.low != last.high:
        return None
    if not any(low_at(lexemes, m) == "respectively" for m in range(last.j, last.j + 10)):
        return None
    factor = last.unit.factor if last.unit is not None else 1.0
    value = (number_at(lexemes, i) or 0.0) * factor
    return replace(last, i=i, j=i + 1, text_i=i, low=value, high=value)


def _from_here(lexemes: Lexemes, i: int) -> Amount | None:
    """The first of "raised from 40 to 80 mg": where a change begins, a number that takes its unit from where it ends."""
    if low_at(lexemes, i + 1) != "to" or number_at(lexemes, i + 2) is None or not _changes(lexemes, i):
        return None
    last = parse_amount(lexemes, i + 2, ranged=False)
    if last is None or last.components or last.low is None:
        return None
    value = (number_at(lexemes, i) or 0.0) * (last.unit.factor if last.unit is not None else 1.0)
    return replace(last, i=i, j=i + 1, text_i=i, low=value, high=value)


def _power(lexemes: Lexemes, i: int) -> Amount | None:
    """ "3 x 10(6) units", "5 × 10^6 IU", "10^9 units": a power of ten."""
    times, k = number_at(lexemes, i), i
    if low_at(lexemes, i + 1) in ("x", "×", "·"):
        k = i + 2
    elif times == 10:
        times = 1.0
    if number_at(lexemes, k) != 10 or low_at(lexemes, k + 1) not in ("^", "("):
        return None
    power, end = number_at(lexemes, k + 2), k + 3
    if lexemes[k + 1].low == "(":
        if low_at(lexemes, end) != ")" or not lexemes[k + 1].glued:
            return None
        end += 1
    if power is None or times is None or not 1 <= power <= 15:
        return None
    unit = unit_at(lexemes, end)
    if unit is None or unit.dimension == "never":
        return None
    value = times * 10.0**power * unit.factor
    amount = Amount(i, end + 1, low=value, high=value, unit=unit, text_i=i)
    return amount if _suffixes(lexemes, amount) else None


def _tablets(lexemes: Lexemes, i: int) -> Amount | None:
    """ "two 500 mg tablets", "1-2 x 250 mg", "two tablets of 500 mg": the number times the strength."""
    counted = number_range(lexemes, i)
    if counted is None or counted[1] > 300:
        return None
    low, high, k = counted
    if number_at(lexemes, k) is None:
        middle = unit_at(lexemes, k)
        if middle is not None and middle.dimension == "count" and low_at(lexemes, k + 1) == "of":
            k += 2
        elif low_at(lexemes, k) in ("x", "×") and high <= 12:
            k += 1
        else:
            return None
        counts = True
    elif high > 12:
        return None
    else:
        counts = False
    if number_at(lexemes, k) is None:
        return None
    one = parse_amount(lexemes, k, ranged=False)
    if one is None or one.unit is None or one.unit.dimension not in ("mass", "unit") or one.low != one.high:
        return None
    if one.low is None or one.components or one.per is not None:
        return None
    form = unit_at(lexemes, one.j)
    if form is not None and form.dimension == "count":
        one.j += 1
    elif not counts:
        return None
    return replace(one, i=i, text_i=i, low=low * one.low, high=high * one.low)


def _second_unit(lexemes: Lexemes, amount: Amount, unit: Unit) -> None:
    """ "500 mg to 1 g" (a range), "875 mg/125 mg" (components)."""
    while True:
        j = amount.j
        number = number_at(lexemes, j + 1)
        if number is None or amount.low is None:
            return
        after = _unit_after(lexemes, j + 2)
        if after is None:
            return
        if after[0].dimension != unit.dimension:
            given = {"mass", "unit"}
            if low_at(lexemes, j) == "/" and {after[0].dimension, unit.dimension} == given:
                amount.components = (*(amount.components or (amount.low,)), number)  # "500 mcg/5 IU"
                amount.j = after[1]
            return
        scale = ratio(after[0], unit)
        if scale is None:
            return
        if low_at(lexemes, j) == "/":
            amount.components = (*(amount.components or (amount.low,)), number * scale)
        elif (
            is_dash(lexemes, j) or (tagged(lexemes, j, "range") and not _changes(lexemes, amount.i))
        ) and not (amount.components):
            second = number * scale
            if second < amount.low:
                return
            amount.high, amount.j = second, after[1]
            return
        else:
            return
        amount.j = after[1]


def _changes(lexemes: Lexemes, i: int) -> bool:
    """Whether the range at `i` is a change ("increased from 25 mg to 50 mg") rather than a range."""
    return low_at(lexemes, i - 1) == "from" and any(
        tagged(lexemes, k, "target", "reduced") for k in range(max(0, i - 6), i)
    )


def ratio(a: Unit, b: Unit) -> float | None:
    """How many of unit `b` one of unit `a` is."""
    size = {"ng": 1e-6, "ug": 1e-3, "mg": 1.0, "g": 1000.0, "mL": 1e-3, "L": 1.0}
    if a.ucum == b.ucum:
        return a.factor / b.factor
    if a.ucum in size and b.ucum in size:
        return size[a.ucum] / size[b.ucum]
    return None


def _second_rate(lexemes: Lexemes, amount: Amount, unit: Unit) -> None:
    """ "1 mg/kg/day to 2 mg/kg/day": a range whose ends both carry the whole unit."""
    j = amount.j
    if j == amount.i + 2 or not (is_dash(lexemes, j) or tagged(lexemes, j, "range")) or amount.components:
        return
    if number_at(lexemes, j + 1) is None or amount.low != amount.high:
        return
    if _changes(lexemes, amount.i) or low_at(lexemes, amount.i - 1) == "by":
        return
    other = parse_amount(lexemes, j + 1, ranged=False)
    if other is None or other.unit is None or other.low is None or amount.low is None:
        return
    same = (other.unit.ucum, other.basis, other.per) == (unit.ucum, amount.basis, amount.per)
    if same and other.low >= amount.low and other.low == other.high:
        amount.high, amount.j = other.high, other.j
