"""What leaves reconciliation: the evidence table and the discrepancies (EVIDENCE.md)."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass

from pipeline.model.claim import DIRECTIONS, KINDS, LINES, PREFERENCES, STRENGTHS
from pipeline.model.columns import column

ASPECTS = (
    "direction",
    "strength",
    "line",
    "preference",
    "dose",
    "duration",
    "setting",
    "guideline",
    "dropped",
)
SEVERITIES = ("conflict", "update", "difference")
STATUSES = ("agreed", "single", "updated", "conflicting")


@dataclass(frozen=True, slots=True, kw_only=True)
class Discrepancy:
    """Two claims that a reader would hold against each other; one row per (drug, disease, aspect, pair of articles)."""

    discrepancy_id: str = column("stable while the two claims exist")
    drug: str = column("the drug; where one side names a class and the other its member, the member")
    disease: str = column("the disease; where one side is about the parent, the child")
    aspect: str = column("what differs", values=ASPECTS)
    severity: str = column("conflict, update or difference", values=SEVERITIES)
    older_claim: str = column("claim_id of the older side")
    newer_claim: str | None = column("claim_id of the newer side; null where it was dropped", default=None)
    older_article: str = column("article_id of the older side")
    newer_article: str = column("article_id of the newer side")
    older_date: dt.date | None = column("date of the older article", default=None)
    newer_date: dt.date | None = column("date of the newer article", default=None)
    older_value: str = column("what the older side says")
    newer_value: str = column("what the newer side says")
    rule: str | None = column("the rule that settled it; null where open", default=None)
    resolution: str | None = column(
        "in whose favour: older, newer or (an editor's) both; null where open", default=None
    )
    explanation: str = column("one sentence for a person")


@dataclass(frozen=True, slots=True, kw_only=True)
class Evidence:
    """What the sources together say today: one row per (drug, disease, line, situation)."""

    evidence_id: str = column("names the row: drug, disease, line and situation")
    drug: str = column("canonical name of the drug or class")
    drug_kind: str = column("ingredient, class or procedure")
    disease: str = column("canonical name of the condition")
    line: str = column("line of therapy", values=LINES)
    setting: tuple[str, ...] = column("the situation: clinical settings, sorted", default=())
    population: tuple[str, ...] = column("the situation: whom it is for, sorted", default=())
    condition: tuple[str, ...] = column("the situation: limiting words", default=())
    with_drugs: tuple[str, ...] = column("the situation: other drugs of the combination", default=())
    kind: str = column(
        "recommendation, or evidence where only studies speak", values=KINDS, default="recommendation"
    )
    direction: str = column("what the winning claims say", values=DIRECTIONS)
    strength: str = column("strength of the winning claims", values=STRENGTHS)
    certainty: str = column("certainty of the winning claims")
    preference: str = column("preference of the winning claims", values=PREFERENCES)
    dose_text: tuple[str, ...] = column("doses of the winning claims as written", default=())
    daily_low: float | None = column("lowest regimen dose per day of the winning claims", default=None)
    daily_high: float | None = column("highest regimen dose per day of the winning claims", default=None)
    daily_unit: str | None = column("mg, mg/kg or mg/m2", default=None)
    status: str = column("agreed, single, updated or conflicting", values=STATUSES)
    n_articles: int = column("articles among the winning claims; studies count where no recommendation does")
    n_sources: int = column("publishers among the winning claims: one voice each")
    n_guidelines: int = column("different guidelines named by the winning claims")
    n_claims: int = column("winning claims")
    first_said: dt.date | None = column("earliest date of the articles that n_articles counts", default=None)
    last_said: dt.date | None = column("latest date of the articles that n_articles counts", default=None)
    claim_ids: tuple[str, ...] = column("the winning claims", default=())
    dissenting_claim_ids: tuple[str, ...] = column("the claims that lost", default=())
    dissent: tuple[str, ...] = column("why each dissenting claim lost, in the same order", default=())
    rule: str = column("the rule that decided the row; undisputed where none had to, open where none could")
    valid_from: dt.date | None = column(
        "date of the article whose claim made the row what it is", default=None
    )
