"""The few things done with a Delta table: open at a version, create, append, close rows, restore."""

from __future__ import annotations

import bisect
import datetime as dt
import json
import os
from collections.abc import Collection, Iterator, Mapping, Sequence
from contextlib import contextmanager
from pathlib import Path
from urllib.parse import unquote, urlsplit

import pyarrow as pa
import pyarrow.compute as pc
import pyarrow.dataset as ds
from deltalake import CommitProperties, DeltaTable, Schema, WriterProperties, write_deltalake
from deltalake.exceptions import DeltaError

from pipeline.ledger.errors import LedgerError, storage_error
from pipeline.ledger.files import rows_of
from pipeline.ledger.schema import TABLES
from pipeline.ledger.uninterrupted import uninterrupted

# A reader and a writer hold a whole group of rows, whatever the size of the table.
WRITER = WriterProperties(compression="ZSTD", compression_level=3, max_row_group_size=16_384)
COMPACTED = 3_000_000  # bytes of the files that small ones become; joining takes ten times as much memory
# Delta takes nothing away by itself: the head may name any version after a crash. `pipeline.ledger.tidy` does it.
CONFIGURATION = {
    "delta.enableExpiredLogCleanup": "false",
    "delta.logRetentionDuration": "interval 30 days",
}
MANY_KEYS = 500
MANY_FILES = 32


@contextmanager
def telling(where: Path) -> Iterator[None]:
    """Turns what the storage says into a LedgerError."""
    try:
        yield
    except (OSError, DeltaError) as error:
        raise storage_error(error, str(where)) from error


@contextmanager
def writing(where: Path) -> Iterator[None]:
    """The same for a commit, which Ctrl-C does not cut."""
    with telling(where), uninterrupted():
        yield


Where = Mapping[str, Collection[str]]
_STATISTICS = 32  # long texts are cut in the statistics


def open_table(folder: Path, name: str, version: int | None = None) -> DeltaTable:
    """Table `name` at `version` (None: the latest). Raises LedgerError."""
    with telling(folder / name):
        return DeltaTable(folder / name, version=version)


def exists(folder: Path, name: str) -> bool:
    """Whether table `name` was made: its version 0 stands, or a checkpoint that took its place."""
    logs = folder / name / "_delta_log"
    return (logs / f"{0:020}.json").is_file() or (logs / "_last_checkpoint").is_file()


def create(folder: Path, name: str) -> DeltaTable:
    """Table `name`, made empty (version 0) where it does not stand yet. Raises LedgerError."""
    with writing(folder / name):
        if "%" in str(folder):
            raise LedgerError(
                "E-LEDGER-6",
                "a folder with % in its path cannot hold the tables",
                where=str(folder),
                do="name another folder with --processed",
            )
        if exists(folder, name):
            return DeltaTable(folder / name)
        (folder / name).mkdir(parents=True, exist_ok=True)
        return DeltaTable.create(
            folder / name,
            TABLES[name].schema,
            mode="ignore",
            name=name,
            description=TABLES[name].description,
            configuration=CONFIGURATION | {"delta.dataSkippingStatsColumns": ",".join(_skipping(name))},
        )


def widen(table: DeltaTable, name: str, run_id: str) -> None:
    """Add the columns and settings that this release has and the table, written by an older one, has not."""
    known = {field.name for field in table.schema().fields}
    schema = TABLES[name].schema
    new = [field.with_nullable(True) for field in schema if field.name not in known]
    if new:
        with writing(home_of(table)):
            table.alter.add_columns(
                Schema.from_arrow(pa.schema(new)).fields, commit_properties=_signed(run_id)
            )
    if any(table.metadata().configuration.get(k) != v for k, v in CONFIGURATION.items()):
        with writing(home_of(table)):
            table.alter.set_table_properties(CONFIGURATION, commit_properties=_signed(run_id))


def column_names(table: DeltaTable) -> list[str]:
    """The columns that a table has at the version it stands at."""
    return [field.name for field in table.schema().fields]


