"""RxNorm RRF files (RXNCONSO.RRF, RXNREL.RRF): ingredients with their salts and brand names."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

from pipeline.vocabulary.concept import INGREDIENT
from pipeline.vocabulary.importers.layer import Entry, malformed, unreadable, write_layer

_CONSO, _REL = 18, 16  # columns; each line ends with one more |
_INGREDIENTS = {"IN", "MIN"}
_OTHER_NAMES = {"PIN", "BN"}
_DOWN = {"tradename_of", "form_of"}  # RXCUI2 is the narrower one
_UP = {"has_tradename", "has_form"}


def import_rxnorm(path: Path, folder: Path) -> Path:
    """Imports a release: `path` is its `rrf` folder or RXNCONSO.RRF; RXNREL.RRF beside it joins brands and salts.

    Takes RxNorm's own names that are not suppressed: ingredients (IN, MIN), and precise ingredients and brands (PIN,
    BN) as names of theirs. Raises VocabularyError: E-VOCABULARY-2 unreadable, E-VOCABULARY-3 with the line at fault.
    """
    conso = path / "RXNCONSO.RRF" if path.is_dir() else path
    entries: dict[str, Entry] = {}
    others: dict[str, str] = {}
    synonyms: list[tuple[str, str]] = []
    for cells in _lines(conso, _CONSO):
        rxcui, language, sab, tty, name, suppress = (
            cells[0],
            cells[1],
            cells[11],
            cells[12],
            cells[14],
            cells[16],
        )
        if sab != "RXNORM" or language != "ENG" or suppress not in ("", "N"):
            continue
        if tty in _INGREDIENTS:
            entries[rxcui] = Entry(name.lower().replace(" / ", "/"), INGREDIENT, f"RXNORM:{rxcui}")
        elif tty in _OTHER_NAMES:
            others[rxcui] = name
        elif tty in ("SY", "TMSY"):
            synonyms.append((rxcui, name))
    for rxcui, name in synonyms:
        if rxcui in entries:
            entries[rxcui].names.append(name)
    relations = conso.with_name("RXNREL.RRF")
    if relations.exists():
        for cells in _lines(relations, _REL):
            one, two, relation = cells[0], cells[4], cells[7]
            broad, narrow = (one, two) if relation in _DOWN else (two, one) if relation in _UP else ("", "")
            if broad in entries and narrow in others:
                entries[broad].names.append(others[narrow])
    ordered = sorted(entries.values(), key=lambda e: (e.name, e.code))
    return write_layer(ordered, folder, "rxnorm.tsv")


def _lines(path: Path, columns: int) -> Iterator[list[str]]:
    try:
        with path.open(encoding="utf-8") as file:
            for number, line in enumerate(file, 1):
                cells = line.rstrip("\r\n").split("|")
                if len(cells) not in (columns, columns + 1):
                    what = f"{len(cells)} cells, a line of {path.name} has {columns}"
                    raise malformed(path, number, what, "give the RRF files of an RxNorm release as they are")
                yield cells
    except UnicodeDecodeError as error:
        raise malformed(path, 1, "the file is not UTF-8 text", "unpack the release first") from error
    except OSError as error:
        raise unreadable(path, error) from error
