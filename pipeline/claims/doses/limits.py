"""Limits of a dose that its drug parts from it ("do not exceed X 20 mg daily", "the maximum dose of X is 40 mg")."""

from __future__ import annotations

from pipeline.claims.doses.draft import Draft, Statement
from pipeline.claims.doses.numbers import low_at, tagged
from pipeline.claims.doses.words import words

_REACH = 12
_BETWEEN = words("limit-filling")


def limit_of_drug(statement: Statement, draft: Draft, low: int) -> bool:
    """Whether words of a limit stand before a dose, with only its drug between; the lexemes from `low` on are looked at.

    What must not be exceeded loses its low end.
    """
    lexemes, amount, first = statement.lexemes, draft.amount, draft.i
    if amount is None or not statement.known:
        return False
    for k in range(first - 1, max(low, first - _REACH) - 1, -1):
        if tagged(lexemes, k, "limit", "maximum") and any(m in statement.drugs for m in range(k + 1, first)):
            if tagged(lexemes, k, "limit"):
                amount.low, amount.bound = None, "at-most"
            return True
        if k not in statement.drugs and low_at(lexemes, k) not in _BETWEEN:
            return False
    return False
