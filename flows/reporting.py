"""The stage that writes the diff report: everything since the last one; of very much, the weightiest."""

from __future__ import annotations

import dataclasses
import datetime as dt
from collections.abc import Iterable, Iterator, Mapping, Sequence
from contextlib import closing
from pathlib import Path
from typing import Any

import pyarrow as pa
import pyarrow.compute as pc
import pyarrow.dataset as ds

from flows.memory import give_back
from flows.news import News, after
from flows.state import Run
from flows.weightiest import weightiest
from pipeline.ledger import TABLES
from pipeline.ledger.views import CellsView, RowsView
from pipeline.model import Change, FieldChange
from pipeline.model.change import IMPORTANCES
from pipeline.model.decision import effective
from pipeline.model.evidence import SEVERITIES
from pipeline.reports import Report, ReportArticle, Rest, write_reports

Row = Mapping[str, Any]
MOST = 5_000
"""Changes, rows of evidence, discrepancies and articles that one report shows; the rest is counted."""
_ALL_CLAIMS = 10_000


def report_run(run: Run, finished_at: dt.datetime) -> tuple[Path, ...]:
    """Write the report of everything since the last report, if there is anything; gives its files.

    Where nothing changed, the files of the last report stay, and are given.
    """
    folder = run.options.processed / "reports"
    since = reported_at(run)
    held = effective(run.writer.rows("decisions").to_pylist())
    latest = tuple(folder / f"latest.{suffix}" for suffix in ("html", "md", "json"))
    newly = since is None or run.writer.count("discrepancies", after(since))
    with closing(News(run.writer, since)) as news:
        nothing = not news and not newly and not run.writer.count("changes", after(since))
        if nothing and all(p.is_file() for p in latest):
            return latest
        report = _report(run, finished_at, since, held, news)
    give_back()
    paths = write_reports(report, folder)
    return (paths.html, paths.markdown, paths.json)


def _report(
    run: Run,
    finished_at: dt.datetime,
    since: dt.datetime | None,
    held: Sequence[Mapping[str, Any]],
    news: News,
) -> Report:
    rows, reviewed, more_changes = _changes(run, since_review(since, held), held)
    changes = [_change(row) for row in rows]
    old_claims = _old_claims(run, rows)
    del rows
    shown, more_articles = news.weightiest(MOST, {c.article_id for c in changes})
    discrepancies, more_discrepancies, more_conflicts = _discrepancies(run)
    evidence, drugs, diseases = _evidence(
        run, {*(c.disease for c in changes), *(d["disease"] for d in discrepancies)}
    )
    claims = _claims_for(run, changes, discrepancies)
    wanted = {c["article_version"] for c in (*claims, *old_claims)}
    return Report(
        run_id=run.run_id,
        started_at=run.started_at,
        finished_at=finished_at,
        rules_version=run.rules_version,
        first_run=since is None,
        changes=changes,
        claims=claims,
        old_claims=old_claims,
        discrepancies=discrepancies,
        evidence=evidence,
        articles=_articles(run, shown),
        unchanged=run.counts["unchanged"] - run.counts["still_aside"],
        aside=len(run.known.aside),
        texts=_texts(run, wanted),
        reviewed=reviewed,
        rest=Rest(
            changes=more_changes,
            articles=more_articles,
            discrepancies=more_discrepancies,
            conflicts=more_conflicts,
            drugs=drugs,
            diseases=diseases,
        ),
    )


def reported_at(run: Run) -> dt.datetime | None:
    """Up to when the changes were told: when readers' view last moved, but for runs whose report failed."""
    done = [r for r in run.writer.rows("runs").to_pylist() if r["status"] == "done"]
    done.sort(key=lambda r: r["finished_at"])
    if not done or done[-1]["error"] is None:
        return run.writer.head.published_at
    told = [r["finished_at"] for r in done if r["error"] is None]
    return max(told) if told else None


def changes_of_meaning(run: Run, most: int) -> tuple[Sequence[Row], int]:
    """The changes of meaning recorded since the last report, at most `most`, newest first; and how many there are."""
    keep = after(reported_at(run))
    batches = run.writer.batches("changes", ["change_id", "recorded_at", "meaning"], keep)
    tables = (pa.Table.from_batches([batch]).filter(batch.column("meaning")) for batch in batches)
    first, rest = weightiest(
        tables, [("recorded_at", "descending"), ("change_id", "ascending")], most, "meaning"
    )
    ids = first.column("change_id").to_pylist() if first is not None else []
    return _whole(run, "changes", ids), len(ids) + rest.total()


