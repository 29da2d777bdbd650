"""A table of claims as it is handed in: made whole, so that everything after it may rely on columns and types."""

from __future__ import annotations

import contextlib
import hashlib
import json
from typing import Any, Final

import numpy as np
import pandas as pd
import pyarrow as pa
import pyarrow.compute as pc

from pipeline.evidence.errors import TableError
from pipeline.model import Claim, columns_of

REQUIRED: Final = ("drug", "disease", "article_id")
_TEXT: Final = [
    "claim_id",
    "drug",
    "drug_kind",
    "disease",
    "direction",
    "strength",
    "certainty",
    "line",
    "preference",
    "kind",
    "guideline",
    "dose_text",
    "dose_unit",
    "dose_basis",
    "dose_per",
    "period_unit",
    "duration_unit",
    "dose_role",
    "daily_unit",
    "route",
    "article_id",
    "article_version",
    "source",
]
_LISTS: Final = ("setting", "population", "condition", "with_drugs")
_NUMBERS: Final = [
    "dose_low",
    "dose_high",
    "frequency",
    "period",
    "duration_low",
    "duration_high",
    "daily_low",
    "daily_high",
]
COLUMNS_READ: Final = (*_TEXT, *_LISTS, *_NUMBERS, "article_date", "recorded_at", "superseded_at")
"""The columns of a table of claims that reconciliation reads; a correction by an editor needs the others too."""
_DEFAULTS: Final = {
    "drug_kind": "ingredient",
    "direction": "unstated",
    "strength": "unstated",
    "certainty": "unstated",
    "line": "unstated",
    "preference": "unstated",
    "kind": "recommendation",
    "source": "",
}
_ALLOWED: Final = {c.name: c.values for c in columns_of(Claim) if c.values and c.name in _DEFAULTS}
_EPOCH: Final = pa.scalar(0, pa.int32())


def handed_in(claims: Any) -> pd.DataFrame | pa.Table:
    """A table of claims as pandas or Arrow has it; one of another library (Polars, DuckDB) by the Arrow interface.

    Raises TableError (E-EVIDENCE-2) for what is no table.
    """
    if isinstance(claims, (pd.DataFrame, pa.Table)):
        return claims
    if hasattr(claims, "__arrow_c_stream__"):
        return pa.table(claims)
    raise TableError(
        "E-EVIDENCE-2",
        f"{type(claims).__name__} is no table of claims",
        do="pass a pandas DataFrame, an Arrow table, or one of a library that speaks Arrow",
    )


def whole(claims: pd.DataFrame | pa.Table) -> pa.Table:
    """`claims` with the columns that reconciliation reads, typed, missing ones filled, only the rows in force.

    Optional columns may be missing. A value outside the closed lists of EVIDENCE.md counts as `unstated`; a
    date that cannot be read as none; a number that cannot be read as none. Rows with `superseded_at` are history and are
    left out, and of several versions of one article only the newest stays. A missing `claim_id` is made from the row.
    Raises TableError E-EVIDENCE-1 where `drug`, `disease` or `article_id` is missing as a column.
    Rows in which one of the three is empty are left out.
    """
    names = set(claims.column_names if isinstance(claims, pa.Table) else claims.columns)
    missing = [name for name in REQUIRED if name not in names]
    if missing:
        raise TableError(
            "E-EVIDENCE-1",
            f"the table of claims has no column {', '.join(missing)}",
            do="pass rows with at least drug, disease and article_id; docs/columns.md lists all columns",
        )
    count = len(claims)
    columns: dict[str, Any] = {}
    for name in _TEXT:
        column = _text(_column(claims, name), count) if name in names else pa.nulls(count, pa.string())
        if name in _DEFAULTS:
            column = pc.fill_null(column, _DEFAULTS[name])
        if name in _ALLOWED:
            known = pc.is_in(column, value_set=pa.array(_ALLOWED[name]))
            column = pc.if_else(known, column, _DEFAULTS[name])
        columns[name] = column
    for name in _LISTS:
        columns[name] = _joined(_column(claims, name), count) if name in names else pa.array([""] * count)
    for name in _NUMBERS:
        columns[name] = _number(_column(claims, name)) if name in names else pa.nulls(count, pa.float64())
    columns["article_date"] = (
        _date(_column(claims, "article_date")) if "article_date" in names else pa.nulls(count, pa.int32())
    )
    columns["recorded_on"] = (
        _date(_column(claims, "recorded_at")) if "recorded_at" in names else pa.nulls(count, pa.int32())
    )
    table = pa.table(columns)
    keep = pc.and_(
        pc.and_(_filled(columns["drug"]), _filled(columns["disease"])), _filled(columns["article_id"])
    )
    if "superseded_at" in names:
        keep = pc.and_(keep, pc.is_null(_flat(_column(claims, "superseded_at")), nan_is_null=True))
    if not pc.all(keep).as_py():
        table = table.filter(keep)
    return _newest_versions(_with_ids(table))


def _filled(column: Any) -> Any:
    return pc.fill_null(pc.greater(pc.utf8_length(column), 0), False)


