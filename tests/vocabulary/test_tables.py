"""The data files fit their schema and each other."""

from __future__ import annotations

import pytest

from pipeline.vocabulary.errors import VocabularyError
from pipeline.vocabulary.tables import SCHEMAS, data_folder, parts, read_rows, table


def test_every_data_file_has_a_schema_and_the_reverse():
    assert {f.name for f in data_folder().iterdir() if f.name.endswith(".tsv")} == set(SCHEMAS)


@pytest.mark.parametrize("name", sorted(SCHEMAS))
def test_the_rows_fit_and_none_stands_twice(name):
    rows = table(name)
    assert rows
    seen = [tuple(r.values()) for r in rows]
    assert [r for r in seen if seen.count(r) > 1] == []


@pytest.mark.parametrize("name", ["drugs.tsv", "classes.tsv", "procedures.tsv", "diseases.tsv"])
def test_a_canonical_name_stands_once(name):
    names = [r["name"] for r in table(name)]
    assert [n for n in names if names.count(n) > 1] == []


@pytest.mark.parametrize(
    ("text", "message"),
    [
        ("a\tb\n1\n", "E-VOCABULARY-1"),
        ("a\tc\n1\t2\n", "the columns are"),
        ("a\tb\n1\t2\t3\n", "3 cells for 2 columns"),
        ("# only a comment\n", "no header line"),
    ],
)
def test_a_row_that_does_not_fit_names_file_and_line(text, message):
    with pytest.raises(VocabularyError, match=message) as caught:
        list(read_rows("x.tsv", text, ("a", "b")))
    assert caught.value.where.startswith("x.tsv, line ")


def test_members_of_classes_are_known(lexicon):
    classes = {r["name"].lower() for r in table("classes.tsv")}
    drugs = {e[0] for e in lexicon.index["entries"]}
    wrong = [
        (r["name"], m)
        for r in table("classes.tsv")
        for m in parts(r["members"])
        if m.lower() not in drugs | classes
    ]
    assert wrong == []


def test_abbreviations_lead_to_canonical_names(lexicon):
    wrong = []
    for row in table("abbreviations.tsv"):
        known = lexicon.disease(row["name"]) if row["kind"] == "disease" else lexicon.drug(row["name"])
        if known is None or known.name.lower() != row["name"].lower() or known.kind != row["kind"]:
            wrong.append((row["form"], row["name"], known))
    assert wrong == []


def test_parents_are_canonical_names(lexicon):
    names = {r["name"] for r in table("diseases.tsv")} | {r["name"] for r in table("composites.tsv")}
    loose = {p for r in table("diseases.tsv") for p in parts(r["parents"])} - names
    called = {p: known.name if (known := lexicon.disease(p)) else "" for p in loose}
    assert {p: name for p, name in called.items() if name != p} == {}


def test_there_are_classes_enough():
    assert len(table("classes.tsv")) >= 150
