"""What the desk knows and does: the queue over the ledger, decisions made, taken back, and refused when late."""

from __future__ import annotations

import datetime as dt
import hashlib
import threading
import uuid
from collections.abc import Callable, Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass
from operator import attrgetter
from pathlib import Path
from typing import Any

from pipeline.desk.errors import DecidedMeanwhile, DeskError, NothingLeft
from pipeline.desk.items import Item, Row, saw_of
from pipeline.desk.looks import Look
from pipeline.desk.state import State
from pipeline.ledger.decision_log import DecisionLog
from pipeline.ledger.ledger import Ledger
from pipeline.model import Correction, Decision, row_of

_place = attrgetter("place")


@dataclass(frozen=True, slots=True, kw_only=True)
class Done:
    """What became of a decision on all that was left of an article: the `rows` recorded; how much of what was shown is
    `gone`, as others decided it or a run changed it; how much `came` since the page was made, and is still to decide."""

    rows: list[dict[str, Any]]
    gone: int
    came: int


class Desk:
    """The review desk over one ledger. Safe to use from several threads."""

    def __init__(self, processed: Path, *, now: Callable[[], dt.datetime]) -> None:
        self._processed, self._now = processed, now
        self._lock = threading.RLock()
        self._log = DecisionLog(processed)
        self._skipped: dict[str, list[str]] = {}
        self._state = self._read()

    def _read(self) -> State:
        return State(Ledger.open(self._processed), self._log.rows())

    def refresh(self) -> None:
        """Read the ledger anew where a run has changed it, and take in what was decided elsewhere."""
        with self._lock:
            if Ledger.open(self._processed).head.published != self._state.ledger.head.published:
                self._state = self._read()
            self._see_other_decisions()

    @property
    def state(self) -> State:
        return self._state

    def queue(self, editor: str, *, kind: str = "", words: str = "") -> list[Item]:
        """The undecided items, filtered by kind and by words of the drug, disease, statement or title of the article; what
        this editor skipped stands last."""
        needles = words.lower().split()
        with self._lock:
            items = [
                item
                for item in self._state.items
                if (not kind or kind in (item.kind, item.importance))
                and (not needles or all(map(self._state.words_of(item).__contains__, needles)))
            ]
            skipped = {name: n for n, name in enumerate(self._skipped.get(editor, ()))}
        if not skipped:
            return items
        return [i for i in items if i.item_id not in skipped] + sorted(
            (i for i in items if i.item_id in skipped), key=lambda i: skipped[i.item_id]
        )

    def item(self, item_id: str) -> Item | None:
        """The undecided item with this id; None where it is decided or was never there."""
        with self._lock:
            return self._state.by_id.get(item_id)

    def decided_item(self, item_id: str) -> Item | None:
        """An item that was in the queue since the ledger was last read, decided or not."""
        with self._lock:
            return self._state.known.get(item_id)

    def like(self, item: Item) -> tuple[Item, ...]:
        """All undecided items that one decision can settle with this one, itself included."""
        with self._lock:
            return tuple(sorted(self._like(item), key=_place))

    def n_like(self, item: Item) -> int:
        """How many items `like` gives."""
        with self._lock:
            return len(self._like(item))

    def _like(self, item: Item) -> Collection[Item]:
        return self._state.groups.get(item.like, {}).values() or (item,)

    def shared(self, item: Item) -> str:
        """What an item shares with its like, in words; "" for one alone, and for one sentence."""
        with self._lock:
            return self._state.shared(item)

    def undecided_on(self, subject_id: str) -> Item | None:
        """The undecided item on a claim, a change or a discrepancy."""
        with self._lock:
            return self._state.by_subject.get(subject_id)

    def left_of(self, article_id: str) -> tuple[Item, ...]:
        """The undecided items on statements of one article, in the queue's order."""
        with self._lock:
            return tuple(sorted(self._state.of_article.get(article_id, {}).values(), key=_place))

    def looks(
        self, article_id: str, disputes: Mapping[str, Item] | None = None
    ) -> dict[str, tuple[Look, ...]]:
        """By claim_id, why statements of an article deserve a look. `disputes` are those of its claims, where known."""
        with self._lock:
            state = self._state
            rows = [row for _, row in state.claims.many(state.claims_of_article.get(article_id, ()))]
            known = state.disputes_of({r["claim_id"] for r in rows}) if disputes is None else disputes
            return state.lookout.looks_of(rows, {name: _contradicted(item) for name, item in known.items()})

    def decide_left(
        self, article_id: str, seen: Iterable[str], verdict: str, *, editor: str, reason: str = ""
    ) -> Done:
        """Record one decision, in one commit, on all that is left of what the editor was shown of an article (`seen`: item
        ids). Raises DeskError (E-DESK-11) where nothing of it is left, LedgerError where nothing can be written."""
        with self._lock, self._log.turn():
            self._see_other_decisions()
            wanted, left = set(seen), self.left_of(article_id)
            chosen = [item for item in left if item.item_id in wanted]
            if not chosen:
                raise NothingLeft(len(left))
            rows = self.decide(chosen, verdict, editor=editor, reason=reason)
            return Done(rows=rows, gone=len(wanted) - len(chosen), came=len(left) - len(chosen))

    def skip(self, editor: str, item_id: str) -> None:
        """Put an item at the end of this editor's queue, until the desk is started anew."""
        with self._lock:
            known = self._skipped.setdefault(editor, [])
            if item_id in known:
                known.remove(item_id)
            known.append(item_id)

    def revision(self, item: Item) -> str:
        """Names the last decision on what this item is about ("" for none): shown, and sent back when deciding."""
        with self._lock:
            decision = self._state.held.latest.get(item.subject_id)
        return str(decision["decision_id"]) if decision else ""

    def saw(self, item: Item) -> str:
        """Names what an editor is shown of an item: another text as soon as a run changed it."""
        with self._lock:
            shown = saw_of(item, self._state.claims)
        if item.discrepancy is not None:  # which side is which counts here
            shown = hashlib.sha256(f"{shown} {item.saw_quote}".encode()).hexdigest()
        return shown

    def decide(
        self,
        items: Sequence[Item],
        verdict: str,
        *,
        editor: str,
        reason: str = "",
        corrections: Mapping[str, str] | None = None,
        resolution: str | None = None,
        revisions: Mapping[str, str] | None = None,
    ) -> list[dict[str, Any]]:
        """Record one decision on every item, in one commit; gives the rows.

        `revisions` are the revisions the editor saw, by item_id; where another decision stands by now,
        DecidedMeanwhile is raised and nothing is recorded. Raises LedgerError where nothing can be written.
        """
        batch = f"d-{uuid.uuid4().hex[:16]}"
        with self._lock, self._log.turn():
            self._see_other_decisions()
            for item in items:
                seen = (revisions or {}).get(item.item_id)
                stands = self.revision(item)  # "" also where the decision that was seen has been taken back
                if seen is not None and stands and seen != stands:
                    raise DecidedMeanwhile(dict(self._state.held.latest[item.subject_id]))
            # of those that are like the first, others may have decided some meanwhile
            items = [*items[:1], *(i for i in items[1:] if i.item_id in self._state.by_id)]
            self._state.claims.keep([i.claim_id for i in items if i.claim_id])
            rows = [
                row_of(
                    Decision(
                        decision_id=f"{batch}.{n}",
                        subject=item.subject,
                        subject_id=item.subject_id,
                        claim_id=item.claim_id,
                        verdict=verdict,
                        corrections=tuple(
                            Correction(field=k, value=v) for k, v in (corrections or {}).items()
                        ),
                        resolution=resolution,
                        saw=saw_of(item, self._state.claims, corrections),
                        saw_quote=item.saw_quote,
                        reason=reason,
                        editor=editor,
                        decided_at=self._now(),
                    )
                )
                for n, item in enumerate(items)
            ]
            self._log.append(rows)
            self._state.record(rows)
        return rows

    def _see_other_decisions(self) -> None:
        """Take in decisions that another desk process or an import has recorded."""
        if self._log.changed():
            self._state.take_in(self._log.news())

    def undo(self, editor: str, decision_id: str | None = None) -> list[Row]:
        """Take back a decision (the editor's own last one, where none is named) with all that was decided with it.

        Gives the rows that were taken back. Raises DeskError (E-DESK-2) where there is none.
        """
        with self._lock, self._log.turn():
            self._see_other_decisions()
            held = self._state.held
            chosen = held.get(decision_id) if decision_id else held.last_of(editor)
            if chosen is None:
                raise DeskError("E-DESK-2", "there is nothing to take back", do="decide something first")
            taken = held.together(chosen)
            undoing = f"d-{uuid.uuid4().hex[:16]}"
            rows = [
                row_of(
                    Decision(
                        decision_id=f"{undoing}.{n}",
                        subject=d["subject"],
                        subject_id=d["subject_id"],
                        claim_id=d["claim_id"],
                        verdict="undo",
                        saw=d["saw"],
                        saw_quote=d["saw_quote"],
                        editor=editor,
                        decided_at=self._now(),
                        undoes=d["decision_id"],
                    )
                )
                for n, d in enumerate(taken)
            ]
            self._log.append(rows)
            self._state.take_in(rows)
            return taken

    def may_undo(self, editor: str) -> bool:
        """Whether a decision of this editor stands that `undo` could take back."""
        with self._lock:
            return self._state.held.decides(editor)

    def progress(self) -> tuple[int, int]:
        """How many things are decided, and how many there are."""
        with self._lock:
            left = len(self._state.items)
            return self._state.total - left, self._state.total

    def history(self, limit: int = 200) -> list[Row]:
        """The last decisions, newest first, taken-back ones included."""
        with self._lock:
            self._see_other_decisions()
            return list(reversed(self._state.decisions[-limit:]))

    def decided_ever(self) -> int:
        """How many decisions were recorded, taken-back ones included."""
        with self._lock:
            return len(self._state.decisions)

    def about(self, decisions: Sequence[Row]) -> dict[str, str]:
        """The drug and disease of each decision, by decision_id; "" where what was decided is in no table any more."""
        with self._lock:
            state = self._state
            found = (
                (d, state.claims.get(d["claim_id"] or "") or state.row_of_subject(d["subject_id"]))
                for d in decisions
            )
            return {d["decision_id"]: f"{row['drug']} in {row['disease']}" if row else "" for d, row in found}

    def claim(self, claim_id: str | None) -> Row | None:
        """A claim that holds now."""
        return self._state.claims.get(claim_id or "")

    def claim_before(self, change: Row) -> Row | None:
        """A claim as it was read in the version that a change goes on from."""
        where = {"claim_id": [change["claim_id"]], "article_version": [change["old_version"] or ""]}
        found = self._state.ledger.read("claims", where=where).sort_by("recorded_at").to_pylist()
        return found[-1] if found else None

    def headings(self, article_id: str) -> frozenset[str]:
        """The headings above the statements of an article."""
        with self._lock:
            rows = self._state.claims.many(self._state.claims_of_article.get(article_id, ()))
            return frozenset(heading for _, row in rows for heading in row["section"] or ())

    def text(self, article_id: str, version: str | None) -> str | None:
        """The canonical text of one version of an article."""
        return self._state.ledger.text_of(article_id, version) if version else None


def _contradicted(dispute: Item) -> str:
    row = dispute.discrepancy or {}
    same = row.get("older_article") == row.get("newer_article")
    return "This article also says otherwise" if same else "Another article says otherwise"
