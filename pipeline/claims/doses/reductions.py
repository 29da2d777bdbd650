"""Doses that are reduced for impaired organs, age, weight or an interacting drug."""

from __future__ import annotations

from itertools import pairwise

from pipeline.claims.doses.draft import Draft, Statement, size_of
from pipeline.claims.doses.numbers import Lexemes, is_dash, low_at, number_at, tagged
from pipeline.claims.doses.words import words

_REACH = 18
_NOT_REDUCED = words("not-reduced")
_RAISED = words("raised")
_WEIGHT = words("weight")
_MEASURED = words("renal-measure")
_REPLACE = frozenset(("replace", "switch", "substitute"))
_OLD = frozenset(("older", "elderly", "frail"))
_AND = frozenset(("and", "but", "whereas", "while"))
_TRAILING = frozenset(("if", "for", "in", "when", "where"))
_REDUCING = frozenset(("organ", "above", "at-least"))  # without such tags, and without the words below,
_REDUCING_WORDS = _OLD | _WEIGHT  # no dose is a reduced one


def _around(statement: Statement, drafts: list[Draft], n: int) -> tuple[list[int], list[int]]:
    """The lexemes left and right of a dose in its sentence, to the doses beside it."""
    draft, here = drafts[n], statement.sentence[drafts[n].i]
    begin = drafts[n - 1].j if n else 0
    end = drafts[n + 1].i if n + 1 < len(drafts) else len(statement.lexemes)
    if n and low_at(statement.lexemes, begin) in _TRAILING:
        # "5 mg daily if weight <50 kg, 7.5 mg daily": what trails a dose says nothing of the next one
        while begin < draft.i and low_at(statement.lexemes, begin) not in (",", ";", "and", "or", "then"):
            begin += 1
    elif n and low_at(statement.lexemes, begin) == "(":
        closed = next((k for k in range(begin, draft.i) if low_at(statement.lexemes, k) == ")"), None)
        begin = begin if closed is None else closed + 1  # nor does a bracket behind it
    left = [k for k in range(max(begin, draft.i - _REACH), draft.i) if statement.sentence[k] == here]
    right = [k for k in range(draft.j, min(end, draft.j + _REACH)) if statement.sentence[k] == here]
    bar = next(
        (m for m, k in enumerate(right) if statement.lexemes[k].text == "|" or _of_another(statement, k)),
        len(right),
    )
    right = right[:bar]  # the next cell of a table says nothing of this dose
    return left, right


def _of_another(statement: Statement, k: int) -> bool:
    """Whether at a comma something is said of another drug (", and X is preferred if the clearance is below 30")."""
    return (
        low_at(statement.lexemes, k) == ","
        and low_at(statement.lexemes, k + 1) in _AND
        and any(m in statement.drugs for m in range(k + 2, k + 5))
    )


def impaired_organs(statement: Statement, drafts: list[Draft]) -> None:
    """A dose for impaired organs or beside an interacting drug is a reduced one."""
    if _REDUCING.isdisjoint(statement.tags) and _REDUCING_WORDS.isdisjoint(statement.lows):
        return
    for n, draft in enumerate(drafts):
        if draft.role == "" and draft.amount is not None and not _instead(statement, drafts, n):
            left, right = _around(statement, drafts, n)
            if any(statement.lexemes[k].low in _RAISED for k in left[-6:]):
                continue  # "renal impairment: higher doses (80-160 mg) are needed"
            if (
                _old_age(statement, left)
                or _elderly(statement, left)
                or _light(statement, left)
                or _light(statement, right)
                or any(_impaired(statement, k, side) for side in (left, right) for k in side)
            ):
                draft.role = "reduced"


def bands(statement: Statement, drafts: list[Draft]) -> None:
    """A smaller dose of the same drug for an age, a weight or an interacting drug is a reduced one."""
    for n, (before, draft) in enumerate(pairwise(drafts), 1):
        same = statement.same_drug(before, draft) or _next_clause(statement, before, draft)
        if draft.role or before.role not in ("", "reduced") or draft.amount is None or not same:
            continue
        a, b = size_of(before), size_of(draft)
        if a is None or b is None or a[:2] != b[:2] or b[2] >= a[2]:
            continue
        right = _around(statement, drafts, n)[1]
        if before.role and right and tagged(statement.lexemes, right[0], "below"):
            draft.role = "reduced"  # "50 mg at an eGFR of 30-44, and 25 mg below that"
            continue
        if (
            not before.role
            and any(tagged(statement.lexemes, k, "band") for k in right)
            and not _child(statement, right)
        ):
            draft.role = "reduced"


