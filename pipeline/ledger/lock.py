"""One writer at a time per ledger, also across processes; a killed one frees it by dying."""

from __future__ import annotations

import datetime as dt
import json
import os
import socket
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from pathlib import Path
from typing import Any

from filelock import FileLock, Timeout

from pipeline.ledger.errors import LedgerBusy, LedgerError, storage_error
from pipeline.ledger.head import replace_file

LOCK = "write.lock"
HOLDER = "writer.json"


def holder(folder: Path) -> dict[str, Any]:
    """Who holds, or held last, the lock of the ledger in `folder` ({} where nobody ever did)."""
    try:
        known = json.loads((folder / HOLDER).read_text(encoding="utf-8"))
    except (OSError, ValueError):
        return {}
    return known if isinstance(known, dict) else {}


@contextmanager
def turn(folder: Path, *, wait: float, waiting: Callable[[str], None]) -> Iterator[None]:
    """Hold the bare lock of the ledger in `folder`, and change nothing. Waits and raises as `write_lock`."""
    lock = FileLock(str(folder / LOCK))
    try:
        folder.mkdir(parents=True, exist_ok=True)
        try:
            lock.acquire(timeout=0.2)
        except Timeout:
            if wait == 0:
                raise
            waiting(_who(holder(folder)))
            lock.acquire(timeout=wait)
    except Timeout:
        raise LedgerBusy(
            "E-LEDGER-2",
            f"another run is writing to this ledger: {_who(holder(folder))}",
            where=str(folder),
            do="let it end, or wait for it with --wait SECONDS",
        ) from None
    except OSError as error:
        raise storage_error(error, str(folder)) from error
    try:
        yield
    finally:
        lock.release()


@contextmanager
def write_lock(
    folder: Path, run_id: str, started_at: dt.datetime, *, wait: float, waiting: Callable[[str], None]
) -> Iterator[dict[str, Any]]:
    """Hold the ledger's lock. Gives what the last holder left ({} where it ended in order).

    Waits up to `wait` seconds (negative: for ever), calling `waiting(who)` once if it must. Raises LedgerBusy
    (E-LEDGER-2) that says who holds it.
    """
    with turn(folder, wait=wait, waiting=waiting):
        left = holder(folder)
        mine = {
            "run_id": run_id,
            "started_at": started_at.isoformat(),
            "pid": os.getpid(),
            "host": socket.gethostname(),
            "done": False,
        }
        replace_file(folder / HOLDER, json.dumps(mine).encode("utf-8"))
        try:
            yield {} if left.get("done", True) else left
        finally:
            with suppress(LedgerError):
                replace_file(folder / HOLDER, json.dumps({**mine, "done": True}).encode("utf-8"))


def _who(known: dict[str, Any]) -> str:
    if not known:
        return "unknown"
    since = f"{dt.datetime.fromisoformat(known['started_at']).astimezone(dt.UTC):%Y-%m-%d %H:%M} UTC"
    return f"process {known['pid']} on {known['host']}, run {known['run_id']}, since {since}"


def is_held(folder: Path) -> bool:
    """Whether a process writes to the ledger in `folder` right now."""
    if not (folder / LOCK).is_file():
        return False
    lock = FileLock(str(folder / LOCK))
    try:
        lock.acquire(timeout=0)
    except Timeout:
        return True
    except OSError:  # nobody can write here: the word of the last holder has to do
        return not holder(folder).get("done", True)
    lock.release()
    return False
