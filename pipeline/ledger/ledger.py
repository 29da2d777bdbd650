"""The ledger as its readers see it: whole runs, as of any day.

`Ledger.open(processed)` opens what the head names (see `pipeline.ledger.head`); nothing that a running or
killed run has half done is ever seen. Times: `as_of` is a date of the articles' own ("what held on that day by
what the articles say of themselves"), `known_at` a moment of ours ("what the ledger said then").
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pyarrow as pa
import pyarrow.dataset as ds
from deltalake import DeltaTable

from pipeline.ledger import delta
from pipeline.ledger.head import Head, read_head
from pipeline.ledger.schema import TABLES, conform, empty, to_arrow
from pipeline.ledger.times import holding, readings_as_of
from pipeline.ledger.times import known_at as rows_known_at
from pipeline.model import Decision, row_of

if TYPE_CHECKING:
    from pipeline.ledger.writer import Writer

APART = ("decisions",)  # written by editors at any time, one table and one commit: needs no head


@dataclass(frozen=True, slots=True)
class Ledger:
    """A view of the ledger under `processed`, fixed when it was opened; `refresh()` gives a later one."""

    processed: Path
    head: Head

    @classmethod
    def open(cls, processed: Path | str) -> Ledger:
        """The ledger under `processed`; one that holds nothing where none was made. Raises LedgerError."""
        home = Path(processed).expanduser().absolute()
        return cls(home, read_head(home / "ledger"))

    def refresh(self) -> Ledger:
        """The ledger as it is now."""
        return Ledger.open(self.processed)

    @property
    def folder(self) -> Path:
        """Where the Delta tables are."""
        return self.processed / "ledger"

    @property
    def is_new(self) -> bool:
        """Whether no run was ever recorded here."""
        return not self.head.published

    def read(
        self,
        name: str,
        *,
        keep: ds.Expression | None = None,
        where: delta.Where | None = None,
        columns: Sequence[str] | None = None,
    ) -> pa.Table:
        """Rows of table `name`, history included: those that satisfy `keep` (about times) and `where` (about texts:
        column to the values wanted). Raises LedgerError."""
        table = self._table(name)
        if table is None:
            return empty(name) if columns is None else empty(name).select(list(columns))
        found = delta.read(table, keep=keep, where=where, columns=columns)
        return conform(name, found) if columns is None else found

    def count(self, name: str, keep: ds.Expression | None = None) -> int:
        """How many rows of table `name`, history included, satisfy `keep` (about times)."""
        table = self._table(name)
        return 0 if table is None else delta.count(table, keep)

    def _table(self, name: str) -> DeltaTable | None:
        """Table `name` as this view sees it; None where it was not made yet."""
        version = self.head.published.get(name)
        if name in APART and delta.exists(self.folder, name):
            return delta.open_table(self.folder, name)
        return None if version is None else delta.open_table(self.folder, name, version)

    def rows(
        self,
        name: str,
        *,
        known_at: dt.datetime | None = None,
        columns: Sequence[str] | None = None,
        where: delta.Where | None = None,
    ) -> pa.Table:
        """The rows of table `name` that hold now, or held at `known_at` (as they were then), sorted as its snapshot is."""
        table = TABLES[name]
        found = self.read(name, keep=rows_known_at(table, known_at), where=where).sort_by(list(table.order))
        if known_at is not None and table.history:
            found = holding(found)
        return found.select(list(columns)) if columns is not None else found

    def claims(self, as_of: dt.date | None = None, known_at: dt.datetime | None = None) -> pa.Table:
        """Claims that hold: today, by what the articles said up to `as_of`, by what we knew at `known_at`.

        With `as_of`, each article counts with the latest of its versions dated up to that day; a version without
        a date counts from the day it was fetched.
        """
        if as_of is None:
            return self.rows("claims", known_at=known_at)
        return readings_as_of(self.read, "claims", as_of, known_at)

    def articles(self, as_of: dt.date | None = None, known_at: dt.datetime | None = None) -> pa.Table:
        """The version of each article that holds, and what is set aside. Times as in `claims`."""
        if as_of is None:
            return self.rows("articles", known_at=known_at)
        return readings_as_of(self.read, "articles", as_of, known_at)

    def evidence(self, known_at: dt.datetime | None = None) -> pa.Table:
        """What the sources together say, now or as we held it at `known_at`."""
        return self.rows("evidence", known_at=known_at)

    def discrepancies(self, known_at: dt.datetime | None = None) -> pa.Table:
        """The discrepancies that stand, now or as we held it at `known_at`."""
        return self.rows("discrepancies", known_at=known_at)

    def changes(self, known_at: dt.datetime | None = None) -> pa.Table:
        """Every change recorded (up to `known_at`), newest first."""
        return self.rows("changes", known_at=known_at)

    def runs(self) -> pa.Table:
        """Every run, oldest first."""
        return self.rows("runs")

    def decisions(self) -> pa.Table:
        """Every decision of an editor, oldest first."""
        return self.rows("decisions")

    def places(self) -> pa.Table:
        """Every file and address that was looked at, with what is known of it."""
        return self.rows("places")

    def text_of(self, article_id: str, version: str) -> str | None:
        """The canonical text of one version of an article; None where it was never read."""
        where = {"article_id": [article_id], "version": [version]}
        found = self.read("articles", where=where, columns=["text"])
        return found.column("text")[0].as_py() if found.num_rows else None

    def add_decisions(self, decisions: Sequence[Decision | Mapping[str, Any]]) -> None:
        """Record decisions in one commit, at any time, beside a running run too. Raises LedgerError."""
        rows = [dict(d) if isinstance(d, Mapping) else row_of(d) for d in decisions]
        arrow = to_arrow("decisions", rows)
        if rows:
            delta.append(delta.create(self.folder, "decisions"), arrow, "decision")

    @contextmanager
    def writing(
        self,
        run_id: str,
        *,
        now: Callable[[], dt.datetime],
        wait: float = 0,
        waiting: Callable[[str], None] = lambda who: None,
    ) -> Iterator[Writer]:
        """Hold the ledger for one run; see `pipeline.ledger.writer.Writer`. Raises LedgerBusy, LedgerError."""
        from pipeline.ledger.writer import writing

        with writing(self.processed, run_id, now=now, wait=wait, waiting=waiting) as writer:
            yield writer
