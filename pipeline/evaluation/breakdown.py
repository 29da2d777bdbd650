"""Where the errors are: by group of documents (phenomenon, field of medicine), and by column of the row."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from pipeline.evaluation.levels import Row, amount_of, duration_of, timing_of
from pipeline.evaluation.score import Outcome, Score, document_of, figures, flat_row

COLUMNS = (
    "direction",
    "strength",
    "certainty",
    "line",
    "preference",
    "kind",
    "setting",
    "population",
    "condition",
    "with_drugs",
    "guideline",
    "grade_system",
    "grade_text",
)
DOSE_COLUMNS = ("amount", "timing", "duration", "route", "dose_role", "dose_components")


@dataclass(frozen=True, slots=True, kw_only=True)
class FieldScore:
    """One column over all expected rows that found a partner: how many pairs state it alike.

    `stated` counts the pairs in which either side says something.
    """

    column: str
    pairs: int
    right: int
    stated: int
    stated_right: int


def by_group(outcome: Outcome, groups: Mapping[str, Iterable[str]]) -> dict[str, Score]:
    """The score of each group of documents; `groups` gives the groups of each document. Sorted by F1, worst first."""
    counts: dict[str, list[int]] = defaultdict(lambda: [0, 0, 0])
    for place, pairs in enumerate((outcome.hits, outcome.missed, outcome.wrong)):
        for document, _ in pairs:
            for group in set(groups.get(document, ())):
                counts[group][place] += 1
    scores = {
        group: figures(outcome.score.level, gold=hit + missed, found=hit + wrong, hit=hit)
        for group, (hit, missed, wrong) in counts.items()
    }
    return dict(sorted(scores.items(), key=lambda item: (item[1].f1, -item[1].gold, item[0])))


def _plain(value: Any) -> Any:
    if isinstance(value, (list, tuple)):
        return tuple(sorted(str(item).strip().lower() for item in value))
    if value is None or value == "" or value == "unstated":
        return None
    return str(value).strip().lower() if isinstance(value, str) else value


def _value(row: Row, column: str) -> Any:
    if column == "amount":
        return amount_of(row)
    if column == "timing":
        return timing_of(row)
    if column == "duration":
        return duration_of(row)
    if column == "dose_components":
        return tuple(float(number) for number in row.get(column) or ())
    if column == "dose_role" and not row.get("dose_text"):
        return None
    return _plain(row.get(column)) or None


def by_row_field(gold: Iterable[Row], claims: Iterable[Row]) -> tuple[FieldScore, ...]:
    """How often each column agrees, over pairs of an expected row and the claim most like it.

    Partners share document, drug and disease; each claim is used once, the likest pairs first. A value that
    another reading of the row (an `optional` one of the same drug, disease and dose) allows is right. Columns
    that an expected row leaves out altogether are not compared.
    """
    expected: dict[tuple[str, str, str], list[dict[str, Any]]] = defaultdict(list)
    found: dict[tuple[str, str, str], list[dict[str, Any]]] = defaultdict(list)
    for row in map(flat_row, gold):
        expected[(row["doc"], row["drug"].lower(), row["disease"].lower())].append(row)
    for row in map(flat_row, claims):
        found[(document_of(row), str(row["drug"]).lower(), str(row["disease"]).lower())].append(row)
    tally = {column: [0, 0, 0, 0] for column in (*COLUMNS, *DOSE_COLUMNS)}
    for place, rows in expected.items():
        wanted = [row for row in rows if not row.get("optional")]
        others = [row for row in rows if row.get("optional")]
        for row, claim in _partners(wanted, found.get(place, [])):
            readings = [row, *(other for other in others if amount_of(other) == amount_of(row))]
            _count(tally, row, claim, readings)
    return tuple(
        FieldScore(column=column, pairs=pairs, right=right, stated=stated, stated_right=stated_right)
        for column, (pairs, right, stated, stated_right) in tally.items()
        if pairs
    )


def _partners(
    wanted: Sequence[dict[str, Any]], found: Sequence[dict[str, Any]]
) -> list[tuple[dict[str, Any], dict[str, Any]]]:
    def likeness(row: dict[str, Any], claim: dict[str, Any]) -> tuple[bool, int]:
        alike = sum(_value(row, c) == _value(claim, c) for c in (*COLUMNS, *DOSE_COLUMNS))
        return amount_of(row) == amount_of(claim), alike

    ranked = sorted(
        ((likeness(row, claim), -i, -j) for i, row in enumerate(wanted) for j, claim in enumerate(found)),
        reverse=True,
    )
    used_rows: set[int] = set()
    used_claims: set[int] = set()
    pairs = []
    for _, i, j in ranked:
        if -i not in used_rows and -j not in used_claims:
            used_rows.add(-i)
            used_claims.add(-j)
            pairs.append((wanted[-i], found[-j]))
    return pairs


def _count(tally: dict[str, list[int]], row: Row, claim: Row, readings: Sequence[Row]) -> None:
    has_dose = bool(row.get("dose_text"))
    for column, counts in tally.items():
        if column in DOSE_COLUMNS:
            if not has_dose:
                continue
        elif column not in row:
            continue
        value = _value(claim, column)
        right = value in [_value(reading, column) for reading in readings]
        stated = bool(_value(row, column)) or bool(value)
        counts[0] += 1
        counts[1] += right
        counts[2] += stated
        counts[3] += right and stated
