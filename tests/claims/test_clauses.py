"""Clauses with a subject, a verb or an object of their own, and lines of therapy that words around a drug tell."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest

Values = Callable[..., list[tuple[Any, ...]]]

CLAUSES = [
    (
        "Levodopa is the initial treatment of Parkinson's disease, and amantadine is added when dyskinesia appears.",
        [("levodopa", "for", "first", ""), ("amantadine", "for", "subsequent", "when dyskinesia appears")],
    ),
    (
        "Methotrexate is preferred for psoriasis, but acitretin and cyclosporine are avoided in pregnancy.",
        [("methotrexate", "for", "unstated", ""), ("acitretin", "against", "unstated", ""),
         ("cyclosporine", "against", "unstated", "")],
    ),
    (
        "Acne. Isotretinoin and tetracyclines are contraindicated; women should use two forms of birth control.",
        [("isotretinoin", "against", "unstated", ""), ("tetracyclines", "against", "unstated", "")],
    ),
    (
        "Gout. Colchicine is an option; patients should take it with food.",
        [("colchicine", "for", "unstated", "")],
    ),
    (
        "Pneumonia. Give ceftriaxone for 3 days, then change to outpatient follow-up.",
        [("ceftriaxone", "for", "unstated", "")],
    ),
    (
        "Asthma\n\nSecond-Line Options\n\nThese may be used when first-line agents have failed:\n\n• Montelukast",
        [("montelukast", "for", "subsequent", "when first-line agents have failed")],
    ),
    (
        "Women at high risk of osteoporosis should take alendronate 70 mg weekly.",
        [("alendronate", "for", "unstated", "")],
    ),
    (
        "Hyperkalemia. Spironolactone must be stopped and a loop diuretic started.",
        [("spironolactone", "against", "unstated", ""), ("loop diuretics", "for", "unstated", "")],
    ),
    (
        "In gout, thiazides should be discontinued and losartan given.",
        [("thiazide diuretics", "against", "unstated", ""), ("losartan", "for", "unstated", "")],
    ),
    (
        "Uveitis is treated with prednisone, with adalimumab 40 mg every 2 weeks added in recurrent disease.",
        [("prednisone", "for", "unstated", ""), ("adalimumab", "for", "subsequent", "")],
    ),
    (
        "Stroke. Warfarin in cryptogenic stroke (Class 3: No Benefit, Level B-R).",
        [("warfarin", "against", "unstated", "")],
    ),
    (
        "Gout needs prompt, effective colchicine, and allopurinol is the first-line drug for prevention.",
        [("colchicine", "for", "unstated", ""), ("allopurinol", "for", "first", "")],
    ),
    (
        "Gout is treated with colchicine, and allopurinol is added if flares recur.",
        [("colchicine", "for", "unstated", ""), ("allopurinol", "for", "subsequent", "if flares recur")],
    ),
    (
        "Mania. Lithium or valproate is first-line, with combination therapy reserved for severe episodes.",
        [("lithium", "for", "first", ""), ("valproate", "for", "first", "")],
    ),
    (
        "Scabies can be treated with permethrin, and most mild scabies needs no oral ivermectin.",
        [("permethrin", "for", "unstated", ""), ("ivermectin", "against", "unstated", "")],
    ),
    (
        "Lymphoma\n\n• Vincristine – reserved for relapses after rituximab\n• Bleomycin - second-line",
        [("vincristine", "for", "subsequent", "for relapses after rituximab"), ("bleomycin", "for", "subsequent", "")],
    ),
    (
        "Asthma\n\nDrugs to Avoid\n\n• Oral albuterol – too slow\n• Sedatives – no benefit",
        [("albuterol", "against", "unstated", ""), ("hypnotics", "against", "unstated", "")],
    ),
    (
        "Gout. If colchicine fails → prednisone 30 mg daily.",
        [("prednisone", "for", "subsequent", "If colchicine fails")],
    ),
    (
        "Psoriasis. Live vaccines should be postponed while infliximab is given 2.",
        [("vaccines", "against", "unstated", "while infliximab is given")],
    ),
    (
        "Insomnia. Melatonin is the first-line drug, and if it fails, low-dose doxepin is preferred.",
        [("melatonin", "for", "first", ""), ("doxepin", "for", "subsequent", "if it fails")],
    ),
    (
        "Asthma. Budesonide is first-line; systemic therapy is added only for severe attacks.",
        [("budesonide", "for", "first", "")],
    ),
    (
        "Psoriasis. Adalimumab 40 mg every 2 weeks, if methotrexate is insufficient.",
        [("adalimumab", "for", "subsequent", "if methotrexate is insufficient")],
    ),
    (
        "Migraine\n\n• Depression treated with an SSRI: amitriptyline 10 mg nightly",
        [("amitriptyline", "for", "unstated", "Depression treated with an SSRI")],
    ),
    (
        "Urticaria\n\nTriggers to Remove\n\n• Ibuprofen in adults who flare",
        [("ibuprofen", "against", "unstated", "in adults who flare")],
    ),
    (
        "Lymphoma\n\n• Gemcitabine plus oxaliplatin if bendamustine is not available",
        [("gemcitabine", "for", "unstated", "if bendamustine is not available"),
         ("oxaliplatin", "for", "unstated", "if bendamustine is not available")],
    ),
    (
        "Angina. A statin should be part of treatment, and nitrates are the foundation of angina care.",
        [("statins", "for", "unstated", ""), ("nitrates", "for", "unstated", "")],
    ),
]  # fmt: skip


@pytest.mark.parametrize(("text", "expected"), CLAUSES, ids=[t for t, _ in CLAUSES])
def test_clauses(text: str, expected: list[tuple[str, ...]], values_of: Values) -> None:
    assert values_of(text, "drug", "direction", "line", "condition") == expected


LINES = [
    ("Lupus\n\n• Initial dual therapy with belimumab plus mycophenolate is advised.", ["first", "first"]),
    ("Myeloma\n\n• Teclistamab is used after at least 3 prior lines.", ["subsequent"]),
    ("Ovarian Cancer\n\nPlatinum-Resistant Recurrence\n\n• Topotecan is an option.", ["subsequent"]),
    ("Sarcoidosis\n\nIf the response to prednisone is insufficient, use methotrexate.", ["subsequent"]),
    (
        "IgA Nephropathy\n\nDespite at least 3 months of supportive care, consider the following:\n\n• Budesonide 16 mg daily",
        ["subsequent"],
    ),
    ("Hyperlipidemia\n\nIf LDL stays above goal on a statin, use ezetimibe.", ["subsequent"]),
    ("Lupus\n\nAnifrolumab is suggested for active disease despite this treatment.", ["subsequent"]),
    (
        "Hypertension\n\nIf Blood Pressure Remains Uncontrolled\n\n• Spironolactone 25 mg daily",
        ["subsequent"],
    ),
    (
        "Pheochromocytoma\n\nPersistent Hypertension on Phenoxybenzamine\n\n• Add propranolol 40 mg daily",
        ["subsequent"],
    ),
    (
        "Lupus\n\nPrednisone is the first-line treatment, and early addition of belimumab is used for flares.",
        ["first", "subsequent"],
    ),
    ("Eczema\n\nWhen Lesions Persist\n\n• Tacrolimus ointment", ["subsequent"]),
    ("Asthma\n\n• Tezepelumab was added as a further option in 2023.", ["unstated"]),
    ("Depression\n\n• Raise sertraline to 100 mg if the response is insufficient.", ["unstated"]),
]


@pytest.mark.parametrize(("text", "expected"), LINES, ids=[t for t, _ in LINES])
def test_lines(text: str, expected: list[str], values_of: Values) -> None:
    assert [line for (line,) in values_of(text, "line")] == expected


def test_a_noun_under_a_heading_against_is_advice_against(values_of: Values) -> None:
    text = (
        "Atrial Fibrillation\n\nNot Recommended\n\n• Triple therapy with aspirin, clopidogrel, and warfarin\n"
        "• Long-term use of amiodarone in young adults"
    )
    assert values_of(text, "drug", "direction", "with_drugs") == [
        ("aspirin", "against", "clopidogrel, warfarin"),
        ("clopidogrel", "against", "aspirin, warfarin"),
        ("warfarin", "against", "aspirin, clopidogrel"),
        ("amiodarone", "against", ""),
    ]


BULLETS = [
    (
        "Prostatic Hyperplasia\n\nTamsulosin\n\n• 0.4 mg once daily is the usual dose\n"
        "• Avoid in patients planning cataract surgery\n• Contraindicated with strong CYP3A4 inhibitors",
        [("tamsulosin", "for", ""), ("tamsulosin", "against", "in patients planning cataract surgery"),
         ("tamsulosin", "against", "with strong CYP3A4 inhibitors")],
    ),
    (
        "HIV Infection\n\n• Rifampin for tuberculosis: avoid rilpivirine and doravirine",
        [("rilpivirine", "against", "Rifampin for tuberculosis"), ("doravirine", "against", "Rifampin for tuberculosis")],
    ),
    ("Psoriasis\n\nMonitoring\n\n• Methotrexate: creatinine every 8 weeks\n• Stop acitretin if lipids rise",
     [("acitretin", "against", "if lipids rise")]),
    (
        "Sarcoidosis\n\n• Adults after a positive biopsy test should receive prednisone",
        [("prednisone", "for", "after a positive biopsy test")],
    ),
]  # fmt: skip


@pytest.mark.parametrize(("text", "expected"), BULLETS, ids=[t for t, _ in BULLETS])
def test_bullets(text: str, expected: list[tuple[str, ...]], values_of: Values) -> None:
    assert values_of(text, "drug", "direction", "condition") == expected


def test_a_dose_for_other_patients_after_a_semicolon(values_of: Values) -> None:
    text = (
        "Graves' Disease\n\n• Methimazole is preferred\n"
        "• Starting dose: 10-20 mg daily for mild disease; 30-40 mg daily for severe disease"
    )
    assert values_of(text, "drug", "dose_text", "setting") == [
        ("methimazole", None, ""),
        ("methimazole", "10-20 mg daily", "mild"),
        ("methimazole", "30-40 mg daily", "severe"),
    ]


def test_the_disease_of_one_sentence_is_not_that_of_the_section(values_of: Values) -> None:
    text = (
        "How is cirrhosis managed?\n\nSpontaneous Bacterial Peritonitis\n\nIn pneumonia, levofloxacin is preferred. "
        "Cefotaxime is recommended in all patients."
    )
    assert values_of(text, "drug", "disease") == [
        ("levofloxacin", "pneumonia"),
        ("cefotaxime", "spontaneous bacterial peritonitis"),
    ]


def test_a_size_is_no_dose(values_of: Values) -> None:
    text = "Prostatic Hyperplasia\n\n• Finasteride 5 mg daily is an option when the prostate volume exceeds 30 mL"
    assert values_of(text, "drug", "dose_text") == [("finasteride", "5 mg daily")]


@pytest.mark.parametrize(
    "text",
    [
        "Hypertension. Lisinopril (5 mg daily, increased to 10 mg daily) plus amlodipine (5 mg daily) is preferred.",
        "Hypertension. Give lisinopril 5 mg once, then 10 mg daily, plus amlodipine 5 mg daily.",
    ],
)
def test_a_dose_that_rises_parts_no_combination(text: str, values_of: Values) -> None:
    assert sorted(set(values_of(text, "drug", "with_drugs"))) == [
        ("amlodipine", "lisinopril"),
        ("lisinopril", "amlodipine"),
    ]


def test_what_patients_were_exposed_to_is_not_the_disease(values_of: Values) -> None:
    text = "Kawasaki Disease\n\n• Influenza or varicella exposure: stop aspirin"
    assert values_of(text, "drug", "disease", "direction") == [("aspirin", "Kawasaki disease", "against")]


ENDS = [
    ("Gout\n\n• Prednisone: 30-40 mg daily for 5 days, then stop or taper", [("prednisone", "for", "30-40 mg daily for 5 days")]),
    (
        "Gout\n\n• Colchicine is preferred (strong recommendation)\n"
        "  • Low filtration: a single 0.6 mg dose, not repeated for 2 weeks",
        [("colchicine", "for", None), ("colchicine", "for", "0.6 mg")],
    ),
    (
        "Asthma\n\n• Stop theophylline if vomiting occurs, then stop.",
        [("theophylline", "against", None)],
    ),
]  # fmt: skip


@pytest.mark.parametrize(("text", "expected"), ENDS, ids=[t for t, _ in ENDS])
def test_the_end_of_a_course_is_no_advice_against(
    text: str, expected: list[tuple[Any, ...]], values_of: Values
) -> None:
    assert values_of(text, "drug", "direction", "dose_text") == expected


def test_a_contraindication_under_a_graded_bullet_has_no_grade(values_of: Values) -> None:
    text = (
        "Gout\n\n• Colchicine 0.6 mg daily (strong recommendation)\n  • Contraindicated with clarithromycin"
    )
    assert values_of(text, "drug", "direction", "strength") == [
        ("colchicine", "for", "strong"),
        ("colchicine", "against", "unstated"),
    ]


def test_signs_in_the_bracket_of_a_heading_are_no_diseases(values_of: Values) -> None:
    text = "Treatment of eclampsia\n\nSevere Symptoms (Seizures, Coma)\n\n- Give magnesium sulfate 4 g IV\n"
    assert values_of(text, "drug", "disease", "setting") == [("magnesium sulfate", "eclampsia", "severe")]


def test_lines_under_a_disease_stay_under_it(values_of: Values) -> None:
    text = (
        "Treatment of vasculitis\n\nTakayasu Arteritis\n\nFirst-Line\n\n- Prednisone 40 mg daily\n\nSecond-Line\n\n- Tocilizumab 162 mg weekly\n\n"
        "Kawasaki Disease\n\nInduction\n\n- Aspirin 80 mg/kg/day\n\nMaintenance\n\n- Aspirin 3 mg/kg/day\n"
    )
    assert [d for _, d in values_of(text, "drug", "disease")] == [
        "Takayasu arteritis", "Takayasu arteritis", "Kawasaki disease", "Kawasaki disease",
    ]  # fmt: skip


def test_of_two_diseases_of_the_title_the_one_that_is_said(values_of: Values) -> None:
    text = "What is the treatment of hypocalcemia and hypoparathyroidism?\n\nGive calcium gluconate 1 g IV to patients with severe hypocalcemia.\n"
    assert values_of(text, "drug", "disease") == [("calcium gluconate", "hypocalcemia")]


def test_what_a_disease_still_does_is_no_other_disease(values_of: Values) -> None:
    text = "Treatment of pheochromocytoma\n\nPersistent Hypertension on Phenoxybenzamine\n\n- Add propranolol 40 mg daily\n"
    assert values_of(text, "drug", "disease") == [("propranolol", "pheochromocytoma")]
