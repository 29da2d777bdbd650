"""Lengths of time: "4 weeks", "4-6 h", "day"."""

from __future__ import annotations

from pipeline.claims.doses.numbers import Lexemes, is_dash, number_range, tagged


def period_at(lexemes: Lexemes, k: int) -> tuple[float, float | None, str, int] | None:
    """ "4 weeks", "4-6 h", "day": length, greatest length, unit, lexeme after."""
    if tagged(lexemes, k, "time"):
        return 1.0, None, lexemes[k].tags["time"], k + 1
    numbers = number_range(lexemes, k)
    if numbers is None:
        return None
    low, high, j = numbers
    if is_dash(lexemes, j):
        j += 1
    if tagged(lexemes, j, "time"):
        unit = lexemes[j].tags["time"]
    elif tagged(lexemes, j, "adverb"):
        unit = lexemes[j].tags["adverb"][1]
    else:
        return None
    return low, high if high > low else None, unit, j + 1
