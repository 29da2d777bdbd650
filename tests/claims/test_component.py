"""The spaCy component in anyone's pipeline: saved, loaded, and with two processes."""

from __future__ import annotations

from pathlib import Path

import pytest
import spacy
from spacy.tokens import Doc

from pipeline.claims.pipe import make_pipeline

TEXTS = [
    "Metformin is strongly recommended as first-line therapy.",
    "Avoid codeine unless nothing else helps.",
    "Rest helps. 😀 مرحبا",
]
EXPECTED = [
    [
        ("STRENGTH", "strong", "strongly recommended"),
        ("DIRECTION", "for", "recommended"),
        ("DIRECTION", "for", "first-line"),
        ("LINE", "first", "first-line"),
    ],
    [("DIRECTION", "against", "Avoid"), ("CLAUSE", "condition", "unless"), ("ROLE", "conditional", "unless")],
    [],
]


def flat(doc: Doc) -> list[tuple[str, str, str]]:
    return [(s.label_, s.kb_id_, s.text) for s in doc.spans["cues"]]


def test_spans() -> None:
    nlp = spacy.blank("en")
    nlp.add_pipe("evidence_cues", config={"spans_key": "cues"})
    assert [flat(doc) for doc in nlp.pipe(TEXTS)] == EXPECTED


def test_saved_and_loaded(tmp_path: Path) -> None:
    make_pipeline().to_disk(tmp_path)
    assert [flat(doc) for doc in spacy.load(tmp_path).pipe(TEXTS)] == EXPECTED


@pytest.mark.slow
def test_two_processes() -> None:
    nlp = spacy.blank("en")
    nlp.add_pipe("evidence_cues")
    assert [flat(doc) for doc in nlp.pipe(TEXTS, n_process=2)] == EXPECTED
