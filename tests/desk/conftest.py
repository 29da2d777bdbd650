"""A real ledger with things to decide, a real desk over it, and a real browser."""

from __future__ import annotations

import datetime as dt
import socket
import threading
import time
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pytest
import uvicorn

from pipeline.changes import diff_claims
from pipeline.desk.app import create_app
from pipeline.desk.desk import Desk
from pipeline.desk.security import Security, kept_secret
from pipeline.exchange.naming import Named
from pipeline.ledger import Batch, Ledger, RunRow
from pipeline.ledger.records import ArticleRow
from pipeline.model import Claim, Discrepancy, Dose, Mark, row_of

DAY = dt.datetime(2026, 3, 1, 12, tzinfo=dt.UTC)
TITLE = "Rhythm and rate in atrial fibrillation"
EVIL = "<script>document.title='owned'</script><img src=x onerror=\"document.title='owned'\"> javascript:alert(1) &lt;b&gt; &#x3c;"


def claim_of(text: str, quote: str, drug: str, *, article: str, version: str, **given: Any) -> dict[str, Any]:
    """A claim row whose quote stands in `text`, with the drug marked."""
    start = text.index(quote)
    at = text.lower().find(drug, start)
    marks = (Mark(field="drug", start=at, end=at + len(drug), rule="name"),) if at >= 0 else ()
    values: dict[str, Any] = {
        "claim_id": f"{article}-{drug}", "drug": drug, "drug_kind": "ingredient", "drug_text": drug,
        "disease": "atrial fibrillation", "disease_text": "AF", "disease_origin": "title", "direction": "for",
        "strength": "unstated", "certainty": "unstated", "line": "unstated", "preference": "unstated",
        "kind": "recommendation", "article_id": article, "article_version": version, "article_title": TITLE,
        "article_date": dt.date(2026, 1, 8), "source": "Bedside Answers", "section": ("Rate control",),
        "provenance": marks, "rules_version": "r1",
    } | given  # fmt: skip
    return row_of(Claim(quote=quote, char_start=start, char_end=start + len(quote), **values))


def article_row(article: str, version: str, text: str, **given: Any) -> dict[str, Any]:
    values: dict[str, Any] = {
        "reading_id": f"{article}/{version}", "article_id": article, "version": version, "status": "ok",
        "title": TITLE, "source": "Bedside Answers", "date": dt.date(2026, 1, 8), "location": f"{article}.txt",
        "text": text, "fetched_at": DAY,
    } | given  # fmt: skip
    return row_of(ArticleRow(**values))


LEAD = {"v1": "The following are recommended:", "v2": "The following are not recommended:"}
DRUGS = ("digoxin", "diltiazem", "verapamil")


def text_of(version: str) -> str:
    filler = "\n".join(f"Background paragraph {n} about the rhythm of the heart." for n in range(40))
    dose = (
        "Metoprolol 25 mg twice daily is used."
        if version == "v1"
        else "Metoprolol 50 mg twice daily is used."
    )
    return "\n".join([TITLE, filler, "Rate control", LEAD[version], *(d.title() for d in DRUGS), dose, EVIL])


def claims_of(version: str, article: str = "af") -> list[dict[str, Any]]:
    text = text_of(version)
    direction = "for" if version == "v1" else "against"
    rows = [
        claim_of(text, d.title(), d, article=article, version=version, direction=direction) for d in DRUGS
    ]
    amount = 25.0 if version == "v1" else 50.0
    dose = Dose(
        dose_text=f"{amount:g} mg twice daily", dose_low=amount, dose_high=amount, dose_unit="mg",
        dose_basis="flat", dose_per="administration", frequency=2, period=1, period_unit="d",
        daily_low=2 * amount, daily_high=2 * amount, daily_unit="mg",
    )  # fmt: skip
    quote = f"Metoprolol {amount:g} mg twice daily is used."
    rows.append(claim_of(text, quote, "metoprolol", article=article, version=version, dose=dose))
    if version == "v2":
        rows.append(claim_of(text, EVIL, "amiodarone", article=article, version=version))
    return rows


