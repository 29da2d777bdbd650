"""A quote cut into pieces: which words are the drug, the dose, the strength, the disease, and which changed."""

from __future__ import annotations

import itertools
from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from pipeline.changes import word_diff
from pipeline.changes.rows import Row, items, start, text

KINDS = ("drug", "dose", "strength", "disease", "situation")
"""The colours; where marks overlap the earlier kind wins."""

_KIND_OF = {
    **dict.fromkeys(("drug", "drug_text", "drug_kind", "drug_code", "with_drugs"), "drug"),
    **dict.fromkeys(("direction", "strength", "certainty", "grade_text", "grade_system", "kind"), "strength"),
    **dict.fromkeys(("disease", "disease_text", "disease_code"), "disease"),
    **dict.fromkeys(("line", "preference", "setting", "population", "condition", "guideline"), "situation"),
}
_DOSE_PREFIXES = ("dose", "daily", "frequency", "period", "duration", "route")


@dataclass(frozen=True, slots=True, kw_only=True)
class Piece:
    """Some words of a quote; `kind` is one of KINDS or "", `changed` whether the other side has other words."""

    words: str
    kind: str = ""
    changed: bool = False


@dataclass(frozen=True, slots=True)
class Place:
    """Where a value was read, in the canonical text."""

    kind: str
    start: int
    end: int


def kind_of(column: str) -> str:
    """The colour of a column; "" for one without.

    >>> kind_of("dose_low"), kind_of("grade_text"), kind_of("url")
    ('dose', 'strength', '')
    """
    return _KIND_OF.get(column, "dose" if column.startswith(_DOSE_PREFIXES) else "")


def places_of(row: Row) -> tuple[Place, ...]:
    """Where the row's values were read, by its provenance; those without words left out."""
    found = set()
    for mark in items(row, "provenance"):
        kind, first, last = kind_of(str(mark["field"])), int(mark["start"]), int(mark["end"])
        if kind and 0 <= first < last:
            found.add(Place(kind, first, last))
    return tuple(sorted(found, key=lambda p: (p.start, p.end, KINDS.index(p.kind))))


def _in_quote(row: Row, quote: str) -> list[Place]:
    """Places within the quote, from 0; a drug, dose or disease without provenance is sought as written."""
    first = start(row)
    found = [
        Place(p.kind, max(0, p.start - first), min(len(quote), p.end - first))
        for p in places_of(row)
        if p.start < first + len(quote) and p.end > first
    ]
    for kind, column in (("drug", "drug_text"), ("dose", "dose_text"), ("disease", "disease_text")):
        words = text(row, column)
        at = quote.find(words) if words and not any(p.kind == kind for p in found) else -1
        if at >= 0:
            found.append(Place(kind, at, at + len(words)))
    return found


def pieces_of(row: Row, *, against: Row | None = None, is_new: bool = True) -> tuple[Piece, ...]:
    """The quote of `row` with its marks, compared with the quote of `against` where given.

    The pieces joined are the quote.
    """
    quote = text(row, "quote")
    changed: list[tuple[int, int]] = []
    if against is not None:
        other = text(against, "quote")
        changed = changed_words(other, quote) if is_new else changed_words(quote, other, of_new=False)
    return cut(quote, _in_quote(row, quote), changed)


def changed_words(old: str, new: str, *, of_new: bool = True) -> list[tuple[int, int]]:
    """The stretches of `new` (or of `old`) that the other does not have."""
    at, found = 0, []
    for segment in word_diff(old, new):
        words = segment.new if of_new else segment.old
        if segment.op == "changed" and words.strip():
            lead = len(words) - len(words.lstrip())
            found.append((at + lead, at + len(words.rstrip())))
        at += len(words)
    return found


def cut(words: str, places: Iterable[Place], changed: Iterable[tuple[int, int]] = ()) -> tuple[Piece, ...]:
    """`words` in pieces at the ends of `places` and `changed` (both counted from its start)."""
    marked = sorted(places, key=lambda p: KINDS.index(p.kind))
    stretches = list(changed)
    ends = {0, len(words)}
    for first, last in [*((p.start, p.end) for p in marked), *stretches]:
        ends.update((min(max(0, first), len(words)), min(max(0, last), len(words))))
    pieces: list[Piece] = []
    for first, last in itertools.pairwise(sorted(ends)):
        kind = next((p.kind for p in marked if p.start <= first and last <= p.end), "")
        differs = any(a <= first and last <= b for a, b in stretches)
        pieces.append(Piece(words=words[first:last], kind=kind, changed=differs))
    return tuple(_joined(_without_edges(_joined(pieces))))


def _joined(pieces: Iterable[Piece]) -> Iterator[Piece]:
    """Neighbours that look the same as one piece."""
    for (kind, changed), alike in itertools.groupby(pieces, key=lambda p: (p.kind, p.changed)):
        yield Piece(words="".join(p.words for p in alike), kind=kind, changed=changed)


def _without_edges(pieces: Iterable[Piece]) -> Iterator[Piece]:
    """The pieces, no mark of which begins or ends with white space where another mark, or none, stands beside it."""
    every = list(pieces)
    for i, piece in enumerate(every):
        words = piece.words
        lead = words[: len(words) - len(words.lstrip())]
        trail = words[len(words.rstrip()) :] if words.strip() else ""
        if not piece.kind or (i and every[i - 1].kind == piece.kind):
            lead = ""
        if not piece.kind or (i + 1 < len(every) and every[i + 1].kind == piece.kind):
            trail = ""
        yield from (
            Piece(words=part, kind=kind, changed=piece.changed)
            for part, kind in (
                (lead, ""),
                (words[len(lead) : len(words) - len(trail)], piece.kind),
                (trail, ""),
            )
            if part
        )
