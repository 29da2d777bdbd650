"""One reading of the ledger as the desk holds it, brought up to date in place as decisions are made."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from functools import cached_property
from typing import Any

from pipeline.desk.items import Item, Row, alike, build_queue
from pipeline.desk.looks import Lookout
from pipeline.desk.rows import RowsByKey
from pipeline.ledger.ledger import Ledger
from pipeline.model.decision import effective

_ARTICLE = ["article_id", "title", "source", "date", "version", "url"]


@dataclass
class State:
    """`items` are undecided, in the queue's order; `known` also those decided since the ledger was read; `latest` is the last
    decision on each subject; `total` counts what is decided and what is not."""

    ledger: Ledger
    claims: RowsByKey
    changes: list[Row]
    discrepancies: list[Row]
    articles: dict[str, Row]
    decisions: list[Row]
    items: list[Item] = field(default_factory=list)
    by_id: dict[str, Item] = field(default_factory=dict)
    known: dict[str, Item] = field(default_factory=dict)
    groups: dict[str, tuple[Item, ...]] = field(default_factory=dict)
    of_article: dict[str, dict[str, Item]] = field(default_factory=dict)
    latest: dict[str, Row] = field(default_factory=dict)
    total: int = 0

    @staticmethod
    def read(ledger: Ledger, decisions: list[Row]) -> State:
        """What `ledger` holds now, with the `decisions` on it."""
        articles = ledger.rows("articles", columns=_ARTICLE).to_pylist()
        state = State(
            ledger=ledger,
            claims=RowsByKey(ledger.claims(), "claim_id"),
            changes=ledger.changes().to_pylist(),
            discrepancies=ledger.discrepancies().to_pylist(),
            articles={row["article_id"]: row for row in articles},
            decisions=decisions,
        )
        state.queue()
        return state

    def queue(self) -> None:
        """Make the queue anew from the decisions."""
        self.items = build_queue(
            changes=self.changes,
            discrepancies=self.discrepancies,
            claims=self.claims,
            decisions=self.decisions,
        )
        self.by_id = {item.item_id: item for item in self.items}
        self.known.update(self.by_id)
        self.groups = alike(self.items)
        self.of_article = {}
        for item in self.items:
            if item.change is not None:
                self.of_article.setdefault(item.change["article_id"], {})[item.item_id] = item
        held = effective(self.decisions)
        self.latest = {d["subject_id"]: d for d in held}
        again = {item.subject_id for item in self.items}  # decided before, and changed since
        self.total = len(self.items) + len({d["subject_id"] for d in held} - again)

    def record(self, rows: Sequence[dict[str, Any]]) -> None:
        """Take in decisions just made: what they settle leaves the queue."""
        self.decisions.extend(rows)
        for row in rows:
            self.latest[row["subject_id"]] = row
        subjects = {row["subject_id"] for row in rows}
        gone = [i for i in self.items if i.subject_id in subjects]
        ids = {item.item_id for item in gone}
        for item in gone:
            del self.by_id[item.item_id]
            if item.change is not None:
                del self.of_article[item.change["article_id"]][item.item_id]
        for like in {item.like for item in gone}:
            self.groups[like] = tuple(i for i in self.groups[like] if i.item_id not in ids)
        self.items = [i for i in self.items if i.item_id not in ids]

    @cached_property
    def lookout(self) -> Lookout:
        """Tells which statements deserve a look."""
        return Lookout(self.claims.table)

    @cached_property
    def claims_of_article(self) -> Mapping[str, list[str]]:
        """The ids of the claims that hold, by article, in reading order."""
        found: defaultdict[str, list[str]] = defaultdict(list)
        order = [("article_id", "ascending"), ("char_start", "ascending"), ("claim_id", "ascending")]
        rows = self.claims.table.select(["article_id", "char_start", "claim_id"]).sort_by(order)
        for article, claim in zip(
            rows.column("article_id").to_pylist(), rows.column("claim_id").to_pylist(), strict=True
        ):
            found[article].append(claim)
        return found

    def disputes_of(self, claim_ids: set[str]) -> dict[str, Item]:
        """The undecided disagreement with another article that each of these claims has a part in, the weightiest."""
        found: dict[str, Item] = {}
        for item in self.items:
            row = item.discrepancy
            if row is not None:
                for name in {row["older_claim"], row["newer_claim"]} & claim_ids:
                    found.setdefault(name, item)
        return found
