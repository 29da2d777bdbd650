"""The part that a dose plays: loading, start, target, maintenance, reduced, maximum, threshold."""

from __future__ import annotations

from itertools import pairwise

from pipeline.claims.doses.draft import Draft, Statement
from pipeline.claims.doses.numbers import low_at, number_at, tagged
from pipeline.claims.doses.words import words

_CUES = ("start", "target", "loading", "bolus", "maintenance", "reduced", "taper", "next")
_REACH = 12
_NOT_REDUCED = words("not-reduced")
_WEIGHT = words("weight")


def assign_roles(statement: Statement, drafts: list[Draft]) -> None:
    """Gives every draft its role, first from the words beside it, then from its place in a sequence."""
    low = 0
    for draft in drafts:
        draft.role = _beside(statement, draft) or _before(statement, draft, low)
        low = draft.j
    _limits(statement, drafts)
    _alternatives(statement, drafts)
    _impaired_organs(statement, drafts)
    _sequences(statement, [d for d in drafts if d.role != "maximum"])
    for draft in drafts:
        if draft.role in ("next", "bolus"):
            draft.role = ""
        elif draft.role == "taper":
            draft.role = "target"
    _bands(statement, drafts)


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
        if tagged(lexemes, k, "loading") or low_at(lexemes, k) == "load":
            return "loading"
        if (
            tagged(lexemes, k, "maximum")
            and number_at(lexemes, k + 1) is None
            and low_at(lexemes, k + 1) != "of"
        ):
            return "maximum"
        if tagged(lexemes, k, "maintenance"):
            return "maintenance"
        if low_at(lexemes, k) in ("initially", "starting dose", "initial dose"):
            return "start"
        if tagged(lexemes, k, "bolus") and k < draft.j + 1:
            return "bolus"
    if statement.has(amount.j, draft.j, "bolus"):
        return "bolus"
    return "threshold" if amount.bound == "above" else ""


def _before(statement: Statement, draft: Draft, low: int) -> str:
    lexemes = statement.lexemes
    first = draft.i
    if low and first - low <= 2 and tagged(lexemes, first - 1, "range") and _from(statement, low):
        low = 0  # "tapered from 10 mg to 4 mg": the word of change stands before the first dose
    for k in range(first - 1, max(low, first - _REACH) - 1, -1):
        if statement.sentence[k] != statement.sentence[draft.i]:
            break
        if lexemes[k].text == ")" and k < first - 1:
            break
        for tag in _CUES:
            if not tagged(lexemes, k, tag):
                continue
            if tag in ("reduced", "taper", "target") and not _leads(statement, k, first):
                continue
            if tag == "target" and draft.amount is not None and draft.amount.bound == "at-most":
                return "maximum"
            return tag
    return ""


def _from(statement: Statement, end: int) -> bool:
    """Whether the dose that ends at `end` is where a change begins ("from 10 mg daily")."""
    return any(
        low_at(statement.lexemes, k) == "from"
        and tagged(statement.lexemes, k - 1, "target", "reduced", "taper", "be")
        for k in range(max(1, end - _REACH), end)
    )


def _leads(statement: Statement, k: int, first: int) -> bool:
    """Whether a word of change at `k` says where the dose goes ("increase to", "target dose of") and not by what."""
    lexemes = statement.lexemes
    if first - k == 1 or lexemes[k].low.split()[0] in ("target", "goal", "a", "to"):
        return True
    return any(
        lexemes[m].low in ("to", "until", "at", "up to", "toward", "towards")
        or tagged(lexemes, m, "at-most", "below", "range")
        for m in range(k + 1, first)
    ) or lexemes[first].low in ("up to", "to", "<", "≤", "less than", "below")


def _alternatives(statement: Statement, drafts: list[Draft]) -> None:
    """ "Start at 5 mg or 0.1 mg/kg": the second plays the part of the first."""
    for before, draft in pairwise(drafts):
        joined = draft.i - before.j <= 2 and low_at(statement.lexemes, draft.i - 1) == "or"
        if (
            joined
            and not draft.role
            and before.role in ("start", "target", "loading", "maintenance", "reduced")
        ):
            draft.role = before.role
        if draft.role == "" and before.role == "start" and low_at(statement.lexemes, draft.i - 1) == "(":
            draft.role = "start"  # "started at 100 mg (50 mg in frail patients)"


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
        elif before is None or before.role not in ("", "start"):
            continue
        elif low_at(lexemes, before.i - 1) == "from" and draft.i == before.j:
            before.role, draft.role = "start", "target"
            if draft.when is not None and not before.timed:
                before.when = draft.when
        elif low_at(lexemes, draft.i - 1) in (",", "(") and draft.timed and amount.bound == "at-most":
            draft.role = "maximum"


