"""Claims against expected rows: precision, recall and F1 over sets of distinct keys per document.

Saying one thing twice neither helps nor hurts. A key that stands only on rows marked `optional` (careful
annotators differ) counts neither as missed nor as wrong. Procedures stay outside the figures.
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

from pipeline.evaluation.levels import LEVELS, Key, Row

_SUFFIX = re.compile(r"\.(txt|html?|xml|md)$")


@dataclass(frozen=True, slots=True, kw_only=True)
class Score:
    """Figures of one level: expected, found and agreeing keys, and what follows from them (rounded to 4 digits)."""

    level: str
    gold: int
    found: int
    hit: int
    precision: float
    recall: float
    f1: float


@dataclass(frozen=True, slots=True, kw_only=True)
class Outcome:
    """The score of one level with the keys behind it, each as (document, key), sorted."""

    score: Score
    hits: tuple[tuple[str, Key], ...]
    missed: tuple[tuple[str, Key], ...]
    wrong: tuple[tuple[str, Key], ...]


def flat_row(row: Row) -> dict[str, Any]:
    """A row whose dose stands in a sub-object, with the dose's columns beside the others."""
    flat = dict(row)
    dose = flat.pop("dose", None)
    if dose:
        flat.update(dose)
    return flat


def document_of(row: Row) -> str:
    """The name of the row's document: the stem of its `article_id`, else of its `url`, else `doc`; "" for none."""
    for name in ("article_id", "url", "doc"):
        value = row.get(name)
        if isinstance(value, str) and value:
            return _SUFFIX.sub("", value.rstrip("/").rsplit("/", 1)[-1])
    return ""


def figures(level: str, *, gold: int, found: int, hit: int) -> Score:
    """The score that follows from three counts; a ratio without a denominator is 0."""
    precision = hit / found if found else 0.0
    recall = hit / gold if gold else 0.0
    f1 = 2 * precision * recall / (precision + recall) if precision + recall else 0.0
    return Score(
        level=level,
        gold=gold,
        found=found,
        hit=hit,
        precision=round(precision, 4),
        recall=round(recall, 4),
        f1=round(f1, 4),
    )


def score_level(
    gold: Iterable[Row], claims: Iterable[Row], level: str, *, documents: Iterable[str] | None = None
) -> Outcome:
    """`claims` against `gold` at one of the `LEVELS`.

    Gold rows name their document in `doc` and may be marked `optional`; a claim belongs to the document that
    `document_of` gives. `documents` are all documents that count (those without gold rows have wrong claims
    only); by default those that the gold names. Raises KeyError for an unknown level.
    """
    rule = LEVELS[level]
    rows = [flat_row(row) for row in gold]
    known = {row["doc"] for row in rows} | set(documents or ())
    wanted: dict[str, set[Key]] = defaultdict(set)
    allowed: dict[str, set[Key]] = defaultdict(set)
    found: dict[str, set[Key]] = defaultdict(set)
    for row in rows:
        if rule.counts(row):
            (allowed if row.get("optional") else wanted)[row["doc"]].add(rule.key(row))
    for claim in map(flat_row, claims):
        document = document_of(claim)
        if document in known and claim.get("drug_kind") != "procedure" and rule.counts(claim):
            found[document].add(rule.key(claim))
    hits: list[tuple[str, Key]] = []
    missed: list[tuple[str, Key]] = []
    wrong: list[tuple[str, Key]] = []
    for document in known:
        hits += [(document, key) for key in wanted[document] & found[document]]
        missed += [(document, key) for key in wanted[document] - found[document]]
        wrong += [(document, key) for key in found[document] - wanted[document] - allowed[document]]
    total = figures(level, gold=len(hits) + len(missed), found=len(hits) + len(wrong), hit=len(hits))
    return Outcome(
        score=total,
        hits=tuple(sorted(hits, key=repr)),
        missed=tuple(sorted(missed, key=repr)),
        wrong=tuple(sorted(wrong, key=repr)),
    )


def score_all(
    gold: Iterable[Row], claims: Iterable[Row], *, documents: Iterable[str] | None = None
) -> tuple[Score, ...]:
    """The scores of all six levels, in the order of `LEVELS`."""
    gold, claims = list(gold), list(claims)
    return tuple(score_level(gold, claims, level, documents=documents).score for level in LEVELS)
