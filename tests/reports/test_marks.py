"""Marks in quotes: which words are what, and which changed."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pipeline.reports.marks import KINDS, Place, cut, pieces_of

QUOTE = "Avoid naproxen 500 mg in heart failure."


def row(*marks, quote=QUOTE, start=100, **more):
    provenance = [{"field": f, "start": a, "end": b, "rule": "r"} for f, a, b in marks]
    return {"quote": quote, "char_start": start, "provenance": provenance, **more}


CASES = {
    "each its kind": (
        row(("direction", 100, 105), ("drug", 106, 114), ("dose_low", 115, 121), ("disease", 125, 138)),
        ["Avoid:strength", " :", "naproxen:drug", " :", "500 mg:dose", " in :", "heart failure:disease", ".:"],
    ),
    "outside the quote and without words": (row(("drug", 3, 9), ("strength", -1, -1), ("line", 500, 510)), [f"{QUOTE}:"]),
    "over the edge of the quote": (row(("strength", 90, 105)), ["Avoid:strength", " naproxen 500 mg in heart failure.:"]),
    "overlapping: the drug wins": (
        row(("dose_text", 106, 121), ("drug", 106, 114)),
        ["Avoid :", "naproxen:drug", " :", "500 mg:dose", " in heart failure.:"],
    ),
    "a space between two marks is in neither": (
        row(("setting", 122, 138), ("disease", 125, 138)),
        ["Avoid naproxen 500 mg :", "in:situation", " :", "heart failure:disease", ".:"],
    ),
    "as written where no provenance tells": (
        row(drug_text="naproxen", dose_text="500 mg", disease_text="gout"),
        ["Avoid :", "naproxen:drug", " :", "500 mg:dose", " in heart failure.:"],
    ),
    "an unknown field": (row(("claim_id", 100, 105)), [f"{QUOTE}:"]),
}  # fmt: skip


@pytest.mark.parametrize(("given_row", "expected"), CASES.values(), ids=CASES.keys())
def test_pieces(given_row, expected):
    assert [f"{p.words}:{p.kind}" for p in pieces_of(given_row)] == expected


def test_changed_words_and_kinds_together():
    old, new = row(("dose_low", 115, 121)), row(("dose_low", 115, 121), quote=QUOTE.replace("500", "250"))
    assert [(p.words, p.kind, p.changed) for p in pieces_of(new, against=old)] == [
        ("Avoid naproxen ", "", False),
        ("250", "dose", True),
        (" mg", "dose", False),
        (" in heart failure.", "", False),
    ]
    assert [p.words for p in pieces_of(old, against=new, is_new=False) if p.changed] == ["500"]


SPANS = st.tuples(st.integers(-5, 60), st.integers(-5, 60))


@given(
    words=st.text(max_size=50),
    places=st.lists(st.builds(lambda k, s: Place(k, *s), st.sampled_from(KINDS), SPANS), max_size=6),
    changed=st.lists(SPANS, max_size=4),
)
def test_the_pieces_joined_are_the_words(words, places, changed):
    assert "".join(p.words for p in cut(words, places, changed)) == words
