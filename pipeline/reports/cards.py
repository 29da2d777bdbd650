"""Changes as cards: one per cause, the weightiest first; a new article is one card, noise one per article."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from pipeline.changes import ChangeGroup, group_like, say_dose
from pipeline.changes.rows import Row, text
from pipeline.model.change import IMPORTANCES, Change
from pipeline.reports.labels import CAUSE, FIELD, IMPORTANCE, WITHOUT_MEANING, counted, say_date, say_value
from pipeline.reports.report import Report, ReportArticle
from pipeline.reports.sides import Above, Side, above_of, safe_url, says_of, side_of

OTHERS_SHOWN = 60
"""Like statements listed in one card; the rest is counted."""


@dataclass(frozen=True, slots=True, kw_only=True)
class FieldLine:
    """One field, old and new, in words."""

    label: str
    old: str
    new: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Other:
    """A further statement that the card stands for, or a row of a new article."""

    drug: str
    disease: str
    says: str
    dose: str
    quote: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Card:
    """One card. `heading` is what it is sorted under, `old`/`new` the statement that stands for its changes."""

    card_id: str
    importance: str
    heading: str
    kind: str
    drugs: tuple[str, ...]
    diseases: tuple[str, ...]
    sources: tuple[str, ...]
    title: str
    reason: str
    cause: str
    fields: tuple[FieldLine, ...]
    old: Side | None
    new: Side | None
    above: tuple[Above, ...]
    others: tuple[Other, ...]
    n_others: int
    n_changes: int
    url: str | None = None
    date: str = ""

    @property
    def same_words(self) -> bool:
        """Whether the statement itself reads as before: then it is shown once."""
        if self.old is None or self.new is None or not self.fields:
            return False
        return (
            [p.words for p in self.old.pieces if p.changed]
            == [p.words for p in self.new.pieces if p.changed]
            == []
        )


def change_cards(report: Report) -> tuple[Card, ...]:
    """Cards for every change in meaning that no editor has decided yet."""
    old, new = _by_id(report.old_claims), _by_id(report.claims)
    fresh = {a.article_id: a for a in report.articles if a.status == "new"}
    shown = [c for c in report.changes if c.meaning and c.change_id not in report.reviewed]
    arrived = [c for c in shown if c.kind == "added" and c.article_id in fresh]
    groups = group_like(c for c in shown if not (c.kind == "added" and c.article_id in fresh))
    cards = [_card(g, old, new, report.texts) for g in groups]
    cards.extend(_article_cards(arrived, fresh, new))
    return tuple(sorted(cards, key=_rank))


def noise_cards(report: Report) -> tuple[Card, ...]:
    """One card per article and kind of noise."""
    old, new = _by_id(report.old_claims), _by_id(report.claims)
    noise = [c for c in report.changes if not c.meaning and c.change_id not in report.reviewed]
    return tuple(sorted((_card(g, old, new, {}) for g in group_like(noise)), key=_rank))


def _rank(card: Card) -> tuple[object, ...]:
    return IMPORTANCES.index(card.importance), card.diseases, card.drugs, card.card_id


def _by_id(rows: Iterable[Row]) -> dict[str, Row]:
    return {text(row, "claim_id"): row for row in rows}


def _stand_in(change: Change, *, new: bool) -> Row | None:
    """A row made of what the change itself tells, where the claim's own row is not at hand."""
    quote = change.new_quote if new else change.old_quote
    if quote is None:
        return None
    said = {f.field: f.new if new else f.old for f in change.fields}
    return {
        "claim_id": change.claim_id,
        "article_id": change.article_id,
        "drug": change.drug,
        "disease": change.disease,
        "quote": quote,
        "section": list(change.section),
        "article_date": change.new_date if new else change.old_date,
        "direction": said.get("direction", ""),
        "strength": said.get("strength", ""),
    }


