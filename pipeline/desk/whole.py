"""An article as a whole: its text with every statement marked, in reading order, and what was read in each."""

from __future__ import annotations

import datetime as dt
from bisect import bisect_right
from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from pipeline.articles.publisher import UNKNOWN
from pipeline.changes import Segment, say_dose, word_diff
from pipeline.desk.desk import Desk
from pipeline.desk.items import Item, Row
from pipeline.desk.looks import REASONS, Look
from pipeline.desk.pages import COUNTED, LABELS, PAGE_SIZE, Frame, why_of
from pipeline.desk.quotes import Piece, cuts, pieces

Span = tuple[int, int, str]
MOST_JUMPS = 100
_LINES = {"first": "first line", "subsequent": "later line"}


@dataclass(frozen=True, slots=True, kw_only=True)
class Reading:
    """One statement as it was read. `item` is None where it is decided, then `decision` says how; `looks` are why it deserves
    a look, `dispute` the disagreement with another article; `label`, `why`, `fields` and `segments` (its words) tell a change,
    empty for what is new."""

    number: int
    claim: Row
    says: tuple[str, ...]
    item: Item | None
    decision: Row | None
    looks: tuple[Look, ...]
    dispute: Item | None
    label: str
    why: tuple[str, ...]
    fields: tuple[Mapping[str, str], ...]
    segments: tuple[Segment, ...]
    revision: str

    @property
    def rank(self) -> tuple[int, int, int]:
        """Its place among those that deserve a look: the weightiest change first, then the weightiest reason."""
        return (
            self.item.rank if self.item else 0,
            self.looks[0].rank if self.looks else len(REASONS),
            self.number,
        )


