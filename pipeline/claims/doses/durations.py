"""How long: durations of treatment."""

from __future__ import annotations

import re

from pipeline.claims.doses.items import Span
from pipeline.claims.doses.numbers import (
    Lexemes,
    is_dash,
    low_at,
    number_at,
    number_range,
    tagged,
)
from pipeline.claims.doses.words import words

_STOP = words("stopping")
_X = re.compile(r"x(\d+)([a-z]*)")
_LETTERS = {"d": "d", "w": "wk", "wk": "wk"}

_EXTEND = words("extend")
_LIMITING = words("limiting")
_COURSE = words("course")
_TRIED = words("tried-before")  # a trial of another drug
_KIND_OF_COURSE = words("kind-of-course")
_PATIENTS = words("whom")
_USE = words("use-of")
_FILL = words("duration-filling")
_AFTER_BARE = words("after-bare")


def _bounds(lexemes: Lexemes, k: int) -> tuple[str, int]:
    """The bound that stands at `k` (its tag, "" for none) and the lexeme after it and its filling words."""
    bound, last = "", min(len(lexemes), k + 8)
    while k < last:
        for tag in ("at-least", "at-most", "above", "below", "maximum"):
            if tagged(lexemes, k, tag):
                bound = tag
                break
        else:
            if low_at(lexemes, k) not in _FILL and not tagged(lexemes, k, "about", "in-total"):
                break
        k += 1
    return bound, k


def _long(lexemes: Lexemes, k: int) -> tuple[float, float, str, int] | None:
    """ "7 days", "4-6 weeks", "5 more days", "3 consecutive days", "7-day"."""
    numbers = number_range(lexemes, k)
    if numbers is None:
        return None
    low, high, j = numbers
    if tagged(lexemes, j, "time") and is_dash(lexemes, j + 1) and number_at(lexemes, j + 2) is not None:
        return None
    if is_dash(lexemes, j) or low_at(lexemes, j) in (
        "more",
        "consecutive",
        "further",
        "additional",
        "full",
        "successive",
        "calendar",
    ):
        j += 1
    if not tagged(lexemes, j, "time"):
        return None
    return min(low, high), max(low, high), lexemes[j].tags["time"], j + 1


def bare_span(lexemes: Lexemes, k: int) -> Span | None:
    """A duration right behind a frequency, without any word ("twice daily, 5 days"); None where words go on."""
    if low_at(lexemes, k) in ("up to", "at least"):  # "once daily up to 8 days"
        bound, at = _bounds(lexemes, k)
        found = _long(lexemes, at)
        told = found is not None and found[2] in ("d", "wk", "mo")
        if found is None or not told or (low_at(lexemes, found[3]) or ".") not in _AFTER_BARE:
            return None
        return _bounded(k, found[3], found[0], found[1], found[2], bound, lexemes)
    if number_at(lexemes, k) is None or low_at(lexemes, k - 1) == "by":
        return None  # "to 5 mg daily by 3 months": when it is reached
    found = _long(lexemes, k)
    if (
        found is None
        or found[2] not in ("d", "wk", "mo")
        or (low_at(lexemes, found[3]) or ".") not in _AFTER_BARE
    ):
        return None
    return Span(k, found[3], low=found[0], high=found[1], unit=found[2])


def _bounded(i: int, j: int, low: float, high: float, unit: str, bound: str, lexemes: Lexemes) -> Span:
    if tagged(lexemes, j, "or-more"):
        bound, j = "at-least", j + 1
    elif tagged(lexemes, j, "or-less"):
        bound, j = "at-most", j + 1
    span = Span(i, j, low=low, high=high, unit=unit)
    if bound in ("at-least", "above"):
        span.high, span.above = None, bound == "above"
    elif bound in ("at-most", "below"):
        span.low = None
    return span


