"""The cells of one row, found by what stands in them."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Container, Iterable

from pipeline.claims.cues.words import plain
from pipeline.model import Block, Cell


class Cells:
    """The cells of a row whose statement begins at `start`; places are counted from there.

    A cell that spans columns stands once for each of them: the first is the one that holds its words.

    >>> row = Block(kind="row", start=40, end=52, section=0, cells=(
    ...     Cell(start=40, end=44, header="Drug"), Cell(start=47, end=52, header="Dose"), Cell(start=47, end=52, header="Most")))
    >>> cells = Cells(row, 40)
    >>> cells.head_at(2), cells.head_at(5), cells.head_at(7)
    ('Drug', '', 'Dose')
    """

    def __init__(self, block: Block, start: int) -> None:
        own: dict[tuple[int, int], Cell] = {}
        for cell in block.cells:
            if cell.start < cell.end:
                own.setdefault((cell.start - start, cell.end - start), cell)
        self._spans = sorted(own)
        self._starts = [first for first, _ in self._spans]
        self._own = own

    def at(self, place: int) -> Cell | None:
        """The cell in which a place lies."""
        span = self.span_at(place)
        return None if span is None else self._own[span]

    def span_at(self, place: int) -> tuple[int, int] | None:
        """Where the cell in which a place lies begins and ends."""
        k = bisect_right(self._starts, place) - 1
        return self._spans[k] if k >= 0 and place < self._spans[k][1] else None

    def begins_at(self, place: int) -> bool:
        """Whether a cell begins at a place."""
        span = self.span_at(place)
        return span is not None and span[0] == place

    def among(self, place: int, some: Container[tuple[int, int]]) -> bool:
        """Whether a place lies in one of the cells that stand at some `spans_of`."""
        cell = self.at(place)
        return cell is not None and (cell.start, cell.end) in some

    def head_at(self, place: int) -> str:
        """The head of the column in whose cell a place lies, in plain signs; "" where none is."""
        cell = self.at(place)
        return "" if cell is None else plain(cell.header)


def spans_of(cells: Iterable[Cell]) -> frozenset[tuple[int, int]]:
    """Where cells begin and end in the article, however many columns each spans."""
    return frozenset((c.start, c.end) for c in cells)
