"""A dose in words, and doses that are one in meaning."""

import pytest

from pipeline.changes import say_dose
from pipeline.changes.dosing import amount_of, duration_of, rhythm_of

MG = {"dose_unit": "mg", "dose_basis": "flat"}
BID = {"frequency": 2, "period": 1, "period_unit": "d"}
SAID = [
    ({}, ""),
    ({"dose_text": "low-dose"}, "low-dose"),
    ({**MG, "dose_low": 5, "dose_high": 5}, "5 mg"),
    ({**MG, "dose_low": 2.5, "dose_high": 10, **BID, "route": "oral"}, "2.5–10 mg oral twice daily"),
    ({"dose_unit": "mg", "dose_basis": "kg", "dose_low": 0.5, "dose_high": 1, "dose_per": "day"}, "0.5–1 mg/kg/day"),
    ({"dose_unit": "mg", "dose_basis": "m2", "dose_low": 500, "dose_high": 750, "frequency": 1, "period": 4, "period_unit": "wk"}, "500–750 mg/m² every 4 weeks"),
    ({"dose_basis": "auc", "dose_low": 5, "dose_high": 5}, "AUC 5"),
    ({**MG, "dose_low": None, "dose_high": 200}, "up to 200 mg"),
    ({**MG, "dose_low": 15, "dose_high": None, "dose_role": "threshold"}, "threshold: at least 15 mg"),
    ({"dose_unit": "[iU]", "dose_basis": "kg", "dose_low": 80, "dose_high": 80}, "80 IU/kg"),
    ({"dose_unit": "ug", "dose_basis": "flat", "dose_low": 12000, "dose_high": 12000}, "12000 µg"),
    ({**MG, "dose_low": 875, "dose_high": 875, "dose_components": [875, 125], **BID}, "875/125 mg twice daily"),
    ({**MG, "dose_low": 500, "dose_high": 500, "frequency": 1, "period": None, "dose_role": "loading"}, "loading: 500 mg single dose"),
    ({**MG, "dose_low": 4, "dose_high": 4, "frequency": 1, "period": 4, "period_max": 6, "period_unit": "h"}, "4 mg every 4–6 hours"),
    ({**MG, "dose_low": 1, "dose_high": 1, "frequency": 1, "frequency_max": 2, "period": 1, "period_unit": "d"}, "1 mg once or twice daily"),
    ({**MG, "dose_low": 1, "dose_high": 1, "frequency": 2, "frequency_max": 4, "period": 1, "period_unit": "d"}, "1 mg 2–4 times daily"),
    ({**MG, "dose_low": 1, "dose_high": 1, "frequency": 3, "period": 1, "period_unit": "wk"}, "1 mg three times a week"),
    ({**MG, "dose_low": 1, "dose_high": 1, "frequency": 2, "period": 3, "period_unit": "wk"}, "1 mg twice every 3 weeks"),
    ({**MG, "dose_low": 1, "dose_high": 2, "frequency": 1, "period": 1, "period_unit": "h"}, "1–2 mg every hour"),
    ({"dose_text": "short-term", "duration_high": 3, "duration_unit": "mo"}, "up to 3 months"),
    ({**MG, "dose_low": 5, "dose_high": 5, "duration_low": 1, "duration_high": 1, "duration_unit": "a"}, "5 mg for 1 year"),
    ({"dose_low": float("nan"), "dose_high": float("nan"), "dose_text": None, "frequency": float("nan")}, ""),
]  # fmt: skip


@pytest.mark.parametrize(("row", "said"), SAID, ids=[s or "nothing" for _, s in SAID])
def test_a_dose_in_words(row, said):
    assert say_dose(row) == said


ONE = [
    (amount_of, {"dose_low": 0.5, "dose_high": 0.5, "dose_unit": "g"}, {"dose_low": 500, "dose_high": 500, "dose_unit": "mg", "dose_basis": "flat"}),
    (amount_of, {"dose_low": 0.1, "dose_high": 0.3, "dose_unit": "mg"}, {"dose_low": 100, "dose_high": 300, "dose_unit": "ug"}),
    (amount_of, {"dose_low": 1, "dose_high": 1, "dose_unit": "L"}, {"dose_low": 1000, "dose_high": 1000, "dose_unit": "mL"}),
    (amount_of, {"dose_low": 9, "dose_high": 9, "dose_unit": "IU"}, {"dose_low": 9, "dose_high": 9, "dose_unit": "[iU]"}),
    (rhythm_of, {"frequency": 1, "period": 8, "period_unit": "h"}, {"frequency": 3, "period": 1, "period_unit": "d"}),
    (rhythm_of, {"frequency": 1, "period": 4, "period_unit": "wk"}, {"frequency": 1, "period": 28, "period_unit": "d"}),
    (rhythm_of, {"frequency": 7, "period": 1, "period_unit": "wk"}, {"frequency": 1, "period": 1, "period_unit": "d"}),
    (rhythm_of, {"frequency": 1, "frequency_max": 2, "period": 1, "period_unit": "d"}, {"frequency": 1, "period": 12, "period_max": 24, "period_unit": "h"}),
    (duration_of, {"duration_low": 1, "duration_high": 1, "duration_unit": "a"}, {"duration_low": 12, "duration_high": 12, "duration_unit": "mo"}),
    (duration_of, {"duration_high": 2, "duration_unit": "wk"}, {"duration_high": 14, "duration_unit": "d"}),
]  # fmt: skip


@pytest.mark.parametrize(("read", "one", "other"), ONE)
def test_one_in_meaning(read, one, other):
    assert read(one) == read(other) is not None


TWO = [
    (duration_of, {"duration_low": 1, "duration_high": 1, "duration_unit": "mo"}, {"duration_low": 30, "duration_high": 30, "duration_unit": "d"}),
    (amount_of, {"dose_low": 5, "dose_unit": "mg"}, {"dose_high": 5, "dose_unit": "mg"}),
    (amount_of, {"dose_low": 5, "dose_unit": "mg"}, {"dose_low": 5, "dose_unit": "mg", "dose_basis": "kg"}),
    (amount_of, {"dose_low": 5, "dose_unit": "mg"}, {"dose_low": 5, "dose_unit": "meq"}),
    (rhythm_of, {"frequency": 1, "period": 1, "period_unit": "mo"}, {"frequency": 1, "period": 4, "period_unit": "wk"}),
    (rhythm_of, {"frequency": 1}, {"frequency": 1, "period": 1, "period_unit": "d"}),
]  # fmt: skip


@pytest.mark.parametrize(("read", "one", "other"), TWO)
def test_two_in_meaning(read, one, other):
    assert read(one) != read(other)
