"""Whole documents in the shapes that sites for clinicians use: what one part of a page says of another."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest

Values = Callable[..., list[tuple[Any, ...]]]
COLUMNS = ("drug", "disease", "direction", "strength", "certainty", "line", "kind", "with_drugs", "dose_low")

U = "unstated"
TEXTS: dict[str, tuple[str, list[tuple[Any, ...]]]] = {
    "a heading that is only 'Recommendation' is no grade of the sentence before it": (
        "Septic shock\n\nVasopressin is given at a fixed dose of 0.03 units/min.\n\nQuestion 3. Are steroids useful?\n\n"
        "Recommendation\n\nWe suggest hydrocortisone.\nWeak recommendation; moderate certainty of evidence.\n",
        [("vasopressin", "septic shock", "for", U, U, U, "recommendation", "", 0.03),
         ("hydrocortisone", "septic shock", "for", "conditional", "moderate", U, "recommendation", "", None)],
    ),
    "a grade in a sentence of its own tells how certain the advice is, also where its words tell its strength": (
        "Gout\n\nWe recommend against using allopurinol for flares. Strong recommendation; low certainty.\n\n"
        "We suggest colchicine. Conditional recommendation, high-quality evidence.\n",
        [("allopurinol", "gout", "against", "strong", "low", U, "recommendation", "", None),
         ("colchicine", "gout", "for", "conditional", "high", U, "recommendation", "", None)],
    ),
    "what has a class is advice, whatever it says of benefit": (
        "Peripheral artery disease\n\n- Cilostazol 100 mg twice daily improves walking distance (Class I, Level A).\n"
        "- Statins reduced major events in trials (Level A).\n",
        [("cilostazol", "peripheral artery disease", "for", "strong", "high", U, "recommendation", "", 100.0),
         ("statins", "peripheral artery disease", "for", U, U, U, "evidence", "", None)],
    ),
    "reasons, harms and classes in other columns say nothing of the drug": (
        "Drugs for insomnia\n\n| Drug | Class | Dose | Side effects | Recommendation |\n|---|---|---|---|---|\n"
        "| Doxepin | tricyclic | 3 mg nightly | metallic taste | weak |\n| Ramelteon | melatonin agonist | 8 mg nightly | nausea | weak |\n\n"
        "Drugs that should not be prescribed\n\n| Drug | Reason |\n|---|---|\n| Valerian | ineffective in trials |\n| Trazodone | ineffective in trials |\n",
        [("doxepin", "insomnia", "for", "conditional", U, U, "recommendation", "", 3.0),
         ("ramelteon", "insomnia", "for", "conditional", U, U, "recommendation", "", 8.0),
         ("valerian", "insomnia", "against", U, U, U, "recommendation", "", None),
         ("trazodone", "insomnia", "against", U, U, U, "recommendation", "", None)],
    ),
    "a label in a sentence of its own": (
        "Alopecia areata\n\nFirst line. Topical clobetasol 0.05% twice daily.\n\nAlternatives. Topical minoxidil.\n\n"
        "Second-line treatment. Methotrexate 15 mg weekly.\n",
        [("clobetasol", "alopecia areata", "for", U, U, "first", "recommendation", "", 0.05),
         ("minoxidil", "alopecia areata", "for", U, U, U, "recommendation", "", None),
         ("methotrexate", "alopecia areata", "for", U, U, "subsequent", "recommendation", "", 15.0)],
    ),
    "a list under a sentence that opens with another disease is about that one": (
        "Acute otitis externa\n\nR6: For necrotizing otitis externa, give ciprofloxacin 750 mg twice daily. [Weak, Low]\n"
        "  - If resistant to quinolones: ceftazidime 2 g IV every 8 hours. [Weak, Very low]\n",
        [("ciprofloxacin", "malignant otitis externa", "for", "conditional", "low", U, "recommendation", "", 750.0),
         ("ceftazidime", "malignant otitis externa", "for", "conditional", "very low", U, "recommendation", "", 2.0)],
    ),
    "two drugs spoken of before, together": (
        "Essential tremor\n\nPropranolol and primidone are first-line. Both can be combined if one alone is not enough.\n",
        [("propranolol", "essential tremor", "for", U, U, "first", "recommendation", "", None),
         ("primidone", "essential tremor", "for", U, U, "first", "recommendation", "", None),
         ("propranolol", "essential tremor", "for", U, U, U, "recommendation", "primidone", None),
         ("primidone", "essential tremor", "for", U, U, U, "recommendation", "propranolol", None)],
    ),
    "'avoid both' and 'do not use either' are about those before": (
        "Hyperhidrosis\n\nOxybutynin and glycopyrrolate are used. Avoid both drugs in glaucoma.\n\n"
        "Hyperhidrosis may be treated with clonidine or propantheline. Do not use either in glaucoma.\n",
        [("oxybutynin", "hyperhidrosis", "for", U, U, U, "recommendation", "", None),
         ("glycopyrronium", "hyperhidrosis", "for", U, U, U, "recommendation", "", None),
         ("oxybutynin", "hyperhidrosis", "against", U, U, U, "recommendation", "", None),
         ("glycopyrronium", "hyperhidrosis", "against", U, U, U, "recommendation", "", None),
         ("clonidine", "hyperhidrosis", "for", U, U, U, "recommendation", "", None),
         ("propantheline", "hyperhidrosis", "for", U, U, U, "recommendation", "", None),
         ("clonidine", "hyperhidrosis", "against", U, U, U, "recommendation", "", None),
         ("propantheline", "hyperhidrosis", "against", U, U, U, "recommendation", "", None)],
    ),
    "patches of one of several drugs are nobody's": (
        "Postherpetic neuralgia\n\nGabapentin and lidocaine patches are options. Up to three patches are applied for 12 hours.\n",
        [("gabapentin", "postherpetic neuralgia", "for", U, U, U, "recommendation", "", None),
         ("lidocaine", "postherpetic neuralgia", "for", U, U, U, "recommendation", "", None)],
    ),
    "what something is preferred to for some months, or compared with, has no row": (
        "Latent tuberculosis\n\nRifampin is preferred over 6 or 9 months of isoniazid.\n\n"
        "Two trials compared rifapentine with isoniazid.\n",
        [("rifampin", "latent tuberculosis infection", "for", U, U, U, "recommendation", "", None),
         ("rifapentine", "latent tuberculosis infection", U, U, U, U, "evidence", "", None)],
    ),
    "those who tolerated but did not benefit from a drug are who is meant": (
        "Essential tremor\n\n- Atenolol may be tried in patients who tolerated but did not benefit from propranolol\n"
        "- Topiramate is an option in those who took but could not continue primidone\n",
        [("atenolol", "essential tremor", "for", U, U, U, "recommendation", "", None),
         ("topiramate", "essential tremor", "for", U, U, U, "recommendation", "", None)],
    ),
    "what is watched while a drug is given is no advice on it": (
        "Chronic spontaneous urticaria\n\nCyclosporine 3 mg/kg per day is an option, and blood pressure must be watched while it is given.\n",
        [("cyclosporine", "chronic spontaneous urticaria", "for", U, U, U, "recommendation", "", 3.0)],
    ),
    "what something need not be added to is not advised against": (
        "Iron deficiency anemia\n\nVitamin C need not be added routinely to oral iron.\n",
        [("vitamin c", "iron deficiency anemia", "against", U, U, "subsequent", "recommendation", "iron", None)],
    ),
    "'; not in pregnancy' is against": (
        "Status epilepticus\n\n- Valproate 40 mg/kg IV; not in pregnancy\n- Ketorolac 30 mg IV, not in renal impairment\n",
        [("valproate", "status epilepticus", "for", U, U, U, "recommendation", "", 40.0),
         ("valproate", "status epilepticus", "against", U, U, U, "recommendation", "", None),
         ("ketorolac", "status epilepticus", "for", U, U, U, "recommendation", "", 30.0),
         ("ketorolac", "status epilepticus", "against", U, U, U, "recommendation", "", None)],
    ),
    "what a drug is stopped for is not what it treats": (
        "Diffuse large B-cell lymphoma\n\n- Vincristine: omit for grade 3 neuropathy\n- Hold bortezomib for severe neuropathy\n",
        [("vincristine", "diffuse large B-cell lymphoma", "against", U, U, U, "recommendation", "", None),
         ("bortezomib", "diffuse large B-cell lymphoma", "against", U, U, U, "recommendation", "", None)],
    ),
    "a page about a drug: the label of a line and the cell below 'Indication' tell the disease": (
        "Doxycycline: dosing\n\n| Indication | Adult dose | Duration |\n|---|---|---|\n| Lyme disease | 100 mg twice daily | 14 days |\n"
        "| Acne vulgaris | 50 mg daily | 12 weeks |\n\nCommunity-acquired pneumonia: 200 mg daily for 5 days.\n\nRosacea: 40 mg daily.\n",
        [("doxycycline", "Lyme disease", "for", U, U, U, "recommendation", "", 100.0),
         ("doxycycline", "acne vulgaris", "for", U, U, U, "recommendation", "", 50.0),
         ("doxycycline", "community-acquired pneumonia", "for", U, U, U, "recommendation", "", 200.0),
         ("doxycycline", "rosacea", "for", U, U, U, "recommendation", "", 40.0)],
    ),
    "what a study found, behind a colon": (
        "Postherpetic neuralgia\n\nCombining deserves a trial: in a crossover study, nortriptyline with gabapentin relieved pain more than either alone.\n",
        [("nortriptyline", "postherpetic neuralgia", "for", U, U, U, "evidence", "gabapentin", None),
         ("gabapentin", "postherpetic neuralgia", "for", U, U, U, "evidence", "nortriptyline", None)],
    ),
    "a condition before 'they'": (
        "Essential tremor\n\nPropranolol is preferred. In older adults it may be avoided.\n",
        [("propranolol", "essential tremor", "for", U, U, U, "recommendation", "", None),
         ("propranolol", "essential tremor", "against", U, U, U, "recommendation", "", None)],
    ),
    "when a drug is given again is no advice against it": (
        "Gout\n\n- Colchicine 0.3 mg daily; do not repeat within 2 weeks\n",
        [("colchicine", "gout", "for", U, U, U, "recommendation", "", 0.3)],
    ),
    "a dose of each drug of a combination": (
        "Community-acquired pneumonia\n\nAmoxicillin plus doxycycline 100 mg each twice daily.\n\n"
        "- Ceftriaxone with azithromycin, each at 500 mg once daily\n",
        [("amoxicillin", "community-acquired pneumonia", "for", U, U, U, "recommendation", "doxycycline", 100.0),
         ("doxycycline", "community-acquired pneumonia", "for", U, U, U, "recommendation", "amoxicillin", 100.0),
         ("ceftriaxone", "community-acquired pneumonia", "for", U, U, U, "recommendation", "azithromycin", 500.0),
         ("azithromycin", "community-acquired pneumonia", "for", U, U, U, "recommendation", "ceftriaxone", 500.0)],
    ),
}  # fmt: skip

ROLES: dict[str, list[tuple[str, str | None]]] = {
    "Loading: adalimumab 160 mg on day 1, then 80 mg on day 15": [
        ("160 mg on day 1", "loading"), ("80 mg on day 15", "loading"),
    ],
    "Reduce prednisone to 15-20 mg/day within 2-3 months": [("15-20 mg/day", "target")],
    "Ketorolac 30 mg IV, not in renal impairment": [("30 mg IV", "regimen"), (None, None)],
}  # fmt: skip

SITUATIONS: dict[str, list[tuple[str, str, str]]] = {
    "Colchicine 0.3 mg daily (alternatively prednisone 5 mg daily)": [
        ("colchicine", "unstated", ""), ("prednisone", "alternative", ""),
    ],
    "Avoid long courses of prednisone": [("prednisone", "unstated", "long-term")],
    "Alprazolam 0.5 mg daily, only for short periods": [("alprazolam", "unstated", "short-term")],
    "Colchicine is stopped once the acute episode has resolved": [("colchicine", "unstated", "")],
    "Eszopiclone 1 mg for sleep onset and maintenance": [("eszopiclone", "unstated", "")],
}  # fmt: skip

PAGES = {
    "a box of key points beside the text is of the article; one that leads elsewhere is not": (
        "<html><body><main><article><h1>Giant cell arteritis</h1>"
        "<aside class='key-points'><h2>Key points</h2><ul><li>Start prednisone at once.</li></ul></aside>"
        "<aside><h2>At a glance</h2><ul><li>Add tocilizumab in relapse.</li></ul></aside>"
        "<aside class='latest'><h2>Latest news</h2><ul><li>Start infliximab at once.</li></ul></aside>"
        "<p>Methotrexate is an alternative.</p></article></main></body></html>",
        ["prednisone", "tocilizumab", "methotrexate"],
    ),
    "the drug of a cell that spans two rows": (
        "<html><body><h1>Latent tuberculosis</h1><table><tr><th>Drug</th><th>Dose</th><th>Duration</th><th>Strength</th></tr>"
        "<tr><td rowspan=2>Isoniazid</td><td>300 mg daily</td><td>6 months</td><td>strong</td></tr><tr><td>900 mg weekly</td><td>9 months</td><td>conditional</td></tr>"
        "</table><p>End.</p></body></html>",
        ["isoniazid", "isoniazid"],
    ),
}


@pytest.mark.parametrize("name", list(TEXTS))
def test_shapes(values_of: Values, name: str) -> None:
    text, expected = TEXTS[name]
    assert values_of(text, *COLUMNS) == expected


@pytest.mark.parametrize("text", list(ROLES))
def test_roles(values_of: Values, text: str) -> None:
    assert values_of(f"Treatment of psoriasis\n\n- {text}\n", "dose_text", "dose_role") == ROLES[text]


@pytest.mark.parametrize("text", list(SITUATIONS))
def test_situations(values_of: Values, text: str) -> None:
    found = values_of(f"Treatment of gout\n\n- {text}\n", "drug", "preference", "setting")
    assert found == SITUATIONS[text]


@pytest.mark.parametrize("name", list(PAGES))
def test_pages(values_of: Values, name: str) -> None:
    page, expected = PAGES[name]
    found = values_of(page, "drug", name="page.html", media_type="text/html")
    assert [drug for (drug,) in found] == expected


def test_the_grade_of_a_row_below_a_spanning_cell(values_of: Values) -> None:
    page, _ = PAGES["the drug of a cell that spans two rows"]
    found = values_of(page, "strength", "duration_low", name="page.html", media_type="text/html")
    assert found == [("strong", 6.0), ("conditional", 9.0)]


def test_a_title_of_the_document_is_no_condition(values_of: Values) -> None:
    text = "Acute otitis externa\n\nClinical practice guideline: recommendations with strength and certainty\n\nR1: Use ofloxacin. [Strong, High]\n"
    assert values_of(text, "drug", "condition") == [("ofloxacin", "")]


def test_a_byline_with_its_date_heads_nothing(values_of: Values) -> None:
    text = "Sore throat\n\nReviewed by the antimicrobial pharmacists, March 2026\n\nPhenoxymethylpenicillin\n\n- 500 mg four times daily for 5 days\n"
    assert {drug for (drug,) in values_of(text, "drug")} == {"penicillin v"}


DURATIONS = [
    ("| Rifampin | 600 mg daily | 4 months |", [(600.0, 4.0)]),
    ("| Isoniazid | weight-banded | 6-9 months |", [(None, 6.0)]),
    ("| Isoniazid | 900 mg once weekly | 12 weeks |", [(900.0, 12.0)]),
    ("| Rifampin | 600 mg daily | see text |", [(600.0, None)]),
]


@pytest.mark.parametrize(("row", "expected"), DURATIONS, ids=[row for row, _ in DURATIONS])
def test_a_column_of_durations(values_of: Values, row: str, expected: list[tuple[Any, ...]]) -> None:
    text = f"Latent tuberculosis\n\n| Drug | Dose | Duration |\n|---|---|---|\n{row}\n"
    assert values_of(text, "dose_low", "duration_low") == expected
