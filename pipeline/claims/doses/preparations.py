"""Amounts that tell a preparation: the strengths of a combination product, and what a dose is diluted in."""

from __future__ import annotations

from dataclasses import replace

from pipeline.claims.doses.amounts import ratio, unit_at
from pipeline.claims.doses.draft import Statement
from pipeline.claims.doses.items import Amount
from pipeline.claims.doses.numbers import Lexemes, low_at, number_at, tagged
from pipeline.claims.doses.tables import Unit
from pipeline.claims.doses.words import words

_DILUENTS = words("diluents")

_FORMS = words("forms")


def _in_unit(value: float, unit: Unit, wanted: Unit) -> float:
    """A strength in the unit of the product's first one: 20 mcg is 0.02 mg."""
    return round(value * (ratio(unit, wanted) or 1.0), 9)


def of_products(statement: Statement, amounts: list[Amount]) -> list[Amount]:
    """The amounts, with the strengths of one product as one: "X 875 mg/Y 125 mg"."""
    out: list[Amount] = []
    for amount in amounts:
        before = out[-1] if out else None
        if before is not None and before.unit and amount.unit and low_at(statement.lexemes, before.j) == "/":
            between = range(before.j + 1, amount.i)
            named = any(k in statement.drugs for k in between) and len(between) <= 4
            if named and before.unit.dimension == amount.unit.dimension and before.low is not None:
                second = () if amount.low is None else (_in_unit(amount.low, amount.unit, before.unit),)
                out[-1] = replace(
                    amount,
                    i=before.i,
                    text_i=before.i,
                    low=before.low,
                    high=before.high,
                    unit=before.unit,
                    components=(*(before.components or (before.low,)), *second),
                )
                continue
        out.append(amount)
    return out


def dilutes(lexemes: Lexemes, amount: Amount) -> bool:
    """Whether an amount is what a dose is diluted in ("in 100 mL of saline")."""
    return (
        amount.unit is not None
        and amount.unit.dimension == "volume"
        and low_at(lexemes, amount.i - 1) == "in"
    )


def made_up_of(lexemes: Lexemes, amount: Amount) -> bool:
    """Whether an amount is what a dose before it is made up of ("30 mg SC, given as three 10 mg injections", "600 mg (two
    300-mg injections)")."""
    if low_at(lexemes, amount.i - 1) == "of" and low_at(lexemes, amount.i - 2) in _FORMS:
        # "160 mg (given as two injections of 80 mg)"
        return number_at(lexemes, amount.i - 3) is not None and low_at(lexemes, amount.i - 4) in ("as", "(")
    return (
        number_at(lexemes, amount.i - 1) is not None
        and low_at(lexemes, amount.i - 2) in ("as", "(")
        and low_at(lexemes, amount.j) in _FORMS
    )


def diluent(statement: Statement, k: int) -> int:
    """The lexeme behind "in 100 mL of saline" at `k`, in which a dose is diluted; `k` where nothing like it stands there."""
    lexemes = statement.lexemes
    unit = unit_at(lexemes, k + 2)
    if number_at(lexemes, k + 1) is None or unit is None or unit.dimension != "volume":
        return k
    end = k + 3
    while end < len(lexemes) and end < k + 9:
        percent = number_at(lexemes, end) is not None and low_at(lexemes, end + 1) == "%"
        if percent:
            end += 2
        elif low_at(lexemes, end) in _DILUENTS or tagged(lexemes, end, "form"):
            end += 1
        else:
            break
    return end