def _paths(table: DeltaTable, where: Where | None = None) -> list[Path]:
    """The files of a table at the version it stands at, without those that can hold none of `where`."""
    names = [os.path.basename(uri) for uri in table.file_uris()]
    return [home_of(table) / name for name in (_files_with(table, where) if where else names)]


def read_but(table: DeltaTable, known: Collection[Path]) -> tuple[pa.Table, set[Path]]:
    """All rows of the files that are not `known`, and which files the table has now."""
    with telling(home_of(table)):
        schema, files = pa.schema(table.schema()), _paths(table)
        fresh = [batch for path in files if path not in known for batch in rows_of(path, schema)]
        return pa.Table.from_batches(fresh, schema=schema), set(files)


def read(
    table: DeltaTable,
    *,
    keep: ds.Expression | None = None,
    where: Where | None = None,
    columns: Sequence[str] | None = None,
) -> pa.Table:
    """Rows that satisfy `keep` (about times) and whose texts are, column by column, among those of `where`."""
    found = list(batches(table, keep=keep, where=where, columns=columns))
    with telling(home_of(table)):
        schema = pa.schema(table.schema())
        schema = schema if columns is None else pa.schema([schema.field(n) for n in columns])
        return pa.Table.from_batches(found).cast(schema) if found else schema.empty_table()


def batches(
    table: DeltaTable,
    *,
    keep: ds.Expression | None = None,
    where: Where | None = None,
    columns: Sequence[str] | None = None,
) -> Iterator[pa.RecordBatch]:
    """The same rows, a few thousand at a time, so that a large table need not be in memory at once."""
    names = None if columns is None else list(dict.fromkeys([*columns, *(where or {})]))
    sets = {name: pa.array(sorted(values), type=pa.string()) for name, values in (where or {}).items()}
    with telling(home_of(table)):
        schema = pa.schema(table.schema())
        for path in _paths(table, where):
            for chosen in rows_of(path, schema, keep=keep, columns=names):
                for name, values in sets.items():
                    chosen = chosen.filter(pc.is_in(chosen.column(name), value_set=values))
                if chosen.num_rows:
                    yield chosen if columns is None else chosen.select(list(columns))


def count(table: DeltaTable, keep: ds.Expression | None = None) -> int:
    """How many rows satisfy `keep` (about times)."""
    with telling(home_of(table)):
        schema = pa.schema(table.schema())  # one by one: a dataset keeps what the feet of its files say
        each = (ds.dataset(str(path), schema=schema, format="parquet") for path in _paths(table))
        return sum(int(dataset.count_rows(filter=keep)) for dataset in each)


def _files_with(table: DeltaTable, where: Where) -> list[str]:
    """The files whose statistics allow a row with one of the texts of `where`, column by column."""
    actions = pa.table(table.get_add_actions(flatten=True))
    keep = [True] * actions.num_rows
    for name, values in where.items():
        if f"min.{name}" not in actions.column_names:
            continue
        ordered = sorted(values)
        lows, highs = actions.column(f"min.{name}").to_pylist(), actions.column(f"max.{name}").to_pylist()
        for i, (low, high) in enumerate(zip(lows, highs, strict=True)):
            if low is not None and high is not None:
                at = bisect.bisect_left(ordered, low[:_STATISTICS])
                keep[i] = (
                    keep[i]
                    and at < len(ordered)
                    and ordered[at][:_STATISTICS] <= high[:_STATISTICS] + "\U0010ffff"
                )
    paths = actions.column("path").to_pylist()
    return [os.path.basename(path) for path, kept in zip(paths, keep, strict=True) if kept]


def home_of(table: DeltaTable) -> Path:
    """The folder of a table."""
    return Path(unquote(urlsplit(table.table_uri).path))


def append(table: DeltaTable, rows: pa.Table, run_id: str) -> None:
    """Add rows in one commit."""
    with writing(home_of(table)):
        rows = rows.cast(_described_by(table, rows.schema))
        write_deltalake(
            table, rows, mode="append", writer_properties=WRITER, commit_properties=_signed(run_id)
        )


