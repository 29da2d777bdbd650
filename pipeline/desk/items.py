"""The queue: which changes and discrepancies no editor has decided yet, most important first. Pure."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from pipeline.changes import fingerprint, group_like
from pipeline.evidence import fingerprint_of
from pipeline.model import Change, FieldChange
from pipeline.model.change import IMPORTANCES
from pipeline.model.decision import effective
from pipeline.model.evidence import SEVERITIES

Row = Mapping[str, Any]

_CONFLICT_RANK = 0
_UPDATE_RANK = len(IMPORTANCES) + 1


@dataclass(frozen=True, slots=True, kw_only=True)
class Item:
    """One thing to decide.

    `like` names the items that one decision can settle together (itself included). `earlier` is the
    last decision on an earlier state of the same statement. What the editor is shown, `saw_of` fingerprints.
    """

    item_id: str
    kind: str
    subject: str
    subject_id: str
    claim_id: str | None
    importance: str
    rank: int
    drug: str
    disease: str
    saw_quote: str
    like: str
    change: Row | None = None
    discrepancy: Row | None = None
    earlier: Row | None = None


def change_of(row: Row) -> Change:
    """A row of the changes table as a Change."""
    names = Change.__dataclass_fields__
    values = {k: v for k, v in row.items() if k in names}
    values["fields"] = tuple(FieldChange(**f) for f in row["fields"])
    values["section"] = tuple(row.get("section") or ())
    return Change(**values)


def saw_change(row: Row, claims: Mapping[str, Row]) -> str:
    """Fingerprint of what an editor sees of a changed statement, or of its being gone."""
    claim_id = row["claim_id"]
    return fingerprint(claims[claim_id]) if claim_id in claims else f"gone:{row['change_id']}"


def _latest_changes(changes: Iterable[Row]) -> list[Row]:
    """The newest change of meaning of each claim."""
    latest: dict[str, Row] = {}
    for row in changes:
        if row["meaning"]:
            known = latest.get(row["claim_id"])
            if known is None or row["recorded_at"] > known["recorded_at"]:
                latest[row["claim_id"]] = row
    return list(latest.values())


def _change_items(
    changes: Iterable[Row], claims: Mapping[str, Row], by_subject: Mapping[str, Row]
) -> list[Item]:
    rows = _latest_changes(changes)
    like = {c.change_id: group.group_id for group in group_like(map(change_of, rows)) for c in group.changes}
    items = []
    for row in rows:
        gone = row["claim_id"] not in claims
        subject, subject_id = ("change", row["change_id"]) if gone else ("claim", row["claim_id"])
        decided = by_subject.get(subject_id)
        if decided is not None and decided["saw"] == saw_change(row, claims):
            continue
        earlier = decided or (by_subject.get(row["claim_id"]) if gone else None)
        items.append(
            Item(
                item_id=f"change-{row['change_id']}",
                kind="change",
                subject=subject,
                subject_id=subject_id,
                claim_id=row["claim_id"],
                importance=row["importance"],
                rank=1 + IMPORTANCES.index(row["importance"]),
                drug=row["drug"],
                disease=row["disease"],
                saw_quote=row["old_quote"] or "" if gone else claims[row["claim_id"]]["quote"],
                like=like[row["change_id"]],
                change=row,
                earlier=earlier,
            )
        )
    return items


def _discrepancy_items(discrepancies: Iterable[Row], by_subject: Mapping[str, Row]) -> list[Item]:
    items = []
    for row in discrepancies:
        decided = by_subject.get(row["discrepancy_id"])
        if decided is not None and decided["saw"] == fingerprint_of(row):
            continue
        severity = SEVERITIES.index(row["severity"])
        items.append(
            Item(
                item_id=f"discrepancy-{row['discrepancy_id']}",
                kind="discrepancy",
                subject="discrepancy",
                subject_id=row["discrepancy_id"],
                claim_id=None,
                importance=row["severity"],
                rank=_CONFLICT_RANK if severity == 0 else _UPDATE_RANK + severity,
                drug=row["drug"],
                disease=row["disease"],
                saw_quote=f"{row['older_value']} / {row['newer_value']}",
                like=f"d-{row['discrepancy_id']}",
                discrepancy=row,
                earlier=decided,
            )
        )
    return items


def saw_of(item: Item, claims: Mapping[str, Row]) -> str:
    """Fingerprint of what the editor is shown: a decision holds while it stays the same."""
    if item.discrepancy is not None:
        return fingerprint_of(item.discrepancy)
    return saw_change(item.change or {}, claims)


def build_queue(
    *,
    changes: Iterable[Row],
    discrepancies: Iterable[Row],
    claims: Mapping[str, Row],
    decisions: Sequence[Row],
) -> list[Item]:
    """Everything undecided, most important first: open conflicts, then by `importance`, then what was only updated.

    `claims` are the rows that hold, by claim_id. A decision that was made on another state of the statement
    does not count; it comes along as `earlier`.
    """
    by_subject: dict[str, Row] = {}
    for decision in effective(decisions):
        by_subject[decision["subject_id"]] = decision
    items = _change_items(changes, claims, by_subject) + _discrepancy_items(discrepancies, by_subject)
    return sorted(items, key=lambda i: (i.rank, i.disease, i.drug, i.item_id))


def alike(items: Iterable[Item]) -> dict[str, tuple[Item, ...]]:
    """The items by their `like`."""
    groups: defaultdict[str, list[Item]] = defaultdict(list)
    for item in items:
        groups[item.like].append(item)
    return {name: tuple(members) for name, members in groups.items()}
