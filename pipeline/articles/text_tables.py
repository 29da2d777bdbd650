"""Tables in plain text: lines of cells that bars, tabs or wide gaps part."""

from __future__ import annotations

import re
from collections.abc import Sequence

LONGEST = 60  # code points of a cell in a column made with spaces
_RULE = re.compile(r"[|+]?(?:\s*:?[-=]+:?\s*[|+])+(?:\s*:?[-=]+:?\s*)?")
_MARK = re.compile(r"[^\w\s]|o|\(?\w{1,3}[.)]")  # of a list item, before a tab
_GAPS = re.compile(r"\s{3,}")

Cells = tuple[str, ...]
_Run = list[tuple[int, str, Cells | None]]


def table_lines(lines: Sequence[str]) -> dict[int, Cells | None]:
    """The lines of a text that are rows, with their cells; None for a rule between rows.

    Rows are lines one after another with as many cells, parted by bars, tabs, or wide gaps.

    >>> table_lines(["Doses:", "Drug | Dose", "--- | ---", "Ibuprofen | 400 mg", "Take it with food."])
    {1: ('Drug', 'Dose'), 2: None, 3: ('Ibuprofen', '400 mg')}
    """
    found: dict[int, Cells | None] = {}
    run: _Run = []
    width = 0  # of the run's rows; 0 where there are but rules
    for index, line in enumerate([*lines, ""]):
        bare = line.lstrip().rstrip(" \r")
        kind, cells = _split(bare, run[-1][1] if run else "")
        if run and (kind != run[-1][1] or (cells is not None and width not in (0, len(cells)))):
            _close(run, found, framed=any(lines[k].lstrip().startswith("|") for k, _, _ in run))
            run, width = [], 0
        if kind:
            run.append((index, kind, cells))
            width = len(cells) if cells is not None else width
    return found


def _split(bare: str, running: str) -> tuple[str, Cells | None]:
    """The sort of a row that a line could be, and its cells."""
    if "|" in bare:
        if _RULE.fullmatch(bare):
            return "bar", None
        framed = bare[0] == "|" and (bare[-1] == "|" or running == "bar")
        if framed or running == "bar" or " | " in bare:
            inner = bare.removeprefix("|").removesuffix("|") if framed else bare
            return "bar", tuple(" ".join(cell.split()) for cell in inner.split("|"))
    elif bare[:1] == "+" and _RULE.fullmatch(bare):
        return "bar", None
    if "\t" in bare:
        cells = tuple(" ".join(cell.split()) for cell in bare.split("\t"))
        return ("", None) if _MARK.fullmatch(cells[0]) else ("tab", cells)
    if "   " in bare:
        cells = tuple(_GAPS.split(bare))
        if all(0 < len(cell) <= LONGEST for cell in cells) and cells[0][0].isalpha():
            return "gap", cells
    return "", None


def _close(run: _Run, found: dict[int, Cells | None], *, framed: bool) -> None:
    """Takes the lines of a run for rows where there are enough: one with a rule, two in a frame, else three."""
    rows = sum(cells is not None for _, _, cells in run)
    if not any(sum(map(bool, cells)) > 1 for _, _, cells in run if cells is not None):
        return
    least = 1 if rows < len(run) else 2 if framed else 3
    if rows >= least:
        found.update({index: cells for index, _, cells in run})
