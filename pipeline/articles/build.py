"""Units to an article: one canonical text, blocks and sections with exact offsets."""

from __future__ import annotations

import datetime as dt
import re
from dataclasses import dataclass, field

from pipeline.articles.cited import square_citations
from pipeline.articles.outline import Heading, lay_out, role_of
from pipeline.articles.references import read_references
from pipeline.articles.tables import GROUP, JOINT
from pipeline.articles.unit import Unit
from pipeline.model.article import Article, Block, Cell, Reference, Section

# parent, lead_in, list_id and depth of a block
_Place = tuple[int | None, int | None, int | None, int]
# Pictures before the words of a heading; also the figures in boxes ("1\ufe0f\u20e3").
_PICTURES = re.compile(
    "^(?:[\u2139\u2190-\u21ff\u2300-\u23ff\u2460-\u24ff\u25a0-\u27bf\u2b00-\u2bff\ufe0f\U0001f000-\U0001faff]++\\s*+)++(?=\\w)"
)
_NUMBERED = re.compile(r"\[?\d{1,4}[.)\]]")


@dataclass(slots=True, kw_only=True)
class Draft:
    """All that the readers know of an article, before its offsets are made."""

    article_id: str
    url: str | None
    source: str
    title: str
    title_shown: bool
    date: dt.date | None
    units: list[Unit]
    warnings: list[str] = field(default_factory=list)
    furniture: list[str] = field(default_factory=list)
    language: str | None = None
    notes: list[Unit] = field(default_factory=list)


def cut_references(units: list[Unit]) -> tuple[list[Unit], tuple[Reference, ...]]:
    """Takes the entries of reference lists out of the units; their headings stay."""
    if not any(unit.kind == "heading" and role_of(unit.text) == "references" for unit in units):
        return units, ()
    kept: list[Unit] = []
    entries: list[Unit] = []
    rank: int | None = None
    inside = False
    for index, unit in enumerate(units):
        if unit.kind == "heading" and (not inside or _leaves(units, index, rank)):
            inside = role_of(unit.text) == "references"
            rank = unit.rank
            kept.append(unit)
        else:
            (entries if inside else kept).append(unit)
    return kept, read_references(entries)


def _leaves(units: list[Unit], index: int, rank: int | None) -> bool:
    """Whether the heading at `index` ends the reference list that it stands in."""
    unit = units[index]
    if role_of(unit.text) != "body":
        return True
    if rank is not None and unit.rank is not None:
        return unit.rank <= rank
    after = units[index + 1] if index + 1 < len(units) else None
    before = units[index - 1]
    numbered = before.kind == "item" or _NUMBERED.match(before.text) is not None
    return numbered and after is not None and (after.kind == "item" or len(after.text.split()) >= 12)


def build(draft: Draft) -> Article:
    """Lays out the canonical text. Blocks are joined by newlines; the title, where it shows, is the first block."""
    for unit in draft.units:
        if unit.kind == "heading" and unit.text[0] > "\u2100":
            unit.text = _PICTURES.sub("", unit.text) or unit.text
    square_citations(draft.units)
    units, references = cut_references(draft.units)
    references += read_references(draft.notes)
    headings = [
        Heading(u.text, u.rank, content=i + 1 < len(units) and units[i + 1].kind != "heading")
        for i, u in enumerate(units)
        if u.kind == "heading"
    ]
    lay_out(headings)
    parts: list[str] = []
    blocks: list[Block] = []
    sections: list[Section] = []
    at = 0
    if draft.title_shown:
        parts.append(draft.title)
        at = len(draft.title)
        blocks.append(Block(kind="heading", start=0, end=at, section=0))
        at += 1
    sections.append(
        Section(
            heading=draft.title if draft.title_shown else "",
            start=0,
            end=max(at - 1, 0),
            level=0,
            parent=None,
            path=(),
        )
    )
    lists = _Lists()
    tables = _Tables()
    for unit in units:
        start, end = at, at + len(unit.text)
        parts.append(unit.text)
        at = end + 1
        index = len(blocks)
        if unit.kind == "heading":
            heading = headings[len(sections) - 1]
            parent = 0 if heading.parent is None else heading.parent + 1
            name = unit.text.rstrip(": ") or unit.text
            sections.append(
                Section(
                    heading=name,
                    start=start,
                    end=start + len(name),
                    level=heading.level,
                    parent=parent,
                    path=(*sections[parent].path, name),
                    role=heading.role,
                )
            )
            lists.close()
            blocks.append(
                Block(kind="heading", start=start, end=end, section=len(sections) - 1, marker=unit.marker)
            )
            continue
        section = len(sections) - 1
        if unit.kind in ("row", "caption"):
            lead_in = tables.lead_in(unit, lists)
            cells, parent_row = tables.cells(unit, start, index)
            blocks.append(
                Block(
                    kind=unit.kind,
                    start=start,
                    end=end,
                    section=section,
                    depth=unit.depth,
                    marker=unit.marker,
                    parent=parent_row,
                    lead_in=lead_in,
                    list_id=lists.table_id(unit),
                    cells=cells,
                )
            )
            lists.last = None
            if unit.kind == "caption" and (lead_in is None or parts[-2][-1:] != ":"):
                tables.lead = index
            continue
        if unit.kind == "item":
            place: _Place = lists.item(unit, index)
        else:
            place = lists.paragraph(unit.depth, index)
        parent_item, lead, list_id, depth = place
        blocks.append(
            Block(
                kind=unit.kind,
                start=start,
                end=end,
                section=section,
                depth=depth,
                marker=unit.marker,
                parent=parent_item,
                lead_in=lead,
                list_id=list_id,
            )
        )
    return Article(
        article_id=draft.article_id,
        url=draft.url,
        source=draft.source,
        title=draft.title,
        date=draft.date,
        text="\n".join(parts),
        sections=tuple(sections),
        blocks=tuple(blocks),
        references=references,
        warnings=tuple(draft.warnings),
        furniture=tuple(draft.furniture),
        language=draft.language,
    )