@dataclass(frozen=True, slots=True, kw_only=True)
class Jump:
    """A line that leads to a statement which deserves a look, and to `more` like changes; `why` in words."""

    reading: Reading
    why: str
    more: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Gone:
    """A statement that the article no longer makes, and the decision that stood when the page was made."""

    item: Item
    revision: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Block:
    """One block of the text, and the statements that begin in it."""

    pieces: tuple[Piece, ...]
    readings: tuple[Reading, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class ArticlePage:
    """`gone` are statements that the article no longer makes; `left` and `plain` the ids of what is undecided, and of those
    that nothing speaks against; `looks` leads to the weightiest of the `n_looks` that deserve a look; `kinds` counts
    what is left by its label, where not all of it is new."""

    frame: Frame
    article_id: str
    title: str
    source: str
    date: dt.date | None
    url: str
    blocks: tuple[Block, ...]
    gone: tuple[Gone, ...]
    left: tuple[str, ...]
    plain: tuple[str, ...]
    looks: tuple[Jump, ...]
    n_looks: int
    kinds: tuple[str, ...]
    n_decided: int
    next_id: str
    previous_id: str
    problem: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class ArticleLine:
    """One article of the list: how much is left of it, how much of that deserves a look, and the weightiest."""

    article_id: str
    title: str
    source: str
    date: dt.date | None
    left: int
    look: int
    importance: str
    label: str


@dataclass(frozen=True, slots=True, kw_only=True)
class ArticlesPage:
    """At most 50 of the `total` articles with something left to decide."""

    frame: Frame
    lines: tuple[ArticleLine, ...]
    total: int
    statements: int
    page: int
    pages: int
    words: str


def says_of(row: Row) -> tuple[str, ...]:
    """What a claim says about its drug and disease, in parts; what is unstated is left out."""
    grade = row["grade_text"]
    strength = "" if row["strength"] == "unstated" else row["strength"]
    parts = [
        row["direction"] if row["direction"] != "unstated" else "neither for nor against",
        f"{strength} ({grade})" if strength and grade and grade != strength else strength or grade or "",
        "" if row["certainty"] == "unstated" else f"{row['certainty']} certainty",
        _LINES.get(row["line"], ""),
        "" if row["preference"] == "unstated" else row["preference"],
        "from a study" if row["kind"] == "evidence" else "",
        say_dose(row),
        f"with {' and '.join(row['with_drugs'])}" if row["with_drugs"] else "",
        *(", ".join(row[name]) for name in ("setting", "population")),
        "; ".join(row["condition"]),
        row["guideline"] or "",
    ]
    return tuple(part for part in parts if part)


def articles_left(desk: Desk, words: str = "") -> list[str]:
    """The articles with something left to decide, those with the weightiest first, then those with the most."""
    needles = words.lower().split()
    ranked = []
    for name, items in desk.state.of_article.items():
        title = str(desk.state.articles.get(name, {}).get("title") or name)
        if items and all(n in title.lower() for n in needles):
            ranked.append((min(i.rank for i in items.values()), -len(items), title, name))
    return [name for *_, name in sorted(ranked)]


def articles_page(desk: Desk, frame: Frame, words: str, number: int) -> ArticlesPage:
    """A page of the articles with something left."""
    state, names = desk.state, articles_left(desk, words)
    pages = max(1, -(-len(names) // PAGE_SIZE))
    number = min(max(number, 1), pages)
    here = names[(number - 1) * PAGE_SIZE : number * PAGE_SIZE]
    disputes = state.disputes_of({c for name in here for c in state.claims_of_article.get(name, ())})
    lines = []
    for name in here:
        items = tuple(state.of_article[name].values())
        looks = desk.looks(name, disputes)
        first = min(items, key=lambda item: item.rank)
        article = state.articles.get(name, {})
        lines.append(
            ArticleLine(
                article_id=name,
                title=article.get("title") or name,
                source=_source(article),
                date=article.get("date"),
                left=len(items),
                look=sum(1 for item in items if _deserves(item, looks)),
                importance=first.importance,
                label=LABELS[first.importance],
            )
        )
    return ArticlesPage(
        frame=frame, lines=tuple(lines), total=len(names), page=number, pages=pages, words=words,
        statements=sum(len(state.of_article[name]) for name in names),
    )  # fmt: skip


def article_page(desk: Desk, frame: Frame, article_id: str, problem: str = "") -> ArticlePage | None:
    """The page of an article; None where there is no such article."""
    state = desk.state
    article = state.articles.get(article_id)
    if article is None:
        return None
    claims = sorted((state.claims[c] for c in state.claims_of_article.get(article_id, ())), key=_place)
    items = desk.left_of(article_id)
    disputes = state.disputes_of({c["claim_id"] for c in claims})
    looks = desk.looks(article_id, disputes)
    by_claim = {i.claim_id: i for i in items}
    readings = [
        _reading(n, claim, by_claim.get(claim["claim_id"]), looks, disputes, desk)
        for n, claim in enumerate(claims, start=1)
    ]
    version = claims[0]["article_version"] if claims else article.get("version")
    names = articles_left(desk)
    at = names.index(article_id) if article_id in names else -1
    return ArticlePage(
        frame=frame,
        article_id=article_id,
        title=article.get("title") or article_id,
        source=_source(article),
        date=article.get("date"),
        url=url if (url := article.get("url") or "").startswith(("https://", "http://")) else "",
        blocks=_blocks(desk.text(article_id, version) or "", readings),
        gone=tuple(Gone(item=i, revision=desk.revision(i)) for i in items if i.subject == "change"),
        left=tuple(i.item_id for i in items),
        plain=tuple(i.item_id for i in items if not _deserves(i, looks)),
        looks=_jumps(readings),
        kinds=_kinds(items),
        n_looks=sum(1 for i in items if _deserves(i, looks)),
        n_decided=sum(1 for r in readings if r.decision is not None),
        next_id=next_left(desk, article_id),
        previous_id=names[at - 1] if at > 0 else "",
        problem=problem,
    )


def next_left(desk: Desk, article_id: str) -> str:
    """The article with something left that stands behind this one, else the first; "" where this is the only one."""
    names = articles_left(desk)
    at = names.index(article_id) if article_id in names else -1
    return next((name for name in (*names[at + 1 :], *names[: max(at, 0)])), "")


def _place(claim: Row) -> tuple[int, int, int, str]:
    """Where a claim stands in the text: its quote, then its drug, then its dose."""
    at = {m["field"]: m["start"] for m in reversed(claim["provenance"] or ())}
    return claim["char_start"], at.get("drug", -1), at.get("dose_text", -1), claim["claim_id"]


def _jumps(readings: Sequence[Reading]) -> tuple[Jump, ...]:
    """The weightiest first, at most MOST_JUMPS; changes that one decision can settle are one."""
    found = sorted((r for r in readings if r.item is not None and (r.looks or r.label)), key=lambda r: r.rank)
    alike = Counter(r.item.like for r in found if r.item is not None and r.label)
    jumps, told = [], set()
    for reading in found:
        item = reading.item
        if item is None or (reading.label and item.like in told):
            continue
        told.add(item.like)
        more = alike[item.like] - 1 if reading.label else 0
        why = item.why or _changed(reading) or reading.looks[0].words
        jumps.append(Jump(reading=reading, why=why[:1].upper() + why[1:], more=more))
    return tuple(jumps[:MOST_JUMPS])


def _changed(reading: Reading) -> str:
    """What changed, in words: "Dose changed, 5 mg → 10 mg"."""
    told = "; ".join(f"{f['old'] or 'none'} → {f['new'] or 'none'}" for f in reading.fields)
    return f"{reading.label}, {told}" if told else reading.label


def _kinds(items: Sequence[Item]) -> tuple[str, ...]:
    counts = Counter(i.importance for i in sorted(items, key=lambda i: i.rank))
    if set(counts) == {"added"}:
        return ()
    return tuple(f"{n} {COUNTED[name][n != 1]}" for name, n in counts.items())


def _deserves(item: Item, looks: Mapping[str, tuple[Look, ...]]) -> bool:
    """What changed or went, or is asked again, always deserves a look; what is new where there is a reason."""
    return item.importance != "added" or item.earlier is not None or (item.claim_id or "") in looks


def _source(article: Mapping[str, Any]) -> str:
    return "" if article.get("source") in (None, UNKNOWN) else str(article["source"])


def _reading(
    number: int,
    claim: Row,
    item: Item | None,
    looks: Mapping[str, tuple[Look, ...]],
    disputes: Mapping[str, Item],
    desk: Desk,
) -> Reading:
    name = claim["claim_id"]
    change = item.change if item is not None else None
    changed = (
        item is not None and change is not None and (item.importance != "added" or item.earlier is not None)
    )
    old, new = (change or {}).get("old_quote") or "", (change or {}).get("new_quote") or ""
    noise = ("quote", "cites", "position", "section")
    return Reading(
        number=number,
        claim=claim,
        says=says_of(claim),
        item=item,
        decision=desk.state.latest.get(name) if item is None else None,
        looks=looks.get(name, ()),
        dispute=disputes.get(name),
        label=LABELS[item.importance] if item is not None and changed else "",
        why=why_of(item) if item is not None and changed else (),
        fields=tuple(f for f in change["fields"] if f["field"] not in noise)
        if change is not None and changed and old
        else (),
        segments=tuple(word_diff(old, new)) if changed and old and new and old != new else (),
        revision=desk.revision(item) if item is not None else "",
    )


def _blocks(text: str, readings: Sequence[Reading]) -> tuple[Block, ...]:
    """The blocks of the text; a statement stands with the block that it begins in."""
    starts, at = [], 0
    lines = text.split("\n")
    for line in lines:
        starts.append(at)
        at += len(line) + 1
    spans: list[list[Span]] = [[] for _ in lines]
    held: list[list[Reading]] = [[] for _ in lines]
    for reading in readings:
        held[bisect_right(starts, reading.claim["char_start"]) - 1].append(reading)
        for span in dict.fromkeys(cuts(reading.claim)):
            for n in range(bisect_right(starts, span[0]) - 1, bisect_right(starts, span[1] - 1)):
                spans[n].append(span)
    return tuple(
        Block(
            pieces=pieces(text, start, start + len(line), dict.fromkeys(spans[n])),
            readings=tuple(held[n]),
        )
        for n, (line, start) in enumerate(zip(lines, starts, strict=True))
        if line.strip() or held[n]
    )
