"""What was advised once, what is said of doing something with two drugs, and clauses that say something else than they seem to."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest

Values = Callable[..., list[tuple[Any, ...]]]

ONCE = [
    (
        "Previously, digoxin was recommended only after failure of a beta-blocker; now bisoprolol or digoxin is recommended first.",
        ["bisoprolol for", "digoxin for"],
    ),
    (
        "Aspirin was previously recommended as an option for those who declined warfarin; now clopidogrel is not recommended either.",
        ["clopidogrel against"],
    ),
    ("The former advice to consider theophylline has been withdrawn.", []),
    ("The recommendation to use dopamine has been removed.", []),
    ("The previous recommendation for etomidate was dropped; ketamine is recommended.", ["ketamine for"]),
    ("Earlier guidelines recommended theophylline; the current one does not.", []),
    ("Until 2018, etomidate was preferred; ketamine is now preferred.", ["ketamine for"]),
    (
        "Theophylline was formerly used as a bronchodilator, but it is no longer recommended.",
        ["theophylline against"],
    ),
    ("Dantrolene, previously recommended for prophylaxis, should not be used.", ["dantrolene against"]),
    (
        "Sotalol has been downgraded: previously recommended with Class IIa, it may now only be considered.",
        ["sotalol for"],
    ),
    ("Lithium was once the mainstay of treatment.", []),
    ("Ergotamine, once widely used, has been superseded by sumatriptan.", ["sumatriptan for"]),
    ("Ergotamine, once popular, is no longer recommended.", ["ergotamine against"]),
    # not of the past
    ("Restart metformin at the previous dose.", ["metformin for"]),
    ("Rituximab is recommended in previously treated patients.", ["rituximab for"]),
    ("Continue prednisone until remission.", ["prednisone for"]),
    ("The 2021 guideline recommends colchicine.", ["colchicine for"]),
    ("Sedation is stopped once lorazepam is withdrawn.", []),
]

DOING = [
    (
        "Adding clopidogrel or aspirin to apixaban is not recommended.",
        ["clopidogrel against with apixaban", "aspirin against with apixaban"],
    ),
    (
        "Combining amiodarone and sotalol is contraindicated.",
        ["amiodarone against with sotalol", "sotalol against with amiodarone"],
    ),
    ("Combining an ACE inhibitor with an ARB is not recommended.", ["ace inhibitors against with arbs"]),
    (
        "Starting amlodipine and indapamide together is preferred.",
        ["amlodipine for with indapamide", "indapamide for with amlodipine"],
    ),
    ("We suggest against adding rituximab to initial prednisone.", ["rituximab against with prednisone"]),
    ("Begin with amlodipine and indapamide is preferred.", ["amlodipine for", "indapamide for"]),
]

NO_ADVICE = [
    "Treatment with ketoconazole or mitotane is a rarer cause.",
    "Thiazides and SSRIs are common triggers.",
    "Rifampin, phenytoin and carbamazepine speed its breakdown, so patients who start one of them need more frequent review.",
]


@pytest.mark.parametrize(("sentence", "expected"), ONCE, ids=[s for s, _ in ONCE])
def test_what_was_advised_once_is_no_advice(sentence: str, expected: list[str], values_of: Values) -> None:
    found = values_of(f"Treatment of shock\n\n{sentence}\n", "drug", "direction")
    assert [f"{drug} {direction}" for drug, direction in found] == expected


@pytest.mark.parametrize(("sentence", "expected"), DOING, ids=[s for s, _ in DOING])
def test_what_is_said_of_doing_so_is_said_of_both(
    sentence: str, expected: list[str], values_of: Values
) -> None:
    found = values_of(f"Treatment of hypertension\n\n{sentence}\n", "drug", "direction", "with_drugs")
    assert [f"{drug} {to}{' with ' * bool(beside)}{beside}" for drug, to, beside in found] == expected


@pytest.mark.parametrize("sentence", NO_ADVICE)
def test_causes_and_those_who_take_them_are_no_advice(sentence: str, values_of: Values) -> None:
    assert values_of(f"Treatment of adrenal insufficiency\n\n{sentence}\n", "drug") == []


def test_a_condition_on_the_dose_of_another_drug(values_of: Values) -> None:
    text = "Adrenal crisis\n\nFludrocortisone should not be given while the hydrocortisone dose exceeds 50 mg per day.\n"
    assert values_of(text, "drug", "direction", "condition") == [
        ("fludrocortisone", "against", "while the hydrocortisone dose exceeds 50 mg per day")
    ]


RELATIVES = [
    (
        "Nitrofurantoin is unsuitable for pyelonephritis, for which a cephalosporin is needed.",
        ["nitrofurantoin against", "cephalosporins for"],
    ),
    (
        "Codeine is contraindicated in children under 12, for whom ibuprofen is recommended.",
        ["codeine against", "ibuprofen for"],
    ),
    (
        "Febuxostat is avoided in heart failure, in whom allopurinol is recommended.",
        ["febuxostat against", "allopurinol for"],
    ),
    ("For nurses, for whom codeine is unsafe, use aspirin.", ["aspirin for"]),
    (
        "Biologics are indicated when two drugs have failed, are contraindicated or are not tolerated.",
        ["biologics for"],
    ),
    (
        "Topical steroids are the mainstay; antihistamines add nothing.",
        ["glucocorticoids for", "antihistamines against"],
    ),
    ("Insulin is needed in all patients.", ["insulin for"]),
    ("Ibuprofen as needed.", []),
]


@pytest.mark.parametrize(("sentence", "expected"), RELATIVES, ids=[s for s, _ in RELATIVES])
def test_clauses_of_their_own(sentence: str, expected: list[str], values_of: Values) -> None:
    found = values_of(f"Treatment of dermatitis\n\n{sentence}\n", "drug", "direction")
    assert [f"{drug} {direction}" for drug, direction in found] == expected


@pytest.mark.parametrize(
    "whom",
    ["severe asthma", "moderate to severe asthma", "moderate-to-severe asthma", "mild to moderate asthma"],
)
def test_patients_with_another_disease(whom: str, values_of: Values) -> None:
    text = f"Atrial fibrillation\n\nDiltiazem is recommended in patients with {whom}.\n"
    assert values_of(text, "disease", "condition") == [("atrial fibrillation", f"in patients with {whom}")]


def test_what_we_recommend_is_not_said_of_what_is_needed_before(values_of: Values) -> None:
    text = "Adrenal insufficiency\n\nNearly all patients need a mineralocorticoid, and we recommend fludrocortisone.\n"
    assert values_of(text, "drug", "strength") == [
        ("mineralocorticoids", "unstated"),
        ("fludrocortisone", "strong"),
    ]


@pytest.mark.parametrize(
    ("sentence", "expected"),
    [
        ("Rilzabrutinib produced durable responses in 23% of adults.", [("for", "evidence")]),
        ("A registry found no excess of fractures with hydrocortisone.", [("for", "evidence")]),
        ("A trial found no benefit of hydrocortisone.", [("against", "evidence")]),
    ],
)
def test_what_studies_found(sentence: str, expected: list[tuple[str, str]], values_of: Values) -> None:
    assert values_of(f"Immune thrombocytopenia\n\n{sentence}\n", "direction", "kind") == expected


@pytest.mark.parametrize(
    ("heading", "expected"),
    [
        ("Iron Status Comes First", ("unstated", "")),
        ("Multirefractory Disease", ("subsequent", "refractory")),
    ],
)
def test_what_a_heading_says_of_line(heading: str, expected: tuple[str, str], values_of: Values) -> None:
    text = f"Treatment of restless legs syndrome\n\nOverview\n\n{heading}\n\n• Ferrous sulfate 325 mg once daily\n"
    assert values_of(text, "line", "setting") == [expected]


def test_what_someone_is_exposed_to_is_not_what_is_treated(values_of: Values) -> None:
    text = "Kawasaki disease\n\nIf a child is exposed to influenza or varicella, replace aspirin with clopidogrel.\n"
    assert values_of(text, "drug", "disease") == [("clopidogrel", "Kawasaki disease")]
