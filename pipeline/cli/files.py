"""Files that are named on the command line."""

from __future__ import annotations

import contextlib
import os
from pathlib import Path

from pipeline.model import EvidenceError


def write_whole(path: Path, text: str) -> None:
    """Write `text` so that a file holds all of it or what it held before. Raises OSError that names `path`.

    What is no file ("/dev/stdout") is written to as it is.
    """
    plain = path.is_file() or not path.exists()
    target = path.resolve() if plain else path
    part = target.with_name(f".{target.name}.{os.getpid()}.part") if plain else target
    try:
        part.write_text(text, encoding="utf-8", newline="")
        if plain:
            os.replace(part, target)
    except BaseException as error:
        if plain:
            with contextlib.suppress(OSError):
                part.unlink(missing_ok=True)
        if isinstance(error, OSError):
            error.filename = str(path)
        raise


def text_of(path: Path) -> str:
    """The text of a file, line ends as they are. Raises EvidenceError (E-CLI-5) where it cannot be read."""
    try:
        return path.read_bytes().decode("utf-8")
    except (OSError, UnicodeDecodeError) as error:
        raise EvidenceError(
            "E-CLI-5",
            "the file cannot be read as UTF-8 text",
            where=str(path),
            do=f"check the file ({error})",
        ) from error
