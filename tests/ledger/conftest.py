"""Rows to record, a clock that is set by hand, and a ledger in a folder of its own."""

import datetime as dt
from collections.abc import Callable
from pathlib import Path

import pytest

from pipeline.ledger import Batch, Ledger, PlaceRow, RunRow
from pipeline.ledger.records import ArticleRow
from pipeline.model import Change, Claim, Discrepancy, Dose, Evidence, row_of

START = dt.datetime(2026, 3, 1, 12, 0, tzinfo=dt.UTC)


class Clock:
    """Time that passes only when told."""

    def __init__(self) -> None:
        self.time = START

    def __call__(self) -> dt.datetime:
        return self.time

    def forward(self, **delta: float) -> dt.datetime:
        self.time += dt.timedelta(**delta)
        return self.time


def claim_row(article: str = "af", drug: str = "apixaban", **given) -> dict:
    quote = given.pop("quote", f"{drug} is recommended.")
    start = given.pop("char_start", 10)
    values = {
        "claim_id": f"{article}-{drug}",
        "drug": drug,
        "drug_kind": "ingredient",
        "drug_text": drug.title(),
        "disease": "atrial fibrillation",
        "disease_text": "AF",
        "disease_origin": "title",
        "direction": "for",
        "strength": "strong",
        "certainty": "unstated",
        "line": "unstated",
        "preference": "unstated",
        "kind": "recommendation",
        "article_id": article,
        "article_version": "v1",
        "article_title": article.upper(),
        "source": "Bedside",
        "rules_version": "r1",
        "dose": Dose(
            dose_text="5 mg twice daily", dose_low=5, dose_high=5, dose_unit="mg", dose_components=()
        ),
    } | given
    return row_of(Claim(quote=quote, char_start=start, char_end=start + len(quote), **values))


def article_row(article: str = "af", version: str | None = "v1", **given) -> dict:
    values = {
        "reading_id": f"{article}/{version}",
        "article_id": article,
        "version": version,
        "status": "ok",
        "title": article.upper(),
        "location": f"{article}.txt",
        "text": "x" * 100,
        "n_claims": 1,
        "fetched_at": START,
    } | given
    return row_of(ArticleRow(**values))


def place_row(location: str = "af.txt", **given) -> dict:
    values = {"status": "ok", "first_seen": START, "changed_at": START, "checked_at": START} | given
    return row_of(PlaceRow(location=location, **values))


def evidence_row(drug: str = "apixaban", **given) -> dict:
    values = {
        "evidence_id": f"e-{drug}",
        "drug": drug,
        "drug_kind": "ingredient",
        "disease": "atrial fibrillation",
        "line": "unstated",
        "direction": "for",
        "strength": "strong",
        "certainty": "unstated",
        "preference": "unstated",
        "status": "single",
        "n_articles": 1,
        "n_sources": 1,
        "n_guidelines": 0,
        "n_claims": 1,
        "rule": "newer",
    } | given
    return row_of(Evidence(**values))


def discrepancy_row(drug: str = "apixaban", **given) -> dict:
    values = {
        "discrepancy_id": f"d-{drug}",
        "drug": drug,
        "disease": "atrial fibrillation",
        "aspect": "dose",
        "severity": "conflict",
        "older_claim": "a",
        "newer_claim": "b",
        "older_article": "af",
        "newer_article": "af2",
        "older_value": "5 mg",
        "newer_value": "2.5 mg",
        "explanation": "they differ",
    } | given
    return row_of(Discrepancy(**values))


def change_row(claim: str = "af-apixaban", **given) -> dict:
    values = {
        "change_id": f"c-{claim}",
        "kind": "added",
        "importance": "added",
        "meaning": True,
        "cause": "article",
        "claim_id": claim,
        "article_id": "af",
        "drug": "apixaban",
        "disease": "atrial fibrillation",
    } | given
    return row_of(Change(**values))


def run_row(run_id: str, **given) -> RunRow:
    return RunRow(**({"run_id": run_id, "started_at": START, "finished_at": START, "status": "done"} | given))


def whole_batch(article: str = "af", drug: str = "apixaban") -> Batch:
    return Batch(
        added={
            "articles": [article_row(article)],
            "claims": [claim_row(article, drug)],
            "evidence": [evidence_row(drug)],
            "discrepancies": [discrepancy_row(drug)],
            "changes": [change_row(f"{article}-{drug}")],
            "places": [place_row(f"{article}.txt")],
        }
    )


@pytest.fixture
def clock() -> Clock:
    return Clock()


@pytest.fixture
def home(tmp_path: Path) -> Path:
    return tmp_path / "pro cessed é#"


@pytest.fixture
def recorded(home: Path, clock: Clock) -> Callable:
    """Records batches as one run and publishes it; gives the ledger as a reader then sees it."""

    def record(run_id: str, *batches: Batch) -> Ledger:
        with Ledger.open(home).writing(run_id, now=clock) as writer:
            for batch in batches:
                writer.commit(batch)
            writer.publish(run_row(run_id, finished_at=clock()))
        return Ledger.open(home)

    return record
