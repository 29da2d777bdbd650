"""What is known of every place and article, on the disk: it grows with the ledger, the memory of a run must not."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

import pyarrow as pa

from pipeline.articles.page import CUT
from pipeline.ledger import KnownArticles, Writer
from pipeline.ledger.shelf import Shelf
from pipeline.model.addresses import without_secrets


@dataclass(slots=True)
class Place:
    """What is known of one file or address (a row of `places`)."""

    sha256: str | None
    rules_version: str | None
    status: str
    article_id: str | None
    code: str | None
    failures: int
    first_seen: dt.datetime
    changed_at: dt.datetime


@dataclass(slots=True)
class Reading:
    """The reading of an article that holds: its row of `articles`, without the text."""

    reading_id: str
    version: str
    rules_version: str | None
    told: int
    location: str
    date: dt.date | None
    status: str
    title: str
    url: str | None
    n_claims: int
    cut: bool  # its end was missing


def told_of(title: str, source: str, url: str | None, date: dt.date | None) -> int:
    """A fingerprint of what is recorded of an article beside its text; kept for every article, so it is small."""
    return hash((title, source, url, date))


def version_key(article_id: str, version: str) -> str:
    """How one version of an article is called in `Known.versions`."""
    return f"{article_id}\n{version}"


class Known:
    """What the ledger knew before the run, and what the run adds.

    `places` are by location, `current`, the readings that hold, by article_id, `aside`, the reading_ids of what is set aside, by
    location; `versions` are the rules that read a version last ("" where unknown), by `version_key`. `seen` are the places that the
    run has looked at, `unchanged` those of them where nothing was new.
    """

    def __init__(self) -> None:
        self.shelf = Shelf()
        self.articles = KnownArticles(
            ids=self.shelf.names("ids"),
            by_address=self.shelf.texts("by_address"),
            by_place=self.shelf.texts("by_place"),
            by_stem_and_title=self.shelf.texts("by_stem_and_title"),
            canonical=self.shelf.texts("canonical"),
        )
        self.places = self.shelf.records("places", Place, "article_id")
        self.current = self.shelf.records("current", Reading)
        self.aside = self.shelf.texts("aside")
        self.versions = self.shelf.texts("versions")
        self.seen = self.shelf.names("seen")
        self.unchanged = self.shelf.names("unchanged")

    def load(self, writer: Writer) -> None:
        """Read from the ledger what was known before."""
        columns = ["reading_id", "article_id", "version", "status", "title", "source", "url", "location", "aliases",
                   "date", "rules_version", "superseded_at", "recorded_at", "n_claims", "warnings"]  # fmt: skip
        for row in _each(writer.in_order("articles", [("recorded_at", "ascending")], columns)):
            self._add(row)
        for row in _each(writer.latest_places()):
            self.places[row["location"]] = Place(
                row["sha256"], row["rules_version"], row["status"], row["article_id"], row["code"],
                row["failures"], row["first_seen"], row["changed_at"],
            )  # fmt: skip
            if row["article_id"] is not None:
                self.articles.by_place[row["location"]] = row["article_id"]

    def _add(self, row: dict[str, Any]) -> None:
        name = row["article_id"]
        if row["version"] is not None:
            self.versions[version_key(name, row["version"])] = row["rules_version"] or ""
            self.articles.add(
                name, location=row["location"], title=row["title"], url=row["url"], aliases=row["aliases"]
            )
        if row["superseded_at"] is None and row["status"] == "set aside":
            self.aside[row["location"]] = row["reading_id"]
            self.articles.ids.add(name)
            self.articles.by_place.setdefault(row["location"], name)
        elif row["superseded_at"] is None:
            self.current[name] = Reading(
                row["reading_id"], row["version"], row["rules_version"],
                told_of(row["title"], row["source"], row["url"], row["date"]),
                row["location"], row["date"], row["status"], row["title"], row["url"], row["n_claims"],
                CUT in row["warnings"],
            )  # fmt: skip


def _each(tables: Iterator[pa.Table]) -> Iterator[dict[str, Any]]:
    """The rows one by one, few of them as Python objects at a time."""
    for table in tables:
        for batch in table.to_batches(max_chunksize=1_000):
            for row in batch.to_pylist():
                for name in ("location", "url"):  # ledgers made before secrets were masked
                    if row.get(name):
                        row[name] = without_secrets(row[name])
                if row.get("aliases"):
                    row["aliases"] = [without_secrets(alias) for alias in row["aliases"]]
                yield row
