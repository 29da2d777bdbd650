"""One walk over the lexemes that finds every amount, frequency, duration and route."""

from __future__ import annotations

from pipeline.claims.doses.amounts import parse_amount
from pipeline.claims.doses.durations import parse_span
from pipeline.claims.doses.frequencies import parse_when
from pipeline.claims.doses.items import Parsed, Route
from pipeline.claims.doses.lexer import Lexeme
from pipeline.claims.doses.numbers import Lexemes
from pipeline.claims.doses.words import words

_STARTERS = words("starters")


def _may_start(word: Lexeme) -> bool:
    """Whether a frequency or a duration may begin with the lexeme."""
    if word.tags and not _TAGS.isdisjoint(word.tags):
        return True
    return word.low in _STARTERS or (word.low[0] in "qx" and word.low[-1:] != "" and len(word.low) > 1)


_TAGS = frozenset(("freq", "divided", "adverb", "count", "every", "for", "apart", "time", "num"))


def parse(lexemes: Lexemes) -> Parsed:
    """All items of the text, none overlapping; an amount is preferred to a frequency, that to a duration."""
    parsed = Parsed()
    i = 0
    while i < len(lexemes):
        word = lexemes[i]
        number = word.num is not None
        if (number or word.low == "auc") and (amount := parse_amount(lexemes, i)) is not None:
            parsed.amounts.append(amount)
            i = amount.j
            continue
        if number or _may_start(word):
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
        if word.tags and (route := word.tags.get("route")) is not None:
            parsed.routes.append(Route(i, i + 1, route=route))
        i += 1
    return parsed
