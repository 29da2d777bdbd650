"""Steps of a dose, told one a bullet under a label of time: the part of each, and how long it is given."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest

Values = Callable[..., list[tuple[Any, ...]]]
COLUMNS = ("dose_low", "dose_role", "duration_low", "duration_unit")

TEXTS = [
    (
        "Lamotrigine\n\n- Weeks 1-2: 25 mg daily\n- Weeks 3-4: 50 mg daily\n- Maintenance: 100-200 mg twice daily",
        [(25.0, "start", 2.0, "wk"), (50.0, "target", 2.0, "wk"), (100.0, "maintenance", None, None)],
    ),
    (
        "Semaglutide\n\n- Weeks 1-4: 0.25 mg weekly\n- Weeks 5-8: 0.5 mg weekly\n- Week 9 onward: 1 mg weekly",
        [(0.25, "start", 4.0, "wk"), (0.5, "target", 4.0, "wk"), (1.0, "target", None, None)],
    ),
    (
        "Apixaban\n\n- Days 1-7: 10 mg twice daily\n- Day 8 onward: 5 mg twice daily",
        [(10.0, "loading", 7.0, "d"), (5.0, "maintenance", None, None)],
    ),
    (
        "Prednisone\n\n- Week 1: 40 mg daily\n- Week 2: 30 mg daily\n- Week 3: 20 mg daily",
        [(40.0, "regimen", 1.0, "wk"), (30.0, "regimen", 1.0, "wk"), (20.0, "regimen", 1.0, "wk")],
    ),
    (
        "- Sertraline 50 mg daily\n- Sertraline 100 mg daily",
        [(50.0, "regimen", None, None), (100.0, "regimen", None, None)],
    ),
]


@pytest.mark.parametrize(("text", "expected"), TEXTS, ids=[t[:20] for t, _ in TEXTS])
def test_steps_over_bullets(text: str, expected: list[tuple[Any, ...]], values_of: Values) -> None:
    assert values_of(f"Treatment of Bipolar Disorder\n\nDosing\n\n{text}\n", *COLUMNS) == expected
