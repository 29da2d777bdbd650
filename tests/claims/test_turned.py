"""What turns advice around: denied withdrawals, refusals without a verb, notes in telegram style, questions with their answers."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest

Values = Callable[..., list[tuple[Any, ...]]]

TURNED = [
    # what need not be stopped is advised
    ("Crohn's disease", "Azathioprine need not be interrupted for a dental extraction.", "azathioprine for"),
    ("Epilepsy", "There is no need to stop lamotrigine before surgery.", "lamotrigine for"),
    ("Bacterial meningitis", "Never delay ceftriaxone while waiting for the scan.", "ceftriaxone for"),
    ("Migraine", "It is not unreasonable to try riboflavin.", "riboflavin for"),
    ("Migraine", "Nothing speaks against continuing propranolol.", "propranolol for"),
    ("Gout", "Colchicine is not contraindicated in mild renal impairment.", "colchicine for"),
    ("Gout", "Colchicine is not contraindicated.", ""),
    ("", "In angina after a stroke, amlodipine is not contraindicated and can be started.", "amlodipine for"),
    ("Insomnia", "Zopiclone should be tapered off and stopped.", "zopiclone against"),
    ("Asthma", "Prednisone 40 mg daily should be tapered and stopped within 10 days.", "prednisone for"),
    ("Insomnia", "Plan withdrawal of diazepam before pregnancy.", "diazepam against"),
    ("Heart failure", "A small rise in creatinine does not justify stopping lisinopril.", "lisinopril for"),
    ("Heart failure", "Carvedilol should not be held back because of mild fatigue.", "carvedilol for"),
    ("Asthma", "Budesonide is not to be stopped during pregnancy.", "budesonide for"),
    ("Type 2 diabetes", "Do not be afraid to start insulin.", "insulin for"),
    ("Opioid use disorder", "Methadone and buprenorphine are options; neither should be stopped in pregnancy.", "buprenorphine for, methadone for"),
    ("Myasthenia gravis", "Stop magnesium; pyridostigmine may go on.", "magnesium against, pyridostigmine for"),
    ("Melanoma", "Dacarbazine has been abandoned and nivolumab has taken its place.", "dacarbazine against, nivolumab for"),
    ("Stroke", "Warfarin was long used, but apixaban has largely replaced it.", "apixaban for"),
    ("Heart failure", "There is little point in stopping carvedilol for a rate of 55.", "carvedilol for"),
    ("Asthma", "It would be a mistake to stop budesonide in pregnancy.", "budesonide for"),
    ("Stroke", "Do not wait for laboratory results before giving alteplase.", "alteplase for"),
    # what has had its day
    ("Asthma", "It would be wrong to treat with salmeterol alone.", "salmeterol against"),
    ("Cellulitis", "There is no point in adding clindamycin.", "clindamycin against"),
    ("Cellulitis", "Vancomycin is not called for.", "vancomycin against"),
    ("Stroke", "Heparin is not part of the treatment.", "heparin against"),
    ("Malaria", "Chloroquine will no longer do in Africa.", "chloroquine against"),
    ("Malaria", "Chloroquine will do no harm.", ""),
    ("Epilepsy", "Phenytoin is best left alone in the elderly.", "phenytoin against"),
    ("HIV infection", "Efavirenz is being phased out.", "efavirenz against"),
    ("Hyponatremia", "Demeclocycline has had its day.", "demeclocycline against"),
    ("Hyponatremia", "Resist the temptation to give hypertonic saline.", "hypertonic saline against"),
    ("Depression", "Amitriptyline is no longer the drug of first choice.", "amitriptyline against"),
    ("Migraine", "Butterbur used to be recommended but is now discouraged.", "butterbur against"),
    ("Migraine", "Ergotamine is a thing of the past.", "ergotamine against"),
    ("Psoriasis", "Systemic prednisone is out of the question.", "prednisone against"),
    ("Asthma", "Montelukast has been superseded by budesonide.", "budesonide for"),
    ("Rosacea", "Hydrocortisone makes the redness worse and should be avoided.", "hydrocortisone against"),
    ("Rosacea", "Hydrocortisone makes the redness worse.", ""),
    # "not" and "never" before a drug, "no longer" in its bracket
    ("Psoriasis", "Treat plaques with calcipotriene or clobetasol and never with prednisone.",
     "calcipotriene for, clobetasol for, prednisone against"),
    ("Psoriasis", "Plaques are treated with calcipotriene, not prednisone or dexamethasone.",
     "calcipotriene for, dexamethasone against, prednisone against"),
    ("Gout", "Allopurinol is given for life, but never with azathioprine.", "allopurinol against, allopurinol for"),
    ("Acne vulgaris", "Adapalene (preferred), tretinoin (alternative), erythromycin (no longer advised)",
     "adapalene for, erythromycin against, tretinoin for"),
    ("Acne vulgaris", "Options are adapalene, erythromycin (not recommended) and benzoyl peroxide (preferred).",
     "adapalene for, benzoyl peroxide for, erythromycin against"),
    ("Acne vulgaris", "Avoid erythromycin and clindamycin (no longer advised).", "clindamycin against, erythromycin against"),
    # "but not in X"
    ("Osteoporosis", "Zoledronic acid may be given, but not in severe renal impairment.", "zoledronic acid against, zoledronic acid for"),
    ("Osteoporosis", "Romosozumab can be used, but never after a heart attack.", "romosozumab against, romosozumab for"),
    ("Osteoporosis", "Alendronate is given weekly, but not to every woman.", "alendronate for"),
    ("Malaria", "Treatment\n\n- Primaquine\n  - Not in pregnancy\n- Quinine", "primaquine against, primaquine for, quinine for"),
    ("Gout", "Drugs\n\n- Febuxostat\n  - Only if allopurinol is not tolerated\n- Probenecid\n  - Not with kidney stones",
     "febuxostat for, probenecid against, probenecid for"),
    ("Acute coronary syndrome", "Prasugrel is contraindicated after stroke; ticagrelor is not.", "prasugrel against"),
    ("Breast cancer", "Letrozole is given after menopause and never before.", "letrozole for"),
    ("COVID-19", "Dexamethasone is given for hypoxia, not for outpatients.", "dexamethasone against, dexamethasone for"),
    # notes
    ("Migraine", "Sumatriptan: not in coronary disease.", "sumatriptan against"),
    ("Gonorrhea", "Ceftriaxone, not ciprofloxacin.", "ceftriaxone for, ciprofloxacin against"),
    ("Preeclampsia", "Magnesium sulfate for seizures, labetalol for pressure, no diuretics.",
     "diuretics against, labetalol for, magnesium sulfate for"),
    ("Insomnia", "Melatonin rather than zolpidem for those over 65.", "melatonin for"),
    ("Insomnia", "Sleep hygiene first; zopiclone only for short crises.", "zopiclone for"),
    ("Septic shock", "Norepinephrine first. Dopamine no longer.", "dopamine against, norepinephrine for"),
    ("Sinusitis", "Amoxicillin only if symptoms last more than 10 days.", "amoxicillin for"),
    ("", "Chronic myeloid leukemia: dasatinib if imatinib is not tolerated.", "dasatinib for"),
    ("", "In diabetic ketoacidosis, sodium bicarbonate only if the pH is below 6.9.", "sodium bicarbonate for"),
    ("Atopic dermatitis", "Hydrocortisone: only on the face.", "hydrocortisone for"),
    ("Sinusitis", "Patients took amoxicillin only if symptoms lasted.", ""),
    ("Malaria", "Artesunate stat; quinine ok in pregnancy; chloroquine out.", "artesunate for, chloroquine against, quinine for"),
    ("Status epilepticus", "Lorazepam early, levetiracetam ok, phenytoin no.", "levetiracetam for, lorazepam for, phenytoin against"),
    ("Alcohol withdrawal", "Diazepam fine in cirrhosis. No propranolol here.", "diazepam for, propranolol against"),
    ("Croup", "Dexamethasone for all, yes; antibiotics without fever, no.", "antibiotics against, dexamethasone for"),
    ("Croup", "Do: dexamethasone once\nDon't: codeine", "codeine against, dexamethasone for"),
    ("Sepsis", "Patients who received hydrocortisone early had fewer deaths.", ""),
    ("Gout", "The rash is out of proportion to colchicine.", ""),
    # questions
    ("Epilepsy", "Should valproate be used in pregnancy? No. Lamotrigine is preferred.", "lamotrigine for, valproate against"),
    ("Epilepsy", "Can valproate be used? No, lamotrigine is preferred.", "lamotrigine for, valproate against"),
    ("Epilepsy", "Q: Is levetiracetam an option?\nA: Yes, it may be used.", "levetiracetam for"),
    ("Epilepsy", "Must carbamazepine be stopped before a blood test? There is no need for that.", "carbamazepine for"),
    ("Epilepsy", "Can lamotrigine be used while breastfeeding?\n\nYes. It is safe.", "lamotrigine for"),
    ("Acute pancreatitis", "Q: Do all patients need meropenem?\nA: No. It should not be given.", "meropenem against"),
    ("Epilepsy", "Can valproate be used in pregnancy? It must be avoided.", "valproate against"),
    ("Depression", "Is bupropion safe in epilepsy? It is not.", "bupropion against"),
    ("Depression", "Is St. John's wort an option? Yes, in mild depression.", "st. john's wort for"),
    ("Asthma", "Albuterol alone? No longer advised.", "albuterol against"),
    ("Asthma", "Why not albuterol alone? No one would ask.", ""),
    # "either"
    ("Benign prostatic hyperplasia", "Tamsulosin offers no benefit over alfuzosin; both can be used.", "alfuzosin for, tamsulosin for"),
    ("Osteoarthritis", "Naproxen was no better than ibuprofen; either is acceptable.", "ibuprofen for, naproxen for"),
    # lines of labels
    ("Glaucoma", "First-line: latanoprost\nIf the target pressure is not reached: add timolol\nIn asthma: no timolol",
     "latanoprost for, timolol against, timolol for"),
    ("Epilepsy", "Which drug is best? No one knows whether lamotrigine is.", ""),
    ("Gout", "Is colchicine ok? Perhaps.", ""),
]  # fmt: skip


@pytest.mark.parametrize(("title", "text", "expected"), TURNED, ids=[t for _, t, _ in TURNED])
def test_direction(title: str, text: str, expected: str, values_of: Values) -> None:
    found = {
        f"{drug} {direction}"
        for drug, direction in values_of(f"{title}\n\n{text}".lstrip(), "drug", "direction")
    }
    assert ", ".join(sorted(found)) == expected


SAID = [
    # (title, text, columns, rows)
    ("Acne vulgaris", "Adapalene (preferred), erythromycin (no longer advised)", ("drug", "preference"),
     [("adapalene", "preferred"), ("erythromycin", "unstated")]),
    ("", "In primary biliary cholangitis, obeticholic acid may be added, but not in decompensated cirrhosis.",
     ("disease", "direction", "condition"),
     [("primary biliary cholangitis", "for", ""), ("primary biliary cholangitis", "against", "in decompensated cirrhosis")]),
    ("", "Rituximab is recommended for pemphigus vulgaris but not for atopic dermatitis.", ("disease", "direction"),
     [("pemphigus vulgaris", "for"), ("atopic dermatitis", "against")]),
    ("Epilepsy", "Must carbamazepine be stopped before a blood test? There is no need for that.", ("direction", "condition"),
     [("for", "before a blood test")]),
    ("Gout", "Allopurinol may be used, but not together with azathioprine.", ("drug", "direction", "with_drugs"),
     [("allopurinol", "for", ""), ("allopurinol", "against", "azathioprine")]),
    ("Psoriasis", "Plaques are treated with calcipotriene, but not with prednisone.", ("drug", "direction", "with_drugs"),
     [("calcipotriene", "for", ""), ("prednisone", "against", "")]),
    ("Alcohol withdrawal", "Lorazepam ok in cirrhosis.", ("disease", "condition"), [("alcohol withdrawal", "in cirrhosis")]),
    ("", "In angina after a stroke, amlodipine can be started.", ("disease",), [("angina",)]),
    ("Multiple myeloma", "Bortezomib comes first and carfilzomib is kept for relapse.", ("drug", "line"),
     [("bortezomib", "first"), ("carfilzomib", "subsequent")]),
    ("", "Pembrolizumab prolonged survival in melanoma, and it is now the preferred first-line treatment.",
     ("kind", "line", "preference"), [("evidence", "unstated", "unstated"), ("recommendation", "first", "preferred")]),
    ("Psoriasis", "Secukinumab improved skin clearance in trials, and it is now recommended.", ("kind",),
     [("evidence",), ("recommendation",)]),
    ("Glaucoma", "First-line: latanoprost\nIf the target pressure is not reached: add timolol\nIn asthma: no timolol",
     ("disease", "line", "condition"),
     [("glaucoma", "first", ""), ("glaucoma", "subsequent", "If the target pressure is not reached"),
      ("glaucoma", "unstated", "In asthma")]),
    ("Gout", "Treat flares with colchicine.", ("drug", "line"), [("colchicine", "unstated")]),
]  # fmt: skip


@pytest.mark.parametrize(("title", "text", "columns", "rows"), SAID, ids=[t for _, t, *_ in SAID])
def test_values(
    title: str, text: str, columns: tuple[str, ...], rows: list[tuple[str, ...]], values_of: Values
) -> None:
    assert values_of(f"{title}\n\n{text}".lstrip(), *columns) == rows
