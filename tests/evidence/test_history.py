"""Two times: what was known at a moment, what the articles said on a day; neither rewrites the other."""

import datetime as dt

import pandas as pd
import pyarrow as pa
import pytest

from pipeline.evidence import known_as_of, reconcile, valid_as_of

# One article, three readings. v2 was recorded in June; v1, older, arrived late, in July; the date of v2 was put right in August.
HISTORY = pd.DataFrame(
    [
        ("a", "v2", "2024-05-01", "2025-06-01", "2025-08-01", "for", "read in June"),
        ("a", "v1", "2022-01-01", "2025-07-01", "2025-07-01", "against", "arrived late"),
        ("a", "v2", "2023-05-01", "2025-08-01", None, "for", "date put right"),
        ("b", "w1", None, "2025-06-15", None, "for", "undated"),
    ],
    columns=[
        "article_id",
        "article_version",
        "article_date",
        "recorded_at",
        "superseded_at",
        "direction",
        "quote",
    ],
).assign(drug="sumatriptan", disease="migraine", claim_id=["c1", "c0", "c1", "c2"])

KNOWN = [
    ("2025-05-31", []),
    ("2025-06-10", ["read in June"]),
    ("2025-07-02", ["read in June", "undated"]),
    ("2025-08-02", ["date put right", "undated"]),
]
VALID = [
    ("2021-12-31", None, []),
    ("2022-06-01", None, ["arrived late"]),
    ("2023-06-01", None, ["date put right"]),
    ("2025-06-14", None, ["date put right"]),
    ("2025-06-15", None, ["date put right", "undated"]),
    ("2022-06-01", "2025-06-20", []),
    ("2023-06-01", "2025-07-20", ["arrived late"]),
    ("2024-06-01", "2025-07-20", ["read in June"]),
]


@pytest.mark.parametrize(("moment", "expected"), KNOWN)
@pytest.mark.parametrize("as_table", [False, True], ids=["pandas", "arrow"])
def test_known(as_table, moment, expected, hierarchy):
    rows = pa.Table.from_pandas(HISTORY) if as_table else HISTORY
    found = known_as_of(rows, dt.datetime.fromisoformat(moment))
    assert found["quote"].tolist() == expected
    assert reconcile(found, lexicon=hierarchy).evidence["n_claims"].sum() == len(expected)


@pytest.mark.parametrize(("day", "known", "expected"), VALID)
def test_valid(day, known, expected, hierarchy):
    moment = dt.datetime.fromisoformat(known).replace(tzinfo=dt.UTC) if known else None
    found = valid_as_of(HISTORY, dt.date.fromisoformat(day), known=moment)
    assert found["quote"].tolist() == expected
    assert reconcile(found, lexicon=hierarchy).evidence["n_claims"].sum() == len(expected)


def test_history_is_not_touched():
    before = HISTORY.copy(deep=True)
    known_as_of(HISTORY, dt.datetime(2025, 7, 2, tzinfo=dt.UTC))
    valid_as_of(HISTORY, dt.date(2025, 7, 2))
    pd.testing.assert_frame_equal(HISTORY, before)


def test_the_table_of_a_day_says_what_was_said_that_day(hierarchy):
    said = [valid_as_of(HISTORY, dt.date(year, 12, 31)) for year in (2022, 2023)]
    rows = [reconcile(claims, lexicon=hierarchy).evidence["direction"].tolist() for claims in said]
    assert rows == [["against"], ["for"]]
