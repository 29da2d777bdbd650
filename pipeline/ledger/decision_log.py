"""The decisions table as one process writes it: opened once, told cheaply when another process has written.

Decisions are one table and one commit each, so they need no head (see `pipeline.ledger.head`) and may be recorded beside a
running run.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from deltalake import DeltaTable
from filelock import FileLock, Timeout

from pipeline.ledger import delta
from pipeline.ledger.errors import LedgerBusy, storage_error
from pipeline.ledger.schema import TABLES, to_arrow
from pipeline.model import Decision, row_of

LOCK = "deciding.lock"
WAIT = 30.0
"""Seconds to wait for another process that records decisions."""


class DecisionLog:
    """Appends to and reads the table `decisions` under `processed`, which is made with the first decision."""

    def __init__(self, processed: Path) -> None:
        self._folder = processed / "ledger"
        self._lock = FileLock(str(processed / "desk" / LOCK), thread_local=False)
        self._table: DeltaTable | None = None
        self._read: set[Path] = set()
        self._known: set[str] = set()
        self._missed = False
        if delta.exists(self._folder, "decisions"):
            self._table = delta.open_table(self._folder, "decisions")

    @property
    def _version(self) -> int:
        return -1 if self._table is None else int(self._table.version())

    def changed(self) -> bool:
        """Whether someone else has recorded decisions since this log last read or wrote."""
        later = self._folder / "decisions" / "_delta_log" / f"{self._version + 1:020}.json"
        return self._missed or later.is_file()

    def rows(self) -> list[Mapping[str, Any]]:
        """Every decision, oldest first. Raises LedgerError."""
        self._read, self._known = set(), set()
        return self.news()

    def news(self) -> list[Mapping[str, Any]]:
        """The decisions that this log neither gave nor wrote yet, oldest first. Raises LedgerError."""
        if self._table is None:
            if not delta.exists(self._folder, "decisions"):
                return []
            self._table = delta.open_table(self._folder, "decisions")
        with delta.telling(self._folder / "decisions"):
            self._table.update_incremental()
        fresh, self._read = delta.read_but(self._table, self._read)
        self._missed = False
        table = TABLES["decisions"]
        rows = fresh.cast(table.schema).sort_by(list(table.order)).to_pylist()
        found = [row for row in rows if row["decision_id"] not in self._known]
        self._known.update(row["decision_id"] for row in found)
        return found

    @contextmanager
    def turn(self) -> Iterator[None]:
        """Hold the right to decide: what is seen to be undecided stays so, also for other processes. A killed one frees it by
        dying; within one's own turn it is had already. Raises LedgerBusy, LedgerError."""
        try:
            Path(self._lock.lock_file).parent.mkdir(parents=True, exist_ok=True)
            self._lock.acquire(timeout=WAIT)
        except Timeout:
            raise LedgerBusy(
                "E-LEDGER-2",
                "another process is recording decisions",
                where=str(self._folder),
                do="try again in a moment",
            ) from None
        except OSError as error:
            raise storage_error(error, str(self._folder)) from error
        try:
            yield
        finally:
            self._lock.release()

    def append(self, decisions: Sequence[Decision | Mapping[str, Any]]) -> None:
        """Record decisions in one commit. Raises BrokenBatch, LedgerError."""
        rows = [dict(d) if isinstance(d, Mapping) else row_of(d) for d in decisions]
        if not rows:
            return
        arrow = to_arrow("decisions", rows)
        if self._table is None:
            self._table = delta.create(self._folder, "decisions")
        before = self._version
        delta.append(self._table, arrow, "decision")
        delta.sync(self._folder, "decisions", before, self._version)  # a decision cannot be made anew
        self._missed = self._missed or self._version != before + 1  # others have written just before
        self._known.update(str(row["decision_id"]) for row in rows)