def _next_clause(statement: Statement, before: Draft, draft: Draft) -> bool:
    """Whether two doses of one drug are parted by a semicolon alone ("60 mg daily; 30 mg daily for …")."""
    return draft.i - before.j == 1 and low_at(statement.lexemes, before.j) == ";"


def _instead(statement: Statement, drafts: list[Draft], n: int) -> bool:
    """Whether a dose is that of another drug, given instead ("X 40 mg, or Y 5000 units if CrCl is below 30")."""
    if not statement.known:
        return False
    here = statement.sentence[drafts[n].i]
    if any(
        statement.lexemes[k].low in _REPLACE and statement.sentence[k] == here
        for k in range(max(0, drafts[n].i - _REACH), drafts[n].i)
    ):
        return True  # "replace X with Y 10 mg when eGFR is below 20"
    if not n:
        return False
    gap = range(drafts[n - 1].j, drafts[n].i)
    named = any(k in statement.drugs for k in gap)
    return named and len(gap) <= 5 and any(statement.lexemes[k].low == "or" for k in gap)


def _old_age(statement: Statement, left: list[int]) -> bool:
    """Whether a dose is led in by an old age ("Patients over 75 years: 20 mg"); from 70 years, where doses are cut."""
    lexemes = statement.lexemes
    return any(
        tagged(lexemes, k, "above", "at-least")
        and 70 <= (number_at(lexemes, k + 1) or 0) <= 100
        and tagged(lexemes, k + 2, "time")
        and lexemes[k + 2].tags["time"] == "a"
        for k in left
    )


def _elderly(statement: Statement, left: list[int]) -> bool:
    """Whether a bullet that names no drug gives the dose for the old or frail ("In older adults: 5 mg")."""
    return not statement.known and any(statement.lexemes[k].low in _OLD for k in left)


def _light(statement: Statement, side: list[int]) -> bool:
    """Whether a dose is for adults of low weight ("body weight of 60 kg or less"); below 45 kg the patient is a child."""
    lexemes = statement.lexemes
    for k in side:
        if lexemes[k].low not in _WEIGHT:
            continue
        for m in range(k + 1, min(k + 6, len(lexemes))):
            if (
                45 <= (number_at(lexemes, m) or 0) <= 75
                and lexemes[m + 1 : m + 2]
                and "kg" in lexemes[m + 1].low
            ):
                return tagged(lexemes, m - 1, "below", "at-most") or tagged(lexemes, m + 2, "or-less")
    return False


def _child(statement: Statement, side: list[int]) -> bool:
    """Whether a dose is for a child's weight or age ("13-40 kg", "6-12 years"): another dose, and no reduced one."""
    lexemes = statement.lexemes
    kilograms = [
        lexemes[k - 1].num or 0.0
        for k in side
        if k and lexemes[k].low == "kg" and lexemes[k - 1].num is not None
    ]
    years = [
        lexemes[k - 1].num or 0.0
        for k in side
        if k and lexemes[k].low == "years" and lexemes[k - 1].num is not None
    ]
    return (bool(kilograms) and max(kilograms) <= 45) or (bool(years) and max(years) < 18)


def _or_more(lexemes: Lexemes, k: int) -> bool:
    """Whether the number at `k` ends in "or higher" ("60 mL/min or higher", "45 mL/min/1.73 m2 or more")."""
    return any(tagged(lexemes, m, "or-more") for m in range(k + 1, min(k + 9, len(lexemes))))


_OF_RECEPTOR = words("of-receptor")


def _impaired(statement: Statement, k: int, within: list[int]) -> bool:
    lexemes = statement.lexemes
    if not tagged(lexemes, k, "organ"):
        return False
    if any(lexemes[m].low in _NOT_REDUCED for m in within if m < k):
        return False
    for m in range(k + 1, min(k + 5, len(lexemes))):
        if (tagged(lexemes, m, "above", "at-least") and not is_dash(lexemes, m + 2)) or (
            number_at(lexemes, m) is not None and _or_more(lexemes, m)
        ):
            return False  # who may have the drug, not who has less of it
    if lexemes[k].low.startswith("child") and low_at(lexemes, k + 1) == "a":
        return False  # the mildest class
    if lexemes[k].text == "EGFR" and low_at(lexemes, k + 1) in _OF_RECEPTOR:
        return False  # "with an EGFR exon 19 deletion"
    if lexemes[k].low in _MEASURED:
        for m in range(k + 1, min(k + 4, len(lexemes))):
            if (number_at(lexemes, m) or 0) >= 50 and is_dash(lexemes, m + 1):
                return False  # "60 mg daily if CrCl is 51-95"
        return any(number_at(lexemes, m) is not None for m in range(k + 1, min(k + 6, len(lexemes))))
    return True
