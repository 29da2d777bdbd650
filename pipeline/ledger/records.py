"""The rows that only the ledger keeps: versions of articles, places looked at, runs."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass

from pipeline.model.columns import column

ARTICLE_STATUSES = ("ok", "set aside", "gone")
PLACE_STATUSES = ("ok", "set aside", "failed", "gone")
RUN_STATUSES = ("done", "failed", "interrupted")


@dataclass(frozen=True, slots=True, kw_only=True)
class ArticleRow:
    """One reading of one version of an article, or an article that was set aside and why."""

    reading_id: str = column("names this row")
    article_id: str = column("names the article over its versions")
    version: str | None = column("sha256 of the canonical text; null where set aside", default=None)
    status: str = column(
        "ok: read; set aside: could not be read; gone: no longer there", values=ARTICLE_STATUSES
    )
    code: str | None = column("code of the reason, where set aside or gone", default=None)
    what: str | None = column("the reason for a person", default=None)
    do: str | None = column("what to do about it", default=None)
    warnings: tuple[str, ...] = column("what was mended while reading", default=())
    title: str = column("the article's title", default="")
    source: str = column("the publisher", default="")
    url: str | None = column("the article's own (canonical) address", default=None)
    location: str = column("file or address that the bytes came from")
    aliases: tuple[str, ...] = column("other addresses of it: redirects, the address asked for", default=())
    date: dt.date | None = column("the article's own last-updated date", default=None)
    sha256: str | None = column("sha256 of the bytes as fetched (under raw/snapshots)", default=None)
    media_type: str = column("as the transport declared it", default="")
    text: str | None = column("canonical text: the quotes' offsets are code points into it", default=None)
    n_claims: int = column("claims read in it", default=0)
    rules_version: str | None = column("version of the rules and vocabulary that read it", default=None)
    fetched_at: dt.datetime | None = column("when the bytes were fetched, UTC", default=None)


@dataclass(frozen=True, slots=True, kw_only=True)
class PlaceRow:
    """What is known of one file or address: its last bytes, so that unchanged ones are skipped."""

    location: str = column("the file or address")
    article_id: str | None = column("the article found there", default=None)
    sha256: str | None = column("sha256 of the bytes last seen there", default=None)
    rules_version: str | None = column("version of the rules that last read them", default=None)
    status: str = column("what became of it when last looked at", values=PLACE_STATUSES)
    code: str | None = column("code of the reason, where not ok", default=None)
    what: str | None = column("the reason for a person", default=None)
    do: str | None = column("what to do about it", default=None)
    failures: int = column("how many runs in a row it failed in; 0 where ok", default=0)
    first_seen: dt.datetime = column("when it was first looked at, UTC")
    changed_at: dt.datetime = column("when its bytes or its status last changed, UTC")
    checked_at: dt.datetime = column("when it was last looked at, UTC")


@dataclass(frozen=True, slots=True, kw_only=True)
class StageTime:
    """How long one stage of a run took."""

    stage: str = column("ingest, read, extract, record, reconcile or report")
    seconds: float = column("wall-clock seconds")


@dataclass(frozen=True, slots=True, kw_only=True)
class RunRow:
    """One run, as it ended."""

    run_id: str = column("names the run")
    started_at: dt.datetime = column("when it began, UTC")
    finished_at: dt.datetime | None = column(
        "when it ended, UTC; null where it was interrupted", default=None
    )
    status: str = column("done, failed or interrupted", values=RUN_STATUSES)
    sources: tuple[str, ...] = column("what it looked at", default=())
    rules_version: str | None = column("version of the rules and vocabulary", default=None)
    looked_at: int = column("places looked at", default=0)
    unchanged: int = column("places whose bytes were known", default=0)
    read: int = column("articles read", default=0)
    new_versions: int = column("new versions of articles", default=0)
    set_aside: int = column("articles that are set aside after this run", default=0)
    newly_set_aside: int = column("of these, set aside by this run", default=0)
    failed: int = column("places that could not be fetched", default=0)
    gone: int = column("articles that are no longer there", default=0)
    claims: int = column("claims that hold after this run", default=0)
    added: int = column("claims added", default=0)
    changed: int = column("claims whose meaning changed", default=0)
    removed: int = column("claims removed", default=0)
    noise: int = column("changes without meaning: wording, moves, citations", default=0)
    evidence: int = column("rows of evidence after this run", default=0)
    discrepancies: int = column("discrepancies after this run", default=0)
    conflicts: int = column("of these, open conflicts", default=0)
    timings: tuple[StageTime, ...] = column("seconds of each stage", default=())
    error: str | None = column("why it failed", default=None)
