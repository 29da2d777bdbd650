"""An article as a whole, and the list of articles with something left to decide."""

from __future__ import annotations

import datetime as dt
from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from pipeline.articles.publisher import UNKNOWN
from pipeline.desk.desk import Desk
from pipeline.desk.items import Item
from pipeline.desk.pages import LABELS, PAGE_SIZE, Frame
from pipeline.desk.reading import Block, Jump, blocks_of, deserves, jumps_to, place, reading_of
from pipeline.reports.labels import COUNTED


@dataclass(frozen=True, slots=True, kw_only=True)
class Gone:
    """A statement that the article no longer makes, and the decision that stood when the page was made."""

    item: Item
    revision: str


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
                look=sum(1 for item in items if deserves(item, looks)),
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
    rows = state.claims.many(state.claims_of_article.get(article_id, ()))
    claims = sorted((row for _, row in rows), key=place)
    items = desk.left_of(article_id)
    disputes = state.disputes_of({c["claim_id"] for c in claims})
    looks = desk.looks(article_id, disputes)
    by_claim = {i.claim_id: i for i in items}
    readings = [
        reading_of(n, claim, by_claim.get(claim["claim_id"]), looks, disputes, desk)
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
        blocks=blocks_of(desk.text(article_id, version) or "", readings),
        gone=tuple(Gone(item=i, revision=desk.revision(i)) for i in items if i.subject == "change"),
        left=tuple(i.item_id for i in items),
        plain=tuple(i.item_id for i in items if not deserves(i, looks)),
        looks=jumps_to(readings),
        kinds=_kinds(items),
        n_looks=sum(1 for i in items if deserves(i, looks)),
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


def _kinds(items: Sequence[Item]) -> tuple[str, ...]:
    counts = Counter(i.importance for i in sorted(items, key=lambda i: i.rank))
    if set(counts) == {"added"}:
        return ()
    return tuple(f"{n} {COUNTED[name][n != 1]}" for name, n in counts.items())


def _source(article: Mapping[str, Any]) -> str:
    return "" if article.get("source") in (None, UNKNOWN) else str(article["source"])