def _size(draft: Draft) -> tuple[str, str, float] | None:
    amount = draft.amount
    if amount is None or amount.unit is None:
        return None
    high = amount.high if amount.high is not None else amount.low
    return None if high is None else (amount.unit.ucum, amount.basis, high)


def _single(draft: Draft) -> bool:
    return draft.when is not None and draft.when.single


def _sequences(statement: Statement, drafts: list[Draft]) -> None:
    """ "X, then Y": a larger or single first dose is loading; a smaller one the start, and Y its target."""
    for n, (before, draft) in enumerate(pairwise(drafts)):
        if not statement.same_drug(before, draft):
            continue
        a, b = _size(before), _size(draft)
        comparable = a is not None and b is not None and a[:2] == b[:2]
        if draft.role == "target" and before.role == "" and comparable and a and b and _rises(before, draft):
            if not (before.amount and before.amount.maximum):
                before.role = "start"
            continue
        if draft.role == "maintenance" and before.role in ("", "bolus") and comparable and a and b:
            more = _daily(before) / _daily(draft) if before.when and draft.when else 1.0
            if a[2] * more > b[2] and statement.has(before.j, draft.i, "next"):
                before.role = "loading"
            continue
        if draft.role == "next" and before.role == "maintenance" and comparable:
            draft.role = "maintenance"
            continue
        if draft.role != "next" and not (before.role == "loading" and draft.role in ("", "maintenance")):
            continue
        ahead = drafts[n + 2] if n + 2 < len(drafts) and statement.same_drug(draft, drafts[n + 2]) else None
        if n and draft.role == "next" and _steps_down(drafts[n - 1], before, draft):
            draft.role = ""
            continue
        if draft.role == "next" and ahead is not None and _steps_down(before, draft, ahead):
            draft.role = ""
            continue
        if before.role == "loading":
            draft.role = "loading" if _single(draft) and draft.role != "next" else "maintenance"
        elif draft.copied:
            before.role, draft.role = "loading", "maintenance"
        elif before.role in ("", "start", "bolus", "target") and not statement.has(
            before.i - 6, draft.i, "taper"
        ):
            _step(before, draft, a, b, comparable)
        if draft.role == "maintenance" and (_single(before) or before.role == "loading"):
            m = n - 1
            while m >= 0 and _single(drafts[m]) and statement.same_drug(drafts[m], before):
                drafts[m].role = "loading"
                m -= 1


def _steps_down(first: Draft, second: Draft, third: Draft) -> bool:
    """ "60 mg for 1 week, 40 mg for 1 week, then 20 mg": a taper, of which no dose is a loading one."""
    if not (first.span and second.span) or first.role or second.role not in ("", "next"):
        return False
    a, b, c = _size(first), _size(second), _size(third)
    return bool(a and b and c and a[:2] == b[:2] == c[:2] and a[2] > b[2] > c[2])


def _rises(before: Draft, draft: Draft) -> bool:
    """Whether the second of two comparable doses is larger, or as large and given more often."""
    a, b = _size(before), _size(draft)
    if a is None or b is None:
        return False
    return a[2] < b[2] or (a[2] == b[2] and _daily(before) < _daily(draft))


def _step(
    before: Draft,
    draft: Draft,
    a: tuple[str, str, float] | None,
    b: tuple[str, str, float] | None,
    comparable: bool,
) -> None:
    running = draft.amount is not None and draft.amount.rate is not None
    once = _single(before) or (before.amount is not None and before.amount.rate is None)
    larger = comparable and a is not None and b is not None and a[2] > b[2]
    spread = before.when is not None and before.when.named and draft.timed
    if (
        before.role == "bolus"
        or spread
        or (larger and before.role == "start")
        or (running and once and before.when is None)
    ):
        before.role, draft.role = "loading", "loading" if _single(draft) else "maintenance"
    elif comparable and before.timed is draft.timed is False and not larger:
        draft.role = ""
    elif _single(before) and draft.timed and not _single(draft):
        before.role, draft.role = "loading", "maintenance"
    elif comparable and a and b:
        first, second = a[2], b[2]
        if min(_daily(before), _daily(draft)) >= 1 and a[2] * _daily(before) != b[2] * _daily(draft):
            first, second = a[2] * _daily(before), b[2] * _daily(draft)
        # An equal amount is no dose on the way up: the first is given more often.
        if first > second or (first == second and _daily(before) >= _daily(draft)):
            before.role, draft.role = "loading", "loading" if _single(draft) else "maintenance"
        else:
            before.role, draft.role = before.role or "start", "target"


