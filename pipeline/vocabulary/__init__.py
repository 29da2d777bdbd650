"""Drugs, diseases and units: data files, importers, the compiled lexicon."""

from pipeline.vocabulary.abbreviations import LocalNames, define_abbreviations
from pipeline.vocabulary.concept import Concept, Mention
from pipeline.vocabulary.errors import VocabularyError
from pipeline.vocabulary.lexicon import Lexicon

__all__ = ["Concept", "Lexicon", "LocalNames", "Mention", "VocabularyError", "define_abbreviations"]
