"""Two times: what was known at a moment, and what the articles said up to a day. Pure functions of a table with history."""

from __future__ import annotations

import datetime as dt
from typing import Any, TypeAlias

import pandas as pd
import pyarrow as pa

Table: TypeAlias = pd.DataFrame | pa.Table


def known_as_of(claims: Table, moment: dt.datetime) -> pd.DataFrame:
    """The rows that held for us at `moment`: recorded by then and not superseded by then. A moment without a zone is UTC.

    Needs `recorded_at` and `superseded_at`. A correction that came later, of a date as of anything else, changes nothing here.
    `superseded_at` is emptied where it lies after the moment, so that the result can be reconciled like a table of that time.

    >>> row = {"claim_id": "c", "recorded_at": "2025-03-01", "superseded_at": "2025-06-01"}
    >>> [len(known_as_of(pd.DataFrame([row]), dt.datetime(2025, m, 15))) for m in (1, 4, 7)]
    [0, 1, 0]
    """
    frame = _frame(claims)
    at = _moment(moment)
    recorded, ended = _times(frame, "recorded_at"), _times(frame, "superseded_at")
    rows: pd.DataFrame = frame[(recorded <= at) & (ended.isna() | (ended > at))].copy()
    rows["superseded_at"] = None
    return rows.reset_index(drop=True)


def valid_as_of(claims: Table, day: dt.date, *, known: dt.datetime | None = None) -> pd.DataFrame:
    """The claims as the articles stood on `day`: of each article its latest version dated up to that day, in its last reading.

    Versions count whenever they reached us, late-arriving old ones too; with `known` only what was recorded by that moment.
    An article without a date counts from the day on which it was recorded. Needs `article_id`, `article_version`,
    `article_date`, `recorded_at`. A version whose date was corrected counts by the corrected date.

    >>> rows = pd.DataFrame({"article_id": "a", "article_version": ["v1", "v2"], "article_date": ["2024-01-01", "2025-01-01"],
    ...     "recorded_at": "2025-02-01", "superseded_at": None, "drug": ["old", "new"]})
    >>> [valid_as_of(rows, dt.date(year, 6, 1))["drug"].tolist() for year in (2023, 2024, 2025)]
    [[], ['old'], ['new']]
    """
    frame = _frame(claims)
    recorded = _times(frame, "recorded_at")
    if known is not None:
        frame = frame[recorded <= _moment(known)]
        recorded = recorded[frame.index]
    version = frame["article_version"].fillna("").astype(str)
    reading = recorded.groupby([frame["article_id"], version]).transform("max")
    last = recorded == reading
    frame, recorded, version = frame[last], recorded[last], version[last]
    said = _times(frame, "article_date").fillna(recorded).dt.floor("D")
    able = said <= pd.Timestamp(day, tz="UTC")
    frame, recorded, version, said = frame[able], recorded[able], version[able], said[able]
    key = pd.DataFrame(
        {"article": frame["article_id"], "said": said, "recorded": recorded, "version": version},
        index=frame.index,
    )
    newest = key.sort_values(["article", "said", "recorded", "version"]).groupby("article").tail(1)
    chosen = newest.set_index("article")["version"]
    rows: pd.DataFrame = frame[version == frame["article_id"].map(chosen)].copy()
    if "superseded_at" in rows:
        rows["superseded_at"] = None
    return rows.reset_index(drop=True)


def _frame(claims: Table) -> pd.DataFrame:
    frame: pd.DataFrame = claims.to_pandas() if isinstance(claims, pa.Table) else claims
    return frame.reset_index(drop=True)


def _moment(moment: dt.datetime) -> pd.Timestamp:
    stamp = pd.Timestamp(moment)
    return stamp.tz_localize("UTC") if stamp.tzinfo is None else stamp.tz_convert("UTC")


def _times(frame: pd.DataFrame, name: str) -> Any:
    if name not in frame:
        return pd.Series(pd.NaT, index=frame.index, dtype="datetime64[ns, UTC]")
    return pd.to_datetime(frame[name], utc=True, errors="coerce")
