"""The one file that says what the ledger's state is: the version of every table.

Delta commits are atomic per table only. So every commit of several tables ends by replacing
`ledger/HEAD.json`, which names the version of each table: a reader opens the tables at those versions, and
never at a later one. `published` is what readers see (a whole run); `staged` is what the running (or killed)
run has safely recorded beyond it. Versions later than `staged` are leftovers of a commit that did not reach
its end; the next writer restores the table to the version that counts, which is itself one atomic commit.
"""

from __future__ import annotations

import contextlib
import datetime as dt
import json
import os
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from pipeline.ledger.errors import LedgerError, storage_error

FORMAT = 1
NAME = "HEAD.json"


@dataclass(frozen=True, slots=True, kw_only=True)
class Head:
    """`published` and `staged` map table to version; `staged` is None when no run is under way.

    `clock` is the time of the last commit: recorded times only ever rise, also when the machine's clock is set
    back. `published_at` is the clock when readers' view last moved; `reconciled_at` up to which commits
    the evidence takes account of. `snapshots` are the sha256 of the single files beside, by table version.
    """

    published: dict[str, int] = field(default_factory=dict)
    staged: dict[str, int] | None = None
    run_id: str | None = None
    clock: dt.datetime | None = None
    published_at: dt.datetime | None = None
    reconciled_at: dt.datetime | None = None
    reconciled_with: str | None = None
    snapshots: dict[str, int] = field(default_factory=dict)

    @property
    def working(self) -> dict[str, int]:
        """The versions that a writer goes on from."""
        return self.published if self.staged is None else self.staged


_TIMES = ("clock", "published_at", "reconciled_at")


def read_head(folder: Path) -> Head:
    """The head of the ledger in `folder`; an empty one where there is none yet. Raises LedgerError (E-LEDGER-1)."""
    path = folder / NAME
    try:
        data: dict[str, Any] = json.loads(path.read_text(encoding="utf-8"))
        if data.pop("format") != FORMAT:
            raise LedgerError(
                "E-LEDGER-1",
                "this ledger was written by another release",
                where=str(path),
                do="read it with the release that wrote it",
            )
        for name in _TIMES:
            data[name] = dt.datetime.fromisoformat(data[name]) if data[name] else None
        return Head(**data)
    except (FileNotFoundError, NotADirectoryError):
        return Head()
    except OSError as error:
        raise storage_error(error, str(path)) from error
    except (ValueError, KeyError, TypeError, AttributeError) as error:
        raise LedgerError(
            "E-LEDGER-1",
            "the ledger's HEAD.json cannot be understood",
            where=str(path),
            do=f"restore it from a backup of the folder ({error})",
        ) from error


def write_head(folder: Path, head: Head) -> None:
    """Replace the head at once, durably. Raises LedgerError."""
    data = {
        "format": FORMAT,
        "published": head.published,
        "staged": head.staged,
        "run_id": head.run_id,
        "clock": _iso(head.clock),
        "published_at": _iso(head.published_at),
        "reconciled_at": _iso(head.reconciled_at),
        "reconciled_with": head.reconciled_with,
        "snapshots": head.snapshots,
    }
    replace_file(folder / NAME, json.dumps(data, indent=1, sort_keys=True).encode("utf-8"))


def _iso(time: dt.datetime | None) -> str | None:
    return time.isoformat() if time else None


def replace_file(path: Path, content: bytes) -> None:
    """Write `content` so that `path` holds all of it or what it held before. Raises LedgerError."""
    part = path.with_name(f".{path.name}.{os.getpid()}.part")
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        with part.open("wb") as handle:
            handle.write(content)
            handle.flush()
            os.fsync(handle.fileno())
        os.replace(part, path)
        sync_folder(path.parent)
    except OSError as error:
        with contextlib.suppress(OSError):
            part.unlink(missing_ok=True)
        raise storage_error(error, str(path)) from error


def sync_folder(folder: Path) -> None:
    """Make a rename in `folder` durable, where the system can."""
    try:
        handle = os.open(folder, os.O_RDONLY)
    except OSError:
        return
    try:
        os.fsync(handle)
    except OSError:
        pass
    finally:
        os.close(handle)
