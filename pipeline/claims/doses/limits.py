"""Limits of a dose that its drug parts from it ("do not exceed X 20 mg daily", "the maximum dose of X is 40 mg")."""

from __future__ import annotations

from pipeline.claims.doses.draft import Draft, Statement, size_of
from pipeline.claims.doses.numbers import low_at, tagged
from pipeline.claims.doses.words import words

_REACH = 12
_BETWEEN = words("limit-filling")
_AGAIN = words("again")
_LIMITED = 6  # lexemes between a maximum and that of other patients
_LIMITS = frozenset(("limited", "restricted"))
_LONG = frozenset(("days", "weeks", "months", "hours"))
_FOR_OTHERS = frozenset(("if", "in", "with", "without", "for", "when"))


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


def other_limit(statement: Statement, before: Draft, draft: Draft) -> bool:
    """Whether a dose is the maximum of other patients ("maximum 160 mg/day (80 mg/day with ascites)")."""
    lexemes = statement.lexemes
    a, b = size_of(before), size_of(draft)
    joined = low_at(lexemes, draft.i - 1)
    each = (
        joined == "and" and low_at(lexemes, before.j) in _FOR_OTHERS
    )  # "2 mg/day in children and 3 mg/day in adults"
    return (
        (each or joined in ("(", ",", "or"))
        and draft.i - before.j <= _LIMITED
        and low_at(lexemes, draft.j) in _FOR_OTHERS
        and a is not None
        and b is not None
        and a[:2] == b[:2]
        and statement.same_drug(before, draft)
    )


def exceeded(statement: Statement, draft: Draft) -> bool:
    """ "20 mmol/h should not be exceeded", "to a total of 10 mg", "limited to 1 g daily": a limit."""
    lexemes = statement.lexemes
    if draft.amount is not None and low_at(lexemes, draft.i - 1) == "to":
        limited = low_at(lexemes, draft.i - 2) in _LIMITS
        if limited and not any(low_at(lexemes, k) in _LONG for k in range(draft.i, draft.amount.i)):
            return True
    if tagged(lexemes, draft.j, "limit") and low_at(lexemes, draft.j).endswith("exceeded"):
        return True
    if draft.amount is None or draft.timed or not tagged(lexemes, draft.i - 1, "in-total"):
        return False  # "to a total of 1 mg", "(total 300 mg)"
    return low_at(lexemes, draft.i - 2) in ("to", "(")


def caps(before: Draft, draft: Draft) -> bool:
    """Whether a plain amount ends what is counted on weight or surface ("0.1 mg/kg, up to 4 mg")."""
    a, b = before.amount, draft.amount
    if a is None or b is None or b.basis != "flat" or b.rate is not None or a.unit is None or b.unit is None:
        return False
    return a.basis in ("kg", "m2") and a.unit.dimension == b.unit.dimension


def within_hours(before: Draft, draft: Draft) -> bool:
    """Whether a larger plain amount ends what is given every few minutes or hours ("0.4 mg every 2 minutes up to 10 mg")."""
    timing = before.when.timing if before.when is not None else None
    often = timing is not None and timing.period is not None and timing.unit in ("min", "h")
    return often and not draft.timed and larger_amount(before, draft)


def repeats(statement: Statement, before: Draft, draft: Draft) -> bool:
    """Whether a dose that is repeated stands before an end ("2 mg, repeated every 2 hours up to 8 mg")."""
    first = before.amount.j if before.amount is not None else before.j
    return any(statement.lexemes[k].low in _AGAIN for k in range(first, draft.i))


def larger_amount(before: Draft, draft: Draft) -> bool:
    """Whether the amounts of two doses can be compared and the second is larger."""
    a, b = size_of(before), size_of(draft)
    return a is not None and b is not None and a[:2] == b[:2] and a[2] < b[2]


def larger_alike(before: Draft, draft: Draft) -> bool:
    """Whether two doses have one rhythm and the second is larger."""
    alike = before.when is not None and draft.when is not None and before.when.timing == draft.when.timing
    return alike and larger_amount(before, draft)
