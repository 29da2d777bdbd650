"""What no reader can need any more is taken away: files of old Delta versions, old log entries, parts of killed writers.

Rows are never taken away: history is in the rows (`recorded_at`, `superseded_at`), not in Delta's versions, of which only
the published one is read. Nor are bytes of articles: this room does not know `raw/`.

Invariants
- Only the writer tidies, after the head names the latest version of each table; so the latest version is all that is kept.
- A file that a version of the last `KEPT` still held stays: a reader that opened the ledger before goes on reading.
- A kill at any point leaves some of what could go; the next run takes it.
"""

from __future__ import annotations

import contextlib
import datetime as dt
import json
import os
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from urllib.parse import unquote

from deltalake import DeltaTable

from pipeline.ledger import delta

KEPT = dt.timedelta(days=7)
MANY_LOGS = 300
"""Log entries of a table from which on the old ones are looked at."""


@dataclass(frozen=True, slots=True)
class Tidied:
    """How many files were taken away, and their bytes."""

    files: int = 0
    size: int = 0

    def __add__(self, other: Tidied) -> Tidied:
        return Tidied(self.files + other.files, self.size + other.size)


def tidy_table(table: DeltaTable, now: dt.datetime) -> Tidied:
    """Take away the data files that no version of the last `KEPT` holds, and log entries older than `delta.CONFIGURATION` says.

    `table` must stand at its latest version, which must be the one that counts. Raises LedgerError.
    """
    home = delta.home_of(table)
    limit = (now - KEPT).timestamp()
    with delta.telling(home):
        old = [e for e in os.scandir(home) if e.name.endswith(".parquet") and e.stat().st_mtime < limit]
        live = {os.path.basename(uri) for uri in table.file_uris()}
        old = [e for e in old if e.name not in live]
        kept = set(_let_go_since(home / "_delta_log", limit)) if old else set()
        done = _unlink([Path(e.path) for e in old if e.name not in kept])
        logs = home / "_delta_log"
        if sum(e.name.endswith(".json") for e in os.scandir(logs)) > MANY_LOGS:
            before = {e.name: e.stat().st_size for e in os.scandir(logs)}
            table.create_checkpoint()
            table.cleanup_metadata()
            gone = before.keys() - {e.name for e in os.scandir(logs)}
            done += Tidied(len(gone), sum(before[name] for name in gone))
    return done


def _let_go_since(logs: Path, limit: float) -> Iterator[str]:
    """The names of files that a commit since `limit` took out of the table: older versions still hold them."""
    for entry in os.scandir(logs):
        if not entry.name.endswith(".json") or entry.stat().st_mtime < limit:
            continue
        for line in Path(entry.path).read_text(encoding="utf-8").splitlines():
            removed = json.loads(line).get("remove")
            if removed:
                yield os.path.basename(unquote(removed["path"]))


def tidy_parts(folder: Path, now: dt.datetime) -> Tidied:
    """Take away what killed writers left half-written in `folder` (`.name.pid.part`), once it is a day old."""
    limit = (now - dt.timedelta(days=1)).timestamp()
    with delta.telling(folder):
        return _unlink([p for p in folder.glob(".*.part") if p.stat().st_mtime < limit])


def _unlink(paths: list[Path]) -> Tidied:
    done = Tidied()
    for path in paths:
        with contextlib.suppress(FileNotFoundError):
            size = path.stat().st_size
            path.unlink()
            done += Tidied(1, size)
    return done
