"""Which diseases a title says the article is about."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest

Values = Callable[..., list[tuple[Any, ...]]]

TITLES = [
    # whose disease it is
    ("How is chronic hepatitis C treated in adults, including those with cirrhosis?", ["hepatitis C"]),
    ("Managing hyperkalemia in heart failure patients on spironolactone", ["hyperkalemia"]),
    ("Spasticity in multiple sclerosis: drug options", ["spasticity"]),
    ("Orthostatic hypotension in Parkinson disease", ["orthostatic hypotension"]),
    ("Treatment of anemia in chronic kidney disease", ["anemia"]),
    ("Pharmacologic management of agitation in Alzheimer's disease", ["agitation"]),
    ("Treatment of depression in patients with coronary artery disease", ["depression"]),
    ("Cryptococcal meningitis in adults with HIV infection", ["cryptococcal meningitis"]),
    # a disease and its emergency, which is read where it is named
    ("What is the treatment of hyperthyroidism and thyroid storm?", ["hyperthyroidism"]),
    ("Hypertension and hypertensive emergency: which drugs?", ["hypertension"]),
    ("Myasthenia gravis and myasthenic crisis", ["myasthenia gravis"]),
    (
        "Diabetic ketoacidosis and hyperosmolar hyperglycemic state",
        ["diabetic ketoacidosis", "hyperosmolar hyperglycemic state"],
    ),
    # what drugs have to be fitted to
    (
        "Is apixaban safe in patients with end-stage renal disease on hemodialysis and atrial fibrillation?",
        ["atrial fibrillation"],
    ),
    ("Hypertension in a patient with cirrhosis and chronic kidney disease", ["hypertension"]),
    ("What is the best treatment for a patient with acute gouty arthritis and stage 4 CKD?", ["gout"]),
    (
        "Which anticoagulant suits an adult with atrial fibrillation and end-stage renal disease?",
        ["atrial fibrillation"],
    ),
    (
        "Treatment of a patient with hypertension and type 2 diabetes",
        ["hypertension", "type 2 diabetes mellitus"],
    ),
    # what it comes from or with
    ("Bone metastases from breast cancer: bone-modifying agents", ["bone metastases"]),
    ("Uveitis associated with juvenile idiopathic arthritis", ["uveitis"]),
    ("Acute spinal cord compression from metastatic cancer", ["spinal cord compression"]),
    ("Bronchiectasis not due to cystic fibrosis: long-term macrolides", ["bronchiectasis"]),
    ("How is pain from endometriosis treated?", ["endometriosis"]),
    ("Relugolix Combination Therapy for Endometriosis-Associated Pain", ["endometriosis"]),
    ("What helps in ulcerative colitis-related fatigue?", ["ulcerative colitis"]),
    ("Managing Crohn's and anemia in adolescents", ["Crohn's disease", "anemia"]),
    ("Anti-MDA5 dermatomyositis with rapidly progressive ILD", ["IIM-ILD"]),
    ("My patient with rheumatoid arthritis has developed ILD. Which DMARD?", ["RA-ILD"]),
    ("Pulmonary fibrosis in rheumatoid arthritis", ["RA-ILD"]),
    ("When to start treatment in HIV-associated tuberculosis", ["tuberculosis"]),
    (
        "My patient with lupus has relapsed on azathioprine with new glomerulonephritis; what now?",
        ["systemic lupus erythematosus"],
    ),
    # several
    ("Brain metastases and seizures: what to give", ["brain metastases", "seizures"]),
    ("Obesity and type 2 diabetes: weight-lowering drugs", ["obesity", "type 2 diabetes mellitus"]),
    ("Pain in sickle cell disease", ["pain", "sickle cell disease"]),
    # a symptom of the disease right before it, and what is eradicated to treat it
    ("Angiodysplasia bleeding: octreotide or thalidomide?", ["angiodysplasia"]),
    ("Gastric MALT lymphoma: H. pylori eradication", ["gastric MALT lymphoma"]),
    # vaccines, and what is done to patients
    ("Yellow fever vaccine in travelers", ["yellow fever"]),
    ("Pneumococcal vaccines in adults", ["vaccination"]),
    ("Antithrombotic therapy after TAVR", ["transcatheter aortic valve replacement"]),
    ("Statins for primary prevention in older adults", ["cardiovascular disease"]),
    # sorts that no list has, and what a drug does
    ("Pericaecal abscess: which antibiotic?", ["abscess"]),
    ("Umbilical abscesses in adults", ["umbilical abscess"]),
    ("Nocardia keratitis: amikacin drops", ["Nocardia keratitis"]),
    ("Uncomplicated appendiceal abscess", ["appendiceal abscess"]),
    ("Recurrent cystitis", ["cystitis"]),
    ("Generalized vitiligo: phototherapy", ["vitiligo"]),
    ("Theophylline toxicity: when is dialysis needed?", ["theophylline toxicity"]),
    ("Penicillin allergy: desensitization", ["penicillins allergy"]),
    # who does not have it, germs alone, and where the course begins
    ("GLP-1 receptor agonists for weight loss in adults without diabetes", ["obesity"]),
    ("Treatment of migraine without aura", ["migraine"]),
    ("Drug of choice for Listeria in pregnancy", ["listeriosis"]),
    ("Thromboprophylaxis in hospitalized medical patients", ["venous thromboembolism"]),
    ("Bipolar disorder: From Acute Mania to Maintenance", ["bipolar disorder"]),
    # one name
    ("Hand, foot, and mouth disease: what helps?", ["hand, foot, and mouth disease"]),
    ("Treatment of elevated lipoprotein(a)", ["elevated lipoprotein(a)"]),
    ("Limited and diffuse cutaneous systemic sclerosis", ["systemic sclerosis"]),
    ("Acute and chronic urticaria", ["urticaria", "chronic urticaria"]),
    ("Posttraumatic headache prophylaxis", ["post-traumatic headache"]),
    ("Management of hypercalcaemia of malignancy", ["hypercalcemia of malignancy"]),
    ("Dry mouth after radiotherapy", ["xerostomia"]),
]


@pytest.mark.parametrize(("title", "diseases"), TITLES, ids=[title for title, _ in TITLES])
def test_diseases_of_a_title(title: str, diseases: list[str], values_of: Values) -> None:
    rows = values_of(f"{title}\n\nFirst-Line Therapy\n\n• Prednisone is recommended\n", "drug", "disease")
    assert rows == [("prednisone", disease) for disease in diseases]


def test_a_bracket_in_a_heading_tells_by_what_a_state_shows(values_of: Values) -> None:
    text = (
        "Clostridioides difficile infection: which drug?\n\nFulminant Disease (Hypotension, Ileus, or Megacolon)\n\n"
        "• Vancomycin 500 mg four times daily\n\nRelapse\n\n• Fidaxomicin 200 mg twice daily\n"
    )
    assert values_of(text, "drug", "disease") == [
        ("vancomycin", "Clostridioides difficile infection"),
        ("fidaxomicin", "Clostridioides difficile infection"),
    ]


HEADINGS = [
    ("Treatment of HIV infection", "Tuberculosis Coinfection", "HIV infection"),
    ("Treatment of rheumatoid arthritis", "Heart Failure and TNF Inhibitors", "rheumatoid arthritis"),
    ("Treatment of RA-ILD", "Usual Interstitial Pneumonia Pattern", "RA-ILD"),
    ("Treatment of RA-ILD", "Progressive Pulmonary Fibrosis", "RA-ILD"),
    ("Treatment of systemic sclerosis", "Pulmonary Fibrosis", "SSc-ILD"),
    ("Treatment of connective tissue disease-associated ILD", "Rheumatoid Arthritis", "RA-ILD"),
    ("Treatment of interstitial lung disease", "Antisynthetase Syndrome", "IIM-ILD"),
    ("Treatment of sarcoidosis", "Cardiac Sarcoidosis", "cardiac sarcoidosis"),
    # whose disease it is, and what comes of the article's own
    (
        "Kidney care in connective tissue disease",
        "Sjögren's Interstitial Nephritis",
        "interstitial nephritis",
    ),
    (
        "Kidney care in connective tissue disease",
        "Interstitial Nephritis in Sjögren's Disease",
        "interstitial nephritis",
    ),
    (
        "Treatment of bronchopulmonary dysplasia",
        "Pulmonary Hypertension Complicating Bronchopulmonary Dysplasia",
        "pulmonary hypertension",
    ),
    ("Treatment of systemic sclerosis", "Scleroderma Renal Crisis", "scleroderma renal crisis"),
    ("Treatment of cystic fibrosis", "Pancreatitis due to Cystic Fibrosis", "pancreatitis"),
    ("Management of cirrhosis", "Ascites", "ascites"),
]


def test_a_manifestation_of_the_disease_of_the_article_keeps_that_disease(values_of: Values) -> None:
    text = "Amyloidosis\n\nHeart Failure in Amyloidosis\n\n• Torsemide is recommended\n"
    assert values_of(text, "drug", "disease") == [
        ("torsemide", "heart failure"),
        ("torsemide", "amyloidosis"),
    ]


def test_the_disease_in_which_a_crisis_comes_is_another_matter(values_of: Values) -> None:
    text = (
        "Treatment of systemic sclerosis\n\nScleroderma Renal Crisis\n\n• Captopril is recommended\n"
        "• Avoid prednisone in anyone with early systemic sclerosis\n"
    )
    assert values_of(text, "drug", "disease") == [
        ("captopril", "scleroderma renal crisis"),
        ("prednisone", "systemic sclerosis"),
    ]


def test_a_disease_that_the_article_turned_to_is_no_group_of_patients_later(values_of: Values) -> None:
    text = (
        "Treatment of vasoplegia\n\n{}\n\n• Epinephrine is recommended\n\n"
        "Epinephrine Dosing in Adults with Anaphylaxis\n\n• 20 mcg IV every 2 minutes\n"
    )
    diseases = [values_of(text.format(heading), "disease") for heading in ("Anaphylaxis", "First Hour")]
    assert diseases == [[("anaphylaxis",), ("anaphylaxis",)], [("vasoplegia",), ("vasoplegia",)]]


@pytest.mark.parametrize(("title", "heading", "disease"), HEADINGS, ids=[h for _, h, _ in HEADINGS])
def test_what_a_section_is_about(title: str, heading: str, disease: str, values_of: Values) -> None:
    text = f"{title}\n\nFirst-Line Therapy\n\n• Prednisone is recommended\n\n{heading}\n\n• Rifampin is recommended\n"
    assert values_of(text, "drug", "disease")[1:] == [("rifampin", disease)]
