"""The extractor against the editors: what they accepted, corrected and rejected, per rule.

A claim's `provenance` names the rule behind each of its values. An accepted claim speaks for all its rules; a
correction speaks against the rules of the corrected columns and for the others; a rejected claim speaks
against all of them, since nobody said which value was wrong.
"""

from __future__ import annotations

import math
from collections import Counter, defaultdict
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from typing import Any

from pipeline.evaluation.levels import Row
from pipeline.model import Decision, Dose, columns_of, row_of

_DOSE = {column.name for column in columns_of(Dose)}
Fits = Callable[[Row, Row], bool]


@dataclass(frozen=True, slots=True, kw_only=True)
class RuleScore:
    """What editors said about the values that one rule gave; `error_floor` is the lower end of its error rate (Wilson, 95%)."""

    rule: str
    right: int
    wrong: int
    error_floor: float
    columns: tuple[str, ...]
    claim_ids: tuple[str, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class DecisionScores:
    """All claims with a decision that still fits, and the rules behind them, worst first.

    `columns` counts the corrections of each column, most first.
    """

    accepted: int
    corrected: int
    rejected: int
    rules: tuple[RuleScore, ...]
    columns: tuple[tuple[str, int], ...]

    @property
    def precision(self) -> float | None:
        """Accepted claims among the decided ones; None where nothing was decided."""
        decided = self.accepted + self.corrected + self.rejected
        return round(self.accepted / decided, 4) if decided else None


def score_decisions(
    claims: Iterable[Row], decisions: Iterable[Decision | Mapping[str, Any]], *, fits: Fits | None = None
) -> DecisionScores:
    """`claims` (rows as `row_of` gives them) against the editors' latest decisions on them.

    A decision that was undone does not count; of several the latest does. `fits(claim, decision)` tells whether a
    decision still is about the claim as it reads today (by default always).
    """
    standing = _standing(decisions)
    verdicts: Counter[str] = Counter()
    wrong_columns: Counter[str] = Counter()
    right: dict[str, set[str]] = defaultdict(set)
    wrong: dict[str, set[str]] = defaultdict(set)
    columns: dict[str, set[str]] = defaultdict(set)
    for claim in claims:
        claim_id = str(claim["claim_id"])
        decision = standing.get(claim_id)
        if decision is None or (fits is not None and not fits(claim, decision)):
            continue
        verdict = str(decision["verdict"])
        verdicts[verdict] += 1
        corrected = {str(item["field"]) for item in decision.get("corrections") or ()}
        if verdict == "correct":
            wrong_columns.update(corrected)
        rules = _rules(claim)
        blamed = _blamed(verdict, corrected, rules)
        for rule, fields in blamed.items():
            wrong[rule].add(claim_id)
            columns[rule] |= fields
        for rule in set(rules) - set(blamed):
            right[rule].add(claim_id)
    scores = [
        RuleScore(
            rule=rule,
            right=len(right[rule]),
            wrong=len(wrong[rule]),
            error_floor=_wilson(len(wrong[rule]), len(wrong[rule]) + len(right[rule])),
            columns=tuple(sorted(columns[rule])),
            claim_ids=tuple(sorted(wrong[rule])),
        )
        for rule in set(right) | set(wrong)
    ]
    return DecisionScores(
        accepted=verdicts["accept"],
        corrected=verdicts["correct"],
        rejected=verdicts["reject"],
        rules=tuple(sorted(scores, key=lambda s: (-s.error_floor, -s.wrong, s.rule))),
        columns=tuple(sorted(wrong_columns.items(), key=lambda item: (-item[1], item[0]))),
    )


def _standing(decisions: Iterable[Decision | Mapping[str, Any]]) -> dict[str, Mapping[str, Any]]:
    rows = [row_of(item) if isinstance(item, Decision) else item for item in decisions]
    undone = {row.get("undoes") for row in rows if row["verdict"] == "undo"}
    standing: dict[str, Mapping[str, Any]] = {}
    for row in sorted(rows, key=lambda row: (row["decided_at"], row["decision_id"])):
        if row["verdict"] not in ("accept", "reject", "correct") or row["decision_id"] in undone:
            continue
        claim_id = row.get("claim_id") or (row["subject_id"] if row["subject"] == "claim" else None)
        if claim_id:
            standing[str(claim_id)] = row
    return standing


def _rules(claim: Row) -> dict[str, set[str]]:
    rules: dict[str, set[str]] = defaultdict(set)
    for mark in claim.get("provenance") or ():
        rules[str(mark["rule"])].add(str(mark["field"]))
    return rules


def _blamed(verdict: str, corrected: set[str], rules: Mapping[str, set[str]]) -> dict[str, set[str]]:
    """The rules that a verdict speaks against, each with the columns that were wrong."""
    if verdict == "reject":
        return dict(rules)
    blamed: dict[str, set[str]] = defaultdict(set)
    for field in corrected if verdict == "correct" else ():
        for rule in [r for r, fields in rules.items() if _covers(fields, field)] or [f"(no rule) {field}"]:
            blamed[rule].add(field)
    return blamed


def _covers(fields: set[str], field: str) -> bool:
    return (
        field in fields or (field in _DOSE and "dose" in fields) or (field == "dose" and bool(fields & _DOSE))
    )


def _wilson(wrong: int, all_: int, z: float = 1.96) -> float:
    if not all_:
        return 0.0
    share = wrong / all_
    middle = share + z * z / (2 * all_)
    spread = z * math.sqrt(share * (1 - share) / all_ + z * z / (4 * all_ * all_))
    return round(max(0.0, (middle - spread) / (1 + z * z / all_)), 4)
