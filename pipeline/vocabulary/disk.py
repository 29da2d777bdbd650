"""Files that stand whole or as they were before, whatever becomes of who writes them."""

from __future__ import annotations

import contextlib
import os
import tempfile
from pathlib import Path

ABANDONED = 3600.0  # seconds after which a half-written file has no writer any more


def replace_whole(path: Path, content: bytes, *, mode: int = 0o600) -> None:
    """Put `content` into the place of `path`, safe from a power cut, and take away what killed writers left beside it. Raises OSError."""
    handle, part = tempfile.mkstemp(dir=path.parent, prefix=path.name, suffix=".part")
    try:
        with os.fdopen(handle, "wb") as file:
            file.write(content)
            file.flush()
            os.fsync(file.fileno())
        os.chmod(part, mode)
        tidy(path.parent, now=os.stat(part).st_mtime)
        os.replace(part, path)
    except BaseException:
        with contextlib.suppress(OSError):
            os.unlink(part)
        raise


def tidy(folder: Path, *, now: float) -> None:
    """Take away files that were left half-written an hour before `now` or earlier."""
    for part in folder.glob("*.part"):
        with contextlib.suppress(OSError):
            if part.stat().st_mtime < now - ABANDONED:
                part.unlink()