def _column(claims: pd.DataFrame | pa.Table, name: str) -> Any:
    return claims.column(name) if isinstance(claims, pa.Table) else claims[name]


def _flat(column: Any) -> Any:
    if isinstance(column, pa.ChunkedArray):
        return column.combine_chunks()
    try:
        flat = pa.array(column, from_pandas=True)
    except (pa.ArrowInvalid, pa.ArrowTypeError):
        flat = pa.array([None if pd.isna(v) else str(v) for v in column], pa.string())
    return flat.combine_chunks() if isinstance(flat, pa.ChunkedArray) else flat


def _text(column: Any, count: int) -> Any:
    flat = _flat(column)
    if pa.types.is_null(flat.type):
        return pa.nulls(count, pa.string())
    if pa.types.is_dictionary(flat.type):
        flat = flat.dictionary_decode()
    return flat.cast(pa.string())


def _joined(column: Any, count: int) -> Any:
    """Lists as one string each, items separated by a unit separator."""
    if isinstance(column, pa.ChunkedArray):
        flat = column.combine_chunks()
    else:
        flat = pa.array([_items(v) for v in column], pa.list_(pa.string()))
    if not (pa.types.is_list(flat.type) or pa.types.is_large_list(flat.type)):
        flat = pa.array([_items(v) for v in flat.to_pylist()], pa.list_(pa.string()))
    if pa.types.is_null(flat.type.value_type):
        return pa.array([""] * count)
    return pc.fill_null(pc.binary_join(flat.cast(pa.list_(pa.string())), "\x1f"), "")


def _items(value: Any) -> list[str]:
    if isinstance(value, str):
        listed = None
        if value.startswith("["):  # as the export to CSV writes lists
            with contextlib.suppress(ValueError):
                listed = json.loads(value)
        return [str(v) for v in listed] if isinstance(listed, list) else [value]
    if isinstance(value, (list, tuple, set, frozenset, np.ndarray)):
        return [str(v) for v in value if v is not None]
    return []


def _number(column: Any) -> Any:
    flat = _flat(column)
    if not (pa.types.is_floating(flat.type) or pa.types.is_integer(flat.type) or pa.types.is_null(flat.type)):
        flat = pa.array(pd.to_numeric(flat.to_pandas(), errors="coerce"), from_pandas=True)
    flat = flat.cast(pa.float64(), safe=False)
    return pc.if_else(pc.fill_null(pc.is_finite(flat), False), flat, pa.scalar(None, pa.float64()))


def _date(column: Any) -> Any:
    """Days since 1970-01-01; null where there is no readable date."""
    flat = _flat(column)
    if pa.types.is_null(flat.type):
        return pa.nulls(len(flat), pa.int32())
    if pa.types.is_dictionary(flat.type):
        flat = flat.dictionary_decode()
    if pa.types.is_string(flat.type) or pa.types.is_large_string(flat.type):
        told = pd.to_datetime(flat.to_pandas(), errors="coerce", utc=True, format="ISO8601")
        flat = pa.array(told.dt.tz_localize(None), from_pandas=True)
    if pa.types.is_timestamp(flat.type):
        flat = flat.cast(pa.timestamp("us", flat.type.tz), safe=False).cast(pa.date32(), safe=False)
    if not pa.types.is_date32(flat.type):
        try:
            flat = flat.cast(pa.date32(), safe=False)
        except (pa.ArrowInvalid, pa.ArrowNotImplementedError):
            return pa.nulls(len(flat), pa.int32())
    return flat.cast(pa.int32())


def _with_ids(table: pa.Table) -> pa.Table:
    ids = table.column("claim_id")
    if ids.null_count == 0:
        return table
    rows = table.drop_columns(["claim_id"]).to_pylist()
    made = [
        given
        if given is not None
        else "c-" + hashlib.sha256(repr(sorted(row.items())).encode()).hexdigest()[:16]
        for given, row in zip(ids.to_pylist(), rows, strict=True)
    ]
    return table.set_column(table.column_names.index("claim_id"), "claim_id", pa.array(made, pa.string()))


def _newest_versions(table: pa.Table) -> pa.Table:
    versions = table.select(["article_id", "article_version", "article_date", "recorded_on"])
    known = versions.group_by(["article_id", "article_version"]).aggregate(
        [("article_date", "max"), ("recorded_on", "max")]
    )
    if len(known) == len(pc.unique(known.column("article_id"))):
        return table
    order = [("article_id", "ascending")] + [
        (name, "descending") for name in ("article_date_max", "recorded_on_max", "article_version")
    ]
    known = known.sort_by(order)
    article = known.column("article_id").combine_chunks().dictionary_encode().indices.to_numpy()
    newest = known.filter(pa.array(np.r_[True, article[1:] != article[:-1]]))
    wanted = newest.select(["article_id", "article_version"])
    key = pc.binary_join_element_wise(
        table.column("article_id"), pc.fill_null(table.column("article_version"), ""), "\x1f"
    )
    keep = pc.binary_join_element_wise(
        wanted.column("article_id"), pc.fill_null(wanted.column("article_version"), ""), "\x1f"
    )
    return table.filter(pc.is_in(key, value_set=keep.combine_chunks()))
