"""Keeps bytes as they were found: immutable, addressed by their hash, with when and whence.

Layout under `raw/snapshots/`::

    <first two of hash>/<sha256>/content             the bytes
    <first two of hash>/<sha256>/<place>.json        where and when they were first found there
    http/<first two>/<hash of address>.json          what to ask the server next time

Every file is written beside its place and renamed into it, so a kill leaves either the whole file or none. What was
put is safe from a power cut after `settle`, which comes before anything else is recorded of it.
"""

from __future__ import annotations

import contextlib
import datetime as dt
import hashlib
import json
import os
from collections.abc import Mapping
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from pipeline.model import Snapshot
from pipeline.sources.errors import StoreError

FLUSHED_AT_ONCE = 16


def _name(text: str) -> str:
    return hashlib.sha256(text.encode("utf-8", "surrogateescape")).hexdigest()[:24]


def write_atomically(path: Path, content: bytes) -> None:
    """Write `content` so that `path` holds all of it or what it held before. Raises StoreError (E-STORE-1).

    This holds whatever becomes of the process; whether a power cut keeps it is for `RawStore.settle`.
    """
    part = path.with_name(f".{path.name}.{os.getpid()}.part")
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        with part.open("wb") as handle:
            handle.write(content)
        os.replace(part, path)
    except OSError as error:
        with contextlib.suppress(OSError):
            part.unlink()
        raise _not_kept(path, error) from error


def _not_kept(path: Path, error: OSError) -> StoreError:
    return StoreError(
        "E-STORE-1",
        "the bytes of an article could not be kept",
        where=str(path),
        do=f"free space or give write access, then run again ({error.strerror or error})",
    )


def _flush(path: Path) -> None:
    try:
        handle = os.open(path, os.O_RDONLY)
        try:
            os.fsync(handle)
        finally:
            os.close(handle)
    except OSError as error:
        raise _not_kept(path, error) from error


@dataclass(frozen=True, slots=True)
class RawStore:
    """The bytes of every version that was ever found, under `raw` (a folder)."""

    raw: Path
    _waiting: list[Path] = field(default_factory=list, compare=False, repr=False)

    @property
    def root(self) -> Path:
        """The folder of all kept bytes."""
        return self.raw / "snapshots"

    def path_of(self, sha256: str) -> Path:
        """Where the bytes with this hash are (whether or not they are there)."""
        return self.root / sha256[:2] / sha256 / "content"

    def has(self, sha256: str, size: int | None = None) -> bool:
        """Whether the bytes with this hash are kept (with `size`: as many of them)."""
        try:
            kept = self.path_of(sha256).stat().st_size
        except OSError:
            return False
        return size is None or kept == size

    def put(self, snapshot: Snapshot) -> Path:
        """Keep the bytes and where they were found; repeating it changes nothing."""
        path = self.path_of(snapshot.sha256)
        note = path.with_name(_name(snapshot.location) + ".json")
        if not self.has(snapshot.sha256, len(snapshot.content)):
            write_atomically(path, snapshot.content)
            self._waiting.append(path)
        if not note.is_file() or not note.stat().st_size:
            write_atomically(note, _json(_note(snapshot)))
            self._waiting.append(note)
        return path

    def settle(self) -> None:
        """All that was put is safe from a power cut when this returns. Raises StoreError (E-STORE-1).

        Many files at once: the disk takes them together, where one after the other would cost more than reading them.
        """
        if not self._waiting:
            return
        waiting = self._waiting[:]
        self._waiting.clear()
        try:
            with ThreadPoolExecutor(max_workers=FLUSHED_AT_ONCE) as pool:
                list(pool.map(_flush, waiting))
        except StoreError:
            for path in waiting:  # what the disk did not take is not there: it is fetched again
                with contextlib.suppress(OSError):
                    path.unlink(missing_ok=True)
            raise

    def tidy(self, pid: int) -> int:
        """Take away what process `pid`, which was killed, left half-written; gives how many files. To be called before anything
        is put. It may take a while: every folder is looked at."""
        done = 0
        for folder, _, names in os.walk(self.root):
            for name in names:
                if name.startswith(".") and name.endswith(f".{pid}.part"):
                    with contextlib.suppress(OSError):
                        os.unlink(os.path.join(folder, name))
                        done += 1
        return done

    def get(self, sha256: str, location: str | None = None) -> Snapshot:
        """The snapshot kept under this hash, as found at `location`; else from the place where it was first found.

        Raises StoreError (E-STORE-2) where it is not kept or its bytes no longer fit their hash.
        """
        path = self.path_of(sha256)
        notes = sorted(path.parent.glob("*.json"))
        if not path.is_file() or not notes:
            raise StoreError(
                "E-STORE-2",
                "these bytes are not kept",
                where=str(path),
                do="fetch the article again: evidence run",
            )
        content = path.read_bytes()
        if hashlib.sha256(content).hexdigest() != sha256:
            raise StoreError(
                "E-STORE-3",
                "the kept bytes no longer fit their hash",
                where=str(path),
                do="restore the file from a backup, or delete its folder and run again",
            )
        found = min(
            (json.loads(note.read_text(encoding="utf-8")) for note in notes),
            key=lambda n: (n["location"] != location, n["fetched_at"], n["location"]),
        )
        return Snapshot(
            content=content,
            sha256=sha256,
            location=found["location"],
            fetched_at=dt.datetime.fromisoformat(found["fetched_at"]),
            media_type=found["media_type"],
            charset=found["charset"],
            publisher=found["publisher"],
            url=found["url"],
            hints=_pairs(found["hints"]),
            headers=_pairs(found["headers"]),
        )

    def asked(self, address: str) -> dict[str, Any]:
        """What is known of an address from the last time: validators, hash, redirects ({} where never asked)."""
        try:
            known = json.loads(self._asked_path(address).read_text(encoding="utf-8"))
        except (OSError, ValueError):
            return {}
        return known if isinstance(known, dict) else {}

    def note_asked(self, address: str, answer: Mapping[str, Any]) -> None:
        """Remember what the server said of an address, for the next conditional request."""
        if self.asked(address) != dict(answer):
            write_atomically(self._asked_path(address), _json(dict(answer)))

    def _asked_path(self, address: str) -> Path:
        name = _name(address)
        return self.root / "http" / name[:2] / f"{name}.json"


def _pairs(value: Any) -> tuple[tuple[str, str], ...]:
    return tuple((str(k), str(v)) for k, v in value)


def _note(snapshot: Snapshot) -> dict[str, Any]:
    return {
        "location": snapshot.location,
        "url": snapshot.url,
        "fetched_at": snapshot.fetched_at.isoformat(),
        "media_type": snapshot.media_type,
        "charset": snapshot.charset,
        "publisher": snapshot.publisher,
        "hints": [list(p) for p in snapshot.hints],
        "headers": [list(p) for p in snapshot.headers],
        "bytes": len(snapshot.content),
    }


def _json(value: Any) -> bytes:
    return json.dumps(value, ensure_ascii=False, indent=1, sort_keys=True).encode("utf-8")