def conflict_row() -> dict[str, Any]:
    return row_of(
        Discrepancy(
            discrepancy_id="x-1", drug="digoxin", disease="atrial fibrillation", aspect="direction",
            severity="conflict", older_claim="af-digoxin", newer_claim="other-digoxin", older_article="af",
            newer_article="other", older_date=dt.date(2025, 1, 1), newer_date=dt.date(2026, 1, 8),
            older_value="against", newer_value="for", explanation="One article advises against it, the other for it.",
        )
    )  # fmt: skip


def write_run(processed: Path, run_id: str, batch: Batch, when: dt.datetime) -> None:
    with Ledger.open(processed).writing(run_id, now=lambda: when) as writer:
        writer.prepare()
        writer.commit(batch)
        writer.publish(RunRow(run_id=run_id, started_at=when, finished_at=when, status="done"))


def strip(row: dict[str, Any]) -> dict[str, Any]:
    return {k: v for k, v in row.items() if k not in ("run_id", "recorded_at", "superseded_at")}


def first_run(processed: Path) -> None:
    batch = Batch()
    other_text = "Elsewhere\nDigoxin is recommended for rate control."
    other = claim_of(
        other_text, "Digoxin is recommended for rate control.", "digoxin", article="other", version="w1",
        claim_id="other-digoxin",
    )  # fmt: skip
    batch.added["articles"] = [article_row("af", "v1", text_of("v1")), article_row("other", "w1", other_text)]
    batch.added["claims"] = [*claims_of("v1"), other]
    write_run(processed, "run-1", batch, DAY)


def second_run(processed: Path) -> None:
    batch = Batch()
    batch.closed["claims"] = ("article_id", ["af"])
    batch.added["claims"] = claims_of("v2")
    batch.added["articles"] = [article_row("af", "v2", text_of("v2"))]
    changes = diff_claims(claims_of("v1"), claims_of("v2"))
    batch.added["changes"] = [row_of(c) for c in changes]
    batch.added["discrepancies"] = [conflict_row()]
    write_run(processed, "run-2", batch, DAY + dt.timedelta(days=1))


@pytest.fixture
def processed(tmp_path: Path) -> Path:
    home = tmp_path / "processed"
    first_run(home)
    second_run(home)
    return home


class Clock:
    """A clock that goes one second on each time it is read."""

    def __init__(self) -> None:
        self.at = DAY + dt.timedelta(days=2)

    def __call__(self) -> dt.datetime:
        self.at += dt.timedelta(seconds=1)
        return self.at


@pytest.fixture
def desk(processed: Path) -> Desk:
    return Desk(processed, now=Clock())


@dataclass
class Running:
    """A desk that is being served; `stop` and `start` restart it at the same address."""

    processed: Path
    port: int
    token: str | None = None
    server: uvicorn.Server | None = None
    thread: threading.Thread | None = None

    @property
    def url(self) -> str:
        return f"http://127.0.0.1:{self.port}"

    def start(self) -> None:
        security = Security(
            secret=kept_secret(self.processed / "desk"), host="127.0.0.1", port=self.port, token=self.token
        )
        app = create_app(
            Desk(self.processed, now=lambda: dt.datetime.now(dt.UTC)),
            security,
            lambda _, name: Named(name.lower()),
        )
        config = uvicorn.Config(app, host="127.0.0.1", port=self.port, log_level="error", lifespan="off")
        self.server = uvicorn.Server(config)
        self.thread = threading.Thread(target=self.server.run, daemon=True)
        self.thread.start()
        for _ in range(3000):
            if self.server.started:
                return
            time.sleep(0.02)
        raise RuntimeError("the desk did not start")

    def stop(self) -> None:
        assert self.server is not None
        assert self.thread is not None
        self.server.should_exit = True
        self.server.force_exit = True
        self.thread.join(10)


@pytest.fixture
def serving(processed: Path) -> Iterator[Callable[..., Running]]:
    running: list[Running] = []

    def start(**given: Any) -> Running:
        with socket.socket() as probe:
            probe.bind(("127.0.0.1", 0))
            port = probe.getsockname()[1]
        one = Running(processed, port, **given)
        one.start()
        running.append(one)
        return one

    yield start
    for one in running:
        one.stop()
