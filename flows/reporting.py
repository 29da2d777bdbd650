"""The stage that writes the diff report: everything since the last one; of very much, the weightiest."""

from __future__ import annotations

import dataclasses
import datetime as dt
from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from pathlib import Path
from typing import Any

import pyarrow as pa
import pyarrow.compute as pc
import pyarrow.dataset as ds

from flows.state import Run
from pipeline.ledger import TABLES
from pipeline.model import Change, FieldChange
from pipeline.model.change import IMPORTANCES
from pipeline.model.decision import effective
from pipeline.model.evidence import SEVERITIES
from pipeline.reports import Report, ReportArticle, Rest, write_reports

Row = dict[str, Any]
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
    articles = _new_articles(run, since)
    latest = tuple(folder / f"latest.{suffix}" for suffix in ("html", "md", "json"))
    newly = since is None or run.writer.count("discrepancies", _after(since))
    nothing = not articles and not newly and not run.writer.count("changes", _after(since))
    if nothing and all(p.is_file() for p in latest):
        return latest
    changes, reviewed, more_changes = _changes(run, since_review(since, held), held)
    discrepancies, more_discrepancies, more_conflicts = _discrepancies(run)
    evidence, drugs, diseases = _evidence(run, {r["disease"] for r in (*changes, *discrepancies)})
    claims = _claims_for(run, changes, discrepancies)
    old_claims = _old_claims(run, changes)
    shown, more_articles = _articles(run, articles, {c["article_id"] for c in changes})
    wanted = {c["article_version"] for c in (*claims, *old_claims)}
    report = Report(
        run_id=run.run_id,
        started_at=run.started_at,
        finished_at=finished_at,
        rules_version=run.rules_version,
        first_run=since is None,
        changes=[_change(row) for row in changes],
        claims=claims,
        old_claims=old_claims,
        discrepancies=discrepancies,
        evidence=evidence,
        articles=shown,
        unchanged=run.counts["unchanged"],
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
    paths = write_reports(report, folder)
    return (paths.html, paths.markdown, paths.json)


def reported_at(run: Run) -> dt.datetime | None:
    """Up to when the changes were told: when readers' view last moved, but for runs whose report failed."""
    done = [r for r in run.writer.rows("runs").to_pylist() if r["status"] == "done"]
    done.sort(key=lambda r: r["finished_at"])
    if not done or done[-1]["error"] is None:
        return run.writer.head.published_at
    told = [r["finished_at"] for r in done if r["error"] is None]
    return max(told) if told else None


def changes_of_meaning(run: Run, most: int) -> tuple[list[Row], int]:
    """The changes of meaning recorded since the last report, at most `most`, newest first; and how many there are."""
    narrow = run.writer.read("changes", keep=_after(reported_at(run)), columns=["change_id", "recorded_at", "meaning"])  # fmt: skip
    narrow = narrow.filter(narrow.column("meaning")).sort_by([("recorded_at", "descending"), ("change_id", "ascending")])  # fmt: skip
    ids = narrow.column("change_id").slice(0, most).to_pylist()
    return _whole(run, "changes", ids), narrow.num_rows


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


def _after(since: dt.datetime | None) -> ds.Expression | None:
    return None if since is None else ds.field("recorded_at") > pa.scalar(since, pa.timestamp("us", tz="UTC"))


def _whole(run: Run, name: str, ids: Iterable[str]) -> list[Row]:
    """Rows of a table by the names of its rows, in the table's order."""
    table = TABLES[name]
    keep = ds.field("superseded_at").is_null() if table.history else None
    rows = run.writer.read(name, keep=keep, where={table.key: set(ids)})
    return list(rows.sort_by(list(table.order)).to_pylist())


def _changes(
    run: Run, since: dt.datetime | None, held: Sequence[Mapping[str, Any]]
) -> tuple[list[Row], frozenset[str], dict[str, int]]:
    """The changes to show, the ids of what editors have decided, and how many of each importance are left out."""
    columns = ["change_id", "claim_id", "article_id", "importance", "recorded_at"]
    narrow = run.writer.read("changes", keep=_after(since), columns=columns)
    reviewed = reviewed_ids(narrow.to_pylist() if held else (), held)
    if narrow.num_rows <= MOST:
        return _whole(run, "changes", narrow.column("change_id").to_pylist()), reviewed, {}
    rank = pc.index_in(narrow.column("importance"), value_set=pa.array(IMPORTANCES))
    decided = pc.is_in(narrow.column("change_id"), value_set=pa.array(sorted(reviewed), pa.string()))
    narrow = narrow.append_column("rank", rank).filter(pc.invert(decided))
    narrow = narrow.sort_by(
        [("rank", "ascending"), ("recorded_at", "descending"), ("article_id", "ascending"), ("change_id", "ascending")]
    )  # fmt: skip
    shown = narrow.column("change_id").slice(0, MOST).to_pylist()
    left = Counter(narrow.column("importance").slice(MOST).to_pylist())
    return _whole(run, "changes", shown), reviewed, dict(left)


def _discrepancies(run: Run) -> tuple[list[Row], int, int]:
    """The discrepancies to show, open conflicts first; how many are left out, and how many open conflicts of these."""
    columns = ["discrepancy_id", "severity", "resolution", "disease", "drug"]
    narrow = run.writer.rows("discrepancies", columns=columns)
    if narrow.num_rows <= MOST:
        return _whole(run, "discrepancies", narrow.column("discrepancy_id").to_pylist()), 0, 0
    conflict = pc.and_(
        pc.equal(narrow.column("severity"), "conflict"), pc.is_null(narrow.column("resolution"))
    )
    rank = pc.index_in(narrow.column("severity"), value_set=pa.array(SEVERITIES))
    narrow = narrow.append_column("open", pc.cast(conflict, pa.int8())).append_column("rank", rank)
    narrow = narrow.sort_by([("open", "descending"), ("rank", "ascending"), ("disease", "ascending"),
                             ("drug", "ascending"), ("discrepancy_id", "ascending")])  # fmt: skip
    rest = narrow.slice(MOST)
    shown = narrow.column("discrepancy_id").slice(0, MOST).to_pylist()
    return _whole(run, "discrepancies", shown), rest.num_rows, int(pc.sum(rest.column("open")).as_py() or 0)


def _evidence(run: Run, about: set[str]) -> tuple[list[Row], int, int]:
    """The rows of evidence to show, those on the diseases `about` first; how many drugs and diseases there are in all."""
    narrow = run.writer.rows("evidence", columns=["evidence_id", "disease", "drug"])
    n_drugs, n_diseases = (len(narrow.column(name).unique()) for name in ("drug", "disease"))
    if narrow.num_rows > MOST:
        here = pc.is_in(narrow.column("disease"), value_set=pa.array(sorted(about), pa.string()))
        narrow = narrow.append_column("here", pc.cast(here, pa.int8())).sort_by(
            [("here", "descending"), ("disease", "ascending"), ("drug", "ascending"), ("evidence_id", "ascending")]
        )  # fmt: skip
    shown = narrow.column("evidence_id").slice(0, MOST).to_pylist()
    return _whole(run, "evidence", shown), n_drugs, n_diseases


def _claims_for(run: Run, changes: list[Row], discrepancies: list[Row]) -> list[Row]:
    """Today's claims; in a large ledger only those that the report speaks of."""
    order = list(TABLES["claims"].order)
    if run.writer.count("claims", ds.field("superseded_at").is_null()) <= _ALL_CLAIMS:
        return list(run.writer.rows("claims").sort_by(order).to_pylist())
    ids = {c["claim_id"] for c in changes}
    ids |= {d[side] for d in discrepancies for side in ("older_claim", "newer_claim") if d[side]}
    return list(run.writer.rows("claims", where={"claim_id": ids}).sort_by(order).to_pylist())


def _old_claims(run: Run, changes: Iterable[Row]) -> list[Row]:
    """The rows before of what changed or went."""
    before = {(c["claim_id"], c["old_version"]) for c in changes if c["old_version"] is not None}
    if not before:
        return []
    where = {"claim_id": {b[0] for b in before}, "article_version": {b[1] for b in before}}
    rows = run.writer.read("claims", keep=ds.field("superseded_at").is_valid(), where=where)
    last: dict[tuple[str, str, int, Any], Row] = {}
    for row in rows.sort_by("recorded_at").to_pylist():
        if (row["claim_id"], row["article_version"]) in before:
            last[row["claim_id"], row["article_version"], row["char_start"], row["dose_text"]] = row
    return list(last.values())


def _texts(run: Run, versions: set[str]) -> dict[str, str]:
    rows = run.writer.read("articles", where={"version": versions}, columns=["version", "text"]).to_pylist()
    return {row["version"]: row["text"] for row in rows if row["text"] is not None}


Told = dict[tuple[str, str], tuple[str, str, bool]]
"""Article and place to what is told of it: the reading, the status, whether something was mended."""


def _new_articles(run: Run, since: dt.datetime | None) -> Told:
    """The articles that are new, updated, gone or set aside since the last report."""
    columns = [
        "reading_id",
        "article_id",
        "version",
        "status",
        "location",
        "warnings",
        "recorded_at",
        "superseded_at",
    ]
    rows = run.writer.read("articles", columns=columns).sort_by("recorded_at")
    known: set[str] = set()
    versions: set[tuple[str, str]] = set()
    told: Told = {}
    for batch in rows.to_batches(max_chunksize=1_000):
        for row in batch.to_pylist():
            name, version, status = row["article_id"], row["version"] or "", row["status"]
            if since is not None and row["recorded_at"] <= since:
                known.add(name)
                versions.add((name, version))
                continue
            if status == "ok" and (name, version) in versions:
                continue
            if status == "set aside" and row["superseded_at"] is not None:
                continue
            place = row["location"] if status == "set aside" else ""
            if status == "ok":
                status = "updated" if name in known else "new"
            told[name, place] = (row["reading_id"], status, bool(row["warnings"]))
    return told


def _articles(run: Run, told: Told, speaking: set[str]) -> tuple[list[ReportArticle], dict[str, int]]:
    """Those to show: what is wrong first, then those that changes speak of; how many of each status are left out."""

    def weight(key: tuple[str, str]) -> tuple[bool, bool, tuple[str, str]]:
        _, status, mended = told[key]
        return status not in ("set aside", "gone"), key[0] not in speaking and not mended, key

    ordered = sorted(told, key=weight)
    shown = {told[key][0]: told[key][1] for key in ordered[:MOST]}
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
        for row in rows.sort_by("recorded_at").to_pylist()
    }
    left = Counter(told[key][1] for key in ordered[MOST:])
    return [found[key] for key in sorted(found)], dict(left)


def _change(row: Row) -> Change:
    values = {f.name: row[f.name] for f in dataclasses.fields(Change)}
    values = {name: tuple(value) if isinstance(value, list) else value for name, value in values.items()}
    values["fields"] = tuple(FieldChange(**f) for f in row["fields"])
    return Change(**values)
