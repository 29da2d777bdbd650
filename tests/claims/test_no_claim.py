"""What is not a claim."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest

from pipeline.claims import extract_claims

SILENT = [
    "Gout. We advise against routine measurement of colchicine.",
    "Osteoporosis. Calcium oxalate stones are not a reason to worry.",
    "Essential Tremor\n\n• Drug-induced tremor: lithium, valproate, and albuterol are common causes",
    "Bipolar Disorder\n\nSpecial Considerations\n\n• Lithium and valproate together: watch for tremor",
    "Migraine\n\nFollow-Up Care\n\n• ECG every 6 months on verapamil above 480 mg/day",
    "Gout. Check the blood count every 3 months on allopurinol.",
    "Epilepsy. Liver enzymes are checked monthly in patients taking valproate.",
    "Rheumatoid arthritis. Screen for tuberculosis before starting infliximab.",
    "Asthma. Symptoms may worsen with propranolol toxicity.",
    "Pneumonia. Amiodarone-induced lung disease mimics infection.",
    "Depression. Sertraline inhibits the reuptake of serotonin.",
    "Bipolar disorder. Lithium levels are measured weekly.",
    "Psoriasis. Adalimumab was approved in 2008.",
    "Hypertension\n\nMonitoring\n\n• Serum creatinine: within 1 week of starting an ACE inhibitor",
    "Heart failure\n\nDiuretics\n\n• Potassium should be checked 2 weeks after each change of dose",
    "Hypertension. The half-life of amlodipine is long.",
    "Tuberculosis\n\nReferences\n\n1. Rifampin for latent tuberculosis. A journal, 2020.",
    "Osteoporosis\n\n• Stopping denosumab was followed by rebound fractures.",
    "Asthma. Abrupt withdrawal of prednisone may trigger adrenal crisis.",
    "Gout. Insulin requirements often rise in patients with diabetes.",
    "Gout. Colchicine caused more diarrhea than placebo.",
    "Epilepsy\n\nEvidence\n\n• In a cohort, valproate led to pancreatitis in 3% of patients",
    "Hypertension\n\nEvidence\n\n• In one trial propranolol caused asthma in a tenth",
    "Gout. Vitamin D testing is not recommended.",
    "Gout\n\nProfessional Medical Disclaimer\n\nThis text on allopurinol is recommended reading only.",
]


@pytest.mark.parametrize("text", SILENT)
def test_no_claim(text: str, rows_of: Callable[..., list[dict[str, Any]]]) -> None:
    assert [(r["drug"], r["quote"]) for r in rows_of(text)] == []


PARTNERS = [
    ("In pulmonary embolism, alteplase is recommended for deterioration on heparin.", ["alteplase"]),
    ("In atrial fibrillation, glucagon may be reasonable for atenolol, sotalol, and nadolol.", ["glucagon"]),
    ("In atrial fibrillation, give vitamin K for warfarin reversal.", ["vitamin k"]),
    (
        "In heart failure, aim at 20 mg for lisinopril, 8 mg for candesartan, and 10 mg for bisoprolol.",
        ["lisinopril", "candesartan", "bisoprolol"],
    ),
    ("In rheumatoid arthritis, give folic acid 5 mg weekly for methotrexate.", ["folic acid"]),
    (
        "In ovarian cancer, give dexamethasone 20 mg before paclitaxel, diphenhydramine 50 mg IV, and famotidine 20 mg IV.",
        ["dexamethasone", "diphenhydramine", "famotidine"],
    ),
    ("Ibuprofen is an option for gout, with efficacy comparable to indomethacin.", ["ibuprofen"]),
    ("In Crohn's disease, azathioprine is recommended after infliximab induction.", ["azathioprine"]),
    ("In status epilepticus, add levetiracetam when lorazepam fails.", ["levetiracetam"]),
    ("For cystitis in patients allergic to trimethoprim, use fosfomycin.", ["fosfomycin"]),
    ("Apixaban, an anticoagulant, is recommended for pulmonary embolism.", ["apixaban"]),
    ("Apixaban is the preferred anticoagulant for pulmonary embolism.", ["apixaban"]),
    ("The antifibrotic drug nintedanib is recommended for idiopathic pulmonary fibrosis.", ["nintedanib"]),
    ("In heart failure, add metolazone when a loop diuretic alone fails.", ["metolazone"]),
    ("For malaria, give doxycycline 100 mg daily, 2 hours apart from antacids.", ["doxycycline"]),
    ("For uterine atony, infuse oxytocin 20 units in 500 mL of crystalloid.", ["oxytocin"]),
    ("For sepsis, give ceftriaxone while waiting for vancomycin.", ["ceftriaxone"]),
    ("NSAIDs such as naproxen are recommended for ankylosing spondylitis.", ["nsaids", "naproxen"]),
]


@pytest.mark.parametrize(("text", "drugs"), PARTNERS)
def test_only_what_is_advised_on(
    text: str, drugs: list[str], rows_of: Callable[..., list[dict[str, Any]]]
) -> None:
    assert [r["drug"] for r in rows_of(text)] == drugs


def test_a_contraindication_keeps_the_disease_of_the_article(
    rows_of: Callable[..., list[dict[str, Any]]],
) -> None:
    (row,) = rows_of("Treatment of Hypertension\n\n• Propranolol is contraindicated in patients with asthma.")
    assert (row["disease"], row["direction"], row["strength"]) == ("hypertension", "against", "unstated")


DIRECTIONS = [
    ("Patients with recent surgery should not receive bevacizumab.", [("bevacizumab", "against")]),
    ("Never bridge with heparin.", [("heparin", "against")]),
    ("Do not stop allopurinol during a flare.", [("allopurinol", "for")]),
    ("Amlodipine was noninferior to enalapril.", [("amlodipine", "for")]),
    ("Amlodipine gave faster relief than placebo.", [("amlodipine", "for")]),
    ("Zinc was ineffective in three trials.", [("zinc", "against")]),
    ("Digoxin has a place only after bisoprolol.", [("digoxin", "for")]),
    ("Avoid verapamil, which adds weight.", [("verapamil", "against")]),
    ("Zinc was tried in one series, with relapse after the drug was stopped.", [("zinc", "for")]),
    (
        "Ivabradine 5 mg is used.\n\n- With a moderate CYP3A inhibitor, the starting dose is 2.5 mg.",
        [("ivabradine", "for")] * 2,
    ),
    ("Avoid:\n\n- Ranolazine alone (no benefit over placebo)", [("ranolazine", "against")]),
    ("Zinc was no better than olive oil in one trial.", [("zinc", "against")]),
    ("A cohort found more bleeding with warfarin than with apixaban.", [("warfarin", "against")]),
    (
        "Ranolazine prolonged exercise, compared with 10.5 minutes for diltiazem alone.",
        [("ranolazine", "for")],
    ),
    ("Ranolazine prolonged exercise in 40%, versus 12% with ivabradine.", [("ranolazine", "for")]),
    ("Zinc needs no dose change.", []),
    ("Leflunomide allowed lower prednisone doses in a small trial.", [("leflunomide", "for")]),
    ("Denosumab lowered calcium in most patients.", [("denosumab", "for")]),
    ("Azacitidine is suggested for adults unfit for intensive chemotherapy.", [("azacitidine", "for")]),
    ("Omeprazole should be given throughout naproxen treatment.", [("omeprazole", "for")]),
    ("Mild elevation on octreotide | Add cabergoline", [("cabergoline", "for")]),
    ("Delay azathioprine until cholestasis has resolved.", [("azathioprine", "against")]),
    ("Diltiazem 60 mg is used first; larger doses add only toxicity.", [("diltiazem", "for")]),
    ("Exposure to diazepam alone: morphine is not indicated.", [("morphine", "against")]),
    ("Avoid paregoric, which contains camphor.", [("paregoric", "against")]),
    ("Do not rely on one drug; admit the patient for nitroglycerin.", [("nitroglycerin", "for")]),
    ("Do not raise the nifedipine dose above 120 mg.", [("nifedipine", "against")]),
    (
        "Nivolumab is avoided in active disease requiring more than 10 mg of prednisone daily.",
        [("nivolumab", "against")],
    ),
    (
        "Mifepristone is contraindicated in asthma and long-term corticosteroid therapy.",
        [("mifepristone", "against")],
    ),
    ("During pregnancy labetalol is preferred.", [("labetalol", "for")]),
    ("Stop verapamil, bisoprolol 5 mg daily.", [("verapamil", "against"), ("bisoprolol", "for")]),
    (
        "Stop verapamil and diltiazem, bisoprolol 5 mg daily.",
        [("verapamil", "against"), ("diltiazem", "against"), ("bisoprolol", "for")],
    ),
    (
        "Stop verapamil, diltiazem and digoxin.",
        [("verapamil", "against"), ("diltiazem", "against"), ("digoxin", "against")],
    ),
    ("Correction of potassium and magnesium comes first.", []),
    ("Correct calcium, magnesium and potassium before digoxin is given.", []),
    ("Potassium and magnesium should be corrected.", []),
    ("Correct magnesium deficiency with magnesium sulfate 2 g IV.", [("magnesium sulfate", "for")]),
    ("Verapamil not available | Diltiazem 60 mg | Weak", [("diltiazem", "for")]),
    ("Ranolazine narrowly missed its primary endpoint.", [("ranolazine", "unstated")]),
    ("Colchicine showed a benefit, with a median prednisone dose below 5 mg.", [("colchicine", "for")]),
    ("Treatment begins with rest and moderation of fluid and caffeine intake.", []),
    ("Cumulative exposure to diclofenac has been linked with incident stroke.", []),
    ("It is contraindicated in heart failure and treatment with verapamil.", []),
    ("This page was revised in March. Ivabradine was added, and digoxin was removed.", []),
    ("Do not escalate nitroglycerin to treat headache.", [("nitroglycerin", "against")]),
    (
        "Trimetazidine showed no benefit in a large trial; treat coexisting anemia.",
        [("trimetazidine", "against")],
    ),
    (
        "Cisplatin-based chemotherapy plus nivolumab is recommended.",
        [("cisplatin", "for"), ("nivolumab", "for")],
    ),
]


@pytest.mark.parametrize(("text", "expected"), DIRECTIONS)
def test_direction(
    text: str, expected: list[tuple[str, str]], rows_of: Callable[..., list[dict[str, Any]]]
) -> None:
    assert [(r["drug"], r["direction"]) for r in rows_of(f"Angina\n\n{text}")] == expected


PROCEDURES = [
    ("On the day of surgery, give half the insulin glargine dose.", ["insulin glargine"]),
    ("• Hold apixaban on the morning of surgery", ["apixaban"]),
    ("• Day of surgery: insulin glargine 10 units", ["insulin glargine"]),
    ("At the time of dialysis, heparin is given.", ["heparin"]),
    ("One day of azithromycin is recommended before surgery.", ["azithromycin"]),
    ("Surgery is recommended.", ["surgery"]),
]


@pytest.mark.parametrize(("text", "expected"), PROCEDURES)
def test_the_day_of_a_procedure(text: str, expected: list[str], article_of: Callable[..., Any]) -> None:
    assert [c.drug for c in extract_claims(article_of(f"Angina\n\n{text}"))] == expected
