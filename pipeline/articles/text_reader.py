"""Plain text to units: titles, headings by shape and place, lists nested by indentation."""

from __future__ import annotations

import re
from dataclasses import dataclass

from pipeline.articles.headings import Style, is_compact, is_heading, numbered_heading, style_of
from pipeline.articles.lines import is_markdown, scan
from pipeline.articles.shape import is_connector, outline_number
from pipeline.articles.tables import set_heads
from pipeline.articles.unit import Unit
from pipeline.articles.unmarked import mark_lost_lists

_NUMBER = re.compile(r"\d+")


def read_lines(text: str) -> list[Unit]:
    """The logical lines of a text as units, before headings and lists are told apart."""
    markdown = is_markdown(text)
    units = scan(text, markdown=markdown)
    set_heads(units)
    return units


def arrange(units: list[Unit], *, whole: bool = True) -> None:
    """Tells headings from paragraphs and gives list items their depth, in place. `units` hold no furniture; in a part of
    a text (not `whole`), words that end in a colon only lead in.
    """
    units[:] = inline_bullets(units)
    mark_lost_lists(units, compact=is_compact(units))
    style = style_of(units) if whole else Style(compact=is_compact(units))
    levels: list[Level] = []
    for index, unit in enumerate(units):
        after = units[index + 1] if index + 1 < len(units) else None
        before = units[index - 1] if index else None
        if unit.kind == "item":
            if index in style.numbered or numbered_heading(unit, before, after):
                unit.kind, unit.depth, levels = "heading", 0, []
                continue
            place_item(unit, levels)
        elif unit.kind == "paragraph":
            joins = before is not None and after is not None and before.kind == after.kind == "item"
            if joins and after is not None and is_connector(unit.text):
                while len(levels) > 1 and after.indent < levels[-1].indent:
                    levels.pop()
                unit.kind, unit.depth = "item", max(len(levels) - 1, 0)
                continue
            while levels and unit.indent < levels[-1].indent + 2:
                levels.pop()
            unit.depth = len(levels)
            if unit.rank or (not levels and is_heading(unit, before, after, style)):
                unit.kind, unit.depth, levels = "heading", 0, []
                number = outline_number(unit.text)
                unit.marker, unit.text = number.strip(), unit.text[len(number) :]
        else:
            levels = []


@dataclass(slots=True)
class Level:
    """An open list: its indent, and the sort of its marks."""

    indent: int
    numbered: bool
    mark: str
    number: int


def place_item(unit: Unit, levels: list[Level]) -> None:
    """Gives the item its depth by its indent; at one indent, another sort of mark is a list inside."""
    found = _NUMBER.search(unit.marker)
    numbered = unit.marker[-1:] in ".)"
    number = int(found.group()) if found else 0
    slack = 1 if numbered else 0  # " 9." and "10." stand at one level
    mark = unit.marker if not numbered else "1" if found else "a"
    while levels and unit.indent < levels[-1].indent - slack:
        levels.pop()
    same = [level for level in levels if abs(level.indent - unit.indent) <= slack]
    if same:
        twin = next((level for level in same if level.mark == mark), None)
        if twin is not None:
            del levels[levels.index(twin) + 1 :]
            if numbered and number <= twin.number and number == 1:
                unit.fresh = True
            twin.number = number
        elif numbered and not same[-1].numbered:  # numbers after bullets begin a list of their own
            del levels[levels.index(same[0]) :]
            levels.append(Level(unit.indent, numbered, mark, number))
            unit.fresh = True
        else:
            levels.append(Level(unit.indent, numbered, mark, number))
    else:
        levels.append(Level(unit.indent, numbered, mark, number))
    unit.depth = len(levels) - 1


def inline_bullets(units: list[Unit]) -> list[Unit]:
    """Parts "Options: • A • B • C" on one line into the words before and the items."""
    if not any(unit.text.count(" • ") > 1 for unit in units):
        return units
    made: list[Unit] = []
    for unit in units:
        pieces = unit.text.split(" • ") if unit.kind in ("paragraph", "item") else [unit.text]
        if len(pieces) < 3:
            made.append(unit)
            continue
        inner = unit.indent + 2 if unit.kind == "item" else unit.indent
        unit.text = pieces[0].strip()
        made.append(unit)
        made.extend(
            Unit("item", piece.strip(), depth=unit.depth + (unit.kind == "item"), indent=inner, marker="•")
            for piece in pieces[1:]
            if piece.strip()
        )
    return made
