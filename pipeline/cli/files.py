"""Files that are named on the command line."""

from __future__ import annotations

from pathlib import Path

from pipeline.model import EvidenceError


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
