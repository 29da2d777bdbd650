"""Adjustments of a dose under the heading of its drug: labels of organ function and dialysis tell for whom, and name no drug."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest

Values = Callable[..., list[tuple[Any, ...]]]
COLUMNS = ("drug", "direction", "dose_low", "dose_role", "condition", "population")

TEXTS = [
    ("CrCl 30-60 mL/min: 100-200 mg daily", [("allopurinol", "for", 100.0, "reduced", "CrCl 30-60 mL/min", "")]),
    ("CrCl <30 mL/min: 50 mg daily", [("allopurinol", "for", 50.0, "reduced", "CrCl <30 mL/min", "renal impairment")]),
    ("eGFR 15-29: 50 mg daily", [("allopurinol", "for", 50.0, "reduced", "eGFR 15-29", "")]),
    ("Hemodialysis: 100 mg after each session", [("allopurinol", "for", 100.0, "regimen", "Hemodialysis", "")]),
    ("Hepatic impairment: avoid", [("allopurinol", "against", None, None, "", "hepatic impairment")]),
    ("Child-Pugh C: contraindicated", [("allopurinol", "against", None, None, "Child-Pugh C", "")]),
    ("Reduce to 100 mg daily if eGFR is below 30", [("allopurinol", "for", 100.0, "reduced", "if eGFR is below 30", "renal impairment")]),
    ("Alcohol: avoid", []),
    ("Mild renal impairment: no adjustment", []),
]  # fmt: skip


@pytest.mark.parametrize(("text", "expected"), TEXTS, ids=[t for t, _ in TEXTS])
def test_a_label_under_a_drug(text: str, expected: list[tuple[Any, ...]], values_of: Values) -> None:
    assert values_of(f"Treatment of gout\n\nAllopurinol\n\n- {text}\n", *COLUMNS) == expected


PARTS = [
    ("Mix 150 mg of amiodarone in 100 mL of dextrose.", "amiodarone"),
    ("Amiodarone 150 mg in 100 mL D5W over 10 minutes.", "amiodarone"),
    ("Give 250 mL of 10% dextrose.", "dextrose"),
    ("D50W 50 mL IV push.", "dextrose"),
]


@pytest.mark.parametrize(("text", "drug"), PARTS, ids=[t[:30] for t, _ in PARTS])
def test_what_a_drug_is_dissolved_in(text: str, drug: str, values_of: Values) -> None:
    assert {d for (d,) in values_of(f"Treatment of shock\n\n- {text}\n", "drug")} == {drug}
