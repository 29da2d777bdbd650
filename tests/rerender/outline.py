"""An article that was read, as an outline to be written again, and its words in the ways of different sites."""

from __future__ import annotations

import html
import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass

from pipeline.model import Article

CITES = re.compile(r"\s\[?(\d{1,2}(?:, \d{1,2})*)\]?(?=[.:]?$|\s(?=[A-Z][a-z]))")
_LEAD_WORDS = re.compile(r"([^:.]{3,60}):(?= \S)")


@dataclass(frozen=True)
class Node:
    """One block: `level` of a heading (0: the title) or nesting of anything else."""

    kind: str
    text: str
    level: int = 0
    marker: str = ""
    cells: tuple[str, ...] = ()


@dataclass(frozen=True)
class Outline:
    title: str
    nodes: tuple[Node, ...]


Renderings = dict[str, tuple[Callable[[Outline], str | bytes], str]]
"""By name: what writes an outline, and the name of the file."""


def outline_of(article: Article) -> Outline:
    """The article's blocks as nodes, without the title, its references and disclaimers."""
    nodes = []
    for block in article.blocks[1:] if article.sections[0].heading else article.blocks:
        section = article.sections[block.section]
        if section.role in ("references", "disclaimer"):
            continue
        level = section.level if block.kind == "heading" else block.depth
        if block.kind == "paragraph" and block.parent is not None:
            level += 1
        nodes.append(
            Node(
                block.kind,
                article.words(block),
                level,
                block.marker,
                tuple(article.words(cell) for cell in block.cells),
            )
        )
    return Outline(article.title, tuple(nodes))


def sup(text: str) -> str:
    """HTML with citations raised."""
    return CITES.sub(lambda m: f"<sup>{m[1].replace(', ', ',')}</sup>", html.escape(text, quote=False))


def sup_links(text: str) -> str:
    return CITES.sub(
        lambda m: "<sup>" + ",".join(f'<a href="#ref{n}">{n}</a>' for n in m[1].split(", ")) + "</sup>",
        html.escape(text, quote=False),
    )


def noted(
    before: str, each: str, after: str, joint: str = "", *, escaped: bool = True
) -> Callable[[str], str]:
    """Words with every citation in marks of its own."""

    def words(text: str) -> str:
        return CITES.sub(
            lambda m: before + joint.join(each.format(n=n) for n in m[1].split(", ")) + after,
            html.escape(text, quote=False) if escaped else text,
        )

    return words


def bracketed(text: str) -> str:
    return CITES.sub(r" [\1]", text)


def bold_lead(text: str, before: str = "**", after: str = "**", end: str = "") -> str:
    """With the lead word and its colon between marks; `end` closes what the second one opened."""
    if not _LEAD_WORDS.match(text):
        return text
    return _LEAD_WORDS.sub(rf"{before}\1:{after}", text, count=1) + end


def groups(nodes: tuple[Node, ...]) -> Iterator[list[Node]]:
    """Runs that belong together: a whole list with all inside it, a table, else single nodes."""
    run: list[Node] = []
    for node in nodes:
        kind = kind_of(node)
        joins = bool(run) and kind in ("list", "table") and kind == kind_of(run[0]) and node.kind != "caption"
        if joins and not (node.kind == "item" and node.level == 0 and numbered(run[0]) != numbered(node)):
            run.append(node)
            continue
        if run:
            yield run
        run = [node]
    if run:
        yield run


def kind_of(node: Node) -> str:
    if node.kind == "item" or (node.level and node.kind == "paragraph"):
        return "list"
    return "table" if node.kind in ("row", "caption") else node.kind


def numbered(node: Node) -> bool:
    return bool(re.fullmatch(r"\(?\w{1,3}[.)]", node.marker))
