"""What leaves the readers: an article as structure over one canonical text.

All offsets are code points into `Article.text`. They are made while reading; nothing is
searched for or aligned afterwards.
"""

from __future__ import annotations

import datetime as dt
import hashlib
from dataclasses import dataclass
from typing import Literal

from pipeline.model.errors import EvidenceError
from pipeline.model.frozen import quick

BlockKind = Literal["heading", "paragraph", "item", "row", "caption"]
SectionRole = Literal["body", "guidelines", "research", "references", "disclaimer"]


@dataclass(frozen=True, slots=True, kw_only=True)
class Span:
    """A stretch of the canonical text, `start` inclusive, `end` exclusive."""

    start: int
    end: int


@quick
@dataclass(frozen=True, slots=True, kw_only=True)
class Cell:
    """One cell of a table row; `header` is the text of its column's head ("" where none)."""

    start: int
    end: int
    header: str


@quick
@dataclass(frozen=True, slots=True, kw_only=True)
class Block:
    """One visible unit: a heading, paragraph, list item (its own text, without its children) or table row.

    `text[start:end]` are its words, without the bullet or number, which `marker` keeps.
    `parent` is the index of the list item that an item (or a paragraph inside an item) is
    nested under; `lead_in` the index of the block that introduces the list or table that this block
    belongs to (a paragraph or item directly before it, usually ending in a colon), inherited by
    every item of that list; `section` the index into `Article.sections`. `depth` counts list
    nesting from 0. The title, where it shows, is block 0, a heading of section 0.

    A row's text is its cells joined by " | ". `marker` is "head" for a row of column heads and "group" for a row of
    one cell over all columns; the rows below a group row have it as `parent`. A cell that spans rows keeps the
    place where it is written, in the row above; one that spans columns stands once per column.
    """

    kind: BlockKind
    start: int
    end: int
    section: int
    depth: int = 0
    marker: str = ""
    parent: int | None = None
    lead_in: int | None = None
    list_id: int | None = None
    cells: tuple[Cell, ...] = ()


@quick
@dataclass(frozen=True, slots=True, kw_only=True)
class Section:
    """A heading with what stands under it. Section 0 is the article itself (its title, level 0).

    `path` are the headings from the outermost to this one, the page title left out; `parent` the index of
    the section around it. `level` is 1 for the outermost headings.
    """

    heading: str
    start: int
    end: int
    level: int
    parent: int | None
    path: tuple[str, ...]
    role: SectionRole = "body"


@quick
@dataclass(frozen=True, slots=True, kw_only=True)
class Reference:
    """One entry of the article's own reference list, as printed; `number` where it has one."""

    number: int | None
    text: str
    url: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Article:
    """One version of one article.

    `article_id` names the article over its versions (canonical link, else address, else file stem);
    `version` is the sha256 of `text`. `date` is the article's own "last updated" (None where it states none).
    `warnings` are what was mended while reading (another encoding, no date, cut HTML), for people.
    `furniture` are the visible texts that were left out as page furniture, so that nothing is lost in silence.
    """

    article_id: str
    url: str | None
    source: str
    title: str
    date: dt.date | None
    text: str
    sections: tuple[Section, ...]
    blocks: tuple[Block, ...]
    references: tuple[Reference, ...] = ()
    warnings: tuple[str, ...] = ()
    furniture: tuple[str, ...] = ()
    language: str | None = None

    def __post_init__(self) -> None:
        units: tuple[Block | Section, ...] = (*self.blocks, *self.sections)
        for unit in units:
            if not 0 <= unit.start <= unit.end <= len(self.text):
                raise EvidenceError(
                    "E-ARTICLE-1",
                    f"a block lies outside the text ({unit.start}-{unit.end})",
                    where=self.article_id,
                    do="report this as a bug with the article's bytes",
                )

    @property
    def version(self) -> str:
        """sha256 of the canonical text, in hex."""
        return hashlib.sha256(self.text.encode("utf-8")).hexdigest()

    def words(self, unit: Block | Section | Span | Cell) -> str:
        """The text of a block, section heading, cell or span."""
        return self.text[unit.start : unit.end]
