"""Diseases that a heading or statement names without being about them: prevented, beside the main one, a group."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest

CASES = [
    ("Atrial Fibrillation\n\nStroke Prevention\n\n• Apixaban is recommended.", ["atrial fibrillation"]),
    ("Prevention of Stroke in Atrial Fibrillation\n\n• Apixaban is recommended.", ["atrial fibrillation"]),
    ("Stroke Prevention\n\n• Clopidogrel is recommended.", ["stroke"]),
    ("Cirrhosis\n\nAntibiotics and Anemia\n\n• Ceftriaxone 1 g daily is recommended.", ["cirrhosis"]),
    ("Asthma\n\nPregnancy and Diabetes\n\n• Budesonide is recommended.", ["asthma"]),
    ("Gout\n\nSpecial Populations\n\nHeart Failure\n\n• Colchicine 0.6 mg daily is recommended.", ["gout"]),
    ("Stomatology\n\nOral Thrush\n\n• Nystatin is recommended.", ["oropharyngeal candidiasis"]),
    ("Pancreatitis\n\nFor pancreatitis with shock, norepinephrine is suggested.", ["pancreatitis"]),
    ("Migraine\n\nAmitriptyline is preferred in patients with obesity or epilepsy.", ["migraine"]),
    (
        "Osteoporosis\n\nRaloxifene is recommended for women whose main worry is breast cancer.",
        ["osteoporosis"],
    ),
    (
        "Atrial Fibrillation\n\nEdoxaban lowered stroke and bleeding more than warfarin.",
        ["atrial fibrillation"],
    ),
    ("Gout\n\nPatients with gout on allopurinol should receive colchicine.", ["gout"]),
    ("Iron Deficiency Anemia\n\nFerrous sulfate is recommended in this anemia.", ["iron deficiency anemia"]),
    (
        "Ulcerative Colitis\n\nInfliximab is recommended for acute severe ulcerative colitis.",
        ["ulcerative colitis"],
    ),
]


@pytest.mark.parametrize(("text", "diseases"), CASES)
def test_a_disease_in_passing(
    text: str, diseases: list[str], rows_of: Callable[..., list[dict[str, Any]]]
) -> None:
    assert [r["disease"] for r in rows_of(text)] == diseases
