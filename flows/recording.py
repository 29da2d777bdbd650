"""The stage that records a batch: one commit of versions, claims, changes and places."""

from __future__ import annotations

import datetime as dt
from dataclasses import replace
from typing import Any

from flows.history import reading_id
from flows.known import Place
from flows.state import Item, Run
from pipeline.changes import carry_ids, diff_claims
from pipeline.ledger import ArticleRow, Batch, PlaceRow
from pipeline.model import Article, EvidenceError, row_of

Row = dict[str, Any]
GONE = EvidenceError(
    "E-FETCH-12", "the article is no longer there", do="its claims stay until an editor rejects them"
)


def record_batch(run: Run, items: list[Item], now: dt.datetime) -> None:
    """Record what became of every place of the batch, in one commit. Raises LedgerError; then nothing is recorded."""
    recorder = _Recorder(run, items, now)
    for item in items:
        recorder.take(item)
    batch = recorder.batch()
    if batch:
        run.writer.commit(batch)
    run.fresh.clear()
    run.counts.update(recorder.counts)
    for name, count in recorder.counts.items():
        run.log.event("recorded", what=name, count=count)


class _Recorder:
    """Collects what one batch changes. Of several versions of one article in it only the last holds."""

    def __init__(self, run: Run, items: list[Item], now: dt.datetime) -> None:
        self.run, self.now, self.known = run, now, run.known
        self.counts: dict[str, int] = {}
        self.held, self.readings = self._held(items)
        self.closed: set[str] = set()  # reading_ids
        self.emptied: set[str] = set()  # article_ids whose claims hold no longer
        self.articles: dict[str, Row] = {}
        self.claims: dict[str, list[Row]] = {}
        self.past: dict[str, list[Row]] = {"articles": [], "claims": []}
        self.aside: list[Row] = []
        self.changes: list[Row] = []
        self.places: dict[str, Row] = {}

    def _held(self, items: list[Item]) -> tuple[dict[str, list[Row]], dict[str, Row]]:
        """The claims and readings that hold so far, of the articles that this batch is about."""
        new = {
            i.article.article_id for i in items if i.article is not None and not i.same and i.error is None
        }
        gone = {
            p.article_id
            for i in items
            if i.gone and (p := self.known.places.get(i.location)) and p.article_id
        }
        wanted = sorted((new | gone) - self.run.fresh)
        held: dict[str, list[Row]] = {}
        if not wanted:
            return held, {}
        here = {"article_id": wanted}
        for row in self.run.writer.rows("claims", where=here).to_pylist():
            held.setdefault(row["article_id"], []).append(row)
        read = here | {"status": ["ok", "gone"]}
        return held, {r["article_id"]: r for r in self.run.writer.rows("articles", where=read).to_pylist()}

    def take(self, item: Item) -> None:
        """What became of one place."""
        if item.back:
            self._found(item, None)
        elif item.gone:
            self._gone(item)
        elif item.error is not None:
            self._failed(item, item.error)
        elif item.article is not None:
            if not item.same:
                self._read(item, item.article)
            self._found(item, item.article)

    def _read(self, item: Item, article: Article) -> None:
        name, snapshot = article.article_id, item.snapshot
        row = row_of(
            ArticleRow(
                reading_id=reading_id(self.run, item),
                article_id=name,
                version=article.version,
                status="ok",
                warnings=article.warnings,
                title=article.title,
                source=article.source,
                url=article.url,
                location=item.location,
                aliases=item.aliases,
                date=article.date,
                sha256=snapshot.sha256 if snapshot else None,
                media_type=snapshot.media_type if snapshot else "",
                text=article.text,
                n_claims=len(item.claims),
                rules_version=self.run.rules_version,
                fetched_at=snapshot.fetched_at if snapshot else None,
            )
        )
        old = self.claims.get(name, self.held.get(name, []))
        new = carry_ids(old, [row_of(claim) for claim in item.claims])
        before = self.articles.get(name) or self.readings.get(name)
        if item.new:
            self._count("new_versions")
        if item.past:
            self.past["articles"].append(row)
            self.past["claims"].extend(new)
            return
        same_text = before is not None and before["version"] == article.version
        cause = (
            "rules"
            if same_text and before and before["rules_version"] != self.run.rules_version
            else "article"
        )
        for change in diff_claims(old, new, cause=cause):  # type: ignore[arg-type]
            self.changes.append(row_of(change))
            self._count(change.kind if change.meaning else "noise")
        self._close(name)
        self.articles[name], self.claims[name] = row, new

    def _close(self, name: str) -> None:
        if name in self.articles:  # an earlier version in this very batch
            self.past["articles"].append(self.articles.pop(name))
            self.past["claims"].extend(self.claims.pop(name))
        elif name in self.readings:
            self.closed.add(self.readings[name]["reading_id"])
            self.emptied.add(name)

    def _found(self, item: Item, article: Article | None) -> None:
        aside = self.known.aside.pop(item.location, None)
        if aside is not None:
            self.closed.add(aside)
        self._place(item, "ok", article.article_id if article is not None else None, None)

    def _failed(self, item: Item, error: EvidenceError) -> None:
        """Set aside, told once and then counted; what was read there before goes on holding."""
        place = self.known.places.get(item.location)
        known = place is not None and place.status in ("set aside", "failed") and place.code == error.code
        article_id = (
            item.article.article_id
            if item.article is not None
            else self.known.articles.name_for(item.location)
        )
        if not known:
            self._count("newly_set_aside")
            self.run.log.problem("set aside", error, location=item.location)
        if item.unfetched:
            self._count("failed")
        if item.location not in self.known.aside and (
            not item.unfetched or article_id not in self.known.current
        ):
            self._set_aside(item, error, article_id)
        elif not known and item.location in self.known.aside:
            self.closed.add(self.known.aside.pop(item.location))
            self._set_aside(item, error, article_id)
        self._place(item, "failed" if item.unfetched else "set aside", article_id, error)

    def _set_aside(self, item: Item, error: EvidenceError, article_id: str) -> None:
        snapshot = item.snapshot
        row = row_of(
            ArticleRow(
                reading_id=reading_id(self.run, item),
                article_id=article_id,
                status="set aside",
                code=error.code,
                what=error.what,
                do=error.do,
                location=item.location,
                aliases=item.aliases,
                sha256=snapshot.sha256 if snapshot else None,
                media_type=snapshot.media_type if snapshot else "",
                rules_version=self.run.rules_version,
                fetched_at=snapshot.fetched_at if snapshot else None,
            )
        )
        self.aside.append(row)
        self.known.aside[item.location] = row["reading_id"]
        self.known.articles.ids.add(article_id)
        self.known.articles.by_place.setdefault(item.location, article_id)

    def _gone(self, item: Item) -> None:
        """Marked, not deleted; one that also stands elsewhere is not gone."""
        place = self.known.places.get(item.location)
        name = place.article_id if place is not None else None
        reading = self.known.current.get(name) if name is not None else None
        if name is None or reading is None:
            missing = EvidenceError(
                "E-FETCH-12", "nothing is there", where=item.location, do="check the address"
            )
            item.unfetched = True
            self._failed(item, missing)
            return
        others = self.known.places.where("article_id", name)
        elsewhere = any(p.status == "ok" for at, p in others if at != item.location)
        if place is not None and place.status != "gone":
            self.run.log.event("gone", location=item.location, article=name)
        row = self.readings.get(name)
        if row is not None and not elsewhere and reading.status != "gone" and name not in self.articles:
            self._count("gone")
            marked = {**row, "status": "gone", "code": GONE.code, "what": GONE.what, "do": GONE.do}
            self.closed.add(row["reading_id"])
            self.articles[name] = {**marked, "reading_id": row["reading_id"] + "-gone"}
            self.known.current[name] = replace(reading, status="gone")
        self._place(item, "gone", name, GONE)

    def _place(self, item: Item, status: str, article_id: str | None, error: EvidenceError | None) -> None:
        before = self.known.places.get(item.location)
        sha256 = item.snapshot.sha256 if item.snapshot else (before.sha256 if before else None)
        changed = before is None or before.status != status or before.sha256 != sha256
        place = Place(
            sha256=sha256,
            rules_version=self.run.rules_version
            if item.snapshot
            else (before.rules_version if before else None),
            status=status,
            article_id=article_id,
            code=error.code if error else None,
            failures=0 if error is None or status == "gone" else (before.failures if before else 0) + 1,
            first_seen=before.first_seen if before else self.now,
            changed_at=self.now if changed or before is None else before.changed_at,
        )
        self.known.places[item.location] = place
        self.places[item.location] = row_of(
            PlaceRow(
                location=item.location,
                article_id=article_id,
                sha256=place.sha256,
                rules_version=place.rules_version,
                status=status,
                code=place.code,
                what=error.what if error else None,
                do=error.do if error else None,
                failures=place.failures,
                first_seen=place.first_seen,
                changed_at=place.changed_at,
                checked_at=self.now,
            )
        )

    def _count(self, what: str) -> None:
        self.counts[what] = self.counts.get(what, 0) + 1

    def batch(self) -> Batch:
        """What is to be committed."""
        return Batch(
            closed={
                "articles": ("reading_id", sorted(self.closed)),
                "claims": ("article_id", sorted(self.emptied)),
            },
            added={
                "articles": [*self.articles.values(), *self.aside],
                "claims": [row for rows in self.claims.values() for row in rows],
                "changes": self.changes,
                "places": list(self.places.values()),
            },
            past=self.past,
        )
