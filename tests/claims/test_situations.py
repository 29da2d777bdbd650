"""Whom and when a statement is for: phrases of patients, labels before a colon, headings, lead-ins."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest

Values = Callable[..., list[tuple[Any, ...]]]
Rows = Callable[..., list[dict[str, Any]]]

CONDITIONS = [
    ("Insulinoma. Diazoxide may be used until surgery together with a low-salt diet.", ["until surgery"]),
    ("Insulinoma. While surgery is being arranged, give diazoxide.", ["While surgery is being arranged"]),
    ("Pneumonia. Ceftriaxone is given while culture results are awaited.", ["while culture results are awaited"]),
    ("Psoriasis. In responders, methotrexate is continued.", ["In responders"]),
    ("Gout. Patients who respond to anakinra should continue it.", ["Patients who respond to anakinra"]),
    ("Mesalamine is not recommended in colitis in patients in remission on infliximab.",
     ["in patients in remission on infliximab"]),
    # phrases of patients, whole
    ("Gout\n\n• Warfarin: avoid aspirin", ["Warfarin"]),
    ("Gout\n\n• Strong CYP3A4 inhibitors: halve the colchicine dose", ["Strong CYP3A4 inhibitors"]),
    ("Gout. Febuxostat is reserved for patients who cannot take allopurinol.", ["for patients who cannot take allopurinol"]),
    ("Gout. Avoid naproxen in nonadherent patients.", ["in nonadherent patients"]),
    ("Asthma. Omalizumab is an option for adults whose IgE is raised.", ["for adults whose IgE is raised"]),
    ("Gout. Prednisone is recommended in most patients.", []),
    ("Treatment of Atrial Fibrillation\n\n• Favor warfarin: mechanical valves, severe mitral stenosis 1, 2",
     ["mechanical valves, severe mitral stenosis"]),
    ("Treatment of Migraine\n\n• Avoid topiramate if: glaucoma, nephrolithiasis", ["glaucoma, nephrolithiasis"]),
    ("Gout. Colchicine 1 mg once if pain persists.", ["if pain persists"]),
    ("Treatment of Migraine\n\n• Avoid topiramate: it is teratogenic", []),
    # complaints, manifestations and other diseases
    ("Delirium. Haloperidol may be used for agitation and insomnia.", ["for agitation and insomnia"]),
    ("Depression. In major depression with psychotic features, olanzapine is added.", ["with psychotic features"]),
    # when
    ("Migraine. After cesarean delivery, sumatriptan is preferred.", ["After cesarean delivery"]),
    ("Epilepsy. Lamotrigine should be continued during labor.", ["during labor"]),
    ("Gout. Give colchicine before meals.", []),
    ("Atrial fibrillation. Two days before surgery stop apixaban.", ["before surgery"]),
    ("Angina. Hold aspirin before surgery and restart it later.", ["before surgery"]),
    # advice against that would else hold for all
    ("Rheumatoid arthritis. Avoid rituximab in active infection or untreated hepatitis B.",
     ["in active infection or untreated hepatitis B"]),
    ("Gout. Naproxen should not be used in volume depletion.", ["in volume depletion"]),
    ("Hypertension. Avoid lisinopril in hypertension.", []),
    ("Gout. Avoid naproxen in pregnancy.", []),
    ("Gout. Avoid naproxen in high doses.", []),
    ("Gout. Not in renal failure: naproxen.", ["in renal failure"]),
    ("Hypertension. Avoid clonidine in the morning.", []),
    ("Gout. Naproxen must not be given to anyone taking lithium.", ["to anyone taking lithium"]),
    ("Angina. Sildenafil must not be given to patients with hypotension.", ["to patients with hypotension"]),
    ("Bladder cancer. BCG must not be used in the presence of hematuria, fever, or a new catheter.",
     ["in the presence of hematuria, fever, or a new catheter"]),
    ("Angina. Do not give sildenafil within 24 hours of the last dose of nitroglycerin.",
     ["within 24 hours of the last dose of nitroglycerin"]),
    ("Bone metastases. Zoledronic acid should not be used below 30 mL/min.", ["below 30 mL/min"]),
    ("Psoriasis. Cyclosporine should not be combined with phototherapy.", ["with phototherapy"]),
    ("Gout. Colchicine should not be used above 2 mg daily.", []),
    # advice against: what must not be lacking
    ("Malaria. Do not give primaquine without a G6PD test.", ["without a G6PD test"]),
    ("Gout. Start allopurinol without delay.", []),
    # a condition ends before its reason and its citation
    ("Asthma. Stop theophylline if vomiting starts, because it may be toxic (2).", ["if vomiting starts"]),
    ("Gout. Use 50 mg of allopurinol if there is no response by day 3.", ["if there is no response by day 3"]),
    ("Avoid colchicine in gout outside of clinical trials.", ["outside of clinical trials"]),
]  # fmt: skip


@pytest.mark.parametrize(("sentence", "expected"), CONDITIONS, ids=[s for s, _ in CONDITIONS])
def test_whom_and_when(sentence: str, expected: list[str], rows_of: Rows) -> None:
    assert [row["condition"] for row in rows_of(sentence)] == [expected]


ARTICLES = [
    ("Pneumonia\n\nGive doxycycline 100 mg; if recent exposure use levofloxacin 500 mg.", [[], ["if recent exposure"]]),
    ("Pneumonia\n\nIf no response in 48 hours add vancomycin 1 g twice daily.", [["If no response in 48 hours"]]),
    ("Pneumonia\n\n• Amoxicillin 1 g three times daily, or if allergic clarithromycin 500 mg twice daily", [[], ["if allergic"]]),
    ("Malaria\n\n• Artesunate 2.4 mg/kg IV daily until eating is possible (3 mg/kg if <20 kg)",
     [["until eating is possible"], ["until eating is possible", "if <20 kg"]]),
    ("Myeloma\n\n• Zoledronic acid 4 mg every 12 weeks (3.5 mg for CrCl 50-60, 3.3 mg for CrCl 40-49, 3 mg for CrCl 30-39)",
     [[], ["for CrCl 50-60"], ["for CrCl 40-49"], ["for CrCl 30-39"]]),
    ("Gout\n\nNaproxen 500 mg daily or colchicine 1 mg daily (0.5 mg if CrCl 30-50) is recommended.", [[], [], ["if CrCl 30-50"]]),
    # a label before a colon
    ("Treatment of Cystitis\n\nOptions\n\n• Penicillin allergy: fosfomycin 3 g\n• Oral regimen: pivmecillinam 400 mg",
     [["Penicillin allergy"], []]),
    ("Treatment of Gout\n\nSpecial Populations\n\n• Heart failure: avoid naproxen\n• Older adults: colchicine 0.5 mg",
     [["Heart failure"], []]),
    # headings
    ("Treatment of Gout\n\nAdults Without Tophi\n\n• Allopurinol 100 mg\n\nRefractory Gout\n\n• Pegloticase 8 mg",
     [["Without Tophi"], []]),
    ("Treatment of Gout\n\nIf No Improvement After 72 Hours\n\n• Prednisone 30 mg\n\nIf First-Line Treatment Fails\n\n• Anakinra 100 mg",
     [["If No Improvement After 72 Hours"], []]),
    ("Treatment of Gout\n\nAfter Failure of Allopurinol in Two Trials\n\n• Pegloticase 8 mg\n\nMaintenance After Induction\n\n• Febuxostat 40 mg",
     [["After Failure of Allopurinol in Two Trials"], []]),
    ("Treatment of Cystitis\n\nCarbapenem-Resistant Strains (CRE)\n\n• Fosfomycin 3 g\n\nSevere Penicillin Allergy\n\n• Aztreonam 1 g",
     [["Carbapenem-Resistant Strains (CRE)"], ["Severe Penicillin Allergy"]]),
    ("Treatment of Gout\n\nNondrinkers Without Tophi\n\n• Allopurinol 100 mg\n\nPatients Not Eligible for Surgery\n\n• Colchicine 1 mg",
     [["Nondrinkers Without Tophi"], ["Patients Not Eligible for Surgery"]]),
    ("Treatment of Gout\n\nWho Should Be Treated\n\n• Penicillin allergy: colchicine 1 mg", [["Penicillin allergy"]]),
    # a lead-in with a list
    ("Treatment of Gout\n\nFor patients with diabetes, obesity, or ulcers, choose one of:\n\n• Colchicine 0.5 mg",
     [["For patients with diabetes, obesity, or ulcers"]]),
    ("Treatment of Asthma\n\nHospitalized Adolescents\n\n• Prednisone is recommended.", [["Hospitalized Adolescents"]]),
]  # fmt: skip


@pytest.mark.parametrize(("text", "expected"), ARTICLES, ids=[t.split("\n\n")[1] for t, _ in ARTICLES])
def test_whom_and_when_by_structure(text: str, expected: list[list[str]], rows_of: Rows) -> None:
    assert [row["condition"] for row in rows_of(text)] == expected


LINES = [
    # what is lacking or still under way tells no line
    ("Cirrhosis. Carvedilol may replace propranolol in adults without refractory ascites.", ["unstated"]),
    ("Migraine. Tramadol may be used while first-line drugs are titrated.", ["unstated"]),
    # drugs that are counted
    ("Epilepsy. Valproate first, topiramate second, felbamate third.", ["first", "subsequent", "subsequent"]),
    ("Insomnia. First melatonin; doxepin second; then trazodone.", ["first", "subsequent", "subsequent"]),
    ("Migraine\n\n• 1st: ibuprofen; 2nd: sumatriptan", ["first", "subsequent"]),
    ("Asthma. Budesonide is the first step, and tiotropium the second.", ["first", "subsequent"]),
    (
        "Malaria. The first dose of primaquine is given at once, the second with quinine.",
        ["unstated", "unstated"],
    ),
    ("Epilepsy. Valproate first-line, topiramate second-line.", ["first", "subsequent"]),
    (
        "Epilepsy. Valproate 500 mg daily is first-line, topiramate 50 mg daily second-line, and felbamate third-line.",
        ["first", "subsequent", "subsequent"],
    ),
    ("Uveitis\n\n• Tocilizumab is for TNF inhibitor failures only", ["subsequent"]),
    ("Pneumonia. Do not add vancomycin as a routine.", ["unstated"]),
    ("Pneumonia. Metronidazole is given where anaerobic coverage should be added.", ["unstated"]),
    ("In gout, reduce allopurinol or switch to another agent.", ["unstated"]),
    ("Asthma. Add tiotropium.", ["subsequent"]),
    ("Asthma. Budesonide is the initial maintenance therapy.", ["first"]),
    ("Asthma. Budesonide is the initial treatment, and tiotropium is added.", ["first", "subsequent"]),
    ("Cystitis. If other measures fail, methenamine may be offered.", ["subsequent"]),
    (
        "Cystitis. Give cephalexin 500 mg (if susceptible) or fosfomycin 3 g as second choice.",
        ["subsequent", "subsequent"],
    ),
    (
        "Adults in septic shock need 30 mL/kg of crystalloid within 3 hours, and norepinephrine is first-line.",
        ["unstated", "first"],
    ),
    ("Candidemia. Caspofungin is the initial therapy, with step-down to fluconazole.", ["first", "unstated"]),
    (
        "Treatment of depression\n\nFirst Choice\n\n• Sertraline 50 mg daily\n\nManaging Non-Response\n\n• Venlafaxine 75 mg daily\n",
        ["first", "subsequent"],
    ),
    (
        "Lyme arthritis. For swelling after one course of doxycycline, ceftriaxone is an option.",
        ["subsequent"],
    ),
    ("Restless legs syndrome. Pregabalin is preferred because it causes less augmentation.", ["unstated"]),
    ("Endometriosis. Elagolix is kept for women whose pain persists.", ["subsequent"]),
    (
        "Orthostatic hypotension. Midodrine is given to adults whose symptoms persist despite non-drug measures.",
        ["unstated"],
    ),
    ("Endometriosis. Leuprolide is given with add-back norethindrone.", ["unstated", "unstated"]),
    ("Angina. Ranolazine may be used if the response is inadequate.", ["subsequent"]),
    ("Angina. Ranolazine is raised to 1 g if the response is inadequate.", ["unstated"]),
    ("Bacteremia. We suggest against adding gentamicin.", ["unstated"]),
    ("Angina. If pain persists on one first-line drug, ranolazine is an option.", ["subsequent"]),
    ("Angina. Colchicine is an option for events despite optimal medical therapy.", ["subsequent"]),
    ("Angina. Ranolazine may be used as an adjunct to lifestyle measures.", ["unstated"]),
    ("In hypertension, spironolactone may be used as a fourth agent.", ["subsequent"]),
    ("Asthma Care\n\nEscalation of Treatment\n\n• Tiotropium 5 mcg", ["subsequent"]),
    ("Crohn's disease. Use vedolizumab after adalimumab failure.", ["subsequent"]),
    ("Heart disease. Digoxin is used after renal failure.", ["unstated"]),
    ("Gout. Change allopurinol to 50 mg daily when the flare has settled.", ["unstated"]),
    ("In gout, stop colchicine after 3 months if there is no response.", ["unstated"]),
    ("In gout, colchicine is given first, followed by prednisone.", ["unstated", "unstated"]),
    (
        "Cellulitis: give cephalexin for 5 days, and continue only if the infection has not improved.",
        ["unstated"],
    ),
    ("If monotherapy does not normalize the urate, febuxostat is used in gout.", ["subsequent"]),
]


@pytest.mark.parametrize(("text", "expected"), LINES, ids=[t for t, _ in LINES])
def test_line(text: str, expected: list[str], rows_of: Rows) -> None:
    assert [row["line"] for row in rows_of(text)] == expected


COMBINED = [
    # a class with its members in brackets, plus another
    ("Pneumonia. A macrolide (azithromycin or clarithromycin) plus ceftriaxone is recommended.",
     [("macrolides", "ceftriaxone"), ("azithromycin", "ceftriaxone"), ("clarithromycin", "ceftriaxone"),
      ("ceftriaxone", "azithromycin, clarithromycin, macrolides")]),
    # what is done, and with which drug
    ("Stroke. Thrombolysis with alteplase is recommended.", [("thrombolytics", ""), ("alteplase", "")]),
    # a bracket with more of a dose, and how long a drug is given, part no combination
    ("Brucellosis. Doxycycline 2 mg/kg twice daily (maximum 100 mg per dose) for 6 weeks plus gentamicin 5 mg/kg daily is usual.",
     [("doxycycline", "gentamicin"), ("doxycycline", "gentamicin"), ("gentamicin", "doxycycline")]),
    ("Endocarditis. Vancomycin 15 mg/kg every 12 hours (target trough 15-20 mcg/mL) for 6 weeks plus rifampin 300 mg every 8 hours.",
     [("vancomycin", "rifampin"), ("rifampin", "vancomycin")]),
    ("Pneumonia. Ceftriaxone 50 mg/kg daily and azithromycin 10 mg/kg daily (up to 500 mg) are given in combination.",
     [("ceftriaxone", "azithromycin"), ("azithromycin", "ceftriaxone"), ("azithromycin", "ceftriaxone")]),
    ("Toxoplasmosis. Pyrimethamine 200 mg loading dose, then 75 mg daily, plus sulfadiazine 1 g daily.",
     [("pyrimethamine", "sulfadiazine"), ("pyrimethamine", "sulfadiazine"), ("sulfadiazine", "pyrimethamine")]),
    # as many drugs as the words before the colon say
    ("Cystitis. Triple therapy is an option in all adults: amoxicillin 1 g daily, rifampin 300 mg daily, and omeprazole 20 mg daily.",
     [("amoxicillin", "omeprazole, rifampin"), ("rifampin", "amoxicillin, omeprazole"), ("omeprazole", "amoxicillin, rifampin")]),
    ("Cystitis. Dual therapy is not needed for any of these: amoxicillin 1 g daily, rifampin 300 mg daily, and omeprazole 20 mg daily.",
     [("amoxicillin", ""), ("rifampin", ""), ("omeprazole", "")]),
    ("Hypertension. A two-drug regimen of amlodipine and losartan is preferred.", [("amlodipine", "losartan"), ("losartan", "amlodipine")]),
    ("Myositis. Tacrolimus may be used first-line with prednisone.", [("tacrolimus", "prednisone"), ("prednisone", "tacrolimus")]),
    ("Myositis. Tacrolimus is started early with prednisone.", [("tacrolimus", "prednisone"), ("prednisone", "tacrolimus")]),
    # "with" at the end
    ("Uveitis. Methylprednisolone 1 g daily for 3 days followed by an oral taper, with azathioprine.",
     [("methylprednisolone", "azathioprine"), ("azathioprine", "methylprednisolone")]),
    (
        "Coronary disease\n\n• Ticagrelor 180 mg load, then 90 mg twice daily plus aspirin",
        [("ticagrelor", "aspirin"), ("ticagrelor", "aspirin"), ("aspirin", "ticagrelor")],
    ),
    ("Uveitis. Azathioprine is preferred in adults who want tablets, with adalimumab if it fails.", [("azathioprine", ""), ("adalimumab", "")]),
    # another choice
    ("Pneumonia. A beta-lactam combined with a macrolide, or a fluoroquinolone alone, is recommended.",
     [("beta-lactams", "macrolides"), ("macrolides", "beta-lactams"), ("fluoroquinolones", "")]),
    ("Hepatitis. Azathioprine as monotherapy, or combined with prednisone 5 mg daily, is continued.", [("azathioprine", "")]),
    ("Endometriosis. Never combine elagolix with strong OATP1B1 inhibitors such as cyclosporine.", [("elagolix", "cyclosporine")]),
    ("Schizophrenia. Consider aripiprazole to augment clozapine when symptoms persist.", [("aripiprazole", "clozapine")]),
    ("Schizophrenia. It is reasonable to augment clozapine with aripiprazole.", [("aripiprazole", "clozapine")]),
    # a drug that is lacking is not advised on
    ("Gout. Never give allopurinol without colchicine.", [("allopurinol", "")]),
    ("Gout. The following glucocorticoids are recommended: prednisone.", [("prednisone", "")]),
    ("Gout. Colchicine is recommended over an NSAID.", [("colchicine", "")]),
    ("Gout. Allopurinol is the mainstay of urate-lowering therapy.", [("allopurinol", "")]),
    ("Psoriasis. Ustekinumab is preferred in adults with previous exposure to adalimumab.", [("ustekinumab", "")]),
    ("Gout. Give pegloticase 8 mg once during colchicine prophylaxis.", [("pegloticase", "")]),
    ("Gout Care\n\nFlares\n\n• Dosing of NSAIDs:\n  • Naproxen 500 mg twice daily", [("naproxen", "")]),
]  # fmt: skip


@pytest.mark.parametrize(("text", "expected"), COMBINED, ids=[t for t, _ in COMBINED])
def test_drugs_and_their_partners(text: str, expected: list[tuple[str, str]], values_of: Values) -> None:
    assert values_of(text, "drug", "with_drugs") == expected


SETTINGS = [
    ("Asthma Care\n\nPersistent Exacerbations\n\n• Tiotropium 5 mcg", [""]),
    ("Asthma Care\n\nExacerbations\n\n• Prednisone 40 mg", ["acute exacerbation"]),
    (
        "Asthma. For children treated as outpatients, prednisone is recommended, and hospitalized patients should receive "
        "magnesium sulfate.",
        ["outpatient", ""],
    ),
    ("Cirrhosis. Midodrine is an option in resistant ascites.", ["refractory"]),
    ("Lymphoma Treatment\n\nChemotherapy-Sensitive Relapse\n\n• Rituximab 375 mg", ["relapsed"]),
    ("Step 3: Moderate Asthma\n\n• Budesonide 200 mcg", ["moderate"]),
    ("Asthma. Avoid lorazepam during severe exacerbations.", ["acute exacerbation, severe"]),
    # resistance of germs and tumors is told of these
    (
        "Prostate Cancer Care\n\nHormone-Sensitive Disease\n\n• Apalutamide 240 mg daily",
        ["hormone-sensitive"],
    ),
    ("Prostate Cancer Care\n\nCastration-Resistant Disease\n\n• Enzalutamide 160 mg daily", [""]),
    (
        "Meningitis Care\n\nMultidrug-resistant disease: levofloxacin 750 mg is preferred.",
        ["multidrug-resistant"],
    ),
    (
        "Gonorrhea Care\n\nExtensively Drug-Resistant Infection\n\n• Ertapenem 1 g daily",
        ["extensively drug-resistant"],
    ),
    ("Sepsis. Colistin is added for suspected multidrug-resistant gram-negative infection.", [""]),
    ("Multidrug-resistant tuberculosis. Bedaquiline is recommended.", [""]),
    ("Cystitis Care\n\nDrug-Resistant Infection\n\n• Ertapenem 1 g daily", [""]),
    ("Clostridioides difficile Infection\n\nNonsevere or Severe Disease\n\n• Fidaxomicin 200 mg", [""]),
    ("Toxoplasmosis. Atovaquone is an option for patients who tolerate neither.", ["intolerance"]),
    (
        "Vasculitis. Azathioprine is an alternative when rituximab is unsuitable, and mycophenolate 2 g/day is kept for adults "
        "who tolerate neither.",
        ["", "intolerance"],
    ),
    (
        "Pericarditis\n\nTreatment of Acute and Recurrent Pericarditis\n\nFor acute pericarditis, give colchicine.\n\n"
        "Monitoring\n\n• Check the CRP weekly",
        [""],
    ),
    # after a tumor is removed; elsewhere it is only what stands beside
    ("Gastrointestinal stromal tumor. Adjuvant imatinib is recommended for 3 years.", ["adjuvant"]),
    ("Breast Cancer Care\n\nNeoadjuvant Therapy\n\n• Pertuzumab 420 mg every 3 weeks", ["neoadjuvant"]),
    ("Breast cancer. Capecitabine is given for residual disease after neoadjuvant therapy.", [""]),
    ("Melanoma. Ipilimumab is used less since two adjuvant trials of nivolumab.", [""]),
    ("Bacterial meningitis. Adjuvant dexamethasone is recommended.", [""]),
    ("Cancer pain. Adjuvant analgesics such as gabapentin may be used.", ["", ""]),
    ("Arthritis Care\n\nActive Disease Despite Methotrexate\n\n• Abatacept 125 mg weekly", [""]),
    ("Amyloidosis. Ramipril is poorly tolerated and should be stopped in hypotension.", [""]),
    ("Amyloidosis. Losartan is an option if ramipril is poorly tolerated.", ["intolerance"]),
    ("Endocarditis. Ceftriaxone is an option in non-complicated disease.", [""]),
    ("Immune Thrombocytopenia Care\n\nLife-Threatening Bleeding\n\n• Methylprednisolone 1 g", [""]),
    ("Meningitis Care\n\nSevere Beta-Lactam Allergy\n\n• Moxifloxacin 400 mg", [""]),
    ("Multiple sclerosis. Ocrelizumab is recommended in primary progressive disease.", [""]),
    ("Helicobacter pylori infection. Clarithromycin triple therapy is recommended.", [""]),
    (
        "Asthma. Prednisone is recommended, and ipratropium is added for severe attacks.",
        ["", "combination, severe"],
    ),
    ("Epilepsy. Lamotrigine is given with a usual maintenance dose of 200 mg.", [""]),
    ("Status epilepticus. Propofol is given with a maintenance infusion of 2 mg/kg/hour.", [""]),
    # attacks that are treated, and those that are counted
    (
        "Migraine. Sumatriptan is the first-line treatment of moderate to severe attacks.",
        ["acute exacerbation, severe"],
    ),
    ("Migraine. Naproxen is an option for mild attacks.", ["acute exacerbation, mild"]),
    ("Angioedema. Lanadelumab is offered after two severe attacks.", [""]),
    # measures that are no drugs
    # what organs, drugs and rivals are, and not the disease
    ("IPF. Nintedanib is recommended, including in mild impairment of lung function.", [""]),
    ("Eczema. Mild topical corticosteroids are recommended in pregnancy.", [""]),
    ("Thrombosis. Heparin is preferred where apixaban causes more bleeding.", [""]),
    ("Hypertension. Nifedipine is an option if amlodipine causes edema.", ["intolerance"]),
    ("Urinary incontinence. Mirabegron is first-line once behavioral measures have failed.", [""]),
    ("Urinary incontinence. Mirabegron is an option once other drugs have failed.", ["refractory"]),
    ("Depression. Adults at intermediate-low risk may take sertraline.", ["intermediate risk"]),
    ("Asthma. Azithromycin did not prevent recurrent wheeze.", [""]),
    ("Cirrhosis. ACE inhibitors are often poorly tolerated and are not recommended.", [""]),
    ("Candidemia. Fluconazole is an option for adults who are not critically ill.", [""]),
    ("Eczema. A high-potency glucocorticoid is the usual choice for the palms.", [""]),
    ("Heart failure. Begin carvedilol at a low dose.", [""]),
    ("Hypertension. Intravenous labetalol is given to those who cannot take oral medication.", [""]),
    ("Hypertension. Losartan is given to those who cannot take lisinopril.", ["intolerance"]),
    (
        "Psoriasis. Topical calcipotriene is the usual choice, with methotrexate added for severe disease and cyclosporine "
        "reserved for refractory disease.",
        ["", "combination, severe", "refractory"],
    ),
    (
        "Asthma Care\n\nStep 2: Low-Dose Corticosteroids\n\nPrednisone 5 mg daily. Albuterol is continued.",
        ["low-dose", ""],
    ),
    ("Insomnia Care\n\nSleep Maintenance Insomnia\n\n• Doxepin 3 mg", [""]),
    (
        "Asthma\n\nSevere Asthma\n\n• Tiotropium\n• Non-severe: budesonide 200 mcg daily\n• Nonsevere:\n  • Albuterol",
        ["severe", "", ""],
    ),
    (
        "Asthma\n\nSevere Asthma\n\n• Omalizumab in severe and montelukast in non-severe disease",
        ["severe", ""],
    ),
    ("Heart Failure\n\nAdvanced Disease and Special Situations\n\n• Digoxin 0.125 mg daily", [""]),
    ("Heart Failure\n\nAdvanced Disease and Palliative Care\n\n• Dobutamine", ["advanced"]),
    ("Delirium. Haloperidol is not recommended in mild-to-moderate delirium.", ["mild"]),
    ("Enuresis Care\n\nStep 3: Resistant Enuresis\n\n• Imipramine 25 mg", ["refractory"]),
    ("Hypertension Care\n\nHigh-dose verapamil is an option:\n\n• Never give atenolol", ["high-dose", ""]),
    ("In gout, stop colchicine after 3 months if there is no response.", [""]),
    ("Do not use colchicine in gout outside of severe flares.", [""]),
    ("In syphilis, doxycycline 200 mg once is used after a high-risk exposure.", [""]),
    ("In gout, colchicine is advised for adults at moderate to high risk.", ["high risk"]),
    ("Gout\n\nColchicine\n\n• Reduce to 0.5 mg daily for gastrointestinal intolerance", [""]),
]


@pytest.mark.parametrize(("text", "expected"), SETTINGS, ids=[t for t, _ in SETTINGS])
def test_setting(text: str, expected: list[str], values_of: Values) -> None:
    assert [setting for (setting,) in values_of(text, "setting")] == expected


PREFERENCES = [
    (
        "In epilepsy, valproate and topiramate are good first choices.",
        [("for", "preferred"), ("for", "preferred")],
    ),
    ("In uveitis, tacrolimus is an acceptable substitute for cyclosporine.", [("for", "alternative")]),
    ("Do not use aspirin as an alternative to warfarin in atrial fibrillation.", [("against", "unstated")]),
    ("Linezolid is reserved for adults with cellulitis without alternatives.", [("for", "unstated")]),
    (
        "Cladribine is an option in multiple sclerosis for adults who prefer short courses.",
        [("for", "unstated")],
    ),
    ("Apixaban is recommended over warfarin in atrial fibrillation.", [("for", "unstated")]),
    ("Apixaban is favored over warfarin in atrial fibrillation.", [("for", "preferred")]),
    (
        "Choosing Among the Preferred Drugs for Gout\n\nFebuxostat is an option.",
        [("for", "unstated")],
    ),
    ("Gout. Halve the dose of colchicine or choose an alternative.", [("for", "unstated")]),
    ("Sertraline is not preferred in epilepsy.", [("against", "unstated")]),
    (
        "In epilepsy, halve carbamazepine or choose alternative lamotrigine.",
        [("for", "unstated"), ("for", "alternative")],
    ),
    (
        "In gout, reduce allopurinol or use febuxostat as an alternative.",
        [("for", "unstated"), ("for", "alternative")],
    ),
    (
        "In gout, naproxen is used, with colchicine as an alternative.",
        [("for", "unstated"), ("for", "alternative")],
    ),
    ("In gout, naproxen or colchicine is an alternative.", [("for", "alternative"), ("for", "alternative")]),
    ("In epilepsy, clobazam, titrated to no more than 40 mg daily, is preferred.", [("for", "preferred")]),
    ("In epilepsy, clobazam can be considered when neither is tolerated.", [("for", "alternative")]),
    ("In gout, alprostadil is a substitute where iloprost is unavailable.", [("for", "alternative")]),
    ("In tonsillitis, consider amoxicillin instead if tablets are refused.", [("for", "alternative")]),
    ("Sertraline is not a first choice in epilepsy.", [("against", "unstated")]),
    ("Levetiracetam may be used instead in epilepsy.", [("for", "alternative")]),
    ("Apixaban is used instead of warfarin in atrial fibrillation.", [("for", "unstated")]),
    ("Warfarin is the anticoagulant of choice in atrial fibrillation.", [("for", "preferred")]),
    (
        "First choice for Lyme disease: amoxicillin 500 mg daily; second choice: doxycycline 200 mg on day 1, then 100 mg.",
        [("for", "preferred"), ("for", "alternative"), ("for", "alternative")],
    ),
    ("In brucellosis, gentamicin can be given in place of streptomycin.", [("for", "alternative")]),
    ("In epilepsy, clobazam is an alternative; 10 mg daily.", [("for", "alternative")] * 2),
    ("In gout, naproxen is an additional first-line option.", [("for", "alternative")]),
]


@pytest.mark.parametrize(("text", "expected"), PREFERENCES, ids=[t for t, _ in PREFERENCES])
def test_preference(text: str, expected: list[tuple[str, str]], values_of: Values) -> None:
    assert values_of(text, "direction", "preference") == expected


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Gout\n\n• Colchicine 0.5 mg twice daily (0.5 mg once daily in older adults)", ["", "older adults"]),
        ("Insomnia\n\n• Zolpidem 10 mg at night (5 mg in women)", ["", "women"]),
        ("Insomnia\n\n• In women, zolpidem 5 mg at night (maximum 10 mg)", ["women", "women"]),
    ],
)
def test_whom_a_bracket_with_another_dose_names(text: str, expected: list[str], values_of: Values) -> None:
    assert [population for (population,) in values_of(text, "population")] == expected
