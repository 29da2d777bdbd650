"""What a run has at hand while it goes on: sources, ledger, what was known before, counts, timings."""

from __future__ import annotations

import datetime as dt
import time
from collections import Counter
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from typing import Any

import pyarrow.dataset as ds

from flows.known import Known, Reading
from flows.logs import RunLog
from flows.options import RunOptions
from flows.progress import Progress
from pipeline.ledger import RunRow, StageTime, Writer
from pipeline.model import Article, Claim, EvidenceError, Snapshot
from pipeline.sources import Config, RawStore

STAGES = ("ingest", "read", "extract", "record", "reconcile", "report")


@dataclass(slots=True)
class Item:
    """One place of a batch on its way: what was found there, then the article, then its claims.

    `error` is set where it could not be fetched or read; `gone` where it is no longer there; `same` where the
    canonical text and all that is recorded of it are what they were; `before` is the reading that held until then; `past` where a newer version holds; `new` where
    this version was never recorded; `back` where a list or folder can be read again, which is no article itself.
    """

    location: str
    snapshot: Snapshot | None = None
    aliases: tuple[str, ...] = ()
    error: EvidenceError | None = None
    unfetched: bool = False
    gone: bool = False
    article: Article | None = None
    before: Reading | None = None
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
    known: Known = field(default_factory=Known)
    outcomes: Any = None
    counts: Counter[str] = field(default_factory=Counter)
    seconds: dict[str, float] = field(default_factory=dict)
    fresh: set[str] = field(default_factory=set)  # articles that the ledger has nothing of before this batch
    withheld: set[str] = field(default_factory=set)  # versions that are no article (`flows.withheld`)
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
            set_aside=len(self.known.aside),
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
