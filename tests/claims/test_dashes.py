"""A dash behind words that only name reads as a colon; one within a range or a name as a hyphen."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest

COLUMNS = ("drug", "direction", "population", "condition", "dose_role", "dose_low", "dose_high")
PAGE = "How is {} treated?\n\nTreatment of {}\n\n- {}\n"


@pytest.mark.parametrize(
    ("disease", "with_colon", "with_dash"),
    [
        ("hypertension", "Pregnancy: labetalol or nifedipine is preferred", "Pregnancy – labetalol or nifedipine is preferred"),
        ("hypertension", "Pregnancy: labetalol or nifedipine is preferred", "Pregnancy — labetalol or nifedipine is preferred"),
        ("asthma", "Children aged 6-11 years: budesonide 200 mcg daily", "Children aged 6–11 years – budesonide 200 mcg daily"),
        ("bipolar disorder", "Lithium: start at 300 mg twice daily", "Lithium - start at 300 mg twice daily"),
        ("gout", "For patients with CrCl below 30 mL/min: a single 0.6 mg dose of colchicine", "For patients with CrCl below 30 mL/min – a single 0.6 mg dose of colchicine"),
        ("migraine", "Sumatriptan: maximum 200 mg/day", "Sumatriptan – maximum 200 mg/day"),
        ("gout", "Start allopurinol 50 mg daily in stage 3-5 CKD", "Start allopurinol 50 mg daily in stage 3–5 CKD"),
        ("cirrhosis", "Avoid naltrexone in Child-Pugh C cirrhosis", "Avoid naltrexone in Child–Pugh C cirrhosis"),
        ("opioid use disorder", "Naltrexone 380 mg is given after 7-10 days without opioids", "Naltrexone 380 mg is given after 7–10 days without opioids"),
    ],
)  # fmt: skip
def test_a_dash_reads_as_a_colon_or_a_hyphen(
    values_of: Callable[..., list[tuple[Any, ...]]], disease: str, with_colon: str, with_dash: str
) -> None:
    rows = [
        [
            tuple(str(v).replace("–", "-") for v in row)
            for row in values_of(PAGE.format(disease, disease, words), *COLUMNS)
        ]
        for words in (with_colon, with_dash)
    ]
    assert rows[0]
    assert rows[1] == rows[0]


@pytest.mark.parametrize(
    ("disease", "sentence", "rows"),
    [
        ("essential tremor", "Propranolol 60 mg daily – contraindicated in asthma", [("propranolol", "for"), ("propranolol", "against")]),
        ("atrial fibrillation", "Apixaban – but not dabigatran – is used in dialysis", [("apixaban", "for"), ("dabigatran", "against")]),
        ("asthma", "Avoid theophylline – its margin is narrow", [("theophylline", "against")]),
    ],
)  # fmt: skip
def test_a_dash_that_parts_a_sentence_is_none(
    values_of: Callable[..., list[tuple[Any, ...]]], disease: str, sentence: str, rows: list[tuple[str, str]]
) -> None:
    found = values_of(PAGE.format(disease, disease, sentence), "drug", "direction")
    assert sorted(dict.fromkeys(found)) == sorted(rows)


@pytest.mark.parametrize(
    "cites", ["[1, 2]", "(1, 2)", "1, 2", "¹,²", "[1][2]", "(1)(2)", "【1】【2】", "(refs 1, 2)"]
)
def test_citations_are_read_in_every_form(
    values_of: Callable[..., list[tuple[Any, ...]]], cites: str
) -> None:
    text = f"How is gout treated?\n\nTreatment of gout\n\n- Colchicine is used in flares {cites}\n- Naproxen is used {cites}.\n- Stop aspirin {cites}\n"
    assert values_of(text, "drug", "direction", "cites") == [
        ("colchicine", "for", "1, 2"),
        ("naproxen", "for", "1, 2"),
        ("aspirin", "against", "1, 2"),
    ]
