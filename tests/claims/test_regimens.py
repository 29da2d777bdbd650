"""Regimens said without "plus", drugs that augment or follow others, and settings that belong to another noun."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest

Values = Callable[..., list[tuple[Any, ...]]]

REGIMENS = [
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
]  # fmt: skip


@pytest.mark.parametrize(("sentence", "expected"), REGIMENS, ids=[s for s, _ in REGIMENS])
def test_regimens(sentence: str, expected: list[tuple[str, str]], values_of: Values) -> None:
    assert values_of(sentence, "drug", "with_drugs") == expected


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
    ("In gout, colchicine is used in women at low risk of toxicity.", [("colchicine", "")]),
    ("In low-risk prostate cancer, bicalutamide is not recommended.", [("bicalutamide", "low risk")]),
    ("In gout, colchicine 0.6 mg daily is recommended for flare prophylaxis.", [("colchicine", "")]),
    ("In sickle cell disease, hydroxyurea is continued lifelong.", [("hydroxyurea", "long-term")]),
]  # fmt: skip


@pytest.mark.parametrize(("sentence", "expected"), SETTINGS, ids=[s for s, _ in SETTINGS])
def test_settings(sentence: str, expected: list[tuple[str, str]], values_of: Values) -> None:
    assert values_of(sentence, "drug", "setting") == expected
