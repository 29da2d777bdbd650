"""Texts made from printed pages: heads, feet and numbers of pages go; words that a line's end parted are whole again."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from pipeline.articles.printed import Words, join_pages
from pipeline.model import Article


@pytest.mark.parametrize(
    ("pages", "text", "left_out"),
    [
        (
            ["Gout care\n\nUse colchicine.\n\nHarbour Review\n1", "Gout care\n\nUse naproxen.\n\nHarbour Review\n2"],
            "Gout care\n\nUse colchicine.\n\nUse naproxen.",
            ["Gout care", "1", "Harbour Review", "2", "Harbour Review"],
        ),
        (
            ["Harbour Review\n\nWhat helps in gout?\n\nUse colchicine in\n\nPage 1 of 2", "Harbour Review\n\npatients with gout.\n\nPage 2 of 2"],
            "What helps in gout?\n\nUse colchicine in\npatients with gout.",
            ["Harbour Review", "Harbour Review", "Page 1 of 2", "Page 2 of 2"],
        ),
        (["Gout care\n\nUse colchicine in 2\n", "3\n\nflares a year."], "Gout care\n\nUse colchicine in 2\n\n3\n\nflares a year.", []),
        (["Gout care\n\nUse colchicine.\n\n1"], "Gout care\n\nUse colchicine.", ["1"]),
        (
            ["Gout care\n\nUse colchicine.", "Harbour Review          May 2025\n\nUse naproxen."],
            "Gout care\n\nUse colchicine.\n\nUse naproxen.",
            ["Harbour Review May 2025"],
        ),
        (
            ["Gout care\n\nAvoid aspirin.", "Avoid aspirin.\n\nUse naproxen."],
            "Gout care\n\nAvoid aspirin.\n\nAvoid aspirin.\n\nUse naproxen.",
            [],
        ),
        (["Gout care\n\nDrugs:\n• Colchicine", "• Naproxen"], "Gout care\n\nDrugs:\n• Colchicine\n\n• Naproxen", []),
        (["", "\n"], "", []),
    ],
)  # fmt: skip
def test_pages_become_one_text(pages: list[str], text: str, left_out: list[str]) -> None:
    assert join_pages("\f".join(pages) + "\f") == (text, left_out)


@pytest.mark.parametrize(
    ("known", "before", "after", "joined"),
    [
        ("", "Metformin is contraindi-", "cated in acidosis", "Metformin is contraindicated in acidosis"),
        ("", "a strong recommenda-", "tion, low quality", "a strong recommendation, low quality"),
        ("", "second-line and first-", "line drugs", "second-line and first-line drugs"),
        ("", "high-", "dose amoxicillin", "high-dose amoxicillin"),
        ("", "an anti-", "psychotic", "an antipsychotic"),
        ("anti-inflammatory", "an anti-", "inflammatory drug", "an anti-inflammatory drug"),
        ("a thiazide-like diuretic", "thiazide-", "like drugs", "thiazide-like drugs"),
        ("like a thiazide", "thiazide-", "like drugs", "thiazide-like drugs"),
        ("", "carbapenem-", "resistant strains", "carbapenem-resistant strains"),
        ("", "5-", "10 mg daily", "5-10 mg daily"),
        ("", "IL-", "6 inhibitors", "IL-6 inhibitors"),
        ("", "vitamin K-", "dependent factors", "vitamin K-dependent factors"),
        ("", "first-", "and second-line drugs", "first- and second-line drugs"),
        ("", "one drug -", "or two", "one drug - or two"),
    ],
)
def test_words_parted_at_the_end_of_a_line(known: str, before: str, after: str, joined: str) -> None:
    assert Words(known).joined(before, after) == joined


def test_a_printed_text_is_read_as_one(read: Callable[..., Article]) -> None:
    article = read(
        "Gout Care\n\nFirst-Line Therapy\n\n• Colchicine is recom-\nmended in flares\n\n1\n\fGout Care\n\n• Naproxen\n\n2\n\f"
    )
    assert article.text.split("\n") == [
        "Gout Care",
        "First-Line Therapy",
        "Colchicine is recommended in flares",
        "Naproxen",
    ]
