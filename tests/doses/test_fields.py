"""Whole sentences of many fields with their drugs known, as in an article: each dose, its words and all columns."""

import re

import pytest
from dose_cases import CASES, CaseError, notation, read_cases

from pipeline.claims.doses.reader import read_doses

DRUG = re.compile(r"\{([^{}]+)\}")


def drugs_of(sentence):
    """The sentence without the marks of its drugs, and their places."""
    text, drugs, at = "", [], 0
    for mark in DRUG.finditer(sentence):
        text += sentence[at : mark.start()]
        drugs.append((len(text), len(text) + len(mark[1])))
        text += mark[1]
        at = mark.end()
    text += sentence[at:]
    if not drugs or "{" in DRUG.sub("", sentence):
        raise CaseError(f"no drug, or a broken mark: {sentence}")
    return text, drugs


TABLE = read_cases(CASES / "fields.txt")


@pytest.mark.parametrize("case", TABLE, ids=[c.sentence[:50] for c in TABLE])
def test_doses_of_known_drugs(case):
    text, drugs = drugs_of(case.sentence)
    found = tuple((text[d.start : d.end], notation(d.value)) for d in read_doses(text, drugs).doses)
    assert found == case.expected


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("A 6-month trial of danazol 200 mg daily is suggested", ["200 mg adm dur=6mo f=1/1d"]),
        ("Add danazol 200 mg daily after a 6-week trial of prednisone", ["200 mg adm f=1/1d"]),
        ("Give a 10-day oral course of danazol 200 mg daily", ["200 mg adm dur=10d f=1/1d"]),
        ("A 6-month trial showed that danazol 200 mg daily helped", ["200 mg adm f=1/1d"]),
    ],
)
def test_a_course_or_trial_of_a_drug_has_its_length(text, expected):
    at = text.index("danazol")
    assert [notation(d.value) for d in read_doses(text, [(at, at + 7)]).doses] == expected


def test_a_duration_in_the_next_cell_of_a_table_row():
    text = "Nitrofurantoin | 100 mg twice daily | 5 days"
    found = [(text[d.start : d.end], notation(d.value)) for d in read_doses(text, [(0, 14)]).doses]
    assert found == [("100 mg twice daily", "100 mg adm dur=5d f=2/1d")]
