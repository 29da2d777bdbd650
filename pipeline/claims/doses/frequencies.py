"""How often: FHIR Timing."""

from __future__ import annotations

import re

from pipeline.claims.doses.items import When
from pipeline.claims.doses.named_days import named_days
from pipeline.claims.doses.numbers import (
    Lexemes,
    is_dash,
    joins_numbers,
    low_at,
    number_at,
    number_range,
    tagged,
)
from pipeline.claims.doses.periods import period_at
from pipeline.claims.doses.tables import Timing
from pipeline.claims.doses.words import words

_Q = re.compile(r"q(\d+)([a-z]*)")
_LETTERS = {
    "h": "h",
    "hr": "h",
    "hrs": "h",
    "d": "d",
    "w": "wk",
    "wk": "wk",
    "wks": "wk",
    "m": "mo",
    "mo": "mo",
    "min": "min",
    "mins": "min",
    "": "h",
}
_SINGLE_AFTER = words("after-once")


def _whole(value: float | None) -> int | None:
    return None if value is None else int(value) if value == int(value) else None


def _counts(lexemes: Lexemes, i: int) -> tuple[int, int, int] | None:
    """How many times: "once", "2 times", "one to three times", "once or twice", "2-3x": low, high, lexeme after."""
    ends: list[int] = []
    k = i
    while True:
        count = lexemes[k].tags.get("count") if k < len(lexemes) else None
        if count is None:
            whole = _whole(number_at(lexemes, k))
            if whole is None or not 0 < whole <= 24:
                break
            count = whole
            k += 1
            if tagged(lexemes, k, "times"):
                k += 1
        else:
            k += 1
        ends.append(count)
        if len(ends) == 2 or not joins_numbers(lexemes, k):
            break
        k += 1
    if not ends:
        return None
    return ends[0], ends[-1], k


def _said_times(lexemes: Lexemes, i: int, j: int) -> bool:
    return any(tagged(lexemes, k, "times", "count") for k in range(i, j))


def _timing(low: int, high: int, period: float, period_max: float | None, unit: str) -> Timing:
    return Timing(low, high if high > low else None, period, period_max, unit)


def parse_when(lexemes: Lexemes, i: int) -> When | None:
    """The frequency that begins at lexeme `i`."""
    return (
        _fixed(lexemes, i)
        or _divided(lexemes, i)
        or _days_of_week(lexemes, i)
        or _counted(lexemes, i)
        or _every(lexemes, i)
        or named_days(lexemes, i)
        or _later(lexemes, i)
        or _apart(lexemes, i)
        or _silent(lexemes, i)
    )


def _fixed(lexemes: Lexemes, i: int) -> When | None:
    timing: Timing | None = lexemes[i].tags.get("freq")
    if timing is None:
        return None
    k = i + 1
    if (is_dash(lexemes, k) or tagged(lexemes, k, "or", "range")) and tagged(lexemes, k + 1, "freq"):
        other: Timing = lexemes[k + 1].tags["freq"]
        if (
            other.unit == timing.unit
            and other.period == timing.period
            and (other.frequency or 0) > (timing.frequency or 0)
        ):
            return When(i, k + 2, timing=timing._replace(frequency_max=other.frequency))
    return When(i, k, timing=timing, single=timing.period is None)


