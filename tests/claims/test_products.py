"""Combination products whose strengths stand between their names are one drug with the strengths as its components."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest

PRODUCTS = [
    (
        "In sinusitis, amoxicillin 875 mg/clavulanate 125 mg twice daily is recommended.",
        [("amoxicillin/clavulanate", 875.0, [875.0, 125.0], 2)],
    ),
    (
        "In hepatitis C, sofosbuvir 400 mg/velpatasvir 100 mg once daily is recommended.",
        [("sofosbuvir/velpatasvir", 400.0, [400.0, 100.0], 1)],
    ),
    (
        "In acne, drospirenone 3 mg/ethinyl estradiol 20 mcg once daily is recommended.",
        [("ethinyl estradiol/drospirenone", 3.0, [3.0, 0.02], 1)],
    ),
    (
        "In glaucoma, dorzolamide 2%/timolol 0.5%, 1 drop twice daily, is an option.",
        [("dorzolamide/timolol", 1.0, [], 2)],
    ),
    (
        "In acne, adapalene 0.1%/benzoyl peroxide 2.5% gel once daily is recommended.",
        [("adapalene/benzoyl peroxide", 0.1, [0.1, 2.5], 1)],
    ),
    (
        "In hypertension, amlodipine 5 mg plus valsartan 160 mg once daily is an option.",
        [("amlodipine", 5.0, [], 1), ("valsartan", 160.0, [], 1)],
    ),
]


@pytest.mark.parametrize(("sentence", "expected"), PRODUCTS, ids=[s[:40] for s, _ in PRODUCTS])
def test_products(
    sentence: str, expected: list[tuple[Any, ...]], rows_of: Callable[..., list[dict[str, Any]]]
) -> None:
    rows = rows_of(sentence)
    assert [(r["drug"], r["dose_low"], list(r["dose_components"]), r["frequency"]) for r in rows] == expected
