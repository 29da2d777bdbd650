"""The decisions that hold, kept as they are made and taken back. Pure."""

from __future__ import annotations

from bisect import bisect_left, insort
from collections.abc import Iterable
from typing import Any

from pipeline.desk.items import Row


def _key(decision: Row) -> tuple[str, str]:
    return str(decision["decided_at"] or ""), str(decision["decision_id"])


def batch_of(decision: Row) -> str:
    """Names what was decided together with a decision."""
    return str(decision["decision_id"]).rpartition(".")[0]


class Held:
    """What `pipeline.model.decision.effective` gives, found by subject, editor and batch; adding one decision costs the same
    however many there are. `latest` is the last decision that holds on each subject."""

    def __init__(self, decisions: Iterable[Row] = ()) -> None:
        self.latest: dict[str, Row] = {}
        self._by_id: dict[str, Row] = {}
        self._undone: set[str] = set()
        self._of: dict[tuple[str, Any], list[tuple[tuple[str, str], Row]]] = {}
        for decision in sorted(decisions, key=_key):
            self.add(decision)

    def add(self, decision: Row) -> Row:
        """Take in a decision or a taking back; gives the decision that is settled by it or was taken back (itself where that
        is not known)."""
        name = str(decision["decision_id"])
        if decision["verdict"] == "undo":
            undone = str(decision["undoes"])
            self._undone.add(undone)
            taken = self._by_id.pop(undone, None)
            if taken is None:
                return decision
            for place in _places(taken):
                self._remove(place, taken)
            self._set_latest(taken["subject_id"])
            return taken
        if name not in self._undone and name not in self._by_id:
            self._by_id[name] = decision
            for place in _places(decision):
                insort(self._of.setdefault(place, []), (_key(decision), decision), key=lambda pair: pair[0])
            self._set_latest(decision["subject_id"])
        return decision

    def _remove(self, place: tuple[str, Any], decision: Row) -> None:
        held = self._of[place]
        del held[bisect_left(held, _key(decision), key=lambda pair: pair[0])]
        if not held:
            del self._of[place]

    def _set_latest(self, subject_id: str) -> None:
        held = self._of.get(("subject", subject_id))
        if held:
            self.latest[subject_id] = held[-1][1]
        else:
            self.latest.pop(subject_id, None)

    def get(self, decision_id: str) -> Row | None:
        """The decision with this id, where it holds."""
        return self._by_id.get(decision_id)

    def last_of(self, editor: str) -> Row | None:
        """The last decision of an editor that holds."""
        held = self._of.get(("editor", editor))
        return held[-1][1] if held else None

    def together(self, decision: Row) -> list[Row]:
        """All that was decided with a decision and holds, oldest first."""
        return [row for _, row in self._of.get(("batch", batch_of(decision)), ())]

    def decides(self, editor: str) -> bool:
        """Whether the last decision on something is this editor's."""
        held = self._of.get(("editor", editor), ())
        return any(self.latest[row["subject_id"]] is row for _, row in reversed(held))


def _places(decision: Row) -> tuple[tuple[str, Any], ...]:
    return (
        ("subject", decision["subject_id"]),
        ("editor", decision["editor"]),
        ("batch", batch_of(decision)),
    )
