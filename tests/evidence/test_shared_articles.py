"""The whole way over the shared articles: claims read by the extractor, discrepancies as the seeds expect them."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from flows.options import RunOptions
from flows.run import run_plain
from pipeline.ledger import Ledger

SHARED = Path(__file__).parents[3] / "shared"
EXPECTED = SHARED / "gold/seed-discrepancies.jsonl"


def expectations() -> list[dict]:
    if not EXPECTED.is_file():
        return []
    return [json.loads(line) for line in EXPECTED.read_text(encoding="utf-8").splitlines() if line.strip()]


@pytest.fixture(scope="module")
def ledger(tmp_path_factory) -> Ledger:
    home = tmp_path_factory.mktemp("shared")
    run_plain(
        RunOptions(
            raw=home / "raw",
            processed=home / "processed",
            sources=(str(SHARED / "articles"),),
            progress="none",
        )
    )
    return Ledger.open(home / "processed")


def said(row: dict) -> str:
    return f"{row['expect']} {row['drug']} {row['disease']} {row['aspect']} {row['older']}-{row['newer']}"


@pytest.mark.skipif(not expectations(), reason="the folder with the shared articles is missing")
@pytest.mark.parametrize("expected", expectations(), ids=said)
def test_discrepancies_of_the_shared_articles(ledger, expected):
    found = [
        row["severity"]
        for row in ledger.discrepancies().to_pylist()
        if (row["drug"], row["disease"], row["aspect"])
        == (expected["drug"], expected["disease"], expected["aspect"])
        and row["older_article"].startswith(expected["older"])
        and row["newer_article"].startswith(expected["newer"])
    ]
    meant = [severity for severity in found if severity in expected.get("severity", [severity])]
    assert bool(meant) is (expected["expect"] == "must")


@pytest.mark.skipif(not EXPECTED.is_file(), reason="the folder with the shared articles is missing")
def test_every_quote_stands_where_it_says(ledger):
    rows = ledger.claims().to_pylist()
    texts = {
        row["article_version"]: ledger.text_of(row["article_id"], row["article_version"]) or ""
        for row in rows
    }
    assert len(rows) > 100
    assert [
        r["claim_id"]
        for r in rows
        if texts[r["article_version"]][r["char_start"] : r["char_end"]] != r["quote"]
    ] == []
