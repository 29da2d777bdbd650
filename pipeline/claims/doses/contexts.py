"""Bounds of an amount, and whether an amount is one that is given rather than measured."""

from __future__ import annotations

from pipeline.claims.doses.items import Amount, Item, Span
from pipeline.claims.doses.lexer import DASHES
from pipeline.claims.doses.numbers import Lexemes, low_at, number_at, tagged
from pipeline.claims.doses.words import words

_BETWEEN = words("maximum-filling")
_ADJUST = words("adjust")
_GREATEST_AUC = 20.0  # carboplatin; "AUC 400-600" is an exposure that is measured
_RATES = frozenset(("min", "h", "s"))
_OFTEN = words("how-often")
_WHERE = words("where-applied")
_LASTS = frozenset(("is", "are", "was", "lasts", "lasted"))
_IF = frozenset(("if", "when", "where", "unless", "whose", "once"))


def read_bound(lexemes: Lexemes, amount: Amount) -> None:
    """Reads the bound or "maximum" left of the amount, and "or more" right of it, into the amount."""
    k = amount.i
    if tagged(lexemes, k - 1, "between"):
        k -= 1
        if lexemes[k].low == "from":
            k += 1
    while k > max(0, amount.i - 8):
        before = k - 1
        if tagged(lexemes, before, "about"):
            k = before
        elif tagged(lexemes, before, "maximum"):
            amount.maximum = True
            k = before
        elif low_at(lexemes, before) in _BETWEEN and (at := _maximum_before(lexemes, before)) is not None:
            k = at + 1
        elif not amount.bound and (tag := _bound_tag(lexemes, before)):
            amount.bound = tag
            if tagged(lexemes, before, "limit"):
                amount.maximum = True
            k = before
        else:
            break
    amount.text_i = k
    if tagged(lexemes, amount.j, "or-more"):
        amount.bound, amount.j = "above", amount.j + 1
    elif tagged(lexemes, amount.j, "or-less"):
        amount.bound, amount.j = "at-most", amount.j + 1
    if amount.bound == "at-most" and amount.low != amount.high and low_at(lexemes, amount.text_i) == "up to":
        pass  # "up to 60-80 mg": the range stays
    elif amount.bound in ("at-most", "below"):
        amount.low = None
    elif amount.bound in ("at-least", "above"):
        amount.high = None


def _maximum_before(lexemes: Lexemes, k: int) -> int | None:
    for at in range(k - 1, max(-1, k - 4), -1):
        if tagged(lexemes, at, "maximum"):
            return at
        if low_at(lexemes, at) not in _BETWEEN:
            return None
    return None


def _bound_tag(lexemes: Lexemes, k: int) -> str:
    for tag in ("at-most", "at-least", "below", "above"):
        if tagged(lexemes, k, tag):
            return "above" if tag == "at-least" and lexemes[k].text in "≥>==>⩾≧" else tag
    return ""


def is_dose(lexemes: Lexemes, amount: Amount, sentence: list[int], drugs: set[int]) -> bool:
    """Whether the amount is given, not measured, mixed, sold, or the step or speed of another dose.

    An increment ("increase by 25 mg every week") is no dose: the doses it leads from and to are.
    """
    unit = amount.unit
    if unit is None:
        return (amount.high or amount.low or 0.0) <= _GREATEST_AUC
    first, here = amount.text_i, sentence[amount.i]
    if (
        not amount.bound
        and low_at(lexemes, first - 1) == "not"
        and low_at(lexemes, first - 2) in (",", "and", "(")
    ):
        return False  # "15 mg once daily, not 30 mg"
    if (
        low_at(lexemes, first - 1) == "("
        and tagged(lexemes, first - 2, "measured-before")
        and first - 2 not in drugs
    ):
        return False  # "more fluids (>3 L/day)"
    for k in range(first - 1, max(-1, first - 7), -1):
        if sentence[k] != here:
            break
        if tagged(lexemes, k, "measured-before") and k not in drugs:
            if lexemes[k].low in ("weight", "body weight") and lexemes[k + 1].text in DASHES:
                break  # "a weight-adjusted bolus of 80 units/kg"
            if "weight" in lexemes[k].low and (
                low_at(lexemes, k - 1) in ("to", "on", "by") or low_at(lexemes, k + 1) == ":"
            ):
                break  # "according to weight: 500 mg below 60 kg"
            return False
        if (
            lexemes[k].num is not None
            or lexemes[k].text in ",)("
            or k in drugs
            or tagged(lexemes, k, "dose", "next", "route")
        ):
            break
    if tagged(lexemes, amount.j, "measured-after"):
        return False
    if _is_step(lexemes, amount) or _is_awaited(lexemes, amount) or _is_ingested(lexemes, amount):
        return False
    before = first - 1
    while before >= 0 and low_at(lexemes, before) in ("a", "an", "the", "about", "normal"):
        before -= 1
    if unit.dimension == "percent":
        return _is_strength(lexemes, amount, drugs)
    if unit.dimension == "volume" and amount.basis == "flat" and amount.rate is None:
        return not tagged(lexemes, before, "diluent")
    if unit.dimension in ("mass", "unit") and amount.basis == "flat":
        # "160 mcg two puffs": the puffs are the dose
        puffs = amount.j + (low_at(lexemes, amount.j) == ",")
        named = low_at(lexemes, puffs) == ":"  # "20/120 mg: 4 tablets": the tablets are the dose
        puffs += named
        follow = number_at(lexemes, puffs)
        if follow is not None and number_at(lexemes, puffs + 2) is not None:
            puffs += 2
        form = lexemes[puffs + 1].tags.get("unit") if puffs + 1 < len(lexemes) else None
        product = named or bool(amount.components)  # "X/Y 250 mg/100 mg, four tablets"
        counted = form is not None and (
            form.ucum in ("{puff}", "{spray}") or (product and form.dimension == "count")
        )
        return not (follow is not None and counted)
    return True


