"""Real runs over a folder of articles, and the desk over what they leave."""

from __future__ import annotations

import datetime as dt
from pathlib import Path

from flows.options import RunOptions
from flows.run import run_plain
from pipeline.desk.desk import Desk
from pipeline.ledger import Ledger


def ingest(place: Path) -> None:
    outcome = run_plain(
        RunOptions(
            raw=place / "raw",
            processed=place / "processed",
            sources=(str(place / "articles"),),
            progress="none",
        )
    )
    assert outcome.exit_code == 0


def evidence(place: Path, drug: str) -> list[dict]:
    return [r for r in Ledger.open(place / "processed").evidence().to_pylist() if r["drug"] == drug]


def desk_of(place: Path) -> Desk:
    return Desk(place / "processed", now=lambda: dt.datetime.now(dt.UTC))
