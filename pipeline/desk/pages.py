"""What each page's template may use: one frozen dataclass a page."""

from __future__ import annotations

import datetime as dt
import json
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from pipeline.articles.publisher import UNKNOWN
from pipeline.changes import Segment, changed_above, word_diff
from pipeline.desk.desk import Desk
from pipeline.desk.forms import Field, fields_of
from pipeline.desk.items import Item
from pipeline.desk.looks import Look
from pipeline.desk.quotes import Line, Piece, article_lines, quote_pieces
from pipeline.evidence import beside_sides, called

PAGE_SIZE = 50
LONGEST_REASON = 4_000
LABELS = {
    "conflict": "Open conflict",
    "direction": "Direction reversed",
    "strength": "Strength changed",
    "dose": "Dose changed",
    "added": "New statement",
    "removed": "Statement gone",
    "situation": "Situation changed",
    "update": "Updated by a newer article",
    "difference": "Difference between articles",
    "wording": "Wording",
    "moved": "Moved",
    "citations": "Citations",
}
VERDICT_WORDS = {
    "accept": "accepted",
    "reject": "rejected",
    "correct": "corrected",
    "settle": "settled",
    "undo": "took back",
}
CAUSES = {
    "rules": "Our reading changed; the article did not.",
    "gone": "The article is gone.",
}


@dataclass(frozen=True, slots=True, kw_only=True)
class Frame:
    """What every page has: the editor ("" before signing in), the form token, progress and a message."""

    title: str
    editor: str
    csrf: str
    decided: int
    total: int
    message: str = ""
    can_undo: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class LoginPage:
    """The page that asks for a name, and for the token where one is set; `problem` says why the last try was refused."""

    frame: Frame
    needs_token: bool
    problem: str
    name: str
    back: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Entry:
    """One line of the queue."""

    item_id: str
    label: str
    importance: str
    drug: str
    disease: str
    words: str
    like: int
    seen_before: bool
    current: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class Side:
    """One side of a discrepancy."""

    heading: str
    value: str
    article: str
    date: dt.date | None
    section: tuple[str, ...]
    pieces: tuple[Piece, ...]
    claim_id: str
    article_id: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Reason:
    """Why a value is read so: its column, the words it was read from ("" for none), and the rule."""

    field: str
    words: str
    rule: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Detail:
    """The item being decided, with all that an editor needs to see.

    `why` says what happened, and with the like changes; `like` are the other items that one decision can settle; `explanation` is a discrepancy's, without the drug and disease that
    stand above it; `above` is the lead-in or heading that changed where the words of the statement did not; `is_new` of a statement that has no before; `revision` names the decision that stood when the page
    was made, `saw` what it shows; `looks` are why the statement deserves a look; `article_left` counts what is left of its article; `earlier` is
    the decision on an earlier state of this statement.
    """

    item: Item
    label: str
    why: tuple[str, ...]
    is_new: bool
    explanation: str
    revision: str
    saw: str
    old: str
    new: str
    segments: tuple[Segment, ...]
    above: tuple[Segment, ...]
    fields: tuple[Mapping[str, str], ...]
    pieces: tuple[Piece, ...]
    claim: Mapping[str, Any] | None
    reasons: tuple[Reason, ...]
    section: tuple[str, ...]
    looks: tuple[Look, ...]
    article_id: str
    article_left: int
    article_title: str
    article_source: str
    article_date: dt.date | None
    lines: tuple[Line, ...]
    form: tuple[tuple[str, list[Field]], ...]
    sides: tuple[Side, ...]
    like: tuple[Item, ...]
    earlier: Mapping[str, Any] | None


@dataclass(frozen=True, slots=True, kw_only=True)
class QueuePage:
    """`entries` are at most 50 of `left` undecided items, most important first, of `n_articles`; `article` is the one whose page
    the editor came from, "" for none."""

    frame: Frame
    entries: tuple[Entry, ...]
    left: int
    page: int
    pages: int
    kind: str
    words: str
    kinds: tuple[tuple[str, str], ...]
    detail: Detail | None
    next_id: str
    previous_id: str
    problem: str = ""
    draft: Mapping[str, str] | None = None
    article: str = ""
    n_articles: int = 0


@dataclass(frozen=True, slots=True, kw_only=True)
class ConflictPage:
    """Shown instead of overwriting another editor's decision; `form` is what this editor had sent, `about` the drug and disease, `onward` where
    the next item is."""

    frame: Frame
    decision: Mapping[str, Any]
    form: tuple[tuple[str, str], ...]
    words: str
    about: str
    onward: str


@dataclass(frozen=True, slots=True, kw_only=True)
class HistoryPage:
    """`decisions` are the newest, after `earlier` older ones; `about` gives the drug and disease of each."""

    frame: Frame
    decisions: tuple[Mapping[str, Any], ...]
    about: Mapping[str, str]
    earlier: int
    undone: frozenset[str]


@dataclass(frozen=True, slots=True, kw_only=True)
class ErrorPage:
    """What went wrong and what to do."""

    frame: Frame
    heading: str
    what: str
    do: str


def said(value: str) -> str:
    """A corrected value (JSON text) as words for a person.

    >>> [said(v) for v in ('["mild", "acute"]', '"strong"', "25.0", "null", "[]", "as it was")]
    ['mild; acute', 'strong', '25', 'none', 'none', 'as it was']
    """
    try:
        found = json.loads(value)
    except ValueError:
        return value
    if isinstance(found, list):
        return "; ".join(map(str, found)) or "none"
    return "none" if found in (None, "") else f"{found:g}" if isinstance(found, float) else str(found)


