"""Where statements begin and end, and which numbers are citations."""

from __future__ import annotations

import itertools
from collections.abc import Callable
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pipeline.claims.citations import find_citations
from pipeline.claims.statements import cut, sentences

SENTENCES = [
    ("Rest helps. Drink water.", ["Rest helps.", "Drink water."]),
    ("Give 2.5 mg of A vs. 5 mg of B. Stop.", ["Give 2.5 mg of A vs. 5 mg of B.", "Stop."]),
    ("Use opioids (e.g. morphine) sparingly. 1, 2 Then taper.", ["Use opioids (e.g. morphine) sparingly. 1, 2", "Then taper."]),
    ("It works.3-5 It is safe [6, 7]. Use it.", ["It works.3-5", "It is safe [6, 7].", "Use it."]),
    ("Is it safe? Yes! Use it", ["Is it safe? Yes!", "Use it"]),
    ("Can zinc be used? No. Copper can.", ["Can zinc be used? No.", "Copper can."]),
    ("Which metal is it? No one knows.", ["Which metal is it?", "No one knows."]),
    ("Is it zinc? A: No. Some are.", ["Is it zinc? A: No.", "Some are."]),
    ("Sample No. 5 was zinc.", ["Sample No. 5 was zinc."]),
    ("Approx. 5 mg i.v. daily", ["Approx. 5 mg i.v. daily"]),
    ("", []),
]  # fmt: skip


@pytest.mark.parametrize(("text", "expected"), SENTENCES)
def test_sentences(text: str, expected: list[str]) -> None:
    assert [text[s:e] for s, e in sentences(text)] == expected


CITATIONS = [
    ("Options are listed 1, 2:", (1, 2)),
    ("Dosing: 2-3 mg/kg/day 3", (3,)),
    ("for 3 days 1", (1,)),
    ("risk of falls 4, 1", (4, 1)),
    ("It helps [4-6].", (4, 5, 6)),
    ("It helps.7,8", (7, 8)),
    ("(second-line) 2", (2,)),
    ("for NYHA class 3", ()),
    ("IL-6 inhibitors", ()),
    ("daily for 7 days", ()),
    ("a score of at least 2", ()),
    ("on days 1, 8 and 15", ()),
    ("eGFR <30 mL/min/1.73 m² 1", (1,)),
    ("5 mg twice daily", ()),
]


@pytest.mark.parametrize(("text", "expected"), CITATIONS)
def test_citations(text: str, expected: tuple[int, ...]) -> None:
    found = find_citations(text)
    assert found.numbers == expected
    assert all(any(c.isdigit() for c in text[s:e]) for s, e in found.spans)


@given(st.text(alphabet="aB1. ,;:()[]?\n–é", max_size=80))
def test_sentences_hold_every_word_once(text: str) -> None:
    spans = sentences(text)
    covered = "".join(text[s:e] for s, e in spans)
    assert "".join(covered.split()) == "".join(text.split())
    assert all(a[1] <= b[0] for a, b in itertools.pairwise(spans))


def test_statements_lie_in_their_blocks(article_of: Callable[..., Any]) -> None:
    article = article_of(
        "Gout\n\nUse A. Use B 1, 2.\n\n• Naproxen 3\n• Rest. (Strong recommendation)\n\nLast words."
    )
    statements = cut(article)
    assert [(article.text[s.start : s.end], s.cites) for s in statements] == [
        ("Use A.", ()),
        ("Use B 1, 2.", (1, 2)),
        ("Naproxen 3", (3,)),
        ("Rest. (Strong recommendation)", ()),
        ("Last words.", ()),
    ]
