"""What links and raised elements of a web page say in running words, and the words of a table cell."""

from __future__ import annotations

import re
from collections.abc import Iterator

from bs4.element import Tag

from pipeline.articles.cited import BREAK, NUMBERS, citation, line, raised
from pipeline.articles.elements import tags, verdict
from pipeline.articles.soup import first, is_words, text_of

_ITEM = "\ufdd3"  # the beginning of a list item in a table cell; a noncharacter, as BREAK is
_SIGN = re.compile(r"[^\w\s]{0,2}")
_LINKED = re.compile(rf"\s*{NUMBERS}\s*")


def is_citation_link(tag: Tag, text: str) -> bool:
    """Whether a link is the number of a reference."""
    if not _LINKED.fullmatch(text):
        return False
    href = str(tag.get("href", ""))
    return (
        href.startswith("#")
        or "ref" in href.lower()
        or "cite" in " ".join(map(str, tag.get_attribute_list("class"))).lower()
    )


def is_anchor(tag: Tag) -> bool:
    """Whether a link is but the sign beside a heading by which readers can link to it ("¶")."""
    return str(tag.get("href", "")).startswith("#") and _SIGN.fullmatch(text_of(tag).strip()) is not None


def has_cite_link(tag: Tag) -> bool:
    """Whether a raised element holds a link, as citations do."""
    return first(tag, ("a",)) is not None or bool(
        re.search(r"cit|ref", " ".join(map(str, tag.get_attribute_list("class"))), re.I)
    )


def words_of_cell(cell: Tag) -> str:
    """The words of a table cell on one line; lines of a list in it, and new sentences after a break, part with "; "."""
    text = line([part.replace(_ITEM, BREAK + _ITEM) for part in _parts(cell)])
    pieces = [piece.strip() for piece in text.split(BREAK)]
    made = ""
    for piece in pieces:
        parts = piece.startswith(_ITEM)
        piece = piece.lstrip(_ITEM).strip()
        if not piece:
            continue
        joint = "; " if made and (parts or piece[0].isupper()) and made[-1] not in ".;:,!?" else " "
        made = f"{made}{joint}{piece}" if made else piece
    return made


def _parts(root: Tag) -> Iterator[str]:
    """The words below `root`, citations marked, blocks and breaks as BREAK. Deep trees do no harm."""
    stack = [iter(root.contents)]
    tail = ""
    while stack:
        node = next(stack[-1], None)
        if node is None:
            stack.pop()
            continue
        if is_words(node):
            tail = str(node)
            yield tail
            continue
        if type(node) is not Tag or verdict(node, inside=True) == "unseen":
            continue
        if node.name == "br":
            yield BREAK
        elif node.name == "sup":
            yield raised(text_of(node), tail, cites=has_cite_link(node))
        elif node.name == "a" and tail[-1:].isalpha() and is_citation_link(node, text_of(node)):
            yield citation(text_of(node).strip())
        else:
            if node.name == "li":
                yield _ITEM
            elif node.name in tags("block"):
                yield BREAK
            stack.append(iter(node.contents))
