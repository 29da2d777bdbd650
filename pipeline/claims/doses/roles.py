"""The part that a dose plays: loading, start, target, maintenance, reduced, maximum, threshold."""

from __future__ import annotations

from functools import partial
from itertools import islice, pairwise, takewhile

from pipeline.claims.doses.alternatives import alternatives, by_weight, first_steps
from pipeline.claims.doses.draft import Draft, Statement
from pipeline.claims.doses.limits import (
    caps,
    exceeded,
    larger_alike,
    larger_amount,
    limit_of_drug,
    other_limit,
    repeats,
    within_hours,
)
from pipeline.claims.doses.lists import in_step, of_plural, on_the_way, that_of
from pipeline.claims.doses.numbers import low_at, number_at, tagged
from pipeline.claims.doses.reductions import bands, impaired_organs
from pipeline.claims.doses.sequences import middle_steps, sequences, thereafter
from pipeline.claims.doses.steps import later_label, single, tapered
from pipeline.claims.doses.words import words

_CUES = ("start", "target", "loading", "bolus", "maintenance", "reduced", "taper", "next")
_TOLD = frozenset((*_CUES, "limit"))
_REACH = 12
_FAR_REACH = 16  # to a limit behind a rhythm ("increased by 5 mg every 10-15 minutes up to 20 mg")
_MOST_BETWEEN = 40  # doses looked at for the next one of a drug
_BE = words("be")
_OF_MAXIMUM = words("maximum-filling")
_DOSE_ITSELF = (" dose", " doses", " dosage")
_SLOWLY = frozenset(("gradually", "slowly", "weekly", "stepwise"))


def assign_roles(statement: Statement, drafts: list[Draft]) -> None:
    """Gives every draft its role, first from the words beside it, then from its place in a sequence."""
    low = 0
    for draft in drafts:
        draft.role = _beside(statement, draft) or _before(statement, draft, low)
        low = draft.j
        if draft.role == "reduced" and tapered(statement, draft):
            draft.role = "taper"
        if draft.role == "loading" and tagged(statement.lexemes, low, "loading"):
            low += 1  # "1.5 g loading, 750 mg every 12 hours": the word is of the dose before it
    _limits(statement, drafts)
    alternatives(statement, drafts)
    impaired_organs(statement, drafts)
    sequences(statement, [d for d in drafts if d.role != "maximum"])
    middle_steps(statement, drafts)
    thereafter(statement, drafts)
    by_weight(statement, drafts)
    first_steps(statement, drafts)
    for draft in drafts:
        if draft.role in ("next", "bolus"):
            draft.role = ""
        elif draft.role == "taper":
            draft.role = "target"
    for before, draft in pairwise(drafts):
        # "tapered to 20 mg daily by 3 months and to 5 mg daily by 12 months"
        again = [low_at(statement.lexemes, draft.i - k) for k in (2, 1)] in (["and", "to"], ["then", "to"])
        again = again or on_the_way(statement, before, draft)
        again = again or (
            low_at(statement.lexemes, draft.i - 1)
            == "to"  # "to 20 mg, then by 2.5 mg every 2 weeks to 10 mg"
            and [low_at(statement.lexemes, before.j + k) for k in (0, 1, 2)] == [",", "then", "by"]
        )
        if (
            again
            and draft.role == ""
            and before.role in ("target", "reduced")
            and statement.same_drug(before, draft)
        ):
            draft.role = before.role
    for draft, before in reversed([(b, a) for a, b in pairwise(drafts)]):
        # "50,000 IU weekly or 6,000 IU daily, followed by maintenance": either is the larger first dose
        either = any(low_at(statement.lexemes, k) == "or" for k in range(before.j, draft.i))
        alike = either and draft.i - before.j <= 2 and statement.same_drug(before, draft)
        if draft.role == "loading" and before.role == "" and alike:
            before.role = "loading"
    for n, draft in enumerate(drafts):
        if draft.role == "" and draft.amount is not None:
            raised, named = _raised(statement, draft), not statement.lows.isdisjoint(_NAMED)
            if raised or named:
                later = _later(statement, drafts, n)
                # "25 mg daily, raised by 25 mg weekly to 2.5 mg/kg": the next dose is told otherwise
                alone = later is None or later.role == "target"
                draft.role = (named and _named_behind(statement, draft, later)) or (raised if alone else "")
    for draft, before in reversed([(b, a) for a, b in pairwise(drafts)]):
        # "A 1 mg, B 5 mg or C 2.5 mg are starting doses"
        if before.role == "" and draft.role in _NAMED.values() and of_plural(statement, before, draft):
            before.role = draft.role
    for before, draft in pairwise(drafts):
        # "5 mg daily, titrated to a maximum of 20 mg daily"
        up = draft.role == "maximum" and before.role == "" and statement.same_drug(before, draft)
        if up and low_at(statement.lexemes, before.i - 1) == "from" and _from(statement, before.i):
            before.role = (
                "start"  # "increased by 5 mg every 3 days from 5 mg daily to a maximum of 80 mg daily"
            )
        if up and statement.has(before.j, draft.i, "target") and before.amount is not None:
            before.role = "start"
    for before, draft in pairwise(drafts):
        # "then 0.1 units/kg every hour or 0.2 units/kg every 2 hours"
        if (
            before.role in ("maintenance", "start")
            and draft.role == ""
            and _only_or(statement, before, draft)
        ):
            draft.role = before.role
    for before, draft in pairwise(drafts):
        alike = in_step(statement, before, draft) or that_of(statement, before, draft)
        if draft.role == "" and before.role in _SHARED and alike:
            draft.role = before.role
    for before, draft in pairwise(drafts):
        # "increased to 400 mg and 160 mg respectively"
        if (
            draft.role == ""
            and before.role in _SHARED
            and "respectively" in (low_at(statement.lexemes, draft.j), low_at(statement.lexemes, draft.j + 1))
            and [word.low for word in statement.lexemes[before.j : draft.i]] == ["and"]
        ):
            draft.role = before.role
    for draft in drafts:
        if draft.role == "" and exceeded(statement, draft):
            draft.role = "maximum"
    for before, draft in pairwise(drafts):
        if before.role == "maximum" and draft.role == "" and other_limit(statement, before, draft):
            draft.role = "maximum"
    bands(statement, drafts)


