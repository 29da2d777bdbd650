"""Columns that hold words as written keep the article's own dashes, apostrophes and spaces."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

Rows = Callable[..., list[dict[str, Any]]]


def test_words_as_written(rows_of: Rows) -> None:
    text = (
        "How is gout treated?\n\nIn Crohn’s Disease\n\n"
        "• In stage 3–5 kidney disease, prednisone 30–40 mg daily for 7–10 days if the patient’s pain stays above 5–6 "
        "(strong recommendation, low‑quality evidence)"
    )
    (row,) = rows_of(text)
    assert row["dose_text"] == "30–40 mg daily for 7–10 days"
    assert row["condition"][-2:] == ["In stage 3–5 kidney disease", "if the patient’s pain stays above 5–6"]
    assert row["grade_text"] == "strong recommendation, low‑quality evidence"


def test_words_from_above_as_written(rows_of: Rows) -> None:
    rows = rows_of(
        "How is gout treated?\n\nFor stage 3–5 kidney disease, choose one of these:\n\n• Prednisone 30-40 mg\n• Colchicine 0.5–1 mg"
    )
    assert [row["condition"] for row in rows] == [["For stage 3–5 kidney disease"]] * 2
    assert [row["dose_text"] for row in rows] == ["30-40 mg", "0.5–1 mg"]
