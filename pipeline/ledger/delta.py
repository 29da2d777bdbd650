"""The few things done with a Delta table: open at a version, create, append, close rows, restore."""

from __future__ import annotations

import datetime as dt
import json
import os
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path

import pyarrow as pa
import pyarrow.dataset as ds
from deltalake import CommitProperties, DeltaTable, Schema, WriterProperties, write_deltalake
from deltalake.exceptions import DeltaError

from pipeline.ledger.errors import storage_error
from pipeline.ledger.schema import TABLES

WRITER = WriterProperties(compression="ZSTD", compression_level=3)
# Old versions stay readable: the head may name any of them after a crash, and as-of queries go back for ever.
CONFIGURATION = {
    "delta.enableExpiredLogCleanup": "false",
    "delta.logRetentionDuration": "interval 36500 days",
}
MANY_KEYS = 500
MANY_FILES = 64


@contextmanager
def telling(where: Path) -> Iterator[None]:
    """Turns what the storage says into a LedgerError."""
    try:
        yield
    except (OSError, DeltaError) as error:
        raise storage_error(error, str(where)) from error


def open_table(folder: Path, name: str, version: int | None = None) -> DeltaTable:
    """Table `name` at `version` (None: the latest). Raises LedgerError."""
    with telling(folder / name):
        return DeltaTable(folder / name, version=version)


def exists(folder: Path, name: str) -> bool:
    """Whether table `name` was made (its version 0 stands)."""
    return (folder / name / "_delta_log" / f"{0:020}.json").is_file()


def create(folder: Path, name: str) -> DeltaTable:
    """Table `name`, made empty (version 0) where it does not stand yet. Raises LedgerError."""
    with telling(folder / name):
        if exists(folder, name):
            return DeltaTable(folder / name)
        (folder / name).mkdir(parents=True, exist_ok=True)
        return DeltaTable.create(
            folder / name,
            TABLES[name].schema,
            mode="ignore",
            name=name,
            description=TABLES[name].description,
            configuration=CONFIGURATION,
        )


def widen(table: DeltaTable, name: str, run_id: str) -> None:
    """Add the columns that this release has and the table, written by an older one, has not."""
    known = {field.name for field in table.schema().fields}
    schema = TABLES[name].schema
    new = [field.with_nullable(True) for field in schema if field.name not in known]
    if new:
        with telling(Path(table.table_uri)):
            table.alter.add_columns(
                Schema.from_arrow(pa.schema(new)).fields, commit_properties=_signed(run_id)
            )


def dataset(folder: Path, name: str, version: int) -> ds.Dataset:
    """The rows of table `name` at `version`, read when asked for."""
    table = open_table(folder, name, version)
    with telling(folder / name):
        return table.to_pyarrow_dataset()


def append(table: DeltaTable, rows: pa.Table, run_id: str) -> None:
    """Add rows in one commit."""
    with telling(Path(table.table_uri)):
        write_deltalake(
            table, rows, mode="append", writer_properties=WRITER, commit_properties=_signed(run_id)
        )


def overwrite(table: DeltaTable, rows: pa.Table, run_id: str) -> None:
    """Put `rows` in the place of all rows, in one commit."""
    with telling(Path(table.table_uri)):
        write_deltalake(
            table, rows, mode="overwrite", writer_properties=WRITER, commit_properties=_signed(run_id)
        )


def close_rows(table: DeltaTable, key: str, values: Sequence[str], at: dt.datetime, run_id: str) -> None:
    """Set `superseded_at` of the rows that hold and whose `key` is among `values`, in one commit."""
    if not values:
        return
    time = f"'{at.astimezone(dt.UTC).isoformat()}'"
    with telling(Path(table.table_uri)):
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
    with telling(Path(table.table_uri)):
        table.restore(version, commit_properties=_signed(run_id))


def compact(table: DeltaTable, run_id: str) -> None:
    """Join many small files into few; the rows stay what they are."""
    with telling(Path(table.table_uri)):
        if len(table.file_uris()) > MANY_FILES:
            table.optimize.compact(commit_properties=_signed(run_id), writer_properties=WRITER)


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


def _signed(run_id: str) -> CommitProperties:
    return CommitProperties(custom_metadata={"run_id": run_id})


def sql_text(value: str) -> str:
    """A text as an SQL literal.

    >>> sql_text("Crohn's")
    "'Crohn''s'"
    """
    return "'" + value.replace("'", "''") + "'"