def _daily(draft: Draft) -> float:
    timing = draft.when.timing if draft.when else None
    if timing is None or timing.period is None or timing.frequency is None:
        return 1.0
    days = {"s": 1 / 86400, "min": 1 / 1440, "h": 1 / 24, "d": 1.0, "wk": 7.0, "mo": 30.0, "a": 365.0}
    return timing.frequency / (timing.period * days.get(timing.unit or "d", 1.0))


def _around(statement: Statement, drafts: list[Draft], n: int) -> tuple[list[int], list[int]]:
    """The lexemes left and right of a dose in its sentence, to the doses beside it."""
    draft, here = drafts[n], statement.sentence[drafts[n].i]
    begin = drafts[n - 1].j if n else 0
    end = drafts[n + 1].i if n + 1 < len(drafts) else len(statement.lexemes)
    left = [k for k in range(max(begin, draft.i - _REACH), draft.i) if statement.sentence[k] == here]
    right = [k for k in range(draft.j, min(end, draft.j + _REACH)) if statement.sentence[k] == here]
    return left, right


def _impaired_organs(statement: Statement, drafts: list[Draft]) -> None:
    """A dose for impaired organs or beside an interacting drug is a reduced one."""
    for n, draft in enumerate(drafts):
        if draft.role == "" and draft.amount is not None:
            left, right = _around(statement, drafts, n)
            if _old_age(statement, left) or _light(statement, left) or _light(statement, right):
                draft.role = "reduced"
            for side in _around(statement, drafts, n):
                if any(_impaired(statement, k, side) for k in side):
                    draft.role = "reduced"


def _bands(statement: Statement, drafts: list[Draft]) -> None:
    """A smaller dose of the same drug for an age, a weight or an interacting drug is a reduced one."""
    for n, (before, draft) in enumerate(pairwise(drafts), 1):
        same = statement.same_drug(before, draft) or _next_clause(statement, before, draft)
        if draft.role or before.role or draft.amount is None or not same:
            continue
        a, b = _size(before), _size(draft)
        if a is None or b is None or a[:2] != b[:2] or b[2] >= a[2]:
            continue
        if any(tagged(statement.lexemes, k, "band") for k in _around(statement, drafts, n)[1]):
            draft.role = "reduced"


def _next_clause(statement: Statement, before: Draft, draft: Draft) -> bool:
    """Whether two doses of one drug are parted by a semicolon alone ("60 mg daily; 30 mg daily for …")."""
    return draft.i - before.j == 1 and low_at(statement.lexemes, before.j) == ";"


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


def _light(statement: Statement, side: list[int]) -> bool:
    """Whether a dose is for adults of low weight ("body weight of 60 kg or less"); below 45 kg the patient is a child."""
    lexemes = statement.lexemes
    for k in side:
        if lexemes[k].low not in _WEIGHT:
            continue
        for m in range(k + 1, min(k + 6, len(lexemes))):
            if (number_at(lexemes, m) or 0) >= 45 and lexemes[m + 1 : m + 2] and "kg" in lexemes[m + 1].low:
                return tagged(lexemes, m - 1, "below", "at-most") or tagged(lexemes, m + 2, "or-less")
    return False


def _impaired(statement: Statement, k: int, within: list[int]) -> bool:
    lexemes = statement.lexemes
    if not tagged(lexemes, k, "organ"):
        return False
    if any(lexemes[m].low in _NOT_REDUCED for m in within if m < k):
        return False
    for m in range(k + 1, min(k + 5, len(lexemes))):
        if tagged(lexemes, m, "above", "at-least") and (number_at(lexemes, m + 1) or 0) >= 30:
            return False
    return True
