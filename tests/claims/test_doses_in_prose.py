"""Doses of running prose that the drugs and patients of the sentence tell apart: whose a dose is, for whom, and its part."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest

Values = Callable[..., list[tuple[Any, ...]]]

# (sentence, (drug, low, high, part) of each row)
PARTS = [
    (
        "Give isoniazid and rifapentine 900 mg each once weekly for 3 months.",
        [("isoniazid", 900, 900, "regimen"), ("rifapentine", 900, 900, "regimen")],
    ),
    (
        "Spironolactone 100 mg and furosemide 40 mg, increased to 400 mg and 160 mg respectively, are recommended.",
        [
            ("spironolactone", 100, 100, "regimen"),
            ("spironolactone", 400, 400, "target"),
            ("furosemide", 40, 40, "start"),
            ("furosemide", 160, 160, "target"),
        ],
    ),
    (
        "Give 10 units of insulin with 25 g of glucose over 15 minutes.",
        [("insulin", 10, 10, "regimen")],
    ),
    (
        "Lamotrigine 25 mg every other day for 2 weeks if taken with valproate, then 25 mg daily for 2 weeks, then 50 mg daily.",
        [
            ("lamotrigine", 25, 25, "regimen"),
            ("lamotrigine", 25, 25, "regimen"),
            ("lamotrigine", 50, 50, "regimen"),
        ],
    ),
    (
        "Epinephrine 0.01 mg/kg, to a maximum of 0.5 mg in adults and 0.3 mg in children, is given intramuscularly.",
        [
            ("epinephrine", 0.01, 0.01, "regimen"),
            ("epinephrine", 0.5, 0.5, "maximum"),
            ("epinephrine", 0.3, 0.3, "maximum"),
        ],
    ),
    (
        "Bisoprolol 1.25 mg, metoprolol 12.5-25 mg or nebivolol 1.25 mg once daily are starting doses.",
        [
            ("bisoprolol", 1.25, 1.25, "start"),
            ("metoprolol", 12.5, 25, "start"),
            ("nebivolol", 1.25, 1.25, "start"),
        ],
    ),
    (
        "The target dose of bisoprolol is 10 mg daily and that of carvedilol 25 mg twice daily.",
        [("bisoprolol", 10, 10, "target"), ("carvedilol", 25, 25, "target")],
    ),
    (
        "The maximum dose of sertraline is 200 mg daily, and that of citalopram 40 mg daily.",
        [("sertraline", 200, 200, "maximum"), ("citalopram", 40, 40, "maximum")],
    ),
    (
        "Hydralazine 37.5 mg with isosorbide dinitrate 20 mg three times daily is titrated to 75 mg and 40 mg three times daily.",
        [
            ("hydralazine", 37.5, 37.5, "regimen"),
            ("hydralazine", 75, 75, "target"),
            ("isosorbide dinitrate", 20, 20, "start"),
            ("isosorbide dinitrate", 40, 40, "regimen"),
        ],
    ),
    (
        "Dolutegravir 50 mg once daily (twice daily with rifampicin) is recommended.",
        [("dolutegravir", 50, 50, "regimen"), ("dolutegravir", 50, 50, "regimen")],
    ),
    (
        "Romosozumab 210 mg (two 105 mg injections) once monthly is recommended.",
        [("romosozumab", 210, 210, "regimen")],
    ),
]

# (sentence, (high, population, conditions) of each row)
BANDS = [
    (
        "Give salbutamol 2.5 mg for children under 5 years and 5 mg for older children.",
        [(2.5, "children", "for children under 5 years"), (5, "children", "for older children")],
    ),
    (
        "Amikacin 15 mg/kg is used in infants over 7 months and 7.5 mg/kg in younger infants.",
        [(15, "infants", "in infants over 7 months"), (7.5, "infants", "in younger infants")],
    ),
    (
        "Abatacept 500 mg if below 60 kg, 750 mg if 60-100 kg and 1000 mg if above 100 kg is recommended.",
        [(500, "", "if below 60 kg"), (750, "", "if 60-100 kg"), (1000, "", "if above 100 kg")],
    ),
    (
        "Rifampicin 600 mg in adults, 10 mg/kg in children and 5 mg/kg in infants under 12 months is recommended.",
        [(600, "adults", ""), (10, "children", ""), (5, "infants", "in infants under 12 months")],
    ),
    (
        "Ciprofloxacin 250 mg in children aged 5-12 years and 30 mg/kg up to 125 mg in children under 5 years is recommended.",
        [
            (250, "children", "in children aged 5-12 years"),
            (30, "children", "in children under 5 years"),
            (125, "children", "in children under 5 years"),
        ],
    ),
    ("Calcium 1,000-1,200 mg and vitamin D 800 IU daily are recommended.", [(1200, "", ""), (800, "", "")]),
    ("Give 500 mL of Ringer's lactate over 15 minutes.", [(500, "", "")]),
    ("Aspirin 75-150 mg daily until 36 weeks is recommended.", [(150, "", "until 36 weeks")]),
    (
        "Prednisone 20 mg daily until remission is an option.",
        [(20, "", "until remission")],
    ),
    (
        "Dextrose 2 g/kg is suggested when lactate is over 4 mmol/L.",
        [(2, "", "when lactate is over 4 mmol/L")],
    ),
]

ROUTES = [
    ("Give 150 mL of 10% glucose IV over 15 minutes.", [("dextrose", 150, "iv")]),
    ("Give 50 mL of 50% dextrose intravenously.", [("dextrose", 50, "iv")]),
    ("Morphine 10 mg over 24 hours by continuous subcutaneous infusion is used.", [("morphine", 10, "sc")]),
]

# no figure in the whole sentence
IN_WORDS = [
    ("Give glucagon for nine months.", (9, "mo")),
    ("Glucagon is recommended for five days.", (5, "d")),
    ("Use glucagon for six to twelve weeks.", (12, "wk")),
    ("Glucagon should be continued for three years.", (3, "a")),
]


@pytest.mark.parametrize(("text", "expected"), IN_WORDS, ids=[t for t, _ in IN_WORDS])
def test_a_duration_in_words(text: str, expected: tuple[float, str], values_of: Values) -> None:
    found = values_of(f"Treatment of Hypoglycemia\n\n{text}\n", "duration_high", "duration_unit")
    assert found == [expected]


@pytest.mark.parametrize(("text", "expected"), PARTS, ids=[t[:30] for t, _ in PARTS])
def test_the_drug_and_part_of_a_dose(text: str, expected: list[tuple[Any, ...]], values_of: Values) -> None:
    found = values_of(f"Treatment of Hypoglycemia\n\n{text}\n", "drug", "dose_low", "dose_high", "dose_role")
    assert found == expected


@pytest.mark.parametrize(("text", "expected"), BANDS, ids=[t[:30] for t, _ in BANDS])
def test_for_whom_a_dose_is(text: str, expected: list[tuple[Any, ...]], values_of: Values) -> None:
    found = values_of(f"Treatment of Hypoglycemia\n\n{text}\n", "dose_high", "population", "condition")
    assert found == expected


@pytest.mark.parametrize(("text", "expected"), ROUTES, ids=[t[:30] for t, _ in ROUTES])
def test_the_route_behind_a_solution(text: str, expected: list[tuple[Any, ...]], values_of: Values) -> None:
    found = values_of(f"Treatment of Hypoglycemia\n\n{text}\n", "drug", "dose_high", "route")
    assert found == expected