def _sides(change: Change, old: Mapping[str, Row], new: Mapping[str, Row]) -> tuple[Row | None, Row | None]:
    before = None if change.kind == "added" else old.get(change.claim_id) or _stand_in(change, new=False)
    after = None if change.kind == "removed" else new.get(change.claim_id) or _stand_in(change, new=True)
    return before, after


def _card(
    group: ChangeGroup, old: Mapping[str, Row], new: Mapping[str, Row], texts: Mapping[str, str]
) -> Card:
    first = group.first
    before, after = _sides(first, old, new)
    fields = tuple(
        FieldLine(label=FIELD.get(f.field, f.field), old=say_value(f.old), new=say_value(f.new))
        for f in first.fields
        if f.field not in WITHOUT_MEANING or (not first.meaning and f.field != "quote")
    )
    changed = {f.field for f in first.fields} - set(WITHOUT_MEANING)
    pair = before is not None and after is not None
    above = above_of(before, after, changed, texts) if before is not None and after is not None else ()
    drugs, diseases = group.drugs, tuple(sorted({c.disease for c in group.changes}))
    rest = group.changes[1:]
    return Card(
        card_id=first.change_id,
        importance=first.importance,
        heading=_heading(first),
        kind=first.kind,
        drugs=drugs,
        diseases=diseases,
        sources=tuple(sorted({text(r, "source") for r in (before, after) if r is not None} - {""})),
        title=_title(drugs, diseases),
        reason=group.reason,
        cause=CAUSE[first.cause] if first.cause != "article" else "",
        fields=fields if first.told_by_fields else (),
        old=side_of(before, texts, against=after, is_new=False, context=not pair)
        if before is not None
        else None,
        new=side_of(after, texts, against=before) if after is not None else None,
        above=above,
        others=tuple(_other(c, old, new) for c in rest[:OTHERS_SHOWN]),
        n_others=len(rest),
        n_changes=len(group.changes),
    )


def _heading(change: Change) -> str:
    if change.importance != "direction":
        return IMPORTANCE[change.importance]
    sides = {(f.old, f.new) for f in change.fields if f.field == "direction"}
    reversed_ = {("for", "against"), ("against", "for")} & sides
    return "Direction reversed" if reversed_ else "Direction changed"


def _title(drugs: tuple[str, ...], diseases: tuple[str, ...]) -> str:
    drug = drugs[0] if len(drugs) == 1 else counted(len(drugs), "drug")
    disease = diseases[0] if len(diseases) == 1 else counted(len(diseases), "disease")
    return f"{drug} in {disease}"


def _other(change: Change, old: Mapping[str, Row], new: Mapping[str, Row]) -> Other:
    before, after = _sides(change, old, new)
    row = after if after is not None else before
    assert row is not None
    return _row_line(row)


def _row_line(row: Row) -> Other:
    return Other(
        drug=text(row, "drug"),
        disease=text(row, "disease"),
        says=says_of(row),
        dose=say_dose(row),
        quote=text(row, "quote"),
    )


def _article_cards(
    arrived: list[Change], fresh: Mapping[str, ReportArticle], new: Mapping[str, Row]
) -> list[Card]:
    by_article: defaultdict[str, list[Change]] = defaultdict(list)
    for change in arrived:
        by_article[change.article_id].append(change)
    cards = []
    for name, changes in by_article.items():
        article = fresh[name]
        lines = [_row_line(r) for c in changes if (r := _sides(c, {}, new)[1]) is not None]
        lines.sort(key=lambda o: (o.disease, o.drug, o.quote))
        cards.append(
            Card(
                card_id=f"article-{changes[0].change_id}",
                importance="added",
                heading="New article",
                kind="article",
                drugs=tuple(sorted({c.drug for c in changes})),
                diseases=tuple(sorted({c.disease for c in changes})),
                sources=(article.source,) if article.source else (),
                title=article.title or article.article_id,
                reason="",
                cause="",
                fields=(),
                old=None,
                new=None,
                above=(),
                others=tuple(lines),
                n_others=len(lines),
                n_changes=len(changes),
                url=safe_url(article.url),
                date=say_date(article.date),
            )
        )
    return cards
