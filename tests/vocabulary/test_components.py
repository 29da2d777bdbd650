"""The components work in anyone's pipeline."""

from __future__ import annotations

import spacy
from spacy.tokens import Doc, DocBin

import pipeline.vocabulary.components  # noqa: F401 -- registers the factories

TEXT = "Treat scleroderma-ILD with mycophenolate (1 g) and metoprolol succinate; RTX later."


def make():
    nlp = spacy.blank("en")
    nlp.add_pipe("evidence_drugs")
    nlp.add_pipe("evidence_diseases", config={"spans_key": "ill"})
    return nlp


def flat(doc: Doc):
    drugs, ill = doc.spans["drugs"], doc.spans["ill"]
    return [(s.text, s.label_, s.id_, s.kb_id_) for s in (*drugs, *ill)]


EXPECTED = [
    ("mycophenolate", "DRUG", "mycophenolate mofetil", "RXNORM:68149"),
    ("metoprolol succinate", "DRUG", "metoprolol", "RXNORM:6918"),
    ("RTX", "DRUG", "rituximab", "RXNORM:121191"),
    ("scleroderma-ILD", "DISEASE", "SSc-ILD", ""),
]


def test_spans():
    assert flat(make()(TEXT)) == EXPECTED


def test_a_pipeline_survives_disk(tmp_path):
    make().to_disk(tmp_path / "nlp")
    assert flat(spacy.load(tmp_path / "nlp")(TEXT)) == EXPECTED


def test_two_processes():
    docs = list(make().pipe([TEXT] * 4, n_process=2, batch_size=2))
    assert [flat(d) for d in docs] == [EXPECTED] * 4


def test_local_names_travel_with_the_doc():
    nlp = make()
    doc = nlp.make_doc("Start ZVB now.")
    doc._.local_names = {"ZVB": ["ingredient", "zorvatinib", ""]}
    doc = nlp(doc)
    back = next(iter(DocBin(docs=[doc], store_user_data=True).get_docs(nlp.vocab)))
    assert {form: list(value) for form, value in back._.local_names.items()} == {
        "ZVB": ["ingredient", "zorvatinib", ""]
    }
    assert flat(doc) == [("ZVB", "DRUG", "zorvatinib", "")]
