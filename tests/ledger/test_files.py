"""The rows of one file: whatever is asked, the same as Arrow's dataset gives, in pieces."""

from __future__ import annotations

import datetime as dt

import pyarrow as pa
import pyarrow.dataset as ds
import pyarrow.parquet as pq
import pytest

from pipeline.ledger import files

TIME = pa.timestamp("us", tz="UTC")
SCHEMA = pa.schema(
    [("drug", pa.string()), ("cites", pa.list_(pa.int32())), ("recorded_at", TIME), ("superseded_at", TIME), ("line", pa.string())]
)  # fmt: skip
DAYS = [dt.datetime(2026, 3, day, tzinfo=dt.UTC) for day in range(1, 11)]
ROWS = [
    {"drug": f"drug {n}", "cites": [n] * (n % 3), "recorded_at": DAYS[n], "superseded_at": DAYS[n] if n % 4 == 0 else None, "line": None}
    for n in range(10)
]  # fmt: skip
LATER = ds.field("recorded_at") > pa.scalar(DAYS[6], TIME)
HOLDS = ds.field("superseded_at").is_null()


@pytest.fixture(params=["as declared", "an older release", "rewritten"])
def path(request, tmp_path, monkeypatch):
    """A file of groups of three rows; an older release knew no `line`, and another program may write texts in another form."""
    monkeypatch.setattr(files, "AT_ONCE", 2)
    table = pa.Table.from_pylist(ROWS, SCHEMA)
    if request.param == "an older release":
        table = table.drop_columns(["line"])
    if request.param == "rewritten":
        table = table.set_column(0, "drug", table.column("drug").cast(pa.large_string()))
    pq.write_table(table, tmp_path / "rows.parquet", row_group_size=3)
    return tmp_path / "rows.parquet"


@pytest.mark.parametrize("columns", [None, ["drug"], ["line", "cites"], ["superseded_at", "drug"]])
@pytest.mark.parametrize(
    ("keep", "kept"),
    [
        (None, range(10)),
        (LATER, [7, 8, 9]),
        (HOLDS, [1, 2, 3, 5, 6, 7, 9]),
        (LATER & HOLDS, [7, 9]),
        (ds.field("recorded_at") > pa.scalar(DAYS[9], TIME), []),
    ],
)
def test_rows_of_a_file(path, keep, kept, columns):
    found = list(files.rows_of(path, SCHEMA, keep=keep, columns=columns))
    names = columns or SCHEMA.names
    assert [row for batch in found for row in batch.to_pylist()] == [
        {n: ROWS[k][n] for n in names} for k in kept
    ]
    assert {batch.schema for batch in found} <= {pa.schema([SCHEMA.field(n) for n in names])}
    assert all(0 < batch.num_rows <= 2 for batch in found)