_SHARED = frozenset(("start", "target", "maximum", "maintenance", "reduced"))


def _only_or(statement: Statement, before: Draft, draft: Draft) -> bool:
    """Whether "or" alone parts two doses, apart from what stands in brackets ("25 mg (6-12 years) or 50 mg")."""
    words = [word.text.lower() for word in statement.lexemes[before.j : draft.i]]
    if words[:1] == ["("] and ")" in words:
        words = words[words.index(")") + 1 :]
    return words == ["or"]


def _named_behind(statement: Statement, draft: Draft, later: Draft | None) -> str:
    """ "10 mg daily is the usual starting dose": the part that the words behind a dose name."""
    lexemes = statement.lexemes
    last = min(later.i if later is not None else len(lexemes), draft.j + _REACH)
    for k in range(draft.j + 1, last):
        if statement.sentence[k] != statement.sentence[draft.i] or k in statement.drugs:
            break
        role = _NAMED.get(lexemes[k].low)
        if role and any(low_at(lexemes, m) in ("is", "as", "are") for m in range(max(draft.j, k - 4), k)):
            return role
    return ""


_NAMED = {
    "starting dose": "start",
    "initial dose": "start",
    "maintenance dose": "maintenance",
    "loading dose": "loading",
    "starting doses": "start",
    "initial doses": "start",
    "maintenance doses": "maintenance",
    "loading doses": "loading",
}


def _later(statement: Statement, drafts: list[Draft], n: int) -> Draft | None:
    """The next dose of the same drug in the sentence of dose `n`, looked for among the next few."""
    following = islice(drafts, n + 1, n + 1 + _MOST_BETWEEN)
    here = takewhile(partial(statement.same_sentence, drafts[n]), following)
    return next((d for d in here if statement.same_drug(drafts[n], d)), None)


def _raised(statement: Statement, draft: Draft) -> str:
    """ "100 mg daily, titrated to the urate": a dose that is raised, where it begins if no other one follows."""
    lexemes = statement.lexemes
    k = draft.j
    if low_at(lexemes, k) in ("at", "at bedtime", "in"):
        # "daily at bedtime, raised by 2 units"
        k = next((m for m in range(k + 1, k + 4) if low_at(lexemes, m) == ","), k)
    if low_at(lexemes, k) not in (",", "and") or k + 1 >= len(lexemes):
        return ""
    amount = draft.amount
    if amount is not None and amount.low != amount.high:
        return ""  # "5-10 mg daily, titrated to the heart rate": the range says how far
    raised = tagged(lexemes, k + 1, "target") and lexemes[k + 1].low.endswith(("ed", "ing"))
    return "start" if raised else ""