def overwrite(table: DeltaTable, rows: pa.RecordBatchReader, run_id: str) -> None:
    """Put `rows` in the place of all rows, in one commit; they are written as they are read."""
    with writing(home_of(table)):
        rows = rows.cast(_described_by(table, rows.schema))
        write_deltalake(
            table, rows, mode="overwrite", writer_properties=WRITER, commit_properties=_signed(run_id)
        )


def _described_by(table: DeltaTable, schema: pa.Schema) -> pa.Schema:
    """The columns of `schema` with the descriptions that the table has of them, perhaps an older release's: Delta takes
    no others."""
    stored = pa.schema(table.schema())
    known = {field.name: stored.field(field.name) for field in schema}
    return pa.schema(
        [pa.field(f.name, known[f.name].type, f.nullable, known[f.name].metadata) for f in schema],
        metadata=schema.metadata,
    )


def close_rows(table: DeltaTable, key: str, values: Sequence[str], at: dt.datetime, run_id: str) -> None:
    """Set `superseded_at` of the rows that hold and whose `key` is among `values`, in one commit."""
    if not values:
        return
    time = f"'{at.astimezone(dt.UTC).isoformat()}'"
    with writing(home_of(table)):
        if len(values) <= MANY_KEYS:
            listed = ", ".join(sql_text(v) for v in values)
            table.update(
                updates={"superseded_at": time},
                predicate=f"superseded_at IS NULL AND {key} IN ({listed})",
                writer_properties=WRITER,
                commit_properties=_signed(run_id),
            )
        else:
            table.merge(
                pa.table({key: pa.array(sorted(set(values)), type=pa.string())}),
                predicate=f"t.{key} = s.{key} AND t.superseded_at IS NULL",
                source_alias="s",
                target_alias="t",
                writer_properties=WRITER,
                commit_properties=_signed(run_id),
            ).when_matched_update(updates={"superseded_at": time}).execute()


def restore(table: DeltaTable, version: int, run_id: str) -> None:
    """Make the rows what they were at `version`, in one commit."""
    with writing(home_of(table)):
        table.restore(version, commit_properties=_signed(run_id))


def compact(table: DeltaTable, run_id: str) -> None:
    """Join small files into few, once there are many; the rows stay what they are."""
    with writing(home_of(table)):
        sizes = pa.table(table.get_add_actions()).column("size_bytes")
        if (pc.sum(pc.less(sizes, COMPACTED // 2)).as_py() or 0) > MANY_FILES:
            table.optimize.compact(
                target_size=COMPACTED,
                max_concurrent_tasks=1,
                commit_properties=_signed(run_id),
                writer_properties=WRITER,
            )


def sync(folder: Path, name: str, after: int, upto: int) -> None:
    """Flush to the disk what the commits later than `after`, up to `upto`, have written."""
    home = folder / name
    with telling(home):
        for version in range(after + 1, upto + 1):
            log = home / "_delta_log" / f"{version:020}.json"
            if not log.is_file():
                continue
            for line in log.read_text(encoding="utf-8").splitlines():
                added = json.loads(line).get("add")
                if added and "://" not in added["path"]:
                    _fsync(home / added["path"])
            _fsync(log)


def _fsync(path: Path) -> None:
    try:
        handle = os.open(path, os.O_RDONLY)
    except FileNotFoundError:
        return
    try:
        os.fsync(handle)
    finally:
        os.close(handle)


def _skipping(name: str) -> list[str]:
    """The columns by which files can be passed over."""
    names = [c.name for c in TABLES[name].columns]
    wanted = (
        TABLES[name].key,
        "article_id",
        "claim_id",
        "location",
        "version",
        "article_version",
        "recorded_at",
        "superseded_at",
    )
    return [n for n in dict.fromkeys(wanted) if n in names]


def _signed(run_id: str) -> CommitProperties:
    return CommitProperties(custom_metadata={"run_id": run_id})


def sql_text(value: str) -> str:
    """A text as an SQL literal.

    >>> sql_text("Crohn's")
    "'Crohn''s'"
    """
    return "'" + value.replace("'", "''") + "'"
