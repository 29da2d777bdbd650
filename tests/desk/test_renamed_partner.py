"""The vocabulary renames a drug that others are combined with: what was decided is not asked again."""

from __future__ import annotations

from pathlib import Path

import pytest

from pipeline.changes import still_fits
from pipeline.evidence import decided_claims
from pipeline.ledger import Ledger
from tests.desk.runs import desk_of, ingest

TEXT = """Drugs for painful diabetic neuropathy

Last updated: March 3, 2025

Drugs for painful diabetic neuropathy

  • Duloxetine plus zyxoquinab is recommended as first-line treatment 1
  • Pregabalin plus zyxoquinab should be avoided 1
  • Gabapentin 300 mg once daily is recommended 2
"""


def names(place: Path, name: str, code: str, others: str = "") -> None:
    (place / "vocabulary").mkdir(exist_ok=True)
    row = "\t".join((name, "ingredient", code, others, ""))
    (place / "vocabulary/own.tsv").write_text(f"name\tkind\tcode\tnames\tparents\n{row}\n", encoding="utf-8")


@pytest.fixture
def place(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    (tmp_path / "articles").mkdir()
    (tmp_path / "articles/one.txt").write_text(TEXT, encoding="utf-8")
    monkeypatch.setenv("EVIDENCE_VOCABULARY", str(tmp_path / "vocabulary"))
    return tmp_path


def partners(place: Path) -> dict[str, list[str]]:
    rows = Ledger.open(place / "processed").claims().to_pylist()
    return {r["drug"]: r["with_drugs"] for r in rows if r["with_drugs"]}


@pytest.mark.parametrize(
    ("code", "later"),
    [
        ("RXNORM:9990001", "RXNORM:9990001"),
        ("", ""),
        ("DRUGBANK:DB99901", "RXNORM:9990001"),
    ],
)
def test_a_renamed_partner_asks_nothing_again(place: Path, code: str, later: str):
    names(place, "zyxoquinab", code)
    ingest(place)
    assert partners(place)["duloxetine"] == ["zyxoquinab"]
    desk = desk_of(place)
    for item in desk.queue("ann"):
        about = desk.claim(item.claim_id)
        if about["drug"] == "duloxetine":
            desk.decide([item], "correct", editor="ann", corrections={"line": '"subsequent"'})
        else:
            desk.decide([item], "accept" if about["drug"] != "pregabalin" else "reject", editor="ann")
    assert desk.queue("ann") == []
    names(place, "quinabex", later, others="zyxoquinab")
    ingest(place)
    assert partners(place)["duloxetine"] == ["quinabex"]
    desk = desk_of(place)
    # a drug itself is known again by its code alone
    known = code == later != ""
    asked = [(i.drug, i.importance) for i in desk.queue("ann") if known or i.drug != "quinabex"]
    assert asked == []
    ledger = Ledger.open(place / "processed")
    rows = decided_claims(ledger.claims(), ledger.decisions(), still_fits).to_pylist()
    assert {r["drug"]: r["line"] for r in rows if r["drug"] != "quinabex"} == {
        "duloxetine": "subsequent", "gabapentin": "unstated",
    }  # fmt: skip


def test_another_partner_is_asked_again(place: Path):
    names(place, "zyxoquinab", "RXNORM:9990001")
    ingest(place)
    desk = desk_of(place)
    for item in desk.queue("ann"):
        desk.decide([item], "accept", editor="ann")
    path = place / "articles/one.txt"
    path.write_text(TEXT.replace("Duloxetine plus zyxoquinab", "Duloxetine plus tramadol"), encoding="utf-8")
    ingest(place)
    desk = desk_of(place)
    assert "duloxetine" in [i.drug for i in desk.queue("ann")]
