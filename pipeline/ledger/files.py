"""The rows of one file of a table, some thousand at a time: hardly more than these is in memory, however many the file holds.

A dataset of Arrow's would read whole groups of rows, and all their columns at once.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from pathlib import Path

import pyarrow as pa
import pyarrow.dataset as ds
import pyarrow.parquet as pq
from pyarrow.fs import LocalFileSystem

AT_ONCE = 2_048
"""Rows."""
BUFFER = 1 << 16
"""Bytes of each column that are read from the disk at once."""
KEPT_BY = ("recorded_at", "superseded_at", "meaning")
"""The columns that `keep` may be about."""


def rows_of(
    path: Path, schema: pa.Schema, *, keep: ds.Expression | None = None, columns: Sequence[str] | None = None
) -> Iterator[pa.RecordBatch]:
    """The rows of the file that satisfy `keep`, with these columns of `schema` (None: all); those that the file has not are null.

    Groups of rows whose statistics allow none that satisfies `keep` are passed over.
    """
    names = schema.names if columns is None else list(columns)
    also = [n for n in KEPT_BY if keep is not None and n in schema.names and n not in names]
    fields = [schema.field(n) for n in (*names, *also)]
    fragment = ds.ParquetFileFormat().make_fragment(str(path), LocalFileSystem())
    groups = None
    if keep is not None:
        groups = [group.id for group in fragment.subset(filter=keep, schema=schema).row_groups]
    with pq.ParquetFile(path, metadata=fragment.metadata, buffer_size=BUFFER, pre_buffer=False) as file:
        here = set(file.schema_arrow.names)
        read = [f.name for f in fields if f.name in here]
        for batch in file.iter_batches(AT_ONCE, row_groups=groups, columns=read, use_threads=False):
            whole = _conformed(batch, fields)
            if keep is not None:
                whole = whole.filter(keep).select(names)
            if whole.num_rows:
                yield whole


def _conformed(batch: pa.RecordBatch, fields: Sequence[pa.Field]) -> pa.RecordBatch:
    """The batch with these columns, which may be missing in it or of another type of the same meaning."""
    columns = [
        batch.column(f.name).cast(f.type) if f.name in batch.schema.names else pa.nulls(len(batch), f.type)
        for f in fields
    ]
    return pa.RecordBatch.from_arrays(columns, schema=pa.schema(fields))
