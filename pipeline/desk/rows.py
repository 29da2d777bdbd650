"""Rows of a table by a key, made into dictionaries only when one is asked for."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any

import pyarrow as pa


class RowsByKey(Mapping[str, Mapping[str, Any]]):
    """`table[key]` gives the row whose column `key` has that value; a ledger of 50,000 rows costs an index, not its rows."""

    def __init__(self, table: pa.Table, key: str) -> None:
        self.table = table.combine_chunks()
        self._at = {name: n for n, name in enumerate(table.column(key).to_pylist())}
        self._made: dict[str, Mapping[str, Any]] = {}

    def __getitem__(self, name: str) -> Mapping[str, Any]:
        if name not in self._made:
            self._made[name] = self.table.slice(self._at[name], 1).to_pylist()[0]
        return self._made[name]

    def __contains__(self, name: object) -> bool:
        return name in self._at

    def __iter__(self) -> Iterator[str]:
        return iter(self._at)

    def __len__(self) -> int:
        return len(self._at)