def parse_span(lexemes: Lexemes, i: int) -> Span | None:
    """The duration that begins at `i`: "for (up to) 7 days", "x 7 days", "7-day course", "(6 months)", "beyond 3 months"."""
    word = lexemes[i]
    if word.low in _USE and low_at(lexemes, i + 1) == "of":
        bound, k = _bounds(lexemes, i + 2)
        found = _long(lexemes, k)
        if found is None or found[2] in ("s", "min", "h"):
            return None
        return _bare(_bounded(i + 2, found[3], found[0], found[1], found[2], bound, lexemes))
    if word.low == "to" and any(
        low_at(lexemes, k) in ("interval", "intervals") for k in range(max(0, i - 4), i)
    ):
        return None  # "the interval shortened to 2 weeks"
    if word.low == "to" and any(low_at(lexemes, k) in _LIMITING for k in range(max(0, i - 8), i)):
        found = _long(lexemes, i + 1)
        if found is None or found[2] in ("s", "min", "h"):
            return None
        low = None if found[0] == found[1] else found[0]
        return Span(i, found[3], low=low, high=found[1], unit=found[2])
    if word.low == "to" and any(low_at(lexemes, k) in _EXTEND for k in range(max(0, i - 8), i)):
        found = _long(lexemes, i + 1)
        if found is None or found[2] in ("s", "min", "h"):
            return None
        return Span(i, found[3], low=found[0], high=found[1], unit=found[2])
    if word.low in ("duration", "duration of", "course"):
        return _named_duration(lexemes, i)
    if word.tags.get("for"):
        if low_at(lexemes, i - 1) in _STATES or (
            low_at(lexemes, i - 1) == "on" and low_at(lexemes, i - 2) in _LEFT
        ):
            return None  # "infants hospitalized for more than 72 hours", "leave it on for 8 hours"
        if word.low == "over" and low_at(lexemes, i - 1) in _PATIENTS:
            return None  # "neonates over 7 days"
        x = word.low in ("x", "×")
        bound, k = _bounds(lexemes, i + 1) if not x else ("", i + 1)
        found = _long(lexemes, k)
        if (
            found is None
            and low_at(lexemes, k - 1) == "first"
            and low_at(lexemes, k) in ("week", "month", "year")
        ):
            found = 1.0, 1.0, lexemes[k].tags["time"], k + 1  # "for the first month"
        if found is None:
            return None
        low, high, unit, j = found
        if unit == "h" and low_at(lexemes, j) in ("a", "per", "each", "/"):
            return None  # "for 12 hours a day"
        if unit == "a" and (word.low == "over" or low >= 16):
            return None  # the age of "adults over 65 years"
        if unit in ("s", "min") or (
            unit == "h" and (word.low == "over" or (high < 12 and not _rate_before(lexemes, i)))
        ):
            return None
        if word.low in ("over", "during", "within", "throughout") and word.low != "over" and unit == "h":
            return None
        if low_at(lexemes, j) in ("of", "old", "-") and low_at(lexemes, j + 1) in ("age", "old"):
            return None
        if low_at(lexemes, j) in ("old", "apart", "ago"):
            return None
        if low_at(lexemes, j) in ("before", "prior") and (word.low != "for" or _stopped(lexemes, i)):
            return None
        return _bounded(i, j, low, high, unit, bound, lexemes)
    x_word = _X.fullmatch(word.low)
    if x_word is not None:
        unit_text = x_word[2]
        if unit_text in ("d", "w", "wk"):
            return Span(i, i + 1, low=float(x_word[1]), high=float(x_word[1]), unit=_LETTERS[unit_text])
        if not unit_text and tagged(lexemes, i + 1, "time"):
            return Span(
                i, i + 2, low=float(x_word[1]), high=float(x_word[1]), unit=lexemes[i + 1].tags["time"]
            )
        return None
    if word.low == "(":
        bound, k = _bounds(lexemes, i + 1)
        found = _long(lexemes, k)
        if found is None or found[2] in ("s", "min", "h"):
            return None
        end = found[3] + tagged(lexemes, found[3], "or-more", "or-less")  # "(4 weeks or less)"
        if low_at(lexemes, end) != ")":
            return None
        bound = bound or ("or" if end > found[3] else "")
        if found[2] == "a" and (found[1] > _LONGEST or _aged(lexemes, i)):
            return None  # "25 mg daily (6-12 years)"
        if (found[2] == "a" and bound) or lexemes[found[3] - 1].text == "D":
            return None  # "(<2 years)": an age; "(2D)": a grade
        return _bare(
            _bounded(k if not bound else i + 1, found[3], found[0], found[1], found[2], bound, lexemes)
        )
    if word.low in ("beyond", "exceeding") or (
        word.low in ("longer than", "more than") and low_at(lexemes, i - 1) == "for"
    ):
        found = _long(lexemes, i + 1)
        if found is None or found[2] in ("s", "min", "h"):
            return None
        return Span(i, found[3], low=found[0], high=None, unit=found[2], beyond=True)
    if word.num is not None:
        found = _long(lexemes, i)
        if found is None or found[2] in ("s", "min"):
            return None
        j = found[3]
        course = j + 1 if low_at(lexemes, j) in ("of",) else j
        if found[2] == "h" and low_at(lexemes, course) == "regimen":
            return None  # "the 21-hour regimen": its name
        named = course + (low_at(lexemes, course) in _KIND_OF_COURSE)  # "a six-week induction course"
        if low_at(lexemes, named) in _COURSE or (
            low_at(lexemes, named) == "trial"
            and low_at(lexemes, named + 1) == "of"
            and not any(low_at(lexemes, k) in _TRIED for k in range(max(0, i - 6), i))
        ):
            return _bare(Span(i, named + 1, low=found[0], high=found[1], unit=found[2]))
        if is_dash(lexemes, j) and low_at(lexemes, j + 1) in _COURSE:
            return _bare(Span(i, course + 1, low=found[0], high=found[1], unit=found[2]))
    return None


