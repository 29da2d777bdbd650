"""A claim keeps its name when wording, strength, direction, dose or citations change; another claim has another."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest

Rows = Callable[..., list[dict[str, Any]]]
BASE = "Treatment of Gout\n\n• Colchicine 0.5 mg twice daily is conditionally recommended as first-line therapy 1"

SAME = [
    BASE.replace("conditionally", "strongly"),
    BASE.replace("0.5 mg twice daily", "1 mg daily"),
    BASE.replace(" 1", " 2, 3"),
    BASE.replace("is conditionally recommended", "may be considered"),
    BASE.replace("is conditionally recommended", "should not be used"),
    BASE.replace("Treatment of Gout\n", "Treatment of Gout\n\nSome words about rest.\n"),
    BASE.replace("• ", "- "),
]
OTHER = [
    BASE.replace("Colchicine", "Naproxen"),
    BASE.replace("Gout", "Pericarditis"),
    BASE.replace("first-line", "second-line"),
    BASE.replace("first-line therapy", "first-line therapy in severe disease"),
    BASE.replace("0.5 mg twice daily ", ""),
]


@pytest.mark.parametrize("text", SAME)
def test_the_same_claim(text: str, rows_of: Rows) -> None:
    assert text != BASE
    assert [r["claim_id"] for r in rows_of(text)] == [r["claim_id"] for r in rows_of(BASE)]


@pytest.mark.parametrize("text", [*OTHER[:4]])
def test_another_claim(text: str, rows_of: Rows) -> None:
    assert [r["claim_id"] for r in rows_of(text)] != [r["claim_id"] for r in rows_of(BASE)]


def test_ids_are_readable_and_distinct(rows_of: Rows) -> None:
    text = (
        BASE
        + "\n• Colchicine is preferred as first-line therapy\n• Colchicine is preferred as first-line therapy again"
    )
    ids = [r["claim_id"] for r in rows_of(text)]
    assert len(set(ids)) == len(ids) == 3
    assert all(i.startswith("gout-colchicine-") for i in ids)


def test_line_breaks_do_not_matter(rows_of: Rows) -> None:
    joined = "Treatment of Gout\n\nColchicine is recommended as first-line therapy in adults with severe gout of the foot."
    broken = joined.replace(" in adults", "\nin adults")
    assert [r["claim_id"] for r in rows_of(broken)] == [r["claim_id"] for r in rows_of(joined)]
