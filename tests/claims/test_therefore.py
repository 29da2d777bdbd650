"""Reasons before what follows from them, and doses at which something else is done."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest

Values = Callable[..., list[tuple[Any, ...]]]

REASONS = [
    ("NSAIDs raise blood pressure, so acetaminophen is preferred.", ["acetaminophen for"]),
    ("Enzyme inducers such as carbamazepine make the pill unreliable, so an IUD is advised.", []),
    ("Fluoxetine inhibits CYP2D6, so monitoring is advised.", []),
    ("Thiazides lose their effect at a low eGFR, and so furosemide is used instead.", ["furosemide for"]),
    ("Although sumatriptan works quickly, naratriptan is preferred in older adults.", ["naratriptan for"]),
    (
        "Whereas heparin, dalteparin, and warfarin need injections or monitoring, apixaban is recommended.",
        ["apixaban for"],
    ),
    (
        "While ramipril is recommended for most, losartan is preferred in cough.",
        ["ramipril for", "losartan for"],
    ),
    ("Although triptans cost more, they are preferred.", ["triptans for"]),
    ("Although data are limited, losartan or valsartan is recommended.", ["losartan for", "valsartan for"]),
    # the drug itself, or advice before
    ("Amlodipine is cheap and effective, so it is recommended.", ["amlodipine for"]),
    ("Ramipril is cleared by the kidney, so lower doses are recommended.", ["ramipril for"]),
    ("Avoid NSAIDs, so acetaminophen is preferred.", ["nsaids against", "acetaminophen for"]),
]

REACHED = [
    (
        "Titrate norepinephrine; once 0.25 mcg/kg/min is reached, add vasopressin 0.03 units/min.",
        [("norepinephrine", None), ("vasopressin", 0.03)],
    ),
    (
        "Start metformin 500 mg daily; when 2000 mg is not enough, add empagliflozin 10 mg.",
        [("metformin", 500), ("empagliflozin", 10)],
    ),
    ("Increase levetiracetam until 3000 mg/day is reached.", [("levetiracetam", 3000)]),
]


@pytest.mark.parametrize(("sentence", "expected"), REASONS, ids=[s for s, _ in REASONS])
def test_a_reason_is_no_advice(sentence: str, expected: list[str], values_of: Values) -> None:
    found = values_of(f"Treatment of hypertension\n\n{sentence}\n", "drug", "direction")
    assert [f"{drug} {direction}" for drug, direction in found] == expected


@pytest.mark.parametrize(("sentence", "expected"), REACHED, ids=[s for s, _ in REACHED])
def test_a_dose_at_which_something_is_done(
    sentence: str, expected: list[tuple[str, float | None]], values_of: Values
) -> None:
    assert values_of(f"Treatment of shock\n\n{sentence}\n", "drug", "dose_high") == expected


@pytest.mark.parametrize(
    "age", ["Age under 55", "Age below 18", "Older than 65", "Age at least 12", "Aged 18 to 49"]
)
def test_an_age_in_a_label_is_no_citation(age: str, values_of: Values) -> None:
    assert values_of(f"Hypertension\n\n• {age}: give amlodipine\n", "condition", "cites") == [(age, "")]
