"""The queue: which changes and discrepancies no editor has decided yet, most important first. Pure."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from itertools import groupby
from operator import itemgetter
from typing import Any

from pipeline.changes import cause_of, chain, fingerprint, fingerprint_corrected, group_like, still_fits
from pipeline.evidence import fingerprint_of
from pipeline.model import Change, FieldChange, row_of
from pipeline.model.change import IMPORTANCES
from pipeline.model.evidence import SEVERITIES

Row = Mapping[str, Any]

_CONFLICT_RANK = 0
_UPDATE_RANK = len(IMPORTANCES) + 1


@dataclass(frozen=True, slots=True, kw_only=True)
class Item:
    """One thing to decide.

    `like` names the items that one decision can settle together (itself included; `shared_by` says what they share). `earlier`
    is the last decision on an earlier state of the same statement. What the editor is shown, `saw_of` fingerprints.
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

    @property
    def place(self) -> tuple[int, str, str, str]:
        """Its place in the queue: open conflicts first, then by `importance`, then what was only updated."""
        return self.rank, self.disease, self.drug, self.item_id

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
    rows = tuple(rows)
    if len(rows) == 1:
        return [*rows]
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


def change_item(
    rows: list[Row],
    claim: Row | None,
    quote: str | None,
    claim_decided: Row | None,
    by_subject: Mapping[str, Row],
) -> Item | None:
    """What is to decide on one claim, from all its changes; None where nothing is.

    `claim` is the row that holds, needed only where the claim was decided; `quote` its statement, None where it is gone;
    `claim_decided` the last decision on it. A decision that was made on another state of the statement does not count; it
    comes along as `earlier`. Nothing is asked of a statement that an editor rejected and that is gone since.
    """
    decided = claim_decided
    if not any(r["meaning"] for r in rows):
        return None
    if claim is not None and decided is not None and still_fits(claim, decided):
        return None
    row = _since(in_order(rows), decided)
    if quote is None:
        seen = by_subject.get(row["change_id"])
        if (seen is not None and seen["saw"] == _gone(row)) or (decided and decided["verdict"] == "reject"):
            return None
        decided = seen or decided
    subject, subject_id = ("change", row["change_id"]) if quote is None else ("claim", row["claim_id"])
    return Item(
        item_id=f"change-{row['change_id']}",
        kind="change",
        subject=subject,
        subject_id=subject_id,
        claim_id=row["claim_id"],
        importance=row["importance"],
        rank=1 + IMPORTANCES.index(row["importance"]),
        drug=row["drug"],
        disease=row["disease"],
        saw_quote=row["old_quote"] or "" if quote is None else quote,
        like=cause_of(change_of(row)),
        change=row,
        earlier=decided,
    )


def discrepancy_item(row: Row, decided: Row | None) -> Item | None:
    """What is to decide on one discrepancy, where the last decision on it was `decided`; None where nothing is."""
    if decided is not None and decided["saw"] == fingerprint_of(row):
        return None
    severity = SEVERITIES.index(row["severity"])
    return Item(
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


def shared_by(items: Iterable[Item]) -> str:
    """What like items share, in words; "" for one alone, and for one sentence."""
    groups = group_like(change_of(i.change) for i in items if i.change is not None)
    return "; ".join(g.reason for g in groups if g.reason and not g.is_one_sentence)


def saw_of(item: Item, claims: Mapping[str, Row], corrections: Mapping[str, str] | None = None) -> str:
    """Fingerprint of what the editor is shown: a decision holds while it stays the same, or became as it was corrected."""
    if item.discrepancy is not None:
        return fingerprint_of(item.discrepancy)
    claim = claims.get(item.claim_id or "")
    if claim is None:
        return _gone(item.change or {})
    return fingerprint_corrected(claim, corrections) if corrections else fingerprint(claim)
