"""Which statements deserve a look before they are accepted, and why. Pure.

Each reason holds for misread statements more often than for others.
"""

from __future__ import annotations

import statistics
from collections import Counter, defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

import pyarrow as pa

from pipeline.changes import turning_groups

Row = Mapping[str, Any]
REASONS = (
    "dispute",
    "lone",
    "unstated",
    "diseases",
    "dose",
    "unit",
    "above",
    "except",
    "carried",
    "unknown",
    "long",
)
"""The reasons by their weight: the first is the weightiest."""

_FEW = 8
"""Statements of an article from which on a disease that only one of them is about stands out."""
_TIMES, _COMPARED = 8, 4
_LONG = 250


@dataclass(frozen=True, slots=True)
class Look:
    """One reason why a statement deserves a look: one of REASONS, and its words for an editor."""

    reason: str
    words: str

    @property
    def rank(self) -> int:
        """Its place among the reasons."""
        return REASONS.index(self.reason)


class Lookout:
    """Knows the usual doses of each drug from a table of claims."""

    def __init__(self, claims: pa.Table) -> None:
        found: defaultdict[tuple[str, str], list[float]] = defaultdict(list)
        columns = ("drug", "daily_unit", "daily_high")
        for drug, unit, high in zip(*(claims.column(c).to_pylist() for c in columns), strict=True):
            if unit is not None and high:
                found[drug, unit].append(high)
        self._usual = {key: statistics.median(v) for key, v in found.items() if len(v) > _COMPARED}

    def looks_of(
        self, rows: Sequence[Row], disputed: Mapping[str, str] | None = None
    ) -> dict[str, tuple[Look, ...]]:
        """By claim_id, why each of the `rows` (all that holds of one article) deserves a look, the weightiest reason first; those
        that do not are left out. `disputed` are the claims that are contradicted, with the words for it."""
        about = Counter(row["disease"] for row in rows)
        in_quote: defaultdict[tuple[int, int], set[str]] = defaultdict(set)
        for row in rows:
            if row["disease_origin"] == "statement":
                in_quote[row["char_start"], row["char_end"]].add(row["disease"])
        found = {}
        for row in rows:
            looks = [
                *_among(row, about, in_quote[row["char_start"], row["char_end"]]),
                *_by_itself(row),
                *self._dose(row),
            ]
            if told := (disputed or {}).get(row["claim_id"]):
                looks.append(Look("dispute", told))
            if looks:
                found[row["claim_id"]] = tuple(sorted(looks, key=lambda look: look.rank))
        return found

    def _dose(self, row: Row) -> list[Look]:
        looks = []
        usual = self._usual.get((row["drug"], row["daily_unit"] or ""))
        if usual and row["daily_high"] and not usual / _TIMES < row["daily_high"] < usual * _TIMES:
            told = f"{row['daily_high']:g} {row['daily_unit']} a day, where other statements on {row['drug']} say about {usual:g}"
            looks.append(Look("dose", told))
        if _amount(row) and not row["dose_unit"] and row["dose_basis"] != "auc":
            looks.append(Look("unit", "An amount without a unit"))
        return looks


def _amount(row: Row) -> bool:
    return row["dose_low"] is not None or row["dose_high"] is not None


def _among(row: Row, about: Counter[str], diseases: set[str]) -> list[Look]:
    """What stands out beside the other statements of the article and of the sentence."""
    looks = []
    if about[row["disease"]] == 1 and about.total() >= _FEW:
        looks.append(Look("lone", f"The only statement of this article on {row['disease']}"))
    if len(diseases) > 1:
        looks.append(Look("diseases", f"One sentence, read as advice on {len(diseases)} diseases"))
    return looks


def _by_itself(row: Row) -> list[Look]:
    looks = []
    turns = turning_groups(row)
    direction, advice = row["direction"], row["kind"] == "recommendation"
    if direction == "unstated":
        looks.append(Look("unstated", "Neither for nor against it"))
    if direction == "against" and not _said(row, "direction") and not turns & {"against", "end"}:
        looks.append(Look("above", "Against it only by the heading or the words above it"))
    if direction == "for" and advice and "except" in turns:
        looks.append(Look("except", "For it, with an exception in the sentence"))
    if any(m["field"] == "drug" and "inherited" in m["rule"] for m in row["provenance"] or ()):
        looks.append(Look("carried", "The drug is named in the lines before, not in the sentence"))
    if row["drug_kind"] == "ingredient" and not row["drug_code"]:
        looks.append(Look("unknown", f"No code is known for {row['drug']}"))
    if len(row["quote"]) > _LONG:
        looks.append(Look("long", "A long sentence"))
    return looks


def _said(row: Row, field: str) -> bool:
    """Whether the value of `field` was read in the statement itself."""
    return any(
        m["field"] == field and row["char_start"] <= m["start"] < m["end"] <= row["char_end"]
        for m in row["provenance"] or ()
    )
