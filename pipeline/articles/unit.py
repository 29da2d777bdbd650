"""The form between the two readers (text, HTML) and the article: one unit per visible block."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

UnitKind = Literal["heading", "paragraph", "item", "row", "caption"]


@dataclass(slots=True)
class UnitCell:
    """A table cell: its words and its column's head. `spans` is how many rows above its words stand (rowspan)."""

    text: str
    header: str = ""
    above: int = 0
    same: bool = False


@dataclass(slots=True)
class Unit:
    """One visible block on its way into an article. Private to this room; changed in place while reading.

    `depth` of an item counts the items around it; of any other unit, the items that it stands inside (0: none).
    `rank` is the level that the source shows for a heading (1-6, 7 for a bold line), None where it shows none.
    `indent`, `gap` (a blank line before) are what plain text shows; `fresh` marks the first item of
    a list that the source shows as a new one; `typed` an item whose mark a page has among its words; `term` one that a page
    defines or divides by what follows (<dt>).
    """

    kind: UnitKind
    text: str
    depth: int = 0
    rank: int | None = None
    marker: str = ""
    indent: int = 0
    gap: bool = True
    fresh: bool = False
    cells: tuple[UnitCell, ...] = ()
    table: int = 0
    url: str | None = None
    bold: bool = False
    typed: bool = False
    term: bool = False
