"""What the HTML page may use, and how it follows from a report."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass

from pipeline.model.change import IMPORTANCES
from pipeline.reports.cards import Card, change_cards, noise_cards
from pipeline.reports.disputes import Dispute, disputes_of
from pipeline.reports.evidence_map import EvidenceLine, EvidenceMap, evidence_lines, evidence_maps
from pipeline.reports.labels import COUNTED, counted, listed
from pipeline.reports.report import Report, ReportArticle
from pipeline.reports.timeline import Timeline, timelines

_QUIET = {
    "wording": ("change of wording only", "changes of wording only"),
    "moved": COUNTED["moved"],
    "citations": COUNTED["citations"],
}
_TOLD = tuple(name for name in IMPORTANCES if name not in _QUIET)  # changes of meaning, the weightiest first


@dataclass(frozen=True, slots=True, kw_only=True)
class Tile:
    """One figure of the summary; `what` is the filter that shows what it counts ("" for none)."""

    n: int
    label: str
    href: str
    what: str = ""
    tone: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Page:
    """All that the templates may use."""

    run_id: str
    when: str
    rules_version: str
    first_run: bool
    headline: str
    decision: str
    tiles: tuple[Tile, ...]
    changes: tuple[Card, ...]
    disputes: tuple[Dispute, ...]
    n_conflicts: int
    n_fresh_lesser: int
    noise: tuple[Card, ...]
    noise_words: str
    evidence: tuple[EvidenceLine, ...]
    maps: tuple[EvidenceMap, ...]
    timelines: tuple[Timeline, ...]
    set_aside: tuple[ReportArticle, ...]
    warned: tuple[ReportArticle, ...]
    gone: tuple[ReportArticle, ...]
    n_read: int
    n_still_aside: int
    n_reviewed: int
    diseases: tuple[str, ...]
    drugs: tuple[str, ...]
    sources: tuple[str, ...]
    whats: tuple[str, ...]


def page_of(report: Report) -> Page:
    """The page of `report`."""
    changes, noise, disputes = change_cards(report), noise_cards(report), disputes_of(report)
    evidence = evidence_lines(report.evidence)
    shown = [c for c in report.changes if c.change_id not in report.reviewed]
    counts = Counter(c.importance for c in shown) + Counter(report.rest.changes)
    conflicts = sum(1 for d in disputes if d.unsettled) + report.rest.conflicts
    aside = tuple(a for a in report.articles if a.status == "set aside")
    statuses = Counter(a.status for a in report.articles) + Counter(report.rest.articles)
    n_read = report.unchanged + sum(statuses[s] for s in ("new", "updated", "unchanged"))
    all_drugs = {d for c in (*changes, *noise) for d in c.drugs} | {d.drug for d in disputes}
    all_diseases = {d for c in (*changes, *noise) for d in c.diseases} | {d.disease for d in disputes}
    decided = {d.get("discrepancy_id") for d in report.discrepancies} | {c.change_id for c in report.changes}
    return Page(
        run_id=report.run_id,
        when=f"{report.finished_at or report.started_at:%-d %b %Y, %H:%M}"
        if report.finished_at or report.started_at
        else "",
        rules_version=report.rules_version,
        first_run=report.first_run,
        headline=_headline(report, counts),
        decision=_decision(conflicts, len(disputes)) + _left_out(report),
        tiles=_tiles(report, changes, counts, conflicts, n_read, statuses["set aside"]),
        changes=changes,
        disputes=disputes,
        n_conflicts=sum(1 for d in disputes if d.unsettled),
        n_fresh_lesser=sum(1 for d in disputes if d.fresh and not d.unsettled),
        noise=noise,
        noise_words=listed(counted(counts[k], *_QUIET[k]) for k in _QUIET if counts[k]),
        evidence=evidence,
        maps=evidence_maps(report.evidence),
        timelines=timelines((*report.claims, *report.old_claims), _first_drugs(changes, disputes)),
        set_aside=aside,
        warned=tuple(a for a in report.articles if a.warnings and a.status != "set aside"),
        gone=tuple(a for a in report.articles if a.status == "gone"),
        n_read=n_read,
        n_still_aside=max(report.aside - statuses["set aside"], 0),
        n_reviewed=len(report.reviewed & decided),
        diseases=tuple(sorted(all_diseases | {e.disease for e in evidence})),
        drugs=tuple(sorted(all_drugs | {e.drug for e in evidence})),
        sources=tuple(
            sorted({s for c in changes for s in c.sources} | {s for d in disputes for s in d.sources})
        ),
        whats=tuple(dict.fromkeys([*(c.heading for c in changes), *(d.severity_label for d in disputes)])),
    )


def _headline(report: Report, counts: Counter[str]) -> str:
    """One or two sentences: what the run found."""
    by_status = Counter[str](a.status for a in report.articles) + Counter(report.rest.articles)
    told = [counted(counts[i], *COUNTED[i]) for i in _TOLD if counts[i]]
    if report.first_run:
        return f"First run: {counted(by_status['new'], 'article')} read, {counted(counts['added'], 'statement')} found."
    parts = [
        f"{counted(by_status[status], 'article')} {status}"
        for status in ("updated", "new", "gone")
        if by_status[status]
    ]
    articles = f"{listed(parts)[0].upper()}{listed(parts)[1:]}. " if parts else ""
    if not told:
        return f"{articles}Nothing changed in meaning."
    return f"{articles}{listed(told)}.{_reread(report, sum(counts[i] for i in _TOLD))}"


def _reread(report: Report, told: int) -> str:
    """How many of the changes of meaning were made by our rules, not by an article."""
    n = sum(
        c.cause == "rules" and c.importance in _TOLD and c.change_id not in report.reviewed
        for c in report.changes
    )
    how_many = "All" if n == told else f"{n:,}"
    return f" {how_many} of this because our reading changed, not the articles." if n else ""


def _decision(conflicts: int, disputes: int) -> str:
    if conflicts:
        verb = "needs" if conflicts == 1 else "need"
        return f"{counted(conflicts, 'open conflict')} between articles {verb} a decision."
    if disputes:
        return "No open conflict between articles."
    return "The articles do not disagree."


def _left_out(report: Report) -> str:
    """Where the rest is, when there is too much for one page."""
    told = [
        counted(n, *words)
        for n, words in (
            (sum(report.rest.changes.values()), ("change", "changes")),
            (report.rest.discrepancies, ("discrepancy", "discrepancies")),
            (sum(report.rest.articles.values()), ("article", "articles")),
        )
        if n
    ]
    if not told:
        return ""
    return f" Only the weightiest are listed here; {listed(told)} more are in the tables beside the report."


def _tiles(
    report: Report,
    changes: tuple[Card, ...],
    counts: Counter[str],
    conflicts: int,
    n_read: int,
    n_aside: int,
) -> tuple[Tile, ...]:
    headings = {c.importance: c.heading for c in reversed(changes)}
    tiles = [Tile(n=conflicts, label="to decide", href="#decide", tone="alert" if conflicts else "")]
    if report.first_run:
        drugs = {str(e["drug"]) for e in report.evidence}
        diseases = {str(e["disease"]) for e in report.evidence}
        tiles += [
            Tile(n=counts["added"], label="statements", href="#changes"),
            Tile(n=report.rest.drugs or len(drugs), label="drugs", href="#map"),
            Tile(n=report.rest.diseases or len(diseases), label="diseases", href="#map"),
        ]
    for importance, label in (
        ()
        if report.first_run
        else (
            ("direction", "direction"),
            ("strength", "strength"),
            ("dose", "dose"),
            ("added", "new"),
            ("removed", "gone"),
            ("situation", "situation"),
        )
    ):
        what = headings.get(importance, "") if importance != "direction" else ""
        tiles.append(Tile(n=counts[importance], label=label, href="#changes", what=what, tone=importance))
    tiles.append(Tile(n=n_read, label="articles read", href="#articles"))
    tiles.append(Tile(n=n_aside, label="set aside", href="#articles", tone="alert" if n_aside else ""))
    return tuple(tiles)


def _first_drugs(changes: tuple[Card, ...], disputes: tuple[Dispute, ...]) -> list[str]:
    found = [d for c in changes if c.kind == "changed" for d in c.drugs] + [d.drug for d in disputes]
    return list(dict.fromkeys(found))
