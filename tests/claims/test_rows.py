"""Which rows there are: drug, disease and direction of whole short texts of many fields."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest

Values = Callable[..., list[tuple[Any, ...]]]

ROWS = [
    # a title's second disease after "in" tells whom
    (
        "Anemia in Patients with Chronic Heart Failure\n\n• Ferrous sulfate is recommended.",
        [("ferrous sulfate", "anemia", "for")],
    ),
    # a group of patients under special populations is no other topic
    (
        "Treatment of Gout\n\nSpecial Populations\n\n• Heart failure: avoid naproxen\n• Acute gout: colchicine 1 mg",
        [("naproxen", "gout", "against"), ("colchicine", "gout", "for")],
    ),
    # each clause has its own direction
    (
        "Epilepsy. In pregnancy, lamotrigine is strongly recommended, and topiramate should not be started.",
        [("lamotrigine", "epilepsy", "for"), ("topiramate", "epilepsy", "against")],
    ),
    # a measured value is no treatment
    (
        "Heart failure. Eplerenone may be used in adults with potassium <5 mmol/L and normal magnesium.",
        [("eplerenone", "heart failure", "for")],
    ),
    # a society's name is no disease, a generic outcome neither
    (
        "Hypertension. The American Diabetes Association recommends lisinopril.",
        [("lisinopril", "hypertension", "for")],
    ),
    (
        "Uveitis. Etanercept should not be used, since a trial found no benefit and more infections.",
        [("etanercept", "uveitis", "against")],
    ),
    # what a drug does, a test, and a harm that should not prevent use are no advice
    ("Angina\n\n• Nitrates provide faster relief than ranolazine.", []),
    (
        "Heart failure\n\n• Furosemide is recommended.\n• Confirm the diagnosis after 2 weeks.",
        [("furosemide", "heart failure", "for")],
    ),
    (
        "Depression. Serotonin syndrome with sertraline and tramadol is rare and should not prevent their use.",
        [],
    ),
    # a relative clause ends before its modal; a cell of a table before the next
    (
        "Osteoporosis. Women who had a fracture should receive alendronate.",
        [("alendronate", "osteoporosis", "for")],
    ),
    # both diseases that are prevented together
    (
        "Beta carotene supplements for the prevention of stroke or dementia are not recommended.",
        [("beta carotene", "stroke", "against"), ("beta carotene", "dementia", "against")],
    ),
    # "high" of a dose is no reason; "not" before "yet" negates
    ("Gout. Start early with high-dose colchicine.", [("colchicine", "gout", "for")]),
    ("Asthma. Etanercept is not yet recommended.", [("etanercept", "asthma", "against")]),
    # all of a history in passing; what worsens a disease has it only as an outcome
    (
        "Migraine. Propranolol should not be prescribed to adults with a history of asthma, syncope, or heart block.",
        [("propranolol", "migraine", "against")],
    ),
    (
        "Treatment of Myasthenia Gravis\n\nDrugs That Worsen Muscle Weakness\n\n• Ciprofloxacin should be avoided.",
        [("ciprofloxacin", "myasthenia gravis", "against")],
    ),
    # what a drug is added to, goes with or must not lack is no advice on its own
    (
        "Schizophrenia. Aripiprazole is an add-on to clozapine.",
        [("aripiprazole", "schizophrenia", "for")],
    ),
    (
        "Cystinuria. Give tiopronin 200 mg with each potassium citrate dose.",
        [("tiopronin", "cystinuria", "for")],
    ),
    (
        "Asthma. Salmeterol without a glucocorticoid is contraindicated.",
        [("salmeterol", "asthma", "against")],
    ),
    # what a syndrome has followed is no advice
    (
        "Parkinsonism. When the syndrome has followed the withdrawal of amantadine, levodopa should be restarted.",
        [("levodopa", "parkinsonism", "for")],
    ),
    (
        "Neurocysticercosis. Give dexamethasone for the duration of albendazole treatment.",
        [("dexamethasone", "neurocysticercosis", "for")],
    ),
    ("Asthma. Do not withdraw budesonide abruptly.", [("budesonide", "asthma", "for")]),
    # a class of the disease is no grade
    (
        "For class III obesity, semaglutide is recommended.",
        [("semaglutide", "obesity", "for")],
    ),
    # each clause after a semicolon speaks for itself; drugs that are held
    (
        "Crohn's disease. Methotrexate should be stopped before conception; azathioprine is compatible with pregnancy.",
        [("methotrexate", "Crohn's disease", "against"), ("azathioprine", "Crohn's disease", "for")],
    ),
    ("Hypertension. Ramipril should be held during sepsis.", [("ramipril", "hypertension", "against")]),
    # a second disease with its own drugs, without a verb
    (
        "Gout is treated with colchicine, and pseudogout with prednisone plus ice.",
        [("colchicine", "gout", "for"), ("prednisone", "calcium pyrophosphate deposition disease", "for")],
    ),
    # "not previously given" tells whom; what stops attacks is not stopped; a noun is no advice
    (
        "Migraine. Erenumab is suggested in adults not previously given fremanezumab.",
        [("erenumab", "migraine", "for")],
    ),
    ("Gout. A trial showed that anakinra stopped attacks.", [("anakinra", "gout", "for")]),
    (
        "Hypertension\n\n• Clonidine is an alternative, although sedation and depression limit its use.",
        [("clonidine", "hypertension", "for")],
    ),
    ("Sarcoma. Ifosfamide may replace doxorubicin.", [("ifosfamide", "sarcoma", "for")]),
    ("Gout. Hold febuxostat during surgery.", [("febuxostat", "gout", "against")]),
    (
        "Stroke. Aspirin is recommended in preference to warfarin.",
        [("aspirin", "stroke", "for")],
    ),
    # a drug right after a label is advice; after a label of harms it is none
    (
        "Myositis\n\n• Adults with dermatomyositis or overlap: methotrexate 15 mg weekly\n• Adverse effects in many: methotrexate",
        [("methotrexate", "dermatomyositis", "for")],
    ),
    # a long list of what patients have beside
    (
        "Pneumonia. In patients with chronic heart, lung, or liver disease, diabetes, alcoholism, or cancer, use levofloxacin.",
        [("levofloxacin", "pneumonia", "for")],
    ),
    # what a drug is called is no class of its own; a comma before "and" ends a comparison
    (
        "Methotrexate is the cornerstone of disease-modifying therapy in rheumatoid arthritis.",
        [("methotrexate", "rheumatoid arthritis", "for")],
    ),
    (
        "Lymphoma. Rituximab is favored over ibrutinib, and bendamustine must be avoided.",
        [("rituximab", "lymphoma", "for"), ("bendamustine", "lymphoma", "against")],
    ),
    # a heading's drug; what is not to be given together, or where something cannot be had
    (
        "Epilepsy\n\nValproate\n\n• Discontinue during pregnancy",
        [("valproate", "epilepsy", "against")],
    ),
    (
        "Psoriasis\n\n• Tapinarof may be used, but not together with calcipotriene\n• Methotrexate 15 mg weekly where biologics are not available",
        [
            ("tapinarof", "psoriasis", "for"),
            ("tapinarof", "psoriasis", "against"),
            ("methotrexate", "psoriasis", "for"),
        ],
    ),
    # a vaccine's disease is none; a generic name means the article's disease
    (
        "Asplenia in Sickle Cell Disease\n\n• Influenza vaccines are recommended.",
        [("influenza vaccine", "sickle cell disease", "for")],
    ),
    (
        "Treatment of Multiple Myeloma\n\n• Rasburicase may be considered with a high tumor burden.",
        [("rasburicase", "multiple myeloma", "for")],
    ),
    # ages are no comparison; a test of patients is no monitoring; examples of harms; "but B may help"
    (
        "Glaucoma. In adults older than 60 years latanoprost is recommended.",
        [("latanoprost", "glaucoma", "for")],
    ),
    (
        "Celiac Disease\n\n• Adults with a positive stool test should receive budesonide.",
        [("budesonide", "celiac disease", "for")],
    ),
    (
        "Sarcoidosis\n\n• Prednisone is recommended for complications such as heart block or uveitis.",
        [("prednisone", "sarcoidosis", "for")],
    ),
    (
        "Asthma. Theophylline is not recommended, but montelukast 10 mg daily may ease symptoms.",
        [("theophylline", "asthma", "against"), ("montelukast", "asthma", "for")],
    ),
    ("Malaria. Do not repeat mefloquine.", [("mefloquine", "malaria", "against")]),
    (
        "Sarcoidosis. If uveitis or dactylitis persists between flares, methotrexate may be used.",
        [("methotrexate", "sarcoidosis", "for")],
    ),
    (
        "Prolactinoma. Temozolomide is recommended for resistant tumors.",
        [("temozolomide", "prolactinoma", "for")],
    ),
    (
        "Esophagitis. Famotidine is an option, with slow healing of Los Angeles grade C or D disease.",
        [("famotidine", "esophagitis", "for")],
    ),
    ("Gout. Adults over 100 kg may need allopurinol 400 mg daily.", [("allopurinol", "gout", "for")]),
]


@pytest.mark.parametrize(("text", "expected"), ROWS)
def test_rows(text: str, expected: list[tuple[str, ...]], values_of: Values) -> None:
    assert values_of(text, "drug", "disease", "direction") == expected


def test_a_citation_after_the_word_class_is_no_grade(values_of: Values) -> None:
    text = "Hypertension\n\n• Thiazides: the preferred class 1\n• Atenolol (Class 2b)"
    assert values_of(text, "drug", "strength") == [
        ("thiazide diuretics", "unstated"),
        ("atenolol", "conditional"),
    ]


def test_letters_are_those_of_the_task_force_where_the_article_names_it(values_of: Values) -> None:
    body = "Advice on Stroke\n\n• Vitamin D (Grade D)\n• Calcium (I statement)\n• Zinc (Grade C)"
    named = "The USPSTF graded these.\n\n"
    columns = ("drug", "direction", "strength", "grade_system")
    first, rest = body.split("\n\n")
    assert values_of(f"{first}\n\n{named}{rest}", *columns) == [
        ("vitamin d", "against", "strong", "USPSTF"),
        ("zinc", "for", "conditional", "USPSTF"),
    ]


def test_a_heading_after_the_first_advice_is_no_title_of_the_body(values_of: Values) -> None:
    text = (
        "What is the first-line treatment of gout?\n\nColchicine is preferred.\n\n"
        "First-Line Treatment\n\n• Naproxen\n\nOther\n\n• Anakinra"
    )
    assert values_of(text, "drug", "line") == [
        ("colchicine", "unstated"),
        ("naproxen", "first"),
        ("anakinra", "unstated"),
    ]


def test_partners_in_brackets(values_of: Values) -> None:
    text = "Pneumonia. Dual therapy (ceftriaxone 1 g daily with azithromycin and metronidazole) may be considered."
    assert values_of(text, "drug", "with_drugs") == [
        ("ceftriaxone", "azithromycin, metronidazole"),
        ("azithromycin", "ceftriaxone, metronidazole"),
        ("metronidazole", "azithromycin, ceftriaxone"),
    ]
