"""The parts that the doses of a sequence play: "X, then Y"."""

from __future__ import annotations

from itertools import pairwise

from pipeline.claims.doses.draft import Draft, Statement, size_of
from pipeline.claims.doses.numbers import low_at
from pipeline.claims.doses.steps import goes_on, one_drug, single
from pipeline.model.claim import DAYS


def sequences(statement: Statement, drafts: list[Draft]) -> None:
    """ "X, then Y": a larger or single first dose is loading; a smaller one the start, and Y its target."""
    for n, (before, draft) in enumerate(pairwise(drafts)):
        if not (statement.same_drug(before, draft) or goes_on(statement, before, draft)):
            if draft.role == "target" and before.role == "" and _raised_anew(statement, before, draft):
                before.role = "start"
            continue
        a, b = size_of(before), size_of(draft)
        comparable = a is not None and b is not None and a[:2] == b[:2]
        if draft.role == "target" and before.role == "" and comparable and a and b and _rises(before, draft):
            if not (before.amount and before.amount.maximum):
                before.role = "start"
                aside = low_at(statement.lexemes, before.i - 1) == "(" and n > 0
                if aside and drafts[n - 1].role == "" and statement.same_drug(drafts[n - 1], before):
                    drafts[n - 1].role = "start"  # "5 mg (2.5 mg if over 75 years) is increased to 7.5 mg"
            continue
        if draft.role == "maintenance" and before.role in ("", "bolus") and comparable and a and b:
            more = _daily(before) / _daily(draft) if before.when and draft.when else 1.0
            if a[2] * more > b[2] and statement.has(before.j, draft.i, "next"):
                before.role = "loading"
            continue
        if before.role == "bolus" and draft.role in ("", "bolus") and _runs_on(statement, before, draft):
            draft.role = "next"  # "60 units/kg bolus, 12 units/kg/h"
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
            again = single(draft) and (draft.role != "next" or single(before))
            draft.role = "loading" if again else "maintenance"
        elif draft.copied:
            before.role, draft.role = "loading", "maintenance"
        elif before.role in ("", "start", "bolus", "target") and not statement.has(
            before.i - 6, draft.i, "taper"
        ):
            if any(low_at(statement.lexemes, k) == "age" for k in range(before.j, draft.i)):
                draft.role = ""  # "125 mg until age 3 years, then 250 mg": another age, no way up
                continue
            _step(before, draft, a, b, comparable)
        m = n - 1
        while m >= 0 and before.role == "start" and draft.role == "target" and single(before):
            # "0.2 mg on day 1, 1 mg on day 8, then 48 mg weekly": all steps up to the full dose
            earlier = drafts[m]
            if not (single(earlier) and one_drug(statement, earlier, before)) or _rises(before, earlier):
                break
            earlier.role = earlier.role or "start"
            m -= 1
        if draft.role == "maintenance" and (single(before) or before.role == "loading"):
            m = n - 1
            while m >= 0 and single(drafts[m]) and one_drug(statement, drafts[m], before):
                drafts[m].role = "loading"
                m -= 1


def thereafter(statement: Statement, drafts: list[Draft]) -> None:
    """ "160 mg at week 0, 80 mg at week 2 and 40 mg every other week thereafter": what came before are loading doses."""
    for n, draft in enumerate(drafts):
        later = draft.role == "" and n and low_at(statement.lexemes, draft.j) in _LATER and draft.timed
        if not later or single(draft):
            continue
        m = n - 1
        while (
            m >= 0
            and single(drafts[m])
            and drafts[m].role == ""
            and _follows(statement, drafts[m], drafts[m + 1])
        ):
            m -= 1
        if m < n - 1:
            for before in drafts[m + 1 : n]:
                before.role = "loading"
            draft.role = "maintenance"


_LATER = frozenset(("thereafter", "afterwards"))


def _follows(statement: Statement, before: Draft, draft: Draft) -> bool:
    """Whether a dose is of the same drug as the one before it, and not larger."""
    return statement.same_drug(before, draft) and _alike(before, draft) and not _rises(before, draft)


def middle_steps(statement: Statement, drafts: list[Draft]) -> None:
    """ "0.5 mg, then 0.25 mg after 6 hours, then 0.125 mg daily": single doses before the one that goes on are loading ones."""
    for n, draft in enumerate(drafts[1:], 1):
        before, after = drafts[n - 1], drafts[n + 1] if n + 1 < len(drafts) else None
        if draft.timed or draft.span is not None or draft.amount is None or before.timed:
            continue
        steps = statement.same_drug(before, draft) and statement.has(before.j, draft.i, "next")
        if not steps or after is None or not (after.timed and statement.same_drug(draft, after)):
            continue
        if after.role == "maintenance" and before.role in ("", "loading") and _alike(before, draft):
            before.role = draft.role = "loading"


