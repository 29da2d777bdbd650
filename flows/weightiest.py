"""The weightiest of very many rows, found without having all of them in memory."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Sequence
from typing import Any

import pyarrow as pa


def weightiest(
    tables: Iterable[pa.Table], order: Sequence[tuple[str, str]], most: int, counted: str
) -> tuple[pa.Table | None, Counter[Any]]:
    """The first `most` rows in `order` (None where there are none), and how often each value of the column `counted` is in the rest.

    >>> tables = [pa.table({"n": [3, 1], "kind": ["c", "a"]}), pa.table({"n": [2], "kind": ["b"]})]
    >>> first, rest = weightiest(tables, [("n", "ascending")], 1, "kind")
    >>> first.to_pylist(), rest == {"b": 1, "c": 1}
    ([{'n': 1, 'kind': 'a'}], True)
    """
    best: pa.Table | None = None
    rest: Counter[Any] = Counter()
    for table in tables:
        best = table if best is None else pa.concat_tables([best, table])
        if best.num_rows > most:
            best = best.sort_by(list(order))
            rest.update(best.column(counted).slice(most).to_pylist())
            best = best.slice(0, most).combine_chunks()
    return None if best is None else best.sort_by(list(order)), rest
