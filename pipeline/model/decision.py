"""What an editor decided, and what the editor saw when deciding."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any

from pipeline.model.columns import column

VERDICTS = ("accept", "reject", "correct", "settle", "undo")
SUBJECTS = ("claim", "change", "discrepancy")


@dataclass(frozen=True, slots=True, kw_only=True)
class Correction:
    """One field that an editor set, as JSON text."""

    field: str = column("the column of the claim")
    value: str = column("the new value as JSON")


@dataclass(frozen=True, slots=True, kw_only=True)
class Decision:
    """One row of the append-only decisions table.

    `settle` decides a discrepancy in favour of `resolution` (older, newer, both). `saw` is the
    sha256 of what the editor saw, and for a correction also of what the editor made of it (see `pipeline.changes.decided`): while one of
    them is what stands there, the decision holds.
    """

    decision_id: str = column("names the decision")
    subject: str = column("what was decided about", values=SUBJECTS)
    subject_id: str = column("claim_id, change_id or discrepancy_id")
    claim_id: str | None = column("the claim, where the subject is a claim or a change", default=None)
    verdict: str = column("accept, reject, correct, settle or undo", values=VERDICTS)
    corrections: tuple[Correction, ...] = column("the fields that were set", default=())
    resolution: str | None = column("for settle: older, newer or both", default=None)
    saw: str = column("fingerprint of the statement that the editor saw")
    saw_quote: str = column("the statement that the editor saw")
    reason: str = column("the editor's comment", default="")
    editor: str = column("who decided")
    decided_at: dt.datetime = column("when, UTC")
    undoes: str | None = column("for undo: the decision_id that it takes back", default=None)


def effective(decisions: Iterable[Mapping[str, Any]]) -> list[Mapping[str, Any]]:
    """The decisions (rows) that hold, oldest first: those that were not taken back, without the taking back."""
    rows = sorted(decisions, key=lambda d: (str(d.get("decided_at") or ""), str(d.get("decision_id"))))
    undone = {d.get("undoes") for d in rows if d.get("verdict") == "undo"}
    return [d for d in rows if d.get("verdict") != "undo" and d.get("decision_id") not in undone]
