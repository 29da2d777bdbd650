"""The stages at the end of a run: reconcile what was touched, write the report."""

from __future__ import annotations

import dataclasses
import datetime as dt
import hashlib
from collections.abc import Iterable, Mapping, Sequence
from pathlib import Path
from typing import Any

import pyarrow as pa
import pyarrow.dataset as ds

from flows.state import Run
from pipeline.changes import fingerprint
from pipeline.evidence import Rules, load_rules, reconcile, reconcile_incremental, touched_groups
from pipeline.ledger import TABLES, Batch
from pipeline.ledger.frames import arrow_of
from pipeline.model import Change, Discrepancy, Evidence, FieldChange
from pipeline.model.content import package_version
from pipeline.model.decision import effective
from pipeline.reports import Report, ReportArticle, write_reports
from pipeline.reports.report import ArticleStatus

Row = dict[str, Any]
_STAMPS = ("run_id", "recorded_at", "superseded_at")
_WHOLE = 50_000


def authorities(run: Run) -> dict[str, str]:
    """What the configuration says of how much the voice of each publisher weighs."""
    return {s.publisher: s.authority for s in run.config.sources if s.publisher and s.authority}


def rules_of(run: Run) -> Rules:
    """The rules of reconciliation: the bundled ones, with what the configuration's own file says differently."""
    path = run.config.rules
    return load_rules() if path is None else load_rules(path.read_text(encoding="utf-8"))


def reconciled_with(run: Run) -> str:
    """A hash of all that the evidence depends on beside the claims: rules, code, vocabulary, authorities, decisions."""
    decisions = sorted(
        run.writer.rows("decisions", columns=["decision_id"]).column("decision_id").to_pylist()
    )
    code = package_version("evidence", "changes")
    said = repr((run.rules_version, code, rules_of(run), sorted(authorities(run).items()), decisions))
    return hashlib.sha256(said.encode()).hexdigest()[:16]


def reconcile_run(run: Run) -> None:
    """Bring evidence and discrepancies up to date with the claims, in one commit; rows that stay the same stay.

    Where only articles changed, only the diseases that they touch are made anew (see `pipeline.evidence.touched_groups`);
    where a rule, the vocabulary, an authority or a decision changed, the whole is.
    """
    head = run.writer.head
    with_what = reconciled_with(run)
    since = head.reconciled_at
    touched = None
    if head.reconciled_with == with_what and since is not None:
        changed = _changed_diseases(run, since)
        if not changed:
            return
        known = run.writer.rows("claims", columns=["disease"]).column("disease").unique().to_pylist()
        touched = touched_groups(changed, known, lexicon=run.lexicon)
    if touched is None:
        found = reconcile(run.writer.rows("claims"), **_how(run))
        where = None
    else:
        claims = run.writer.rows("claims", where={"disease": touched.needed})
        found = reconcile_incremental(claims, touched, **_how(run))
        where = {"disease": touched.diseases}
    batch = Batch()
    for name, frame, hand_over in (
        ("evidence", found.evidence, Evidence),
        ("discrepancies", found.discrepancies, Discrepancy),
    ):
        key = TABLES[name].key
        new = arrow_of(name, frame, hand_over).to_pylist()
        old = {row[key]: _bare(row) for row in run.writer.rows(name, where=where).to_pylist()}
        now = {row[key]: row for row in new}
        batch.closed[name] = (key, sorted(k for k, row in old.items() if now.get(k) != row))
        batch.added[name] = [row for k, row in sorted(now.items()) if old.get(k) != row]
    for row in found.stale.to_dict("records"):
        run.log.event("decision not obeyed", "warning", decision=row["decision_id"], why=row["why"])
    run.writer.commit(batch, reconciled_with=with_what)


def _how(run: Run) -> dict[str, Any]:
    return {
        "lexicon": run.lexicon,
        "rules": rules_of(run),
        "decisions": run.writer.rows("decisions"),
        "sources": authorities(run),
        "fingerprint": fingerprint,
    }


def _bare(row: Row) -> Row:
    return {k: v for k, v in row.items() if k not in _STAMPS}


