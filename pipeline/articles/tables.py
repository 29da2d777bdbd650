"""Tables to row units: heads of columns, cells that span rows or columns."""

from __future__ import annotations

from pipeline.articles.unit import Unit, UnitCell

HEAD = "head"  # marker of a row that holds the heads of columns
GROUP = "group"  # marker of a row of one cell over all columns, which names the rows below it
JOINT = " | "  # between the cells of a row in the canonical text


def pipe_table(units: list[Unit]) -> list[Unit]:
    """Gives Markdown rows (`| a | b |`) their cells; the first row of each run holds the heads."""
    heads: list[str] = []
    table = 0
    inside = False
    for unit in units:
        if unit.kind != "row":
            inside = False
            continue
        words = [cell.strip() for cell in unit.text.strip("|").split("|")]
        if not inside:
            table += 1
            heads, inside, unit.marker = words, True, HEAD
        unit.table = table
        unit.text = JOINT.join(word for word in words if word)
        unit.cells = tuple(
            UnitCell(word, heads[column] if column < len(heads) else "") for column, word in enumerate(words)
        )
    return units
