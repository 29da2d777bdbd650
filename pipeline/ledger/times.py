"""The two times of a row: what we knew when, and what the articles said up to a day."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable

import pyarrow as pa
import pyarrow.compute as pc
import pyarrow.dataset as ds

from pipeline.ledger.schema import TABLES, Table

_READING = ["article_id", "version", "recorded_at"]


def known_at(table: Table, moment: dt.datetime | None) -> ds.Expression | None:
    """The filter for rows that hold now (`moment` None) or that held for us at `moment`; None: all rows.

    A row that was superseded when it was recorded (an older version that arrived late) never held.
    """
    if not table.history:
        names = {c.name for c in table.columns}
        if moment is None or "recorded_at" not in names:
            return None
        return ds.field("recorded_at") <= pa.scalar(moment, type=pa.timestamp("us", tz="UTC"))
    if moment is None:
        return ds.field("superseded_at").is_null()
    at = pa.scalar(moment, type=pa.timestamp("us", tz="UTC"))
    ended = ds.field("superseded_at").is_null() | (ds.field("superseded_at") > at)
    return (ds.field("recorded_at") <= at) & ended


def readings_as_of(
    read: Callable[..., pa.Table], name: str, as_of: dt.date, moment: dt.datetime | None
) -> pa.Table:
    """Rows of `articles` or `claims` that hold by what the articles said up to `as_of`, as known at `moment`.

    Of each article the version with the latest date up to `as_of` counts (undated: the day it was fetched), in
    its latest reading. Late-arriving old versions are found here, though they never held for us. `superseded_at` is
    empty: on that day they held, and are reconciled as such.
    """
    known = None
    if moment is not None:
        known = ds.field("recorded_at") <= pa.scalar(moment, type=pa.timestamp("us", tz="UTC"))
    articles = read(
        "articles",
        keep=known,
        where={"status": ["ok", "gone"]},
        columns=[*_READING, "date", "fetched_at", "location"],
    )
    day = pc.coalesce(
        articles.column("date"), pc.cast(articles.column("fetched_at"), pa.date32(), safe=False)
    )
    articles = articles.append_column("day", day).filter(pc.less_equal(day, pa.scalar(as_of)))
    articles = articles.sort_by(
        [("article_id", "ascending"), ("day", "ascending"), ("recorded_at", "ascending")]
    )
    ids = articles.column("article_id").to_pylist()
    last = [i for i, article_id in enumerate(ids) if i + 1 == len(ids) or ids[i + 1] != article_id]
    chosen = articles.take(pa.array(last, type=pa.int64())).select(_READING)
    table = TABLES[name]
    version = "article_version" if name == "claims" else "version"
    rows = read(name, where={"article_id": chosen.column("article_id").to_pylist()})
    place = pa.array(range(rows.num_rows), type=pa.int64())
    keyed = rows.select(["article_id", version, "recorded_at"]).append_column("place", place)
    joined = keyed.join(
        chosen, keys=["article_id", version, "recorded_at"], right_keys=_READING, join_type="inner"
    )
    return holding(rows.take(joined.column("place")).sort_by(list(table.order)))


def holding(rows: pa.Table) -> pa.Table:
    """Rows of a day or moment in the past as they were then: what ended them since is not yet known."""
    at = rows.schema.get_field_index("superseded_at")
    field = rows.schema.field(at)
    return rows.set_column(at, field, pa.nulls(rows.num_rows, field.type))
