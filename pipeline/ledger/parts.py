"""Many rows taken part by part, with one look at the table: what does not fit into memory waits in files of its own.

Each part names the values of one column that it wants; a value may be wanted by several parts, or by none.
"""

from __future__ import annotations

import os
from collections.abc import Collection, Iterable, Iterator, Sequence
from contextlib import ExitStack
from pathlib import Path
from typing import Any

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc

from pipeline.ledger.errors import storage_error


def divided(
    batches: Iterable[pa.RecordBatch], column: str, parts: Sequence[Collection[Any]], beside: Path
) -> Iterator[pa.Table | None]:
    """The rows of `batches` whose `column` is among the values of each part, part by part; None for a part without rows.

    The rows wait in files `.NAME.*.part` in the folder of the path `beside`, NAME being its last part; they are gone when the
    iterator ends or is closed, and what a killed process leaves is for `pipeline.ledger.tidy`. Raises LedgerError.
    """
    wanted: dict[Any, list[int]] = {}
    for number, values in enumerate(parts):
        for value in values:
            wanted.setdefault(value, []).append(number)
    paths = [beside.with_name(f".{beside.name}.{os.getpid()}.{n}.part") for n in range(len(parts))]
    try:
        yield from _read_again(paths, _written(batches, column, wanted, paths))
    except (OSError, pa.ArrowException) as error:
        raise storage_error(error, str(beside.parent)) from error
    finally:
        for path in paths:
            path.unlink(missing_ok=True)


def _written(
    batches: Iterable[pa.RecordBatch], column: str, wanted: dict[Any, list[int]], paths: list[Path]
) -> set[int]:
    """Write every row to the file of each part that wants it; gives the parts that have rows."""
    writers: dict[int, pa.RecordBatchStreamWriter] = {}
    options = pa.ipc.IpcWriteOptions(compression="lz4")
    with ExitStack() as open_files:
        for batch in batches:
            for number, rows in _places(batch.column(column), wanted):
                if number not in writers:
                    sink = open_files.enter_context(pa.OSFile(str(paths[number]), "wb"))
                    writers[number] = open_files.enter_context(
                        pa.ipc.new_stream(sink, batch.schema, options=options)
                    )
                writers[number].write_batch(batch.take(pa.array(rows)))
    return set(writers)


def _places(column: pa.Array, wanted: dict[Any, list[int]]) -> Iterator[tuple[int, Any]]:
    """The parts that want some of the values of `column`, each with the places of these values."""
    coded = pc.dictionary_encode(column)
    codes = pc.fill_null(coded.indices, len(coded.dictionary)).to_numpy(zero_copy_only=False)
    homes: dict[int, list[int]] = {}
    for code, value in enumerate(coded.dictionary.to_pylist()):
        for number in wanted.get(value, ()):
            homes.setdefault(number, []).append(code)
    for number, mine in homes.items():
        yield number, np.flatnonzero(np.isin(codes, mine))


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
