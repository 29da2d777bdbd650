"""A cycle told once at the end of a regimen ("A 75 mg/m2 on day 1, B 100 mg/m2 on days 1-3, every 21 days") holds for
each drug of it."""

from __future__ import annotations

from dataclasses import replace

from pipeline.claims.doses.draft import Draft, Statement
from pipeline.claims.doses.items import Part, When
from pipeline.claims.doses.numbers import low_at, tagged
from pipeline.claims.doses.tables import Timing
from pipeline.claims.doses.words import words

_DAYS = {"d": 1.0, "wk": 7.0, "mo": 30.0}
_SHORTEST = 14  # days
_CLOSES = words("closes-regimen")
_SURFACE = ("m2", "auc")


def closing_cycle(statement: Statement, drafts: list[Draft], at: dict[int, Part]) -> None:
    """Gives the doses of a regimen the cycle at its end, as often as each is given in it."""
    doses = [d for d in drafts if d.amount is not None and d.role != "maximum"]
    if len(doses) < 2:
        return
    found = _apart(statement, doses[-1], at) or _of_last(statement, doses)
    if found is None:
        return
    when, sure = found
    timing, last = when.timing, doses[-1]
    if when.days and low_at(statement.lexemes, when.i - 1) == ")":
        # "A (X 25 mg/m2, Y 6 mg/m2) on days 1 and 15 of a 28-day cycle": on those days all of them
        for draft in doses[:-1]:
            draft.when = when if draft.when is None or not draft.when.single else draft.when
        return
    if timing is None or any(d is not last and _rhythm(d) for d in doses):
        return
    for draft in doses:
        if draft is last and draft.when is when:
            continue
        if not sure and (draft.amount is None or draft.amount.basis not in _SURFACE):
            continue
        count = _times(statement, draft)
        if count:
            if draft.when is None and draft.span is not None:
                draft.span = None
            draft.when = replace(
                when, timing=Timing(count, None, timing.period, None, timing.unit), days=0, single=False
            )


def _apart(statement: Statement, last: Draft, at: dict[int, Part]) -> tuple[When, bool] | None:
    """A cycle behind the last dose that no dose has taken ("..., repeated every 21 days")."""
    for place in sorted(at):
        part = at[place]
        if place < last.j or not isinstance(part, When) or not _long(part):
            continue
        named = any(k in statement.drugs for k in range(last.j, place))
        stops = any(statement.lexemes[k].text == "." for k in range(last.j, place))
        return None if named or stops or not _closes(statement, place) else (part, True)
    return None


def _of_last(statement: Statement, doses: list[Draft]) -> tuple[When, bool] | None:
    """The cycle that the last dose has, and whether its words tell that it closes a list."""
    when = doses[-1].when
    if (
        when is None
        or not _long(when)
        or not any(k in statement.drugs for k in range(doses[0].j, doses[-1].i))
    ):
        return None
    if any(not statement.same_sentence(d, doses[-1]) for d in doses):
        return None
    start = when.i
    while start < when.j and not tagged(statement.lexemes, start, "every"):
        start += 1
    return when, bool(when.days) or _closes(statement, start)


def _closes(statement: Statement, place: int) -> bool:
    return any(low_at(statement.lexemes, k) in _CLOSES for k in range(max(0, place - 2), place))


def _long(when: When) -> bool:
    timing = when.timing
    if timing is None or timing.period is None:
        return False
    return timing.period * _DAYS.get(timing.unit or "", 0.0) >= _SHORTEST


def _rhythm(draft: Draft) -> bool:
    """Whether a dose has a rhythm of its own."""
    timing = draft.when.timing if draft.when is not None else None
    rate = draft.amount is not None and draft.amount.rate is not None
    return (
        rate
        or draft.per_day
        or (timing is not None and timing.period is not None and not (draft.when and draft.when.named))
    )


def _times(statement: Statement, draft: Draft) -> int:
    """How often in a cycle a dose is given, by the days that it names; 0 where that is told otherwise."""
    when, span = draft.when, draft.span
    if when is not None and when.timing is not None:
        if when.timing.period is None:
            return when.timing.frequency or 0
        return 0
    if span is None:
        return 1
    named = any(tagged(statement.lexemes, k, "time") for k in (span.i, span.i + 1))
    return int(span.low or 0) if named and span.unit == "d" else 0
