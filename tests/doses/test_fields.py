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


def test_a_duration_in_the_next_cell_of_a_table_row():
    text = "Nitrofurantoin | 100 mg twice daily | 5 days"
    found = [(text[d.start : d.end], notation(d.value)) for d in read_doses(text, [(0, 14)]).doses]
    assert found == [("100 mg twice daily", "100 mg adm dur=5d f=2/1d")]
