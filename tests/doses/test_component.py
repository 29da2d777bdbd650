"""The component in a pipeline: spans, extension data, serialisation, several processes."""

import pytest
import spacy

from pipeline.claims.doses import dose_of

TEXT = "Start at 500-1000 mg twice daily, titrating to 1500 mg twice daily."


@pytest.fixture(scope="module")
def nlp():
    nlp = spacy.blank("en")
    nlp.add_pipe("evidence_doses")
    return nlp


def doses(doc):
    return [
        (s.text, s.label_, dose_of(s).dose_low, dose_of(s).dose_high, dose_of(s).dose_role)
        for s in doc.spans["doses"]
    ]


EXPECTED = [
    ("500-1000 mg twice daily", "DOSE", 500, 1000, "start"),
    ("1500 mg twice daily", "DOSE", 1500, 1500, "target"),
]


def test_the_spans_carry_their_doses(nlp):
    assert doses(nlp(TEXT)) == EXPECTED


def test_the_component_survives_the_disk(nlp, tmp_path):
    nlp.to_disk(tmp_path / "pipe")
    assert doses(spacy.load(tmp_path / "pipe")(TEXT)) == EXPECTED


def test_two_processes_give_the_same(nlp):
    assert [doses(d) for d in nlp.pipe([TEXT, "No dose."], n_process=2, batch_size=1)] == [EXPECTED, []]
