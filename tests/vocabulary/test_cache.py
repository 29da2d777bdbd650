"""The compiled vocabulary is kept on disk where that is possible, and made again where not."""

from __future__ import annotations

import marshal
import os
import time

import pytest

from pipeline.vocabulary import Lexicon, cache
from pipeline.vocabulary.builder import Index
from pipeline.vocabulary.importers.layer import Entry, write_layer

SMALL = {name: {} for name in Index.__annotations__} | {
    "entries": [("a", "ingredient", "")],
    "drugs": {"a": 0},
}
EMPTY = {name: {} for name in Index.__annotations__} | {"entries": []}


@pytest.fixture
def home(tmp_path, monkeypatch):
    monkeypatch.setenv("EVIDENCE_CACHE", str(tmp_path / "cache"))
    return tmp_path / "cache"


def test_made_once_then_read(home):
    calls = []
    make = lambda: calls.append(1) or SMALL  # noqa: E731
    assert [cache.cached("v1", make) for _ in range(3)] == [SMALL] * 3
    assert calls == [1]
    assert [p.suffix for p in home.iterdir()] == [".bin"]


def test_another_version_is_another_file(home):
    cache.cached("v1", lambda: SMALL)
    assert cache.cached("v2", lambda: EMPTY) == EMPTY
    assert len(list(home.iterdir())) == 2


@pytest.mark.parametrize(
    "damage",
    [
        b"",
        b"not marshal",
        b"\xff" * 40,
        b"S",
        b"T",
        b"\0" * 40,
        marshal.dumps({"entries": []}),
        marshal.dumps(SMALL)[:-1],
    ],
)
def test_a_damaged_file_is_made_again(home, damage):
    cache.cached("v1", lambda: SMALL)
    next(home.iterdir()).write_bytes(damage)
    assert cache.cached("v1", lambda: SMALL) == SMALL
    assert cache.cached("v1", lambda: pytest.fail("not kept")) == SMALL


def test_what_a_killed_writer_left_goes_once_it_is_old(home):
    home.mkdir()
    for name, age in {"vocabulary-v1abc.part": 7200, "vocabulary-v2abc.part": 60}.items():
        (home / name).write_bytes(b"half")
        os.utime(home / name, (time.time() - age,) * 2)
    cache.cached("v3", lambda: SMALL)
    assert sorted(p.suffix for p in home.iterdir()) == [".bin", ".part"]
    assert (home / "vocabulary-v2abc.part").exists()


def test_where_nothing_can_be_written_it_is_only_made(tmp_path, monkeypatch):
    (tmp_path / "file").write_text("in the way")
    monkeypatch.setenv("EVIDENCE_CACHE", str(tmp_path / "file"))
    assert cache.cached("v1", lambda: SMALL) == SMALL


def test_the_users_layer_changes_the_version_and_is_found(tmp_path):
    folder = tmp_path / "vocabulary"
    write_layer([Entry("glumotide", "ingredient", "RXNORM:999999", ["Glumora"])], folder, "mine.tsv")
    lexicon = Lexicon.default(folder)
    assert lexicon.version != Lexicon.default().version
    assert [(m.concept.name, m.concept.code) for m in lexicon.find_drugs("Start Glumora 5 mg.")] == [
        ("glumotide", "RXNORM:999999")
    ]
    assert Lexicon.default().find_drugs("Start Glumora 5 mg.") == []
