"""Every value says where it was read; offsets hold for any text; nothing breaks on odd input."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from pipeline.claims import explain, extract_claims
from pipeline.claims.explain import example_of
from pipeline.claims.pattern_files import load_patterns
from pipeline.model import Claim, check_row, row_of

PIECES = [
    "Metformin", "colchicine 0.5 mg daily", "is recommended", "should be avoided", "in", "gout", "type 2 diabetes",
    "first-line", "(Grade 1B)", "\n• ", "\n\n", ". ", ", ", "; ", " but ", "if severe", "plus", "😀", "\u200b", "مرحبا", "1, 2",
    "Treatment of Gout\n\n", "—", "(", ")", "we suggest", "add", "to",
]  # fmt: skip


@settings(max_examples=60, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(pieces=st.lists(st.sampled_from(PIECES), min_size=1, max_size=25))
def test_offsets_and_rows_hold_for_any_text(pieces: list[str], article_of: Callable[..., Any]) -> None:
    article = article_of("Advice\n\n" + " ".join(pieces) + " x")
    claims = extract_claims(article)
    for claim in claims:
        assert article.text[claim.char_start : claim.char_end] == claim.quote
        assert check_row(Claim, row_of(claim)) == []
        for mark in claim.provenance:
            assert mark.start == mark.end == -1 or 0 <= mark.start < mark.end <= len(article.text)
        parts = explain(claim, article.text)
        assert "".join(s.text for s in parts.segments) == claim.quote
    assert len({c.claim_id for c in claims}) == len(claims)
    assert extract_claims(article) == claims


def test_each_part_is_marked(article_of: Callable[..., Any]) -> None:
    article = article_of(
        "Treatment of Gout\n\nWe suggest colchicine 0.5 mg daily as first-line therapy in severe cases (2B)."
    )
    (claim,) = extract_claims(article)
    found = {(m.field, article.text[m.start : m.end]) for m in claim.provenance}
    assert {
        ("drug", "colchicine"),
        ("disease", "Gout"),
        ("direction", "We suggest"),
        ("strength", "2B"),
        ("line", "first-line"),
        ("setting", "severe"),
        ("dose_text", "0.5 mg daily"),
    } <= found


def test_the_explanation_shows_what_came_from_elsewhere(article_of: Callable[..., Any]) -> None:
    article = article_of("Treatment of Gout\n\nColchicine is preferred.")
    (claim,) = extract_claims(article)
    parts = explain(row_of(claim), article.text)
    assert [(s.text, s.fields) for s in parts.segments] == [
        ("Colchicine", ("drug",)),
        (" is ", ()),
        ("preferred", ("direction", "preference")),
        (".", ()),
    ]
    assert [(i.field, i.value, i.words) for i in parts.inherited] == [("disease", "gout", "Gout")]


def test_every_rule_of_a_cue_has_an_example() -> None:
    assert all(example_of(p.id) for p in load_patterns())
    assert example_of("drug.name") is None


@pytest.mark.parametrize(
    ("text", "drugs"),
    [
        ("Gout\n\n" + "colchicine " * 10_000, []),
        (
            "Gout\n\nAvoid " + ", ".join(["colchicine", "naproxen"] * 1_000) + ".",
            ["colchicine", "naproxen"],
        ),
        ("Gout\n\n" + "(" * 5_000 + "colchicine" + ")" * 5_000, []),
        ("Gout\n\nUse colchicine if " + "the pain, or the swelling, " * 3_000 + "persists.", ["colchicine"]),
        (
            "Gout\n\nAvoid " + "colchicine; naproxen (aspirin); " * 500 + "and more.",
            ["colchicine", "naproxen", "aspirin"],
        ),
    ],
    ids=["one word", "long list", "brackets", "long condition", "clauses"],
)
def test_long_sentences(text: str, drugs: list[str], article_of: Callable[..., Any]) -> None:
    article = article_of(text)
    claims = extract_claims(article)
    assert [c.drug for c in claims] == drugs
    assert [article.text[c.char_start : c.char_end] for c in claims] == [c.quote for c in claims]
