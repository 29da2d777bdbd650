"""One walk over the lexemes that finds every amount, frequency, duration and route."""

from __future__ import annotations

from pipeline.claims.doses.amounts import parse_amount
from pipeline.claims.doses.durations import parse_span
from pipeline.claims.doses.frequencies import parse_when
from pipeline.claims.doses.items import Parsed, Route
from pipeline.claims.doses.numbers import Lexemes


def parse(lexemes: Lexemes) -> Parsed:
    """All items of the text, none overlapping; an amount is preferred to a frequency, that to a duration."""
    parsed = Parsed()
    i = 0
    while i < len(lexemes):
        word = lexemes[i]
        if word.num is None and not word.tags and word.low[0] not in "qxda(gsbeiow":
            i += 1
            continue
        amount = parse_amount(lexemes, i)
        if amount is not None:
            parsed.amounts.append(amount)
            i = amount.j
            continue
        when = parse_when(lexemes, i)
        if when is not None:
            parsed.whens.append(when)
            i = when.j
            continue
        span = parse_span(lexemes, i)
        if span is not None:
            parsed.spans.append(span)
            i = max(span.j, i + 1)
            continue
        route = word.tags.get("route")
        if route is not None:
            parsed.routes.append(Route(i, i + 1, route=route))
        i += 1
    return parsed
