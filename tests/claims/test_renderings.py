"""One article, one set of claims: the same rows from every rendering of it, apart from places and headings."""

from __future__ import annotations

import re
from collections import Counter
from functools import cache
from pathlib import Path
from typing import Any

import pytest

from pipeline.claims import extract_claims
from pipeline.evaluation import load_cases
from pipeline.model import Article, row_of
from tests.claims.conftest import read
from tests.rerender import FLAT, RENDERINGS, outline_of

DEV = Path(__file__).parent / "cases" / "articles" / "dev"
IDS = (
    "art-direct-001",
    "art-direct-005",
    "art-guidelines-004",
    "art-more-001",
    "art-more-005",
    "art-plain-001",
)
ELSEWHERE = frozenset(
    [
        "claim_id",
        "article_id",
        "article_version",
        "article_title",
        "article_date",
        "source",
        "url",
        "section",
        "quote",
        "char_start",
        "char_end",
        "provenance",
        "rules_version",
        "cites",
        "drug_text",
        "disease_text",
        "disease_origin",
        "strength_origin",
        "grade_text",
        "drug_code",
        "disease_code",
    ]
)


@cache
def originals() -> tuple[Article, ...]:
    pages = {case.id: case.page() for case in load_cases(DEV)}
    return tuple(
        read(*(pages[i][0], "a.html" if "html" in pages[i][1] else "a.txt", pages[i][1])) for i in IDS
    )


def bare(value: object) -> object:
    """Words as they count: without marks, as other renderings set them."""
    if isinstance(value, str):
        return re.sub(r"\W+", " ", value).strip().lower()
    return tuple(bare(one) for one in value) if isinstance(value, (list, tuple)) else value


def rows(article: Article) -> Counter[tuple[Any, ...]]:
    found = [row_of(claim) for claim in extract_claims(article)]
    return Counter(tuple((k, bare(v)) for k, v in sorted(r.items()) if k not in ELSEWHERE) for r in found)


def words(article: Article) -> list[str]:
    kept = [b for b in article.blocks if article.sections[b.section].role not in ("references", "disclaimer")]
    return re.findall(r"[^\W_]+", " ".join(article.words(block) for block in kept).lower())


@pytest.mark.parametrize("name", RENDERINGS)
def test_every_rendering_gives_the_same_claims(name: str) -> None:
    write, location = RENDERINGS[name]
    for original in originals():
        other = read(write(outline_of(original)), location)
        assert words(other) == words(original)
        if name not in FLAT:
            assert rows(other) == rows(original)


HEADER = """Harbour Street Answers
Read by two physicians before release
Edition of the reading room
Last updated: May 4, 2025

"""


def heads(article: Article) -> Counter[tuple[str, ...]]:
    return Counter((c.drug, c.disease, c.direction, c.strength, c.line) for c in extract_claims(article))


def test_a_title_below_the_header_of_a_page_tells_the_disease_too() -> None:
    write, location = RENDERINGS["text tight"]
    for original in originals():
        other = read(HEADER + write(outline_of(original)), location)
        assert heads(other) == heads(original)


def test_a_page_of_several_diseases_has_no_title_in_its_first_heading() -> None:
    page = """Harbour Street Answers

Management of Asthma

- Inhaled budesonide 400 micrograms daily is recommended.

Management of COPD

- Tiotropium 5 micrograms daily is recommended.

Common Pitfalls

- Avoid propranolol.
"""
    found = {(c.drug, c.disease) for c in extract_claims(read(page, "a.txt"))}
    assert ("budesonide", "asthma") in found
    assert ("propranolol", "asthma") not in found