def _divided(lexemes: Lexemes, i: int) -> When | None:
    """ "in 2-3 divided doses", "divided twice daily", "in two doses"."""
    if not tagged(lexemes, i, "divided"):
        return None
    k = i + 1
    if "divided" in lexemes[i].low:
        if low_at(lexemes, k) == "over":
            return None
        while low_at(lexemes, k) in ("into", "in", "equally", "evenly", "given"):
            k += 1
        numbers = number_range(lexemes, k)
        if numbers is not None and tagged(lexemes, numbers[2], "dose"):
            return When(i, numbers[2] + 1, divided=True)
        inner = parse_when(lexemes, k) if k < len(lexemes) and not tagged(lexemes, k, "divided") else None
        return When(i, inner.j if inner is not None and inner.timing else i + 1, divided=True)
    if low_at(lexemes, k) == "into":
        k += 1
    numbers = number_range(lexemes, k)
    if numbers is not None:
        k = numbers[2]
        if low_at(lexemes, k) in ("equal", "equally", "separate", "evenly"):
            k += 1
        if tagged(lexemes, k, "divided") and "divided" in lexemes[k].low:
            k += 1 if "dose" in lexemes[k].low or not tagged(lexemes, k + 1, "dose") else 2
            return When(i, k, divided=True)
        if tagged(lexemes, k, "dose") and numbers[0] > 1:
            apart = _apart(lexemes, k + 1) if k + 1 < len(lexemes) else None
            if apart is not None:  # "in two doses 24 hours apart"
                return When(i, apart.j, timing=apart.timing)
            return When(i, k + 1, divided=True)
    return None


def _days_of_week(lexemes: Lexemes, i: int) -> When | None:
    """ "5 days per week", "3-4 days a week"."""
    numbers = number_range(lexemes, i)
    if (
        numbers is None
        or not 1 <= numbers[0] <= numbers[1] <= 7
        or low_at(lexemes, numbers[2]) not in ("day", "days")
    ):
        return None
    low, high, k = int(numbers[0]), int(numbers[1]), numbers[2] + 1
    if low_at(lexemes, k) in ("per", "a", "each", "every", "/") and low_at(lexemes, k + 1) in ("week", "wk"):
        return When(i, k + 2, timing=_timing(low, high, 1, None, "wk"))
    return None


def _counted(lexemes: Lexemes, i: int) -> When | None:
    if tagged(lexemes, i, "adverb"):
        period, unit = lexemes[i].tags["adverb"]
        return When(i, i + 1, timing=Timing(1, None, period, None, unit))
    counts = _counts(lexemes, i)
    if counts is None:
        return None
    low, high, k = counts
    said = _said_times(lexemes, i, k)
    dashed = is_dash(lexemes, k)
    if dashed:
        k += 1
    if tagged(lexemes, k, "adverb"):
        period, unit = lexemes[k].tags["adverb"]
        if said:
            return When(i, k + 1, timing=_timing(low, high, period, None, unit))
        if unit != "d" and not tagged(lexemes, k + 1, "dose"):
            # "4-hourly", "8 weekly"
            return When(i, k + 1, timing=Timing(1, None, low * period, high if high > low else None, unit))
        return None
    if dashed or not said:
        return None
    if low_at(lexemes, k) in ("per", "a", "each", "every", "/", "an", "in", "q"):
        span = period_at(lexemes, k + 1)
        if span is not None:
            return When(i, span[3], timing=_timing(low, high, span[0], span[1], span[2]))
        if low_at(lexemes, k + 1) in ("other", "second", "alternate") and tagged(lexemes, k + 2, "time"):
            return When(i, k + 3, timing=_timing(low, high, 2, None, lexemes[k + 2].tags["time"]))
    if k < len(lexemes) and tagged(lexemes, k, "freq") and low == 1:
        return When(i, k + 1, timing=lexemes[k].tags["freq"])
    every = _every(lexemes, k) if k < len(lexemes) else None
    if every is not None and every.timing is not None:
        return When(i, every.j, timing=every.timing._replace(frequency=low, frequency_max=None))
    if lexemes[i].low == "once" and (k >= len(lexemes) or low_at(lexemes, k) in _SINGLE_AFTER):
        return When(i, k, timing=Timing(1, None, None, None, None), single=True)
    return None


def _every(lexemes: Lexemes, i: int) -> When | None:
    if lexemes[i].low[0] == "q" and (q := _Q.fullmatch(lexemes[i].low)) is not None:
        return _q(lexemes, i, q)
    if not tagged(lexemes, i, "every"):
        return None
    k = i + 1
    if low_at(lexemes, k) == "other" and tagged(lexemes, k + 1, "time"):
        return When(i, k + 2, timing=Timing(1, None, 2, None, lexemes[k + 1].tags["time"]))
    if low_at(lexemes, k) in ("third", "fourth") and tagged(lexemes, k + 1, "time"):
        n = 3 if low_at(lexemes, k) == "third" else 4
        return When(i, k + 2, timing=Timing(1, None, n, None, lexemes[k + 1].tags["time"]))
    span = period_at(lexemes, k)
    if span is None:
        return None
    end = span[3]
    if is_dash(lexemes, end) and low_at(lexemes, end + 1) == "cycle":
        end += 2
    elif low_at(lexemes, end) == "cycle":
        end += 1
    return When(i, end, timing=Timing(1, None, span[0], span[1], span[2]))


