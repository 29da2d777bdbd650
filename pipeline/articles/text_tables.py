"""Tables in plain text: lines of cells that bars, tabs or wide gaps part."""

from __future__ import annotations

import re
from collections.abc import Sequence

MOST = 200  # lines of a table between long rules
LONGEST = 60  # code points of a cell in a column made with spaces
_RULE = re.compile(r"[|+]?(?:\s*:?[-=]+:?\s*[|+])+(?:\s*:?[-=]+:?\s*)?")
_MARK = re.compile(r"[^\w\s]|o|\(?\w{1,3}[.)]")  # of a list item, before a tab
_RUN = re.compile(r"[-=]+")
_COLUMNS = re.compile(r"\s*(?:-{2,}(?: +-{2,})+|={2,}(?: +={2,})+)\s*")
_LINE = re.compile(
    r"\s*(?:-{3,}(?: +-{2,})*|={3,}(?: +={2,})*)\s*"
)  # of a table of which a line ends the rows
_GAPS = re.compile(r"\s{3,}")

Cells = tuple[str, ...]
_Run = list[tuple[int, str, Cells | None]]


def table_lines(lines: Sequence[str]) -> dict[int, Cells | None]:
    """The lines of a text that are rows, with their cells; None for a rule between rows.

    Rows are lines one after another with as many cells, parted by bars, tabs, or wide gaps.

    >>> table_lines(["Doses:", "Drug | Dose", "--- | ---", "Ibuprofen | 400 mg", "Take it with food."])
    {1: ('Drug', 'Dose'), 2: None, 3: ('Ibuprofen', '400 mg')}
    """
    found = _ruled(lines) if any("-- --" in line or "== ==" in line for line in lines) else {}
    run: _Run = []
    width = 0  # of the run's rows; 0 where there are but rules
    for index, line in enumerate([*lines, ""]):
        bare = line.lstrip().rstrip(" \r") if index not in found else ""
        kind, cells = _split(bare, run[-1][1] if run else "")
        if run and (kind != run[-1][1] or (cells is not None and width not in (0, len(cells)))):
            _close(run, found, framed=any(lines[k].lstrip().startswith("|") for k, _, _ in run))
            run, width = [], 0
        if kind:
            run.append((index, kind, cells))
            width = len(cells) if cells is not None else width
    return found


def _ruled(lines: Sequence[str]) -> dict[int, Cells | None]:
    """The rows of tables whose columns are told by rules of dashes, one for each ("---- ------"), below the heads or around
    them. Between long rules a row may have several lines, and blank lines part the rows.

    >>> _ruled(["Drug     Dose", "-------- ------", "Aspirin  100 mg", "", "Text."])
    {0: ('Drug', 'Dose'), 1: None, 2: ('Aspirin', '100 mg')}
    """
    found: dict[int, Cells | None] = {}
    at = 0
    while at < len(lines):
        if _COLUMNS.fullmatch(lines[at]) is None:
            at += 1
            continue
        starts = [match.start() for match in _RUN.finditer(lines[at])]
        starts[0] = 0
        first = at
        while (
            first
            and lines[first - 1].strip()
            and first - 1 not in found
            and not _LINE.fullmatch(lines[first - 1])
        ):
            first -= 1
        frame = lines[first - 1].strip() if first and _LINE.fullmatch(lines[first - 1]) else ""
        loose = bool(frame) and any(line.strip() == frame for line in lines[at + 1 : at + MOST])
        end = at + 1
        if first == at:  # a rule above the heads
            below = next(
                (n for n in range(at + 1, min(at + 5, len(lines))) if _COLUMNS.fullmatch(lines[n])), at
            )
            found[at] = None
            _take(lines, range(at + 1, below), starts, found)
            end = max(below, at) + 1
        else:
            _take(lines, range(first, at), starts, found)
        found[end - 1] = None
        at = end
        while at < len(lines) and (loose or lines[at].strip()) and not _LINE.fullmatch(lines[at]):
            row = [at]
            while (
                loose
                and row[-1] + 1 < len(lines)
                and lines[row[-1] + 1].strip()
                and not _LINE.fullmatch(lines[row[-1] + 1])
            ):
                row.append(row[-1] + 1)
            _take(lines, row, starts, found)
            at = row[-1] + 1
        if at < len(lines) and _LINE.fullmatch(lines[at]):
            found[at] = None
            at += 1
    return found


def _take(
    lines: Sequence[str], row: Sequence[int], starts: Sequence[int], found: dict[int, Cells | None]
) -> None:
    """One row of some lines: its cells stand at the last of them."""
    ends = [*starts[1:], None]
    for number in row:
        found[number] = None
    if row and any(lines[number].strip() for number in row):
        found[row[-1]] = tuple(
            " ".join(" ".join(lines[number][start:end] for number in row).split())
            for start, end in zip(starts, ends, strict=True)
        )


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