def since_review(told: dt.datetime | None, held: Sequence[Mapping[str, Any]]) -> dt.datetime | None:
    """From when on the report shows changes: the last review where runs came after it, else the last report."""
    if told is None or not held:
        return told
    reviewed: dt.datetime = max(d["decided_at"] for d in held)
    return min(told, reviewed)


def reviewed_ids(changes: Iterable[Mapping[str, Any]], held: Sequence[Mapping[str, Any]]) -> frozenset[str]:
    """Ids of the discrepancies and changes that an editor decided after they were recorded."""
    decided: dict[str, dt.datetime] = {}
    for decision in held:
        for name in (decision["subject_id"], decision["claim_id"]):
            if name is not None:
                decided[name] = max(decision["decided_at"], decided.get(name, decision["decided_at"]))
    never = dt.datetime.min.replace(tzinfo=dt.UTC)
    seen = {
        c["change_id"]
        for c in changes
        if max(decided.get(c["change_id"], never), decided.get(c["claim_id"], never)) >= c["recorded_at"]
    }
    return frozenset(seen | {d["subject_id"] for d in held if d["subject"] == "discrepancy"})


def _whole(run: Run, name: str, ids: Iterable[str]) -> Sequence[Row]:
    """Rows of a table by the names of its rows, in the table's order."""
    table = TABLES[name]
    keep = ds.field("superseded_at").is_null() if table.history else None
    rows = run.writer.read(name, keep=keep, where={table.key: set(ids)})
    return RowsView(rows.sort_by(list(table.order)))


def _changes(
    run: Run, since: dt.datetime | None, held: Sequence[Mapping[str, Any]]
) -> tuple[Sequence[Row], frozenset[str], dict[str, int]]:
    """The changes to show, the ids of what editors have decided, and how many of each importance are left out."""
    columns, keep = ["change_id", "claim_id", "article_id", "importance", "recorded_at"], after(since)
    rows = (row for batch in run.writer.batches("changes", columns, keep) for row in batch.to_pylist())
    reviewed = reviewed_ids(rows if held else (), held)
    if run.writer.count("changes", keep) <= MOST:
        narrow = run.writer.read("changes", keep=keep, columns=["change_id"])
        return _whole(run, "changes", narrow.column("change_id").to_pylist()), reviewed, {}
    decided = pa.array(sorted(reviewed), pa.string())

    def ranked(batch: pa.RecordBatch) -> pa.Table:
        rank = pc.index_in(batch.column("importance"), value_set=pa.array(IMPORTANCES))
        table = pa.Table.from_batches([batch]).append_column("rank", rank)
        return table.filter(pc.invert(pc.is_in(batch.column("change_id"), value_set=decided)))

    order = [
        ("rank", "ascending"),
        ("recorded_at", "descending"),
        ("article_id", "ascending"),
        ("change_id", "ascending"),
    ]
    shown, left = weightiest(
        map(ranked, run.writer.batches("changes", columns, keep)), order, MOST, "importance"
    )
    ids = shown.column("change_id").to_pylist() if shown is not None else []
    return _whole(run, "changes", ids), reviewed, dict(left)


def _discrepancies(run: Run) -> tuple[Sequence[Row], int, int]:
    """The discrepancies to show, open conflicts first; how many are left out, and how many open conflicts of these."""

    def ranked(batch: pa.RecordBatch) -> pa.Table:
        conflict = pc.and_(
            pc.equal(batch.column("severity"), "conflict"), pc.is_null(batch.column("resolution"))
        )
        rank = pc.index_in(batch.column("severity"), value_set=pa.array(SEVERITIES))
        table = pa.Table.from_batches([batch]).append_column("open", pc.cast(conflict, pa.int8()))
        return table.append_column("rank", rank)

    columns = ["discrepancy_id", "severity", "resolution", "disease", "drug"]
    order = [("open", "descending"), ("rank", "ascending"), ("disease", "ascending"), ("drug", "ascending"),
             ("discrepancy_id", "ascending")]  # fmt: skip
    shown, left = weightiest(map(ranked, _holding(run, "discrepancies", columns)), order, MOST, "open")
    ids = shown.column("discrepancy_id").to_pylist() if shown is not None else []
    return _whole(run, "discrepancies", ids), left.total(), left[1]


