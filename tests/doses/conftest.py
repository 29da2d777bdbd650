"""Fixtures: the pipeline with doses alone, and the doses of a sentence as notations."""

import sys
from pathlib import Path

import pytest
import spacy

from pipeline.claims.doses.reader import read_doses

sys.path.insert(0, str(Path(__file__).parent))

from dose_cases import notation


@pytest.fixture(scope="session")
def nlp():
    nlp = spacy.blank("en")
    nlp.add_pipe("evidence_doses")
    return nlp


@pytest.fixture(scope="session")
def doses_of():
    def read(sentence):
        return tuple((sentence[d.start : d.end], notation(d.value)) for d in read_doses(sentence).doses)

    return read
