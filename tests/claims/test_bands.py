"""Doses in one sentence, each for a band of what is measured, an age or a severity of its own."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest

Values = Callable[..., list[tuple[Any, ...]]]
COLUMNS = ("drug", "dose_low", "dose_role", "condition", "population")

TEXTS = [
    ("Pneumonia. Piperacillin 4 g every 6 hours (CrCl >40 mL/min), 3 g every 6 hours (CrCl 20-40) or 2 g every 8 hours (CrCl <20).",
     [("piperacillin", 4.0, "regimen", "CrCl >40 mL/min", ""), ("piperacillin", 3.0, "reduced", "CrCl 20-40", ""),
      ("piperacillin", 2.0, "reduced", "CrCl <20", "renal impairment")]),
    ("Malaria. Primaquine 0.5 mg/kg daily if under 30 kg, 15 mg daily if 30 kg or more.",
     [("primaquine", 0.5, "regimen", "if under 30 kg", ""), ("primaquine", 15.0, "regimen", "if 30 kg or more", "")]),
    ("Heart failure: spironolactone 25 mg daily when potassium is below 5.0 mmol/L and 12.5 mg daily when potassium is 5.0-5.5 mmol/L.",
     [("spironolactone", 25.0, "regimen", "when potassium is below 5.0 mmol/L", ""),
      ("spironolactone", 12.5, "regimen", "when potassium is 5.0-5.5 mmol/L", "")]),
    ("Psoriasis: ustekinumab 45 mg for patients weighing up to 100 kg, and 90 mg for those above 100 kg.",
     [("ustekinumab", 45.0, "regimen", "for patients weighing up to 100 kg", ""),
      ("ustekinumab", 90.0, "regimen", "for those above 100 kg", "")]),
    ("Gout. CrCl ≥60: allopurinol 300 mg daily; CrCl 30-59: 200 mg daily.",
     [("allopurinol", 300.0, "regimen", "CrCl ≥60", ""), ("allopurinol", 200.0, "reduced", "CrCl 30-59", "")]),
    ("Hepatitis C: ribavirin 800 mg daily (Child-Pugh B), 600 mg daily (Child-Pugh C).",
     [("ribavirin", 800.0, "reduced", "Child-Pugh B", ""), ("ribavirin", 600.0, "reduced", "Child-Pugh C", "")]),
    ("Hypertension. Atenolol 50 mg daily, or 25 mg daily if eGFR is below 35 mL/min.",
     [("atenolol", 50.0, "regimen", "", ""), ("atenolol", 25.0, "reduced", "if eGFR is below 35 mL/min", "renal impairment")]),
    ("Fever. Acetaminophen: children 15 mg/kg every 6 hours, adults 1 g every 6 hours.",
     [("acetaminophen", 15.0, "regimen", "", "children"), ("acetaminophen", 1.0, "regimen", "", "adults")]),
    ("Venous thromboembolism. Fondaparinux 5 mg daily (under 50 kg), 7.5 mg (50-100 kg).",
     [("fondaparinux", 5.0, "regimen", "under 50 kg", ""), ("fondaparinux", 7.5, "regimen", "50-100 kg", "")]),
    ("Hepatitis. Argatroban 2 mcg/kg/min; 0.5 mcg/kg/min in hepatic dysfunction.",
     [("argatroban", 2.0, "regimen", "", ""), ("argatroban", 0.5, "reduced", "", "hepatic impairment")]),
    ("Shock. Norepinephrine 5 mcg/min is titrated to a mean arterial pressure of 65-70 mmHg.",
     [("norepinephrine", 5.0, "regimen", "", "")]),
    ("Anemia. Epoetin alfa 50 units/kg three times weekly, with a target hemoglobin of 10-11 g/dL.",
     [("epoetin alfa", 50.0, "regimen", "", "")]),
]  # fmt: skip


@pytest.mark.parametrize(("text", "expected"), TEXTS, ids=[t[:50] for t, _ in TEXTS])
def test_each_dose_has_its_own_band(text: str, expected: list[tuple[Any, ...]], values_of: Values) -> None:
    assert values_of(text, *COLUMNS) == expected
