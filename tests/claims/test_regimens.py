"""Regimens said without "plus", drugs that augment or follow others, and settings that belong to another noun."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest

Values = Callable[..., list[tuple[Any, ...]]]

REGIMENS = [
    ("In Alzheimer's disease, in people already taking donepezil, memantine can be added.", [("memantine", "donepezil")]),
    ("After rituximab plus prednisone, azathioprine is used in vasculitis.", [("azathioprine", "")]),
    ("Gout: never give colchicine with an IV macrolide.", [("colchicine", "macrolides")]),
    ("Do not use colchicine with clarithromycin in gout.", [("colchicine", "clarithromycin")]),
    ("In lupus, for patients not responding to hydroxychloroquine, or unable to taper prednisone, belimumab is added.",
     [("belimumab", "")]),
    ("Tuberculosis: rifampin plus clofazimine, with intravenous amikacin for the first 2 months, is used.",
     [("rifampin", "amikacin, clofazimine"), ("clofazimine", "amikacin, rifampin"), ("amikacin", "clofazimine, rifampin")]),
    ("In bronchiectasis, give ceftazidime for 2 weeks, with inhaled colistin to follow.",
     [("ceftazidime", ""), ("colistin", "")]),
    ("Gout: combination of low-dose prednisone and prophylactic-dose colchicine in dialysis.",
     [("prednisone", "colchicine"), ("colchicine", "prednisone")]),
    ("Combination therapy with prednisone, heparin, and rituximab or cyclophosphamide is recommended in vasculitis.",
     [("prednisone", "cyclophosphamide, heparin, rituximab"), ("heparin", "cyclophosphamide, prednisone, rituximab"),
      ("rituximab", "heparin, prednisone"), ("cyclophosphamide", "heparin, prednisone")]),
    ("Bacterial meningitis is treated with ceftriaxone, vancomycin, and ampicillin in combination.",
     [("ceftriaxone", "ampicillin, vancomycin"), ("vancomycin", "ampicillin, ceftriaxone"),
      ("ampicillin", "ceftriaxone, vancomycin")]),
    ("In brucellosis, give doxycycline and rifampin together.",
     [("doxycycline", "rifampin"), ("rifampin", "doxycycline")]),
    ("Leprosy is treated with dapsone, rifampin, and clofazimine for 12 months.",
     [("dapsone", "clofazimine, rifampin"), ("rifampin", "clofazimine, dapsone"),
      ("clofazimine", "dapsone, rifampin")]),
    ("Hypertension is treated with amlodipine, lisinopril, or losartan for 12 months.",
     [("amlodipine", ""), ("lisinopril", ""), ("losartan", "")]),
    ("Treat HIV infection with dolutegravir plus tenofovir and emtricitabine.",
     [("dolutegravir", "emtricitabine, tenofovir"), ("tenofovir", "dolutegravir, emtricitabine"),
      ("emtricitabine", "dolutegravir, tenofovir")]),
    ("Myeloma: bortezomib plus lenalidomide, with dexamethasone, is recommended.",
     [("bortezomib", "dexamethasone, lenalidomide"), ("lenalidomide", "bortezomib, dexamethasone"),
      ("dexamethasone", "bortezomib, lenalidomide")]),
    ("In delirium, both haloperidol and risperidone were associated with more symptoms than placebo.",
     [("haloperidol", ""), ("risperidone", "")]),
    ("Colitis is treated with loperamide for mild disease and prednisone for severe disease, with infliximab added later.",
     [("loperamide", ""), ("prednisone", ""), ("infliximab", "prednisone")]),
    ("Renal cell carcinoma: nivolumab plus ipilimumab or pembrolizumab plus axitinib is recommended.",
     [("nivolumab", "ipilimumab"), ("ipilimumab", "nivolumab"), ("pembrolizumab", "axitinib"), ("axitinib", "pembrolizumab")]),
    ("Augment sertraline with aripiprazole in major depressive disorder.", [("aripiprazole", "sertraline")]),
    ("In epilepsy, avoid combining oral carbamazepine with parenteral phenytoin.",
     [("carbamazepine", "phenytoin")]),
    ("In chronic lymphocytic leukemia, venetoclax is given with obinutuzumab for 12 months.",
     [("venetoclax", "obinutuzumab"), ("obinutuzumab", "venetoclax")]),
    ("In COPD, dual bronchodilation with tiotropium and olodaterol is preferred.",
     [("tiotropium", "olodaterol"), ("olodaterol", "tiotropium")]),
    ("In psoriasis, methotrexate is given with food.", [("methotrexate", "")]),
    ("In lupus nephritis, mycophenolate and prednisone are combined.",
     [("mycophenolate mofetil", "prednisone"), ("prednisone", "mycophenolate mofetil")]),
    ("Sepsis is treated with ceftriaxone plus amikacin together with metronidazole.",
     [("ceftriaxone", "amikacin, metronidazole"), ("amikacin", "ceftriaxone, metronidazole"),
      ("metronidazole", "amikacin, ceftriaxone")]),
    ("In heart failure, we recommend bisoprolol, ramipril, and either spironolactone or eplerenone.",
     [("bisoprolol", "eplerenone, ramipril, spironolactone"), ("ramipril", "bisoprolol, eplerenone, spironolactone"),
      ("spironolactone", "bisoprolol, ramipril"), ("eplerenone", "bisoprolol, ramipril")]),
    ("In asthma, use low-dose ICS-formoterol.", [("glucocorticoids", "formoterol"), ("formoterol", "glucocorticoids")]),
    ("Pancreatic cancer\n\n• FOLFIRINOX: oxaliplatin 85 mg/m², leucovorin 400 mg/m², irinotecan 180 mg/m² every 2 weeks",
     [("oxaliplatin", "irinotecan, leucovorin"), ("leucovorin", "irinotecan, oxaliplatin"),
      ("irinotecan", "leucovorin, oxaliplatin")]),
    ("In sepsis, combined oral doxycycline and rifampin is recommended.",
     [("doxycycline", "rifampin"), ("rifampin", "doxycycline")]),
    ("Uveitis. Cycloplegics such as atropine 1% twice daily can be added.", [("mydriatics", ""), ("atropine", "")]),
    ("In rosacea, doxycycline should be paired with metronidazole.",
     [("doxycycline", "metronidazole"), ("metronidazole", "doxycycline")]),
    ("In stroke, aspirin plus a P2Y12 inhibitor (preferably clopidogrel) is recommended.",
     [("aspirin", "clopidogrel, p2y12 inhibitors"), ("p2y12 inhibitors", "aspirin"), ("clopidogrel", "aspirin")]),
    ("In Crohn's disease, infliximab is recommended, usually with azathioprine.",
     [("infliximab", "azathioprine"), ("azathioprine", "infliximab")]),
    ("In depression, lithium augmentation of sertraline is an option.", [("lithium", "sertraline")]),
    ("Prednisone and colchicine is an alternative in gout.", [("prednisone", "colchicine"), ("colchicine", "prednisone")]),
    ("In gout, use of prednisone and colchicine is recommended.", [("prednisone", ""), ("colchicine", "")]),
    ("Myeloma: bortezomib, lenalidomide, and dexamethasone (VRd) are recommended.",
     [("bortezomib", "dexamethasone, lenalidomide"), ("lenalidomide", "bortezomib, dexamethasone"),
      ("dexamethasone", "bortezomib, lenalidomide")]),
    ("Lymphoma: R-CHOP (rituximab, cyclophosphamide, doxorubicin, vincristine, and prednisone) is recommended.",
     [("rituximab", "cyclophosphamide, doxorubicin, prednisone, vincristine"),
      ("cyclophosphamide", "doxorubicin, prednisone, rituximab, vincristine"),
      ("doxorubicin", "cyclophosphamide, prednisone, rituximab, vincristine"),
      ("vincristine", "cyclophosphamide, doxorubicin, prednisone, rituximab"),
      ("prednisone", "cyclophosphamide, doxorubicin, rituximab, vincristine")]),
    ("Gastric cancer: FLO (fluorouracil, leucovorin, and oxaliplatin) or irinotecan is recommended.",
     [("fluorouracil", "leucovorin, oxaliplatin"), ("leucovorin", "fluorouracil, oxaliplatin"),
      ("oxaliplatin", "fluorouracil, leucovorin"), ("irinotecan", "")]),
    ("In myeloma, give bortezomib 1.3 mg/m2 on day 1 plus melphalan 9 mg/m2 (maximum 20 mg) on day 1, and prednisone 60 mg daily.",
     [("bortezomib", "melphalan, prednisone"), ("melphalan", "bortezomib, prednisone"), ("melphalan", "bortezomib, prednisone"),
      ("prednisone", "bortezomib, melphalan")]),
    ("In pneumonia, use ceftriaxone plus azithromycin, clarithromycin, or doxycycline.",
     [("ceftriaxone", "azithromycin, clarithromycin, doxycycline"), ("azithromycin", "ceftriaxone"),
      ("clarithromycin", "ceftriaxone"), ("doxycycline", "ceftriaxone")]),
    ("In pneumonia, use aztreonam plus vancomycin, or ceftriaxone with azithromycin.",
     [("aztreonam", "vancomycin"), ("vancomycin", "aztreonam"), ("ceftriaxone", "azithromycin"),
      ("azithromycin", "ceftriaxone")]),
    ("In COPD, LABA/LAMA combinations are preferred.",
     [("long-acting beta agonists", "long-acting muscarinic antagonists"),
      ("long-acting muscarinic antagonists", "long-acting beta agonists")]),
    ("In asthma, ICS/LABA is preferred over ICS alone.",
     [("glucocorticoids", "long-acting beta agonists"), ("long-acting beta agonists", "glucocorticoids")]),
    ("In hypertension, an ACEI/ARB is recommended.", [("ace inhibitors", ""), ("arbs", "")]),
    ("In stroke, aspirin 160 mg loading dose plus ticagrelor 180 mg loading dose is recommended.",
     [("aspirin", "ticagrelor"), ("ticagrelor", "aspirin")]),
    ("In IPF, antifibrotic therapy with nintedanib or pirfenidone is recommended.",
     [("antifibrotics", ""), ("nintedanib", ""), ("pirfenidone", "")]),
    ("In IPF, prednisone, azathioprine, and acetylcysteine must not be given in combination.",
     [("prednisone", "acetylcysteine, azathioprine"), ("azathioprine", "acetylcysteine, prednisone"),
      ("acetylcysteine", "azathioprine, prednisone")]),
    ("For gastric ulcer, levofloxacin 500 mg once daily, amoxicillin 1 g twice daily, and omeprazole 40 mg twice daily for 14 days may be used.",
     [("levofloxacin", "amoxicillin, omeprazole"), ("amoxicillin", "levofloxacin, omeprazole"),
      ("omeprazole", "amoxicillin, levofloxacin")]),
    ("Gastric ulcer: quadruple therapy consisting of a proton pump inhibitor, bismuth, and tetracycline is recommended.",
     [("proton pump inhibitors", "bismuth, tetracycline"),
      ("bismuth", "proton pump inhibitors, tetracycline"),
      ("tetracycline", "bismuth, proton pump inhibitors")]),
    ("For pneumonia, options are amoxicillin 1 g daily, doxycycline 100 mg daily, and azithromycin 500 mg daily for 5 days.",
     [("amoxicillin", ""), ("doxycycline", ""), ("azithromycin", "")]),
    ("For gastric ulcer, clarithromycin triple therapy (clarithromycin 500 mg, amoxicillin 1 g, and omeprazole 20 mg) is recommended.",
     [("clarithromycin", "amoxicillin, omeprazole"), ("amoxicillin", "clarithromycin, omeprazole"),
      ("omeprazole", "amoxicillin, clarithromycin")]),
    ("For gastric ulcer, clarithromycin triple therapy is recommended.", [("clarithromycin", "")]),
    ("In gout, NSAIDs (ibuprofen, naproxen, and indomethacin) are recommended.",
     [("nsaids", ""), ("ibuprofen", ""), ("naproxen", ""), ("indomethacin", "")]),
    ("Cyclophosphamide combined with immunoglobulin (IVIG) and prednisone is standard in vasculitis.",
     [("cyclophosphamide", "immunoglobulin, prednisone"), ("immunoglobulin", "cyclophosphamide, prednisone"), ("prednisone", "cyclophosphamide, immunoglobulin")]),
]  # fmt: skip

ADDED = [
    ("In epilepsy, lamotrigine is preferred; levetiracetam can be added if seizures persist.",
     [("lamotrigine", ""), ("levetiracetam", "lamotrigine")]),
    ("In meningitis, start cefotaxime plus vancomycin; add ampicillin after the age of 60 years.",
     [("cefotaxime", "vancomycin"), ("vancomycin", "cefotaxime"), ("ampicillin", "cefotaxime, vancomycin")]),
    ("For type 2 diabetes uncontrolled on metformin, add empagliflozin.", [("empagliflozin", "metformin")]),
    ("In heart failure, add metolazone only when furosemide alone is not enough.", [("metolazone", "furosemide")]),
    ("In shock, norepinephrine is recommended, with vasopressin added when the dose of norepinephrine exceeds 0.5 mcg/kg/min.",
     [("norepinephrine", ""), ("vasopressin", "norepinephrine")]),
    ("Psoriasis is treated with methotrexate; folic acid 5 mg weekly should be added.",
     [("methotrexate", ""), ("folic acid", "methotrexate")]),
    ("In depression with partial response to an SSRI, augment with bupropion.", [("bupropion", "ssris")]),
    ("In pulmonary hypertension, selexipag may be added in patients who already take bosentan and a PDE5 inhibitor.",
     [("selexipag", "bosentan, pde5 inhibitors")]),
    ("In type 2 diabetes, if metformin is not tolerated, add gliclazide.", [("gliclazide", "")]),
    ("In hypertension, avoid atenolol first; add spironolactone if resistant.", [("atenolol", ""), ("spironolactone", "")]),
    ("In asthma, switch to fluticasone or add tiotropium.", [("fluticasone", ""), ("tiotropium", "")]),
    ("Angina\n\nIf angina persists on bisoprolol, add one of the following:\n\n• Amlodipine 5 mg\n• Ranolazine 500 mg",
     [("amlodipine", "bisoprolol"), ("ranolazine", "bisoprolol")]),
    ("Angina\n\nIf bisoprolol is contraindicated, add one of the following:\n\n• Amlodipine 5 mg\n• Ranolazine 500 mg",
     [("amlodipine", ""), ("ranolazine", "")]),
    ("Mania: give haloperidol or lorazepam, but the two should not be given together.",
     [("haloperidol", ""), ("lorazepam", ""), ("haloperidol", "lorazepam"), ("lorazepam", "haloperidol")]),
    ("Anemia\n\nOffer epoetin alfa with one of the following:\n\n• Ferrous sulfate 200 mg plus folic acid 5 mg\n• Iron sucrose 200 mg",
     [("epoetin alfa", ""), ("ferrous sulfate", "epoetin alfa, folic acid"), ("folic acid", "epoetin alfa, ferrous sulfate"),
      ("iron sucrose", "epoetin alfa")]),
    ("In psoriasis, methotrexate is usually combined with folic acid, with acitretin and apremilast as alternatives.",
     [("methotrexate", "folic acid"), ("folic acid", "methotrexate"), ("acitretin", ""), ("apremilast", "")]),
    ("In sarcoidosis, infliximab is the preferred biologic, usually given together with methotrexate.",
     [("infliximab", "methotrexate"), ("methotrexate", "infliximab")]),
    ("In hypertension, do not combine spironolactone with potassium supplements or trimethoprim.",
     [("spironolactone", "potassium chloride, trimethoprim")]),
    ("In gout, ramipril is given with bisoprolol, with potassium checked after 1 week.",
     [("ramipril", "bisoprolol"), ("bisoprolol", "ramipril")]),
    ("Cellulitis is treated with vancomycin plus cefepime, with clindamycin added for toxin suppression.",
     [("vancomycin", "cefepime"), ("cefepime", "vancomycin"), ("clindamycin", "cefepime, vancomycin")]),
    ("In endocarditis, ampicillin 2 g and ceftriaxone 2 g are the regimen of choice.",
     [("ampicillin", "ceftriaxone"), ("ceftriaxone", "ampicillin")]),
    ("Sepsis\n\n• Cefotetan 2 g or cefoxitin 2 g, each with doxycycline 100 mg",
     [("cefotetan", "doxycycline"), ("cefoxitin", "doxycycline"), ("doxycycline", "cefotetan, cefoxitin")]),
    ("Sepsis\n\n• Preferred regimen: ceftriaxone 1 g and azithromycin 500 mg",
     [("ceftriaxone", "azithromycin"), ("azithromycin", "ceftriaxone")]),
    ("Sepsis\n\n• Cefepime 1 g (if under 50 kg) plus linezolid 600 mg",
     [("cefepime", "linezolid"), ("linezolid", "cefepime")]),
    ("In rosacea, doxycycline modified-release 40 mg daily plus ivermectin is preferred.",
     [("doxycycline", "ivermectin"), ("ivermectin", "doxycycline")]),
    ("In bronchiectasis, give ceftazidime 2 g IV for 2 weeks, with inhaled colistin to follow.",
     [("ceftazidime", ""), ("colistin", "")]),
    ("In coronary disease, give aspirin 81 mg daily indefinitely plus clopidogrel 75 mg daily.",
     [("aspirin", "clopidogrel"), ("clopidogrel", "aspirin")]),
    ("In endocarditis, ampicillin or ceftriaxone is the regimen of choice.", [("ampicillin", ""), ("ceftriaxone", "")]),
    ("In vasculitis, avacopan may be considered with rituximab.", [("avacopan", "rituximab"), ("rituximab", "avacopan")]),
    ("Gastric ulcer\n\n• Omeprazole at standard dose twice daily PLUS 1\n• Amoxicillin 1 g twice daily 1",
     [("omeprazole", "amoxicillin"), ("amoxicillin", "omeprazole")]),
    ("Add rituximab to prednisone plus tacrolimus in myositis.", [("rituximab", "prednisone, tacrolimus")]),
]  # fmt: skip


@pytest.mark.parametrize(("sentence", "expected"), REGIMENS, ids=[s for s, _ in REGIMENS])
def test_regimens(sentence: str, expected: list[tuple[str, str]], values_of: Values) -> None:
    assert values_of(sentence, "drug", "with_drugs") == expected


@pytest.mark.parametrize(("text", "expected"), ADDED, ids=[s for s, _ in ADDED])
def test_what_a_drug_is_added_to(text: str, expected: list[tuple[str, str]], values_of: Values) -> None:
    assert values_of(text, "drug", "with_drugs") == expected


ABOVE = [
    ("Treatment of COPD\n\nTriple Therapy (ICS + LABA + LAMA)\n\n- Recommended for patients with two exacerbations per year\n",
     [("glucocorticoids", "long-acting beta agonists, long-acting muscarinic antagonists"),
      ("long-acting beta agonists", "glucocorticoids, long-acting muscarinic antagonists"),
      ("long-acting muscarinic antagonists", "glucocorticoids, long-acting beta agonists")]),
    ("Treatment of Helicobacter pylori infection\n\nQuadruple Therapy (Bismuth + Metronidazole + Tetracycline + Omeprazole)\n\n"
     "- Metronidazole 500 mg three times daily\n- Tetracycline 500 mg four times daily\n",
     [("metronidazole", "bismuth, omeprazole, tetracycline"), ("tetracycline", "bismuth, metronidazole, omeprazole")]),
    ("Treatment of endocarditis\n\nEmpirical regimen: vancomycin plus gentamicin\n\n- Vancomycin 15 mg/kg every 12 hours\n"
     "- Gentamicin 1 mg/kg every 8 hours\n- Daptomycin is an alternative\n",
     [("vancomycin", "gentamicin"), ("gentamicin", "vancomycin"), ("daptomycin", "")]),
    ("Treatment of hypertension\n\nAmlodipine or lisinopril\n\n- Amlodipine 5 mg daily\n- Lisinopril 10 mg daily\n",
     [("amlodipine", ""), ("lisinopril", "")]),
    ("Heart failure\n\nQuadruple therapy (ARNI, beta-blocker, SGLT2 inhibitor) should be started.\n",
     [("arnis", "beta-blockers, sglt2 inhibitors"), ("beta-blockers", "arnis, sglt2 inhibitors"),
      ("sglt2 inhibitors", "arnis, beta-blockers")]),
]  # fmt: skip


@pytest.mark.parametrize(("text", "expected"), ABOVE, ids=[s[:40] for s, _ in ABOVE])
def test_a_heading_names_the_regimen(text: str, expected: list[tuple[str, str]], values_of: Values) -> None:
    assert values_of(text, "drug", "with_drugs") == expected


LINES = [
    ("Augment sertraline with lithium in depression.", [("lithium", "subsequent")]),
    ("Switch methotrexate to leflunomide in rheumatoid arthritis.", [("leflunomide", "subsequent")]),
    (
        "Continue bisoprolol and add ivabradine in heart failure.",
        [("bisoprolol", "unstated"), ("ivabradine", "subsequent")],
    ),
    (
        "Ustekinumab is recommended in Crohn's disease that lost response to infliximab.",
        [("ustekinumab", "subsequent")],
    ),
    ("In schizophrenia, olanzapine may serve as the initial strategy.", [("olanzapine", "first")]),
]


@pytest.mark.parametrize(("sentence", "expected"), LINES, ids=[s for s, _ in LINES])
def test_lines(sentence: str, expected: list[tuple[str, str]], values_of: Values) -> None:
    assert values_of(sentence, "drug", "line") == expected


SETTINGS = [
    ("In vasculitis, after induction, maintain with azathioprine.", [("azathioprine", "maintenance")]),
    ("In gout, pegloticase is added in patients not responding to allopurinol.", [("pegloticase", "refractory")]),
    ("How is gout treated?\n\nAcute and Long-Term Management of Gout\n\nColchicine is used.", [("colchicine", "")]),
    ("In tuberculosis, macrolide-resistant disease is treated with clofazimine.", [("clofazimine", "")]),
    ("In influenza, double-dose oseltamivir is not recommended.", [("oseltamivir", "high-dose")]),
    ("In vasculitis, induction with rituximab followed by azathioprine maintenance is recommended.",
     [("rituximab", "induction"), ("azathioprine", "maintenance")]),
    ("In coronary artery disease, dual antiplatelet therapy is continued.", [("dual antiplatelet therapy", "")]),
    ("In hypothyroidism, people on phenytoin need a higher dose of levothyroxine.", [("levothyroxine", "")]),
    ("For massive pulmonary embolism, alteplase is suggested in the absence of brain metastases.",
     [("alteplase", "severe")]),
    ("In migraine, topiramate should be avoided with moderate to severe renal impairment.",
     [("topiramate", "")]),
    ("In heart failure, give sacubitril/valsartan to patients who took a low dose of an ACE inhibitor.",
     [("sacubitril/valsartan", "")]),
    ("Treatment of Psoriasis\n\nInfliximab is contraindicated with advanced heart failure.", [("infliximab", "")]),
    ("Prednisone 40 mg daily is used for asthma exacerbations.", [("prednisone", "acute exacerbation")]),
    ("In bronchiectasis, azithromycin is recommended for frequent exacerbations.", [("azithromycin", "")]),
    ("Treatment of Asthma\n\nFirst-Line Drugs\n\n- Budesonide is used.\n\nAsthma Exacerbations\n\n- Prednisone is used.",
     [("budesonide", ""), ("prednisone", "acute exacerbation")]),
    ("Treatment of Asthma\n\nFirst-Line Drugs\n\n- Budesonide is used.\n\nPreventing Exacerbations\n\n"
     "- Tiotropium is used.", [("budesonide", ""), ("tiotropium", "")]),
    ("Uveitis is treated with high-dose prednisone, with short-term cyclosporine.",
     [("prednisone", "combination, high-dose"), ("cyclosporine", "combination, short-term")]),
    ("In gout, colchicine is used in women at low risk of toxicity.", [("colchicine", "")]),
    ("In low-risk prostate cancer, bicalutamide is not recommended.", [("bicalutamide", "low risk")]),
    ("In gout, colchicine 0.6 mg daily is recommended for flare prophylaxis.", [("colchicine", "")]),
    ("In psoriasis, apremilast 20 mg is used in mild to moderate renal impairment.", [("apremilast", "")]),
    ("In gout, attacks on dialysis are treated with prednisone.", [("prednisone", "acute exacerbation")]),
    ("In membranous nephropathy at moderate risk, rituximab is suggested.", [("rituximab", "moderate risk")]),
    ("In lupus nephritis, belimumab is given to patients resistant to voclosporin.", [("belimumab", "refractory")]),
    ("In epilepsy, stop felbamate if severe hepatotoxicity occurs.", [("felbamate", "")]),
    ("Treatment of Stroke\n\nLong-Term Sequelae\n\n• Baclofen is recommended.", [("baclofen", "")]),
    ("Treatment of Optic Neuritis\n\nAQP4-IgG-Positive Disease\n\n• Rituximab is recommended.", [("rituximab", "AQP4-IgG positive")]),
    ("In thrombosis, stop dalteparin 24 hours before planned induction.", [("dalteparin", "")]),
    ("In gout, flares should be treated with naproxen.", [("naproxen", "acute exacerbation")]),
    ("Treat attacks of hereditary angioedema with icatibant.", [("icatibant", "acute exacerbation")]),
    ("In sickle cell disease, hydroxyurea is continued lifelong.", [("hydroxyurea", "long-term")]),
]  # fmt: skip


@pytest.mark.parametrize(("sentence", "expected"), SETTINGS, ids=[s for s, _ in SETTINGS])
def test_settings(sentence: str, expected: list[tuple[str, str]], values_of: Values) -> None:
    assert values_of(sentence, "drug", "setting") == expected
