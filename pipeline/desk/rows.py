"""Rows of a table by a key, made into dictionaries only when one is asked for."""

from __future__ import annotations

from collections import OrderedDict
from collections.abc import Iterable, Iterator, Mapping
from typing import Any

import pyarrow as pa

KEPT = 2_000
"""Rows that are kept as dictionaries: those asked for last."""


class RowsByKey(Mapping[str, Mapping[str, Any]]):
    """`table[key]` gives the row whose column `key` has that value; a ledger of 50,000 rows costs an index, not its rows."""

    def __init__(self, table: pa.Table, key: str) -> None:
        self.table = table.combine_chunks()
        self._at = {name: n for n, name in enumerate(table.column(key).to_pylist())}
        self._made: OrderedDict[str, Mapping[str, Any]] = OrderedDict()

    def __getitem__(self, name: str) -> Mapping[str, Any]:
        row = self._made.get(name)
        if row is None:
            row = self.table.slice(self._at[name], 1).to_pylist()[0]
            self._keep(name, row)
        else:
            self._made.move_to_end(name)
        return row

    def _keep(self, name: str, row: Mapping[str, Any]) -> None:
        self._made[name] = row
        while len(self._made) > KEPT:
            self._made.popitem(last=False)

    def many(self, names: Iterable[str]) -> Iterator[tuple[str, Mapping[str, Any]]]:
        """Those of the rows there are, each with its name: many at once cost a tenth of one by one."""
        known = [name for name in names if name in self._at]
        for start in range(0, len(known), KEPT):
            part = known[start : start + KEPT]
            rows = self.table.take(pa.array([self._at[name] for name in part], type=pa.int64())).to_pylist()
            yield from zip(part, rows, strict=True)

    def keep(self, names: Iterable[str]) -> None:
        """Make those of the rows at once that will be asked for next."""
        for name, row in self.many(dict.fromkeys(names)):
            self._keep(name, row)

    def cells(self, column: str) -> dict[str, Any]:
        """One column of all rows, by their names."""
        values = self.table.column(column).to_pylist()
        return {name: values[n] for name, n in self._at.items()}

    def __contains__(self, name: object) -> bool:
        return name in self._at

    def __iter__(self) -> Iterator[str]:
        return iter(self._at)

    def __len__(self) -> int:
        return len(self._at)
