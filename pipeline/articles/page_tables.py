"""Tables of web pages to row units: marked and unmarked heads, cells over several rows or columns."""

from __future__ import annotations

from itertools import islice

from bs4.element import Tag

from pipeline.articles.elements import visible_text
from pipeline.articles.inline import words_of_cell
from pipeline.articles.lines import list_mark
from pipeline.articles.soup import around, children, elements, first, is_words, text_of
from pipeline.articles.tables import GROUP, HEAD, JOINT, holds_heads
from pipeline.articles.unit import Unit, UnitCell

JUDGED = 30  # rows looked at to know whether the first holds heads
_PARTS = {
    "table": ("caption", "colgroup", "thead", "tbody", "tfoot", "tr"),
    "thead": ("tr",),
    "tbody": ("tr",),
    "tfoot": ("tr",),
    "tr": ("td", "th"),
}
MOST_ITEMS = 200
WIDEST = 1000  # the most that a colspan or rowspan is believed (HTML's own bound for columns), and columns that spans reach
MOST_REACHED = 100_000  # cells of a table to which others reach: where there are more, no span is believed

Hanging = dict[int, tuple[int, int, bool]]
"""Columns to which a cell of a row above reaches: rows left, rows above, whether it is the cell of the column before."""


def is_data(table: Tag) -> bool:
    """Whether a table holds rows of data rather than the page's layout."""
    if table.get("role") in ("presentation", "none") or first(table, ("table", "h1", "h2", "h3")) is not None:
        return False
    rows = list(islice(elements(table, ("tr",)), 200))
    if not rows:
        return False
    widest = max(len(children(row, ("td", "th"))) for row in rows)
    return (widest > 1 or first(table, ("th",)) is not None) and not _has_stray_words(table)


def typed_items(table: Tag) -> list[str]:
    """The items of a table that only sets bullets or numbers beside words, mark and words together; none where it is another."""
    if first(table, ("table",)) is not None:
        return []
    made: list[str] = []
    for row in islice(elements(table, ("tr",)), MOST_ITEMS):
        words = [words_of_cell(cell) for cell in children(row, ("td", "th"))]
        while words and not words[0]:
            del words[0]
        if len(words) != 2 or not words[1] or list_mark(f"{words[0]} x").strip() != words[0]:
            return []
        made.append(f"{words[0]} {words[1]}")
    return [] if _has_blocks(table) else made


def _has_blocks(table: Tag) -> bool:
    """Whether a cell holds more than one block."""
    return any(
        first(cell, ("table", "li")) is not None or len(children(cell, ("p", "div"))) > 1
        for cell in elements(table, ("td", "th"))
    )


def _has_stray_words(table: Tag) -> bool:
    """Whether words stand beside the cells, where no table has a place for them: reading it by cells would lose them."""
    for part in (table, *elements(table, _PARTS)):
        for node in part.contents:
            if isinstance(node, Tag):
                stray = node.name not in _PARTS[part.name] and visible_text(node) != ""
            else:
                stray = is_words(node) and bool(str(node).strip())
            if stray:
                return True
    return False


def read_table(table: Tag, number: int, depth: int) -> list[Unit]:
    """The caption and the rows of a data table, in order."""
    units: list[Unit] = []
    caption = first(table, ("caption",))
    if caption is not None:
        words = words_of_cell(caption)
        if words:
            units.append(Unit("caption", words, depth=depth, table=number))
    rows = [row for row in elements(table, ("tr",)) if around(row, ("table",)) is table]
    head_rows = _head_rows(rows)
    heads: list[str] = []
    hanging: Hanging = {}
    width = reached = 0
    for row_number, row in enumerate(rows):
        is_head = row_number < head_rows
        if reached > MOST_REACHED:
            hanging.clear()
        cells, spans = _row(row, hanging, spanned=reached <= MOST_REACHED)
        reached += sum(cell.above > 0 or cell.same for cell in cells)
        written = [cell for cell in cells if not cell.above and cell.text]
        if not written:
            continue
        if is_head:
            for column, cell in enumerate(cells):
                while column >= len(heads):
                    heads.append("")
                if cell.text and not cell.above:
                    heads[column] = f"{heads[column]} {cell.text}".strip()
        width = max(width, len(cells))
        for column, cell in enumerate(cells):
            cell.header = heads[column] if column < len(heads) else ""
        own = [cell for cell in cells if not cell.above and not cell.same and cell.text]
        marker = HEAD if is_head else ""
        if not is_head and len(own) == 1 and width > 1 and spans >= width and not any(c.above for c in cells):
            marker = GROUP
        units.append(
            Unit(
                "row",
                JOINT.join(cell.text for cell in own),
                depth=depth,
                marker=marker,
                table=number,
                cells=tuple(cells),
            )
        )
    return units


def _row(row: Tag, hanging: Hanging, *, spanned: bool) -> tuple[list[UnitCell], int]:
    """The cells of a row by column, with those that hang over from rows above; and the widest span. Only where cells may be
    `spanned` do they reach further than their own row and column."""
    cells: list[UnitCell] = []
    widest = 1

    def overhang() -> None:
        while (waiting := hanging.get(len(cells))) is not None:
            left, above, same = waiting
            cells.append(UnitCell("", above=above, same=same))
            column = len(cells) - 1
            if left > 1:
                hanging[column] = (left - 1, above + 1, same)
            else:
                del hanging[column]

    for cell in children(row, ("td", "th")):
        overhang()
        across = min(_span(cell, "colspan"), max(1, WIDEST - len(cells))) if spanned else 1
        down = _span(cell, "rowspan") if spanned else 1
        widest = max(widest, across)
        words = words_of_cell(cell)
        for step in range(across):
            column = len(cells)
            cells.append(UnitCell(words, same=step > 0))
            if down > 1:
                hanging[column] = (down - 1, 1, step > 0)
    overhang()
    return cells, widest


def _span(cell: Tag, name: str) -> int:
    value = str(cell.get(name, "1")).strip()
    return max(1, min(int(value), WIDEST)) if value.isascii() and value.isdigit() else 1


def _head_rows(rows: list[Tag]) -> int:
    """How many rows at the top hold the heads of columns."""
    count = 0
    for row in rows:
        cells = children(row, ("td", "th"))
        in_head = row.parent is not None and row.parent.name == "thead"
        if in_head or (cells and len(cells) > 1 and all(cell.name == "th" for cell in cells)):
            count += 1
        else:
            break
    if count or not rows:
        return count
    if len(rows) < 2:
        return 0
    words = [[words_of_cell(cell) for cell in children(row, ("td", "th"))] for row in rows[:JUDGED]]
    bold = len(words[0]) > 1 and all(
        (strong := first(cell, ("b", "strong"))) is not None
        and text_of(strong).strip() == text_of(cell).strip()
        for cell in children(rows[0], ("td",))
    )
    return int(bold or holds_heads(words))