def _is_step(lexemes: Lexemes, amount: Amount) -> bool:
    """ "increased by 25 mg", "in 5-mg increments", "steps of 10 mg"."""
    first = amount.text_i
    if tagged(lexemes, amount.j, "increment") and lexemes[amount.j].low != "by":
        return True
    if not tagged(lexemes, first - 1, "increment"):
        return False
    if lexemes[first - 1].low != "by" or tagged(lexemes, first - 2, "next"):
        return True  # "to 20 mg daily, then by 5 mg every week"
    return any(
        tagged(lexemes, k, "target", "reduced", "taper", "dose") or lexemes[k].low in _ADJUST
        for k in range(max(0, first - 6), first)
    )


def _is_awaited(lexemes: Lexemes, amount: Amount) -> bool:
    """ "Reduce by 1 mg monthly once 10 mg/day is reached": a dose that is waited for was told elsewhere."""
    ahead = [low_at(lexemes, k) for k in range(amount.j, amount.j + 6)]
    if "reached" not in ahead or not any(be in ahead for be in ("is", "are", "been", "was")):
        return False
    return any(low_at(lexemes, k) in _ONCE for k in range(max(0, amount.text_i - 5), amount.text_i))


_ONCE = frozenset(("once", "when", "after"))


def _is_ingested(lexemes: Lexemes, amount: Amount) -> bool:
    """ "If more than 150 mg/kg or 12 g of X was ingested": what was taken in an overdose."""
    for k in range(amount.j, min(amount.j + 10, len(lexemes))):
        if lexemes[k].text in ".;:,":
            break
        if lexemes[k].low == "ingested":
            first = range(max(0, amount.text_i - 10), amount.text_i)
            return low_at(lexemes, k - 1) in _TAKEN and any(lexemes[m].low in _IF for m in first)
    return False


_TAKEN = frozenset(("was", "were", "been", "is", "are"))


def _is_strength(lexemes: Lexemes, amount: Amount, drugs: set[int]) -> bool:
    """A percentage is a dose only as the strength of a preparation: "1% cream", "ointment 0.1%"."""
    if low_at(lexemes, amount.i - 1) in ("a", "the", "an") and low_at(lexemes, amount.i - 2) == "of":
        return False
    before = (
        lexemes[amount.i - 2].tags.get("unit")
        if amount.i > 1 and low_at(lexemes, amount.i - 1) == "of"
        else None
    )
    if before is not None and before.dimension == "volume":
        return False  # "1 liter of 0.9% saline"
    if number_at(lexemes, amount.j) is not None and tagged(lexemes, amount.j + 1, "unit"):
        return False
    for k in range(amount.j + 1, amount.j + 4):
        unit = lexemes[k + 1].tags.get("unit") if k + 1 < len(lexemes) else None
        if number_at(lexemes, k) is not None and unit is not None and unit.dimension in ("count", "volume"):
            return False  # "0.3% drops, 4 drops", "0.9% saline 500 mL": the drops or millilitres are the dose
    form = tagged(lexemes, amount.j, "form")
    if form and number_at(lexemes, amount.j + 1) is not None and low_at(lexemes, amount.j + 2) in ("g", "mL"):
        return False  # "1% gel 4 g": the grams are the dose
    places = (amount.j, amount.j + 1, amount.j + 2, amount.i - 1, amount.i - 2)
    if amount.i - 1 in drugs or amount.i - 2 in drugs or low_at(lexemes, amount.i - 1) == "or":
        behind = amount.j + (low_at(lexemes, amount.j) == ",")
        if low_at(lexemes, behind) in _OFTEN or tagged(lexemes, behind, "every"):
            return True  # "hydrocortisone 1% once daily"
        if low_at(lexemes, behind) in ("on", "to") and low_at(lexemes, behind + 1) in _WHERE:
            return True  # "triamcinolone 0.1% to the body"
    # not in the name of a fluid: "3% hypertonic saline"
    return any(tagged(lexemes, k, "form") and k not in drugs for k in places)


