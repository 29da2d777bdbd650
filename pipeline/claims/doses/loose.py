"""Durations that stand apart from an amount: of the dose before them, or doses of their own."""

from __future__ import annotations

from bisect import bisect_left

from pipeline.claims.doses.contexts import is_change_time, is_treatment
from pipeline.claims.doses.draft import Draft, Statement
from pipeline.claims.doses.items import Part, Span, When
from pipeline.claims.doses.numbers import low_at
from pipeline.claims.doses.words import words

_AHEAD = 6
# What parts two drugs of one regimen.
_JOINED = words("joins") | {"a", "an", "the", "both"}


def loose_durations(
    statement: Statement, drafts: list[Draft], spans: list[Span], at: dict[int, Part]
) -> None:
    """Durations that no dose took: of the dose before them in the sentence, else doses without an amount."""
    starts = [d.i for d in drafts]
    alone = []
    for span in spans:
        if at.get(span.i) is not span or is_change_time(statement.lexemes, span) or _in_vain(statement, span):
            continue
        near = _dose_of_duration(statement, drafts, bisect_left(starts, span.i), span)
        if not is_treatment(
            statement.lexemes, span, statement.sentence, statement.drugs, known=near is not None
        ):
            continue
        if near is None:
            draft = Draft(None, span.i, span.j)
            draft.span = span
            draft.role = "threshold" if span.beyond or span.above else ""
            _with_frequency(statement, draft, at)
            alone.append(draft)
            if not draft.role:
                _closes_enumeration(statement, drafts[: bisect_left(starts, draft.i)], draft)
        elif near.span is None:
            near.span = span
            _closes_alternatives(statement, drafts[: bisect_left(starts, near.i)], near)
    drafts.extend(alone)


def _in_vain(statement: Statement, span: Span) -> bool:
    """Whether a time is how long nothing helped ("no response after 48 hours of oral treatment")."""
    k = span.i - (low_at(statement.lexemes, span.i) not in ("after", "within", "by"))
    return low_at(statement.lexemes, k) in ("after", "within", "by") and low_at(statement.lexemes, k - 1) in (
        "response",
        "improvement",
    )


_CLOSING = frozenset((",", "can", "may", "should", "is", "are"))
_WHOM = 6  # lexemes of whom one of two doses is for ("in adults and")


def _closes_alternatives(statement: Statement, before: list[Draft], last: Draft) -> None:
    """ "1 mg/kg IV or 2 mg/kg orally twice daily can be tried for 3 days", "1 g daily in adults and 20 mg/kg daily in children,
    for 10 days": a duration behind a comma or a verb holds for both doses of one drug."""
    span = last.span
    if span is None or not before or not any(w.low in _CLOSING for w in statement.lexemes[last.j : span.i]):
        return
    first = before[-1]
    between = statement.lexemes[first.after : last.i]
    if (
        first.span is None
        and first.role == last.role == ""
        and first.timed
        and statement.same_sentence(first, last)
        and statement.same_drug(first, last)
        and 0 < len(between) <= _WHOM
        and between[-1].low in ("or", "and")
        and not any(w.text in ";:" for w in between)
    ):
        first.span = span


def _closes_enumeration(statement: Statement, before: list[Draft], last: Draft) -> None:
    """ "X 1 g twice daily, Y 500 mg twice daily and Z for 14 days": the duration holds for all of them."""
    for draft in reversed(before):
        if (
            draft.span is not None
            or draft.role not in ("", "maintenance")
            or not draft.timed
            or draft.amount is None
        ):
            return
        between = [(k, statement.lexemes[k]) for k in range(draft.after, last.i)]
        plain = [w.low for k, w in between if k not in statement.drugs]
        named = any(k in statement.drugs for k, _ in between)
        if not statement.same_sentence(draft, last) or not named or not _JOINED.issuperset(plain):
            return
        draft.span = last.span
        last = draft


def _with_frequency(statement: Statement, draft: Draft, at: dict[int, Part]) -> None:
    """ "twice daily for 2 weeks", "for 2 weeks, once daily": how often, beside a duration without an amount."""
    lexemes = statement.lexemes
    last = draft.i - (draft.i > 0 and lexemes[draft.i - 1].text == ",")
    for first in range(last - 1, max(-1, last - 8), -1):
        part = at.get(first)
        if isinstance(part, When) and part.j == last:
            if _repeats(part) and statement.sentence[first] == statement.sentence[draft.i]:
                draft.when, draft.i = part, part.i
                del at[first]
            return
    behind = draft.j + (draft.j < len(lexemes) and lexemes[draft.j].text == ",")
    part = at.get(behind)
    if isinstance(part, When) and _repeats(part):
        draft.when, draft.j = part, part.j
        del at[behind]


def _repeats(when: When) -> bool:
    return when.timing is not None and when.timing.period is not None and not when.named


def _dose_of_duration(statement: Statement, drafts: list[Draft], n: int, span: Span) -> Draft | None:
    """The regimen that a duration belongs to: the nearest dose before it, or the first one after it."""
    if span.beyond:
        return None
    sentence = statement.sentence[span.i]
    for draft in reversed(drafts[max(0, n - 3) : n]):
        if statement.sentence[draft.i] != sentence:
            break
        single = draft.when is not None and draft.when.single
        if (
            draft.role not in ("maximum", "threshold")
            and draft.amount is not None
            and not single
            and draft.span is None
        ):
            gap = range(draft.after, span.i)
            added = [statement.lexemes[k].low for k in gap if k not in statement.drugs] == ["to"]
            if not added and any(k in statement.drugs or statement.lexemes[k].text == "|" for k in gap):
                break
            return draft
    if n == len(drafts) or not span.bare:
        return None
    ahead = drafts[n]
    fits = statement.sentence[ahead.i] == sentence and ahead.amount is not None and not ahead.role
    return ahead if fits and ahead.i - span.j <= _AHEAD else None
