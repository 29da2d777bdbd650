"""Foods, drinks and other exposures that are avoided beside a drug: neither the drug nor what is avoided has a row against it."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest

CASES = [
    ("Dyslipidemia\n\n• Statins: avoid grapefruit juice", [("statins", "for", "")]),
    ("Giardiasis\n\n• Avoid alcohol with metronidazole.", []),
    ("Giardiasis\n\nAlcohol should be avoided with metronidazole and tinidazole.", []),
    ("Giardiasis\n\n• Metronidazole 500 mg twice daily\n  • Avoid alcohol\n  • Avoid in pregnancy",
     [("metronidazole", "for", ""), ("metronidazole", "against", "")]),
    ("Giardiasis\n\nMetronidazole is recommended. Avoid alcohol for 3 days.", [("metronidazole", "for", "")]),
    ("Giardiasis\n\nAvoid alcohol and codeine.", [("codeine", "against", "")]),
    ("Giardiasis\n\nAvoid alcohol with metronidazole and give ondansetron.", [("ondansetron", "for", "")]),
    ("Asthma\n\nLimit caffeine with theophylline.", []),
    ("Hypothyroidism\n\n• Levothyroxine: do not take with coffee or calcium", [("levothyroxine", "for", "")]),
    ("Hypothyroidism\n\nLevothyroxine should not be taken with calcium carbonate.", [("levothyroxine", "against", "calcium")]),
    ("Hypothyroidism\n\nDo not take levothyroxine with iron or calcium.", [("levothyroxine", "against", "calcium, iron")]),
    ("Lyme disease\n\nDoxycycline must not be taken with milk or antacids.", []),
    ("Lyme disease\n\n• Doxycycline: not with milk, iron or antacids", [("doxycycline", "for", "")]),
    ("Atrial fibrillation\n\n• Warfarin: do not take with cranberry juice", [("warfarin", "for", "")]),
    ("Bipolar disorder\n\nAvoid dehydration with lithium. Avoid sun exposure during chlorpromazine treatment.", []),
    ("Psoriasis\n\nAvoid pregnancy while taking methotrexate.", []),
    ("HIV infection\n\nAvoid efavirenz with fatty meals. Efavirenz: avoid taking with fatty food.", []),
    ("Gout\n\nAvoid colchicine with grapefruit or clarithromycin.", [("colchicine", "against", "clarithromycin")]),
    ("Osteoporosis\n\n• Alendronate: not with food or calcium", [("alendronate", "for", "")]),
    ("HIV infection\n\n• Raltegravir: not with antacids", [("raltegravir", "against", "antacids")]),
    ("Parkinson disease\n\nLevodopa should not be taken with protein-rich meals.", []),
    ("Psoriasis\n\nAvoid methotrexate in pregnancy.", [("methotrexate", "against", "")]),
    ("Migraine\n\nDo not take ibuprofen in pregnancy.", [("ibuprofen", "against", "")]),
    ("Migraine\n\nThose who do not take propranolol may receive topiramate.", [("topiramate", "for", "")]),
]  # fmt: skip


@pytest.mark.parametrize(("text", "expected"), CASES, ids=[t for t, _ in CASES])
def test_exposures(text: str, expected: list[tuple[str, ...]], values_of: Callable[..., Any]) -> None:
    assert values_of(text, "drug", "direction", "with_drugs") == expected
