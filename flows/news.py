"""Which articles have something to say in a report: new, updated, gone or set aside since the last one."""

from __future__ import annotations

import datetime as dt
from collections import Counter
from collections.abc import Iterable
from typing import Any

import pyarrow as pa
import pyarrow.dataset as ds

from flows.known import version_key
from pipeline.ledger import Writer
from pipeline.ledger.shelf import Shelf

_COLUMNS = [
    "reading_id",
    "article_id",
    "version",
    "status",
    "location",
    "warnings",
    "recorded_at",
    "superseded_at",
]
_SHOWN = """
SELECT reading_id, status FROM news LEFT JOIN speaking ON speaking.key = news.article_id
ORDER BY status NOT IN ('set aside', 'gone'), speaking.key IS NULL AND NOT mended, article_id, place
"""


def after(since: dt.datetime | None) -> ds.Expression | None:
    """What was recorded later than `since` (None: everything)."""
    return None if since is None else ds.field("recorded_at") > pa.scalar(since, pa.timestamp("us", tz="UTC"))


class News:
    """The news of a ledger of any size, on a shelf of its own; close it. Of each article and, where set aside, place the last counts."""

    def __init__(self, writer: Writer, since: dt.datetime | None) -> None:
        self._shelf = Shelf()
        self._shelf.ask(
            "CREATE TABLE news (article_id, place, reading_id, status, mended, PRIMARY KEY (article_id, place)) WITHOUT ROWID"
        )
        self._speaking = self._shelf.names("speaking")
        self._known, self._versions = self._shelf.names("known"), self._shelf.names("versions")
        later = after(since)
        if writer.count("articles", later):
            if later is not None:
                self._before(writer, ~later)
            for rows in writer.in_order("articles", [("recorded_at", "ascending")], _COLUMNS, later):
                for batch in rows.to_batches(max_chunksize=1_000):
                    for row in batch.to_pylist():
                        self._take(row)

    def __bool__(self) -> bool:
        return bool(self._shelf.ask("SELECT count(*) FROM news").fetchone()[0])

    def close(self) -> None:
        """Give the shelf back."""
        self._shelf.close()

    def _before(self, writer: Writer, earlier: ds.Expression) -> None:
        for batch in writer.batches("articles", ["article_id", "version"], earlier):
            for row in batch.to_pylist():
                self._known.add(row["article_id"])
                self._versions.add(version_key(row["article_id"], row["version"] or ""))

    def _take(self, row: dict[str, Any]) -> None:
        name, status = row["article_id"], row["status"]
        if status == "ok" and version_key(name, row["version"] or "") in self._versions:
            return
        if status == "set aside" and row["superseded_at"] is not None:
            return
        place = row["location"] if status == "set aside" else ""
        if status == "ok":
            status = "updated" if name in self._known else "new"
        told = (name, place, row["reading_id"], status, bool(row["warnings"]))
        self._shelf.ask("INSERT OR REPLACE INTO news VALUES (?, ?, ?, ?, ?)", told)

    def weightiest(self, most: int, speaking: Iterable[str]) -> tuple[dict[str, str], dict[str, int]]:
        """The readings to show with their status: what is wrong first, then those in `speaking`; how many of each status are left out."""
        self._speaking |= set(speaking)
        shown = dict(self._shelf.ask(f"{_SHOWN} LIMIT ?", (most,)).fetchall())
        left = Counter(dict(self._shelf.ask("SELECT status, count(*) FROM news GROUP BY status").fetchall()))
        left.subtract(shown.values())
        return shown, {status: count for status, count in left.items() if count}
