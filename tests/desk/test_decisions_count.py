"""Decisions made at the desk, then a real run: what editors decided is what the evidence says."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from pipeline.changes import still_fits
from pipeline.desk.desk import Desk
from pipeline.desk.forms import read_corrections
from pipeline.evidence import decided_claims
from pipeline.exchange import named_by
from pipeline.ledger import Ledger
from pipeline.vocabulary import Lexicon
from tests.desk.runs import desk_of, evidence, ingest

OLDER = """Drugs for painful diabetic neuropathy

Last updated: March 3, 2025

Drugs for painful diabetic neuropathy

First-Line Options

  • Duloxetine 60 mg once daily is recommended 1
  • Tramadol is recommended 1
"""
NEWER = """Treatment of painful diabetic neuropathy

Last updated: February 9, 2026

Treatment of painful diabetic neuropathy

First-Line Options

  • Duloxetine 60 mg once daily is recommended 1
  • Pregabalin 150 mg twice daily is recommended 1

Drugs to Avoid

  • Tramadol should not be used 1
"""


@pytest.fixture
def place(tmp_path) -> Path:
    (tmp_path / "articles").mkdir()
    (tmp_path / "articles/older.txt").write_text(OLDER, encoding="utf-8")
    (tmp_path / "articles/newer.txt").write_text(NEWER, encoding="utf-8")
    return tmp_path


def item(desk: Desk, drug: str, kind: str = "change", article: str = ""):
    return next(
        i
        for i in desk.queue("ann")
        if i.drug == drug and i.kind == kind and (not article or i.change["article_id"] == article)
    )


def test_a_rejected_claim_leaves_the_evidence_and_stays_away(place):
    ingest(place)
    assert len(evidence(place, "pregabalin")) == 1
    desk = desk_of(place)
    desk.decide([item(desk, "pregabalin")], "reject", editor="ann", reason="misread")
    ingest(place)
    assert evidence(place, "pregabalin") == []
    (place / "articles/newer.txt").write_text(
        NEWER.replace("  • ", "- ").replace(" 1\n", " 7\n"), encoding="utf-8"
    )
    ingest(place)
    assert evidence(place, "pregabalin") == []
    assert [i.drug for i in desk_of(place).queue("ann", words="pregabalin")] == []


def test_a_corrected_claim_enters_corrected_until_its_statement_changes(place):
    ingest(place)
    desk = desk_of(place)
    corrections = {"dose_low": "75.0", "dose_high": "75.0", "daily_low": "150.0", "daily_high": "150.0"}
    desk.decide(
        [item(desk, "pregabalin")], "correct", editor="ann", corrections=corrections, reason="see label"
    )
    ingest(place)
    [row] = evidence(place, "pregabalin")
    assert (row["daily_low"], row["daily_high"]) == (150.0, 150.0)
    (place / "articles/newer.txt").write_text(NEWER.replace("150 mg", "300 mg"), encoding="utf-8")
    ingest(place)
    [row] = evidence(place, "pregabalin")
    assert (row["daily_low"], row["daily_high"]) == (600.0, 600.0)
    back = item(desk_of(place), "pregabalin")
    assert (back.importance, back.earlier["reason"]) == ("dose", "see label")


def corrected(place: Path, drug: str, form: dict[str, str]) -> dict:
    """The statement on a drug after an editor filled the form so and a run obeyed it."""
    desk = desk_of(place)
    found = item(desk, drug)
    corrections = read_corrections(form, desk.claim(found.claim_id), named_by(CODE))
    desk.decide([found], "correct", editor="ann", corrections=corrections)
    ingest(place)
    ledger = Ledger.open(place / "processed")
    rows = decided_claims(ledger.claims(), ledger.decisions(), still_fits).to_pylist()
    return next(r for r in rows if r["claim_id"] == found.claim_id)


CODE = Lexicon.default()
NAMES = ("drug", "drug_code", "drug_kind", "disease", "disease_code")


@pytest.mark.parametrize(
    ("form", "expected"),
    [
        ({"drug": "Neurontin"}, ("gabapentin", CODE.drug("gabapentin").code, "ingredient", ...)),
        ({"drug": "jak inhibitors"}, ("jak inhibitors", CODE.drug("jak inhibitors").code, "class", ...)),
        ({"drug": "Zyxomab"}, ("zyxomab", None, "ingredient", ...)),
        ({"disease": "Gout"}, (..., ..., ..., "gout", CODE.disease("gout").code)),
        ({"disease": "Zyx disease"}, (..., ..., ..., "Zyx disease", None)),
        ({"strength": "strong"}, (..., ..., ..., ...)),
    ],
)
def test_a_corrected_name_brings_its_own_code_or_none(place, form, expected):
    ingest(place)
    before = next(
        r for r in Ledger.open(place / "processed").claims().to_pylist() if r["drug"] == "pregabalin"
    )
    assert before["drug_code"]
    after = corrected(place, "pregabalin", form)
    told = {name: value for name, value in zip(NAMES, expected, strict=False) if value is not ...}
    assert {name: after[name] for name in NAMES} == {name: before[name] for name in NAMES} | told
    assert [r["drug"] for r in evidence(place, after["drug"])] == [after["drug"]]


def test_a_settled_disagreement_is_settled(place):
    ingest(place)
    desk = desk_of(place)
    found = item(desk, "tramadol", "discrepancy")
    desk.decide([found], "settle", editor="ann", resolution="older")
    ingest(place)
    rows = {r["discrepancy_id"]: r for r in Ledger.open(place / "processed").discrepancies().to_pylist()}
    row = rows[found.subject_id]
    assert (row["resolution"], "decision" in row["rule"]) == ("older", True)
    assert [
        i.subject_id for i in desk_of(place).queue("ann") if i.kind == "discrepancy" and i.drug == "tramadol"
    ] == []


def test_what_was_taken_back_counts_no_more(place):
    ingest(place)
    desk = desk_of(place)
    desk.decide([item(desk, "pregabalin")], "reject", editor="ann")
    desk.undo("ann")
    ingest(place)
    assert len(evidence(place, "pregabalin")) == 1


def test_a_run_without_news_keeps_the_bytes_after_a_decision_that_changes_nothing(place):
    ingest(place)
    desk = desk_of(place)
    desk.decide([item(desk, "pregabalin")], "accept", editor="ann")
    before = (place / "processed/evidence.parquet").read_bytes()
    ingest(place)
    assert (place / "processed/evidence.parquet").read_bytes() == before
    state = json.loads((place / "processed/ledger/HEAD.json").read_text())
    assert state["staged"] is None


def test_the_report_shows_what_is_new_since_the_last_review(place):
    ingest(place)
    desk = desk_of(place)
    desk.decide([item(desk, "pregabalin")], "accept", editor="ann")
    (place / "articles/newer.txt").write_text(NEWER.replace("150 mg", "300 mg"), encoding="utf-8")
    ingest(place)
    (place / "articles/older.txt").write_text(OLDER.replace("60 mg", "30 mg"), encoding="utf-8")
    ingest(place)
    text = (place / "processed/reports/latest.md").read_text(encoding="utf-8")
    assert "300 mg" in text
    assert "30 mg once daily" in text
    desk = desk_of(place)
    desk.decide([item(desk, "pregabalin")], "accept", editor="ann")
    (place / "articles/older.txt").write_text(OLDER.replace("60 mg", "90 mg"), encoding="utf-8")
    ingest(place)
    text = (place / "processed/reports/latest.md").read_text(encoding="utf-8")
    assert "90 mg" in text
    assert "150 mg twice daily is recommended" not in text


def write(place: Path, text: str) -> list[tuple[str, str]]:
    """Another version of the newer article is read; what the desk then asks of it."""
    (place / "articles/newer.txt").write_text(text, encoding="utf-8")
    ingest(place)
    return [(i.drug, i.importance) for i in desk_of(place).queue("ann", kind="change")]


@pytest.mark.parametrize(
    ("old", "new", "expected"),
    [
        ("is recommended 1\n  • Preg", "is the recommended choice 1\n  • Preg", []),
        ("should not be used", "must not be given", []),
        ("Tramadol should not be used", "Tramadol should not be used unless all else failed", [("tramadol", "situation")]),
        ("150 mg twice daily", "75 mg twice daily", [("pregabalin", "dose")]),
        ("Pregabalin 150 mg twice daily is recommended", "Pregabalin 150 mg twice daily may be tried", [("pregabalin", "wording")]),
        ("  • Pregabalin 150 mg twice daily is recommended 1\n", "", []),
    ],
)  # fmt: skip
def test_nothing_is_asked_twice(place, old, new, expected):
    """The pregabalin of this article is rejected, all else accepted."""
    ingest(place)
    desk = desk_of(place)
    items = desk.queue("ann")
    for one in items:
        if one.kind == "change":
            desk.decide([one], "reject" if one.drug == "pregabalin" else "accept", editor="ann")
    assert old in NEWER
    assert write(place, NEWER.replace(old, new)) == expected
