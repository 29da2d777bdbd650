"""The queue: which changes and discrepancies no editor has decided yet, most important first. Pure."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from itertools import groupby
from operator import itemgetter
from typing import Any

from pipeline.changes import chain, fingerprint, fingerprint_corrected, group_like, still_fits
from pipeline.evidence import fingerprint_of
from pipeline.model import Change, FieldChange, row_of
from pipeline.model.change import IMPORTANCES
from pipeline.model.decision import effective
from pipeline.model.evidence import SEVERITIES

Row = Mapping[str, Any]

_CONFLICT_RANK = 0
_UPDATE_RANK = len(IMPORTANCES) + 1


@dataclass(frozen=True, slots=True, kw_only=True)
class Item:
    """One thing to decide.

    `like` names the items that one decision can settle together (itself included), `why` says what they share ("" for one alone, and for one sentence). `earlier` is the
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
    why: str = ""
    change: Row | None = None
    discrepancy: Row | None = None
    earlier: Row | None = None

    @property
    def change_since(self) -> bool:
        """Whether the statement changed after the decision on its earlier state."""
        if self.change is None or self.earlier is None:
            return True
        return bool(self.change["recorded_at"] > self.earlier["decided_at"])


def change_of(row: Row) -> Change:
    """A row of the changes table as a Change."""
    names = Change.__dataclass_fields__
    values = {k: v for k, v in row.items() if k in names}
    values["fields"] = tuple(FieldChange(**f) for f in row["fields"])
    values["section"] = tuple(row.get("section") or ())
    return Change(**values)


def _gone(row: Row) -> str:
    """What `saw` holds of a statement that is gone."""
    return f"gone:{row['change_id']}"


def _since(rows: list[Row], decided: Row | None) -> Row:
    """What became of one claim (its changes, oldest first) since it was decided, or since it came, as one change.

    Of changes that touched no meaning only the last counts, where there are no others.
    """
    later = [r for r in rows if r["recorded_at"] > decided["decided_at"]] if decided else rows
    weighty = [r for r in later if r["meaning"]] or later[-1:] or [r for r in rows if r["meaning"]][-1:]
    if len(weighty) > 1 and weighty[0]["kind"] == "added":
        weighty = weighty[1:]
    return (
        {**weighty[-1], **row_of(chain([change_of(r) for r in weighty]))} if len(weighty) > 1 else weighty[0]
    )


def in_order(rows: Iterable[Row]) -> list[Row]:
    """The changes of one claim, oldest first: those of one run, which recorded several versions of the article, each after the
    one that it goes on from."""
    out: list[Row] = []
    for _, of_run in groupby(sorted(rows, key=itemgetter("recorded_at")), itemgetter("recorded_at")):
        left = list(of_run)
        while left:
            reached = Counter(r["new_version"] for r in left)
            # one that reads the same version anew comes before one that leaves it
            ranks = [
                (reached[r["old_version"]] - (r["old_version"] == r["new_version"]), bool(r["old_version"]))
                for r in left
            ]
            out.append(left.pop(ranks.index(min(ranks))))
    return out


def _undecided(
    changes: Iterable[Row], claims: Mapping[str, Row], by_subject: Mapping[str, Row]
) -> list[tuple[Row, Row | None]]:
    """What became of each claim since it was decided, with the decision on it that does not count any more.

    Nothing is asked of a statement that an editor rejected and that is gone since.
    """
    of_claim: defaultdict[str, list[Row]] = defaultdict(list)
    for row in changes:
        of_claim[row["claim_id"]].append(row)
    found = []
    for claim_id, rows in of_claim.items():
        if not any(r["meaning"] for r in rows):
            continue
        decided = by_subject.get(claim_id)
        claim = claims.get(claim_id)
        if claim is not None and decided is not None and still_fits(claim, decided):
            continue
        row = _since(in_order(rows), decided)
        if claim is None:
            seen = by_subject.get(row["change_id"])
            if (seen is not None and seen["saw"] == _gone(row)) or (
                decided and decided["verdict"] == "reject"
            ):
                continue
            decided = seen or decided
        found.append((row, decided))
    return found


def _change_items(
    changes: Iterable[Row], claims: Mapping[str, Row], by_subject: Mapping[str, Row]
) -> list[Item]:
    found = _undecided(changes, claims, by_subject)
    like: dict[str, tuple[str, str]] = {}
    for group in group_like(change_of(row) for row, _ in found):
        why = group.reason if group.reason and not group.is_one_sentence else ""
        like.update((c.change_id, (group.group_id, why)) for c in group.changes)
    items = []
    for row, earlier in found:
        gone = row["claim_id"] not in claims
        group_id, why = like[row["change_id"]]
        subject, subject_id = ("change", row["change_id"]) if gone else ("claim", row["claim_id"])
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
                like=group_id,
                why=why,
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


def saw_of(item: Item, claims: Mapping[str, Row], corrections: Mapping[str, str] | None = None) -> str:
    """Fingerprint of what the editor is shown: a decision holds while it stays the same, or became as it was corrected."""
    if item.discrepancy is not None:
        return fingerprint_of(item.discrepancy)
    claim = claims.get(item.claim_id or "")
    if claim is None:
        return _gone(item.change or {})
    return fingerprint_corrected(claim, corrections) if corrections else fingerprint(claim)


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
