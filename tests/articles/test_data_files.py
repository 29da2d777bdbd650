"""Every pattern of the room finds and leaves what its entry says; broken entries are told with their place."""

from __future__ import annotations

import re

import pytest

from pipeline.articles import ArticleError, data_files
from pipeline.articles.data_files import compiled, load

TABLES = [
    (name, key, entry)
    for name, key in [
        ("furniture.toml", "line"),
        ("headings.toml", "announces"),
        ("headings.toml", "part"),
        ("headings.toml", "role"),
        ("headings.toml", "graded"),
        ("elements.toml", "token"),
        ("elements.toml", "table_head"),
        ("elements.toml", "table_corner"),
        ("elements.toml", "elsewhere"),
        ("dates.toml", "label"),
    ]
    for entry in load(name)[key]
]
WHOLE = {"line", "role", "graded", "token", "table_head", "table_corner", "elsewhere", "label"}


@pytest.mark.parametrize(("name", "key", "entry"), TABLES, ids=[f"{n}:{e['id']}" for n, _, e in TABLES])
def test_an_entry_finds_and_leaves_its_examples(name: str, key: str, entry: dict) -> None:
    pattern = compiled(name, entry["id"], entry["pattern"])
    fits = pattern.fullmatch if key in WHOLE else pattern.search
    assert entry["finds"], "an entry needs an example"
    assert [line for line in entry["finds"] if not fits(line)] == []
    assert [line for line in entry.get("leaves", []) if fits(line)] == []
    assert key == "label" or entry["leaves"], "an entry needs a line that it leaves"


@pytest.mark.parametrize("entry", load("publisher.toml")["words"], ids=lambda e: e["id"])
def test_a_publisher_pattern_finds_the_name(entry: dict) -> None:
    got = [
        [text, found["name"].strip()]
        for text, _ in entry["finds"]
        if (found := re.search(entry["pattern"], text))
    ]
    assert got == entry["finds"]


def test_ids_are_unique() -> None:
    for name, key in {(n, k) for n, k, _ in TABLES}:
        ids = [entry["id"] for entry in load(name)[key]]
        assert sorted(set(ids)) == sorted(ids)


def test_a_broken_pattern_names_its_file_and_entry() -> None:
    with pytest.raises(ArticleError, match=r"furniture\.toml, line share") as caught:
        compiled("furniture.toml", "line share", "(unclosed")
    assert caught.value.code == "E-ARTICLE-5"


def test_a_word_list_with_a_number_in_it_is_refused(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(data_files, "load", lambda name: {"small": ["a", 3]})
    with pytest.raises(ArticleError, match="key small"):
        data_files.word_set("headings.toml", "small")
