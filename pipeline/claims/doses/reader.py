"""From a statement to its doses, frequencies, routes and durations."""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Sequence
from functools import cache
from typing import Any, NamedTuple

from pipeline.claims.doses.assembly import put_together
from pipeline.claims.doses.daily import to_daily
from pipeline.claims.doses.draft import Draft, Statement
from pipeline.claims.doses.grammar import parse
from pipeline.claims.doses.items import Item
from pipeline.claims.doses.lexer import lex, names_amount
from pipeline.claims.doses.numbers import Lexemes
from pipeline.claims.doses.scan import low_words
from pipeline.claims.doses.sentences import sentences_of
from pipeline.claims.doses.tables import Node, Timing, phrases
from pipeline.model.claim import Dose


class Found(NamedTuple):
    """A dose with its words at `start` to `end` (code points), and the places of its parts.

    `parts` are (column, start, end): `frequency`, `route`, `duration`; `amount` tells whether its words name an amount,
    and not a time alone.
    """

    start: int
    end: int
    value: Dose
    parts: tuple[tuple[str, int, int], ...]
    amount: bool


class Reading(NamedTuple):
    """All that is found in a text, each list in text order; the parts are (start, end)."""

    doses: list[Found]
    routes: list[tuple[int, int]]
    frequencies: list[tuple[int, int]]
    durations: list[tuple[int, int]]


def read_doses(text: str, drugs: Sequence[tuple[int, int]] | None = None) -> Reading:
    """The doses of `text`; `drugs` are the places of its drugs (code points), None where nobody looked for them.

    >>> [(d.value.dose_low, d.value.dose_role) for d in read_doses("Start at 2.5-5 mg once daily").doses]
    [(2.5, 'start')]
    """
    lexemes = lex(text)
    parsed = parse(lexemes)
    drafts: list[Draft] = []
    if parsed.amounts or parsed.spans:  # every dose has one of them
        places_of_drugs = _lexemes_of(lexemes, drugs or ())
        drafts = put_together(Statement(lexemes, sentences_of(lexemes), places_of_drugs, bool(drugs)), parsed)
    loose = {id(d.span) for d in drafts}

    def places(items: Sequence[Item]) -> list[tuple[int, int]]:
        return [_place(lexemes, item) for item in items]

    return Reading(
        [_found(text, lexemes, draft) for draft in drafts],
        places(parsed.routes),
        places([w for w in parsed.whens if w.timing is not None]),
        places([s for s in parsed.spans if id(s) in loose]),
    )


def may_name_dose(text: str) -> bool:
    """Whether `text` may name a dose: far cheaper than reading it, and never False where one is found.

    A dose has an amount with its unit, an area ("AUC 5"), or a duration with its unit of time ("7 days", "x7d").

    >>> may_name_dose("2.5 mg"), may_name_dose("for five days"), may_name_dose("in 2 of 3 trials")
    (True, True, False)
    """
    words = low_words(text)
    return not _unit_words().isdisjoint(words) or any(
        word[0] == "x" and word[1:2].isdecimal() for word in words
    )


@cache
def _unit_words() -> frozenset[str]:
    """The first words of all phrases with which a unit of an amount or of time may begin, and "AUC"."""

    def says_unit(node: Node) -> bool:
        tags = [node.tags or {}, *(tags for _, tags in node.exact or ())]
        return any("unit" in t or "time" in t for t in tags) or any(map(says_unit, node.next.values()))

    return frozenset(word for word, node in phrases().next.items() if says_unit(node)) | {"auc"}


def _lexemes_of(lexemes: Lexemes, places: Sequence[tuple[int, int]]) -> set[int]:
    if not places:
        return set()
    starts = [x.start for x in lexemes]
    out: set[int] = set()
    for start, end in places:
        first = bisect_left(starts, start)
        out.update(range(first, bisect_left(starts, end, first)))
    return out


def _place(lexemes: Lexemes, item: Item) -> tuple[int, int]:
    return lexemes[item.i].start, lexemes[item.j - 1].end


def _found(text: str, lexemes: Lexemes, draft: Draft) -> Found:
    start, end = lexemes[draft.i].start, lexemes[draft.j - 1].end
    parts = [
        (name, *_place(lexemes, item))
        for name, item in (("frequency", draft.when), ("route", draft.route), ("duration", draft.span))
        if item is not None
    ]
    amount = names_amount(lexemes[draft.i : draft.j])
    return Found(start, end, _dose(text[start:end], draft), tuple(parts), amount)


def _dose(words: str, draft: Draft) -> Dose:
    amount, span = draft.amount, draft.span
    values: dict[str, Any] = {"dose_text": words, "dose_role": draft.role or "regimen"}
    if draft.route is not None:
        values["route"] = draft.route.route
    if span is not None:
        values |= {"duration_low": span.low, "duration_high": span.high, "duration_unit": span.unit}
    timing = draft.when.timing if draft.when is not None else None
    if amount is None:
        return Dose(**values, **_timed(timing))
    per = amount.per or "administration"
    if amount.per is None and (draft.divided or draft.per_day):
        per = "day"
    values |= {
        "dose_low": amount.low,
        "dose_high": amount.high,
        "dose_unit": amount.unit.ucum if amount.unit is not None else None,
        "dose_basis": amount.basis,
        "dose_per": per,
        "dose_components": amount.components,
    }
    timing = None if per == "day" else timing or amount.rate
    # "25 ug/h every 72 hours": a patch is changed every 72 hours, and gives so much by the hour
    daily = to_daily(Dose(**values, **_timed(amount.rate if per != "day" and amount.rate else timing)))
    values |= _timed(timing)
    if daily is None:
        return Dose(**values)
    return Dose(**values, daily_low=daily.low, daily_high=daily.high, daily_unit=daily.unit)


def _timed(timing: Timing | None) -> dict[str, Any]:
    if timing is None:
        return {}
    return {
        "frequency": timing.frequency,
        "frequency_max": timing.frequency_max,
        "period": timing.period,
        "period_max": timing.period_max,
        "period_unit": timing.unit,
    }
