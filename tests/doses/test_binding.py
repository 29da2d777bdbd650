"""Each dose with the drugs it holds for; the drugs are marked in the sentence as `{drug}` or `{c:class}`."""

import re

import pytest
from dose_cases import CASES, CaseError

from pipeline.claims.doses import bind_doses

MARK = re.compile(r"\{(c:)?([^{}]+)\}")


def read(line):
    marked, expected = line.split("|")
    text, drugs, at = "", [], 0
    for mark in MARK.finditer(marked):
        text += marked[at : mark.start()]
        drugs.append((len(text), len(text) + len(mark[2]), "DRUG_CLASS" if mark[1] else "DRUG"))
        text += mark[2]
        at = mark.end()
    text += marked[at:]
    if not drugs or "{" in text or "}" in text:
        raise CaseError(f"no drug, or a broken mark: {line}")
    return text, drugs, [tuple(e.split("+")) if e.strip() else () for e in expected.split(" ; ")]


TABLE = [read(line) for line in (CASES / "bindings.txt").read_text(encoding="utf-8").splitlines()]


def bound(nlp, text, drugs):
    doc = nlp.make_doc(text)
    doc.spans["drugs"] = [doc.char_span(s, e, label=label, alignment_mode="expand") for s, e, label in drugs]
    doc = nlp.get_pipe("evidence_doses")(doc)
    return [tuple(doc.spans["drugs"][k].text for k in ks) for ks in bind_doses(doc)]


@pytest.mark.parametrize(("text", "drugs", "expected"), TABLE, ids=[t[0][:50] for t in TABLE])
def test_binding(nlp, text, drugs, expected):
    assert bound(nlp, text, drugs) == expected


def test_a_dose_without_a_drug_is_bound_to_none(nlp):
    assert bind_doses(nlp("Start at 5 mg daily.")) == [()]
