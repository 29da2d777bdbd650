"""What a change of the rules gains and loses: two runs over the same documents, row by row."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from pipeline.evaluation.levels import LEVELS, Key, Row
from pipeline.evaluation.score import document_of, flat_row, score_level


@dataclass(frozen=True, slots=True, kw_only=True)
class Movement:
    """One key that only one of two runs has.

    `kind`: `gained` (an expected row now found), `lost` (no longer found), `new error` (a row nobody expects),
    `mended` (such a row is gone). `quote` and `rules` (ids of the rules that read it) come from the run that has the row.
    """

    kind: str
    document: str
    key: Key
    quote: str = ""
    rules: tuple[str, ...] = ()


def compare_runs(
    gold: Iterable[Row],
    before: Iterable[Row],
    after: Iterable[Row],
    *,
    level: str = "tuple",
    documents: Iterable[str] | None = None,
) -> tuple[Movement, ...]:
    """Every key of `level` that the two runs do not share, lost ones first. Keys that only optional rows allow are left out."""
    gold, before, after, documents = list(gold), list(before), list(after), list(documents or ())
    old = score_level(gold, before, level, documents=documents)
    new = score_level(gold, after, level, documents=documents)
    sources = {
        "lost": _rows(before, level),
        "new error": _rows(after, level),
        "gained": _rows(after, level),
        "mended": _rows(before, level),
    }
    sets = {
        "lost": set(old.hits) - set(new.hits),
        "new error": set(new.wrong) - set(old.wrong),
        "gained": set(new.hits) - set(old.hits),
        "mended": set(old.wrong) - set(new.wrong),
    }
    movements = []
    for kind, keys in sets.items():
        for document, key in sorted(keys, key=repr):
            row = sources[kind].get((document, key), {})
            rules = tuple(sorted({mark["rule"] for mark in row.get("provenance") or ()}))
            movements.append(
                Movement(kind=kind, document=document, key=key, quote=str(row.get("quote", "")), rules=rules)
            )
    return tuple(movements)


def _rows(claims: Iterable[Row], level: str) -> dict[tuple[str, Key], Row]:
    rule = LEVELS[level]
    rows: dict[tuple[str, Key], Row] = {}
    for claim in map(flat_row, claims):
        if rule.counts(claim):
            rows.setdefault((document_of(claim), rule.key(claim)), claim)
    return rows
