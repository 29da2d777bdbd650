"""What a run knows while it goes on: sources, ledger, what was known before, counts, timings."""

from __future__ import annotations

import datetime as dt
import sys
import time
from collections import Counter
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from typing import Any

import pyarrow as pa
import pyarrow.dataset as ds

from flows.logs import RunLog
from flows.options import RunOptions
from flows.progress import Progress
from pipeline.ledger import KnownArticles, RunRow, StageTime, Writer
from pipeline.ledger.writer import latest_places
from pipeline.model import Article, Claim, EvidenceError, Snapshot
from pipeline.sources import Config, RawStore

STAGES = ("ingest", "read", "extract", "record", "reconcile", "report")


@dataclass(slots=True)
class Place:
    """What is known of one file or address (a row of `places`)."""

    sha256: str | None
    rules_version: str | None
    status: str
    article_id: str | None
    code: str | None
    failures: int
    first_seen: dt.datetime
    changed_at: dt.datetime


@dataclass(slots=True)
class Reading:
    """The reading of an article that holds: its row of `articles`, without the text."""

    reading_id: str
    version: str
    rules_version: str | None
    told: int
    location: str
    date: dt.date | None
    status: str


def told_of(title: str, source: str, url: str | None, date: dt.date | None) -> int:
    """A fingerprint of what is recorded of an article beside its text; kept for every article, so it is small."""
    return hash((title, source, url, date))


@dataclass(slots=True)
class Item:
    """One place of a batch on its way: what was found there, then the article, then its claims.

    `error` is set where it could not be fetched or read; `gone` where it is no longer there; `same` where the
    canonical text and all that is recorded of it are what they were; `past` where a newer version holds; `new` where
    this version was never recorded; `back` where a list or folder can be read again, which is no article itself.
    """

    location: str
    snapshot: Snapshot | None = None
    aliases: tuple[str, ...] = ()
    error: EvidenceError | None = None
    unfetched: bool = False
    gone: bool = False
    article: Article | None = None
    same: bool = False
    past: bool = False
    new: bool = False
    back: bool = False
    claims: tuple[Claim, ...] = ()


@dataclass(slots=True)
class Run:
    """The state of one run. Filled by `flows.stages`, stage by stage."""

    options: RunOptions
    config: Config
    run_id: str
    started_at: dt.datetime
    store: RawStore
    writer: Writer
    log: RunLog
    progress: Progress
    rules_version: str = ""
    lexicon: Any = None
    known: KnownArticles = field(default_factory=KnownArticles)
    places: dict[str, Place] = field(default_factory=dict)
    current: dict[str, Reading] = field(default_factory=dict)
    aside: dict[str, str] = field(default_factory=dict)
    unchanged: set[str] = field(default_factory=set)
    seen: set[str] = field(default_factory=set)
    outcomes: Any = None
    counts: Counter[str] = field(default_factory=Counter)
    seconds: dict[str, float] = field(default_factory=dict)
    fresh: set[str] = field(default_factory=set)  # articles that the ledger has nothing of before this batch
    versions: dict[tuple[str, str], str | None] = field(default_factory=dict)
    notes: list[str] = field(default_factory=list)
    reports: tuple[Any, ...] = ()

    @contextmanager
    def timed(self, stage: str) -> Iterator[None]:
        """Adds what the block takes to the seconds of `stage`."""
        begun = time.perf_counter()
        try:
            yield
        finally:
            self.seconds[stage] = self.seconds.get(stage, 0.0) + time.perf_counter() - begun

    def load(self) -> None:
        """Read from the ledger what was known before."""
        for row in _each(latest_places(self.writer.rows("places"))):
            self.places[row["location"]] = Place(
                row["sha256"], row["rules_version"], row["status"], row["article_id"], row["code"],
                row["failures"], row["first_seen"], row["changed_at"],
            )  # fmt: skip
        columns = ["reading_id", "article_id", "version", "status", "title", "source", "url", "location", "aliases",
                   "date", "rules_version", "superseded_at", "recorded_at"]  # fmt: skip
        for row in _each(self.writer.read("articles", columns=columns).sort_by("recorded_at")):
            self._know(row)
        for location, place in self.places.items():
            if place.article_id is not None:
                self.known.by_place[location] = place.article_id

    def _know(self, row: dict[str, Any]) -> None:
        name = row["article_id"]
        if row["version"] is not None:
            self.versions[name, row["version"]] = row["rules_version"]
            self.known.add(
                name, location=row["location"], title=row["title"], url=row["url"], aliases=row["aliases"]
            )
        if row["superseded_at"] is None and row["status"] == "set aside":
            self.aside[row["location"]] = row["reading_id"]
            self.known.ids.add(name)
            self.known.by_place.setdefault(row["location"], name)
        elif row["superseded_at"] is None:
            self.current[name] = Reading(
                row["reading_id"], row["version"], row["rules_version"],
                told_of(row["title"], row["source"], row["url"], row["date"]),
                row["location"], row["date"], row["status"],
            )  # fmt: skip

    def all_read(self) -> None:
        """Forget what only reading more articles would ask for: it grows with their number."""
        wrong = {at for at, place in self.places.items() if place.status in ("set aside", "failed")}
        self.seen &= wrong
        self.outcomes = None
        self.known, self.places, self.current, self.versions = KnownArticles(), {}, {}, {}

    def row(self, status: str, finished_at: dt.datetime, error: str | None = None) -> RunRow:
        """The run's row of `runs`, as far as it went."""
        holding = {n: self._holding(n) for n in ("claims", "evidence", "discrepancies")}
        c = self.counts
        return RunRow(
            run_id=self.run_id,
            started_at=self.started_at,
            finished_at=finished_at,
            status=status,
            sources=tuple(s.name for s in self.config.sources),
            rules_version=self.rules_version or None,
            looked_at=c["looked_at"],
            unchanged=c["unchanged"],
            read=c["read"],
            new_versions=c["new_versions"],
            set_aside=len(self.aside),
            newly_set_aside=c["newly_set_aside"],
            failed=c["failed"],
            gone=c["gone"],
            added=c["added"],
            changed=c["changed"],
            removed=c["removed"],
            noise=c["noise"],
            conflicts=self._conflicts(),
            timings=tuple(StageTime(stage=s, seconds=round(self.seconds.get(s, 0.0), 3)) for s in STAGES),
            error=error,
            **holding,
        )

    def _holding(self, name: str) -> int:
        return self.writer.count(name, ds.field("superseded_at").is_null())

    def _conflicts(self) -> int:
        rows = self.writer.rows("discrepancies", where={"severity": ["conflict"]}, columns=["resolution"])
        return int(rows.column("resolution").null_count)


def _each(rows: pa.Table) -> Iterator[dict[str, Any]]:
    """The rows one by one, few of them as Python objects at a time; texts that occur often are kept once."""
    for batch in rows.to_batches(max_chunksize=1_000):
        for row in batch.to_pylist():
            for name in ("rules_version", "status", "code", "location", "article_id", "version"):
                if row.get(name) is not None:
                    row[name] = sys.intern(row[name])
            yield row
