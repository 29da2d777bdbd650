"""Doses in lists whose parts one word names for all: "the target is 10 mg for A and 8 mg for B", "A 1 mg or B 5 mg are starting doses"."""

from __future__ import annotations

from pipeline.claims.doses.draft import Draft, Statement
from pipeline.claims.doses.limits import larger_amount
from pipeline.claims.doses.numbers import low_at

_FAR = 48  # lexemes to the words that name the part


def that_of(statement: Statement, before: Draft, draft: Draft) -> bool:
    """Whether a dose of another drug is told as "that" of the one before ("and that of B 25 mg")."""
    lexemes, k = statement.lexemes, before.j
    k += low_at(lexemes, k) == ","
    words = [low_at(lexemes, m) for m in (k, k + 1, k + 2)]
    near = draft.i - k <= 8 and not statement.drugs.isdisjoint(range(k + 3, draft.i))
    return near and words[0] in ("and", "but") and words[1] in ("that", "those") and words[2] in ("of", "for")


def of_plural(statement: Statement, before: Draft, draft: Draft) -> bool:
    """Whether a dose is listed before one that words behind name with others, each with its own drug."""
    lexemes = statement.lexemes
    between = [k for k in range(before.after, draft.i) if k not in statement.drugs]
    listed = len(between) <= 2 and {lexemes[k].low for k in between} & {",", "or", "and"}
    named = any(lexemes[k].low.endswith(" doses") for k in range(draft.j, min(draft.j + _FAR, len(lexemes))))
    return bool(listed) and named and len(between) < draft.i - before.after


def in_step(statement: Statement, before: Draft, draft: Draft) -> bool:
    """Whether two doses stand in a list each before its own drug ("the target is 10 mg for A and 8 mg for B")."""
    lexemes = statement.lexemes
    if not low_at(lexemes, before.j) == low_at(lexemes, draft.j) == "for":
        return False
    between = [k for k in range(before.j + 1, draft.i) if k not in statement.drugs]
    return len(between) < draft.i - before.j - 1 and all(
        low_at(lexemes, k) in (",", "and", "or") for k in between
    )


def on_the_way(statement: Statement, before: Draft, draft: Draft) -> bool:
    """Whether a larger amount without a rhythm stands listed behind another ("raised to 1.2 mg, 1.8 mg and 2.4 mg")."""
    between = [word.low for word in statement.lexemes[before.j : draft.i]]
    listed = between in ([","], ["and"], [",", "and"], [",", "to"])
    by_days = low_at(lexemes := statement.lexemes, draft.j - 2) == low_at(lexemes, before.j - 2) == "day"
    return listed and (by_days or not (before.timed or draft.timed)) and larger_amount(before, draft)
