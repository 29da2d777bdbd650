"""From a statement to its doses: which amounts are doses, and what of the words around them is theirs."""

from __future__ import annotations

import itertools
from bisect import bisect_right
from collections.abc import Sequence
from typing import NamedTuple

from pipeline.claims.doses.daily import to_daily
from pipeline.claims.doses.grammar import parse
from pipeline.claims.doses.items import Amount, Parsed, Route, Span, When
from pipeline.claims.doses.lexer import lex
from pipeline.claims.doses.numbers import Lexemes, low_at, tagged
from pipeline.model.claim import Dose


class Found(NamedTuple):
    """One part of a dose, or a dose: its words at `start` to `end`."""

    start: int
    end: int
    value: object


class Reading(NamedTuple):
    """Everything the component writes on a Doc."""

    doses: list[Found]
    routes: list[Found]
    frequencies: list[Found]
    durations: list[Found]


class Draft:
    """A dose while its parts are collected; offsets are lexemes (`i`, `j`: the words of the dose)."""

    __slots__ = ("amount", "divided", "i", "j", "marks", "role", "route", "span", "when")

    def __init__(self, amount: Amount | None, i: int, j: int):
        self.amount, self.i, self.j = amount, i, j
        self.when: When | None = None
        self.span: Span | None = None
        self.route: Route | None = None
        self.divided = False
        self.role = ""


_FILL = frozenset(
    [
        "given",
        "administered",
        "taken",
        "dosed",
        "as",
        "in",
        "by",
        "via",
        "a",
        "the",
        "total",
        "dose",
        "doses",
        "dosage",
        "each",
        "infusion",
        "injection",
        "injected",
        ",",
        "(",
        ")",
        "tablets",
        "tablet",
        "capsules",
        "capsule",
        "orally",
        "once",
        "then",
        "only",
        "usually",
        "either",
    ]
)
_STOP = frozenset(["and", "or", "plus", "with", "but", "while", ";", ":", ".", "then"])


def clauses_of(lexemes: Lexemes) -> list[int]:
    """For each lexeme the number of its sentence: parted by full stops, semicolons and line ends."""
    out, n = [], 0
    for i, word in enumerate(lexemes):
        out.append(n)
        if word.text == ";":
            n += 1
        elif word.text[-1] in ".?!" and i + 1 < len(lexemes):
            after = lexemes[i + 1]
            if (
                not after.glued
                and (word.text in ".?!" or not after.text[0].islower())
                and (after.text[0].isupper() or after.num is not None or after.text[0] in "([\"'")
            ):
                n += 1
    return out


def _bound(lexemes: Lexemes, amount: Amount) -> None:
    """Reads the bound or "maximum" left of the amount, and "or more" right of it."""
    k = amount.i
    while True:
        before = k - 1
        if before < 0:
            break
        if tagged(lexemes, before, "about"):
            k = before
        elif tagged(lexemes, before, "maximum"):
            amount.maximum = True
            k = before
        elif (
            low_at(lexemes, before) in (":", "of", "is", "=", "a", "dose", "daily", "single")
            and any(tagged(lexemes, b, "maximum") for b in range(max(0, before - 3), before))
            and not any(lexemes[b].num is not None for b in range(max(0, before - 3), before))
        ):
            k = before
        elif not amount.bound:
            for tag in ("at-most", "at-least", "below", "above"):
                if tagged(lexemes, before, tag) and not (
                    lexemes[before].low in ("over", "above", "under", "below") and amount.bound
                ):
                    amount.bound = tag
                    k = before
                    break
            else:
                break
        else:
            break
    amount.text_i = k
    if tagged(lexemes, amount.j, "or-more"):
        amount.bound, amount.j = "at-least", amount.j + 1
    elif tagged(lexemes, amount.j, "or-less"):
        amount.bound, amount.j = "at-most", amount.j + 1
    if amount.bound in ("at-most", "below"):
        amount.low = None
    elif amount.bound in ("at-least", "above"):
        amount.high = None


