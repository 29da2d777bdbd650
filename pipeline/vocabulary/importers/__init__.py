"""Reads standard release files (RxNorm RRF, MONDO and DOID OBO, ATC CSV) into the user's layers of the vocabulary.

Each importer streams its file, checks it, and writes one TSV into the user's vocabulary folder, which the lexicon
layers under the curated names at its next start. No release file is part of this package: each has its own licence.
"""

from pipeline.vocabulary.importers.atc import import_atc
from pipeline.vocabulary.importers.layer import read_layers
from pipeline.vocabulary.importers.obo import import_obo
from pipeline.vocabulary.importers.rxnorm import import_rxnorm

__all__ = ["import_atc", "import_obo", "import_rxnorm", "read_layers"]
