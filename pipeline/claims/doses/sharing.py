"""What doses take from the words before them and from each other: a route, a frequency, a duration."""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Iterator, Sequence
from itertools import pairwise

from pipeline.claims.doses.contexts import is_change_time
from pipeline.claims.doses.draft import Draft, Statement
from pipeline.claims.doses.items import Part, Route, Span, When
from pipeline.claims.doses.lexer import Lexeme
from pipeline.claims.doses.numbers import low_at
from pipeline.claims.doses.tables import Timing
from pipeline.claims.doses.words import words
from pipeline.model.claim import DAYS

_LEFT = 5
# No part reaches further, in lexemes; it keeps the whole linear.
_FAR = 60
_JOINS = words("joins")


def left_parts(statement: Statement, drafts: list[Draft], at: dict[int, Part]) -> None:
    """The route and the frequency that stand before the amount, and "daily dose of"."""
    lexemes = statement.lexemes
    places = sorted(at)
    low = 0
    for n, draft in enumerate(drafts):
        first = bisect_left(places, low)
        stop = bisect_left(places, draft.i)
        single = low_at(lexemes, draft.i - 1) == "single"
        if single and draft.when is None and draft.amount is not None and draft.amount.per is None:
            timing = Timing(1, None, None, None, None)
            draft.when = When(draft.i - 1, draft.i, timing=timing, single=True)
        if (
            draft.amount is not None
            and not draft.timed
            and statement.has(draft.i - 3, draft.amount.i, "per-day-dose")
        ):
            draft.per_day = True
        for place in reversed(places[first:stop]):
            part = at.get(place)
            if part is None:
                continue
            if statement.sentence[place] != statement.sentence[draft.i] or draft.i - place > _FAR:
                break
            if isinstance(part, Route):
                if draft.route is None and _route_reaches(statement, part, draft):
                    draft.route = part
            elif isinstance(part, When) and not draft.timed and draft.amount is not None:
                between = lexemes[part.j : draft.i]
                if (
                    part.timing is not None
                    and len(between) <= _LEFT
                    and not is_change_time(lexemes, part)
                    and not any(w.text in ",;" or w.tags.get("next") for w in between)
                ):
                    draft.when = part
                    del at[place]
        low = draft.j
        if n and draft.route is None and draft.amount is not None:
            before = drafts[n - 1]
            carried = draft.role in ("maximum", "maintenance", "target", "loading", "reduced")
            carried = carried or statement.has(draft.i - 3, draft.i, "next")
            if carried and statement.same_drug(before, draft):
                draft.route = before.route


def labels_of_time(statement: Statement, drafts: list[Draft], at: dict[int, Part]) -> None:
    """ "Weeks 1-2: 25 mg daily", "Week 3: 50 mg daily": how long a dose is given, told before it."""
    for place in sorted(at):
        part = at[place]
        if not isinstance(part, When) or low_at(statement.lexemes, part.j) != ":":
            continue
        draft = next((d for d in drafts if 0 < d.i - part.j <= _LEFT), None)
        if draft is None or draft.span is not None or draft.amount is None:
            continue
        if any(statement.lexemes[k].text in ",;." for k in range(part.j, draft.i)):
            continue
        if part.duration is not None:
            low, high, unit = part.duration
            draft.span = Span(part.i, part.j, low=low, high=high, unit=unit)
        elif part.single and not draft.timed:
            draft.when = part
            del at[place]
        elif part.single:
            unit = str(statement.lexemes[part.j - 2].tags.get("time", ""))
            if unit in ("wk", "mo"):
                draft.span = Span(part.i, part.j, low=1.0, high=1.0, unit=unit)


def _route_reaches(statement: Statement, route: Route, draft: Draft) -> bool:
    """Whether a route before a drug or a dose is that of this dose, and not of another drug."""
    if not statement.known:
        return draft.i - route.j <= 10
    drugs = [k for k in range(route.j, draft.i) if k in statement.drugs]
    if not drugs:
        return True
    joined = any(statement.lexemes[k].low in _JOINS for k in range(drugs[0], drugs[-1]))
    return not joined


def _from_one_to_the_other(statement: Statement, a: Draft, b: Draft) -> bool:
    """Whether a dose without a rhythm is raised to the next ("increase from 2 mg to 4 mg daily")."""
    return (
        a.amount is not None
        and b.amount is not None
        and not a.timed
        and b.when is not None
        and low_at(statement.lexemes, a.i - 1) == "from"
        and [word.low for word in statement.lexemes[a.j : b.i]] == ["to"]
        and statement.same_drug(a, b)
    )


