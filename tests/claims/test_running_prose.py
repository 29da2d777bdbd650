"""Sentences as guidelines write them: what holds for whom, where a condition ends, and of which drug the advice is."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest

Values = Callable[..., list[tuple[Any, ...]]]

DIRECTIONS = [
    # the main clause speaks again of the drug of the clause that opens the sentence
    ("Type 2 diabetes", "Because metformin can cause lactic acidosis, it should be stopped below 30 mL/min.", "metformin against"),
    ("Cystitis", "Since trimethoprim is a folate antagonist, it should be avoided in the first trimester.", "trimethoprim against"),
    ("Gout", "As naproxen and ibuprofen can harm the kidney, they should be avoided in kidney failure.",
     "ibuprofen against, naproxen against"),
    ("Gonorrhea", "Because many strains are resistant to ciprofloxacin, ceftriaxone is preferred.", "ceftriaxone for"),
    ("Cystitis", "Because a fifth of strains are resistant to trimethoprim, it is no longer given empirically.", "trimethoprim against"),
    # a second drug with a verb of its own behind the object of an imperative or a modal verb
    ("Migraine", "Women with aura should not use oral contraceptives, and triptans should be taken when pain starts.",
     "combined hormonal contraceptives against, triptans for"),
    ("Acne", "Do not combine tetracyclines with isotretinoin, and benzoyl peroxide may be added.",
     "benzoyl peroxide for, tetracyclines against"),
    # what only tells how another compares, and what is an alternative
    ("Epilepsy", "Lamotrigine is recommended for focal seizures, carbamazepine being less well tolerated.", "lamotrigine for"),
    ("Preeclampsia", "Labetalol is the first choice, nifedipine being an alternative in asthma.", "labetalol for, nifedipine for"),
    ("Pain", "Morphine is the first choice, codeine being too weak.", "morphine for"),
    # advice to persons on something else
    ("Tuberculosis", "Rifampicin lowers the levels of oral contraceptives, and women should use a barrier as well.", ""),
    ("Epilepsy", "Carbamazepine reduces the effect of the pill, so women need to use another method.", ""),
    ("Schizophrenia", "Clozapine is indicated when two drugs have failed, and weekly blood counts are needed.", "clozapine for"),
    ("COPD", "Roflumilast may be considered, but diarrhea leads many to stop it.", "roflumilast for"),
    ("Anaphylaxis", "Epinephrine is given at once; antihistamines must never delay it.", "epinephrine for"),
    ("Menopause", "Estrogen is combined with a progestogen in most; vaginal estrogen does not require one.",
     "estrogens for, progestins for"),
    ("Otitis media", "Amoxicillin is given to infants, while watchful waiting is safe in older children.", "amoxicillin for"),
    ("Ulcerative colitis", "Mesalazine suppositories should be used; oral mesalazine alone is less effective.", "mesalamine for"),
    ("Contraception", "Ulipristal should not be used by women on inducers, who should be offered a copper device instead.",
     "ulipristal against"),
    ("Gastroesophageal reflux disease", "Famotidine may help at night, but tolerance limits its long-term use.", "famotidine for"),
    ("Status epilepticus", "Phenytoin is given next but should not be infused faster than 50 mg/min.", "phenytoin for"),
    ("Epilepsy", "Stopping valproate abruptly is not recommended.", "valproate for"),
    ("Cystitis", "Stopping metformin before contrast is recommended.", "metformin against"),
    # a reason that names several drugs, and what they fail to do
    ("Hereditary angioedema", "Icatibant is used for attacks, since antihistamines, prednisone and epinephrine have no effect.",
     "icatibant for"),
    ("Iron deficiency", "Intravenous iron is reserved for patients in whom tablets are not tolerated, not absorbed or not effective.",
     "iron for"),
    ("Dermatomyositis", "Immunoglobulin is useful in patients who fail to improve on prednisolone.", "immunoglobulin for"),
    ("Heart failure", "If more than 80 mg of furosemide is needed, add metolazone.", "metolazone for"),
    ("Trigeminal neuralgia", "Carbamazepine is the first choice; oxcarbazepine is better tolerated.", "carbamazepine for"),
    ("HIV infection", "Post-exposure prophylaxis with tenofovir and raltegravir is given for 28 days.", "raltegravir for, tenofovir for"),
    ("HIV infection", "Zidovudine is given for 28 days and is not needed if the load is undetectable.", "zidovudine against, zidovudine for"),
    ("Gout", "Colchicine is given for 3 days and then stopped.", "colchicine for"),
    ("Cocaine dependence", "No drug has proven effective, and neither sertraline nor quetiapine should be used.",
     "quetiapine against, sertraline against"),
    ("Malaria", "Doxycycline 100 mg daily is taken until 4 weeks after return and is not suitable for children.",
     "doxycycline against, doxycycline for"),
    # exceptions that advise themselves, and what goes on
    ("IgA nephropathy", "Cyclophosphamide should not be used, except that it is justified in crescentic disease.",
     "cyclophosphamide against, cyclophosphamide for"),
    ("Meningitis", "Dexamethasone is started with or just before the first antibiotic and should be stopped if culture is negative.",
     "dexamethasone against, dexamethasone for"),
    ("Hypercalcemia", "Furosemide is no longer used routinely and should be restricted to patients with overload.",
     "furosemide against, furosemide for"),
    ("Anxiety", "Sertraline is offered first, and if it is not effective venlafaxine is tried.", "sertraline for, venlafaxine for"),
    # what had no row
    ("Syphilis", "Women who are allergic to penicillin should be desensitized and treated with penicillin.", "penicillins for"),
    ("Hypertension", "If cough occurs on an ACE inhibitor, losartan is substituted.", "losartan for"),
    ("ADHD", "Guanfacine suits children who cannot take stimulants.", "guanfacine for"),
    ("Systemic sclerosis", "Nifedipine is usually the first drug for Raynaud phenomenon.", "nifedipine for"),
    ("Gout", "Stone formers are poor candidates for probenecid.", "probenecid against"),
    ("Pyelonephritis", "Nitrofurantoin is cheap, but tissue levels are too low for it to be used.", "nitrofurantoin against"),
    ("Psoriasis", "Methotrexate remains the first systemic drug for most patients.", "methotrexate for"),
    ("Alcohol withdrawal", "Chlordiazepoxide is used; lorazepam is better in patients with cirrhosis.",
     "chlordiazepoxide for, lorazepam for"),
    ("Benign prostatic hyperplasia", "Finasteride is worthwhile only if the prostate is large.", "finasteride for"),
    ("Malaria", "Artemether-lumefantrine should be taken with fatty food.", "artemether/lumefantrine for"),
    ("Hypothyroidism", "Blood should be taken before levothyroxine is changed.", ""),
    ("Membranous nephropathy", "Rituximab has largely replaced cyclophosphamide in membranous nephropathy.", "rituximab for"),
    ("Membranous nephropathy", "Rituximab has taken the place of cyclophosphamide, which is kept for failing kidneys.",
     "cyclophosphamide for, rituximab for"),
    ("Stroke", "Warfarin has been replaced by apixaban.", "apixaban for"),
    ("Hyperthyroidism", "Carbimazole is preferred except in the first trimester, when propylthiouracil should be used.",
     "carbimazole for, propylthiouracil for"),
    ("Anemia", "Darbepoetin is withheld above 13 g/dL and is resumed at a lower dose.", "darbepoetin alfa against, darbepoetin alfa for"),
]  # fmt: skip

CONDITIONS = [
    # a condition ends where the advice on the same drug goes on
    ("CKD", "Dapagliflozin can be started when the eGFR is above 20 and may be continued later.",
     [("dapagliflozin", "when the eGFR is above 20"), ("dapagliflozin", "")]),
    ("Asthma", "Theophylline does little when added to budesonide and is best avoided.",
     [("theophylline", "when added to budesonide")]),
    ("Pulmonary embolism", "Alteplase is reserved for embolism with hypotension and should not be used otherwise.",
     [("alteplase", "for embolism with hypotension"), ("alteplase", "")]),
    ("Cancer pain", "Gabapentin may be tried when pain is neuropathic, although evidence is limited.",
     [("gabapentin", "when pain is neuropathic")]),
    ("Nausea", "Ondansetron is used if symptoms persist, preferably after 10 weeks.",
     [("ondansetron", "if symptoms persist")]),
    ("Insomnia", "Melatonin is an option for people aged 55 or over and can be repeated.",
     [("melatonin", "for people aged 55 or over")]),
    # ... but goes on with what its own subject is or has
    ("Asthma", "Use omalizumab when budesonide is not enough and is not tolerated.",
     [("omalizumab", "when budesonide is not enough and is not tolerated")]),
    ("Heart failure", "Spironolactone is started if potassium is below 5, and it is halved if potassium rises.",
     [("spironolactone", "if potassium is below 5, if potassium rises")]),
    ("Pneumonia", "Levofloxacin is kept for patients with an allergy because of its adverse effects.",
     [("levofloxacin", "for patients with an allergy")]),
    ("Tuberculosis", "Streptomycin is contraindicated in renal failure because it damages the ear.",
     [("streptomycin", "in renal failure")]),
    ("Diabetic nephropathy", "Ramipril is contraindicated in angioedema but useful in proteinuria.", [("ramipril", "in angioedema"), ("ramipril", "")]),
    ("Cushing syndrome", "Ketoconazole is used before surgery but requires weekly liver tests.", [("ketoconazole", "before surgery")]),
    ("Acute kidney injury", "Metformin is withheld during acute illness and restarted after recovery.",
     [("metformin", "during acute illness, after recovery")]),
    ("Endocarditis", "Gentamicin is no longer recommended, as it adds toxicity without clinical benefit.", [("gentamicin", "")]),
    # ... and so does that of what is no drug
    ("Variceal bleeding", "Tranexamic acid is of no value, and platelets are transfused only if bleeding persists.",
     [("tranexamic acid", "")]),
    ("IgA nephropathy", "A six-month course of prednisone is considered if proteinuria persists, but not when the eGFR is below 30 mL/min.",
     [("prednisone", "if proteinuria persists"), ("prednisone", "when the eGFR is below 30 mL/min")]),
    # patients who are the subject
    ("Asthma", "Patients with nasal polyps should receive mepolizumab.", [("mepolizumab", "with nasal polyps")]),
    ("Cystitis", "Women with a clotting history must not be given tranexamic acid.",
     [("tranexamic acid", "Women with a clotting history")]),
    ("Menopause", "Women with a clotting history should not be given estrogen, and paroxetine is avoided in those on tamoxifen.",
     [("estrogens", "Women with a clotting history"), ("paroxetine", "in those on tamoxifen")]),
    ("Gout", "Patients who form many stones should avoid probenecid.", [("probenecid", "Patients who form many stones")]),
    ("HIV infection", "Abacavir must not be given to carriers of HLA-B*5701.", [("abacavir", "to carriers of HLA-B*5701")]),
    ("Tuberculosis", "Pyridoxine is given in patients with diabetes, alcoholism or malnutrition.",
     [("pyridoxine", "in patients with diabetes, alcoholism or malnutrition")]),
    # those just named
    ("Cirrhosis", "Terlipressin is avoided in patients with hypoxia, in whom norepinephrine is the alternative.",
     [("terlipressin", "in patients with hypoxia"), ("norepinephrine", "in patients with hypoxia")]),
    ("Atrial fibrillation", "Flecainide must not be given to patients with a scarred heart, for whom amiodarone is safest.",
     [("flecainide", "to patients with a scarred heart")]),
    ("Multiple myeloma", "Zoledronic acid 4 mg is infused monthly, and denosumab is preferred when creatinine clearance is below 30 mL/min.",
     [("zoledronic acid", ""), ("denosumab", "when creatinine clearance is below 30 mL/min")]),
    ("Anemia", "Iron should be given before an erythropoietin is started.", [("iron", "before an erythropoietin is started")]),
    ("Gout", "Allopurinol is started at 100 mg daily (50 mg in stage 4 CKD).", [("allopurinol", ""), ("allopurinol", "in stage 4 CKD")]),
]  # fmt: skip

DETAILS = [
    ("HIV infection", "Dolutegravir with tenofovir and lamivudine is the preferred first regimen.", "with_drugs",
     ["lamivudine, tenofovir", "dolutegravir, lamivudine", "dolutegravir, tenofovir"]),
    ("Endometriosis", "Progestogens are offered first, and leuprolide with add-back therapy is second-line.", "line", ["first", "subsequent"]),
    ("Migraine", "Topiramate is avoided in women planning pregnancy, for whom propranolol is reasonable.", "population",
     ["pregnancy, women", "pregnancy, women"]),
    ("Malaria", "Primaquine is withheld from pregnant women, in whom weekly chloroquine is continued.", "population",
     ["pregnancy", "pregnancy"]),
    ("Preeclampsia", "Labetalol is the first choice for severe hypertension, nifedipine being an alternative.", "disease",
     ["hypertension", "hypertension"]),
    ("Gout", "Allopurinol is started at 100 mg daily (50 mg in stage 4 CKD).", "disease", ["gout", "gout"]),
    ("Diabetes", "Metformin should be limited to 1 g daily in patients who take dolutegravir.", "dose_role", ["maximum"]),
    ("Hypertension", "Prednisone combined with azathioprine is harmful and must not be used.", "with_drugs", ["azathioprine"]),
    ("Thrombocythemia", "Interferon alfa is preferred in women who may wish to have children.", "population", ["women"]),
    ("Croup", "Dexamethasone is given to all, and nebulized epinephrine is added for stridor.", "line", ["unstated", "subsequent"]),
    ("Hypercalcemia", "Furosemide comes first, and zoledronic acid is then infused.", "line", ["first", "unstated"]),
    ("Sepsis", "Norepinephrine is used first, vasopressin being added when the dose exceeds 0.25 mcg/kg/min.", "dose_low", [None, None]),
    ("Psoriasis", "Cyclosporine should be limited to 12 months.", "dose_role", ["regimen"]),
    ("Ulcerative colitis", "Cyclosporine has no role in maintenance.", "setting", ["maintenance"]),
    ("Nausea", "Ondansetron is recommended, preferably after 10 weeks.", "preference", ["unstated"]),
    ("Psoriasis", "Methotrexate remains the first systemic drug.", "line", ["first"]),
]  # fmt: skip


@pytest.mark.parametrize(("title", "sentence", "expected"), DIRECTIONS, ids=[s for _, s, _ in DIRECTIONS])
def test_of_which_drug_the_advice_is(title: str, sentence: str, expected: str, values_of: Values) -> None:
    found = values_of(f"Treatment of {title}\n\n{sentence}\n", "drug", "direction")
    assert ", ".join(sorted({f"{drug} {direction}" for drug, direction in found})) == expected


@pytest.mark.parametrize(("title", "sentence", "expected"), CONDITIONS, ids=[s for _, s, _ in CONDITIONS])
def test_for_whom_and_when(
    title: str, sentence: str, expected: list[tuple[str, str]], values_of: Values
) -> None:
    assert values_of(f"Treatment of {title}\n\n{sentence}\n", "drug", "condition") == expected


@pytest.mark.parametrize(
    ("title", "sentence", "column", "expected"), DETAILS, ids=[s for _, s, *_ in DETAILS]
)
def test_what_else_holds(
    title: str, sentence: str, column: str, expected: list[str], values_of: Values
) -> None:
    found = values_of(f"Treatment of {title}\n\n{sentence}\n", column)
    assert [value for (value,) in found] == expected
