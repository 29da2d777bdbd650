"""One column value as JSON data and back, by the declared type of the column."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping
from typing import Any

from pipeline.exchange.errors import ExchangeError
from pipeline.model import Column, check_row, columns_of


def to_plain(value: Any) -> Any:
    """A value as JSON data: dates and times as ISO 8601 text, all else as it is."""
    if isinstance(value, (dt.date, dt.datetime)):
        return value.isoformat()
    if isinstance(value, (list, tuple)):
        return [to_plain(v) for v in value]
    if isinstance(value, Mapping):
        return {k: to_plain(v) for k, v in value.items()}
    return value


def _typed(column: Column, value: Any) -> Any:
    if value is None:
        return [] if column.type.startswith("list") else None
    if column.type == "list<struct>":
        return [{f.name: _typed(f, item.get(f.name)) for f in column.fields} for item in value]
    if column.type.startswith("list<"):
        inner = Column(name=column.name, type=column.type[5:-1], nullable=False, description="")
        if not isinstance(value, list):
            raise ValueError("a list is needed")
        return [_typed(inner, item) for item in value]
    if column.type == "date":
        return dt.date.fromisoformat(value)
    if column.type == "timestamp":
        return dt.datetime.fromisoformat(value)
    if column.type == "bool":
        if not isinstance(value, bool):
            raise ValueError("true or false is needed")
        return value
    if column.type == "float64":
        return float(value)
    if column.type == "int32":
        if int(value) != value:
            raise ValueError("a whole number is needed")
        return int(value)
    if not isinstance(value, str):
        raise ValueError("a text is needed")
    return value


def typed_row(hand_over: type, data: Any, where: str) -> dict[str, Any]:
    """`data` (from JSON) as a checked row of `hand_over`. Columns it does not have are kept as they are.

    Raises ExchangeError (E-EXCHANGE-1) naming the column.
    """
    if not isinstance(data, Mapping):
        raise ExchangeError(
            "E-EXCHANGE-1", "this is no row", where=where, do="one JSON object a line is needed"
        )
    row: dict[str, Any] = dict(data)
    for column in columns_of(hand_over):
        if column.name not in row and (column.nullable or column.type.startswith("list")):
            row[column.name] = None
        try:
            row[column.name] = _typed(column, row.get(column.name))
        except (ValueError, TypeError, AttributeError) as error:
            raise ExchangeError(
                "E-EXCHANGE-1", f"{column.name}: {row.get(column.name)!r} cannot be read ({error})", where=where,
                do="see docs/columns.md for what the column holds",
            ) from error  # fmt: skip
    problems = check_row(hand_over, row)
    if problems:
        raise ExchangeError("E-EXCHANGE-1", "; ".join(problems), where=where, do="see docs/columns.md")
    return row
