"""Doses in tables: in HTML, in bars, in tabs; columns of frequency and duration, notes, and rows without a drug."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest

Values = Callable[..., list[tuple[Any, ...]]]

COLUMNS = ("drug", "direction", "condition", "dose_low", "frequency", "period", "duration_low", "dose_role")
HEAD = "Treatment of Lyme disease\n\nThe doses are as follows:\n\n"

TABLES = {
    "frequency and duration": (
        "| Drug | Dose | Frequency | Duration |\n|---|---|---|---|\n"
        "| Doxycycline | 100 mg | twice daily | 10 days |\n| Cefuroxime | 500 mg | every 12 hours | 14 days |\n",
        [("doxycycline", "for", "", 100.0, 2, 1.0, 10.0, "regimen"),
         ("cefuroxime", "for", "", 500.0, 1, 12.0, 14.0, "regimen")],
    ),
    "a note is a row of its own": (
        "| Drug | Dose | Comments |\n| --- | --- | --- |\n"
        "| Doxycycline | 100 mg twice daily | Avoid in pregnancy |\n| Amoxicillin | 500 mg three times daily | |\n",
        [("doxycycline", "for", "", 100.0, 2, 1.0, None, "regimen"),
         ("doxycycline", "against", "", None, None, None, None, None),
         ("amoxicillin", "for", "", 500.0, 3, 1.0, None, "regimen")],
    ),
    "a column of those who must not have it": (
        "| Drug | Dose | Not for |\n| --- | --- | --- |\n"
        "| Doxycycline | 100 mg once daily | Pregnancy |\n| Amoxicillin | 500 mg once daily | Mononucleosis |\n"
        "| Azithromycin | 250 mg once daily | None |\n",
        [("doxycycline", "for", "", 100.0, 1, 1.0, None, "regimen"),
         ("doxycycline", "against", "Pregnancy", None, None, None, None, None),
         ("amoxicillin", "for", "", 500.0, 1, 1.0, None, "regimen"),
         ("amoxicillin", "against", "Mononucleosis", None, None, None, None, None),
         ("azithromycin", "for", "", 250.0, 1, 1.0, None, "regimen")],
    ),
    "no dose, for it is advised against": (
        "| Drug | Dose | Strength |\n| --- | --- | --- |\n"
        "| Doxycycline | 100 mg once daily | Conditional |\n| Rifampin | – | Do not use |\n| Gentamicin | — | Contraindicated |\n",
        [("doxycycline", "for", "", 100.0, 1, 1.0, None, "regimen"),
         ("rifampin", "against", "", None, None, None, None, None),
         ("gentamicin", "against", "", None, None, None, None, None)],
    ),
    "contraindications": (
        "| Drug | Dose | Contraindications |\n| --- | --- | --- |\n"
        "| Doxycycline | 100 mg once daily | Pregnancy |\n| Amoxicillin | 500 mg once daily | – |\n",
        [("doxycycline", "for", "", 100.0, 1, 1.0, None, "regimen"),
         ("doxycycline", "against", "Pregnancy", None, None, None, None, None),
         ("amoxicillin", "for", "", 500.0, 1, 1.0, None, "regimen")],
    ),
    "a condition holds for the dose of its cell": (
        "| Drug | Usual dose | Renal impairment |\n| --- | --- | --- |\n"
        "| Cefepime | 2 g every 8 hours | 1 g every 24 hours if CrCl <30 mL/min |\n"
        "| Ceftriaxone | 2 g once daily | No change |\n",
        [("cefepime", "for", "", 2.0, 1, 8.0, None, "regimen"),
         ("cefepime", "for", "if CrCl <30 mL/min", 1.0, 1, 24.0, None, "reduced"),
         ("ceftriaxone", "for", "", 2.0, 1, 1.0, None, "regimen")],
    ),
    "a larger first dose": (
        "| Drug | Initial dose | Maintenance dose |\n| --- | --- | --- |\n"
        "| Apixaban | 10 mg twice daily | 5 mg twice daily |\n| Lisinopril | 5 mg once daily | 20 mg once daily |\n",
        [("apixaban", "for", "", 10.0, 2, 1.0, None, "loading"),
         ("apixaban", "for", "", 5.0, 2, 1.0, None, "maintenance"),
         ("lisinopril", "for", "", 5.0, 1, 1.0, None, "start"),
         ("lisinopril", "for", "", 20.0, 1, 1.0, None, "maintenance")],
    ),
    "tabs": (
        "Drug\tDose\tFrequency\nDoxycycline\t100 mg\ttwice daily\nAmoxicillin\t500 mg\tevery 8 hours\n",
        [("doxycycline", "for", "", 100.0, 2, 1.0, None, "regimen"),
         ("amoxicillin", "for", "", 500.0, 1, 8.0, None, "regimen")],
    ),
    "rows about the drug of the heading": (
        "Cefepime Dosing by Renal Function\n\n| Creatinine clearance | Dose |\n| --- | --- |\n"
        "| >60 mL/min | 2 g every 8 hours |\n| 30-60 mL/min | 2 g every 12 hours |\n",
        [("cefepime", "for", ">60 mL/min", 2.0, 1, 8.0, None, "regimen"),
         ("cefepime", "for", "30-60 mL/min", 2.0, 1, 12.0, None, "reduced")],
    ),
    "columns of reduced doses and of renal function": (
        "| Cephalosporins | Usual dose | Reduced dose | CrCl 10-30 mL/min |\n| --- | --- | --- | --- |\n"
        "| Cefepime | 2 g every 8 hours | 1 g every 8 hours | 1 g every 24 hours |\n"
        "| Cefazolin | 2 g every 8 hours | 1 g every 8 hours | Contraindicated |\n",
        [("cefepime", "for", "", 2.0, 1, 8.0, None, "regimen"), ("cefepime", "for", "", 1.0, 1, 8.0, None, "reduced"),
         ("cefepime", "for", "CrCl 10-30 mL/min", 1.0, 1, 24.0, None, "reduced"),
         ("cefazolin", "for", "", 2.0, 1, 8.0, None, "regimen"), ("cefazolin", "for", "", 1.0, 1, 8.0, None, "reduced"),
         ("cefazolin", "against", "", None, None, None, None, None)],
    ),
    "a note on another drug": (
        "| Drug | Dose | Comments |\n| --- | --- | --- |\n"
        "| Sacubitril/valsartan | 24/26 mg twice daily | Stop the ACE inhibitor 36 hours before |\n"
        "| Digoxin | 0.125 mg once daily | With food |\n",
        [("sacubitril/valsartan", "for", "", 24.0, 2, 1.0, None, "regimen"),
         ("digoxin", "for", "", 0.125, 1, 1.0, None, "regimen")],
    ),
    "how a dose is tapered is no duration": (
        "| Drug | Dose | Notes |\n| --- | --- | --- |\n"
        "| Prednisone | 60 mg daily | Taper over 4-6 weeks |\n| Aspirin | 81 mg daily | With food |\n",
        [("prednisone", "for", "", 60.0, 1, 1.0, None, "regimen"),
         ("aspirin", "for", "", 81.0, 1, 1.0, None, "regimen")],
    ),
}  # fmt: skip


@pytest.mark.parametrize(("table", "expected"), TABLES.values(), ids=TABLES)
def test_a_table_gives_its_doses(values_of: Values, table: str, expected: list[tuple[Any, ...]]) -> None:
    assert values_of(HEAD + table, *COLUMNS) == expected


def test_a_row_of_html_gives_the_same(values_of: Values) -> None:
    table, expected = TABLES["frequency and duration"]
    rows = [line.strip("|").split("|") for line in table.splitlines() if "---" not in line]
    html = "".join("<tr>" + "".join(f"<td>{cell.strip()}</td>" for cell in row) + "</tr>" for row in rows)
    page = f"<html><body><main><h1>Treatment of Lyme disease</h1><table>{html}</table></main></body></html>"
    assert values_of(page, *COLUMNS, name="page.html", media_type="text/html") == expected


def test_columns_of_class_and_level_grade_their_row(values_of: Values) -> None:
    text = (
        "Treatment of Gout\n\n| Recommendation | COR | LOE |\n|---|---|---|\n"
        "| Colchicine is recommended for flares | 1 | A |\n| Anakinra can be useful | 2b | C-LD |\n"
        "| Aspirin is harmful in flares | 3: Harm | B-NR |\n"
    )
    assert values_of(text, "drug", "direction", "strength") == [
        ("colchicine", "for", "strong"),
        ("anakinra", "for", "conditional"),
        ("aspirin", "against", "strong"),
    ]


def test_a_class_that_advises_against_turns_its_row(values_of: Values) -> None:
    text = (
        "Treatment of Stable Angina\n\n| Recommendation | Class | Level |\n|---|---|---|\n"
        "| Bisoprolol in angina without asthma | I | A |\n| Ivabradine in angina without heart failure | III | B |\n"
        "| Ranolazine instead of diltiazem | III | C |\n"
    )
    assert values_of(text, "drug", "direction", "strength", "condition") == [
        ("bisoprolol", "for", "strong", "without asthma"),
        ("ivabradine", "against", "strong", "without heart failure"),
        ("ranolazine", "against", "strong", ""),
    ]


def test_the_grade_of_a_row_is_that_of_its_advice_and_not_of_its_warning(values_of: Values) -> None:
    text = (
        "Treatment of Gout\n\n| Drug | Dose | Strength | Cautions |\n|---|---|---|---|\n"
        "| Colchicine | 0.6 mg twice daily | Strong | Avoid in renal failure |\n"
    )
    assert values_of(text, "drug", "direction", "strength") == [
        ("colchicine", "for", "strong"),
        ("colchicine", "against", "unstated"),
    ]


def test_a_column_of_drug_classes_is_no_grade(values_of: Values) -> None:
    text = (
        "Treatment of Atrial Fibrillation\n\n| Class | Drug | Dose |\n|---|---|---|\n"
        "| Class III antiarrhythmics | Amiodarone | 200 mg once daily |\n| Beta-blockers | Metoprolol | 50 mg twice daily |\n"
    )
    found = values_of(text, "drug", "direction", "strength", "dose_low")
    assert ("amiodarone", "for", "unstated", 200.0) in found
    assert ("metoprolol", "for", "unstated", 50.0) in found