def _changed_diseases(run: Run, since: dt.datetime) -> list[str]:
    """The diseases of all claims, old and new, of the articles with a claim that came or went after `since`."""
    at = pa.scalar(since, type=pa.timestamp("us", tz="UTC"))
    later = (ds.field("recorded_at") > at) | (ds.field("superseded_at") > at)
    moved = run.writer.read("claims", keep=later, columns=["article_id", "disease"])
    if not moved.num_rows:
        return []
    articles = moved.column("article_id").unique().to_pylist()
    held = run.writer.rows("claims", where={"article_id": articles}, columns=["disease"])
    return sorted({*moved.column("disease").to_pylist(), *held.column("disease").to_pylist()})


def report_run(run: Run, finished_at: dt.datetime) -> tuple[Path, ...]:
    """Write the report of everything since the last report, if there is anything; gives its files.

    Where nothing changed, the files of the last report stay, and are given.
    """
    folder = run.options.processed / "reports"
    since = reported_at(run)
    held = effective(run.writer.rows("decisions").to_pylist())
    changes = changes_since(run)
    articles = _articles(run, since)
    latest = tuple(folder / f"latest.{suffix}" for suffix in ("html", "md", "json"))
    discrepancies = run.writer.rows("discrepancies")
    newly = since is None or any(t > since for t in discrepancies.column("recorded_at").to_pylist())
    if not changes and not articles and not newly and all(p.is_file() for p in latest):
        return latest
    changes = _since(run, "changes", since_review(since, held))
    claims = _claims_for(run, changes, discrepancies.to_pylist())
    old_claims = _old_claims(run, changes)
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
        discrepancies=discrepancies.to_pylist(),
        evidence=run.writer.rows("evidence").sort_by(list(TABLES["evidence"].order)).to_pylist(),
        articles=articles,
        unchanged=run.counts["unchanged"],
        texts=_texts(run, wanted),
        reviewed=reviewed_ids(changes, held),
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


def changes_since(run: Run) -> list[Row]:
    """The changes recorded since the last report, newest first."""
    return _since(run, "changes", reported_at(run))


def since_review(told: dt.datetime | None, held: Sequence[Mapping[str, Any]]) -> dt.datetime | None:
    """From when on the report shows changes: the last review where runs came after it, else the last report."""
    if told is None or not held:
        return told
    reviewed: dt.datetime = max(d["decided_at"] for d in held)
    return min(told, reviewed)


def reviewed_ids(changes: Sequence[Row], held: Sequence[Mapping[str, Any]]) -> frozenset[str]:
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


def _since(run: Run, name: str, since: dt.datetime | None) -> list[Row]:
    keep = None if since is None else ds.field("recorded_at") > pa.scalar(since, pa.timestamp("us", tz="UTC"))
    return list(run.writer.read(name, keep=keep).sort_by(list(TABLES[name].order)).to_pylist())


def _claims_for(run: Run, changes: list[Row], discrepancies: list[Row]) -> list[Row]:
    """Today's claims; in a large ledger only those that the report speaks of."""
    order = list(TABLES["claims"].order)
    if run.writer.count("claims", ds.field("superseded_at").is_null()) <= _WHOLE:
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


def _articles(run: Run, since: dt.datetime | None) -> list[ReportArticle]:
    columns = [c.name for c in TABLES["articles"].columns if c.name != "text"]
    rows = run.writer.read("articles", columns=columns).sort_by("recorded_at").to_pylist()
    known: set[str] = set()
    versions: set[tuple[str, str]] = set()
    told: dict[tuple[str, str], ReportArticle] = {}
    for row in rows:
        name, version = row["article_id"], row["version"]
        if since is not None and row["recorded_at"] <= since:
            known.add(name)
            versions.add((name, version or ""))
            continue
        if row["status"] == "ok" and (name, version) in versions:
            continue
        status: ArticleStatus = row["status"]
        if row["status"] == "ok":
            status = "updated" if name in known else "new"
        if row["status"] == "set aside" and row["superseded_at"] is not None:
            continue
        told[name, row["location"] if status == "set aside" else ""] = ReportArticle(
            article_id=name,
            title=row["title"] or row["location"],
            source=row["source"],
            url=row["url"],
            date=row["date"],
            status=status,
            reason=row["what"] or "",
            do=row["do"] or "",
            warnings=tuple(row["warnings"]),
        )
    return [told[key] for key in sorted(told)]


def _change(row: Row) -> Change:
    values = {f.name: row[f.name] for f in dataclasses.fields(Change)}
    values = {name: tuple(value) if isinstance(value, list) else value for name, value in values.items()}
    values["fields"] = tuple(FieldChange(**f) for f in row["fields"])
    return Change(**values)
