"""Many rows taken part by part, with one look at the table: what does not fit into memory waits in files of its own.

`divided` gives the rows that each part wants, `in_order` all rows in an order.
"""

from __future__ import annotations

import bisect
import os
from collections.abc import Callable, Collection, Iterable, Iterator, Sequence
from contextlib import ExitStack
from pathlib import Path
from typing import Any

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc

from pipeline.ledger.errors import storage_error

AT_ONCE = 4_000
"""Rows in memory while many are put in order; more are put in order part by part."""
MOST_PARTS = 200
_SAMPLES = 64

Rows = Callable[[Sequence[str] | None], Iterable[pa.RecordBatch]]
Order = Sequence[tuple[str, str]]
Homes = Callable[[Any], Iterable[int]]
"""Which parts want a value."""


def divided(
    batches: Iterable[pa.RecordBatch], column: str, parts: Sequence[Collection[Any]], beside: Path
) -> Iterator[pa.Table | None]:
    """The rows of `batches` whose `column` is among the values of each part, part by part; None for a part without rows.

    A value may be wanted by several parts, or by none. The rows wait in files `.NAME.*.part` in the folder of the path `beside`,
    NAME being its last part; they are gone when the iterator ends or is closed, and what a killed process leaves is for
    `pipeline.ledger.tidy`. Raises LedgerError.
    """
    wanted: dict[Any, list[int]] = {}
    for number, values in enumerate(parts):
        for value in values:
            wanted.setdefault(value, []).append(number)
    yield from _in_files(batches, column, lambda value: wanted.get(value, ()), len(parts), beside)


def in_order(
    rows: Rows, total: int, order: Order, beside: Path, shape: Callable[[pa.Table], pa.Table] = lambda t: t
) -> Iterator[pa.Table]:
    """The `total` rows that `rows` gives (all columns, or those named) in `order`, about `AT_ONCE` at a time (a `MOST_PARTS`th, if
    that is more); rows equal in the first column of the order stay together. `shape` is done to each part before it is sorted.
    Files and errors as in `divided`.
    """
    if total <= AT_ONCE:
        batches = list(rows(None))
        if batches:
            yield shape(pa.Table.from_batches(batches)).sort_by(list(order))
        return
    first, direction = order[0]
    bounds = _bounds(rows([first]), first, total)
    last = len(bounds)

    def home(value: Any) -> tuple[int]:
        if value is None:
            return (last,)
        at = bisect.bisect_right(bounds, value)
        return (at if direction == "ascending" else last - at,)

    for part in _in_files(rows(None), first, home, last + 1, beside):
        if part is not None:
            yield shape(part).sort_by(list(order))


def _bounds(batches: Iterable[pa.RecordBatch], column: str, total: int) -> list[Any]:
    """Values that divide `total` rows into parts of about equal size, as some of the rows tell."""
    count = min(MOST_PARTS, -(-total // AT_ONCE))
    step = max(1, total // (count * _SAMPLES))
    found: list[Any] = []
    before = 0
    for batch in batches:
        some = range(-before % step, batch.num_rows, step)
        found += batch.column(column).take(pa.array(some, pa.int64())).drop_null().to_pylist()
        before += batch.num_rows
    found.sort()
    return sorted({found[i * len(found) // count] for i in range(1, count)}) if found else []


def regrouped(tables: Iterable[pa.Table], size: int) -> Iterator[pa.Table]:
    """The same rows, `size` at a time."""
    waiting: pa.Table | None = None
    for table in tables:
        waiting = table if waiting is None else pa.concat_tables([waiting, table])
        while waiting.num_rows > size:
            yield waiting.slice(0, size).combine_chunks()
            waiting = waiting.slice(size)
    if waiting is not None:
        yield waiting.combine_chunks()


def _in_files(
    batches: Iterable[pa.RecordBatch], column: str, homes: Homes, count: int, beside: Path
) -> Iterator[pa.Table | None]:
    paths = [beside.with_name(f".{beside.name}.{os.getpid()}.{n}.part") for n in range(count)]
    try:
        yield from _read_again(paths, _written(batches, column, homes, paths))
    except (OSError, pa.ArrowException) as error:
        raise storage_error(error, str(beside.parent)) from error
    finally:
        for path in paths:
            path.unlink(missing_ok=True)


def _written(batches: Iterable[pa.RecordBatch], column: str, homes: Homes, paths: list[Path]) -> set[int]:
    """Write every row to the file of each part that wants it; gives the parts that have rows."""
    writers: dict[int, pa.RecordBatchStreamWriter] = {}
    options = pa.ipc.IpcWriteOptions(compression="lz4")
    with ExitStack() as open_files:
        for batch in batches:
            for number, rows in _places(batch.column(column), homes):
                if number not in writers:
                    sink = open_files.enter_context(pa.OSFile(str(paths[number]), "wb"))
                    writers[number] = open_files.enter_context(
                        pa.ipc.new_stream(sink, batch.schema, options=options)
                    )
                writers[number].write_batch(batch.take(pa.array(rows)))
    return set(writers)


def _places(column: pa.Array, homes: Homes) -> Iterator[tuple[int, Any]]:
    """The parts that want some of the values of `column`, each with the places of these values."""
    coded = pc.dictionary_encode(column, null_encoding="encode")
    codes = coded.indices.to_numpy(zero_copy_only=False)
    mine: dict[int, list[int]] = {}
    for code, value in enumerate(coded.dictionary.to_pylist()):
        for number in homes(value):
            mine.setdefault(number, []).append(code)
    for number, some in mine.items():
        yield number, np.flatnonzero(np.isin(codes, some))


def _read_again(paths: list[Path], filled: set[int]) -> Iterator[pa.Table | None]:
    for number, path in enumerate(paths):
        if number not in filled:
            yield None
            continue
        with pa.OSFile(str(path), "rb") as source, pa.ipc.open_stream(source) as reader:
            rows = reader.read_all()
        path.unlink()
        yield rows
        del rows
