"""Reads the vocabulary's TSV files: one header line, `#` comment lines, columns checked row by row."""

from __future__ import annotations

from collections.abc import Iterator
from functools import cache
from importlib import resources
from importlib.resources.abc import Traversable

from pipeline.vocabulary.concept import CLASS, DISEASE, INGREDIENT, PROCEDURE
from pipeline.vocabulary.errors import VocabularyError

Row = dict[str, str]

# file -> its columns; those ending in ? may be empty
SCHEMAS: dict[str, tuple[str, ...]] = {
    "drugs.tsv": ("name", "code?", "names?"),
    "classes.tsv": ("name", "code?", "names?", "members?", "stems?", "trees?"),
    "procedures.tsv": ("name", "code?", "names?"),
    "diseases.tsv": ("name", "code?", "names?", "parents?"),
    "codes.tsv": ("kind", "heading", "code"),
    "abbreviations.tsv": ("form", "kind", "name", "context?"),
    "eponyms.tsv": ("eponym", "name"),
    "causes.tsv": ("word",),
    "composites.tsv": ("head", "partner", "name", "parents"),
    "connectors.tsv": ("words", "order"),
    "salts.tsv": ("salt", "kind"),
    "biologic_endings.tsv": ("ending",),
    "stems.tsv": ("stem", "not?"),
    "chemical_parts.tsv": ("part", "place", "not?"),
    "chemical_short.tsv": ("form", "name"),
    "chemical_words.tsv": ("word", "kind"),
    "disease_endings.tsv": ("ending", "not?"),
    "disease_heads.tsv": ("head", "alone"),
    "disease_modifiers.tsv": ("word", "kind"),
    "disease_adjectives.tsv": ("word", "name", "only?"),
    "disease_short.tsv": ("form", "name"),
    "disease_words.tsv": ("word", "kind"),
    "findings.tsv": ("name",),
    "substance_classes.tsv": ("name",),
    "substances.tsv": ("name",),
    "renames.tsv": ("heading", "name"),
    "capitals.tsv": ("words",),
    "spellings.tsv": ("part", "british", "place", "not?"),
    "stop.tsv": ("name", "kind", "scope"),
    "contexts.tsv": ("name", "side", "words"),
}
KINDS = {INGREDIENT, CLASS, PROCEDURE, DISEASE}


def data_folder() -> Traversable:
    """The folder of the data files inside the installed package."""
    return resources.files("pipeline.vocabulary") / "data"


def read_rows(name: str, text: str, columns: tuple[str, ...]) -> Iterator[Row]:
    """The rows of a TSV text. Raises VocabularyError with file and line for a row that does not fit `columns`."""
    header: list[str] | None = None
    wanted = [c.rstrip("?") for c in columns]
    for number, line in enumerate(text.splitlines(), 1):
        if not line.strip() or line.startswith("#"):
            continue
        cells = line.split("\t")
        if header is None:
            header = cells
            if header != wanted:
                raise _bad(name, number, f"the columns are {header}, not {wanted}")
            continue
        cells += [""] * (len(wanted) - len(cells))
        if len(cells) > len(wanted):
            raise _bad(name, number, f"{len(cells)} cells for {len(wanted)} columns")
        row = dict(zip(wanted, (c.strip() for c in cells), strict=True))
        for column in columns:
            if not column.endswith("?") and not row[column]:
                raise _bad(name, number, f"{column} is empty")
        yield row
    if header is None:
        raise _bad(name, 1, "there is no header line")


def _bad(name: str, line: int, what: str) -> VocabularyError:
    return VocabularyError(
        "E-VOCABULARY-1", what, where=f"{name}, line {line}", do="mend the row; columns are separated by tabs"
    )


@cache
def table(name: str) -> tuple[Row, ...]:
    """The rows of a bundled data file, in file order. Raises VocabularyError where one does not fit its schema."""
    text = (data_folder() / name).read_text(encoding="utf-8")
    return tuple(read_rows(name, text, SCHEMAS[name]))


def parts(cell: str) -> list[str]:
    """The values of a cell that holds several, separated by `|`."""
    return [p.strip() for p in cell.split("|") if p.strip()]