_STATES = words("stays")
_LEFT = words("left-to-act")
_LONGEST = 10  # years of a treatment; more in brackets are an age


def _aged(lexemes: Lexemes, i: int) -> bool:
    """Whether another bracket near the one at `i` holds years too ("25 mg (2-5 years) or 50 mg (6-9 years)")."""
    for k in range(max(0, i - 30), min(len(lexemes), i + 30)):
        found = _long(lexemes, k + 1) if k != i and lexemes[k].text == "(" else None
        if found is not None and found[2] == "a" and low_at(lexemes, found[3]) == ")":
            return True
    return False


def _stopped(lexemes: Lexemes, i: int) -> bool:
    """Whether a drug is stopped for the time at `i`, or something else is ("stop aspirin for 5 days before surgery")."""
    return any(tagged(lexemes, k, "symptom") or lexemes[k].low in _STOP for k in range(max(0, i - 10), i))


def _rate_before(lexemes: Lexemes, i: int) -> bool:
    """Whether an amount by minute or hour stands right before `i` ("10 mg/h for 6 hours")."""
    for k in range(max(1, i - 3), i):
        if tagged(lexemes, k, "time") and lexemes[k].tags["time"] in ("h", "min"):
            every = k == i - 1 and any(tagged(lexemes, m, "every") for m in range(k - 4, k))
            if every or tagged(lexemes, k - 1, "per"):
                return True
    return False


def _named_duration(lexemes: Lexemes, i: int) -> Span | None:
    """ "Duration of therapy: 6-8 weeks", "duration is 5 days", "a course of 10 days"."""
    for k in range(i + 1, min(i + 6, len(lexemes))):
        bound, at = _bounds(lexemes, k)
        found = _long(lexemes, at)
        if found is not None and found[2] not in ("s", "min", "h"):
            return _bare(_bounded(k if bound else at, found[3], found[0], found[1], found[2], bound, lexemes))
        if lexemes[k].num is not None or lexemes[k].text in ".;)":
            return None
    return None


def _bare(span: Span) -> Span:
    span.bare = True
    return span
