"""The lists and tables of `patterns/`: each line once and whole, a bad one told with its place, none that nothing asks for."""

from __future__ import annotations

import pickle
import re
from importlib import resources
from pathlib import Path

import pytest

from pipeline.claims.data_files import parse_phrases, parse_table, phrases, word_list, word_lists
from pipeline.claims.errors import PatternError

ROOM = Path(str(resources.files("pipeline.claims")))
CODE = "\n".join(path.read_text(encoding="utf-8") for path in sorted(ROOM.rglob("*.py")))
COLUMNS = ("word", "list")


@pytest.mark.parametrize(
    ("text", "line"),
    [("", 1), ("fever\n\npain", 2), ("fever\n pain", 2), ("fever\npain ", 2), ("fever\npain\nfever", 3)],
)
def test_a_bad_phrase_is_told_with_its_place(text: str, line: int) -> None:
    with pytest.raises(PatternError) as told:
        parse_phrases("x.txt", text)
    assert (told.value.code, told.value.where) == ("E-PATTERN-4", f"x.txt line {line}")
    assert str(pickle.loads(pickle.dumps(told.value))) == str(told.value)


@pytest.mark.parametrize(
    ("text", "line"),
    [
        ("", 1),
        ("word\nfever", 1),
        ("# only why", 1),
        ("# why\nlist\tword", 2),
        ("word\tlist\nfever", 2),
        ("word\tlist\nfever\tsigns\tmore", 2),
        ("word\tlist\n\tsigns", 2),
        ("word\tlist\nfever\tsigns\n\npain\tsigns", 3),
        ("# why\nword\tlist\nfever\tsigns\nfever\tsigns", 4),
    ],
)
def test_a_bad_row_is_told_with_its_place(text: str, line: int) -> None:
    with pytest.raises(PatternError) as told:
        parse_table("x.tsv", text, COLUMNS)
    assert (told.value.code, told.value.where) == ("E-PATTERN-4", f"x.tsv line {line}")


def test_an_unknown_list_of_words_is_an_error() -> None:
    with pytest.raises(PatternError, match="no list 'nothing'"):
        word_list("nothing")


@pytest.mark.parametrize("path", sorted((ROOM / "patterns").glob("*.txt")), ids=lambda path: path.stem)
def test_every_file_of_phrases_is_whole_and_asked_for(path: Path) -> None:
    assert phrases(path.stem) != ()
    assert f'("{path.stem}")' in CODE


def test_every_list_of_words_is_asked_for() -> None:
    asked = set(re.findall(r"\b(?:word_list|alternatives)\([\"']([\w-]+)[\"']\)", CODE))
    assert set(word_lists()) - asked == set()
