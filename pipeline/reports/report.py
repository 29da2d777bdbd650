"""What a report is made of. Rows are Mappings of column to value, as the tables of the ledger give them."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any, Literal

from pipeline.model.change import Change

Row = Mapping[str, Any]
ArticleStatus = Literal["new", "updated", "unchanged", "gone", "set aside"]


@dataclass(frozen=True, slots=True, kw_only=True)
class ReportArticle:
    """One article that the run looked at.

    `reason` and `do` say why it was set aside and what helps; `warnings` what was mended while reading.
    """

    article_id: str
    title: str = ""
    source: str = ""
    url: str | None = None
    date: dt.date | None = None
    status: ArticleStatus = "unchanged"
    reason: str = ""
    do: str = ""
    warnings: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Rest:
    """What a report of very much only counts: changes by importance, articles by status, discrepancies and how many of
    them are open conflicts. `drugs` and `diseases` are those of the whole evidence (None: as in the report)."""

    changes: Mapping[str, int] = field(default_factory=dict)
    articles: Mapping[str, int] = field(default_factory=dict)
    discrepancies: int = 0
    conflicts: int = 0
    drugs: int | None = None
    diseases: int | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Report:
    """Everything that one diff report shows; nothing is looked up while it is written.

    `claims` are today's rows that changes (new side), discrepancies and the timeline refer to, best all
    of today's; `old_claims` the rows before of what changed or went. `texts` are canonical texts by
    article_version, for context: a version that is missing costs its context only. `articles` are those
    with something to say (new, updated, gone, set aside); unchanged ones may just be counted in
    `unchanged`, and in `aside` all that is set aside, also what earlier reports told. `reviewed` are the ids of changes and discrepancies that editors have decided:
    they are counted, not shown. `rest` is what is counted beyond all these.
    """

    run_id: str
    started_at: dt.datetime | None = None
    finished_at: dt.datetime | None = None
    rules_version: str = ""
    first_run: bool = False
    changes: Sequence[Change] = ()
    claims: Sequence[Row] = ()
    old_claims: Sequence[Row] = ()
    discrepancies: Sequence[Row] = ()
    evidence: Sequence[Row] = ()
    articles: Sequence[ReportArticle] = ()
    unchanged: int = 0
    aside: int = 0
    texts: Mapping[str, str] = field(default_factory=dict)
    reviewed: frozenset[str] = frozenset()
    rest: Rest = field(default_factory=Rest)


@dataclass(frozen=True, slots=True, kw_only=True)
class ReportPaths:
    """Where a report was written; `latest` are the copies that always show the last run."""

    html: Path
    markdown: Path
    json: Path
    latest: tuple[Path, ...]
