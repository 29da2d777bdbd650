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
import pyarrow.dataset as ds
import pyarrow.parquet as pq
from deltalake import DeltaTable

from pipeline.ledger import delta
from pipeline.ledger.errors import storage_error
from pipeline.ledger.head import Head, sync_folder
from pipeline.ledger.parts import divided
from pipeline.ledger.schema import TABLES, Table, conform, empty

SNAPSHOTS = ("articles", "claims", "evidence", "discrepancies", "changes")
LEFT_OUT = {"articles": ("text",)}
AT_ONCE = 4_000
"""Rows in memory while a file is written; a larger one is written part by part."""
MOST_PARTS = 200


@dataclass(frozen=True, slots=True)
class Written:
    """`versions` are the table versions that the files now show; `rewritten` the files whose bytes changed."""

    versions: dict[str, int]
    rewritten: list[str]


def state_of(folder: Path, name: str, version: int | None, beside: Path) -> Iterator[pa.Table]:
    """What the snapshot of table `name` holds at `version`, in its order, at most about `AT_ONCE` rows at a time.

    What waits for its turn lies in files beside the path `beside` (see `pipeline.ledger.parts`).
    """
    table = TABLES[name]
    left_out = list(LEFT_OUT.get(name, ()))
    if version is None:
        yield empty(name).drop_columns(left_out)
        return
    opened = delta.open_table(folder, name, version)
    holds = ds.field("superseded_at").is_null() if table.history else ds.field("meaning")
    columns = [c for c in delta.column_names(opened) if c not in left_out]
    parts = _parts(opened, table, holds)
    if len(parts) < 2:
        found: Iterable[pa.Table | None] = [delta.read(opened, keep=holds, columns=columns)]
    else:
        rows = delta.batches(opened, keep=holds, columns=columns)
        found = divided(rows, table.order[0][0], parts, beside)
    for part in found:
        if part is not None:
            yield conform(name, part, left_out).sort_by(list(table.order))


def _parts(opened: DeltaTable, table: Table, holds: ds.Expression) -> list[list[Any]]:
    """The values of the first column of the order, in that order, divided so that each part has about `AT_ONCE` rows."""
    first, direction = table.order[0]
    total = delta.count(opened, holds)
    if total <= AT_ONCE:
        return []
    most = max(AT_ONCE, total // MOST_PARTS)
    counts = delta.read(opened, keep=holds, columns=[first]).column(first).value_counts()
    told = pa.table({"value": counts.field("values"), "n": counts.field("counts")})
    told = told.sort_by([("value", direction)])
    parts: list[list[Any]] = []
    size = most + 1
    for value, n in zip(told.column("value").to_pylist(), told.column("n").to_pylist(), strict=True):
        if size + n > most:
            parts.append([])
            size = 0
        parts[-1].append(value)
        size += n
    return parts


def write_snapshots(processed: Path, head: Head) -> Written:
    """Write the files whose table moved since they were written, or that are missing. Raises LedgerError."""
    versions, rewritten = dict(head.snapshots), []
    for name in SNAPSHOTS:
        path, version = processed / f"{name}.parquet", head.published.get(name, 0)
        if versions.get(name) == version and path.is_file():
            continue
        if write_parquet(path, state_of(processed / "ledger", name, version, path)):
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
