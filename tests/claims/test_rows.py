"""Which rows there are: drug, disease and direction of whole short texts of many fields."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest

Values = Callable[..., list[tuple[Any, ...]]]

ROWS = [
    # a title's second disease after "in" tells whom
    (
        "Anemia in Patients with Chronic Heart Failure\n\n• Ferrous sulfate is recommended.",
        [("ferrous sulfate", "anemia", "for")],
    ),
    # a group of patients under special populations is no other topic
    (
        "Treatment of Gout\n\nSpecial Populations\n\n• Heart failure: avoid naproxen\n• Acute gout: colchicine 1 mg",
        [("naproxen", "gout", "against"), ("colchicine", "gout", "for")],
    ),
    # each clause has its own direction
    (
        "Epilepsy. In pregnancy, lamotrigine is strongly recommended, and topiramate should not be started.",
        [("lamotrigine", "epilepsy", "for"), ("topiramate", "epilepsy", "against")],
    ),
    # a measured value is no treatment
    (
        "Heart failure. Eplerenone may be used in adults with potassium <5 mmol/L and normal magnesium.",
        [("eplerenone", "heart failure", "for")],
    ),
    ("Gout. Adults over 100 kg may need allopurinol 400 mg daily.", [("allopurinol", "gout", "for")]),
]


@pytest.mark.parametrize(("text", "expected"), ROWS)
def test_rows(text: str, expected: list[tuple[str, ...]], values_of: Values) -> None:
    assert values_of(text, "drug", "disease", "direction") == expected


def test_a_citation_after_the_word_class_is_no_grade(values_of: Values) -> None:
    text = "Hypertension\n\n• Thiazides: the preferred class 1\n• Atenolol (Class 2b)"
    assert values_of(text, "drug", "strength") == [
        ("thiazide diuretics", "unstated"),
        ("atenolol", "conditional"),
    ]