def _alike(a: Draft, b: Draft) -> bool:
    one, other = size_of(a), size_of(b)
    return one is not None and other is not None and one[:2] == other[:2]


def _runs_on(statement: Statement, before: Draft, draft: Draft) -> bool:
    """Whether an infusion stands right behind a bolus, apart from its limit."""
    running = (
        draft.amount is not None and draft.amount.rate is not None and draft.amount.rate.unit in ("min", "h")
    )
    return running and not any(low_at(statement.lexemes, k) == "or" for k in range(before.j, draft.i))


def _raised_anew(statement: Statement, before: Draft, draft: Draft) -> bool:
    """Whether words behind a semicolon raise a dose to the next ("30 mg daily is used; increase to 60 mg daily")."""
    lexemes = statement.lexemes
    part = next((k for k in range(before.j, draft.i) if low_at(lexemes, k) == ";"), None)
    return (
        part is not None
        and statement.has(part + 1, part + 2, "target")
        and one_drug(statement, before, draft)
        and _rises(before, draft)
    )


def _steps_down(first: Draft, second: Draft, third: Draft) -> bool:
    """ "60 mg for 1 week, 40 mg for 1 week, then 20 mg": a taper, of which no dose is a loading one."""
    if first.role or second.role not in ("", "next"):
        return False
    told = first.span is not None and second.span is not None
    bare = (
        first.timed and not single(first) and not (second.timed or third.timed)
    )  # "60 mg daily, then 40 mg, then 20 mg"
    a, b, c = size_of(first), size_of(second), size_of(third)
    return bool((told or bare) and a and b and c and a[:2] == b[:2] == c[:2] and a[2] > b[2] > c[2])


def _rises(before: Draft, draft: Draft) -> bool:
    """Whether the second of two comparable doses is larger, or as large and given more often."""
    a, b = size_of(before), size_of(draft)
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
    once = single(before) or (before.amount is not None and before.amount.rate is None)
    larger = comparable and a is not None and b is not None and a[2] > b[2]
    spread = before.when is not None and before.when.named and draft.timed
    total = comparable and draft.amount is not None and draft.amount.per == "day" and not before.timed
    if (
        before.role == "bolus"
        or total
        or spread
        or (larger and before.role == "start")
        or (running and once and before.when is None)
    ):
        before.role, draft.role = "loading", "loading" if single(draft) else "maintenance"
    elif comparable and before.timed is draft.timed is False and not larger:
        # "then 50 mg, then 100 mg": a step on the way up, where the doses before were
        draft.role = "target" if before.role in ("start", "target") and _rises(before, draft) else ""
    elif (
        single(before) and draft.timed and not single(draft) and not (comparable and a and b and a[2] < b[2])
    ) or (comparable and a and b and b[2] < 2 * a[2] and _rarer(before, draft)):
        before.role, draft.role = "loading", "maintenance"
    elif comparable and a and b:
        if a[2] > b[2] and _tapers(before, draft):
            draft.role = ""
            return
        first, second = a[2], b[2]
        if (
            before.timed
            and min(_daily(before), _daily(draft)) >= 1
            and a[2] * _daily(before) != b[2] * _daily(draft)
        ):
            first, second = a[2] * _daily(before), b[2] * _daily(draft)
        # An equal amount is no dose on the way up: the first is given more often, or once.
        once = not before.timed and before.role == ""
        if (
            first > second
            or (first == second and once)
            or (first == second and _daily(before) >= _daily(draft))
        ):
            before.role, draft.role = "loading", "loading" if single(draft) else "maintenance"
        else:
            before.role, draft.role = before.role or "start", "target"


_MONTH = 28


def _rarer(before: Draft, draft: Draft) -> bool:
    """ "2400 mg on day 1, then 3000 mg every 8 weeks": what is given at intervals of more than a month maintains, also where it
    is somewhat larger than the single first dose."""
    return single(before) and draft.timed and 1 / _daily(draft) > _MONTH


def _tapers(before: Draft, draft: Draft) -> bool:
    """ "16 mg for 9 months, then 8 mg for 2 weeks": a smaller last dose for a shorter time only ends the treatment."""
    a, b = before.span, draft.span
    if a is None or b is None or a.low is None or b.high is None:
        return False
    return b.high * DAYS.get(b.unit, 0.0) < a.low * DAYS.get(a.unit, 0.0)


def _daily(draft: Draft) -> float:
    timing = draft.when.timing if draft.when else None
    if timing is None or timing.period is None or timing.frequency is None:
        return 1.0
    return timing.frequency / (timing.period * DAYS.get(timing.unit or "d", 1.0))
