"""The single Parquet files beside the tables: today's state, for anyone with `pandas.read_parquet`.

`claims`, `evidence`, `discrepancies` and `articles` hold the rows that hold today; `changes` every change of meaning
recorded so far, newest first. The same state gives the same bytes: rows are sorted and no time of writing is
kept. A file is replaced in one step, and only when its bytes differ.
"""

from __future__ import annotations

import contextlib
import os
from dataclasses import dataclass
from pathlib import Path

import pyarrow as pa
import pyarrow.dataset as ds
import pyarrow.parquet as pq

from pipeline.ledger import delta
from pipeline.ledger.errors import storage_error
from pipeline.ledger.head import Head, sync_folder
from pipeline.ledger.schema import TABLES, conform, empty

SNAPSHOTS = ("articles", "claims", "evidence", "discrepancies", "changes")
LEFT_OUT = {"articles": ("text",)}


@dataclass(frozen=True, slots=True)
class Written:
    """`versions` are the table versions that the files now show; `rewritten` the files whose bytes changed."""

    versions: dict[str, int]
    rewritten: list[str]


def state_of(folder: Path, name: str, version: int | None) -> pa.Table:
    """What the snapshot of table `name` holds at `version`, in its order."""
    table = TABLES[name]
    if version is None:
        rows = empty(name)
    else:
        keep = ds.field("superseded_at").is_null() if table.history else ds.field("meaning")
        found = delta.read(delta.open_table(folder, name, version), keep=keep)
        rows = conform(name, found).sort_by(list(table.order))
    left_out = LEFT_OUT.get(name, ())
    return rows.drop_columns(list(left_out)) if left_out else rows


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


def write_parquet(path: Path, rows: pa.Table) -> bool:
    """Replace `path` by `rows` in one step; whether its bytes changed. Raises LedgerError."""
    part = path.with_name(f".{path.name}.{os.getpid()}.part")
    try:
        pq.write_table(
            rows, part, compression="zstd", version="2.6", row_group_size=128 * 1024, use_dictionary=True
        )
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
