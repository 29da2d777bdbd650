"""The canonical name behind each way in which articles write a drug, class or disease, in forty fields of medicine."""

from __future__ import annotations

from pathlib import Path

import pytest

CASES = Path(__file__).parent / "cases"


def written(file: str) -> list[tuple[str, str]]:
    """(written, canonical name) of a table; a row without its two cells is an error."""
    lines = [
        x for x in (CASES / file).read_text(encoding="utf-8").splitlines() if x and not x.startswith("#")
    ]
    pairs = [(form, line.split("\t")[0]) for line in lines[1:] for form in line.split("\t", 1)[1].split("|")]
    if lines[0] != "name\twritten" or len(pairs) < 700:
        raise ValueError(f"{file}: not the table that was expected")
    return pairs


@pytest.mark.parametrize(
    ("file", "sentence", "sort"),
    [
        ("written_drugs.tsv", "In adults with this, {} is recommended as first-line therapy.", "drugs"),
        ("written_diseases.tsv", "Treatment of {}: give one of these.", "diseases"),
    ],
)
def test_a_written_name_means_its_canonical_one(lexicon, file, sentence, sort):
    find = lexicon.find_drugs if sort == "drugs" else lexicon.find_diseases
    found = [(form, [m.concept.name for m in find(sentence.format(form))]) for form, _ in written(file)]
    assert [f for f, (_, name) in zip(found, written(file), strict=True) if f[1] != [name]] == []
