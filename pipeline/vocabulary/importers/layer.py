"""One layer of the user's vocabulary: a TSV of name, kind, code, names and parents."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field
from pathlib import Path

from pipeline.vocabulary.disk import replace_whole
from pipeline.vocabulary.errors import VocabularyError
from pipeline.vocabulary.tables import Row, read_rows

COLUMNS = ("name", "kind", "code?", "names?", "parents?")


@dataclass(slots=True)
class Entry:
    """A concept of a release file; `parents` are names: classes of a drug, broader diseases of a disease."""

    name: str
    kind: str
    code: str
    names: list[str] = field(default_factory=list)
    parents: list[str] = field(default_factory=list)


def write_layer(entries: Iterable[Entry], folder: Path, file: str) -> Path:
    """Writes the layer whole or not at all and gives its path. Raises VocabularyError (E-VOCABULARY-3) when empty."""
    rows = ["\t".join(c.rstrip("?") for c in COLUMNS)]
    for entry in entries:
        names = [_clean(n) for n in dict.fromkeys(entry.names) if n != entry.name]
        parents = [_clean(p) for p in dict.fromkeys(entry.parents)]
        rows.append(
            "\t".join((_clean(entry.name), entry.kind, entry.code, "|".join(names), "|".join(parents)))
        )
    if len(rows) == 1:
        raise VocabularyError(
            "E-VOCABULARY-3",
            "the file holds no concept to import",
            where=file,
            do="give the full release file",
        )
    try:
        folder.mkdir(parents=True, exist_ok=True)
        # whoever may read the folder may read what is in it
        replace_whole(folder / file, ("\n".join(rows) + "\n").encode(), mode=folder.stat().st_mode & 0o666)
    except OSError as error:
        raise VocabularyError(
            "E-VOCABULARY-2", f"the vocabulary folder cannot be written: {error.strerror}", where=str(folder),
            do="set EVIDENCE_VOCABULARY to a folder that you can write",
        ) from error  # fmt: skip
    return folder / file


def read_layers(folder: Path | None) -> tuple[tuple[str, tuple[Row, ...]], ...]:
    """The user's layers, by file name. Raises VocabularyError for a row that does not fit."""
    if folder is None:
        return ()
    return tuple(
        (path.name, tuple(read_rows(path.name, path.read_text(encoding="utf-8"), COLUMNS)))
        for path in sorted(folder.glob("*.tsv"))
    )


def unreadable(path: Path, error: OSError) -> VocabularyError:
    """The error for a release file that cannot be opened."""
    return VocabularyError(
        "E-VOCABULARY-2", f"the file cannot be read: {error.strerror}", where=str(path), do="check the path"
    )


def malformed(path: Path, line: int, what: str, do: str) -> VocabularyError:
    """The error for a line that is not in the release format."""
    return VocabularyError("E-VOCABULARY-3", what, where=f"{path.name}, line {line}", do=do)


def _clean(text: str) -> str:
    return " ".join(text.replace("|", "/").split())
