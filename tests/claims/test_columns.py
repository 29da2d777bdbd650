"""Columns of tables that tell for whom a drug is, for whom it is not, for which disease, and whose doses stand below them."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest

Values = Callable[..., list[tuple[Any, ...]]]
COLUMNS = ("drug", "disease", "direction", "condition", "population", "dose_low")

TABLES = {
    "a comorbidity below 'Preferred in' is a condition, and 'Avoid in' is about the disease of the title": (
        "Treatment of hypertension\n\n| Drug | Dose | Preferred in | Avoid in |\n|---|---|---|---|\n"
        "| Lisinopril | 10 mg daily | Diabetic nephropathy | Angioedema |\n| Amlodipine | 5 mg daily | Most patients | None |\n",
        [("lisinopril", "hypertension", "for", "Diabetic nephropathy", "", 10.0),
         ("lisinopril", "hypertension", "against", "Angioedema", "", None),
         ("amlodipine", "hypertension", "for", "", "", 5.0)],
    ),
    "a column that tells what is advised against": (
        "Treatment of gout\n\n| Drug | Recommended | Strength |\n|---|---|---|\n"
        "| Colchicine | For | Strong |\n| Codeine | Against | Conditional |\n| Aspirin | No | Weak |\n| Morphine | Strong against, low certainty | |\n",
        [("colchicine", "gout", "for", "", "", None), ("codeine", "gout", "against", "", "", None),
         ("aspirin", "gout", "against", "", "", None), ("morphine", "gout", "against", "", "", None)],
    ),
    "the preferred drug": (
        "Treatment of osteoporosis\n\n| Drug | Dose | Preferred in | Best for |\n|---|---|---|---|\n"
        "| Zoledronic acid | 5 mg yearly | Esophageal disease | Poor adherence |\n",
        [("zoledronic acid", "osteoporosis", "for", "Esophageal disease, Poor adherence", "", 5.0)],
    ),
    "when to use, when not to use": (
        "Treatment of psoriasis\n\n| Drug | When to use | When not to use |\n|---|---|---|\n"
        "| Secukinumab | Joint involvement | Active Crohn's disease |\n| Acitretin | Pustular lesions | Pregnancy |\n",
        [("secukinumab", "psoriasis", "for", "Joint involvement", "", None),
         ("secukinumab", "psoriasis", "against", "Active Crohn's disease", "", None),
         ("acitretin", "psoriasis", "for", "Pustular lesions", "", None),
         ("acitretin", "psoriasis", "against", "Pregnancy", "pregnancy", None)],
    ),
    "a note that begins with not": (
        "Treatment of osteoporosis\n\n| Drug | Dose | Notes |\n|---|---|---|\n"
        "| Alendronate | 70 mg weekly | Not if CrCl <35 mL/min |\n| Denosumab | 60 mg SC every 6 months | Check calcium first |\n",
        [("alendronate", "osteoporosis", "for", "", "", 70.0),
         ("alendronate", "osteoporosis", "against", "if CrCl <35 mL/min", "renal impairment", None),
         ("denosumab", "osteoporosis", "for", "", "", 60.0)],
    ),
    "a line of therapy is no condition": (
        "Treatment of depression\n\n| Drug | Dose | Use when |\n|---|---|---|\n"
        "| Sertraline | 50 mg daily | First-line |\n| Bupropion | 150 mg daily | Sexual dysfunction on an SSRI |\n",
        [("sertraline", "depression", "for", "", "", 50.0),
         ("bupropion", "depression", "for", "Sexual dysfunction on an SSRI", "", 150.0)],
    ),
    "drugs and their doses in one column": (
        "Treatment of hypertension\n\n| Stage | Drug and dose | Comments |\n|---|---|---|\n"
        "| Stage 1 | Lisinopril 10 mg daily or losartan 50 mg daily | Check potassium |\n| Stage 2 | Amlodipine 5 mg daily | Edema |\n",
        [("lisinopril", "hypertension", "for", "", "", 10.0), ("losartan", "hypertension", "for", "", "", 50.0),
         ("amlodipine", "hypertension", "for", "", "", 5.0)],
    ),
    "what a note says to avoid is not the drug": (
        "Treatment of acne vulgaris\n\n| Drug | Dose | Comments |\n|---|---|---|\n"
        "| Doxycycline | 100 mg daily | Avoid sun exposure |\n| Tretinoin | 0.025% cream | Avoid contact with eyes |\n| Minocycline | 50 mg daily | Avoid in pregnancy |\n",
        [("doxycycline", "acne vulgaris", "for", "", "", 100.0), ("tretinoin", "acne vulgaris", "for", "", "", 0.025),
         ("minocycline", "acne vulgaris", "for", "", "", 50.0), ("minocycline", "acne vulgaris", "against", "", "pregnancy", None)],
    ),
    "a maximum that names the drug once more": (
        "Treatment of gout\n\n| Class | Drug and dose | Maximum dose |\n|---|---|---|\n"
        "| NSAIDs | Ibuprofen 400 mg three times daily; naproxen 500 mg twice daily | Ibuprofen 2400 mg/day; naproxen 1000 mg/day |\n",
        [("nsaids", "gout", "for", "", "", None), ("ibuprofen", "gout", "for", "", "", 400.0), ("naproxen", "gout", "for", "", "", 500.0),
         ("ibuprofen", "gout", "for", "", "", 2400.0), ("naproxen", "gout", "for", "", "", 1000.0)],
    ),
    "a note that gives the dose of one of the class": (
        "Treatment of gout\n\n| Drug | Strength | Certainty | Comments |\n|---|---|---|---|\n"
        "| Topical NSAIDs | Strong | Moderate | Diclofenac 1% gel 4 g four times daily |\n",
        [("nsaids", "gout", "for", "", "", None), ("diclofenac", "gout", "for", "", "", 4.0)],
    ),
    "drugs in a column of doses, where none has a column of its own": (
        "Treatment of gout\n\n| Severity | Dosing |\n|---|---|\n"
        "| Mild | Colchicine 0.6 mg daily |\n| Severe | Prednisone 40 mg daily |\n",
        [("colchicine", "gout", "for", "", "", 0.6), ("prednisone", "gout", "for", "", "", 40.0)],
    ),
    "a drug in the column of doses of another": (
        "Treatment of pulmonary embolism\n\n| Drug | Recommended dose |\n|---|---|\n"
        "| Warfarin | 5 mg daily, overlapping heparin |\n",
        [("warfarin", "pulmonary embolism", "for", "", "", 5.0)],
    ),
    "ages, and a duration for all doses": (
        "Treatment of giardiasis\n\n| Drug | Under 12 years | 12 years and older | Duration |\n|---|---|---|---|\n"
        "| Metronidazole | 5 mg/kg three times daily | 250 mg three times daily | 7 days |\n",
        [("metronidazole", "giardiasis", "for", "Under 12 years", "", 5.0), ("metronidazole", "giardiasis", "for", "12 years and older", "", 250.0)],
    ),
    "whose dose a column holds": (
        "Treatment of epilepsy\n\n| Drug | Adult dose | Pediatric dose |\n|---|---|---|\n"
        "| Levetiracetam | 500 mg twice daily | 10 mg/kg twice daily |\n",
        [("levetiracetam", "epilepsy", "for", "", "adults", 500.0), ("levetiracetam", "epilepsy", "for", "", "children", 10.0)],
    ),
    "a disease below 'Infection' is that of its row": (
        "Antibiotic therapy of infections\n\n| Drug | Infection | Dose |\n|---|---|---|\n"
        "| Fosfomycin | Cystitis | 3 g once |\n| Amoxicillin | Otitis media | 500 mg twice daily |\n",
        [("fosfomycin", "cystitis", "for", "", "", 3.0), ("amoxicillin", "acute otitis media", "for", "", "", 500.0)],
    ),
}  # fmt: skip


@pytest.mark.parametrize(("text", "expected"), TABLES.values(), ids=TABLES)
def test_columns(text: str, expected: list[tuple[Any, ...]], values_of: Values) -> None:
    assert values_of(text, *COLUMNS) == expected


def test_the_head_says_that_it_is_preferred(values_of: Values) -> None:
    text = (
        "Treatment of angina\n\n| Drug | Dose | Preferred in |\n|---|---|---|\n"
        "| Bisoprolol | 5 mg daily | Heart failure |\n| Amlodipine | 5 mg daily | Asthma |\n"
    )
    assert values_of(text, "drug", "preference", "condition") == [
        ("bisoprolol", "preferred", "Heart failure"),
        ("amlodipine", "preferred", "Asthma"),
    ]


def test_a_duration_in_its_own_column_holds_for_all_doses(values_of: Values) -> None:
    text = (
        "Treatment of pneumonia\n\n| Drug | Adult dose | Pediatric dose | Duration |\n|---|---|---|---|\n"
        "| Amoxicillin | 1 g three times daily | 45 mg/kg twice daily | 5 days |\n"
        "| Azithromycin | 500 mg once daily for 3 days | 10 mg/kg once daily for 5 days | - |\n"
    )
    assert values_of(text, "drug", "dose_low", "duration_low") == [
        ("amoxicillin", 1.0, 5.0),
        ("amoxicillin", 45.0, 5.0),
        ("azithromycin", 500.0, 3.0),
        ("azithromycin", 10.0, 5.0),
    ]


def test_a_cell_over_two_columns_is_below_both_heads(values_of: Values) -> None:
    page = (
        "<h1>Treatment of rheumatoid arthritis</h1><table>"
        "<tr><th>Setting</th><th>Agent</th><th>COR</th><th>Preferred in</th><th>Agent</th></tr>"
        "<tr><td>gout</td><td>naproxen 500 mg</td><td colspan='2'>Stop in asthma</td><td>methotrexate</td></tr></table>"
    )
    found = values_of(
        page, "drug", "disease", "direction", "condition", name="a.html", media_type="text/html"
    )
    assert found == [
        ("naproxen", "gout", "against", "in asthma"),
        ("methotrexate", "gout", "against", "in asthma"),
    ]