def _q(lexemes: Lexemes, i: int, q: re.Match[str]) -> When | None:
    low, unit = float(q[1]), _LETTERS.get(q[2])
    k, high = i + 1, None
    if unit is None or not low:
        return None
    if not q[2] and tagged(lexemes, k, "time"):
        return When(i, k + 1, timing=Timing(1, None, low, None, lexemes[k].tags["time"]))
    if is_dash(lexemes, k) and lexemes[k].glued:
        again = _Q.fullmatch(low_at(lexemes, k + 1))
        if again is not None:
            return When(i, k + 2, timing=Timing(1, None, low, float(again[1]), unit))
        number = number_at(lexemes, k + 1)
        if number is not None:
            high, k = number, k + 2
            if is_dash(lexemes, k):
                k += 1
            if tagged(lexemes, k, "time"):
                unit, k = lexemes[k].tags["time"], k + 1
    return When(i, k, timing=Timing(1, None, low, high if high and high > low else None, unit))


def _later(lexemes: Lexemes, i: int) -> When | None:
    """ "one hour later", "24 hours later": a single intake after another one."""
    span = period_at(lexemes, i)
    if span is None or low_at(lexemes, span[3]) != "later":
        return None
    return When(i, span[3] + 1, timing=Timing(1, None, None, None, None), single=True, named=True)


def _silent(lexemes: Lexemes, i: int) -> When | None:
    """ "over 20 minutes", "for 3 doses", "x 2 doses", "two doses 24 hours apart"."""
    word = lexemes[i].low
    k = i + 1 if lexemes[i].tags.get("for") or word == "in" else i
    bound = k > i and tagged(lexemes, k, "at-least", "about")
    k += bound  # "over at least 15 minutes"
    numbers = number_range(lexemes, k)
    if numbers is None:
        return None
    j = numbers[2]
    if is_dash(lexemes, j):
        j += 1
    if tagged(lexemes, j, "dose") and numbers[0] < 100:
        apart = _apart(lexemes, j + 1) if j + 1 < len(lexemes) else None
        if apart is not None:
            return When(i, apart.j, timing=apart.timing)
        return When(i, j + 1, silent=True) if k > i else None
    if (
        k > i
        and word in ("over", "in")
        and tagged(lexemes, j, "time")
        and lexemes[j].tags["time"] in ("s", "min", "h")
    ):
        return When(i, j + 1, silent=True, named=bound)
    return None


def _apart(lexemes: Lexemes, i: int) -> When | None:
    """ "given two weeks apart", "separated by 2 weeks", "at 2-week intervals", "at intervals of 4 weeks"."""
    k = i
    if low_at(lexemes, k) in ("at", "with"):
        k += 1
    if low_at(lexemes, k) in ("interval", "intervals") and low_at(lexemes, k + 1) == "of":
        span = period_at(lexemes, k + 2)
        return None if span is None else When(i, span[3], timing=Timing(1, None, span[0], span[1], span[2]))
    if low_at(lexemes, k) == "separated" and low_at(lexemes, k + 1) == "by":
        span = period_at(lexemes, k + 2)
        return None if span is None else When(i, span[3], timing=Timing(1, None, span[0], span[1], span[2]))
    if low_at(lexemes, k) in ("given", "administered"):
        k += 1
    span = period_at(lexemes, k)
    if span is None or low_at(lexemes, span[3]) not in ("apart", "interval", "intervals"):
        return None
    return When(i, span[3] + 1, timing=Timing(1, None, span[0], span[1], span[2]))
