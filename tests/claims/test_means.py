"""What is done and with which drug."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest

Values = Callable[..., list[tuple[Any, ...]]]

DEEDS = [
    ("Aortic dissection", "Control blood pressure with intravenous labetalol or nicardipine", ["labetalol", "nicardipine"]),
    ("Atrial fibrillation", "First, slow the ventricular rate with metoprolol", ["metoprolol"]),
    ("Hypercalcemia", "Restore volume with crystalloids and lower calcium with zoledronic acid", ["crystalloids", "zoledronic acid"]),
    ("Hyperthyroidism", "Before surgery, control heart rate with propranolol", ["propranolol"]),
    ("Intracranial hemorrhage", "Reverse warfarin with vitamin K", ["vitamin k"]),
    ("Peptic ulcer", "Protect the stomach of patients on aspirin with omeprazole", ["omeprazole"]),
    ("Heart failure", "Reduce sodium intake with the help of a dietitian", []),
    ("Gout", "Control of weight with exercise matters more than colchicine", []),
]  # fmt: skip


@pytest.mark.parametrize(("title", "text", "expected"), DEEDS, ids=[d[1][:40] for d in DEEDS])
def test_a_deed_with_a_drug(title: str, text: str, expected: list[str], values_of: Values) -> None:
    assert values_of(f"{title}\n\nInitial Steps\n\n- {text}\n", "drug", "direction") == [
        (d, "for") for d in expected
    ]
