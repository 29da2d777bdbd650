"""Lists that a page types by hand: paragraphs that begin with a bullet or a number, each in an element of its own."""

from __future__ import annotations

import re

from pipeline.articles.lines import list_mark
from pipeline.articles.text_reader import Level, place_item
from pipeline.articles.unit import Unit

_GLUED = re.compile(r"\d{1,2}[.)](?=[A-Z][a-z])")
_SIGN = re.compile(r"[^\w\s()*+‐‑–—-]")


def mark_typed_lists(units: list[Unit]) -> None:
    """Makes items of paragraphs with typed marks, in place, nested by their indent and the sort of their marks.

    A bullet sign makes an item by itself; a dash or number only beside another mark.
    """
    marks = [_mark(unit.text) if unit.kind == "paragraph" and not unit.depth else "" for unit in units]
    levels: list[Level] = []
    for index, unit in enumerate(units):
        mark = marks[index]
        if not mark or not (
            _SIGN.match(mark) or any(marks[max(index - 1, 0) : index] + marks[index + 1 : index + 2])
        ):
            if unit.kind != "item":
                levels = []
            continue
        unit.kind, unit.typed = "item", True
        unit.marker, unit.text = mark.strip(), unit.text[len(mark) :]
        place_item(unit, levels)


def _mark(text: str) -> str:
    """The mark at the beginning of a paragraph; in an element of its own, a number may touch the words."""
    glued = _GLUED.match(text)
    return glued.group() if glued is not None else list_mark(text)
