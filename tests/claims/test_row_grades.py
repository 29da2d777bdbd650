"""Columns of tables that tell the grade of their row: class, level, letter, strength, certainty, alone or two in one cell."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest

Values = Callable[..., list[tuple[Any, ...]]]
COLUMNS = ("drug", "direction", "strength", "certainty", "grade_text", "grade_system")

TABLES = {
    "the level of evidence beside a class": (
        "Treatment of heart failure\n\n| Drug | Dose | Class | Evidence |\n|---|---|---|---|\n"
        "| Bisoprolol | 1.25 mg daily | I | Level A |\n| Ivabradine | 5 mg twice daily | IIa | B-R |\n| Digoxin | 125 mcg daily | IIb | Two trials |\n",
        [("bisoprolol", "for", "strong", "high", "I, Level A", "ACC/AHA"),
         ("ivabradine", "for", "conditional", "moderate", "IIa, B-R", "ACC/AHA"),
         ("digoxin", "for", "conditional", "unstated", "IIb", "ACC/AHA")],
    ),
    "class and level in one cell": (
        "Treatment of aortic stenosis\n\n| Drug | COR/LOE |\n|---|---|\n"
        "| Ramipril | 1/A |\n| Furosemide | 2a, B-NR |\n| Nifedipine | 3: Harm/C-LD |\n",
        [("ramipril", "for", "strong", "high", "1/A", "ACC/AHA"),
         ("furosemide", "for", "conditional", "moderate", "2a, B-NR", "ACC/AHA"),
         ("nifedipine", "against", "strong", "low", "3: Harm/C-LD", "ACC/AHA")],
    ),
    "signs of certainty": (
        "Treatment of acromegaly\n\n| Drug | Strength | Certainty |\n|---|---|---|\n"
        "| Octreotide | Strong | ⊕⊕⊕⊕ |\n| Cabergoline | Conditional | ⊕⊕○○ |\n| Bromocriptine | Weak against | ⊕○○○ |\n",
        [("octreotide", "for", "strong", "high", "Strong, ⊕⊕⊕⊕", "GRADE"),
         ("cabergoline", "for", "conditional", "low", "Conditional, ⊕⊕○○", "GRADE"),
         ("bromocriptine", "against", "conditional", "very low", "Weak against, ⊕○○○", "GRADE")],
    ),
    "strength and certainty in one cell": (
        "Treatment of pouchitis\n\n| Drug | Recommendation |\n|---|---|\n"
        "| Metronidazole | Strong; high |\n| Rifaximin | Weak / very low |\n| Bismuth | Strong against, moderate |\n| Budesonide | Conditional ⊕⊕⊕○ |\n",
        [("metronidazole", "for", "strong", "high", "Strong; high", "GRADE"),
         ("rifaximin", "for", "conditional", "very low", "Weak / very low", "GRADE"),
         ("bismuth", "against", "strong", "moderate", "Strong against, moderate", "GRADE"),
         ("budesonide", "for", "conditional", "moderate", "Conditional ⊕⊕⊕○", "GRADE")],
    ),
    "letters below 'Grade'": (
        "Treatment of psoriasis\n\n| Drug | Grade of recommendation | Level of evidence |\n|---|---|---|\n"
        "| Calcipotriol | A | 1b |\n| Acitretin | B | 2b |\n",
        [("calcipotriene", "for", "strong", "high", "A, 1b", "Oxford"),
         ("acitretin", "for", "conditional", "moderate", "B, 2b", "Oxford")],
    ),
    "evidence told in words is no certainty": (
        "Treatment of chilblains\n\n| Drug | Dose | Evidence |\n|---|---|---|\n"
        "| Nifedipine | 20 mg twice daily | A trial of 20 patients |\n| Pentoxifylline | 400 mg three times daily | Class effect |\n",
        [("nifedipine", "for", "unstated", "unstated", None, None),
         ("pentoxifylline", "for", "unstated", "unstated", None, None)],
    ),
}  # fmt: skip


@pytest.mark.parametrize(("text", "expected"), TABLES.values(), ids=TABLES)
def test_the_grade_of_a_row(text: str, expected: list[tuple[Any, ...]], values_of: Values) -> None:
    assert values_of(text, *COLUMNS) == expected
