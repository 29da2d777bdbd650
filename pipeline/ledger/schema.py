"""Table schemas, declared once: derived from the hand-over types, plus few columns of the ledger's own.

Every column's description travels as Arrow field metadata (`description`), hence in the Parquet files, and
as the Delta column comment (`comment`).
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass
from functools import cache
from typing import Any

import pyarrow as pa
import pyarrow.compute as pc

from pipeline.ledger.errors import BrokenBatch
from pipeline.ledger.records import ArticleRow, PlaceRow, RunRow
from pipeline.model import Change, Claim, Column, Decision, Discrepancy, Evidence, columns_of
from pipeline.model.columns import column


@dataclass(frozen=True, slots=True, kw_only=True)
class _Written:
    run_id: str = column("the run that recorded the row")
    recorded_at: dt.datetime = column("when we learned it, UTC")


@dataclass(frozen=True, slots=True, kw_only=True)
class _History:
    run_id: str = column("the run that recorded the row")
    recorded_at: dt.datetime = column("when we learned it, UTC")
    superseded_at: dt.datetime | None = column("when it stopped being so for us, UTC; null while it holds")


@dataclass(frozen=True, slots=True, kw_only=True)
class _Noted:
    recorded_at: dt.datetime = column("when the row was written, UTC; the latest row of a place holds")


@dataclass(frozen=True, slots=True)
class Table:
    """One table: `columns` in order, `order` the columns that sort its snapshot, `key` what names a row."""

    name: str
    description: str
    columns: tuple[Column, ...]
    key: str
    order: tuple[tuple[str, str], ...]
    history: bool

    @property
    def schema(self) -> pa.Schema:
        """The Arrow schema, with descriptions."""
        return _schema(self.columns, self.description)


def _table(
    name: str, description: str, hand_over: type, extra: type | None, key: str, order: str, history: bool
) -> Table:
    columns = columns_of(hand_over) + (columns_of(extra) if extra else ())
    by = tuple((c.lstrip("-"), "descending" if c.startswith("-") else "ascending") for c in order.split())
    return Table(name, description, columns, key, by, history)


TABLES: dict[str, Table] = {
    t.name: t
    for t in (
        _table(
            "articles", "Versions of articles, and what was set aside and why", ArticleRow, _History,
            "reading_id", "article_id recorded_at location", True,
        ),
        _table(
            "claims", "What one statement of one article says about one drug in one disease", Claim, _History,
            "article_id", "article_id char_start char_end drug disease dose_text claim_id", True,
        ),
        _table(
            "evidence", "What the sources together say", Evidence, _History,
            "evidence_id", "disease drug line evidence_id", True,
        ),
        _table(
            "discrepancies", "Pairs of claims that a reader would hold against each other", Discrepancy, _History,
            "discrepancy_id", "disease drug aspect discrepancy_id", True,
        ),
        _table(
            "changes", "What became of each claim between two readings of its article", Change, _Written,
            "change_id", "-recorded_at article_id claim_id change_id", False,
        ),
        _table("runs", "Every run, as it ended", RunRow, None, "run_id", "started_at run_id", False),
        _table(
            "decisions", "What editors decided; rows are only ever added", Decision, None,
            "decision_id", "decided_at decision_id", False,
        ),
        _table(
            "places", "Files and addresses looked at, with the bytes last seen there", PlaceRow, _Noted,
            "location", "location", False,
        ),
    )
}  # fmt: skip

_TYPES: dict[str, pa.DataType] = {
    "string": pa.string(),
    "bool": pa.bool_(),
    "int32": pa.int32(),
    "float64": pa.float64(),
    "date": pa.date32(),
    "timestamp": pa.timestamp("us", tz="UTC"),
}


def arrow_type(col: Column) -> pa.DataType:
    """The Arrow type of a column."""
    if col.type == "list<struct>":
        return pa.list_(pa.struct([pa.field(f.name, arrow_type(f), nullable=f.nullable) for f in col.fields]))
    if col.type.startswith("list<"):
        return pa.list_(_TYPES[col.type[5:-1]])
    return _TYPES[col.type]


@cache
def _schema(columns: tuple[Column, ...], description: str) -> pa.Schema:
    fields = [
        pa.field(
            c.name,
            arrow_type(c),
            nullable=c.nullable,
            metadata={"comment": c.description, "description": c.description},
        )
        for c in columns
    ]
    return pa.schema(fields, metadata={"description": description})


def to_arrow(name: str, rows: Iterable[Mapping[str, Any]] | pa.Table) -> pa.Table:
    """The rows as an Arrow table of the schema of table `name`, checked.

    Raises BrokenBatch (a bug of ours) where a column is missing, a value has another type, is missing or is
    not among the allowed ones, or a quote does not fit its offsets.
    """
    table = TABLES[name]
    schema = table.schema
    try:
        if isinstance(rows, pa.Table):
            missing = [c for c in schema.names if c not in rows.column_names]
            if missing:
                raise BrokenBatch(f"{name}: columns are missing: {', '.join(missing)}")
            arrow = rows.select(schema.names).cast(schema)
        else:
            listed = list(rows)
            wanted = set(schema.names)
            for row in listed:
                if not wanted <= row.keys():
                    raise BrokenBatch(
                        f"{name}: columns are missing: {', '.join(sorted(wanted - row.keys()))}"
                    )
            arrow = pa.Table.from_pylist(listed, schema=schema)
    except (pa.ArrowInvalid, pa.ArrowTypeError, ValueError, TypeError) as error:
        raise BrokenBatch(f"{name}: {error}") from error
    problems = check_table(table, arrow)
    if problems:
        raise BrokenBatch(f"{name}: " + "; ".join(problems))
    return arrow


def check_table(table: Table, arrow: pa.Table) -> list[str]:
    """What is wrong with `arrow` as rows of `table`, one sentence per column; empty when all is well.

    The vectorised twin of `pipeline.model.check_row`.
    """
    problems = []
    for col in table.columns:
        values = arrow.column(col.name)
        if not col.nullable and values.null_count:
            problems.append(f"{col.name}: empty in {values.null_count} rows, but every row must have it")
        if col.values is not None:
            flat = pc.list_flatten(values) if col.type.startswith("list") else values
            known = pc.is_in(flat, value_set=pa.array(col.values, type=flat.type), skip_nulls=False)
            bad = pc.unique(pc.filter(flat, pc.and_(pc.invert(known), pc.is_valid(flat)))).to_pylist()
            if bad:
                problems.append(
                    f"{col.name}: {', '.join(map(repr, bad[:5]))} none of {', '.join(col.values)}"
                )
    if table.name == "claims":
        length = pc.subtract(arrow.column("char_end"), arrow.column("char_start"))
        wrong = pc.sum(pc.not_equal(pc.utf8_length(arrow.column("quote")), length)).as_py()
        if wrong:
            problems.append(f"quote: does not fit its offsets in {wrong} rows")
    return problems


def conform(name: str, rows: pa.Table, left_out: Collection[str] = ()) -> pa.Table:
    """Rows read from table `name` with today's schema (but for `left_out`), also where an older release wrote them.

    A column that did not exist then is null, or empty where it may not be null.
    """
    whole = TABLES[name].schema
    schema = pa.schema([f for f in whole if f.name not in left_out], metadata=whole.metadata)
    if rows.schema.equals(schema):
        return rows.cast(schema)
    columns = []
    for field in schema:
        place = rows.schema.get_field_index(field.name)
        column = rows.column(place) if place >= 0 else pa.nulls(rows.num_rows, field.type)
        if not field.nullable and column.null_count:
            column = pa.chunked_array([column]) if isinstance(column, pa.Array) else column
            column = pc.if_else(pc.is_valid(column), column, pa.scalar(_nothing(field.type), type=field.type))
        columns.append(column.cast(field.type))
    return pa.Table.from_arrays(columns, schema=schema)


def _nothing(kind: pa.DataType) -> Any:
    if pa.types.is_list(kind):
        return []
    if pa.types.is_string(kind):
        return ""
    if pa.types.is_timestamp(kind):
        return dt.datetime(1970, 1, 1, tzinfo=dt.UTC)
    return False if pa.types.is_boolean(kind) else 0


def empty(name: str) -> pa.Table:
    """The table `name` without rows."""
    return TABLES[name].schema.empty_table()
