"""Advice against a drug in brackets behind its dose: a row of its own beside the dose."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest

Values = Callable[..., list[tuple[Any, ...]]]
COLUMNS = ("drug", "direction", "dose_low", "condition")

TEXTS = [
    ("Digoxin 0.25 mg daily (avoid in hypokalemia).",
     [("digoxin", "for", 0.25, ""), ("digoxin", "against", None, "in hypokalemia")]),
    ("Metoprolol 25 mg twice daily (contraindicated in heart block) slows the rate.",
     [("metoprolol", "for", 25.0, ""), ("metoprolol", "against", None, "in heart block")]),
    ("Amiodarone: 150 mg IV over 10 minutes (omit if already on sotalol), then 1 mg/min.",
     [("amiodarone", "for", 150.0, ""), ("amiodarone", "against", None, "if already on sotalol"),
      ("amiodarone", "for", 1.0, "")]),
    ("Diltiazem 120 mg once daily (not in brackets of advice).", [("diltiazem", "for", 120.0, "")]),
    ("Flecainide (avoid in coronary disease).",
     [("flecainide", "for", None, ""), ("flecainide", "against", None, "in coronary disease")]),
    ("Propranolol (avoid in asthma), verapamil (avoid in heart failure), or digoxin 0.25 mg daily.",
     [("propranolol", "for", None, ""), ("propranolol", "against", None, "in asthma"),
      ("verapamil", "for", None, ""), ("verapamil", "against", None, "in heart failure"),
      ("digoxin", "for", 0.25, "")]),
    ("Give metoprolol 5 mg IV (avoid in shock) or diltiazem 20 mg IV.",
     [("metoprolol", "for", 5.0, ""), ("metoprolol", "against", None, "in shock"), ("diltiazem", "for", 20.0, "")]),
    ("Dofetilide 500 mcg twice daily; do not use with verapamil.",
     [("dofetilide", "for", 500.0, ""), ("dofetilide", "against", None, "with verapamil")]),
    ("Sotalol 80 mg twice daily; avoid in asthma and kidney failure.",
     [("sotalol", "for", 80.0, ""), ("sotalol", "against", None, "in asthma and kidney failure")]),
]  # fmt: skip


@pytest.mark.parametrize(("text", "expected"), TEXTS, ids=[t[:30] for t, _ in TEXTS])
def test_a_bracket_against_the_drug_is_a_row_of_its_own(
    values_of: Values, text: str, expected: list[tuple[Any, ...]]
) -> None:
    assert values_of(f"Treatment of atrial fibrillation\n\n- {text}\n", *COLUMNS) == expected
