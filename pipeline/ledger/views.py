"""Rows and cells of Arrow tables as Python values, each made when it is asked for: as values all of them take five times as much memory."""

from __future__ import annotations

import sys
from collections.abc import ItemsView, Iterator, Mapping, Sequence
from typing import Any, overload

import pyarrow as pa

Columns = Mapping[str, pa.Array]


class RowView(Mapping[str, Any]):
    """One row: column name to value."""

    __slots__ = ("_at", "_columns")

    def __init__(self, columns: Columns, at: int) -> None:
        self._columns, self._at = columns, at

    def __getitem__(self, name: str) -> Any:
        return _value(self._columns[name], self._at)

    def get(self, name: str, default: Any = None) -> Any:
        """The value of a column; `default` where there is no such column."""
        column = self._columns.get(name)
        return default if column is None else _value(column, self._at)

    def items(self) -> ItemsView[str, Any]:
        """All columns with their values."""
        return {name: column[self._at].as_py() for name, column in self._columns.items()}.items()

    def __iter__(self) -> Iterator[str]:
        return iter(self._columns)

    def __len__(self) -> int:
        return len(self._columns)


def _value(column: pa.Array, at: int) -> Any:
    """A cell; equal texts are kept once as long as someone holds them: many rows say the same of drug, disease and article."""
    value = column[at].as_py()
    return sys.intern(value) if type(value) is str else value


class RowsView(Sequence[Mapping[str, Any]]):
    """The rows of a table.

    >>> rows = RowsView(pa.table({"drug": ["apixaban", "warfarin"], "dose": [5, None]}))
    >>> len(rows), dict(rows[1]), [row["drug"] for row in rows[:1]]
    (2, {'drug': 'warfarin', 'dose': None}, ['apixaban'])
    """

    def __init__(self, table: pa.Table) -> None:
        self._columns = {name: table.column(name).combine_chunks() for name in table.column_names}
        self._places = range(table.num_rows)

    @overload
    def __getitem__(self, at: int) -> Mapping[str, Any]: ...
    @overload
    def __getitem__(self, at: slice) -> list[Mapping[str, Any]]: ...
    def __getitem__(self, at: int | slice) -> Mapping[str, Any] | list[Mapping[str, Any]]:
        if isinstance(at, slice):
            return [RowView(self._columns, place) for place in self._places[at]]
        return RowView(self._columns, self._places[at])

    def __len__(self) -> int:
        return len(self._places)


class CellsView(Mapping[str, Any]):
    """The cells of one column by those of another; where several rows have the same key, the last counts.

    >>> dict(CellsView(pa.table({"version": ["a1", "b2"], "text": ["Give A.", "Give B."]}), "version", "text"))
    {'a1': 'Give A.', 'b2': 'Give B.'}
    """

    def __init__(self, table: pa.Table, key: str, value: str) -> None:
        self._cells = table.column(value).combine_chunks()
        self._places = {name: at for at, name in enumerate(table.column(key).to_pylist())}

    def __getitem__(self, name: str) -> Any:
        return self._cells[self._places[name]].as_py()

    def __iter__(self) -> Iterator[str]:
        return iter(self._places)

    def __len__(self) -> int:
        return len(self._places)