def _coordinated(statement: Statement, a: Draft, b: Draft) -> bool:
    """Whether two doses stand in one enumeration ("A 5 mg and B 10 mg")."""
    between = statement.lexemes[a.after : b.i]
    if between and between[-1].text == "(":
        return False  # each in brackets of its own
    plain = [w for k, w in _outside_brackets(between) if a.after + k not in statement.drugs]
    if statement.known:
        short = len(plain) <= 3
    else:
        short = len(between) <= 4
    return (
        short
        and any(w.low in _JOINS for w in plain)
        and not any(w.tags.get("next") or w.text in ";." for w in plain)
    )


def _closes_brackets(statement: Statement, a: Draft, b: Draft) -> bool:
    """Whether the frequency of the second of two doses in brackets stands behind its bracket ("A (5 mg) or B (10 mg) once daily")."""
    lexemes, between = statement.lexemes, statement.lexemes[a.after : b.i]
    if b.when is None or a.timed or lexemes[b.when.i - 1].text != ")" or not between:
        return False
    joined = between[0].text == ")" and between[-1].text == "(" and len(between) <= 8
    return joined and any(w.low in _JOINS for w in between) and not any(w.tags.get("next") for w in between)


def behind_brackets(statement: Statement, drafts: list[Draft]) -> None:
    """A duration behind a bracket holds for all doses in it ("(A 70 mg weekly or B 35 mg weekly) for 5 years")."""
    for n, last in enumerate(drafts):
        if last.span is None or statement.lexemes[last.span.i - 1].text != ")":
            continue
        k, depth = last.span.i - 1, 0
        while k >= 0:
            sign = statement.lexemes[k].text
            depth += (sign == ")") - (sign == "(")
            if depth == 0:
                break
            k -= 1
        for draft in drafts[:n]:
            if draft.i > k >= 0 and draft.span is None and draft.role in ("", "maintenance") and draft.timed:
                draft.span = last.span


def said_twice(statement: Statement, drafts: list[Draft]) -> None:
    """What stands behind a bracket with the same amount by weight, or without it, holds for both ("800 mg (12 mg/kg) daily")."""
    for a, b in pairwise(drafts):
        if a.amount is None or b.amount is None or a.amount.basis == b.amount.basis:
            continue
        opened = [word.text for word in statement.lexemes[a.amount.j : b.amount.i]] == ["("]
        if not opened or low_at(statement.lexemes, b.amount.j) != ")" or "maximum" in (a.role, b.role):
            continue
        if not a.timed:
            a.when, a.per_day, a.divided = b.when, b.per_day, b.divided
        a.span, a.route = a.span or b.span, a.route or b.route
        a.role = b.role = a.role or b.role


def _outside_brackets(lexemes: Sequence[Lexeme]) -> Iterator[tuple[int, Lexeme]]:
    """The lexemes, with their numbers, that stand in no brackets that open among them ("2.5 mg (<20 kg) or 5 mg")."""
    opened = closed = 0
    for k, word in enumerate(lexemes):
        opened += word.text == "("
        closed += word.text == ")"
        if opened <= closed and not (opened and word.text == ")"):
            yield k, word


def _of_either(statement: Statement, a: Draft, b: Draft) -> bool:
    """Whether two doses are of two drugs of which one is given ("X 1 g or Y 2 g for 5 days")."""
    gap = range(a.after, b.i)
    return any(statement.lexemes[k].low == "or" for k in gap) and any(k in statement.drugs for k in gap)


def _each(statement: Statement, last: Draft) -> bool:
    """Whether a duration is told of each dose of an enumeration ("X 1 g or Y 2 g, each for 5 days")."""
    return last.span is not None and low_at(statement.lexemes, last.span.i - 1) in (
        "each",
        "both",
        "either",
        ",",
    )


def _complete(draft: Draft, after: Draft) -> bool:
    """Whether the first of two doses is told in full: its own route, or the other is only its limit."""
    own = draft.route is not None and draft.route.i >= draft.i
    if own and draft.route is not None and (after.route is None or after.route.route != draft.route.route):
        return True
    return after.role == "maximum" and after.amount is not None and after.amount.low is None


def _infused(statement: Statement, draft: Draft) -> bool:
    """Whether a dose says over what time it runs in ("10 mL/kg over 1 hour"): no rhythm of the next drug is its own."""
    return draft.amount is not None and any(
        low_at(statement.lexemes, k) == "over" for k in range(draft.amount.j, draft.after + 1)
    )


