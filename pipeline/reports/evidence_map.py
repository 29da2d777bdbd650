"""The evidence table as lines, and as maps of drugs by diseases."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Sequence
from dataclasses import dataclass
from itertools import combinations

from pipeline.changes.dosing import say_amount
from pipeline.changes.rows import Row, items, number, text, value
from pipeline.reports.labels import STATUS, counted, say_date

MOST_DISEASES = 8
MOST_DRUGS = 60
_COMMONPLACE = 40

_SIGNS = {
    ("for", "strong"): "▲",
    ("for", "conditional"): "△",
    ("for", "unstated"): "+",
    ("against", "strong"): "▼",
    ("against", "conditional"): "▽",
    ("against", "unstated"): "−",
}
_WEIGHT = {"strong": 0, "conditional": 1, "unstated": 2}


@dataclass(frozen=True, slots=True, kw_only=True)
class EvidenceLine:
    """One row of the evidence table in words."""

    drug: str
    disease: str
    situation: str
    direction: str
    strength: str
    certainty: str
    dose: str
    status: str
    status_label: str
    standing: str
    dissent: tuple[str, ...]
    last_said: str
    rule: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Cell:
    """What the sources say of one drug in one disease. `tone` is for, against, mixed, unstated or none,
    and `strong` where one way only, strongly."""

    drug: str
    disease: str
    tone: str
    strong: bool
    sign: str
    words: str
    conflicting: bool
    rows: int


@dataclass(frozen=True, slots=True, kw_only=True)
class MapRow:
    """One drug of a map."""

    drug: str
    cells: tuple[Cell, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class EvidenceMap:
    """Diseases that share drugs, with their drugs; `left_out` counts what did not fit."""

    diseases: tuple[str, ...]
    rows: tuple[MapRow, ...]
    left_out: int


def evidence_lines(rows: Sequence[Row]) -> tuple[EvidenceLine, ...]:
    """The evidence table in words, by disease, drug, line and situation."""
    lines = [_line(row) for row in rows]
    return tuple(sorted(lines, key=lambda e: (e.disease, e.drug, e.situation, e.direction, e.dose)))


def _line(row: Row) -> EvidenceLine:
    status = text(row, "status")
    return EvidenceLine(
        drug=text(row, "drug"),
        disease=text(row, "disease"),
        situation=_situation(row),
        direction=text(row, "direction"),
        strength=text(row, "strength"),
        certainty=text(row, "certainty"),
        dose=_dose(row),
        status=status,
        status_label=STATUS.get(status, status),
        standing=_standing(row),
        dissent=tuple(str(d) for d in items(row, "dissent")),
        last_said=say_date(value(row, "last_said")),
        rule=text(row, "rule"),
    )


def _standing(row: Row) -> str:
    """How many articles and guidelines say so, and when the last did."""
    articles, guidelines = int(number(row, "n_articles") or 0), int(number(row, "n_guidelines") or 0)
    parts = [counted(articles, "article")] if articles > 1 else []
    parts += [counted(guidelines, "guideline")] if guidelines else []
    return "; ".join(
        [", ".join(parts), say_date(value(row, "last_said"))]
        if parts
        else [say_date(value(row, "last_said"))]
    )


def _situation(row: Row) -> str:
    line = {"first": "first line", "subsequent": "subsequent lines"}.get(text(row, "line"), "")
    companions = [str(d) for d in items(row, "with_drugs")]
    parts = [line, *(str(v) for c in ("setting", "population", "condition") for v in items(row, c))]
    if companions:
        parts.append(f"with {', '.join(companions)}")
    return "; ".join(p for p in parts if p)


def _dose(row: Row) -> str:
    """The doses as written, at most three; else the range per day."""
    written = list(dict.fromkeys(str(d) for d in items(row, "dose_text") if d))
    if written:
        return "; ".join(written[:3]) + (f"; and {len(written) - 3} more" if len(written) > 3 else "")
    unit = text(row, "daily_unit").partition("/")
    amount = {
        "dose_low": number(row, "daily_low"),
        "dose_high": number(row, "daily_high"),
        "dose_unit": unit[0],
        "dose_basis": unit[2] or "flat",
        "dose_per": "day",
    }
    return say_amount(amount)


def evidence_maps(rows: Sequence[Row]) -> tuple[EvidenceMap, ...]:
    """One map for each set of diseases that have drugs in common; the widest first, drugs by the first disease they are for."""
    cells: defaultdict[tuple[str, str], list[Row]] = defaultdict(list)
    for row in rows:
        if text(row, "drug_kind") != "procedure":
            cells[text(row, "drug"), text(row, "disease")].append(row)
    made = [_map(group, cells) for group in _together(list(cells))]
    return tuple(sorted(made, key=lambda m: (-len(m.diseases), -len(m.rows), m.diseases)))


def _together(pairs: list[tuple[str, str]]) -> list[set[str]]:
    """Diseases joined where they have much in common: two drugs and a quarter of those of the smaller one, or all of it.

    One drug in common, such as a glucocorticoid, would join all of medicine into one sparse map.
    """
    by_disease: defaultdict[str, set[str]] = defaultdict(set)
    by_drug: defaultdict[str, list[str]] = defaultdict(list)
    for drug, disease in sorted(pairs):
        by_disease[disease].add(drug)
        by_drug[drug].append(disease)
    common = Counter(
        pair
        for diseases in by_drug.values()
        if len(diseases) <= _COMMONPLACE
        for pair in combinations(diseases, 2)
    )
    leader = {disease: disease for disease in by_disease}

    def find(disease: str) -> str:
        while leader[disease] != disease:
            leader[disease] = leader[leader[disease]]
            disease = leader[disease]
        return disease

    for (one, other), n in sorted(common.items()):
        smaller = min(len(by_disease[one]), len(by_disease[other]))
        if n == smaller or n >= max(2, smaller / 4):
            leader[find(other)] = find(one)
    groups: defaultdict[str, set[str]] = defaultdict(set)
    for disease in leader:
        groups[find(disease)].add(disease)
    return list(groups.values())


def _map(diseases: set[str], cells: dict[tuple[str, str], list[Row]]) -> EvidenceMap:
    mine = {pair: rows for pair, rows in cells.items() if pair[1] in diseases}
    n_drugs = {d: sum(1 for _, disease in mine if disease == d) for d in diseases}
    columns = tuple(sorted(diseases, key=lambda d: (-n_drugs[d], d))[:MOST_DISEASES])
    place = {disease: n for n, disease in enumerate(columns)}
    first: dict[str, int] = {}
    for drug, disease in mine:
        if disease in place:
            first[drug] = min(place[disease], first.get(drug, place[disease]))
    drugs = sorted(first, key=lambda drug: (first[drug], drug))
    shown = drugs[:MOST_DRUGS]
    fits = sum(1 for drug, disease in mine if drug in set(shown) and disease in columns)
    return EvidenceMap(
        diseases=columns,
        rows=tuple(
            MapRow(drug=d, cells=tuple(_cell(d, c, mine.get((d, c), [])) for c in columns)) for d in shown
        ),
        left_out=len(mine) - fits,
    )


def _cell(drug: str, disease: str, rows: list[Row]) -> Cell:
    """The strongest word each way; both ways is "mixed" (a different line or situation, or a conflict)."""
    ways: dict[str, str] = {}
    for row in rows:
        direction, strength = text(row, "direction"), text(row, "strength")
        if direction in ("for", "against") and _WEIGHT.get(strength, 2) <= _WEIGHT.get(
            ways.get(direction, ""), 2
        ):
            ways[direction] = strength if strength in _WEIGHT else "unstated"
    tone = "mixed" if len(ways) == 2 else next(iter(ways), "unstated" if rows else "none")
    words = " · ".join(d if s == "unstated" else f"{d}, {s}" for d, s in sorted(ways.items(), reverse=True))
    return Cell(
        drug=drug,
        disease=disease,
        tone=tone,
        strong=list(ways.values()) == ["strong"],
        sign="".join(_SIGNS[d, s] for d, s in sorted(ways.items(), reverse=True)) or ("?" if rows else ""),
        words=words or ("named, no advice" if rows else ""),
        conflicting=any(text(r, "status") == "conflicting" for r in rows),
        rows=len(rows),
    )
