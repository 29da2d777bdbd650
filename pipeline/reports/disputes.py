"""Discrepancies as cards with both sides; the open conflicts first."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from pipeline.changes.rows import Row, text, value
from pipeline.evidence import beside_sides, called
from pipeline.model.evidence import ASPECTS, SEVERITIES
from pipeline.reports.labels import SEVERITY, say_date, say_value
from pipeline.reports.report import Report
from pipeline.reports.sides import Side, side_of


@dataclass(frozen=True, slots=True, kw_only=True)
class Dispute:
    """One discrepancy. `newer` is None where the newer article no longer names the drug; `open` where nothing settled it,
    `fresh` where this run found it."""

    severity: str
    severity_label: str
    open: bool
    drug: str
    disease: str
    aspect: str
    older_value: str
    newer_value: str
    older: Side | None
    newer: Side | None
    older_article: str
    newer_article: str
    older_date: str
    newer_date: str
    article_ids: tuple[str, str]
    explanation: str
    settled: str
    fresh: bool
    sources: tuple[str, ...]

    @property
    def unsettled(self) -> bool:
        """Whether an editor must decide."""
        return self.open and self.severity == "conflict"

    @property
    def told(self) -> str:
        """The explanation without what stands beside it anyway: drug, disease and aspect above it, the articles below."""
        return beside_sides(
            self.explanation,
            drug=self.drug,
            disease=self.disease,
            aspect=self.aspect,
            articles=self.article_ids,
            sides=self.called,
        )

    @property
    def called(self) -> tuple[str, str]:
        """What the two sides are called: of two articles of one day neither is the older."""
        return called(self.older_date, self.newer_date)


def disputes_of(report: Report) -> tuple[Dispute, ...]:
    """The discrepancies that no editor has decided yet: conflicts, then updates, then differences."""
    claims = {text(row, "claim_id"): row for row in report.claims}
    titles = {text(row, "article_id"): text(row, "article_title") for row in report.claims}
    titles.update((a.article_id, a.title) for a in report.articles if a.title)
    rows = [r for r in report.discrepancies if text(r, "discrepancy_id") not in report.reviewed]
    return tuple(
        _dispute(row, claims, titles, report)
        for row in sorted(rows, key=lambda r: (_rank(r)[0], not _is_fresh(r, report), _rank(r)))
    )


def _is_fresh(row: Row, report: Report) -> bool:
    """Whether this run found it: recorded since the run began, and not all is new."""
    recorded, began = value(row, "recorded_at"), report.started_at
    if report.first_run or not isinstance(recorded, dt.datetime) or began is None:
        return False
    return _utc(recorded) >= _utc(began)


def _utc(moment: dt.datetime) -> dt.datetime:
    return moment if moment.tzinfo else moment.replace(tzinfo=dt.UTC)


def _rank(row: Row) -> tuple[object, ...]:
    severity, aspect = text(row, "severity"), text(row, "aspect")
    return (
        severity != "conflict" or bool(text(row, "resolution")),
        SEVERITIES.index(severity) if severity in SEVERITIES else len(SEVERITIES),
        ASPECTS.index(aspect) if aspect in ASPECTS else len(ASPECTS),
        text(row, "disease"),
        text(row, "drug"),
        text(row, "discrepancy_id"),
    )


def _dispute(row: Row, claims: Mapping[str, Row], titles: Mapping[str, str], report: Report) -> Dispute:
    older, newer = claims.get(text(row, "older_claim")), claims.get(text(row, "newer_claim"))
    sides = [side_of(r, report.texts) if r is not None else None for r in (older, newer)]
    resolution, rule = text(row, "resolution"), text(row, "rule")
    settled = (
        f"settled for the {resolution} side" + (f" by the rule “{rule}”" if rule else "")
        if resolution
        else ""
    )
    return Dispute(
        severity=text(row, "severity"),
        severity_label=SEVERITY.get(text(row, "severity"), text(row, "severity")),
        open=not resolution,
        drug=text(row, "drug"),
        disease=text(row, "disease"),
        aspect=text(row, "aspect"),
        older_value=say_value(text(row, "older_value")),
        newer_value=say_value(text(row, "newer_value")),
        older=sides[0],
        newer=sides[1],
        older_article=titles.get(text(row, "older_article")) or text(row, "older_article"),
        newer_article=titles.get(text(row, "newer_article")) or text(row, "newer_article"),
        older_date=say_date(value(row, "older_date")),
        newer_date=say_date(value(row, "newer_date")),
        article_ids=(text(row, "older_article"), text(row, "newer_article")),
        explanation=text(row, "explanation"),
        settled=settled,
        fresh=_is_fresh(row, report),
        sources=_sources(older, newer),
    )


def _sources(*rows: Row | None) -> tuple[str, ...]:
    found: Iterable[str] = (text(r, "source") for r in rows if r is not None)
    return tuple(sorted(set(found) - {""}))
