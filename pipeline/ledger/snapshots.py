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

import pyarrow as pa
import pyarrow.dataset as ds
import pyarrow.parquet as pq

from pipeline.ledger import delta, parts
from pipeline.ledger.errors import storage_error
from pipeline.ledger.head import Head, sync_folder
from pipeline.ledger.parts import in_order, regrouped
from pipeline.ledger.schema import TABLES, conform, empty

SNAPSHOTS = ("articles", "claims", "evidence", "discrepancies", "changes")
LEFT_OUT = {"articles": ("text",)}


@dataclass(frozen=True, slots=True)
class Written:
    """`versions` are the table versions that the files now show; `rewritten` the files whose bytes changed."""

    versions: dict[str, int]
    rewritten: list[str]


def state_of(folder: Path, name: str, version: int | None, beside: Path) -> Iterator[pa.Table]:
    """What the snapshot of table `name` holds at `version`, in its order, at most `AT_ONCE` rows at a time.

    What waits for its turn lies in files beside the path `beside` (see `pipeline.ledger.parts`).
    """
    table = TABLES[name]
    left_out = list(LEFT_OUT.get(name, ()))
    nothing = empty(name).drop_columns(left_out)
    if version is None:
        yield nothing
        return
    opened = delta.open_table(folder, name, version)
    holds = ds.field("superseded_at").is_null() if table.history else ds.field("meaning")
    columns = [c for c in delta.column_names(opened) if c not in left_out]
    rows = in_order(
        lambda only: delta.batches(opened, keep=holds, columns=only or columns),
        delta.count(opened, holds),
        table.order,
        beside,
        lambda part: conform(name, part, left_out),
    )
    yield from regrouped(chain([nothing], rows), parts.AT_ONCE)


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


def write_parquet(path: Path, rows: Iterable[pa.Table]) -> bool:
    """Replace `path` by these rows in one step; whether its bytes changed. Raises LedgerError."""
    part = path.with_name(f".{path.name}.{os.getpid()}.part")
    try:
        waiting = iter(rows)
        first = next(waiting)
        with pq.ParquetWriter(
            part, first.schema, compression="zstd", version="2.6", use_dictionary=True
        ) as writer:
            for some in chain([first], waiting):
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
