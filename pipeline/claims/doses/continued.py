"""Amounts that go on with another rhythm: "5 mg/kg at 0, 2 and 6 weeks, then every 8 weeks", "daily (twice daily with X)"."""

from __future__ import annotations

from pipeline.claims.doses.draft import Draft, Statement
from pipeline.claims.doses.items import Part, Span, When
from pipeline.claims.doses.numbers import low_at, number_at, tagged

_FOR_SOME = frozenset(("if", "in", "with", "when", "for"))


def _other_rhythm(statement: Statement, draft: Draft, at: dict[int, Part]) -> Draft | None:
    """ "50 mg once daily (twice daily with X)", "300 mg every 4 weeks, or every 6 weeks in Y": the amount again, for some."""
    lexemes, k = statement.lexemes, draft.after
    if low_at(lexemes, k) != "(":
        k += low_at(lexemes, k) == ","
        if low_at(lexemes, k) != "or":
            return None
    part = at.get(k + 1)
    if (
        draft.amount is None
        or draft.when is None
        or not isinstance(part, When)
        or low_at(lexemes, part.j) not in _FOR_SOME
    ):
        return None
    if low_at(lexemes, part.j) == "for" and number_at(lexemes, part.j + 1) is not None:
        return None  # "once daily or every other day for 1-3 months": how long, not for whom
    if part.timing is None or part.timing.period is None or part.timing == draft.when.timing:
        return None
    del at[k + 1]
    again = Draft(draft.amount, part.i, part.j)
    again.when, again.route, again.copied, again.role, again.after = part, draft.route, True, "", part.j
    return again


def continued(statement: Statement, drafts: list[Draft], at: dict[int, Part]) -> None:
    """ "5 mg/kg at 0, 2 and 6 weeks, then every 8 weeks": the amount again, with another frequency."""
    lexemes = statement.lexemes
    new = []
    for draft in drafts:
        k, source = draft.after, draft
        if (other := _other_rhythm(statement, draft, at)) is not None:
            new.append(other)
            continue
        while True:
            while low_at(lexemes, k) in (",", "and", "("):
                k += 1
            last = at.get(k)  # "at weeks 0 and 4, and every 12 weeks thereafter"
            behind = isinstance(last, When) and k > source.after and tagged(lexemes, last.j, "next")
            k -= behind
            if source.amount is None or not (behind or tagged(lexemes, k, "next")):
                break
            part = at.get(k + 1)
            if (
                not isinstance(part, When)
                or part.timing is None
                or part.timing.period is None
                or (number_at(lexemes, part.j) is not None and tagged(lexemes, part.j + 1, "unit"))
            ):
                break
            del at[k + 1]
            again = Draft(source.amount, part.i, part.j)
            again.when, again.route, again.copied, again.role = part, source.route, True, ""
            span = at.get(part.j)
            if isinstance(span, Span) and not span.beyond:
                again.span, again.j = span, span.j
                del at[part.j]
            again.after = again.j
            new.append(again)
            k, source = again.j, again
    drafts.extend(new)