def is_speed(lexemes: Lexemes, amount: Amount, last: int) -> bool:
    """Whether the amount is the speed at which the dose before it is given ("4 mg at 2 mg/min").

    `last` is the lexeme after that dose; -1 where there is none in the sentence.
    """
    if amount.rate is None or amount.rate.unit not in _RATES:
        return False
    if amount.unit is not None and amount.unit.dimension == "volume" and last >= 0:
        return low_at(lexemes, amount.text_i - 1) in ("at", "@")  # "40 units in 1 L of X at 500 mL/hour"
    words = [lexemes[k].low for k in range(max(0, amount.text_i - 4), amount.text_i)]
    if "maintenance" in words:
        return False  # "with a maintenance rate of 2 mg/hour"
    if "rate" in words or "speed" in words or "faster" in words:
        return last >= 0 or "faster" in words or amount.maximum
    if last < 0 or amount.text_i - last > 4:
        return False
    between = [lexemes[k] for k in range(last, amount.text_i)]
    if any(w.tags.get("next") or w.low in ("infusion", "bolus") for w in between):
        return False
    return any(w.low in ("at", "@") for w in between)


def is_change_time(lexemes: Lexemes, item: Item) -> bool:
    """Whether a time says how fast a dose is changed ("titrated over 5 days to 30 mg") or how long what is waited for must
    have held ("until the INR is above 2 for 24 hours"), not how long it is given."""
    if _of_awaited(lexemes, item.i):
        return True
    if low_at(lexemes, item.i) == "over" and any(
        tagged(lexemes, k, "taper", "reduced") for k in range(max(0, item.i - 3), item.i)
    ):
        return True  # "tapered over 4-6 weeks"
    if low_at(lexemes, item.i) == "over":
        for k in range(item.i - 1, max(-1, item.i - 9), -1):
            if lexemes[k].num is not None or lexemes[k].text in ".,;:()":
                break
            if tagged(lexemes, k, "target", "increment"):
                return True  # "increase to the full dose over 2 weeks"
    if low_at(lexemes, item.j) not in ("to", "up to", "until"):
        return False
    return any(
        tagged(lexemes, k, "target", "taper", "reduced", "increment") for k in range(item.i - 3, item.i)
    )


def _of_awaited(lexemes: Lexemes, i: int) -> bool:
    for k in range(i - 1, max(-1, i - 12), -1):
        if lexemes[k].text in ".,;:()":
            return False
        if low_at(lexemes, k) == "until":
            return any(low_at(lexemes, m) in _HOLDS for m in range(k + 2, i))
    return False


_HOLDS = frozenset(
    ("is", "are", "remains", "remain", "stays", "stay", "exceeds", "falls", "<", ">", "≤", "≥")
)


def is_treatment(
    lexemes: Lexemes, span: Span, sentence: list[int], drugs: set[int], *, known: bool = False
) -> bool:
    """Whether a duration that no dose took is one of treatment, not of an illness, a wait or follow-up.

    `known` says that a dose of the same sentence has room for it.
    """
    first = last = span.i
    while first > 0 and sentence[first - 1] == sentence[span.i] and span.i - first < 20:
        first -= 1
    while last < len(lexemes) and sentence[last] == sentence[span.i] and last - span.j < 8:
        last += 1
    for k in range(span.i - 1, max(first - 1, span.i - 5), -1):
        if tagged(lexemes, k, "symptom"):
            return False
    if low_at(lexemes, span.i - 1) in _LASTS and any(lexemes[k].low in _IF for k in range(first, span.i)):
        return False  # "if the planned course is shorter than 6 months"
    if (
        tagged(lexemes, span.j, "symptom")
        or (low_at(lexemes, span.j) in ("after", "old", "ago", "of") and not span.bare)
    ) and low_at(lexemes, span.j) != "after":
        return False
    if known or any(k in drugs for k in range(first, span.i)):
        return True
    if span.bare and lexemes[span.i - 1].text == "(" and drugs:
        return span.j + 1 in drugs  # "longer-term (3 months or more) glucocorticoids"
    return any(tagged(lexemes, k, "treating") for k in range(first, min(last, len(lexemes))))
