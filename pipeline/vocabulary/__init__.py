"""Drugs, diseases and units: data files, importers, the compiled lexicon."""
