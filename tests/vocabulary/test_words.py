"""Words keep their exact places whatever stands between them."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pipeline.vocabulary.words import key, words


@pytest.mark.parametrize(
    ("name", "expected"),
    [
        ("Sjögren’s disease", "sjogren disease"),
        ("Sjo\u0308gren's disease", "sjogren disease"),
        ("TNF-α inhibitors", "tnf alpha inhibitors"),
        ("β-blockers", "beta blockers"),
        ("5-ASA", "5 asa"),
        ("myco\u00adpheno\u200blate", "mycophenolate"),
        ("Ménière disease", "meniere disease"),
        ("IgG4\u2011related", "igg4 related"),
        ("İstanbul", "istanbul"),
        ("", ""),
    ],
)
def test_key(name, expected):
    assert key(name) == expected


@pytest.mark.parametrize(
    ("text", "joined"),
    [
        ("beta-blocker", True),
        ("beta blocker", True),
        ("beta‑blocker", True),
        ("Crohn's disease", True),
        ("CROHN'S DISEASE", True),
        ("amoxicillin / clavulanate", True),
        ("St. John", True),
        ("heparin. Warfarin", False),
        ("heparin, warfarin", False),
        ("heparin\nwarfarin", False),
        ("heparin (warfarin", False),
        ("heparin: warfarin", False),
    ],
)
def test_what_may_join_two_words_of_a_name(text, joined):
    assert words(text).joined(0) is joined


@given(st.text())
def test_places_are_exact(text):
    found = words(text)
    spans = list(zip(found.starts, found.ends, strict=True))
    assert [(s, e) for s, e in spans if not (0 <= s < e <= len(text))] == []
    assert spans == sorted(spans)
    assert [key(text[s:e]).replace(" ", "") for s, e in spans] == list(found.norms)
