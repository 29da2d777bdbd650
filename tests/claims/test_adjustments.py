"""Adjustments of a dose under the heading of its drug: labels of organ function and dialysis tell for whom, and name no drug."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest

Values = Callable[..., list[tuple[Any, ...]]]
COLUMNS = ("drug", "direction", "dose_low", "dose_role", "condition", "population")

TEXTS = [
    ("CrCl 30-60 mL/min: 100-200 mg daily", [("allopurinol", "for", 100.0, "reduced", "CrCl 30-60 mL/min", "")]),
    ("CrCl <30 mL/min: 50 mg daily", [("allopurinol", "for", 50.0, "reduced", "CrCl <30 mL/min", "renal impairment")]),
    ("eGFR 15-29: 50 mg daily", [("allopurinol", "for", 50.0, "reduced", "eGFR 15-29", "")]),
    ("Hemodialysis: 100 mg after each session", [("allopurinol", "for", 100.0, "regimen", "Hemodialysis", "")]),
    ("Hepatic impairment: avoid", [("allopurinol", "against", None, None, "", "hepatic impairment")]),
    ("Child-Pugh C: contraindicated", [("allopurinol", "against", None, None, "Child-Pugh C", "")]),
    ("Reduce to 100 mg daily if eGFR is below 30", [("allopurinol", "for", 100.0, "reduced", "if eGFR is below 30", "renal impairment")]),
    ("Alcohol: avoid", []),
    ("Mild renal impairment: no adjustment", []),
]  # fmt: skip


@pytest.mark.parametrize(("text", "expected"), TEXTS, ids=[t for t, _ in TEXTS])
def test_a_label_under_a_drug(text: str, expected: list[tuple[Any, ...]], values_of: Values) -> None:
    assert values_of(f"Treatment of gout\n\nAllopurinol\n\n- {text}\n", *COLUMNS) == expected


BESIDE = [
    ("- Rosuvastatin 20 mg daily is used\n- With cyclosporine: reduce to 5 mg daily",
     [("rosuvastatin", 20.0, ""), ("rosuvastatin", 5.0, "With cyclosporine")]),
    ("- Colchicine 0.6 mg twice daily is used\n- Reduce to 0.3 mg daily with clarithromycin",
     [("colchicine", 0.6, ""), ("colchicine", 0.3, "with clarithromycin")]),
    ("- Tofacitinib 10 mg daily is used\n  - Reduce to 5 mg daily with strong CYP3A4 inhibitors",
     [("tofacitinib", 10.0, ""), ("tofacitinib", 5.0, "with strong CYP3A4 inhibitors")]),
    ("- Lamotrigine is used: start 25 mg daily (12.5 mg daily with valproate)",
     [("lamotrigine", 25.0, ""), ("lamotrigine", 12.5, "with valproate")]),
    ("- Apixaban 5 mg twice daily is used; halve the dose with P-gp and strong CYP3A4 inhibitors",
     [("apixaban", 5.0, ""), ("apixaban", None, "with P-gp and strong CYP3A4 inhibitors")]),
    ("- Lenalidomide 25 mg daily with dexamethasone is used", [("lenalidomide", 25.0, ""), ("dexamethasone", None, "")]),
]  # fmt: skip


@pytest.mark.parametrize(("text", "expected"), BESIDE, ids=[t for t, _ in BESIDE])
def test_a_drug_that_a_dose_is_fitted_to(
    text: str, expected: list[tuple[Any, ...]], values_of: Values
) -> None:
    assert values_of(f"Treatment of gout\n\n{text}\n", "drug", "dose_low", "condition") == expected


def test_bands_under_a_bullet_that_names_no_drug(values_of: Values) -> None:
    text = (
        "Treatment of asthma\n\n- Dupilumab 300 mg every 2 weeks is recommended\n- Children aged 6 years and older:\n"
        "  - 15 to <30 kg: 300 mg every 4 weeks\n  - ≥30 kg: 200 mg every 2 weeks\n"
    )
    rows = values_of(text, "drug", "dose_low", "period", "condition")
    assert rows == [
        ("dupilumab", 300.0, 2.0, ""),
        ("dupilumab", 300.0, 4.0, "15 to <30 kg"),
        ("dupilumab", 200.0, 2.0, "≥30 kg"),
    ]


def test_only_the_mistake_itself_is_advised_against(values_of: Values) -> None:
    text = "Adrenal insufficiency\n\nCommon Pitfalls\n\n- Using dexamethasone first is a mistake; always start hydrocortisone.\n"
    assert values_of(text, "drug", "direction") == [("dexamethasone", "against"), ("hydrocortisone", "for")]


SITUATIONS = [
    ("Low-risk patients are treated with aspirin, and high-risk patients also receive warfarin.",
     [("aspirin", "low risk"), ("warfarin", "high risk")]),
    ("Outpatients are given amoxicillin, and low-risk patients should receive doxycycline.",
     [("amoxicillin", "outpatient"), ("doxycycline", "low risk")]),
    ("Patients at intermediate or high risk should receive heparin.", [("heparin", "high risk, intermediate risk")]),
    ("Cefazolin 2 g IV is given at induction.", [("cefazolin", "")]),
]  # fmt: skip


@pytest.mark.parametrize(("text", "expected"), SITUATIONS, ids=[t[:40] for t, _ in SITUATIONS])
def test_whose_setting_it_is(text: str, expected: list[tuple[str, str]], values_of: Values) -> None:
    assert values_of(f"Treatment of embolism\n\n{text}\n", "drug", "setting") == expected


def test_stopping_too_early_is_the_mistake(values_of: Values) -> None:
    text = "Autoimmune hepatitis\n\nCommon Pitfalls\n\n- Stopping azathioprine too early\n- Stop budesonide in cirrhosis\n"
    assert values_of(text, "drug", "direction") == [("budesonide", "against")]


def test_drugs_that_do_harm_stand_in_a_bracket(values_of: Values) -> None:
    text = (
        "Treatment of myasthenia gravis\n\n- Avoid drugs that worsen weakness (fluoroquinolones, magnesium sulfate)\n"
        "- Drugs that lower the seizure threshold (e.g., bupropion) should be avoided\n- Hold agents that may impair breathing, such as midazolam\n"
    )
    assert values_of(text, "drug", "direction") == [
        ("fluoroquinolones", "against"),
        ("magnesium sulfate", "against"),
        ("bupropion", "against"),
        ("midazolam", "against"),
    ]


MISTAKES = [
    ("Gout", "Tapering prednisone below 10 mg/day within a week", []),
    ("Hypertension", "Overuse of loop diuretics", [("loop diuretics", "against")]),
    ("Acute bronchitis", "Routine use of azithromycin in healthy adults", [("azithromycin", "against")]),
    ("Ulcerative colitis", "Premature discontinuation of mesalamine", []),
    ("Heart failure", "Not prescribing spironolactone", [("spironolactone", "for")]),
    ("Heart failure", "Not checking potassium before starting spironolactone", []),
    ("Psoriasis", "Failing to give folic acid with methotrexate", []),
    ("Angina", "Monotherapy with isosorbide dinitrate", [("isosorbide dinitrate", "against")]),
    ("Otitis media", "Unnecessary antibiotics for an effusion", [("antibiotics", "against")]),
    ("Sepsis", "Empiric antibiotics are given within an hour", [("antibiotics", "for")]),
    (
        "Otitis media",
        "Use of amoxicillin should be limited to 5 days in older children",
        [("amoxicillin", "for")],
    ),
]


@pytest.mark.parametrize(("title", "text", "expected"), MISTAKES, ids=[m[1][:30] for m in MISTAKES])
def test_nouns_of_mistakes(title: str, text: str, expected: list[tuple[str, str]], values_of: Values) -> None:
    assert values_of(f"{title}\n\nCommon Pitfalls\n\n- {text}\n", "drug", "direction") == expected


def test_a_deficiency_that_is_corrected(values_of: Values) -> None:
    text = "Anemia of chronic kidney disease\n\nCorrect iron deficiency first and then start epoetin alfa.\n"
    assert values_of(text, "drug", "disease") == [("epoetin alfa", "anemia of chronic kidney disease")]


PARTS = [
    ("Mix 150 mg of amiodarone in 100 mL of dextrose.", "amiodarone"),
    ("Amiodarone 150 mg in 100 mL D5W over 10 minutes.", "amiodarone"),
    ("Give 250 mL of 10% dextrose.", "dextrose"),
    ("D50W 50 mL IV push.", "dextrose"),
]


@pytest.mark.parametrize(("text", "drug"), PARTS, ids=[t[:30] for t, _ in PARTS])
def test_what_a_drug_is_dissolved_in(text: str, drug: str, values_of: Values) -> None:
    assert {d for (d,) in values_of(f"Treatment of shock\n\n- {text}\n", "drug")} == {drug}