def _is_dose(lexemes: Lexemes, amount: Amount, sentence: list[int]) -> bool:
    """Whether the amount is one that is given, and not one that is measured."""
    unit = amount.unit
    if unit is None:
        return True
    here = sentence[amount.i]
    for k in range(amount.text_i - 1, max(-1, amount.text_i - 6), -1):
        if sentence[k] != here:
            break
        if tagged(lexemes, k, "measured-before"):
            return False
        if lexemes[k].num is not None or lexemes[k].text in ",)(" or tagged(lexemes, k, "dose", "next"):
            break
    if tagged(lexemes, amount.j, "measured-after"):
        return False
    if tagged(lexemes, amount.text_i - 1, "increment") and any(
        tagged(lexemes, k, "target", "reduced", "increment")
        for k in range(max(0, amount.text_i - 6), amount.text_i)
    ):
        return False
    if unit.dimension == "percent":
        return any(
            tagged(lexemes, k, "form")
            for k in (amount.j, amount.j + 1, amount.j + 2, amount.i - 1, amount.i - 2)
        )
    return not (unit.dimension == "volume" and tagged(lexemes, amount.text_i - 1, "diluent"))


def _absorb(lexemes: Lexemes, draft: Draft, at: dict[int, When | Span | Route], sentence: list[int]) -> None:
    """Takes the parts that follow the amount into the dose, as far as only filling words part them."""
    k = draft.j
    here = sentence[draft.i]
    gap = 0
    while k < len(lexemes) and sentence[k] == here and gap <= 4:
        item = at.get(k)
        if item is not None:
            if isinstance(item, Route):
                draft.route = draft.route or item
            elif isinstance(item, Span):
                if item.beyond or draft.span is not None:
                    return
                draft.span = item
            elif item.divided:
                draft.divided = True
            elif item.duration is not None:
                draft.span = Span(
                    item.i, item.j, low=item.duration[0], high=item.duration[1], unit=item.duration[2]
                )
            elif draft.when is None:
                draft.when = item
            elif draft.when.single:
                pass
            else:
                return
            del at[k]
            k = item.j
            draft.j = k
            gap = 0
            if low_at(lexemes, k) == ")" and any(lexemes[m].text == "(" for m in range(draft.i, k)):
                k += 1
                draft.j = k
            continue
        word = lexemes[k]
        if word.low not in _FILL or tagged(lexemes, k, "next"):
            return
        gap += 1
        k += 1


_ROLE_TAGS = ("start", "target", "loading", "bolus", "maintenance", "reduced")


def _role(lexemes: Lexemes, draft: Draft, low: int, sentence: list[int]) -> str:
    amount = draft.amount
    if amount is not None and amount.maximum:
        return "maximum"
    for k in (draft.j, draft.j + 1):
        if (
            tagged(lexemes, k, "maximum")
            and low_at(lexemes, k + 1) not in ("of",)
            and not (k + 1 < len(lexemes) and lexemes[k + 1].num is not None)
        ):
            return "maximum"
        if tagged(lexemes, k, "loading"):
            return "loading"
    if amount is not None and amount.bound == "above":
        return "threshold"
    if tagged(lexemes, draft.j, "start") and lexemes[draft.j].low == "initially":
        return "start"
    first = amount.text_i if amount is not None else draft.i
    for k in range(first - 1, max(low, first - 12) - 1, -1):
        if sentence[k] != sentence[draft.i]:
            break
        for tag in _ROLE_TAGS:
            if tagged(lexemes, k, tag):
                return tag
        if tagged(lexemes, k, "next"):
            return "next"
    return ""


def _sequence(drafts: list[Draft]) -> None:
    """Roles of a sequence: "X, then Y": loading and maintenance, or start and target."""
    for before, draft in itertools.pairwise(drafts):
        if draft.role != "next":
            continue
        draft.role = ""
        if before.role == "loading":
            draft.role = "maintenance"
            continue
        a, b = before.amount, draft.amount
        if (
            a is None
            or b is None
            or a.unit is None
            or b.unit is None
            or a.unit.ucum != b.unit.ucum
            or a.basis != b.basis
        ):
            continue
        if before.role in ("", "start", "bolus") and a.high is not None and b.high is not None:
            if before.role != "start" and (a.high > b.high or (before.when and before.when.single)):
                before.role, draft.role = "loading", "maintenance"
            elif a.high < b.high:
                before.role, draft.role = before.role or "start", "target"
    for draft in drafts:
        if draft.role in ("next", "bolus"):
            draft.role = ""


def _share(lexemes: Lexemes, drafts: list[Draft], sentence: list[int]) -> None:
    """A frequency holds for the neighbouring doses of the sentence, a duration for those that it closes."""
    for k in range(len(drafts) - 2, -1, -1):
        draft, after = drafts[k], drafts[k + 1]
        if sentence[draft.i] != sentence[after.i] or draft.amount is None or after.amount is None:
            continue
        if (
            draft.when is None
            and after.when is not None
            and not after.when.single
            and draft.amount.per is None
        ):
            draft.when = after.when


