"""The single Parquet files beside the tables: today's state, for anyone with `pandas.read_parquet`.

`claims`, `evidence`, `discrepancies` and `articles` hold the rows that hold today; `changes` every change of meaning
recorded so far, newest first. The same state gives the same bytes: rows are sorted and no time of writing is
kept. A file is replaced in one step, and only when its bytes differ.
"""

from __future__ import annotations

import contextlib
import os
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from itertools import chain
from pathlib import Path
from typing import Any

import pyarrow as pa
import pyarrow.compute as pc
import pyarrow.dataset as ds
import pyarrow.parquet as pq
from deltalake import DeltaTable

from pipeline.ledger import delta
from pipeline.ledger.errors import storage_error
from pipeline.ledger.head import Head, sync_folder
from pipeline.ledger.schema import TABLES, Table, conform, empty

SNAPSHOTS = ("articles", "claims", "evidence", "discrepancies", "changes")
LEFT_OUT = {"articles": ("text",)}
AT_ONCE = 12_000
"""Rows in memory while a file is written; a larger one is written part by part."""


@dataclass(frozen=True, slots=True)
class Written:
    """`versions` are the table versions that the files now show; `rewritten` the files whose bytes changed."""

    versions: dict[str, int]
    rewritten: list[str]


def state_of(folder: Path, name: str, version: int | None) -> Iterator[pa.Table]:
    """What the snapshot of table `name` holds at `version`, in its order, at most about `AT_ONCE` rows at a time."""
    table = TABLES[name]
    left_out = list(LEFT_OUT.get(name, ()))
    if version is None:
        yield empty(name).drop_columns(left_out)
        return
    opened = delta.open_table(folder, name, version)
    holds = ds.field("superseded_at").is_null() if table.history else ds.field("meaning")
    columns = [c for c in delta.column_names(opened) if c not in left_out]
    for keep, where in _parts(opened, table, holds):
        found = delta.read(opened, keep=keep, where=where, columns=columns)
        yield conform(name, found, left_out).sort_by(list(table.order))


def _parts(
    opened: DeltaTable, table: Table, holds: ds.Expression
) -> Iterator[tuple[ds.Expression, delta.Where | None]]:
    """Filters that divide the rows that hold into parts by the first column of their order, in that order."""
    first, direction = table.order[0]
    counts = delta.read(opened, keep=holds, columns=[first]).column(first).value_counts()
    told = pa.table({"value": counts.field("values"), "n": counts.field("counts")})
    if (pc.sum(told.column("n")).as_py() or 0) <= AT_ONCE:
        yield holds, None
        return
    told = told.sort_by([("value", direction)])
    part: list[Any] = []
    size = 0
    for value, n in zip(told.column("value").to_pylist(), told.column("n").to_pylist(), strict=True):
        if part and size + n > AT_ONCE:
            yield _part(first, part, holds)
            part, size = [], 0
        part.append(value)
        size += n
    yield _part(first, part, holds)


def _part(first: str, values: list[Any], holds: ds.Expression) -> tuple[ds.Expression, delta.Where | None]:
    if isinstance(values[0], str):
        return holds, {first: values}
    return holds & ds.field(first).isin(values), None


def write_snapshots(processed: Path, head: Head) -> Written:
    """Write the files whose table moved since they were written, or that are missing. Raises LedgerError."""
    versions, rewritten = dict(head.snapshots), []
    for name in SNAPSHOTS:
        path, version = processed / f"{name}.parquet", head.published.get(name, 0)
        if versions.get(name) == version and path.is_file():
            continue
        if write_parquet(path, state_of(processed / "ledger", name, version)):
            rewritten.append(path.name)
        versions[name] = version
    return Written(versions, rewritten)


def write_parquet(path: Path, parts: Iterable[pa.Table]) -> bool:
    """Replace `path` by the rows of `parts` in one step; whether its bytes changed. Raises LedgerError."""
    part = path.with_name(f".{path.name}.{os.getpid()}.part")
    try:
        waiting = iter(parts)
        rows = next(waiting)
        with pq.ParquetWriter(
            part, rows.schema, compression="zstd", version="2.6", use_dictionary=True
        ) as writer:
            for some in chain([rows], waiting):
                writer.write_table(some, row_group_size=128 * 1024)
                pa.default_memory_pool().release_unused()
        if _same(part, path):
            part.unlink()
            return False
        with part.open("rb") as handle:
            os.fsync(handle.fileno())
        os.replace(part, path)
        sync_folder(path.parent)
        return True
    except (OSError, pa.ArrowException) as error:
        with contextlib.suppress(OSError):
            part.unlink(missing_ok=True)
        raise storage_error(error, str(path)) from error


def _same(one: Path, other: Path) -> bool:
    if not other.is_file() or one.stat().st_size != other.stat().st_size:
        return False
    with one.open("rb") as a, other.open("rb") as b:
        while True:
            left, right = a.read(1 << 20), b.read(1 << 20)
            if left != right:
                return False
            if not left:
                return True
