"""What a guideline leaves open gives no row; what stands beside it keeps its own."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest

Values = Callable[..., list[tuple[Any, ...]]]

TEXTS = [
    ("There is insufficient evidence to recommend for or against glucosamine, vitamin D, zinc, or magnesium.", ""),
    ("There is insufficient evidence to recommend azithromycin in children, but montelukast is recommended.", "montelukast for"),
    ("There is not enough evidence to recommend vitamin C.", ""),
    ("There are insufficient data to support the use of esmolol in adults.", ""),
    ("We make no recommendation for or against the use of lithium.", ""),
    ("The guideline makes no recommendation on esketamine.", ""),
    ("The evidence is insufficient to support routine use of heparin; low-dose aspirin is recommended.", "aspirin for"),
    ("Evidence for magnesium is insufficient.", ""),
    ("The panel recommends neither for nor against ivermectin.", ""),
    ("Data are insufficient to recommend clindamycin over doxycycline.", ""),
    ("Because evidence is insufficient to recommend clarithromycin, use amoxicillin.", "amoxicillin for"),
    ("Zinc and magnesium have insufficient evidence and should not be used.", "zinc against, magnesium against"),
    ("Routine vitamin D is not recommended because of insufficient evidence.", "vitamin d against"),
    ("There is no evidence to support the use of codeine.", "codeine against"),
    ("Naproxen may be considered, although evidence is limited.", "naproxen for"),
    ("- Zinc: insufficient evidence\n- Naproxen 500 mg twice daily", "naproxen for"),
    ("- Zinc, magnesium (evidence insufficient)\n- Naproxen 500 mg twice daily", "naproxen for"),
    ("There is insufficient evidence to recommend for or against the following:\n\n- Zinc\n- Magnesium 400 mg daily", ""),
    ("Insufficient Evidence\n\n- Zinc\n- Magnesium 400 mg daily\n\nPreferred Agents\n\n- Naproxen 500 mg twice daily", "naproxen for"),
    ("No Recommendation For or Against\n\n- Zinc\n- Codeine should be avoided", "codeine against"),
]  # fmt: skip


@pytest.mark.parametrize(("text", "expected"), TEXTS, ids=[t[:50] for t, _ in TEXTS])
def test_what_is_left_open(text: str, expected: str, values_of: Values) -> None:
    found = values_of(f"Treatment of Bronchitis\n\n{text}\n", "drug", "direction")
    assert ", ".join(f"{drug} {direction}" for drug, direction in found) == expected
