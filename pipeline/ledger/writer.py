"""One run's writing: batches that are safe as soon as they are committed, and one publication at the end.

Invariants
- A batch touches several tables; it counts from the moment the head names it (see `pipeline.ledger.head`).
- Readers move from run to run: a batch is staged, `publish` shows it, together with the evidence made of it.
- A killed run loses at most the batch under way. The next run finds what it had staged and goes on from there.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Collection, Container, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import Any

import pyarrow as pa
import pyarrow.compute as pc
import pyarrow.dataset as ds
from deltalake import DeltaTable

from pipeline.ledger import delta
from pipeline.ledger.errors import LedgerError
from pipeline.ledger.head import Head, read_head, write_head
from pipeline.ledger.lock import write_lock
from pipeline.ledger.parts import Order, divided, in_order
from pipeline.ledger.records import RunRow
from pipeline.ledger.schema import TABLES, conform, to_arrow
from pipeline.ledger.snapshots import write_snapshots
from pipeline.ledger.tidy import Tidied, tidy_parts, tidy_table
from pipeline.model import row_of

HEADED = tuple(name for name in TABLES if name != "decisions")


@dataclass(slots=True)
class Batch:
    """What one commit does: `closed[table]` are the keys of rows that hold no longer, `added[table]` new rows.

    A row of `added`, which many rows may be as an Arrow table, needs no `run_id`, `recorded_at` or `superseded_at`: the
    writer fills them. Rows of `past` are recorded as never having held for us (older versions that arrive late).
    """

    closed: dict[str, tuple[str, Sequence[str]]] = field(default_factory=dict)
    added: dict[str, list[dict[str, Any]] | pa.Table] = field(default_factory=dict)
    past: dict[str, list[dict[str, Any]]] = field(default_factory=dict)

    def __bool__(self) -> bool:
        return (
            any(keys for _, keys in self.closed.values())
            or any(len(rows) for rows in self.added.values())
            or any(self.past.values())
        )


class Writer:
    """The one who may write, between `Ledger.writing` and its end."""

    def __init__(self, processed: Path, run_id: str, now: Callable[[], dt.datetime], head: Head) -> None:
        self.processed, self.folder, self.run_id, self._now = processed, processed / "ledger", run_id, now
        self.head = head
        self._tables: dict[str, DeltaTable] = {}
        self.interrupted: tuple[str, ...] = ()
        self.killed: int | None = None  # the process that held the ledger before and did not end in order
        self.published = False
        self.tidied = Tidied()
        self.not_tidied: LedgerError | None = None

    def time(self) -> dt.datetime:
        """The time of the next commit: now, but always later than the one before."""
        now = self._now().astimezone(dt.UTC)
        last = self.head.clock
        return now if last is None or now > last else last + dt.timedelta(microseconds=1)

    def prepare(self) -> None:
        """Make the tables, and set back those in which a killed commit left something beyond the head."""
        versions = dict(self.head.working)
        for name in HEADED:
            table = delta.create(self.folder, name)
            counts = versions.get(name, 0)
            if table.version() != counts:
                delta.restore(table, counts, self.run_id)
            delta.widen(table, name, self.run_id)
            self._tables[name] = table
            versions[name] = table.version()
        delta.widen(delta.create(self.folder, "decisions"), "decisions", self.run_id)
        staged = versions if self.head.staged is not None or versions != self.head.published else None
        if not self.head.published:
            self.head = replace(self.head, published=dict(versions), staged=None)
        else:
            self.head = replace(self.head, staged=staged)
        write_head(self.folder, self.head)

    def table(self, name: str) -> DeltaTable:
        """Table `name` as this writer left it."""
        return delta.open_table(self.folder, name) if name == "decisions" else self._tables[name]

    def read(
        self,
        name: str,
        *,
        keep: ds.Expression | None = None,
        where: delta.Where | None = None,
        columns: Sequence[str] | None = None,
    ) -> pa.Table:
        """Rows of table `name`, history included, as this writer left them. `keep` and `where` as in `Ledger.read`."""
        found = delta.read(self.table(name), keep=keep, where=where, columns=columns)
        return conform(name, found) if columns is None else found

    def rows(
        self, name: str, where: delta.Where | None = None, columns: Sequence[str] | None = None
    ) -> pa.Table:
        """Rows of table `name` (of those that hold, where it keeps history), as this writer left them."""
        keep = ds.field("superseded_at").is_null() if TABLES[name].history else None
        return self.read(name, keep=keep, where=where, columns=columns)

    def batches(
        self, name: str, columns: Sequence[str], keep: ds.Expression | None = None
    ) -> Iterator[pa.RecordBatch]:
        """Rows of table `name`, history included, that satisfy `keep` (about times), some thousand at a time, in no order."""
        return delta.batches(self.table(name), keep=keep, columns=columns)

    def count(self, name: str, keep: ds.Expression | None = None) -> int:
        """How many rows of table `name`, history included, satisfy `keep` (about times)."""
        return delta.count(self.table(name), keep)

    def in_order(
        self, name: str, order: Order, columns: Sequence[str], keep: ds.Expression | None = None
    ) -> Iterator[pa.Table]:
        """Rows of table `name`, history included, that satisfy `keep` (about times), in `order`, some thousand at a time."""
        table = self.table(name)
        rows = lambda only: delta.batches(table, keep=keep, columns=only or columns)  # noqa: E731
        yield from in_order(rows, delta.count(table, keep), order, self.processed / name)

    def latest_places(self) -> Iterator[pa.Table]:
        """Of each place the row that was written last, in the order of the places, some thousand at a time."""
        order = [("location", "ascending"), ("recorded_at", "ascending")]
        for rows in self.in_order("places", order, TABLES["places"].schema.names):
            yield latest_places(rows)

    def parts(
        self, name: str, column: str, parts: Sequence[Collection[str]], columns: Sequence[str]
    ) -> Iterator[pa.Table]:
        """Rows of table `name` that hold, for each of `parts` those whose `column` is among its values.

        The table is looked through once; only the part that is being worked on is in memory.
        """
        keep = ds.field("superseded_at").is_null() if TABLES[name].history else None
        rows = delta.batches(self.table(name), keep=keep, columns=columns)
        nothing = TABLES[name].schema.empty_table().select(list(columns))
        for found in divided(rows, column, parts, self.processed / name):
            yield nothing if found is None else found

    def commit(self, batch: Batch, *, reconciled_with: str | None = None) -> dt.datetime:
        """Record one batch, all or nothing; gives the time it was recorded at.

        `reconciled_with` says that the evidence now takes account of every claim recorded, read with these rules.
        Raises BrokenBatch (nothing is written) and LedgerError.
        """
        time = self.time()
        arrows: dict[str, pa.Table] = {}
        for name in HEADED:
            given = batch.added.get(name, ())
            many = isinstance(given, pa.Table)
            rows = [] if many else [self._stamped(name, row, time, None) for row in given]
            rows += [self._stamped(name, row, time, time) for row in batch.past.get(name, ())]
            found = [to_arrow(name, rows)] if rows else []
            if many and len(given):
                found.append(to_arrow(name, self._stamped_table(name, given, time)))
            if found:
                arrows[name] = pa.concat_tables(found)
        versions = dict(self.head.working)
        self._set_back(versions)
        for name in HEADED:
            key, keys = batch.closed.get(name, ("", ()))
            delta.close_rows(self._tables[name], key, keys, time, self.run_id)
            if name in arrows:
                delta.append(self._tables[name], arrows[name], self.run_id)
                delta.compact(
                    self._tables[name], self.run_id
                )  # a long run would keep track of ever more files
            self._synced(name, versions)
        head = replace(self.head, staged=versions, run_id=self.run_id, clock=time)
        if reconciled_with is not None:
            head = replace(head, reconciled_at=time, reconciled_with=reconciled_with)
        write_head(self.folder, head)
        self.head = head
        return time

    def publish(self, run: RunRow, checked: Container[str] = ()) -> list[str]:
        """Show readers everything staged, with the record of the run; gives the snapshots that were rewritten.

        `checked` are places that were looked at and found unchanged.
        """
        time = self.time()
        versions = dict(self.head.working)
        delta.append(self._tables["runs"], to_arrow("runs", [row_of(run)]), self.run_id)
        self._tidy_places(checked, run.started_at)
        shown = dict(self.head.snapshots)
        for name in HEADED:
            before = self._tables[name].version()
            delta.compact(self._tables[name], self.run_id)
            if shown.get(name) == before:  # joined or not, the rows are those that the single file has
                shown[name] = self._tables[name].version()
            self._synced(name, versions)
        self.head = replace(
            self.head,
            published=versions,
            snapshots=shown,
            staged=None,
            run_id=None,
            clock=time,
            published_at=time,
        )
        write_head(self.folder, self.head)
        self.published = True
        rewritten = self.write_snapshots()
        self.tidied = self._tidy()
        return rewritten

    def _tidy(self) -> Tidied:
        """Take away what no reader needs any more; where that fails, the next run does it."""
        done = Tidied()
        try:
            for folder in (self.folder, self.processed):
                done += tidy_parts(folder, self._now())
            decisions = self.table("decisions")
            delta.compact(decisions, self.run_id)
            for table in (*self._tables.values(), decisions):
                done += tidy_table(table, self._now())
        except LedgerError as error:
            self.not_tidied = error
        return done

    def record_failure(self, run: RunRow) -> None:
        """Show readers that a run failed, and nothing else of it: what it staged waits for the next run."""
        delta.append(self._tables["runs"], to_arrow("runs", [row_of(run)]), self.run_id)
        version = self._tables["runs"].version()
        staged = self.head.staged
        self.head = replace(
            self.head,
            published={**self.head.published, "runs": version},
            staged=None if staged is None else {**staged, "runs": version},
            clock=self.time(),
        )
        write_head(self.folder, self.head)

    def write_snapshots(self) -> list[str]:
        """Bring the single files beside the tables up to date; gives the names of those rewritten."""
        done = write_snapshots(self.processed, self.head)
        if done.versions != self.head.snapshots:
            self.head = replace(self.head, snapshots=done.versions)
            write_head(self.folder, self.head)
        return done.rewritten

    def _stamped(
        self, name: str, row: dict[str, Any], time: dt.datetime, ended: dt.datetime | None
    ) -> dict[str, Any]:
        stamped = dict(row)
        if name != "runs":
            stamped["recorded_at"] = time
        if name not in ("runs", "places"):
            stamped["run_id"] = self.run_id
        if TABLES[name].history:
            stamped["superseded_at"] = ended
        return stamped

    def _stamped_table(self, name: str, rows: pa.Table, time: dt.datetime) -> pa.Table:
        """As `_stamped`, of rows that hold."""
        stamps = self._stamped(name, {}, time, None)
        for column, value in stamps.items():
            kind = TABLES[name].schema.field(column).type
            rows = rows.append_column(column, pa.repeat(pa.scalar(value, type=kind), rows.num_rows))
        return rows

    def _set_back(self, versions: dict[str, int]) -> None:
        """Undo what an attempt that failed half-way has left, so that it can be made again."""
        for name in HEADED:
            if self._tables[name].version() != versions[name]:
                delta.restore(self._tables[name], versions[name], self.run_id)
                versions[name] = self._tables[name].version()

    def _synced(self, name: str, versions: dict[str, int]) -> None:
        after, upto = versions.get(name, -1), self._tables[name].version()
        if upto != after:
            delta.sync(self.folder, name, after, upto)
            versions[name] = upto

    def _tidy_places(self, checked: Container[str], time: dt.datetime) -> None:
        """One row per place; those in `checked` were looked at, and are counted where they are still set aside."""
        table = self._tables["places"]
        if delta.count(table):
            schema = TABLES["places"].schema
            rows = (_looked_at(some.cast(schema), checked, time) for some in self.latest_places())
            batches = (batch for some in rows for batch in some.to_batches())
            delta.overwrite(table, pa.RecordBatchReader.from_batches(schema, batches), self.run_id)


def _looked_at(places: pa.Table, checked: Container[str], time: dt.datetime) -> pa.Table:
    """The places, with what is to be noted of those in `checked`."""
    here = pa.array([place in checked for place in places.column("location").to_pylist()], pa.bool_())
    looked = pc.if_else(here, pa.scalar(time, pa.timestamp("us", tz="UTC")), places.column("checked_at"))
    again = pc.and_(here, pc.equal(places.column("status"), "set aside"))
    failures = pc.add(places.column("failures"), pc.cast(again, pa.int32()))
    for name, column in (("checked_at", looked), ("failures", failures)):
        at = places.schema.get_field_index(name)
        places = places.set_column(at, places.schema.field(name), column)
    return places


def latest_places(rows: pa.Table) -> pa.Table:
    """Of each place the row that was written last, in the order of the places."""
    rows = rows.sort_by([("location", "ascending"), ("recorded_at", "ascending")])
    names = rows.column("location").combine_chunks()
    last = pc.not_equal(names[:-1], names[1:])
    return rows.filter(pa.chunked_array([last, [True]], pa.bool_())) if len(names) else rows


@contextmanager
def writing(
    processed: Path,
    run_id: str,
    *,
    now: Callable[[], dt.datetime],
    wait: float,
    waiting: Callable[[str], None],
) -> Iterator[Writer]:
    """Hold the ledger under `processed` for one run, tables made and mended. Raises LedgerBusy, LedgerError."""
    folder = processed / "ledger"
    started = now()
    with write_lock(folder, run_id, started, wait=wait, waiting=waiting) as left:
        writer = Writer(processed, run_id, now, read_head(folder))
        writer.prepare()
        if left:
            writer.killed = left["pid"]
            _note_interrupted(writer, left)
        yield writer


def _note_interrupted(writer: Writer, left: dict[str, Any]) -> None:
    known = set(writer.rows("runs", columns=["run_id"]).column("run_id").to_pylist())
    if left["run_id"] in known:
        return
    writer.interrupted = (left["run_id"],)
    writer.record_failure(
        RunRow(
            run_id=left["run_id"],
            started_at=dt.datetime.fromisoformat(left["started_at"]),
            status="interrupted",
            error=f"process {left['pid']} on {left['host']} ended without a word; the next run goes on from there",
        )
    )
