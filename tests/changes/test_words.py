"""Wording, citations, word marks."""

import itertools

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pipeline.changes import word_diff, wording
from pipeline.changes.words import without_citations

SAME = [
    ("Avoid “NSAIDs” – in gout.", 'avoid "NSAIDs" - in gout', (), ()),
    ("Use heparin 3.", "Use heparin 12, 13.", (3,), (12, 13)),
    ("Use heparin [3].", "Use heparin [12-14].", (3,), (12, 13, 14)),
    ("Use heparin³.", "Use heparin¹².", (3,), (12,)),
    ("Use heparin (3).", "Use heparin.", (3,), ()),
    ("Use heparin\u00a05\u2009mg\u200b.", "Use heparin 5 mg.", (), ()),
]


@pytest.mark.parametrize(("one", "other", "cites", "other_cites"), SAME)
def test_the_same_wording(one, other, cites, other_cites):
    assert wording(one, cites) == wording(other, other_cites)


KEPT = [
    ("Give 2 doses on day 3.", (1, 2), "Give 2 doses on day 3."),
    ("Infuse over 60 min 4, on days 1 and 15.", (4,), "Infuse over 60 min, on days 1 and 15."),
    ("Give 5 mg/m² 2.", (2,), "Give 5 mg/m2."),
    ("At least 3 [of 5] signs.", (), "At least 3 [of 5] signs."),
]


@pytest.mark.parametrize(("quote", "cites", "left"), KEPT)
def test_only_reference_marks_go(quote, cites, left):
    assert without_citations(quote, cites) == left


DIFFS = [
    ("", "", []),
    ("start 5 mg daily", "start 10 mg daily", [("same", "start ", "start "), ("changed", "5", "10"), ("same", " mg daily", " mg daily")]),
    ("0.5-1 mg", "0.5-2 mg", [("same", "0.5-", "0.5-"), ("changed", "1", "2"), ("same", " mg", " mg")]),
    ("is recommended", "is not recommended", [("same", "is", "is"), ("changed", "", " not"), ("same", " recommended", " recommended")]),
    ("a b", "c d", [("changed", "a b", "c d")]),
]  # fmt: skip


@pytest.mark.parametrize(("old", "new", "expected"), DIFFS)
def test_marks_of_words(old, new, expected):
    assert [(s.op, s.old, s.new) for s in word_diff(old, new)] == expected


TEXTS = st.text(alphabet="ab 1.,-é’\n🙂", max_size=40)


@given(TEXTS, TEXTS)
def test_the_parts_make_the_whole(old, new):
    parts = word_diff(old, new)
    assert "".join(s.old for s in parts) == old
    assert "".join(s.new for s in parts) == new
    assert all(s.old == s.new for s in parts if s.op == "same")
    assert all(a.op != b.op for a, b in itertools.pairwise(parts))


@given(TEXTS)
def test_a_text_differs_from_itself_in_nothing(text):
    assert [s.op for s in word_diff(text, text)] == (["same"] if text else [])


def test_two_very_long_texts_are_compared_by_head_and_tail():
    old, new = "Give " + "a b " * 5000 + "daily.", "Give " + "c d " * 5000 + "daily."
    assert [s.op for s in word_diff(old, new)] == ["same", "changed", "same"]