def _timed(lexemes: Lexemes, draft: Draft) -> Dose:
    amount, when, span = draft.amount, draft.when, draft.span
    values: dict[str, object] = {}
    if amount is not None:
        per, timing = amount.per or "administration", when.timing if when is not None else None
        if draft.divided and amount.per is None:
            per = "day"
        if per == "day":
            timing = None
        elif amount.rate is not None and timing is None:
            timing = amount.rate
        values = {
            "dose_low": amount.low,
            "dose_high": amount.high,
            "dose_unit": amount.unit.ucum if amount.unit is not None else None,
            "dose_basis": amount.basis,
            "dose_per": per,
            "dose_components": amount.components,
        }
        if timing is not None:
            values |= {
                "frequency": timing.frequency,
                "frequency_max": timing.frequency_max,
                "period": timing.period,
                "period_max": timing.period_max,
                "period_unit": timing.unit,
            }
    if span is not None:
        values |= {"duration_low": span.low, "duration_high": span.high, "duration_unit": span.unit}
    role = draft.role or ("threshold" if span is not None and span.beyond else "regimen")
    return Dose(dose_text="", dose_role=role, route=draft.route.route if draft.route else None, **values)  # type: ignore[arg-type]


def read_doses(text: str, drugs: Sequence[tuple[int, int]] = ()) -> Reading:
    """The doses of `text` with their parts, in text order; `drugs` are the places of its drugs (code points).

    >>> [d.value.dose_high for d in read_doses("Start at 2.5-5 mg once daily").doses]
    [5.0]
    """
    lexemes = lex(text)
    parsed = parse(lexemes)
    sentence = clauses_of(lexemes)
    drafts = _drafts(lexemes, parsed, sentence, drugs)
    doses = []
    for draft in drafts:
        dose = _timed(lexemes, draft)
        start, end = lexemes[draft.i].start, lexemes[draft.j - 1].end
        daily = to_daily(dose)
        fields = {name: getattr(dose, name) for name in Dose.__dataclass_fields__}
        fields["dose_text"] = text[start:end]
        if daily is not None:
            fields |= {"daily_low": daily.low, "daily_high": daily.high, "daily_unit": daily.unit}
        doses.append(Found(start, end, Dose(**fields)))

    def places(items: Sequence[Route | When | Span]) -> list[Found]:
        return [Found(lexemes[x.i].start, lexemes[x.j - 1].end, None) for x in items]

    return Reading(
        doses,
        [Found(lexemes[r.i].start, lexemes[r.j - 1].end, r.route) for r in parsed.routes],
        places([w for w in parsed.whens if w.timing is not None]),
        places(parsed.spans),
    )


def _drafts(
    lexemes: Lexemes, parsed: Parsed, sentence: list[int], drugs: Sequence[tuple[int, int]]
) -> list[Draft]:
    parts: list[When | Span | Route] = [*parsed.whens, *parsed.spans, *parsed.routes]
    at = {x.i: x for x in parts}
    amounts = []
    for amount in parsed.amounts:
        _bound(lexemes, amount)
        if _is_dose(lexemes, amount, sentence):
            amounts.append(amount)
    drafts = []
    for amount in amounts:
        draft = Draft(amount, amount.text_i, amount.j)
        _absorb(lexemes, draft, at, sentence)
        drafts.append(draft)
    low = 0
    for draft in drafts:
        draft.role = _role(lexemes, draft, low, sentence)
        low = draft.j
    _sequence(drafts)
    _share(lexemes, drafts, sentence)
    _left_parts(lexemes, drafts, at, sentence)
    for x in parsed.spans:
        if x.i in at and (x.bare or x.beyond) and not any(d.i <= x.i < d.j for d in drafts):
            draft = Draft(None, x.i, x.j)
            draft.span = x
            drafts.append(draft)
    drafts.sort(key=lambda d: d.i)
    return drafts


def _left_parts(
    lexemes: Lexemes, drafts: list[Draft], at: dict[int, When | Span | Route], sentence: list[int]
) -> None:
    """The route and the frequency that stand before the amount."""
    places = sorted(at)
    low = 0
    for draft in drafts:
        first = bisect_right(places, low - 1)
        for k in reversed(places[first : bisect_right(places, draft.i)]):
            item = at[k]
            if sentence[k] != sentence[draft.i]:
                break
            if isinstance(item, Route) and draft.route is None:
                draft.route = item
            elif isinstance(item, When) and draft.when is None and draft.i - item.j <= 4 and item.timing:
                draft.when = item
        low = draft.j