@dataclass(slots=True)
class _Open:
    """An open list: its id, what leads it in, and its last item."""

    list_id: int
    lead_in: int | None
    item: int


class _Lists:
    """Which lists are open while the blocks go by, and which paragraph could lead in the next."""

    def __init__(self) -> None:
        self.stack: list[_Open] = []
        self.last: int | None = None  # the paragraph directly before
        self.last_depth = 0
        self.count = 0
        self.table: tuple[int, int] | None = None

    def close(self) -> None:
        self.stack, self.last = [], None

    def new_id(self) -> int:
        self.count += 1
        return self.count - 1

    def item(self, unit: Unit, index: int) -> _Place:
        depth = min(unit.depth, len(self.stack))
        level = self.stack[depth] if depth < len(self.stack) else None
        del self.stack[depth + 1 :]
        if (
            level is None
            or unit.fresh
            or (self.last is not None and self.last_depth == depth and not level.item)
        ):
            lead = self.last if self.last is not None and self.last_depth == depth else None
            if lead is None and level is not None:
                lead = level.lead_in
            if lead is None and depth:
                lead = self.stack[depth - 1].lead_in
            level = _Open(self.new_id(), lead, index)
            self.stack[depth:] = [level]
        level.item = index
        self.last = None
        parent = self.stack[depth - 1].item if depth else None
        return parent, level.lead_in, level.list_id, depth

    def paragraph(self, depth: int, index: int) -> _Place:
        depth = min(depth, len(self.stack))
        del self.stack[depth:]
        self.last, self.last_depth = index, depth
        if not depth:
            return None, None, None, 0
        around = self.stack[depth - 1]
        return around.item, around.lead_in, around.list_id, depth - 1

    def table_id(self, unit: Unit) -> int:
        if self.table is None or self.table[0] != unit.table:
            self.table = (unit.table, self.new_id())
        return self.table[1]


class _Tables:
    """The table that goes by: what leads it in, cells that hang over from rows above, the group row."""

    def __init__(self) -> None:
        self.number = -1
        self.lead: int | None = None
        self.group: int | None = None
        self.columns: list[list[Cell]] = []

    def lead_in(self, unit: Unit, lists: _Lists) -> int | None:
        if unit.table != self.number:
            self.number, self.group, self.columns = unit.table, None, []
            self.lead = lists.last if lists.last_depth == min(unit.depth, len(lists.stack)) else None
        return self.lead

    def cells(self, unit: Unit, start: int, index: int) -> tuple[tuple[Cell, ...], int | None]:
        """The cells with their places; a cell that spans rows keeps the place where it is written."""
        made: list[Cell] = []
        at = start
        first = True
        for column, cell in enumerate(unit.cells):
            if cell.above and column < len(self.columns) and len(self.columns[column]) >= cell.above:
                origin = self.columns[column][-cell.above]
                made.append(Cell(start=origin.start, end=origin.end, header=cell.header))
                continue
            if cell.same and made:
                made.append(Cell(start=made[-1].start, end=made[-1].end, header=cell.header))
                continue
            if not cell.text:
                made.append(Cell(start=at, end=at, header=cell.header))
                continue
            if not first:
                at += len(JOINT)
            first = False
            made.append(Cell(start=at, end=at + len(cell.text), header=cell.header))
            at += len(cell.text)
        for column, cell_made in enumerate(made):
            while column >= len(self.columns):
                self.columns.append([])
            self.columns[column].append(cell_made)
        group = self.group
        if unit.marker == GROUP:
            self.group, group = index, None
        return tuple(made), group
