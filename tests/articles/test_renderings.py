"""One article, one structure: the same tree, text and blocks from every rendering; no word lost or doubled."""

from __future__ import annotations

import re
import sys
from collections.abc import Callable
from pathlib import Path

from hypothesis import given, settings

from pipeline.model import Article

sys.path.insert(0, str(Path(__file__).parent))

from article_trees import Item, ItemList, Para, Tree, as_html, as_text, trees

BULLETS = {"-": "•", "*": "•", "–": "•"}


def structure(article: Article) -> tuple[object, ...]:
    sections = [(s.heading, s.level, s.parent, s.path, s.role) for s in article.sections]
    blocks = [
        (
            b.kind,
            b.start,
            b.end,
            b.section,
            b.depth,
            BULLETS.get(b.marker, b.marker),
            b.parent,
            b.lead_in,
            b.list_id,
        )
        for b in article.blocks
    ]
    return article.title, article.text, sections, blocks


def expected_outline(tree: Tree) -> list[tuple[str, str, int]]:
    rows = [("heading", tree.title, 0)]

    def items(some: tuple[Item, ...], depth: int) -> None:
        for item in some:
            rows.append(("item", item.text, depth))
            items(item.children, depth + 1)

    for part in tree.parts:
        rows.append(("heading", part.heading, part.level))
        for block in part.content:
            if isinstance(block, Para):
                rows.append(("paragraph", block.text, 0))
            elif isinstance(block, ItemList):
                items(block.items, 0)
    return rows


@given(tree=trees())
@settings(max_examples=150, deadline=None)
def test_every_rendering_gives_one_structure(read: Callable[..., Article], tree: Tree) -> None:
    page = read(as_html(tree), "page.html")
    got = [
        (b.kind, page.words(b), page.sections[b.section].level if b.kind == "heading" else b.depth)
        for b in page.blocks
    ]
    assert got == expected_outline(tree)
    want = structure(page)
    assert structure(read(as_html(tree, loose=True, sup=True), "page.html")) == want
    assert structure(read(as_text(tree))) == want
    assert structure(read(as_text(tree, bullet="-", base=0, blank=False))) == want
    assert structure(read(as_text(tree, bullet="*", base=0, step=4))) == want
    assert structure(read(as_text(tree, bullet="–", base=3, blank=False).replace("\n", "\r\n"))) == want


@given(tree=trees())
@settings(max_examples=60, deadline=None)
def test_hard_wrapped_lines_give_the_same_structure(read: Callable[..., Article], tree: Tree) -> None:
    assert structure(read(as_text(tree, wrap=64))) == structure(read(as_text(tree)))


@given(tree=trees())
@settings(max_examples=60, deadline=None)
def test_every_word_is_in_one_block_with_exact_offsets(read: Callable[..., Article], tree: Tree) -> None:
    text = as_text(tree, bullet="•")
    article = read(text)
    told = " ".join(article.words(block) for block in article.blocks)
    marks = re.compile(r"^\s*(?:•|\d+\.) ", re.MULTILINE)
    assert told.split() == marks.sub("", text).split()
    assert article.text == "\n".join(article.words(block) for block in article.blocks)
    assert [b.start for b in article.blocks[1:]] == [b.end + 1 for b in article.blocks[:-1]]
    for section in article.sections:
        assert article.words(section) == section.heading
