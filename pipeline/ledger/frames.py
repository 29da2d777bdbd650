"""Data frames of reconciliation as Arrow tables with the declared schema."""

from __future__ import annotations

import pandas as pd
import pyarrow as pa

from pipeline.ledger.schema import TABLES
from pipeline.model import columns_of


def arrow_of(name: str, frame: pd.DataFrame, hand_over: type) -> pa.Table:
    """`frame`, which has the columns of `hand_over`, with the types and descriptions of table `name`.

    A column without any value has a type of its own in pandas, so every missing value is made None first.
    """
    fields = [TABLES[name].schema.field(column.name) for column in columns_of(hand_over)]
    plain = frame.astype(object).where(frame.notna(), None)
    return pa.Table.from_pandas(plain, schema=pa.schema(fields), preserve_index=False)