def _evidence(run: Run, about: set[str]) -> tuple[Sequence[Row], int, int]:
    """The rows of evidence to show, those on the diseases `about` first; how many drugs and diseases there are in all."""
    drugs: set[str] = set()
    diseases: set[str] = set()
    first = pa.array(sorted(about), pa.string())

    def ranked(batch: pa.RecordBatch) -> pa.Table:
        drugs.update(batch.column("drug").unique().to_pylist())
        diseases.update(batch.column("disease").unique().to_pylist())
        here = pc.cast(pc.is_in(batch.column("disease"), value_set=first), pa.int8())
        return pa.Table.from_batches([batch]).append_column("here", here)

    order = [
        ("here", "descending"),
        ("disease", "ascending"),
        ("drug", "ascending"),
        ("evidence_id", "ascending"),
    ]
    batches = _holding(run, "evidence", ["evidence_id", "disease", "drug"])
    shown, _ = weightiest(map(ranked, batches), order, MOST, "here")
    ids = shown.column("evidence_id").to_pylist() if shown is not None else []
    return _whole(run, "evidence", ids), len(drugs), len(diseases)


def _holding(run: Run, name: str, columns: list[str]) -> Iterator[pa.RecordBatch]:
    return run.writer.batches(name, columns, ds.field("superseded_at").is_null())


def _claims_for(run: Run, changes: list[Change], discrepancies: Sequence[Row]) -> Sequence[Row]:
    """Today's claims; in a large ledger only those that the report speaks of."""
    order = list(TABLES["claims"].order)
    if run.writer.count("claims", ds.field("superseded_at").is_null()) <= _ALL_CLAIMS:
        return RowsView(run.writer.rows("claims").sort_by(order))
    ids = {c.claim_id for c in changes}
    ids |= {d[side] for d in discrepancies for side in ("older_claim", "newer_claim") if d[side]}
    return RowsView(run.writer.rows("claims", where={"claim_id": ids}).sort_by(order))


def _old_claims(run: Run, changes: Iterable[Row]) -> list[Row]:
    """The rows before of what changed or went."""
    before = {(c["claim_id"], c["old_version"]) for c in changes if c["old_version"] is not None}
    if not before:
        return []
    where = {"claim_id": {b[0] for b in before}, "article_version": {b[1] for b in before}}
    rows = run.writer.read("claims", keep=ds.field("superseded_at").is_valid(), where=where)
    last: dict[tuple[str, str, int, Any], Row] = {}
    for row in RowsView(rows.sort_by("recorded_at")):
        if (row["claim_id"], row["article_version"]) in before:
            last[row["claim_id"], row["article_version"], row["char_start"], row["dose_text"]] = row
    return list(last.values())


def _texts(run: Run, versions: set[str]) -> Mapping[str, str]:
    rows = run.writer.read("articles", where={"version": versions}, columns=["version", "text"])
    return CellsView(rows.filter(pc.is_valid(rows.column("text"))), "version", "text")


def _articles(run: Run, shown: Mapping[str, str]) -> list[ReportArticle]:
    """The articles of these readings, whose status is given."""
    columns = [c.name for c in TABLES["articles"].columns if c.name != "text"]
    rows = run.writer.read("articles", where={"reading_id": set(shown)}, columns=columns)
    found = {
        (row["article_id"], row["location"]): ReportArticle(
            article_id=row["article_id"],
            title=row["title"] or row["location"],
            source=row["source"],
            url=row["url"],
            date=row["date"],
            status=shown[row["reading_id"]],  # type: ignore[arg-type]
            reason=row["what"] or "",
            do=row["do"] or "",
            warnings=tuple(row["warnings"]),
        )
        for row in RowsView(rows.sort_by("recorded_at"))
    }
    return [found[key] for key in sorted(found)]


def _change(row: Row) -> Change:
    values = {f.name: row[f.name] for f in dataclasses.fields(Change)}
    values = {name: tuple(value) if isinstance(value, list) else value for name, value in values.items()}
    values["fields"] = tuple(FieldChange(**f) for f in row["fields"])
    return Change(**values)
