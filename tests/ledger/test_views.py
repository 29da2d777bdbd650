"""Rows and cells of Arrow tables as Python values: the same as if all had been made at once."""

from __future__ import annotations

import datetime as dt

import pyarrow as pa
import pytest

from pipeline.ledger.views import CellsView, RowsView

DAY = dt.date(2026, 3, 1)
ROWS = [
    {
        "drug": "apixaban",
        "dose": 5.0,
        "cites": [1, 2],
        "date": DAY,
        "fields": [{"field": "dose", "old": "2.5"}],
    },
    {"drug": "warfarin", "dose": None, "cites": [], "date": None, "fields": []},
    {"drug": "dabigatran", "dose": 150.0, "cites": [3], "date": DAY, "fields": []},
]
TABLES = [
    pytest.param(pa.Table.from_pylist(ROWS), ROWS, id="one piece"),
    pytest.param(pa.concat_tables([pa.Table.from_pylist([r], pa.Table.from_pylist(ROWS).schema) for r in ROWS]), ROWS, id="pieces"),
    pytest.param(pa.Table.from_pylist(ROWS)[:0], [], id="empty"),
]  # fmt: skip


@pytest.mark.parametrize(("table", "rows"), TABLES)
def test_rows(table, rows):
    view = RowsView(table)
    assert [dict(row) for row in view] == rows
    assert [dict(row.items()) for row in view[::-1]] == rows[::-1]
    assert [(len(row), row.get("drug"), row.get("nothing", "?")) for row in view] == [
        (5, row["drug"], "?") for row in rows
    ]


@pytest.mark.parametrize("at", [3, -4])
def test_no_such_row(at):
    with pytest.raises(IndexError):
        RowsView(pa.Table.from_pylist(ROWS))[at]


def test_no_such_column():
    with pytest.raises(KeyError):
        RowsView(pa.Table.from_pylist(ROWS))[0]["nothing"]


@pytest.mark.parametrize(("table", "rows"), TABLES)
def test_cells(table, rows):
    cells = CellsView(table, "drug", "cites")
    assert dict(cells) == {row["drug"]: row["cites"] for row in rows}
    assert (len(cells), cells.get("nothing"), "nothing" in cells) == (len(rows), None, False)
