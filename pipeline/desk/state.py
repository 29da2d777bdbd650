"""One reading of the ledger as the desk holds it, brought up to date in place as decisions are made."""

from __future__ import annotations

from bisect import insort
from collections import defaultdict
from collections.abc import Mapping, Sequence
from functools import cached_property
from operator import attrgetter

from pipeline.desk.held import Held
from pipeline.desk.items import Item, Row, change_item, discrepancy_item, shared_by
from pipeline.desk.looks import Lookout
from pipeline.desk.rows import RowsByKey
from pipeline.ledger.ledger import Ledger
from pipeline.model.collector import uncollected

_ARTICLE = ["article_id", "title", "source", "date", "version", "url"]
_place = attrgetter("place")


class State:
    """`items` are undecided, in the queue's order; `known` also those decided since the ledger was read; `held` are the decisions
    that hold. A decision costs what it touches, however long the queue is."""

    def __init__(self, ledger: Ledger, decisions: Sequence[Row]) -> None:
        """What `ledger` holds now, with the `decisions` on it."""
        self.ledger = ledger
        self.items: list[Item] = []
        self.by_id: dict[str, Item] = {}
        self.by_subject: dict[str, Item] = {}
        self.known: dict[str, Item] = {}
        self.groups: dict[str, dict[str, Item]] = {}
        self.of_article: dict[str, dict[str, Item]] = {}
        self._shared: dict[str, str] = {}
        self._words: dict[str, str] = {}
        with uncollected():
            self.claims = RowsByKey(ledger.claims(), "claim_id")
            rows = ledger.rows("articles", columns=_ARTICLE).to_pylist()
            self.articles: dict[str, Row] = {row["article_id"]: row for row in rows}
            rows = ledger.discrepancies().to_pylist()
            self.discrepancies: dict[str, Row] = {row["discrepancy_id"]: row for row in rows}
            self.changes_of_claim: defaultdict[str, list[Row]] = defaultdict(list)
            self._claim_of_change: dict[str, str] = {}
            for row in ledger.changes().to_pylist():
                self.changes_of_claim[row["claim_id"]].append(row)
                self._claim_of_change[row["change_id"]] = row["claim_id"]
            self.decisions = list(decisions)
            self.held = Held(self.decisions)
            self._make()

    def _make(self) -> None:
        quotes = self.claims.cells("quote")
        latest = self.held.latest
        decided = dict(self.claims.many(c for c in self.changes_of_claim if c in latest))
        for name, rows in self.changes_of_claim.items():
            self._add(change_item(rows, decided.get(name), quotes.get(name), latest.get(name), latest))
        for name, row in self.discrepancies.items():
            self._add(discrepancy_item(row, latest.get(name)))
        self.items.sort(key=_place)

    def _add(self, item: Item | None) -> None:
        if item is None:
            return
        self.items.append(item)
        self._index(item)

    def _index(self, item: Item) -> None:
        self.by_id[item.item_id] = self.by_subject[item.subject_id] = self.known[item.item_id] = item
        self.groups.setdefault(item.like, {})[item.item_id] = item
        self._shared.pop(item.like, None)
        if item.change is not None:
            self.of_article.setdefault(item.change["article_id"], {})[item.item_id] = item

    def _drop(self, items: Sequence[Item]) -> None:
        """Take items out of the queue."""
        ids = {item.item_id for item in items}
        for item in items:
            del self.by_id[item.item_id], self.by_subject[item.subject_id]
            del self.groups[item.like][item.item_id]
            self._shared.pop(item.like, None)
            if item.change is not None:
                del self.of_article[item.change["article_id"]][item.item_id]
        if ids:
            self.items = [i for i in self.items if i.item_id not in ids]

    @property
    def total(self) -> int:
        """How much there is to decide, and was decided: what was decided and is asked again counts once."""
        return len(self.by_subject.keys() | self.held.latest.keys())

    def record(self, rows: Sequence[Row]) -> None:
        """Take in decisions just made on what is shown: what they settle leaves the queue."""
        self.decisions.extend(rows)
        for row in rows:
            self.held.add(row)
        found = (self.by_subject.get(row["subject_id"]) for row in rows)
        self._drop([item for item in found if item is not None])

    def take_in(self, rows: Sequence[Row]) -> None:
        """Take in decisions made elsewhere, and decisions taken back: what they are about is looked at anew."""
        self.decisions.extend(rows)
        claims: dict[str, None] = {}
        discrepancies: dict[str, None] = {}
        for row in rows:
            about = self.held.add(row)
            subject = about["subject_id"]
            if about["subject"] == "discrepancy":
                discrepancies[subject] = None
            else:
                claims[self._claim_of_change.get(subject) or about["claim_id"] or subject] = None
        self._look_again(list(claims), [d for d in discrepancies if d in self.discrepancies])

    def _look_again(self, claims: Sequence[str], discrepancies: Sequence[str]) -> None:
        subjects = [*claims, *discrepancies]
        for claim in claims:
            subjects += [row["change_id"] for row in self.changes_of_claim.get(claim, ())]
        self._drop([self.by_subject[s] for s in subjects if s in self.by_subject])
        latest = self.held.latest
        decided = dict(self.claims.many(c for c in claims if c in latest))
        quotes = {name: row["quote"] for name, row in self.claims.many(claims)}
        found = [
            change_item(rows, decided.get(c), quotes.get(c), latest.get(c), latest)
            for c in claims
            if (rows := self.changes_of_claim.get(c))
        ]
        found += [discrepancy_item(self.discrepancies[d], latest.get(d)) for d in discrepancies]
        for item in found:
            if item is not None:
                insort(self.items, item, key=_place)
                self._index(item)

    def words_of(self, item: Item) -> str:
        """What an item can be found by: drug, disease, statement and the titles of its articles, in lower case."""
        if item.item_id not in self._words:
            row = item.change or item.discrepancy or {}
            ids = {row.get(name) for name in ("article_id", "older_article", "newer_article")}
            titles = (self.articles.get(str(name), {}).get("title") or "" for name in ids if name)
            self._words[item.item_id] = " ".join((item.drug, item.disease, item.saw_quote, *titles)).lower()
        return self._words[item.item_id]

    def shared(self, item: Item) -> str:
        """What an item shares with its like, in words; "" for one alone, and for one sentence."""
        like = self.groups.get(item.like, {})
        if len(like) < 2 or item.item_id not in like:
            return ""
        if item.like not in self._shared:
            self._shared[item.like] = shared_by(like.values())
        return self._shared[item.like]

    def row_of_subject(self, subject_id: str) -> Row | None:
        """The change or discrepancy with this id."""
        rows = self.changes_of_claim.get(self._claim_of_change.get(subject_id, ""), ())
        found = next((row for row in rows if row["change_id"] == subject_id), None)
        return found or self.discrepancies.get(subject_id)

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
