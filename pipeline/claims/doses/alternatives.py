"""Doses that play the part of the dose before them: for another patient, of another drug, or as its usual value."""

from __future__ import annotations

from itertools import pairwise

from pipeline.claims.doses.draft import Draft, Statement, size_of
from pipeline.claims.doses.numbers import low_at
from pipeline.claims.doses.words import words

_USUALLY = frozenset(("usually", "typically", "generally"))
_GROUPS = frozenset(("for", "in", "if"))


def alternatives(statement: Statement, drafts: list[Draft]) -> None:
    """ "Start at 5 mg or 0.1 mg/kg": the second plays the part of the first."""
    for before, draft in pairwise(drafts):
        last = draft.i - (low_at(statement.lexemes, draft.i - 1) == "at")
        gap = [statement.lexemes[k].text for k in range(before.j, last - 1)]
        aside = 2 < len(gap) <= 5 and gap[0] == "(" and gap[-1] == ")"  # "54 mg (children) or 72 mg"
        joined = (last - before.j <= 2 or aside) and low_at(statement.lexemes, last - 1) == "or"
        if before.role == "maximum" and low_at(statement.lexemes, before.j) == ")":
            joined = False  # "1 mg/kg daily (maximum 80 mg) or 2 mg/kg"
        if (
            joined
            and not draft.role
            and before.role in ("start", "target", "loading", "maintenance", "reduced", "maximum")
        ):
            draft.role = before.role
        if (
            not draft.role
            and before.role in ("start", "target", "reduced")
            and _parallel(statement, before, draft)
        ):
            draft.role = before.role
        usual = low_at(statement.lexemes, draft.i - 1) in _USUALLY
        if not draft.role and usual and draft.i - before.j <= 2 and statement.same_drug(before, draft):
            draft.role = before.role  # "Maintenance: 8-24 mg daily, usually 16 mg"
        if not draft.role and before.role == "start" and _each_for(statement, before, draft):
            draft.role = "start"
        open_ = draft.i - 1 - (low_at(statement.lexemes, draft.i - 1) in _USUALLY)
        bracket = low_at(statement.lexemes, open_) == "(" and statement.same_drug(before, draft)
        if draft.role == "" and before.role == "start" and bracket:
            draft.role = "start"  # "started at 100 mg (50 mg in frail patients)"
        if draft.role == "" and before.role == "target" and bracket:
            a, b = size_of(before), size_of(draft)
            if a is not None and b is not None and a[:2] == b[:2] and a[2] < b[2]:
                draft.role = "target"  # "target 25 mg (50 mg above 85 kg)"


def _each_for(statement: Statement, before: Draft, draft: Draft) -> bool:
    """ "Start at 10 mg for mild disease and 30 mg for severe disease": one part, for two groups of patients."""
    lexemes, gap = statement.lexemes, range(before.j, draft.i)
    return (
        1 < len(gap) <= 8
        and statement.same_drug(before, draft)
        and before.span is draft.span is None
        and lexemes[before.j].low in _GROUPS
        and low_at(lexemes, draft.i - 1) in ("and", "or", ",")
        and low_at(lexemes, draft.j) in _GROUPS
    )


def _parallel(statement: Statement, before: Draft, draft: Draft) -> bool:
    """ "Reduce X to 10 mg or Y to 20 mg", "X is started at 10 mg, Y at 20 mg": two changes of one kind."""
    lexemes, gap = statement.lexemes, range(before.j, draft.i)
    word = "at" if before.role == "start" else "to"
    if not statement.same_sentence(before, draft) or len(gap) > 8 or low_at(lexemes, draft.i - 1) != word:
        return False
    return lexemes[before.j].low in (",", "and", "or") and any(k in statement.drugs for k in gap)


_WEIGHED = words("weighed")


def first_steps(statement: Statement, drafts: list[Draft]) -> None:
    """ "160 mg, 80 mg, then 40 mg every 2 weeks": the steps before a loading dose are loading too."""
    for before, draft in reversed(list(pairwise(drafts))):
        if draft.role != "loading" or before.role or before.timed or not statement.same_drug(before, draft):
            continue
        a, b = size_of(before), size_of(draft)
        next_to = draft.i - before.j == 1 and low_at(statement.lexemes, before.j) == ","
        if next_to and a is not None and b is not None and a[:2] == b[:2] and a[2] > b[2]:
            before.role = "loading"


def by_weight(statement: Statement, drafts: list[Draft]) -> None:
    """ "260 mg up to 55 kg, 390 mg for 55-85 kg, or 520 mg above 85 kg, then 90 mg": the first dose of each weight is loading."""
    for before, draft in reversed(list(pairwise(drafts))):
        if (
            draft.role != "loading"
            or before.role not in ("", "reduced")
            or not statement.same_drug(before, draft)
        ):
            continue
        between = statement.lexemes[before.j : draft.i]
        weighed = any(word.low == "kg" for word in between)
        if weighed and all(word.num is not None or word.low in _WEIGHED for word in between):
            before.role = "loading"
