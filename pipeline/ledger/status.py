"""What an operator wants to see: the last runs, what is set aside and why, what is stale."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass
from typing import Any

import pyarrow as pa
import pyarrow.compute as pc
import pyarrow.dataset as ds

from pipeline.ledger.ledger import Ledger
from pipeline.ledger.lock import holder, is_held
from pipeline.ledger.writer import latest_places


@dataclass(frozen=True, slots=True, kw_only=True)
class Status:
    """The state of a ledger. The dicts are rows of the tables `runs` and `places`; of `not_updated` and `no_claims` of `articles`.

    `running` is who holds the ledger now; `broken_off` who held it last and ended without a word, so that no run is on record.
    """

    processed: str
    articles: int
    versions: int
    claims: int
    evidence: int
    discrepancies: int
    conflicts: int
    decisions: int
    runs: tuple[dict[str, Any], ...]
    set_aside: tuple[dict[str, Any], ...]
    failing: tuple[dict[str, Any], ...]
    gone: tuple[dict[str, Any], ...]
    not_checked: tuple[dict[str, Any], ...]
    not_updated: tuple[dict[str, Any], ...]
    no_claims: tuple[dict[str, Any], ...]
    running: dict[str, Any] | None
    unfinished: bool
    broken_off: dict[str, Any] | None


def status_of(ledger: Ledger, *, now: dt.datetime, stale_after_days: int = 90, last_runs: int = 5) -> Status:
    """The state of `ledger` at `now` (UTC); stale is what was not looked at, or not updated, for that many days.

    Raises LedgerError.
    """
    limit = now - dt.timedelta(days=stale_after_days)
    articles = ledger.rows(
        "articles", columns=["article_id", "status", "title", "date", "location", "n_claims"]
    ).to_pylist()
    places = _places_to_tell(ledger, limit)
    conflicts = ledger.rows("discrepancies", where={"severity": ["conflict"]})
    read = [a for a in articles if a["status"] == "ok"]
    before, held, last = holder(ledger.folder), is_held(ledger.folder), holder(ledger.folder)
    runs = ledger.runs().to_pylist()
    # else one began or ended while we looked
    told = last != before or last.get("done", True) or any(r["run_id"] == last["run_id"] for r in runs)
    return Status(
        processed=str(ledger.processed),
        articles=len(read),
        versions=len(_versions(ledger)),
        claims=_holding(ledger, "claims"),
        evidence=_holding(ledger, "evidence"),
        discrepancies=_holding(ledger, "discrepancies"),
        conflicts=sum(d["resolution"] is None for d in conflicts.to_pylist()),
        decisions=ledger.count("decisions"),
        runs=tuple(runs[-last_runs:][::-1]),
        set_aside=tuple(p for p in places if p["status"] == "set aside"),
        failing=tuple(p for p in places if p["status"] == "failed"),
        gone=tuple(p for p in places if p["status"] == "gone"),
        not_checked=tuple(p for p in places if p["checked_at"] < limit),
        not_updated=tuple(a for a in read if a["date"] is not None and a["date"] < limit.date()),
        no_claims=tuple(a for a in read if not a["n_claims"]),
        running=last if held else None,
        unfinished=ledger.head.staged is not None,
        broken_off=None if held or told else last,
    )


def _places_to_tell(ledger: Ledger, limit: dt.datetime) -> list[dict[str, Any]]:
    """The places where something is wrong, or that were not looked at since `limit`: of many places few."""
    every = latest_places(ledger.read("places", columns=["location", "recorded_at", "status", "checked_at"]))
    old = pc.less(every.column("checked_at"), pa.scalar(limit, every.schema.field("checked_at").type))
    chosen = every.filter(pc.or_(pc.not_equal(every.column("status"), "ok"), old))
    if not chosen.num_rows:
        return []
    where = {"location": chosen.column("location").to_pylist()}
    rows: list[dict[str, Any]] = latest_places(ledger.read("places", where=where)).to_pylist()
    return rows


def _versions(ledger: Ledger) -> set[tuple[str, str]]:
    rows = ledger.read("articles", columns=["article_id", "version"]).to_pylist()
    return {(r["article_id"], r["version"]) for r in rows if r["version"] is not None}


def _holding(ledger: Ledger, name: str) -> int:
    return ledger.count(name, ds.field("superseded_at").is_null())