def _beside(statement: Statement, draft: Draft) -> str:
    lexemes, amount = statement.lexemes, draft.amount
    if amount is None or draft.copied:
        return ""
    if amount.maximum:
        return "maximum"
    for k in (amount.j, draft.j, draft.j + 1, draft.j + 2):
        if k > amount.j and (
            low_at(lexemes, k - 1) in (",", ";", ".", "then", "and") or tagged(lexemes, k - 1, "next")
        ):
            break
        if (tagged(lexemes, k, "loading") or low_at(lexemes, k) == "load") and not any(
            low_at(lexemes, m) in ("after", "following", "without") for m in range(amount.j, k)
        ):
            return "loading"
        if (
            tagged(lexemes, k, "maximum")
            and number_at(lexemes, k + 1) is None
            and low_at(lexemes, k + 1) not in _OF_MAXIMUM
        ):
            return "maximum"
        if tagged(lexemes, k, "maintenance"):
            return "maintenance"
        if low_at(lexemes, k) in ("initially", "starting dose", "initial dose"):
            return "start"
        if tagged(lexemes, k, "bolus") and k < draft.j + 1:
            return "bolus"
    if statement.has(amount.j, draft.j, "bolus") or _bolus_behind_limit(statement, draft):
        return "bolus"
    return "threshold" if amount.bound == "above" else ""


def _bolus_behind_limit(statement: Statement, draft: Draft) -> bool:
    """Whether "bolus" stands behind the bracket with the limit of a dose ("60 units/kg (max 4000 units) bolus")."""
    lexemes, k = statement.lexemes, draft.j
    if low_at(lexemes, k) != "(" or not tagged(lexemes, k + 1, "maximum", "at-most"):
        return False
    closed = next((m for m in range(k + 1, k + 8) if low_at(lexemes, m) == ")"), None)
    return closed is not None and tagged(lexemes, closed + 1, "bolus", "loading")


def _before(statement: Statement, draft: Draft, low: int) -> str:
    lexemes = statement.lexemes
    first = draft.i
    if limit_of_drug(statement, draft, low):
        return "maximum"
    if low and not single(draft) and later_label(statement, low, first):
        return "next"
    if low_at(lexemes, first - 1) == "by" and any(
        low_at(lexemes, k) == "followed" for k in range(max(low, first - 7), first - 2)
    ):
        return "next"  # "is followed 24 hours later by 5 mg/kg"
    if draft.copied and tagged(lexemes, draft.j, "next"):
        return "next"  # "and every 12 weeks thereafter"
    if low and first - low <= 2 and tagged(lexemes, first - 1, "range") and _from(statement, low):
        low = 0  # "tapered from 10 mg to 4 mg": the word of change stands before the first dose
    reach = _FAR_REACH if tagged(lexemes, first, "at-most") else _REACH
    for k in range(first - 1, max(low, first - reach) - 1, -1):
        if statement.sentence[k] != statement.sentence[draft.i]:
            break
        if lexemes[k].text == "|" or (lexemes[k].text == ")" and k < first - 1):
            break
        tags = lexemes[k].tags
        if not tags or _TOLD.isdisjoint(tags):
            continue
        if "limit" in tags and low_at(lexemes, first - 1).endswith("of"):
            return "maximum"  # "do not exceed a cumulative dose of 450 mg"
        for tag in _CUES:
            if tag not in tags:
                continue
            if tag in ("reduced", "taper", "target") and not _leads(statement, k, first):
                continue
            if tag in ("start", "maintenance") and _starts_drug(statement, k, first):
                return "start" if tag == "start" and _goes_up(statement, draft) else ""
            if tag == "bolus" and low_at(lexemes, k - 1) in ("initial", "loading"):
                return "loading"
            if tag == "target" and draft.amount is not None and draft.amount.bound == "at-most":
                return "maximum"
            return tag
    return ""


def _starts_drug(statement: Statement, k: int, first: int) -> bool:
    """Whether it is a drug that is started ("start X 5 mg daily"), and not its dose ("start X at 5 mg")."""
    named = any(m in statement.drugs for m in range(k + 1, first))
    if low_at(statement.lexemes, k).endswith(_DOSE_ITSELF):
        return False  # "lower starting doses: X 5 mg daily"
    if named and low_at(statement.lexemes, first - 1) == "(" and first - 2 in statement.drugs:
        return True  # "start with X (5 mg)"
    if named and low_at(statement.lexemes, first - 2) == "infusion":
        return True  # "start an X infusion at 0.1 mcg/kg/min"
    return named and low_at(statement.lexemes, first - 1) not in ("at", "with", "on", "from", ":", "(", "of")


