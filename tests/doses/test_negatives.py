"""Amounts and times that are no doses: nothing is found."""

import pytest
from dose_cases import CASES

TABLE = (CASES / "negatives.txt").read_text(encoding="utf-8").splitlines()


def test_the_table_repeats_nothing():
    assert len(TABLE) == len(set(TABLE)) >= 80


@pytest.mark.parametrize("sentence", TABLE)
def test_no_dose(sentence, doses_of):
    assert doses_of(sentence) == ()
