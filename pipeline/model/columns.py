"""How the fields of a hand-over become columns of a table, declared once.

A field of a frozen dataclass carries its description (and, where the contract closes the
list, its allowed values) in its metadata; `columns_of` reads them, nested dataclasses
flattened in place, and `row_of` gives the flat row. Every table schema, every check on
write and every page of documentation is made from these.
"""

from __future__ import annotations

import dataclasses
import datetime as dt
import types
import typing
from collections.abc import Mapping
from functools import cache
from typing import Any


def column(description: str, *, values: tuple[str, ...] | None = None, **default: Any) -> Any:
    """A dataclass field that is a table column.

    `description` is one sentence for an analyst; `values` closes the list of allowed
    values. `default=` or `default_factory=` as for `dataclasses.field`.
    """
    metadata = {"description": description, "values": values}
    return dataclasses.field(metadata=metadata, **default)


@dataclasses.dataclass(frozen=True, slots=True, kw_only=True)
class Column:
    """One column of a table.

    `type` is one of `string`, `bool`, `int32`, `float64`, `date`, `timestamp`,
    `list<string>`, `list<int32>`, `list<float64>`, or `list<struct>`, whose parts `fields` names.
    """

    name: str
    type: str
    nullable: bool
    description: str
    values: tuple[str, ...] | None = None
    fields: tuple[Column, ...] = ()


_SCALARS: dict[Any, str] = {
    str: "string",
    bool: "bool",
    int: "int32",
    float: "float64",
    dt.date: "date",
    dt.datetime: "timestamp",
}


def _strip_none(hint: Any) -> tuple[Any, bool]:
    if typing.get_origin(hint) in (typing.Union, types.UnionType):
        rest = [a for a in typing.get_args(hint) if a is not type(None)]
        if len(rest) == 1:
            return rest[0], True
    return hint, False


@cache
def columns_of(hand_over: type) -> tuple[Column, ...]:
    """The columns of `hand_over` (a dataclass), in order, nested dataclasses flattened.

    Raises TypeError where a field has a type that no table column has.
    """
    hints = typing.get_type_hints(hand_over)
    columns: list[Column] = []
    for field in dataclasses.fields(hand_over):
        hint, nullable = _strip_none(hints[field.name])
        description = field.metadata.get("description", "")
        values = field.metadata.get("values")
        if hint in _SCALARS:
            columns.append(
                Column(
                    name=field.name,
                    type=_SCALARS[hint],
                    nullable=nullable,
                    description=description,
                    values=values,
                )
            )
        elif typing.get_origin(hint) is tuple:
            item = typing.get_args(hint)[0]
            inner = columns_of(typing.cast(type, item)) if dataclasses.is_dataclass(item) else ()
            columns.append(
                Column(
                    name=field.name,
                    type="list<struct>" if inner else f"list<{_SCALARS[item]}>",
                    nullable=nullable,
                    description=description,
                    values=values,
                    fields=inner,
                )
            )
        elif dataclasses.is_dataclass(hint):
            columns.extend(
                # a list is empty, never null, where there is no such thing (see `row_of`)
                dataclasses.replace(c, nullable=c.nullable or (nullable and not c.type.startswith("list")))
                for c in columns_of(typing.cast(type, hint))
            )
        else:
            raise TypeError(f"{hand_over.__name__}.{field.name}: no column type for {hint!r}")
    return tuple(columns)


@cache
def _plan(hand_over: type) -> tuple[tuple[str, str, dict[str, Any]], ...]:
    """How each field becomes columns: its name, `nested`, `rows`, `list` or `plain`, and what empty ones give."""
    hints = typing.get_type_hints(hand_over)
    plan: list[tuple[str, str, dict[str, Any]]] = []
    for field in dataclasses.fields(hand_over):
        hint, _ = _strip_none(hints[field.name])
        if dataclasses.is_dataclass(hint):
            columns = columns_of(typing.cast(type, hint))
            nothing = {c.name: "list" if c.type.startswith("list") else None for c in columns}
            plan.append((field.name, "nested", nothing))
        elif typing.get_origin(hint) is tuple:
            item = typing.get_args(hint)[0]
            plan.append((field.name, "rows" if dataclasses.is_dataclass(item) else "list", {}))
        else:
            plan.append((field.name, "plain", {}))
    return tuple(plan)


def row_of(value: Any) -> dict[str, Any]:
    """The flat row of one hand-over: column name to plain Python value.

    A nested dataclass that is None gives its columns' empty values (None, or an empty list).
    """
    row: dict[str, Any] = {}
    for name, how, nothing in _plan(typing.cast(Any, type(value))):
        item = getattr(value, name)
        if how == "plain" or (item is None and how != "nested"):
            row[name] = item
        elif how == "list":
            row[name] = list(item)
        elif how == "rows":
            row[name] = [row_of(v) for v in item]
        elif item is None:
            row.update((column_name, [] if empty else None) for column_name, empty in nothing.items())
        else:
            row.update(row_of(item))
    return row


def check_row(hand_over: type, row: Mapping[str, Any]) -> list[str]:
    """What is wrong with `row` as a row of `hand_over`: one sentence per column, empty when all is well."""
    problems: list[str] = []
    for col in columns_of(hand_over):
        if col.name not in row:
            problems.append(f"{col.name}: missing")
            continue
        value = row[col.name]
        if value is None:
            if not col.nullable:
                problems.append(f"{col.name}: empty, but every row must have it")
        elif col.values is not None:
            given = value if isinstance(value, (list, tuple)) else [value]
            problems.extend(
                f"{col.name}: {v!r} is none of {', '.join(col.values)}" for v in given if v not in col.values
            )
    return problems
