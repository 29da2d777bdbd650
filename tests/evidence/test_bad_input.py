"""Bad input: each has its outcome, none stops the run."""

import datetime as dt
import json

import numpy as np
import pandas as pd
import polars as pl
import pyarrow as pa
import pytest

from pipeline.evidence import TableError, reconcile

AGAINST = {"direction": "against"}


@pytest.mark.parametrize("name", ["drug", "disease", "article_id"])
def test_a_table_without_a_name_is_refused(name, claims, hierarchy):
    with pytest.raises(TableError, match=f"has no column {name}"):
        reconcile(claims({}).drop(columns=name), lexicon=hierarchy)


def test_three_columns_are_enough(hierarchy):
    rows = pd.DataFrame({"drug": ["colchicine"] * 2, "disease": ["gout"] * 2, "article_id": ["a", "b"]})
    found = reconcile(rows, lexicon=hierarchy)
    assert found.evidence[["direction", "status", "n_articles"]].to_numpy().tolist() == [
        ["unstated", "agreed", 2]
    ]
    assert found.discrepancies.empty


def test_no_claims_give_empty_tables(claims, hierarchy):
    found = reconcile(claims({}).iloc[:0], lexicon=hierarchy)
    assert (len(found.evidence), len(found.discrepancies)) == (0, 0)
    assert list(found.evidence.columns)[:2] == ["evidence_id", "drug"]


CASES = [
    # name, what is odd in the newer claim, direction, status
    ("no date", {"article_date": None}, "for", "conflicting"),
    ("an unreadable date", {"article_date": "spring"}, "for", "conflicting"),
    ("a date after it was recorded", {"article_date": "2031-01-01", "recorded_at": "2026-01-01"}, "for", "conflicting"),
    ("a date after today", {"article_date": "2030-06-01"}, "for", "conflicting"),
    ("an unknown direction", {"direction": "perhaps"}, "for", "single"),
    ("no direction", {"direction": None}, "for", "single"),
    ("an unknown kind", {"kind": "rumour"}, "against", "updated"),
    ("no disease", {"disease": None}, "for", "single"),
    ("an empty drug", {"drug": ""}, "for", "single"),
    ("superseded", {"superseded_at": "2025-01-01"}, "for", "single"),
    ("an unknown unit", {"daily_low": 4, "daily_high": 4, "daily_unit": "spoon"}, "against", "updated"),
]  # fmt: skip


@pytest.mark.parametrize(("odd", "direction", "status"), [c[1:] for c in CASES], ids=[c[0] for c in CASES])
def test_odd_claims(odd, direction, status, claims, hierarchy):
    rows = claims({"article_date": "2020-01-01"}, {"article_date": "2021-01-01"} | AGAINST | odd)
    found = reconcile(rows, lexicon=hierarchy, today=dt.date(2030, 1, 1)).evidence
    assert found[["direction", "status"]].to_numpy().tolist() == [[direction, status]]


DOSES = [
    ("zero", {"daily_low": 0, "daily_high": 0}),
    ("negative", {"daily_low": -2, "daily_high": -1}),
    ("not a number", {"daily_low": "many", "daily_high": "many"}),
    ("infinite", {"daily_low": np.inf, "daily_high": np.inf}),
    ("no unit", {"daily_low": 9, "daily_high": 9, "daily_unit": None}),
    ("ends turned round", {"daily_low": 3, "daily_high": 1}),
]


@pytest.mark.parametrize("odd", [c[1] for c in DOSES], ids=[c[0] for c in DOSES])
def test_odd_doses_contradict_nothing(odd, claims, daily, hierarchy):
    found = reconcile(claims(daily(1, 3), daily(1, 3) | odd), lexicon=hierarchy)
    assert found.discrepancies.empty
    assert found.evidence[["daily_low", "daily_high"]].to_numpy().tolist() == [[1, 3]]


def test_of_several_versions_of_an_article_the_newest_counts(claims, hierarchy):
    versions = [
        {"article_version": v, "article_date": d} for v, d in [("v2", "2024-01-01"), ("v1", "2020-01-01")]
    ]
    rows = claims(versions[0] | {"article_id": "a"}, versions[1] | {"article_id": "a"} | AGAINST)
    found = reconcile(rows, lexicon=hierarchy)
    assert found.evidence[["direction", "n_claims"]].to_numpy().tolist() == [["for", 1]]


def test_an_article_that_contradicts_itself(claims, hierarchy):
    found = reconcile(claims({}, AGAINST | {"article_id": "a"}), lexicon=hierarchy)
    columns = ["aspect", "severity", "older_article", "newer_article", "rule"]
    assert found.discrepancies[columns].to_numpy().tolist() == [["direction", "conflict", "a", "a", None]]
    assert found.evidence[["status", "rule"]].to_numpy().tolist() == [["conflicting", "open"]]


def test_ten_thousand_articles_in_one_group(claims, hierarchy):
    count = 10_000
    base = claims({}).drop(columns=["article_id", "claim_id", "article_date"])
    rows = pd.concat([base] * count, ignore_index=True)
    rows["article_id"] = [f"a{i:05}" for i in range(count)]
    rows["claim_id"] = [f"c{i:05}" for i in range(count)]
    rows["article_date"] = pd.to_datetime("2020-01-01") + pd.to_timedelta(np.arange(count) % 1500, unit="D")
    rows["dose_text"], rows["dose_role"], rows["daily_unit"] = "x", "regimen", "mg"
    rows["daily_low"] = rows["daily_high"] = 1.5 ** (np.arange(count) % 40)
    rows.loc[0, "direction"] = "against"
    found = reconcile(rows, lexicon=hierarchy)
    assert len(found.discrepancies) < 1000
    row = found.evidence.iloc[0]
    assert row[["status", "n_articles"]].tolist() == ["updated", count - 1]
    assert row["dissenting_claim_ids"] == ["c00000"]
    assert "direction" in set(found.discrepancies["aspect"])


def test_a_table_of_arrow_or_polars_or_read_from_csv_gives_the_same(gold_claims, hierarchy):
    rows = gold_claims(False)
    lists = [c for c in rows if rows[c].map(lambda v: isinstance(v, list)).any()]
    arrow = pa.Table.from_pylist(
        rows.astype(object).where(rows.notna() | rows.columns.isin(lists), None).to_dict("records")
    )
    ours = reconcile(rows, lexicon=hierarchy)
    assert len(ours.evidence) > 10
    written = arrow.to_pandas()
    for column in lists:
        written[column] = [json.dumps(values) for values in arrow.column(column).to_pylist()]
    for same in (arrow, pl.from_arrow(arrow), written):
        theirs = reconcile(same, lexicon=hierarchy)
        pd.testing.assert_frame_equal(ours.evidence, theirs.evidence)
        pd.testing.assert_frame_equal(ours.discrepancies, theirs.discrepancies)


def test_what_is_no_table_is_told():
    with pytest.raises(TableError, match="E-EVIDENCE-2"):
        reconcile([{"drug": "colchicine"}])