def _goes_up(statement: Statement, draft: Draft) -> bool:
    """Whether a dose is raised right behind it, by so much or to another one ("start X 1-2 mg daily and increase by 1 mg")."""
    k = draft.j
    if low_at(statement.lexemes, k) in (",", ";", "and", "then"):
        k += 1 + (low_at(statement.lexemes, k + 1) in ("and", "then"))
        k += low_at(statement.lexemes, k) in _SLOWLY
    return k > draft.j and tagged(statement.lexemes, k, "target")


def _from(statement: Statement, end: int) -> bool:
    """Whether the dose that ends at `end` is where a change begins ("from 10 mg daily")."""
    return any(
        low_at(statement.lexemes, k) == "from"
        and (
            tagged(statement.lexemes, k - 1, "target", "reduced", "taper", "be")
            or (k - 1 in statement.drugs and tagged(statement.lexemes, k - 2, "target", "reduced", "taper"))
            or _changed_over(statement, k)
        )
        for k in range(max(1, end - _REACH), end)
    )


def _changed_over(statement: Statement, end: int) -> bool:
    """Whether only how slowly stands between a word of change and the lexeme at `end` ("increased over 6 weeks from")."""
    lexemes = statement.lexemes
    for k in range(end - 1, max(-1, end - 8), -1):
        if tagged(lexemes, k, "target", "reduced", "taper"):
            return True
        slowly = lexemes[k].low in _SLOWLY or lexemes[k].low in (
            "over",
            "several",
            "many",
            "about",
            "at",
            "least",
        )
        timed = lexemes[k].num is not None or not {"time", "unit", "increment", "every", "freq"}.isdisjoint(
            lexemes[k].tags
        )
        if not (slowly or timed or k in statement.drugs):
            return False
    return False


def _leads(statement: Statement, k: int, first: int) -> bool:
    """Whether a word of change at `k` says where the dose goes ("increase to", "target dose of") and not by what."""
    lexemes = statement.lexemes
    if first - k == 1:
        return True
    if any(m in statement.drugs for m in range(k + 1, first)) and first - 1 in statement.drugs:
        return False  # "step up to a potent steroid such as X 0.1%": to a drug
    if lexemes[k].low.split()[0] in ("target", "goal", "a", "to"):
        return low_at(lexemes, k + 1) not in _BE  # "if the target is not reached, add 5 mg"
    return any(
        lexemes[m].low in ("to", "until", "at", "up to", "toward", "towards")
        or tagged(lexemes, m, "at-most", "below", "range")
        for m in range(k + 1, first)
    ) or lexemes[first].low in ("up to", "to", "<", "≤", "less than", "below")


def _limits(statement: Statement, drafts: list[Draft]) -> None:
    """ "up to 2 mg in total", "5 mg as needed, up to 20 mg a day" are maxima; "from 20 up to 60-80 mg" is a way up."""
    lexemes = statement.lexemes
    for n, draft in enumerate(drafts):
        amount = draft.amount
        if amount is None or draft.role not in ("", "start") or not tagged(lexemes, draft.i, "at-most"):
            continue
        before = drafts[n - 1] if n and statement.same_drug(drafts[n - 1], draft) else None
        if statement.has(draft.i, amount.i, "in-total") or tagged(lexemes, draft.j, "in-total"):
            draft.role = "maximum"
            if tagged(lexemes, draft.j, "in-total"):
                draft.j = draft.after = draft.j + 1
        elif before is None or before.role not in ("", "start", "next", "bolus"):
            continue
        elif low_at(lexemes, before.i - 1) == "from" and draft.i == before.j:
            before.role, draft.role = "start", "target"
            if draft.when is not None and not before.timed:
                before.when = draft.when
        elif (
            low_at(lexemes, draft.i - 1) in (",", "(")
            and amount.bound == "at-most"
            and (draft.timed or (before.timed and larger_amount(before, draft)))
        ):
            draft.role = "maximum"
            single = before.amount is not None and before.amount.low == before.amount.high
            if single and before.role != "next" and larger_alike(before, draft):
                before.role = "start"  # "10 mg twice daily, up to 40 mg twice daily"
        elif amount.bound == "at-most" and (
            caps(before, draft) or repeats(statement, before, draft) or within_hours(before, draft)
        ):
            draft.role = "maximum"
