"""Scope inside a statement: which words hold for which drug."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest

Values = Callable[..., list[tuple[Any, ...]]]

DIRECTION = [
    ("Migraine: avoid codeine and start sumatriptan.", [("codeine", "against"), ("sumatriptan", "for")]),
    (
        "In gout, colchicine is recommended and aspirin should be avoided.",
        [("colchicine", "for"), ("aspirin", "against")],
    ),
    ("For asthma, use budesonide or fluticasone, but not theophylline.",
     [("budesonide", "for"), ("fluticasone", "for"), ("theophylline", "against")]),
    ("In croup, antibiotics have no role.", [("antibiotics", "against")]),
    ("In type 2 diabetes, SGLT2 inhibitors with proven benefit (empagliflozin or dapagliflozin) are recommended.",
     [("sglt2 inhibitors", "for"), ("empagliflozin", "for"), ("dapagliflozin", "for")]),
    ("Status epilepticus: if no vein is found, intranasal midazolam can be used.", [("midazolam", "for")]),
    ("Avoid valproate in status epilepticus; lorazepam 4 mg IV is the drug of choice.", [("valproate", "against"), ("lorazepam", "for")]),
    ("In otitis media, decongestants are not routinely recommended.", [("decongestants", "against")]),
    ("Neither zinc nor vitamin C is recommended for the common cold.",
     [("zinc", "against"), ("vitamin c", "against")]),
    ("In sepsis, do not delay meropenem.", [("meropenem", "for")]),
    ("For insomnia, use melatonin rather than zolpidem.", [("melatonin", "for")]),
    ("In epilepsy, replace phenytoin with lamotrigine.", [("lamotrigine", "for")]),
    ("In atrial fibrillation, switch from warfarin to apixaban.", [("apixaban", "for")]),
    ("Apixaban is preferred over warfarin in atrial fibrillation.", [("apixaban", "for")]),
    ("Ibuprofen relieves dysmenorrhea with efficacy comparable to naproxen and is an option.", [("ibuprofen", "for")]),
    ("For shingles, prednisone must not be used unless acyclovir is given.", [("prednisone", "against")]),
    ("In depression, stop citalopram if the QT interval is prolonged.", [("citalopram", "against")]),
    ("Never give aspirin to children with influenza.", [("aspirin", "against")]),
    ("We recommend against bisphosphonates in osteoporosis with an eGFR below 30 mL/min.", [("bisphosphonates", "against")]),
    ("For chronic urticaria, cetirizine is the treatment of choice.", [("cetirizine", "for")]),
    ("Schizophrenia is managed with antipsychotics.", [("antipsychotics", "for")]),
    ("In asthma, theophylline is not recommended, but montelukast 10 mg daily may ease symptoms.",
     [("theophylline", "against"), ("montelukast", "for")]),
    ("In cystitis, give ciprofloxacin if there is fever, diabetes, or immunosuppression.", [("ciprofloxacin", "for")]),
    ("In angina, nitrates are contraindicated if sildenafil was taken within 24 hours, or tadalafil within 48 hours.",
     [("nitrates", "against")]),
    ("In cystitis, use trimethoprim if the kidneys are healthy, or fosfomycin if they are not.",
     [("trimethoprim", "for"), ("fosfomycin", "for")]),
    ("In gout, stop the diuretic whenever possible and treat with losartan.", [("diuretics", "against"), ("losartan", "for")]),
    ("Gout\n\nCommon Pitfalls\n\n• Using colchicine for more than six months\n• Failing to start allopurinol",
     [("colchicine", "against")]),
    ("Zoledronic acid is recommended for all prednisone users with osteoporosis.", [("zoledronic acid", "for")]),
    ("In sarcoidosis, give calcium to everyone starting prednisone.", [("calcium", "for")]),
    ("In asthma, prednisone 40 mg daily should be tapered and stopped within 10 days.", [("prednisone", "for")]),
    ("In spasticity, dantrolene is reserved for adults, in whom it has been studied most.", [("dantrolene", "for")]),
    ("For back pain, naproxen is preferred; the choice depends on kidney function and opioid use.", [("naproxen", "for")]),
    ("In otitis media, offer watchful waiting or amoxicillin for children.", [("amoxicillin", "for")]),
    ("Sinusitis\n\nAntibiotics Not Recommended\n\n• Second- and third-generation oral cephalosporins as monotherapy",
     [("cephalosporins", "against")]),
    ("Pneumonia\n\nRisk factors for resistance:\n\n• Recent antibiotic use\n• Previous ciprofloxacin therapy", []),
    ("Neutropenic patients, including those on prednisone, should always receive ceftazidime for sepsis.", [("ceftazidime", "for")]),
    ("In cataract, aspirin need not be stopped, and ketorolac should also be given.", [("aspirin", "for"), ("ketorolac", "for")]),
    ("For overactive bladder, mirabegron is used and requires no dose titration.", [("mirabegron", "for")]),
    ("In asthma, a long-acting beta-agonist without budesonide is inappropriate.", [("long-acting beta agonists", "against")]),
    ("In heart failure, eplerenone can be substituted for spironolactone.", [("eplerenone", "for")]),
    ("In gout, anakinra is used when colchicine, naproxen, and prednisone are ineffective or contraindicated.",
     [("anakinra", "for")]),
    ("When aspirin, clopidogrel, or ticagrelor cannot be given in stroke, use cilostazol.", [("cilostazol", "for")]),
    ("Epilepsy\n\n• Renal impairment: reduce gabapentin to 300 mg daily, and avoid vigabatrin",
     [("gabapentin", "for"), ("vigabatrin", "against")]),
    ("Febuxostat should be avoided in gout patients with established heart disease.", [("febuxostat", "against")]),
    ("In opioid use disorder, lofexidine is given during withdrawal of the opioid.", [("lofexidine", "for")]),
    ("In dementia, donepezil is preferred over trazodone, which has anticholinergic effects.", [("donepezil", "for")]),
    ("Gout. With clarithromycin 500 mg twice daily, reduce colchicine to 0.3 mg daily.", [("colchicine", "for")]),
    ("Epilepsy. Valproate levels are checked after 5 days and then every 6 months, together with calcium.", []),
    ("For scarlet fever, cephalexin is acceptable where penicillin is unavailable.", [("cephalexin", "for")]),
    ("For scarlet fever, cephalexin is acceptable where penicillin cannot be given.", [("cephalexin", "for")]),
    ("In atrial fibrillation, use apixaban where warfarin can not be monitored.", [("apixaban", "for")]),
    ("Gout. Where naproxen cannot be taken, colchicine is used.", [("colchicine", "for")]),
    ("In gout, reduce colchicine to 0.3 mg daily in frail adults, and avoid naproxen.",
     [("colchicine", "for"), ("naproxen", "against")]),
    ("In gout, titrate allopurinol to target and do not use naproxen.", [("allopurinol", "for"), ("naproxen", "against")]),
    ("In gout, NSAIDs with proven benefit are recommended.", [("nsaids", "for")]),
    ("Anakinra is an option in gout when colchicine, naproxen, and prednisone are ineffective or contraindicated.",
     [("anakinra", "for")]),
    ("Use naproxen for gout. Avoid it in late pregnancy.", [("naproxen", "for"), ("naproxen", "against")]),
    ("In cancer pain, morphine is preferred where NSAIDs cause more bleeding.", [("morphine", "for")]),
    ("In gout, colchicine may be given at the start of allopurinol, whatever is decided about naproxen.", [("colchicine", "for")]),
    ("For gout, colchicine, an NSAID, or prednisone is recommended.",
     [("colchicine", "for"), ("nsaids", "for"), ("prednisone", "for")]),
    ("In cystitis, take a culture before treatment and offer nitrofurantoin.", [("nitrofurantoin", "for")]),
    ("In hepatitis B, entecavir must not be given without active antiretroviral therapy.", [("entecavir", "against")]),
    ("Nortriptyline is used in migraine, but not in patients with heart block.",
     [("nortriptyline", "for"), ("nortriptyline", "against")]),
    ("In shingles, lidocaine must not be applied to broken skin.", [("lidocaine", "against")]),
    ("Selexipag is added in gout patients who already take a beta-blocker and a diuretic.", [("selexipag", "for")]),
    ("In anaphylaxis, beta-blockers make reactions more severe.", []),
    ("In cholera, zinc is preferred because it is cheap, and loperamide should be avoided.",
     [("zinc", "for"), ("loperamide", "against")]),
    ("In trichomoniasis, tinidazole should not be repeated.", [("tinidazole", "against")]),
    ("In insomnia, avoid diazepam and favor agents with less residual effect.", [("diazepam", "against")]),
    ("All people with a nut allergy should carry epinephrine.", [("epinephrine", "for")]),
    ("In gout, febuxostat should be reduced to 40 mg daily at first and stopped if a rash appears.",
     [("febuxostat", "for"), ("febuxostat", "against")]),
]  # fmt: skip


@pytest.mark.parametrize(("sentence", "expected"), DIRECTION, ids=[s for s, _ in DIRECTION])
def test_direction(sentence: str, expected: list[tuple[str, str]], values_of: Values) -> None:
    assert values_of(sentence, "drug", "direction") == expected


STRENGTH = [
    # a grade each
    (
        "Heart failure: Class I for dapagliflozin and IIa for vericiguat.",
        [
            ("dapagliflozin", "strong", "unstated", "ACC/AHA"),
            ("vericiguat", "conditional", "unstated", "ACC/AHA"),
        ],
    ),
    (
        "In gout, allopurinol carries Class I, and febuxostat Class IIb.",
        [
            ("allopurinol", "strong", "unstated", "ACC/AHA"),
            ("febuxostat", "conditional", "unstated", "ACC/AHA"),
        ],
    ),
    (
        "Pemphigus: a strong recommendation for rituximab and a weak recommendation for dapsone.",
        [("rituximab", "strong", "unstated", "GRADE"), ("dapsone", "conditional", "unstated", "GRADE")],
    ),
    (
        "Asthma: grade 1A for budesonide, 2B for tiotropium.",
        [("budesonide", "strong", "high", "GRADE"), ("tiotropium", "conditional", "moderate", "GRADE")],
    ),
    (
        "Angina: ivabradine may be considered (IIb, B), and verapamil is contraindicated (III, C).",
        [("ivabradine", "conditional", "moderate", "ACC/AHA"), ("verapamil", "strong", "low", "ACC/AHA")],
    ),
    ("Lung cancer: afatinib may be used [III, C].", [("afatinib", "conditional", "low", "ESMO")]),
    (
        "Cabergoline is recommended against (strong, moderate certainty) in restless legs syndrome.",
        [("cabergoline", "strong", "moderate", "GRADE")],
    ),
    (
        "Levodopa is suggested against (conditional) in restless legs syndrome.",
        [("levodopa", "conditional", "unstated", "GRADE")],
    ),
    (
        "Tramadol (a strong, addictive opioid) is an option in back pain.",
        [("tramadol", "unstated", "unstated", None)],
    ),
    ("Offer topical diltiazem in grade 2 hemorrhoids.", [("diltiazem", "unstated", "unstated", None)]),
    ("Colitis. Prednisone is used for grade 2.", [("prednisone", "unstated", "unstated", None)]),
    ("Colitis\n\n• Grade 1 (mild)\n  • Loperamide 4 mg", [("loperamide", "unstated", "unstated", None)]),
    (
        "Topical diltiazem is used in anal fissure, Grade 2.",
        [("diltiazem", "conditional", "unstated", "GRADE")],
    ),
    ("We recommend aspirin after ischemic stroke.", [("aspirin", "strong", "unstated", None)]),
    ("We suggest topiramate for migraine.", [("topiramate", "conditional", "unstated", None)]),
    (
        "Pneumonia: amoxicillin plus azithromycin (strong recommendation) or amoxicillin plus levofloxacin (conditional recommendation).",
        [
            ("amoxicillin", "strong", "unstated", "GRADE"),
            ("azithromycin", "strong", "unstated", "GRADE"),
            ("amoxicillin", "conditional", "unstated", "GRADE"),
            ("levofloxacin", "conditional", "unstated", "GRADE"),
        ],
    ),
    ("Metformin is recommended for type 2 diabetes mellitus.", [("metformin", "unstated", "unstated", None)]),
    (
        "Rivaroxaban is recommended for deep vein thrombosis (Grade 1B).",
        [("rivaroxaban", "strong", "moderate", "GRADE")],
    ),
    (
        "Amiodarone is reasonable in atrial fibrillation (Class IIa, Level C-LD).",
        [("amiodarone", "conditional", "low", "ACC/AHA")],
    ),
    (
        "In hypertension, aliskiren with ramipril is not advised (ESC Class III, Level A).",
        [("aliskiren", "strong", "high", "ESC"), ("ramipril", "strong", "high", "ESC")],
    ),
    (
        "For gout we recommend allopurinol (strong recommendation, high-quality evidence) and suggest febuxostat "
        "(conditional recommendation, low-quality evidence).",
        [("allopurinol", "strong", "high", "GRADE"), ("febuxostat", "conditional", "low", "GRADE")],
    ),
    (
        "In psoriasis, methotrexate (strong recommendation) or acitretin (weak recommendation) may be used.",
        [("methotrexate", "strong", "unstated", "GRADE"), ("acitretin", "conditional", "unstated", "GRADE")],
    ),
    (
        "In asthma, budesonide or fluticasone is recommended (strong recommendation).",
        [("budesonide", "strong", "unstated", "GRADE"), ("fluticasone", "strong", "unstated", "GRADE")],
    ),
    (
        "Vancomycin is conditionally or strongly recommended against for sinusitis.",
        [("vancomycin", "unstated", "unstated", None)],
    ),
    ("Statins for hyperlipidemia (USPSTF grade B).", [("statins", "conditional", "unstated", "USPSTF")]),
    (
        "NICE advises clinicians to offer topiramate for migraine, and to consider amitriptyline.",
        [("topiramate", "strong", "unstated", "NICE"), ("amitriptyline", "conditional", "unstated", "NICE")],
    ),
    (
        "Gout\n\nThe guideline recommends strongly against the following:\n\n• Codeine (low certainty)",
        [("codeine", "strong", "low", "GRADE")],
    ),
    (
        "NICE recommends offering topiramate for migraine.",
        [("topiramate", "strong", "unstated", "NICE")],
    ),
    (
        "NICE: offer an SSRI for panic disorder; do not routinely offer diazepam.",
        [("ssris", "strong", "unstated", "NICE"), ("diazepam", "conditional", "unstated", "NICE")],
    ),
    (
        "Dexamethasone is recommended for croup. (Strong recommendation; high certainty.)",
        [("dexamethasone", "strong", "high", "GRADE")],
    ),
    (
        "Strong evidence shows that sertraline relieves depression.",
        [("sertraline", "unstated", "unstated", None)],
    ),
]


@pytest.mark.parametrize(("sentence", "expected"), STRENGTH, ids=[s for s, _ in STRENGTH])
def test_strength(sentence: str, expected: list[tuple[Any, ...]], values_of: Values) -> None:
    assert values_of(sentence, "drug", "strength", "certainty", "grade_system") == expected


def test_a_grade_belongs_to_the_clause_that_it_closes(values_of: Values) -> None:
    text = (
        "After ischemic stroke, use aspirin (strong recommendation) at 100-160 mg/day (weak recommendation)."
    )
    assert values_of(text, "drug", "strength", "dose_text") == [
        ("aspirin", "strong", None),
        ("aspirin", "conditional", "100-160 mg/day"),
    ]


def test_the_quote_holds_the_grade_that_it_rests_on(rows_of: Callable[..., list[dict[str, Any]]]) -> None:
    text = "Bronchiolitis\n\nDo not use albuterol.\n\n(Strong recommendation; moderate certainty.)\n\nRest."
    (row,) = rows_of(text)
    assert row["quote"] == "Do not use albuterol.\n(Strong recommendation; moderate certainty.)"


SITUATION = [
    ("Clozapine is recommended for refractory schizophrenia.", [("clozapine", "subsequent", "unstated", "refractory")]),
    ("Amitriptyline is second-line in neuropathic pain.", [("amitriptyline", "subsequent", "unstated", "")]),
    ("Infliximab is used in moderate to severe ulcerative colitis.", [("infliximab", "unstated", "unstated", "severe")]),
    ("For progression despite first-line treatment of myeloma, use daratumumab.",
     [("daratumumab", "subsequent", "unstated", "progressive")]),
    ("In migraine at high risk for progression, topiramate is preferred.",
     [("topiramate", "unstated", "preferred", "high risk")]),
    ("Losartan slows progression of diabetic nephropathy and is recommended.",
     [("losartan", "unstated", "unstated", "")]),
    ("If lisinopril is not tolerated in heart failure, use losartan.",
     [("losartan", "unstated", "alternative", "intolerance")]),
    ("Add allopurinol in gout, or febuxostat if allopurinol is not tolerated.",
     [("allopurinol", "subsequent", "unstated", ""), ("febuxostat", "subsequent", "alternative", "intolerance")]),
    ("If these medicines fail or are not tolerated in migraine, we suggest erenumab.",
     [("erenumab", "subsequent", "alternative", "intolerance")]),
    ("In migraine, we suggest starting with propranolol.", [("propranolol", "first", "unstated", "")]),
    ("Use mesalamine for induction and azathioprine for maintenance in ulcerative colitis.",
     [("mesalamine", "unstated", "unstated", "induction"), ("azathioprine", "unstated", "unstated", "maintenance")]),
    ("Long-term prednisone is not recommended in asthma.", [("prednisone", "unstated", "unstated", "long-term")]),
    ("High-dose amoxicillin is first-line for otitis media.", [("amoxicillin", "first", "unstated", "high-dose")]),
    ("In anti-AQP4 antibody-positive neuromyelitis optica, eculizumab is preferred.",
     [("eculizumab", "unstated", "preferred", "anti-AQP4 positive")]),
]  # fmt: skip


@pytest.mark.parametrize(("sentence", "expected"), SITUATION, ids=[s for s, _ in SITUATION])
def test_situation(sentence: str, expected: list[tuple[Any, ...]], values_of: Values) -> None:
    assert values_of(sentence, "drug", "line", "preference", "setting") == expected


COMBINATION = [
    ("Pneumonia: amoxicillin plus azithromycin or doxycycline.",
     [("amoxicillin", "azithromycin, doxycycline"), ("azithromycin", "amoxicillin"), ("doxycycline", "amoxicillin")]),
    ("Melanoma: dabrafenib + trametinib is recommended.",
     [("dabrafenib", "trametinib"), ("trametinib", "dabrafenib")]),
    ("The combination of isoniazid and rifapentine is recommended for latent tuberculosis.",
     [("isoniazid", "rifapentine"), ("rifapentine", "isoniazid")]),
    ("Spironolactone in combination with furosemide is recommended in ascites.",
     [("spironolactone", "furosemide"), ("furosemide", "spironolactone")]),
    ("Topiramate may be used alone or in combination with valproate for epilepsy.", [("topiramate", "")]),
    ("Ezetimibe may be added to atorvastatin in hypercholesterolemia.", [("ezetimibe", "atorvastatin")]),
    ("Do not combine lithium with ramipril in bipolar disorder.", [("lithium", "ramipril")]),
    ("In heart failure, add spironolactone to bisoprolol.", [("spironolactone", "bisoprolol")]),
    ("Eradication of Helicobacter infection: omeprazole plus amoxicillin plus clarithromycin.",
     [("omeprazole", "amoxicillin, clarithromycin"), ("amoxicillin", "clarithromycin, omeprazole"),
      ("clarithromycin", "amoxicillin, omeprazole")]),
    ("Pyridoxine 25 mg daily should be prescribed alongside isoniazid for tuberculosis.", [("pyridoxine", "isoniazid")]),
    ("Folinic acid should be given with pyrimethamine to reduce its toxicity in toxoplasmosis.",
     [("leucovorin", "pyrimethamine")]),
    ("Folinic acid should accompany pyrimethamine in toxoplasmosis.", [("leucovorin", "pyrimethamine")]),
    ("Multiple myeloma: bortezomib plus dexamethasone, or lenalidomide alone.",
     [("bortezomib", "dexamethasone"), ("dexamethasone", "bortezomib"), ("lenalidomide", "")]),
    ("Aspirin with warfarin (INR 2-3) or enoxaparin is recommended for antiphospholipid syndrome.",
     [("aspirin", "enoxaparin, warfarin"), ("warfarin", "aspirin"), ("enoxaparin", "aspirin")]),
    ("Otitis media: amoxicillin, or ceftriaxone plus clindamycin, is recommended.",
     [("amoxicillin", ""), ("ceftriaxone", "clindamycin"), ("clindamycin", "ceftriaxone")]),
    ("Endocarditis: ampicillin 2 g every 4 hours, with gentamicin 1 mg/kg every 8 hours for 14 days.",
     [("ampicillin", "gentamicin"), ("gentamicin", "ampicillin")]),
    ("Otitis media: amoxicillin 80 mg/kg/day, with azithromycin as an alternative.",
     [("amoxicillin", ""), ("azithromycin", "")]),
    ("Amoxicillin is first-line for otitis media, with azithromycin in penicillin allergy.",
     [("amoxicillin", ""), ("azithromycin", "")]),
    ("Dual bronchodilation with tiotropium and olodaterol is recommended in COPD.",
     [("tiotropium", "olodaterol"), ("olodaterol", "tiotropium")]),
    ("In a trial, trastuzumab and pertuzumab improved survival in breast cancer compared with either drug alone.",
     [("trastuzumab", "pertuzumab"), ("pertuzumab", "trastuzumab")]),
    ("Bronchiolitis: salbutamol with inhaled budesonide.", [("albuterol", "budesonide"), ("budesonide", "albuterol")]),
]  # fmt: skip


@pytest.mark.parametrize(("sentence", "expected"), COMBINATION, ids=[s for s, _ in COMBINATION])
def test_combinations(
    sentence: str, expected: list[tuple[str, str]], rows_of: Callable[..., list[dict[str, Any]]]
) -> None:
    rows = rows_of(sentence)
    assert [(r["drug"], ", ".join(r["with_drugs"])) for r in rows] == expected
    for row in rows:
        assert ("combination" in row["setting"]) == bool(row["with_drugs"])


BASES = [
    ("If type 2 diabetes is uncontrolled, add one of the following to metformin:",
     "sitagliptin, dapagliflozin", [("sitagliptin", "metformin"), ("dapagliflozin", "metformin")]),
    ("In Kawasaki disease, one of the following may be added to immunoglobulin:",
     "prednisolone", [("prednisolone", "immunoglobulin")]),
    ("Hypertension is treated with amlodipine plus one of the following:",
     "ramipril, losartan", [("amlodipine", ""), ("ramipril", "amlodipine"), ("losartan", "amlodipine")]),
    ("For tuberculosis, the initial regimen consists of:", "isoniazid, ethambutol",
     [("isoniazid", "ethambutol"), ("ethambutol", "isoniazid")]),
    ("For hypertension, drug therapy includes:", "ramipril, losartan", [("ramipril", ""), ("losartan", "")]),
    ("For gout on allopurinol, choose one of the following:", "colchicine", [("colchicine", "")]),
]  # fmt: skip


@pytest.mark.parametrize(("lead", "bullets", "expected"), BASES, ids=[lead for lead, _, _ in BASES])
def test_a_lead_in_names_the_partner_of_its_bullets(
    lead: str, bullets: str, expected: list[tuple[str, str]], rows_of: Callable[..., list[dict[str, Any]]]
) -> None:
    text = "\n\n".join([lead, *(f"• {name.capitalize()} daily" for name in bullets.split(", "))])
    rows = rows_of(text)
    assert [(r["drug"], ", ".join(r["with_drugs"])) for r in rows] == expected


SEVERITY_OF_A_DOSE = [
    ("Graves disease: methimazole 10-20 mg daily for mild disease and 30-40 mg daily for severe disease.",
     [("methimazole", "10-20 mg daily", "mild"), ("methimazole", "30-40 mg daily", "severe")]),
    ("Ulcerative colitis is treated with mesalamine 2.4 g daily in mild disease and prednisone 40 mg daily in severe "
     "disease.", [("mesalamine", "2.4 g daily", "mild"), ("prednisone", "40 mg daily", "severe")]),
    ("Asthma attack: prednisone (mild attack: 20 mg daily; severe attack: 40 mg daily).",
     [("prednisone", "20 mg daily", "mild"), ("prednisone", "40 mg daily", "severe")]),
    ("In mild or severe asthma, prednisone 40 mg daily or 50 mg daily is given.",
     [("prednisone", "40 mg daily", "mild, severe"), ("prednisone", "50 mg daily", "mild, severe")]),
]  # fmt: skip


@pytest.mark.parametrize(("sentence", "expected"), SEVERITY_OF_A_DOSE, ids=[s for s, _ in SEVERITY_OF_A_DOSE])
def test_each_dose_has_its_own_severity(
    sentence: str, expected: list[tuple[str, str, str]], values_of: Values
) -> None:
    assert values_of(sentence, "drug", "dose_text", "setting") == expected


GRADE_OF_ALL = [
    ("Aspirin with warfarin (INR 2-3) or enoxaparin 1 mg/kg twice daily is recommended for antiphospholipid syndrome "
     "(Class I, Level B).", [("aspirin", "strong"), ("warfarin", "strong"), ("enoxaparin", "strong")]),
    ("Beta-blockers (bisoprolol 5 mg daily) or diltiazem 120 mg daily (Class I) for atrial fibrillation.",
     [("beta-blockers", "strong"), ("bisoprolol", "strong"), ("diltiazem", "strong")]),
]  # fmt: skip


@pytest.mark.parametrize(("sentence", "expected"), GRADE_OF_ALL, ids=[s for s, _ in GRADE_OF_ALL])
def test_the_last_bracket_grades_the_list(
    sentence: str, expected: list[tuple[str, str]], values_of: Values
) -> None:
    assert values_of(sentence, "drug", "strength") == expected


GROUPS = [
    ("We suggest vedolizumab for ulcerative colitis, as well as ustekinumab for refractory Crohn's disease.",
     [("vedolizumab", "ulcerative colitis", "conditional", "unstated"),
      ("ustekinumab", "Crohn's disease", "conditional", "subsequent")]),
    ("Glucocorticoids may be considered as first-line for MCTD-ILD, except in SSc-ILD, where they are strongly "
     "recommended against.",
     [("glucocorticoids", "MCTD-ILD", "unstated", "first"), ("glucocorticoids", "SSc-ILD", "strong", "unstated")]),
    ("Duloxetine is recommended for diabetic neuropathy and fibromyalgia.",
     [("duloxetine", "diabetic neuropathy", "unstated", "unstated"),
      ("duloxetine", "fibromyalgia", "unstated", "unstated")]),
    ("Empagliflozin is recommended in heart failure to reduce the risk of hospitalization.",
     [("empagliflozin", "heart failure", "unstated", "unstated")]),
]  # fmt: skip


@pytest.mark.parametrize(("sentence", "expected"), GROUPS, ids=[s for s, _ in GROUPS])
def test_groups_of_patients(sentence: str, expected: list[tuple[Any, ...]], values_of: Values) -> None:
    assert values_of(sentence, "drug", "disease", "strength", "line") == expected


CONDITIONS = [
    ("Use gentamicin for pyelonephritis if local resistance is high.", ["if local resistance is high"]),
    ("Aspirin is recommended in preeclampsia unless not tolerated.", ["unless not tolerated"]),
    (
        "Use misoprostol for postpartum hemorrhage only when oxytocin is lacking.",
        ["only when oxytocin is lacking"],
    ),
    ("Use amoxicillin for otitis media.", []),
    (
        "Give ceftriaxone IM once (for gonorrhea) if vomiting goes on.",
        ["if vomiting goes on"],
    ),
]


@pytest.mark.parametrize(("sentence", "expected"), CONDITIONS, ids=[s for s, _ in CONDITIONS])
def test_conditions(sentence: str, expected: list[str], rows_of: Callable[..., list[dict[str, Any]]]) -> None:
    assert [r["condition"] for r in rows_of(sentence)] == [expected]


EVIDENCE = [
    ("A trial showed the efficacy of sertraline in panic disorder.", [("sertraline", "for", "evidence")]),
    ("Rituximab has been successfully used in myasthenia gravis.", [("rituximab", "for", "evidence")]),
    ("Ivermectin has been studied in dengue.", [("ivermectin", "unstated", "evidence")]),
    ("Dapagliflozin reduced mortality in heart failure.", [("dapagliflozin", "for", "evidence")]),
    (
        "Azathioprine stabilized lung function in retrospective cohorts of sarcoidosis.",
        [("azathioprine", "for", "evidence")],
    ),
    ("The trial of zinc in sepsis was stopped early for futility.", []),
    ("No trial has compared sertraline with duloxetine in panic disorder.", []),
    ("Three trials failed to show a benefit of zinc in pneumonia.", [("zinc", "against", "evidence")]),
    ("Colchicine is commonly used in pericarditis.", [("colchicine", "for", "recommendation")]),
    (
        "In ELIXA-2, tezepelumab 210 mg lowered exacerbations of asthma by half.",
        [("tezepelumab", "for", "evidence")],
    ),
    (
        "Romosozumab plus usual care increased bone density in osteoporosis.",
        [("romosozumab", "for", "evidence")],
    ),
    ("Febuxostat was as effective as allopurinol in gout.", [("febuxostat", "for", "evidence")]),
    ("Glucosamine was no better than placebo in osteoarthritis.", [("glucosamine", "against", "evidence")]),
    (
        "Fish oil did not prevent relapse of ulcerative colitis.",
        [("omega-3 fatty acids", "against", "evidence")],
    ),
    (
        "Nifedipine extended-release 30 mg daily is an alternative in hypertension.",
        [("nifedipine", "for", "recommendation")],
    ),
    ("Mirtazapine did not improve breathlessness in COPD.", [("mirtazapine", "against", "evidence")]),
    ("A trial found no difference between zinc and placebo in pneumonia.", [("zinc", "against", "evidence")]),
    (
        "The trial showed that zinc was not associated with more complications in sepsis.",
        [("zinc", "for", "evidence")],
    ),
    ("Levodopa showed no disease-modifying effect in parkinsonism.", [("levodopa", "against", "evidence")]),
    (
        "In a trial, diazepam stopped seizures in 65% of children with epilepsy.",
        [("diazepam", "for", "evidence")],
    ),
    ("Zinc did not improve survival in sepsis.", [("zinc", "against", "evidence")]),
    (
        "Dexamethasone did not improve 6-month survival in meningitis.",
        [("dexamethasone", "against", "evidence")],
    ),
    (
        "Duloxetine delayed-release 60 mg daily is an option in depression.",
        [("duloxetine", "for", "recommendation")],
    ),
    ("In gout, prednisone increased to 40 mg daily is an option.", [("prednisone", "for", "recommendation")]),
    ("Adding mepolizumab lowered disease activity in vasculitis.", [("mepolizumab", "for", "evidence")]),
    (
        "Switching to fingolimod has not been shown to prevent relapses in multiple sclerosis.",
        [("fingolimod", "against", "evidence")],
    ),
]


@pytest.mark.parametrize(("sentence", "expected"), EVIDENCE, ids=[s for s, _ in EVIDENCE])
def test_evidence(sentence: str, expected: list[tuple[Any, ...]], values_of: Values) -> None:
    assert values_of(sentence, "drug", "direction", "kind") == expected
