"""Tables to row units: heads of columns, groups of rows, cells that span rows or columns."""

from __future__ import annotations

import re
from functools import cache

from pipeline.articles.data_files import alternatives
from pipeline.articles.unit import Unit, UnitCell

HEAD = "head"  # marker of a row that holds the heads of columns
GROUP = "group"  # marker of a row of one cell over all columns, which names the rows below it
JOINT = " | "  # between the cells of a row in the canonical text
_DIGIT = re.compile(r"\d")


@cache
def head_words() -> re.Pattern[str]:
    """First words of columns whose head is not marked as one."""
    return alternatives("elements.toml", "table_head")


@cache
def corner_words() -> re.Pattern[str]:
    """What stands in the corner of a table whose columns are compared."""
    return alternatives("elements.toml", "table_corner")


def set_heads(units: list[Unit]) -> None:
    """Tells the rows of plain text's tables apart: the row of heads, groups of rows; gives each cell its head.

    A row comes in with its cells' words; `marker` is HEAD where a rule stands below it.
    """
    start = 0
    table = 0
    while start < len(units):
        if units[start].kind != "row":
            start += 1
            continue
        end = start + 1
        while end < len(units) and units[end].kind == "row" and units[end].marker != HEAD:
            end += 1
        table += 1
        rows = units[start:end]
        if rows[0].marker == HEAD or holds_heads([[cell.text for cell in row.cells] for row in rows]):
            rows[0].marker = HEAD
        heads = [cell.text for cell in rows[0].cells] if rows[0].marker == HEAD else []
        for row in rows:
            row.table = table
            words = [cell.text for cell in row.cells]
            row.text = JOINT.join(word for word in words if word)
            row.cells = tuple(
                UnitCell(word, heads[column] if column < len(heads) else "")
                for column, word in enumerate(words)
            )
            if row.marker != HEAD and len(words) > 1 and words[0] and not any(words[1:]):
                row.marker = GROUP
        start = end


def holds_heads(rows: list[list[str]]) -> bool:
    """Whether the first of these rows of words holds heads: by its words, or without the figures that stand below it.

    >>> holds_heads([["Symptom", "Treatment"], ["Spasticity", "Baclofen"]]), holds_heads([["Pain", "Rest"], ["Gout", "Ice"]])
    (True, False)
    >>> holds_heads([["", "Apixaban", "Warfarin"], ["Line", "First", "Second"], ["Avoid in", "Cirrhosis", "Pregnancy"]])
    True
    """
    if _has_corner(rows):
        return True
    words = [word for word in rows[0] if word]
    if len(rows) < 2 or len(words) < 2:
        return False
    if 2 * sum(head_words().fullmatch(word) is not None for word in words) >= len(words):
        return True
    below = [any(_DIGIT.search(word) for word in row[1:]) for row in rows[1:]]
    return not any(_DIGIT.search(word) for word in words) and 2 * sum(below) > len(below)


def _has_corner(rows: list[list[str]]) -> bool:
    """Whether the first row leaves its corner empty ("", "Feature"), where the rows below say what they tell of each column."""
    corner, *heads = rows[0] or [""]
    below = [row for row in rows[1:] if len(row) > 1]  # a row of one cell names those below it
    return (
        (not corner or corner_words().fullmatch(corner) is not None)
        and len(heads) > 1
        and all(heads)
        and bool(below)
        and all(len(row) == len(rows[0]) and row[0] for row in below)
    )
