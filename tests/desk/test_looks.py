"""Which statements deserve a look: tables of one article's rows."""

from __future__ import annotations

from typing import Any

import pyarrow as pa
import pytest

from pipeline.desk.looks import REASONS, Lookout

IN_QUOTE = ({"field": "direction", "start": 2, "end": 5, "rule": "direction.for.give"},)


def row(n: int, **given: Any) -> dict[str, Any]:
    return {
        "claim_id": f"c{n}", "drug": "lisinopril", "drug_kind": "ingredient", "drug_code": "RXNORM:29046",
        "disease": "hypertension", "disease_origin": "title", "direction": "for", "kind": "recommendation",
        "quote": f"Give it, case {n}.", "char_start": 40 * n, "char_end": 40 * n + 20, "dose_low": None, "dose_high": None,
        "dose_unit": None, "dose_basis": None, "daily_unit": None, "daily_high": None, "cites": [], "provenance": (),
    } | given  # fmt: skip


def dose(low: float, unit: str | None = "mg", basis: str = "flat") -> dict[str, Any]:
    return {"dose_low": low, "dose_high": low, "dose_unit": unit, "dose_basis": basis} | (
        {"daily_unit": unit, "daily_high": low} if unit else {}
    )


def reasons(
    rows: list[dict[str, Any]],
    others: list[dict[str, Any]] | None = None,
    disputed: dict[str, str] | None = None,
):
    table = pa.table(
        {c: [r[c] for r in [*rows, *(others or [])]] for c in ("drug", "daily_unit", "daily_high")}
    )
    found = Lookout(table).looks_of(rows, disputed)
    return {name: [look.reason for look in looks] for name, looks in found.items()}


PLAIN = [row(n) for n in range(8)]


@pytest.mark.parametrize(
    ("given", "expected"),
    [
        ({}, []),
        ({"disease": "gout"}, ["lone"]),
        ({"direction": "unstated"}, ["unstated"]),
        ({"direction": "against"}, ["above"]),
        ({"direction": "against", "quote": "Avoid it."}, []),
        ({"direction": "against", "char_start": 0, "provenance": IN_QUOTE}, []),
        ({"quote": "Give it unless potassium is high."}, ["except"]),
        ({"quote": "It was given unless it failed.", "kind": "evidence"}, []),
        ({"provenance": ({"field": "drug", "start": 0, "end": 4, "rule": "drug.inherited"},)}, ["carried"]),
        ({"drug_code": None}, ["unknown"]),
        ({"drug_code": None, "drug_kind": "class"}, []),
        ({"quote": "Give it. " * 40}, ["long"]),
        (dose(10, None), ["unit"]),
        (dose(5, None, "auc"), []),
        ({"disease": "gout", "drug_code": None, "direction": "unstated"}, ["lone", "unstated", "unknown"]),
    ],
)  # fmt: skip
def test_reasons_of_one_statement(given, expected):
    found = reasons([*PLAIN, row(9, **given)])
    assert found == ({"c9": expected} if expected else {})


def test_in_a_short_article_no_disease_stands_out():
    assert reasons([*PLAIN[:5], row(9, disease="gout")]) == {}


def test_one_sentence_on_two_diseases_that_it_names_itself():
    both = [row(9, disease=name, disease_origin="statement") for name in ("gout", "gout flare")]
    both[1]["claim_id"] = "c10"
    assert reasons([*PLAIN[:5], *both]) == {"c9": ["diseases"], "c10": ["diseases"]}
    titled = [r | {"disease_origin": "title"} for r in both]
    assert reasons([*PLAIN[:5], *titled]) == {}


@pytest.mark.parametrize(
    ("here", "usual", "expected"),
    [
        (200, [10, 20, 20, 40], ["dose"]),
        (2, [10, 20, 20, 40], ["dose"]),
        (80, [10, 20, 20, 40], []),
        (200, [10, 20], []),
    ],
)
def test_a_dose_unlike_those_of_other_statements(here, usual, expected):
    others = [row(n + 20, **dose(amount)) for n, amount in enumerate(usual)]
    found = reasons([*PLAIN, row(9, **dose(here))], others)
    assert found == ({"c9": expected} if expected else {})


def test_what_is_disputed_comes_first():
    assert reasons([*PLAIN, row(9, drug_code=None)], disputed={"c9": "This article also says otherwise"}) == {
        "c9": ["dispute", "unknown"]
    }
    assert REASONS[0] == "dispute"
