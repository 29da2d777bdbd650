"""Which words may stand between two drugs of one list, and arrows that stand for a colon."""

from __future__ import annotations

import pytest

from pipeline.claims.cues.words import plain
from pipeline.claims.scope.lists import joined


@pytest.mark.parametrize(
    ("gap", "one_list"),
    [
        (", ", True),
        (" and/or ", True),
        (" or another oral ", True),
        (" (e.g., high-dose intravenous ", True),
        ("/", True),
        (" or, for example, low-dose ", True),
        (" instead of ", False),
        (" and/or" * 17 + " x", False),
        (" a-dose" * 16 + " x", False),
        (" and anti-", False),
    ],
)
def test_joined(gap: str, one_list: bool) -> None:
    assert joined(f"A{gap}B", 1, 1 + len(gap)) is one_list


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("If seizures go on → levetiracetam", "If seizures go on : levetiracetam"),
        ("Rash; if it spreads ⇒ stop lamotrigine", "Rash; if it spreads : stop lamotrigine"),
        ("Start low. When pain persists → duloxetine", "Start low. When pain persists : duloxetine"),
        ("Start at 5 mg daily → 10 mg daily", "Start at 5 mg daily → 10 mg daily"),
        ("Step 1 → Step 2 → Step 3", "Step 1 : Step 2 → Step 3"),
        ("Asthma → inhaled steroids", "Asthma → inhaled steroids"),
        ("If it fails→ lithium", "If it fails→ lithium"),
    ],
)
def test_arrows(text: str, expected: str) -> None:
    assert plain(text) == expected
