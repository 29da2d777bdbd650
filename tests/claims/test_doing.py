"""What a drug only does or is, relative clauses on another drug, and drugs that are named only to be looked for."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest

Values = Callable[..., list[tuple[Any, ...]]]

SAID = [
    # what a drug does to another, or to the body, is no advice on it
    ("Hypothyroidism", "Levothyroxine is the treatment of choice; calcium and iron impair its absorption.", "levothyroxine for"),
    ("Epilepsy", "Carbamazepine lowers the levels of lamotrigine, and levetiracetam should be used instead.", "levetiracetam for"),
    ("Myocardial infarction", "Ibuprofen blunts the antiplatelet effect of aspirin and should not be given.", "ibuprofen against"),
    ("Bipolar disorder", "Carbamazepine reduces the level of quetiapine and is avoided.", "carbamazepine against"),
    ("Tuberculosis", "Rifampin rules out the use of most protease inhibitors.", "protease inhibitors against"),
    ("Postpartum hemorrhage", "Methylergonovine raises blood pressure, and carboprost is therefore preferred.", "carboprost for"),
    ("Psoriasis", "Calcipotriene is useful on the face, where potent corticosteroids cause atrophy.", "calcipotriene for"),
    ("Neonatal sepsis", "Ceftriaxone displaces bilirubin from albumin and should be avoided in jaundice.", "ceftriaxone against"),
    # ... nor is what it is less good at; what follows on the same drug is
    ("Hypertension", "Spironolactone is the best fourth agent; doxazosin and bisoprolol are less effective.", "spironolactone for"),
    ("Hypertension", "Spironolactone is preferred; doxazosin is less effective but may be used in men.",
     "doxazosin for, spironolactone for"),
    ("Organophosphate poisoning", "Atropine is given early; pralidoxime is of uncertain benefit.", "atropine for"),
    ("Gout", "Colchicine and naproxen are equally effective, and comorbidity decides: naproxen is unsuitable in renal failure.",
     "naproxen against"),
    ("Cellulitis", "Cephalexin is sufficient; clindamycin adds nothing.", "cephalexin for, clindamycin against"),
    ("Hyperkalemia", "Polystyrene sulfonate acts too slowly to be of use, and patiromer is better tolerated.",
     "sodium polystyrene sulfonate against"),
    ("Hyperkalemia", "Spironolactone is contraindicated, and eplerenone is too.", "eplerenone against, spironolactone against"),
    ("Alzheimer's disease", "Neither estrogen nor vitamin E slowed decline.", "estrogens against, vitamin e against"),
    # what was given up, is withdrawn, begun, or waits
    ("Infective endocarditis", "Amoxicillin is given before dental work; clindamycin has been dropped.",
     "amoxicillin for, clindamycin against"),
    ("Type 2 diabetes", "Metformin is continued, but sulfonylureas are usually withdrawn.", "metformin for, sulfonylureas against"),
    ("Heparin-induced thrombocytopenia", "Heparin is stopped, and argatroban is begun; warfarin waits until platelets recover.",
     "argatroban for, heparin against, warfarin against"),
    ("Gout", "Thiazides are replaced, but aspirin that is needed for the heart is not stopped.", "aspirin for"),
    ("Hypertension", "Beta-blockers are no longer a first-line choice, but they retain a place in angina.",
     "beta-blockers against, beta-blockers for"),
    ("Heart failure", "Sacubitril-valsartan replaces the ACE inhibitor, which must be stopped 36 hours earlier.",
     "ace inhibitors against, sacubitril/valsartan for"),
    ("Acne vulgaris", "Clindamycin is never given alone but always with benzoyl peroxide.", "benzoyl peroxide for, clindamycin for"),
    ("Hyperkalemia", "Stop lisinopril and spironolactone at once and give calcium gluconate.",
     "calcium gluconate for, lisinopril against, spironolactone against"),
    # a relative clause that has a drug of its own
    ("Cancer pain", "Morphine accumulates in renal failure, where fentanyl is preferred.", "fentanyl for"),
    ("Crohn's disease", "Budesonide has no effect beyond the right colon, for which prednisone is used.",
     "budesonide against, prednisone for"),
    ("Anaphylaxis", "Those who take a beta-blocker may respond poorly and should then receive glucagon.", "glucagon for"),
    # what is looked for, what resists, what cannot be had
    ("Hypertension", "Ask about decongestants, naproxen and licorice before adding a third drug.", ""),
    ("Delirium", "Review the drug chart for anticholinergics such as oxybutynin before prescribing an antipsychotic.", ""),
    ("Uveitis", "Adalimumab is the biologic of choice for uveitis that resists methotrexate.", "adalimumab for"),
    ("Methanol poisoning", "Fomepizole is preferred, but ethanol is acceptable where fomepizole cannot be had.",
     "ethanol for, fomepizole for"),
    ("Prostate cancer", "Bicalutamide is given for two weeks; it is not needed with degarelix.",
     "bicalutamide against, bicalutamide for"),
    ("Lithium toxicity", "Activated charcoal does not bind lithium and is useless there.", "activated charcoal against"),
    ("Thyroid storm", "Aspirin displaces levothyroxine from its binding protein and should be avoided.", "aspirin against"),
    # "in whom" behind any noun, "does not work", "is for those"
    ("Gout", "Colchicine is used in patients with asthma in whom naproxen is contraindicated.", "colchicine for"),
    ("Patent ductus arteriosus", "Acetaminophen is reserved for infants in whom ibuprofen is contraindicated.",
     "acetaminophen for"),
    ("Gout", "Naproxen is avoided after an ulcer, in which case colchicine is preferred.", "colchicine for, naproxen against"),
    ("Sarcoidosis", "Etanercept does not work, and infliximab is the TNF inhibitor of choice.", "etanercept against, infliximab for"),
    ("Sarcoidosis", "Give infliximab if methotrexate does not work.", "infliximab for"),
    ("Hemochromatosis", "Deferasirox is for those who cannot be bled, and vitamin C should be avoided.",
     "deferasirox for, vitamin c against"),
    ("Hypoglycemia", "Glucagon is useless after a long fast, and dextrose should be given by vein.",
     "dextrose for, glucagon against"),
    ("Gestational diabetes", "Insulin is preferred when diet fails; glyburide is inferior to metformin.", "insulin for"),
    ("Streptococcal pharyngitis", "Penicillin V remains the drug of choice.", "penicillin v for"),
    ("Nausea", "Haloperidol should be given first; cyclizine blocks the prokinetic action of metoclopramide.", "haloperidol for"),
    ("Influenza", "Oseltamivir is given early; amantadine is no longer effective.", "amantadine against, oseltamivir for"),
    ("Influenza", "Add zanamivir when oseltamivir is no longer effective.", "zanamivir for"),
    ("Allergic rhinitis", "Montelukast should not be the first drug.", "montelukast against"),
    ("Syphilis", "Azithromycin has failed too often to be recommended.", "azithromycin against"),
    ("Panic disorder", "Sertraline is preferred; diazepam is a poor long-term choice.", "diazepam against, sertraline for"),
    ("Hyperlipidemia", "Niacin adds side effects without benefit, and fibrates are limited to severe disease.", "fibrates for"),
    ("Angioedema", "Lisinopril must never be given again, and an angiotensin receptor blocker may be used with care.",
     "lisinopril against"),
    ("Gout", "Naproxen and indomethacin are both suitable.", "indomethacin for, naproxen for"),
]  # fmt: skip


@pytest.mark.parametrize(("title", "text", "rows"), SAID, ids=[t for _, t, _ in SAID])
def test_directions(title: str, text: str, rows: str, values_of: Values) -> None:
    found = values_of(f"{title}\n\n{text}", "drug", "direction")
    assert ", ".join(sorted({f"{drug} {direction}" for drug, direction in found})) == rows
