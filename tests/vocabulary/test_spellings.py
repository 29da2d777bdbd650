"""Names in British spelling, with prefixes joined or apart, and names that a comma or a bracket divides."""

from __future__ import annotations

import pytest

SENTENCES = [
    ("Ranibizumab for [[diabetic macular oedema]].", ["diabetic macular edema"]),
    ("In [[acute limb ischaemia]] give heparin.", ["acute limb ischemia"]),
    ("[[Generalised anxiety disorder]] in adults", ["generalized anxiety disorder"]),
    ("[[Posttraumatic headache]] or [[post-traumatic headache]]", ["post-traumatic headache"] * 2),
    ("[[Hand, foot, and mouth disease]] in a toddler", ["hand, foot, and mouth disease"]),
    ("[[hand, foot and mouth disease]]", ["hand, foot, and mouth disease"]),
    ("Burns of the hand, foot, and mouth", ["burns"]),
    ("Niacin for [[elevated lipoprotein(a)]] is not advised.", ["elevated lipoprotein(a)"]),
    ("An [[elevated Lp(a)]] is common.", ["elevated lipoprotein(a)"]),
    ("[[Sedative, hypnotic, or anxiolytic use disorder]]", ["sedative use disorder"]),
]


@pytest.mark.parametrize(("marked", "names"), SENTENCES, ids=[s for s, _ in SENTENCES])
def test_diseases_however_spelt(lexicon, marked: str, names: list[str]) -> None:
    text = marked.replace("[[", "").replace("]]", "")
    found = lexicon.find_diseases(text)
    assert [m.concept.name for m in found] == names
    if names != ["burns"] and names:
        spans = [part.split("]]")[0] for part in marked.split("[[")[1:]]
        assert [text[m.start : m.end] for m in found] == spans


def test_british_names_of_drugs(lexicon) -> None:
    text = "Give sulphasalazine, local anaesthetics and oestrogens."
    assert [m.concept.name for m in lexicon.find_drugs(text)] == [
        "sulfasalazine",
        "local anesthetics",
        "estrogens",
    ]
