"""Every pattern finds what its examples mark, and leaves what they say it leaves; bad files are refused."""

from __future__ import annotations

import json
import pickle

import pytest

from pipeline.claims.cues.matcher import CueMatcher, default_matcher
from pipeline.claims.cues.words import plain, split_words
from pipeline.claims.errors import PatternError
from pipeline.claims.pattern_files import Pattern, load_patterns, parse_patterns

PATTERNS = load_patterns()


def unmark(sentence: str) -> tuple[str, list[tuple[int, int]]]:
    spans, text = [], ""
    while "[[" in sentence:
        before, rest = sentence.split("[[", 1)
        words, sentence = rest.split("]]", 1)
        text += before
        spans.append((len(text), len(text) + len(words)))
        text += words
    return text + sentence, spans


def found(pattern: Pattern, text: str) -> list[tuple[int, int]]:
    return [
        (c.start, c.end) for c in default_matcher().find(*split_words(plain(text))) if c.rule == pattern.id
    ]


@pytest.mark.parametrize("pattern", PATTERNS, ids=lambda p: p.id)
def test_examples(pattern: Pattern) -> None:
    for sentence in pattern.finds:
        text, spans = unmark(sentence)
        assert found(pattern, text) == spans, sentence
    for sentence in pattern.leaves:
        assert found(pattern, sentence) == [], sentence


GOOD = {
    "id": "x.y",
    "label": "LINE",
    "value": "first",
    "pattern": [{"LOWER": "first"}, {"LOWER": {"IN": ["line", "choice"]}, "OP": "?"}],
    "finds": ["A [[first line]]."],
    "leaves": ["Nothing."],
}


@pytest.mark.parametrize(
    ("change", "field"),
    [
        ({"id": ""}, "id"),
        ({"id": 7}, "id"),
        ({"label": "LINES"}, "label"),
        ({"value": 1}, "value"),
        ({"pattern": ""}, "pattern"),
        ({"pattern": 3}, "pattern"),
        ({"pattern": []}, "pattern"),
        ({"pattern": [{"LOWER": "Upper"}]}, "pattern"),
        ({"pattern": [{"LEMMA": "be"}]}, "pattern"),
        ({"pattern": [{"LOWER": "a", "OP": "+"}]}, "pattern"),
        ({"pattern": [{"LOWER": {"IN": []}}]}, "pattern"),
        ({"pattern": [{"LOWER": "a", "OP": "?"}]}, "pattern"),
        ({"pattern": [{}, {"LOWER": "a"}]}, "pattern"),
        ({"pattern": ["a"]}, "pattern"),
        ({"finds": []}, "finds"),
        ({"finds": ["no mark"]}, "finds"),
        ({"leaves": ["a [[mark]]"]}, "leaves"),
        ({"leaves": "a string"}, "leaves"),
        ({"attrs": ["a"]}, "attrs"),
        ({"attrs": {"side": "left"}}, "attrs"),
        ({"colour": "red"}, "colour"),
    ],
)
def test_a_bad_line_names_file_line_and_field(change: dict[str, object], field: str) -> None:
    text = json.dumps(GOOD) + "\n\n" + json.dumps({**GOOD, "id": "x.z", **change})
    with pytest.raises(PatternError) as caught:
        parse_patterns("line.jsonl", text)
    assert (caught.value.code, caught.value.where) == ("E-PATTERN-2", "line.jsonl line 3")
    assert caught.value.what.startswith(f"{field}:")
    assert str(pickle.loads(pickle.dumps(caught.value))) == str(caught.value)


@pytest.mark.parametrize("line", ["{", "[]", '"text"'])
def test_what_is_no_json_object_is_refused(line: str) -> None:
    with pytest.raises(PatternError) as caught:
        parse_patterns("line.jsonl", line)
    assert (caught.value.code, caught.value.where) == ("E-PATTERN-1", "line.jsonl line 1")


def test_one_line_adds_a_phrase() -> None:
    line = json.dumps({**GOOD, "pattern": "anchor drug", "finds": ["An [[anchor drug]]."]})
    matcher = CueMatcher(parse_patterns("line.jsonl", line))
    cues = matcher.find(*split_words("Methotrexate is the anchor-drug here."))
    assert [(c.value, c.start, c.end) for c in cues] == [("first", 20, 31)]


def test_ids_say_their_family() -> None:
    assert {p.id for p in PATTERNS if "." not in p.id} == set()
    assert len({p.id for p in PATTERNS}) == len(PATTERNS)
