"""Whole articles of our own writing against outlines kept beside them.

`UPDATE_GOLDENS=1 python -m pytest tests/articles/test_golden.py` writes the outlines anew; read the difference.
"""

from __future__ import annotations

import os
from collections.abc import Callable
from pathlib import Path

import pytest

from pipeline.model import Article

FOLDER = Path(__file__).parent / "golden"
ARTICLES = sorted(path for path in FOLDER.iterdir() if path.suffix != ".outline")
UPDATE = os.environ.get("UPDATE_GOLDENS") == "1"


def _whole(article: Article, outline: Callable[[Article], list[str]]) -> str:
    lines = [
        f"id: {article.article_id}",
        f"title: {article.title}",
        f"date: {article.date}",
        f"source: {article.source}",
        f"url: {article.url}",
        f"language: {article.language}",
        *(f"warning: {one}" for one in article.warnings),
        *(f"furniture: {one}" for one in article.furniture),
        *(f"reference: {one.number} {one.text} <{one.url}>" for one in article.references),
        *(f"section: {section.role}: {' > '.join(section.path)}" for section in article.sections[1:]),
        "",
        *outline(article),
    ]
    cells = [
        f"cells: {' ; '.join(f'{cell.header}={article.words(cell)}' for cell in block.cells)}"
        for block in article.blocks
        if block.cells
    ]
    return "\n".join([*lines, "", *cells]).strip() + "\n"


@pytest.mark.parametrize("path", ARTICLES, ids=lambda path: path.name)
def test_an_article_has_its_outline(
    path: Path, read: Callable[..., Article], outline: Callable[[Article], list[str]]
) -> None:
    url = "https://northfield.example/a/b" if path.suffix == ".html" else None
    got = _whole(read(path.read_bytes(), path.name, url=url), outline)
    kept = path.with_suffix(path.suffix + ".outline")
    if UPDATE:
        kept.write_text(got, encoding="utf-8")
    assert got == kept.read_text(encoding="utf-8")


def test_the_switch_is_off() -> None:
    assert not UPDATE, "goldens were rewritten: look at the difference, then run again without UPDATE_GOLDENS"
