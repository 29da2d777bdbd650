"""Reads standard release files into the user's vocabulary layers."""

from __future__ import annotations

from pathlib import Path

from pipeline.vocabulary.tables import Row, read_rows

LAYER = ("name", "kind", "code?", "names?", "parents?")


def read_layers(folder: Path | None) -> tuple[tuple[str, tuple[Row, ...]], ...]:
    """The user's layers, by file name. Raises VocabularyError for a row that does not fit."""
    if folder is None:
        return ()
    return tuple(
        (path.name, tuple(read_rows(path.name, path.read_text(encoding="utf-8"), LAYER)))
        for path in sorted(folder.glob("*.tsv"))
    )
