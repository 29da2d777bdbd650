"""A quote, and the article around it, as pieces to show: each with what it is marked as. Pure."""

from __future__ import annotations

from collections.abc import Container, Iterable, Mapping
from dataclasses import dataclass
from itertools import pairwise
from typing import Any

MARKED = {
    "drug": "drug",
    "disease": "disease",
    "dose": "dose",
    "dose_low": "dose",
    "dose_high": "dose",
    "dose_text": "dose",
    "strength": "strength",
    "direction": "strength",
    "certainty": "strength",
    "grade_text": "strength",
}
AROUND = 20_000


@dataclass(frozen=True, slots=True)
class Piece:
    """Words with one look: `mark` is drug, disease, dose, strength or "" ; `in_quote` whether the quote holds them."""

    words: str
    mark: str
    in_quote: bool


@dataclass(frozen=True, slots=True)
class Line:
    """One block of the article. `holds_quote` is true for the first that holds part of the quote, `heading` for one that heads statements."""

    pieces: tuple[Piece, ...]
    holds_quote: bool
    heading: bool = False


def cuts(row: Mapping[str, Any]) -> list[tuple[int, int, str]]:
    """The spans of a claim: its quote (marked as nothing) and the words behind its values."""
    spans = [(row["char_start"], row["char_end"], "")]
    for mark in row.get("provenance") or ():
        kind = MARKED.get(mark["field"])
        if kind and 0 <= mark["start"] < mark["end"]:
            spans.append((mark["start"], mark["end"], kind))
    return spans


def pieces(text: str, start: int, end: int, spans: Iterable[tuple[int, int, str]]) -> tuple[Piece, ...]:
    """`text[start:end]` cut where a span begins or ends. Where marks overlap, the shorter one shows."""
    inside = [(max(s, start), min(e, end), kind) for s, e, kind in spans if s < end and e > start]
    edges = sorted({start, end, *(s for s, _, _ in inside), *(e for _, e, _ in inside)})
    found = []
    for left, right in pairwise(edges):
        over = [(e - s, kind) for s, e, kind in inside if s <= left and e >= right]
        marks = sorted((size, kind) for size, kind in over if kind)
        quoted = any(not kind for _, kind in over)
        found.append(Piece(text[left:right], marks[0][1] if marks else "", quoted))
    return tuple(found)


def quote_pieces(row: Mapping[str, Any]) -> tuple[Piece, ...]:
    """The quote of a claim with its marks (those inside it)."""
    shift = row["char_start"]
    spans = [(s - shift, e - shift, kind) for s, e, kind in cuts(row) if kind]
    return pieces(row["quote"], 0, len(row["quote"]), spans)


def article_lines(
    text: str, row: Mapping[str, Any] | None, headings: Container[str] = ()
) -> tuple[Line, ...]:
    """The blocks of the article (at most 20,000 characters either side of the quote), the quote and marks in place. `headings` are those of its
    statements."""
    spans = cuts(row) if row else []
    centre = row["char_start"] if row else 0
    first = 0 if centre <= AROUND else text.rfind("\n", 0, centre - AROUND) + 1
    last = text.find("\n", (row["char_end"] if row else 0) + AROUND)
    last = len(text) if last < 0 else last
    lines, at, marked = [], first, False
    for block in text[first:last].split("\n"):
        end = at + len(block)
        if block.strip():
            found = pieces(text, at, end, spans)
            holds = not marked and any(p.in_quote for p in found)
            marked = marked or holds
            lines.append(Line(found, holds, block.strip() in headings))
        at = end + 1
    return tuple(lines)