def _day_of_cycle(statement: Statement, draft: Draft) -> bool:
    """Whether a dose is given on one named day."""
    when = draft.when
    return when is not None and when.single and statement.lexemes[when.j - 2].tags.get("time") == "d"


def _lasts(draft: Draft, span: Span) -> bool:
    """Whether a duration is longer than the time between two intakes of a dose."""
    timing = draft.when.timing if draft.when is not None else None
    length = span.high if span.high is not None else span.low
    if timing is None or timing.period is None or length is None:
        return True
    return length * DAYS[span.unit] > timing.period * DAYS[timing.unit or "d"]


_FOR_GOOD = frozenset(("indefinitely", "lifelong", "long-term"))


def behind_maximum(statement: Statement, drafts: list[Draft]) -> None:
    """ "1 mg/kg/day, up to 100 mg/day, for 6 months": a duration that a comma parts from a maximum is that of the dose before."""
    for before, limit in pairwise(drafts):
        span = limit.span
        if (
            span is not None
            and limit.role == "maximum"
            and before.span is None
            and before.role == ""
            and before.timed
            and low_at(statement.lexemes, span.i - 1) == low_at(statement.lexemes, limit.i - 1) == ","
            and statement.same_drug(before, limit)
        ):
            before.span, limit.span, limit.j = span, None, span.i - 1


def share(statement: Statement, drafts: list[Draft]) -> None:
    """A frequency holds for the neighbouring doses of its drug, a closing one or a duration for an enumeration."""
    for before, draft in pairwise(drafts):
        if _from_one_to_the_other(statement, before, draft):
            before.when, before.per_day = draft.when, draft.per_day
    for after, draft in reversed([(b, a) for a, b in pairwise(drafts)]):
        if draft.role == "target" and not draft.timed and after.when and after.i - draft.after <= 2:
            draft.when = (
                after.when if statement.same_drug(draft, after) else None
            )  # "to 1 mg, then 2 mg weekly"
            continue
        if draft.amount is None or after.amount is None:
            continue
        if not _coordinated(statement, draft, after) and not _closes_brackets(statement, draft, after):
            continue
        either = statement.same_drug(draft, after) and low_at(statement.lexemes, draft.after) == "or"
        if not statement.same_drug(draft, after) and _infused(statement, draft):
            continue
        if _complete(draft, after) and not (either and after.role != "maximum"):
            continue
        cycle = after.when.timing if after.when is not None and after.when.days else None
        if draft.role == "maximum" or (draft.role == "loading" and after.role == "maintenance"):
            continue
        if not draft.timed and after.when is not None and not after.when.single and cycle is None:
            draft.when = after.when
        elif cycle is not None and after.when and (not draft.timed or _day_of_cycle(statement, draft)):
            # "X on day 1 plus Y on days 1 and 8 every 21 days": once in each cycle
            draft.when = When(after.when.i, after.when.j, timing=cycle._replace(frequency=1))
        plain = draft.role in ("", "maintenance") and not (draft.when is not None and draft.when.single)
        closes = after.span is not None and plain and draft.timed and not after.role
        closes = closes and low_at(statement.lexemes, draft.j) not in _FOR_GOOD
        closes = closes and (_each(statement, after) or not _of_either(statement, draft, after))
        if draft.span is None and closes and after.span is not None and _lasts(draft, after.span):
            draft.span = after.span
    for before, draft in pairwise(drafts):
        if (
            draft.amount is None
            or draft.timed
            or before.when is None
            or before.when.single
            or draft.role == "maximum"
        ):
            continue
        if draft.role == "next" or not statement.same_drug(before, draft):
            continue
        if (
            before.when.timing is not None
            and before.when.timing.period is not None
            and before.amount is not None
        ):
            same = before.amount.unit is not None and draft.amount.unit is not None
            limited = low_at(statement.lexemes, draft.after) in ("for", "if", "in", "when")
            limited = limited or low_at(statement.lexemes, draft.i - 1) in ("usually", "typically")
            limited = limited or statement.has(before.j, draft.i, "next")
            # "5 mg daily (under 50 kg), 7.5 mg (50-100 kg)"
            limited = (
                limited
                or low_at(statement.lexemes, before.after) == low_at(statement.lexemes, draft.after) == "("
            )
            if same and (draft.role or limited) and before.amount.basis == draft.amount.basis:
                draft.when = before.when
