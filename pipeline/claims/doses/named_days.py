"""Days and weeks by their numbers: "on days 1, 8 and 15 of a 28-day cycle", "at weeks 0, 2 and 6", "days 2-5"."""

from __future__ import annotations

import itertools

from pipeline.claims.doses.items import When
from pipeline.claims.doses.numbers import Lexemes, is_dash, low_at, number_at, tagged
from pipeline.claims.doses.periods import period_at
from pipeline.claims.doses.tables import Timing
from pipeline.claims.doses.words import words

_NAMED = words("named-time")


def named_days(lexemes: Lexemes, i: int) -> When | None:
    """ "on days 1, 8 and 15 of a 28-day cycle", "at weeks 0, 2 and 6", "at 0, 2 and 6 weeks", "on day 1", "days 2-5"."""
    k, unit = i, ""
    if low_at(lexemes, k) in ("on", "at", "for", "in"):
        k += 1
    if low_at(lexemes, k) in _NAMED:
        unit, k = lexemes[k].tags["time"], k + 1
    elif k == i:
        return None
    days: list[float] = []
    ranged = 0
    while len(days) < 12:
        if days and unit and low_at(lexemes, k) in _NAMED and lexemes[k].tags["time"] == unit:
            k += 1  # "day 1 and day 15"
        number = number_at(lexemes, k)
        if number is None:
            break
        days.append(number)
        k += 1
        if (is_dash(lexemes, k) or tagged(lexemes, k, "range")) and number_at(lexemes, k + 1) is not None:
            ranged += 1
            k += 1
        elif low_at(lexemes, k) == "," and low_at(lexemes, k + 1) == "and" and _day_at(lexemes, k + 2):
            k += 2
        elif low_at(lexemes, k) in (",", "and", "&", "/") and _day_at(lexemes, k + 1):
            if tagged(lexemes, k + 2, "unit"):
                break
            k += 1
        else:
            break
    if tagged(lexemes, k, "unit", "basis") or (is_dash(lexemes, k) and tagged(lexemes, k + 1, "unit")):
        return None
    if not days or any(b <= a for a, b in itertools.pairwise(days)):
        return None
    if not unit:
        if len(days) < 2 or ranged or lexemes[i].low == "for" or not tagged(lexemes, k, "time"):
            return None
        unit, k = lexemes[k].tags["time"], k + 1
    if ranged and len(days) == 2 * ranged:  # "days 1-5", "days 1-5 and 8-12"
        count = sum(int(b - a) + 1 for a, b in zip(days[::2], days[1::2], strict=True))
    else:
        count = len(days)
    cycle = _cycle(lexemes, k)
    if cycle is not None:
        days_of = count if unit == "d" else 0
        return When(i, cycle[2], timing=Timing(count, None, cycle[0], None, cycle[1]), days=days_of)
    if ranged:
        if len(days) != 2 or unit not in ("d", "wk", "mo") or (unit != "d" and _of_pregnancy(lexemes, i, k)):
            return None
        return When(i, k, timing=None, duration=(float(count), float(count), unit))
    if len(days) == 1:
        return When(i, k, timing=Timing(1, None, None, None, None), single=True)
    steps = {b - a for a, b in itertools.pairwise(days)}
    if len(steps) == 1 and unit not in ("h", "min"):
        return When(i, k, timing=Timing(1, None, steps.pop(), None, unit), named=True)
    return When(i, k, timing=Timing(len(days), None, None, None, None), named=True)


def _day_at(lexemes: Lexemes, k: int) -> bool:
    """Whether another day of a list stands at `k`: "8", or "day 8", but not the number of a name ("5-FU")."""
    k += low_at(lexemes, k) in _NAMED
    named = is_dash(lexemes, k + 1) and lexemes[k + 1].glued and number_at(lexemes, k + 2) is None
    return number_at(lexemes, k) is not None and not named


def _cycle(lexemes: Lexemes, k: int) -> tuple[float, str, int] | None:
    """ "of a 28-day cycle", "every 21 days", "of each 4-week cycle": length, unit, lexeme after."""
    at = k
    while low_at(lexemes, at) in ("(", ","):
        at += 1
    if low_at(lexemes, at) not in ("of", "every", "each", "in", "q"):
        return None
    at += 1
    while low_at(lexemes, at) in ("a", "an", "each", "every", "the", "repeated"):
        at += 1
    span = period_at(lexemes, at)
    if span is None:
        return None
    end = span[3]
    if low_at(lexemes, end) in ("cycle", "cycles", "course"):
        end += 1
    elif low_at(lexemes, k) in ("of", "in"):
        return None
    return span[0], span[2], end


def _of_pregnancy(lexemes: Lexemes, i: int, k: int) -> bool:
    """Whether "weeks 12-16" tell when something is done, and not for how long ("at weeks 12-16", "of gestation")."""
    return low_at(lexemes, i) == "at" or low_at(lexemes, i - 1) == "gestational" or low_at(lexemes, k) == "of"