def entry_of(item: Item, like: int, current: bool) -> Entry:
    """An item as one line of the queue; of a disagreement it tells in what."""
    words = f"{item.discrepancy['aspect']}: {item.saw_quote}" if item.discrepancy else item.saw_quote
    return Entry(
        item_id=item.item_id,
        label=LABELS[item.importance],
        importance=item.importance,
        drug=item.drug,
        disease=item.disease,
        words=words if len(words) <= 120 else words[:117] + "…",
        like=like,
        seen_before=item.earlier is not None,
        current=current,
    )


def why_of(item: Item, shared: str = "") -> tuple[str, ...]:
    """Why an item is there, in sentences: what changed if not the article, what it has in common with like changes (`shared`), why what was
    decided is asked again."""
    change, told = item.change or {}, []
    if change.get("cause") in CAUSES:
        told.append(CAUSES[change["cause"]])
    if shared and not (told and shared.startswith("our reading")):
        told.append(f"{shared[:1].upper()}{shared[1:]}.")
    if item.earlier is not None and change and not item.change_since:
        told.append("It was decided before, on another reading of the same words.")
    elif item.earlier is not None and item.importance in ("wording", "moved", "citations"):
        told.append("It was decided before; since then a word or number came or went that could turn it.")
    return tuple(told)


def _explanation(item: Item) -> str:
    """A discrepancy's, without what stands around it; empty for other items."""
    row = item.discrepancy
    if row is None:
        return ""
    return beside_sides(
        row["explanation"],
        drug=item.drug,
        disease=item.disease,
        aspect="",  # which is not told above it
        articles=(row["older_article"], row["newer_article"]),
        sides=called(row["older_date"], row["newer_date"]),
    ).removesuffix(" Open: no rule decides.")


def _sides(item: Item, desk: Desk) -> tuple[Side, ...]:
    row = item.discrepancy
    if row is None:
        return ()
    sides = []
    for age, heading in zip(("older", "newer"), called(row["older_date"], row["newer_date"]), strict=True):
        claim = desk.claim(row[f"{age}_claim"])
        article_id = row[f"{age}_article"]
        article = desk.state.articles.get(article_id, {})
        sides.append(
            Side(
                heading=heading,
                value=row[f"{age}_value"],
                article=article.get("title") or article_id,
                date=row[f"{age}_date"],
                section=tuple(claim["section"]) if claim else (),
                pieces=quote_pieces(claim) if claim else (),
                claim_id=claim["claim_id"] if claim else "",
                article_id=article_id,
            )
        )
    return tuple(sides)


def _above(
    change: Mapping[str, Any], claim: Mapping[str, Any] | None, text: str, desk: Desk
) -> tuple[Segment, ...]:
    """The line above a statement that changed its meaning though its own words stayed, compared; empty where none did."""
    if claim is None or not change.get("old_version") or change["old_quote"] != claim["quote"]:
        return ()
    before = desk.claim_before(change)
    old_text = desk.text(change["article_id"], change["old_version"]) or ""
    found = changed_above(before, claim, old_text, text) if before else None
    return tuple(word_diff(*found)) if found else ()


def _reasons(claim: Mapping[str, Any], text: str) -> tuple[Reason, ...]:
    found = (
        Reason(field=m["field"], words=text[max(m["start"], 0) : max(m["end"], 0)].strip(), rule=m["rule"])
        for m in claim.get("provenance") or ()
    )
    return tuple(dict.fromkeys(found))


def detail_of(item: Item, desk: Desk) -> Detail:
    """Everything an editor needs to see of one item."""
    change = item.change or {}
    claim = desk.claim(item.claim_id)
    shown = claim
    if shown is None and item.discrepancy is not None:
        shown = desk.claim(item.discrepancy["newer_claim"]) or desk.claim(item.discrepancy["older_claim"])
    article_id = (shown or change).get("article_id", "")
    article = desk.state.articles.get(article_id, {})
    version = shown["article_version"] if shown else change.get("old_version")
    text = desk.text(article_id, version) or ""
    old, new = change.get("old_quote") or "", change.get("new_quote") or ""
    return Detail(
        item=item,
        label=LABELS[item.importance],
        why=why_of(item, desk.shared(item)),
        is_new=change.get("kind") == "added" and item.importance == "added",
        explanation=_explanation(item),
        revision=desk.revision(item),
        saw=desk.saw(item),
        old=old,
        new=new,
        segments=tuple(word_diff(old, new)) if old and new else (),
        above=_above(change, claim, text, desk),
        fields=tuple(
            f for f in change.get("fields", ()) if f["field"] not in ("quote", "cites", "position", "section")
        ),
        pieces=quote_pieces(claim) if claim else (),
        claim=claim,
        reasons=_reasons(claim, text) if claim else (),
        section=tuple((shown or change).get("section") or ()),
        looks=desk.looks(article_id).get(item.claim_id or "", ()) if item.change is not None else (),
        article_id=article_id,
        article_left=len(desk.left_of(article_id)),
        article_title=article.get("title") or article_id,
        article_source="" if article.get("source") in (None, UNKNOWN) else article["source"],
        article_date=article.get("date"),
        lines=article_lines(text, shown, desk.headings(article_id)),
        form=tuple(fields_of(claim)) if claim else (),
        sides=_sides(item, desk),
        like=tuple(i for i in desk.like(item) if i is not item),
        earlier=item.earlier,
    )
