"""Steps of a dose that labels of time lead in ("Week 1: 25 mg nightly; week 2: 25 mg twice daily")."""

from __future__ import annotations

from pipeline.claims.doses.draft import Draft, Statement
from pipeline.claims.doses.numbers import is_dash, low_at, number_at, tagged

_FOR_WHOM = frozenset(("if", "in", "when", "for", "with", "unless"))
_IN_TIME = frozenset(("by", "within", "over", "after", "at"))
_SLOWLY = frozenset(("gradually", "slowly", "stepwise", "progressively"))


def later_label(statement: Statement, low: int, first: int) -> bool:
    """Whether a label of time stands between the dose before and this one ("Week 3: 50 mg", "from day 8: 5 mg")."""
    lexemes = statement.lexemes
    if low_at(lexemes, first - 1) != ":":
        return False
    return any(
        tagged(lexemes, k, "time") and number_at(lexemes, k + 1) is not None for k in range(low, first - 1)
    )


def goes_on(statement: Statement, before: Draft, draft: Draft) -> bool:
    """Whether a dose with a label of time goes on with the drug of the dose before ("Week 1: 5 mg; week 2: 10 mg")."""
    between = range(before.j, draft.i)
    if draft.role != "next" or statement.drugs.intersection(between):
        return False
    return later_label(statement, before.j, draft.i) or (single(before) and len(between) <= 3)


def tapered(statement: Statement, draft: Draft) -> bool:
    """Whether a dose is reduced in the course of time ("reduced to 20 mg daily over 8 weeks", "reduce by 2.5 mg every 2
    weeks to 10 mg daily"), and not for a patient who needs less."""
    lexemes = statement.lexemes
    here = [
        k
        for k in range(draft.i, min(draft.j + 8, len(lexemes)))
        if statement.sentence[k] == statement.sentence[draft.i]
    ]
    if any(low_at(lexemes, k) in _FOR_WHOM for k in here):
        return False
    ahead = any(
        low_at(lexemes, k) in _IN_TIME
        and number_at(lexemes, k + 1) is not None
        and (tagged(lexemes, k + 2, "time") or (is_dash(lexemes, k + 2) and tagged(lexemes, k + 4, "time")))
        for k in here
    )
    before = range(max(0, draft.i - 10), draft.i)
    return ahead or any(
        low_at(lexemes, k) in _SLOWLY
        or (low_at(lexemes, k) == "by" and number_at(lexemes, k + 1) is not None)
        for k in before
    )


def one_drug(statement: Statement, a: Draft, b: Draft) -> bool:
    """Whether two doses are of one drug, be it over a semicolon ("Day 1: 5 mg; day 2: 10 mg")."""
    between = range(a.j, b.i)
    apart = any(low_at(statement.lexemes, k) == "." for k in between)
    return statement.same_drug(a, b) or (
        statement.known and not apart and not statement.drugs.intersection(between)
    )


def single(draft: Draft) -> bool:
    """Whether a dose is taken once."""
    return draft.when is not None and draft.when.single
