"""The report as JSON, for programs: one object, keys in a fixed order."""

from __future__ import annotations

import dataclasses
import datetime as dt
import json
from collections import Counter
from collections.abc import Iterator
from typing import Any

from pipeline.changes import group_like
from pipeline.model import row_of
from pipeline.model.change import IMPORTANCES
from pipeline.reports.report import Report, Row

FORMAT = 1
"""Raised when a key changes its meaning or goes."""


def render_json(report: Report) -> Iterator[str]:
    """The text in pieces, as it may be long: `run`, `counts`, `groups` (ids of like changes), `changes` with their claim rows, `discrepancies`, `evidence`, `articles`."""
    old = {str(r["claim_id"]): r for r in report.old_claims}
    new = {str(r["claim_id"]): r for r in report.claims}
    changes = [c for c in report.changes if c.change_id not in report.reviewed]
    counts = Counter(c.importance for c in changes) + Counter(report.rest.changes)
    needed = {c.claim_id for c in changes if c.kind != "removed"}
    for d in report.discrepancies:
        needed.update(str(d[k]) for k in ("older_claim", "newer_claim") if d.get(k))
    whole = {
        "format": FORMAT,
        "run": {
            "run_id": report.run_id,
            "started_at": report.started_at,
            "finished_at": report.finished_at,
            "rules_version": report.rules_version,
            "first_run": report.first_run,
            "unchanged_articles": report.unchanged,
        },
        "counts": {i: counts[i] for i in IMPORTANCES},
        "groups": (
            {"group_id": g.group_id, "reason": g.reason, "change_ids": [c.change_id for c in g.changes]}
            for g in group_like(changes)
        ),
        "changes": (row_of(c) for c in changes),
        "claims": (_plain(new[name]) for name in sorted(needed & set(new))),
        "old_claims": (_plain(old[name]) for name in sorted({c.claim_id for c in changes} & set(old))),
        "discrepancies": map(_plain, report.discrepancies),
        "evidence": map(_plain, report.evidence),
        "articles": map(dataclasses.asdict, report.articles),
    }
    between = ",\n"
    yield "{\n"
    for number, (key, value) in enumerate(whole.items()):
        yield f"{between if number else ''}{_dump(key)}: "
        yield from _listed(value)
    yield "\n}\n"


def _dump(value: Any) -> str:
    return json.dumps(value, ensure_ascii=False, default=_value, allow_nan=False)


def _listed(value: Any) -> Iterator[str]:
    """A list with one member a line, so that two reports compare line by line."""
    if isinstance(value, (int, dict)):
        yield _dump(value)
        return
    begun = "[\n"
    for member in value:
        yield begun + _dump(member)
        begun = ",\n"
    yield "[]" if begun == "[\n" else "\n]"


def _plain(row: Row) -> dict[str, Any]:
    return {k: _cell(v) for k, v in row.items()}


def _cell(value: Any) -> Any:
    """A cell of a table as JSON has it: no NaN, no arrays."""
    if isinstance(value, float) and value != value:
        return None
    if hasattr(value, "tolist"):
        return _cell(value.tolist())
    if isinstance(value, (list, tuple)):
        return [_cell(v) for v in value]
    if isinstance(value, dict):
        return {k: _cell(v) for k, v in value.items()}
    return None if isinstance(value, dt.date) and value != value else value


def _value(value: Any) -> Any:
    if isinstance(value, (dt.date, dt.datetime)):
        return value.isoformat()
    if isinstance(value, (set, frozenset)):
        return sorted(value)
    raise TypeError(f"no JSON form for {type(value).__name__}")
