"""Diseases that a heading or statement names without being about them: prevented, beside the main one, a group."""

from __future__ import annotations

from collections.abc import Callable
from importlib import resources
from typing import Any

import pytest

from pipeline.vocabulary import Lexicon

CASES = [
    (
        "Chronic Myeloid Leukemia\n\nAccelerated and Blast Phase\n\n• Ponatinib 45 mg daily",
        ["chronic myeloid leukemia"],
    ),
    (
        "Panic disorder\n\nFluoxetine may be offered, with close watch for suicidal thoughts.",
        ["panic disorder"],
    ),
    ("Panic disorder\n\nStart fluoxetine and review suicidality.", ["panic disorder"]),
    (
        "Hepatorenal syndrome\n\nPitfalls\n\n• Continuing albumin in the presence of pulmonary edema",
        ["hepatorenal syndrome"],
    ),
    ("Coronary artery disease\n\nDepression should be treated with sertraline.", ["depression"]),
    ("Heart failure\n\nDepression is best managed with sertraline.", ["depression"]),
    ("Gout\n\nPain is treated with naproxen.", ["gout"]),
    (
        "Asthma\n\nOral prednisolone should be avoided, given the burden of fractures, cataract and premature atherosclerosis.",
        ["asthma"],
    ),
    (
        "Gout\n\nThiazides are avoided because they can cause hyponatremia, hypokalemia and diabetes.",
        ["gout"],
    ),
    (
        "Insomnia\n\nBecause of drowsiness, glaucoma and urinary retention, diphenhydramine is not recommended.",
        ["insomnia"],
    ),
    (
        "Type 2 diabetes\n\nRosiglitazone is not used, considering its links with stroke, heart failure and myocardial infarction.",
        ["type 2 diabetes mellitus"],
    ),
    ("Brucellosis\n\nIn brucellar endocarditis, rifampin is added.", ["brucellar endocarditis"]),
    (
        "Infective endocarditis\n\nStaphylococcal endocarditis is treated with oxacillin.",
        ["infective endocarditis"],
    ),
    ("Panic disorder\n\nIn patients with depression, sertraline is preferred.", ["panic disorder"]),
    ("Osteomyelitis\n\nOnce bacteremia has cleared:\n\n• Cephalexin 25 mg/kg", ["osteomyelitis"]),
    (
        "Miscarriage\n\nMifepristone is contraindicated in asthma and inherited porphyria.",
        ["early pregnancy loss"],
    ),
    (
        "Wilson disease\n\nStop penicillamine if severe thrombocytopenia or a lupus-like reaction occurs.",
        ["Wilson disease"],
    ),
    (
        "Sarcoidosis\n\nMethylprednisolone 1 g daily is reserved for cardiogenic shock or electrical storm.",
        ["sarcoidosis"],
    ),
    ("Vasculitis\n\nMethylprednisolone is reserved for imminent loss of vision or stroke.", ["vasculitis"]),
    ("Scarlet fever\n\nPenicillin V is offered to contacts who have chickenpox.", ["scarlet fever"]),
    ("Overactive bladder\n\nWomen after the Menopause\n\n• Estradiol 10 mcg daily", ["overactive bladder"]),
    (
        "Overactive bladder\n\nIn men taking tamsulosin for benign prostatic hyperplasia, solifenacin is used.",
        ["overactive bladder"],
    ),
    ("Acute Gastroenteritis\n\n• Giardiasis: tinidazole 50 mg/kg once", ["giardiasis"]),
    ("Melanoma\n\nWithhold nivolumab for grade 3 peripheral neuropathy or hepatitis.", ["melanoma"]),
    ("Asthma\n\nInactivated influenza and pneumococcal vaccines are recommended.", ["asthma", "asthma"]),
    (
        "Tachycardia\n\nFlecainide is used in patients without structural or ischemic heart disease.",
        ["tachycardia"],
    ),
    (
        "Polycythemia vera\n\nIn ECLAP, aspirin lowered the combined rate of death, infarction, stroke, and venous thromboembolism.",
        ["polycythemia vera"],
    ),
    ("Animal Bite\n\nUse when cellulitis is spreading:\n\n• Ampicillin-sulbactam 3 g", ["animal bite"]),
    ("Melanoma\n\n• Myocarditis of any grade: stop nivolumab", ["melanoma"]),
    (
        "Melanoma\n\n• Ipilimumab 3 mg/kg, but with more colitis\n  • Budesonide 9 mg daily",
        ["melanoma", "melanoma"],
    ),
    ("Cholestasis\n\nA trial found fewer preterm births with ursodiol.", ["cholestasis"]),
    ("Colitis\n\n• Grade 3 (ileus, perforation)\n  • Methylprednisolone 1 mg/kg daily", ["colitis"]),
    ("Glaucoma\n\nPilocarpine is contraindicated, since uveitis may worsen.", ["glaucoma"]),
    ("Psoriasis\n\nVaccines (measles, mumps, and varicella) should be avoided.", ["psoriasis"]),
    ("Sepsis\n\nSodium bicarbonate is used only with a pH below 7.2 and acute kidney injury.", ["sepsis"]),
    (
        "COPD\n\nRoflumilast is recommended in patients with an FEV1 below 50% and chronic bronchitis.",
        ["chronic obstructive pulmonary disease"],
    ),
    (
        "Hypoparathyroidism\n\nCalcium citrate is preferred in adults taking an antacid or with achlorhydria.",
        ["hypoparathyroidism"],
    ),
    ("Atrial Fibrillation\n\nStroke Prevention\n\n• Apixaban is recommended.", ["atrial fibrillation"]),
    ("Prevention of Stroke in Atrial Fibrillation\n\n• Apixaban is recommended.", ["atrial fibrillation"]),
    ("Stroke Prevention\n\n• Clopidogrel is recommended.", ["stroke"]),
    ("Cirrhosis\n\nAntibiotics and Anemia\n\n• Ceftriaxone 1 g daily is recommended.", ["cirrhosis"]),
    ("Asthma\n\nPregnancy and Diabetes\n\n• Budesonide is recommended.", ["asthma"]),
    ("Gout\n\nSpecial Populations\n\nHeart Failure\n\n• Colchicine 0.6 mg daily is recommended.", ["gout"]),
    ("Stomatology\n\nOral Thrush\n\n• Nystatin is recommended.", ["oropharyngeal candidiasis"]),
    ("Pancreatitis\n\nFor pancreatitis with shock, norepinephrine is suggested.", ["pancreatitis"]),
    ("Migraine\n\nAmitriptyline is preferred in patients with obesity or epilepsy.", ["migraine"]),
    (
        "Osteoporosis\n\nRaloxifene is recommended for women whose main worry is breast cancer.",
        ["osteoporosis"],
    ),
    (
        "Atrial Fibrillation\n\nEdoxaban lowered stroke and bleeding more than warfarin.",
        ["atrial fibrillation"],
    ),
    (
        "Amyloidosis\n\nTafamidis is used for complications such as heart failure or neuropathy.",
        ["amyloidosis"],
    ),
    ("Migraine\n\nSertraline is preferred after a recent myocardial infarction.", ["migraine"]),
    ("Lyme Disease\n\nConduction Disease\n\n• Heart block: ceftriaxone 2 g daily.", ["Lyme disease"]),
    (
        "Major Depressive Disorder\n\nFor severe depression, venlafaxine is recommended.",
        ["major depressive disorder"],
    ),
    ("Gout\n\nPatients with gout on allopurinol should receive colchicine.", ["gout"]),
    ("Iron Deficiency Anemia\n\nFerrous sulfate is recommended in this anemia.", ["iron deficiency anemia"]),
    (
        "Ulcerative Colitis\n\nInfliximab is recommended for acute severe ulcerative colitis.",
        ["ulcerative colitis"],
    ),
    (
        "How is gout treated in adults, including in chronic kidney disease or obesity?\n\nApproach\n\n• Colchicine 0.6 mg daily.",
        ["gout"],
    ),
    (
        "What is the treatment of insomnia in older adults living with coronary artery disease?\n\nApproach\n\n• Melatonin is an option.",
        ["insomnia"],
    ),
    (
        "What is the best antibiotic for cellulitis in a patient with penicillin allergy and gout?\n\nApproach\n\n• Clindamycin is an option.",
        ["cellulitis"],
    ),
    (
        "Anticoagulation for Atrial Fibrillation After Intracerebral Hemorrhage\n\n• Apixaban is an option.",
        ["atrial fibrillation"],
    ),
    (
        "What is the treatment of gout in a man with benign prostatic hyperplasia (BPH)?\n\nApproach\n\n• Colchicine is an option.",
        ["gout"],
    ),
    (
        "How are asthma in adults and rhinitis in children treated?\n\nApproach\n\n• Montelukast is an option.",
        ["asthma", "rhinitis"],
    ),
    ("Gout\n\nDrugs to Avoid\n\n• Etoricoxib, particularly after myocardial infarction", ["gout"]),
    (
        "What anticoagulant is best in atrial fibrillation and in venous thromboembolism?\n\nApproach\n\n• Apixaban is preferred.",
        ["atrial fibrillation", "venous thromboembolism"],
    ),
    (
        "Management of Migraine, With or Without Depression\n\nApproach\n\n• Propranolol is preferred.",
        ["migraine"],
    ),
    (
        "How is gout treated?\n\nChronic Kidney Disease\n\n• Febuxostat is preferred.\n\nOlder Adults\n\n• Colchicine is an option.",
        ["gout", "gout"],
    ),
    (
        "How is cirrhosis managed?\n\nAscites\n\n• Spironolactone is preferred.\n\nPregnancy\n\n• Lactulose is an option.",
        ["ascites", "cirrhosis"],
    ),
    (
        "Prevention after Myocardial Infarction\n\nHypertension and Diabetes\n\n• Ramipril is recommended.",
        ["myocardial infarction"],
    ),
    ("Asthma\n\n• Budesonide is recommended whether or not the child has eczema.", ["asthma"]),
    ("Psoriasis\n\n• Acitretin is an option, although hepatitis and dry skin may occur.", ["psoriasis"]),
    ("Breast Cancer\n\n• If neuropathy is a concern, docetaxel is preferred.", ["breast cancer"]),
    ("Sarcoidosis\n\n• Infliximab is given following the protocols for Crohn's disease.", ["sarcoidosis"]),
    ("Asthma\n\n• Montelukast may be used, particularly with allergic rhinitis.", ["asthma"]),
    ("Stroke\n\n• Mannitol, hypothermia, and magnesium are not recommended.", ["stroke", "stroke"]),
    ("Cholera\n\n• If gout is present, zinc should be avoided.", ["cholera"]),
    ("Pancreatitis\n\n• In pancreatitis, with shock, ileus, or gout, give meropenem.", ["pancreatitis"]),
    ("Hypertension\n\n• For obesity-related gout, losartan is an option.", ["gout"]),
    (
        "Heart Failure\n\nTreating Comorbidities\n\n• Gout: colchicine is preferred.\n\nPatients With Comorbidities\n\n"
        "• Gout: furosemide is preferred.",
        ["gout", "heart failure"],
    ),
    (
        "Sinusitis\n\nTreating the Cause\n\n• Gout: colchicine 0.5 mg\n• Asthma: prednisone 5 mg",
        ["gout", "sinusitis"],
    ),
    ("Sinusitis\n\nOptions\n\n• Gout: colchicine 0.5 mg", ["sinusitis"]),
    ("Gout\n\n• Febuxostat is an alternative in heart failure.", ["gout"]),
    ("Stroke\n\n• Apixaban is preferred over warfarin in nonvalvular atrial fibrillation.", ["stroke"]),
    (
        "Venous Thromboembolism\n\n• Enoxaparin is preferred in unresected gastric cancer.",
        ["venous thromboembolism"],
    ),
    ("Stroke\n\n• Warfarin is recommended with moderate to severe mitral stenosis.", ["stroke"]),
    ("How is pain from endometriosis treated?\n\nApproach\n\n• Dienogest is preferred.", ["endometriosis"]),
    (
        "Spondylitis\n\nPatients With Other Manifestations\n\n• Psoriasis: secukinumab is preferred.",
        ["spondylitis"],
    ),
    ("Fibrosis of the Lung and Bronchiectasis\n\nComorbidities\n\n• Gout: colchicine is used.", ["gout"]),
    (
        "Postherpetic Neuralgia\n\n• Pregabalin relieves neuralgia and is recommended.",
        ["postherpetic neuralgia"],
    ),
    ("Gout\n\n• Allopurinol is preferred, including in advanced kidney disease.", ["gout"]),
    ("Stroke\n\n• Warfarin is preferred with a mechanical valve or severe mitral stenosis.", ["stroke"]),
    (
        "Gout\n\n• Colchicine is contraindicated in heart failure, previous stroke, and uncontrolled hypertension.",
        ["gout"],
    ),
    (
        "Urinary Tract Infection\n\n• Do not offer trimethoprim for asymptomatic bacteriuria.",
        ["asymptomatic bacteriuria"],
    ),
    (
        "How is bipolar disorder treated, from acute mania to maintenance?\n\n• Lithium is an option.",
        ["bipolar disorder"],
    ),
    ("Hepatitis B\n\nWho Should Be Treated\n\n• Lymphoma: entecavir is recommended.", ["hepatitis B"]),
    (
        "Type 2 Diabetes\n\nSpecial Populations\n\n• Gout: empagliflozin is an option in tophaceous gout.",
        ["type 2 diabetes mellitus"],
    ),
    (
        "Sickle cell disease: treating pain\n\nApproach\n\n• Hydroxyurea is preferred.",
        ["sickle cell disease"],
    ),
    (
        "How is stroke prevented in adults with lymphoma?\n\nApproach\n\n• Apixaban is preferred after treatment of the lymphoma.",
        ["stroke"],
    ),
    (
        "How is gout treated in adults with cancer?\n\nApproach\n\n• Febuxostat is preferred in unresected gastric cancer.",
        ["gout"],
    ),
    (
        "How is gout treated in adults with cirrhosis?\n\nApproach\n\n• Hepatic encephalopathy is treated with lactulose.",
        ["hepatic encephalopathy"],
    ),
    ("Gout\n\n• In end-stage kidney disease, allopurinol 100 mg after dialysis is suggested.", ["gout"]),
    ("Gout\n\n• Prednisone is not recommended outside rheumatoid arthritis.", ["gout"]),
    ("Stroke\n\n• End-stage renal disease on dialysis (warfarin preferred)", ["stroke"]),
    ("Pericarditis\n\nMaintain with azathioprine as in vasculitis.", ["pericarditis"]),
    ("Pericarditis\n\n• Give entecavir according to hepatitis B serology", ["pericarditis"]),
    ("Vasculitis\n\nIn patients with anti-GBM antibodies, give cyclophosphamide.", ["vasculitis"]),
    (
        "Sarcoidosis\n\nPrednisone is not recommended before surgery, as inflammation makes the cyst adhere.",
        ["sarcoidosis"],
    ),
    ("Psoriasis\n\nAcitretin is avoided, as the drug can worsen uveitis.", ["psoriasis"]),
    ("Sarcoidosis\n\n• Prednisone 20 mg daily is recommended for granulomas that persist.", ["sarcoidosis"]),
    (
        "Alcohol-Associated Hepatitis\n\nTreatment of Alcohol Use Disorder\n\n• Acamprosate 666 mg three times daily.",
        ["alcohol use disorder"],
    ),
    ("Heart Failure\n\nTorsemide is used in acute and chronic heart failure.", ["heart failure"]),
    (
        "Acromegaly\n\nPasireotide is an option for patients without poorly controlled diabetes.",
        ["acromegaly"],
    ),
    (
        "Familial Hypercholesterolemia\n\nStatin Intolerance\n\n• Bempedoic acid 180 mg daily",
        ["familial hypercholesterolemia"],
    ),
    (
        "Familial Hypercholesterolemia (FH)\n\nHomozygous FH\n\n• Lomitapide 5 mg daily",
        ["homozygous familial hypercholesterolemia"],
    ),
]


@pytest.mark.parametrize(("text", "diseases"), CASES)
def test_a_disease_in_passing(
    text: str, diseases: list[str], rows_of: Callable[..., list[dict[str, Any]]]
) -> None:
    assert [r["disease"] for r in rows_of(text)] == diseases


def test_a_list_of_what_patients_also_have_may_be_of_any_length(values_of: Callable[..., Any]) -> None:
    listed = "gout, anemia, " * 600
    text = f"Migraine\n\nPropranolol is recommended in patients with {listed}or asthma."
    assert values_of(text, "drug", "disease") == [("propranolol", "migraine")]


@pytest.mark.parametrize(
    "file", ["symptoms.txt", "bare_symptoms.txt", "comorbidities.txt", "own_illnesses.txt"]
)
def test_listed_names_are_names_that_the_vocabulary_gives(file: str) -> None:
    """A name that no text can yield would be dead data."""
    lexicon = Lexicon.default()
    path = resources.files("pipeline.claims") / "patterns" / file
    listed = path.read_text(encoding="utf-8").rstrip("\n").split("\n")
    known = [lexicon.disease(name) for name in listed]
    assert listed != [""]
    assert [n for n, c in zip(listed, known, strict=True) if c is None or c.name != n] == []
