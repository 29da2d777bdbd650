"""Tables in plain text: lines of cells that bars or tabs part."""

from __future__ import annotations

import re
from collections.abc import Sequence
from itertools import groupby

_RULE = re.compile(r"\s*\|?[\s:|+-]*-[\s:|+-]*\|?\s*")
_LIST_MARK = re.compile(r"(?:[^\w\s|]|\(?\w{1,3}[.)])\t")
_FEWEST = 2  # lines of a table with a frame of bars or a rule; others have one more


def table_lines(lines: Sequence[str]) -> dict[int, str]:
    """The lines that are rows of a table, by their index, as `| a | b |`; a row's rule has the empty text.

    Rows are lines that follow each other and have as many cells, parted by tabs, or by bars with white space beside them.

    >>> table_lines(["Doses:", "Drug | Dose", "--- | ---", "Ibuprofen | 400 mg", "Take it with food."])
    {1: '| Drug | Dose |', 2: '', 3: '| Ibuprofen | 400 mg |'}
    """
    found: dict[int, str] = {}
    cells = [_cells(line) for line in lines]
    for (count, sign), run in groupby(range(len(lines)), key=lambda k: (len(cells[k][0]), cells[k][1])):
        rows = list(run)
        if count < _FEWEST or not sign:
            continue
        ruled = any(_RULE.fullmatch(lines[k]) or lines[k].lstrip().startswith("|") for k in rows)
        if sum(not _RULE.fullmatch(lines[k]) for k in rows) < _FEWEST + (not ruled):
            continue
        for k in rows:
            found[k] = "" if _RULE.fullmatch(lines[k]) else f"| {' | '.join(cells[k][0])} |"
    return found


def _cells(line: str) -> tuple[list[str], str]:
    """The cells of a line and the sign that parts them; one cell and "" where nothing does."""
    stripped = line.strip()
    if "\t" in stripped and not _LIST_MARK.match(stripped):
        return [" ".join(cell.split()) for cell in line.lstrip().split("\t")], "\t"
    framed = stripped.startswith("|") and stripped.endswith("|")
    if framed or " | " in stripped or ("|" in stripped and _RULE.fullmatch(stripped)):
        return [" ".join(cell.split()) for cell in stripped.strip("|").split("|")], "|"
    return [stripped], ""
