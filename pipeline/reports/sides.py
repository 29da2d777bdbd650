"""One side of a comparison: a statement with its marks, where it stands, and what stands around it."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from urllib.parse import urlsplit

from pipeline.changes import changed_above, say_dose, wording
from pipeline.changes.rows import Row, cites, items, start, text, value
from pipeline.reports.labels import say_date, say_source
from pipeline.reports.marks import Piece, changed_words, cut, kind_of, pieces_of, places_of

AROUND = 420
"""Code points of context on each side of a quote."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Context:
    """The text around a quote; `cut_before` and `cut_after` where the article goes on."""

    before: str
    after: str
    cut_before: bool
    cut_after: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class Side:
    """A statement as a card shows it. `url` is None unless it is a plain web address."""

    claim_id: str
    drug: str
    disease: str
    says: str
    dose: str
    pieces: tuple[Piece, ...]
    path: tuple[str, ...]
    title: str
    source: str
    url: str | None
    date: str
    context: Context | None


@dataclass(frozen=True, slots=True, kw_only=True)
class Above:
    """Words outside a statement that gave it a value (its lead-in or heading), old and new compared."""

    old: tuple[Piece, ...]
    new: tuple[Piece, ...]


def safe_url(url: str | None) -> str | None:
    """`url` where it is an http(s) address with a host, else None.

    >>> safe_url("https://example.org/a"), safe_url("javascript:alert(1)")
    ('https://example.org/a', None)
    """
    if not url:
        return None
    try:
        parts = urlsplit(url)
    except ValueError:
        return None
    plain = not any(c.isspace() or ord(c) < 32 for c in url)
    return url if plain and parts.scheme in ("http", "https") and parts.netloc else None


def says_of(row: Row) -> str:
    """Direction, strength and line in short: `against, strong, first line`."""
    direction = {"for": "for", "against": "against"}.get(text(row, "direction"), "direction not stated")
    if text(row, "kind") == "evidence":
        direction = f"evidence {direction}"
    parts = [direction]
    if text(row, "strength") not in ("", "unstated"):
        parts.append(text(row, "strength"))
    if text(row, "line") not in ("", "unstated"):
        parts.append(f"{text(row, 'line')} line" if text(row, "line") == "first" else "subsequent lines")
    if text(row, "preference") not in ("", "unstated"):
        parts.append(text(row, "preference"))
    return ", ".join(parts)


def side_of(
    row: Row,
    texts: Mapping[str, str],
    *,
    against: Row | None = None,
    is_new: bool = True,
    context: bool = True,
) -> Side:
    """The side that `row` is, its words compared with those of `against` where given."""
    return Side(
        claim_id=text(row, "claim_id"),
        drug=text(row, "drug"),
        disease=text(row, "disease"),
        says=says_of(row),
        dose=say_dose(row),
        pieces=pieces_of(row, against=against, is_new=is_new),
        path=tuple(str(h) for h in items(row, "section")),
        title=text(row, "article_title") or text(row, "article_id"),
        source=say_source(text(row, "source")),
        url=safe_url(text(row, "url")),
        date=say_date(value(row, "article_date")),
        context=context_of(row, texts) if context else None,
    )


def context_of(row: Row, texts: Mapping[str, str]) -> Context | None:
    """What stands around the quote; None where the text is not at hand or is not the one it was read from."""
    whole = texts.get(text(row, "article_version"), "")
    quote, first = text(row, "quote"), start(row)
    last = first + len(quote)
    if not whole or whole[first:last] != quote:
        return None
    begin, end = _back(whole, first), _forth(whole, last)
    before, after = whole[begin:first].strip("\n"), whole[last:end].strip("\n")
    if not before and not after:
        return None
    return Context(before=before, after=after, cut_before=begin > 0, cut_after=end < len(whole))


def _back(whole: str, first: int) -> int:
    begin = max(0, first - AROUND)
    if begin == 0:
        return 0
    for mark in ("\n", " "):
        at = whole.find(mark, begin, first)
        if 0 <= at < begin + AROUND // 2:
            return at + 1
    return begin


def _forth(whole: str, last: int) -> int:
    end = min(len(whole), last + AROUND)
    if end == len(whole):
        return end
    for mark in ("\n", " "):
        at = whole.rfind(mark, last, end)
        if at > end - AROUND // 2:
            return at
    return end


def above_of(old: Row, new: Row, columns: set[str], texts: Mapping[str, str]) -> tuple[Above, ...]:
    """The lines outside the two statements that gave them the values of `columns`, where they differ."""
    kinds = {kind_of(column) for column in columns}
    lines_old, lines_new = _lines(old, kinds, texts), _lines(new, kinds, texts)
    pairs = [
        (
            lines_old[n] if n < len(lines_old) else "",
            lines_new[n] if n < len(lines_new) else "",
        )
        for n in range(max(len(lines_old), len(lines_new)))
    ]
    pairs = [(before, after) for before, after in pairs if before != after]
    if not pairs and wording(text(old, "quote"), cites(old)) == wording(text(new, "quote"), cites(new)):
        found = changed_above(old, new, *(texts.get(text(row, "article_version"), "") for row in (old, new)))
        pairs = [found] if found else []
    return tuple(
        Above(
            old=cut(before, (), changed_words(before, after, of_new=False)),
            new=cut(after, (), changed_words(before, after)),
        )
        for before, after in pairs
    )


def _lines(row: Row, kinds: set[str], texts: Mapping[str, str]) -> list[str]:
    whole = texts.get(text(row, "article_version"), "")
    first, last = start(row), start(row) + len(text(row, "quote"))
    lines: list[str] = []
    for place in places_of(row):
        if place.kind in kinds and place.end <= len(whole) and not (place.start < last and place.end > first):
            begin = whole.rfind("\n", 0, place.start) + 1
            end = whole.find("\n", place.end)
            line = whole[begin : end if end >= 0 else len(whole)].strip()
            if line and line not in lines:
                lines.append(line)
    return lines
