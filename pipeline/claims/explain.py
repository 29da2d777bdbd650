"""Why a claim says what it says: its quote cut at the words that gave each value, and the values from elsewhere."""

from __future__ import annotations

import itertools
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any

from pipeline.claims.pattern_files import load_patterns
from pipeline.model import Claim, Mark, row_of


@dataclass(frozen=True, slots=True)
class Segment:
    """A stretch of the quote; `fields` are the columns that its words gave, `rules` the rules that read them."""

    text: str
    fields: tuple[str, ...] = ()
    rules: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Inherited:
    """A value that was read outside the quote: `words` in the article, "" where it rests on no words."""

    field: str
    value: str
    words: str
    rule: str


@dataclass(frozen=True, slots=True)
class Explanation:
    """The quote as segments that together are the quote, and what was taken from elsewhere."""

    segments: tuple[Segment, ...]
    inherited: tuple[Inherited, ...]


def explain(claim: Claim | Mapping[str, Any], text: str) -> Explanation:
    """What each part of the quote of `claim` gave, over the article's canonical `text`.

    `claim` is a Claim or its row. Segments join to the quote; marks outside it are `inherited`.
    """
    row = row_of(claim) if isinstance(claim, Claim) else claim
    start, end = int(row["char_start"]), int(row["char_end"])
    marks = [_mark(m) for m in row.get("provenance") or ()]
    inside = [m for m in marks if start <= m.start < m.end <= end]
    outside = [m for m in marks if m not in inside]
    edges = sorted({start, end, *(m.start for m in inside), *(m.end for m in inside)})
    segments = []
    for a, b in itertools.pairwise(edges):
        over = [m for m in inside if m.start <= a and b <= m.end]
        segments.append(Segment(text[a:b], _unique(m.field for m in over), _unique(m.rule for m in over)))
    return Explanation(
        tuple(segments),
        tuple(
            Inherited(
                m.field, _shown(row.get(m.field)), text[m.start : m.end] if m.start >= 0 else "", m.rule
            )
            for m in outside
        ),
    )


def example_of(rule: str) -> str | None:
    """A sentence that shows what a pattern finds, with the words in double brackets; None for other rules.

    >>> example_of("line.first.first-line")
    'Metformin is [[first-line]].'
    """
    return next((p.finds[0] for p in load_patterns() if p.id == rule), None)


def _mark(value: Any) -> Mark:
    return (
        value if isinstance(value, Mark) else Mark(**{k: value[k] for k in ("field", "start", "end", "rule")})
    )


def _unique(values: Iterable[str]) -> tuple[str, ...]:
    return tuple(dict.fromkeys(values))


def _shown(value: Any) -> str:
    if value is None:
        return ""
    return ", ".join(str(v) for v in value) if isinstance(value, (list, tuple)) else str(value)
