"""Shared by the tests of the vocabulary."""

from __future__ import annotations

import pytest

from pipeline.vocabulary import Lexicon


@pytest.fixture(scope="session")
def lexicon() -> Lexicon:
    return Lexicon.default()
