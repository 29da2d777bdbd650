"""The report as Markdown: the same parts in the same order as the HTML page."""

from __future__ import annotations

from pipeline.reports.disputes import Dispute
from pipeline.reports.evidence_map import EvidenceLine
from pipeline.reports.page import Page
from pipeline.reports.report import Report
from pipeline.reports.sides import Side
from pipeline.reports.text import escape_markdown as md
from pipeline.reports.text import render_changes_markdown


def render_markdown(report: Report, page: Page) -> str:
    """The whole report; every change, discrepancy and row of evidence is in it."""
    parts = [
        f"# {'The evidence' if page.first_run else 'What changed in the evidence'}",
        f"Run {md(page.run_id)}{f', {page.when} UTC' if page.when else ''}",
        page.headline,
        f"**{page.decision}**",
        _disputes(page.disputes),
    ]
    changed = "## What changed\n\n" + render_changes_markdown(
        (c for c in report.changes if c.change_id not in report.reviewed), level=3
    )
    if not page.first_run:
        parts.append(changed)
    parts.append(_evidence(page.evidence))
    if page.first_run:
        parts.append(changed)
    parts.append(_articles(page))
    return "\n\n".join(p.strip("\n") for p in parts if p) + "\n"


def _disputes(disputes: tuple[Dispute, ...]) -> str:
    lines = ["## Where the articles disagree", ""]
    if not disputes:
        return "\n".join([*lines, "No two articles disagree."])
    for d in disputes:
        settled = f" {md(d.settled[:1].upper() + d.settled[1:])}." if d.settled else ""
        lines.append(
            f"- **{d.severity_label}: {md(d.drug)} in {md(d.disease)}, {d.aspect}.** {md(d.told)}{settled}"
        )
        lines.append(_side(d.called[0].lower(), d.older_value, d.older, d.older_date, d.older_article))
        lines.append(_side(d.called[1].lower(), d.newer_value, d.newer, d.newer_date, d.newer_article))
    return "\n".join(lines)


def _side(label: str, said: str, side: Side | None, date: str, article: str) -> str:
    quote = f" “{md(''.join(p.words for p in side.pieces))}”" if side else ""
    return f"  - {label} ({date}): {md(said)}.{quote} ({md(side.title if side else article)})"


def _evidence(lines: tuple[EvidenceLine, ...]) -> str:
    out = ["## Evidence table", ""]
    if not lines:
        return "\n".join([*out, "The evidence table is empty."])
    out += [
        "| Drug | Disease | Situation | Advice | Dose | Standing |",
        "| --- | --- | --- | --- | --- | --- |",
    ]
    for e in lines:
        advice = ", ".join(v for v in (e.direction, e.strength) if v and v != "unstated") or "no advice"
        cells = (
            e.drug,
            e.disease,
            e.situation or "any",
            advice,
            e.dose or "–",
            f"{e.status_label}; {e.last_said}",
        )
        out.append(f"| {' | '.join(md(c) for c in cells)} |")
    return "\n".join(out)


def _articles(page: Page) -> str:
    counts = [f"{page.n_read} read", f"{len(page.set_aside)} set aside"]
    if page.n_still_aside:
        counts.append(f"{page.n_still_aside} still set aside since earlier runs (evidence status lists all)")
    if page.gone:
        counts.append(f"{len(page.gone)} gone")
    out = ["## Articles", "", f"{', '.join(counts)}."]
    for heading, articles in (
        ("Set aside", page.set_aside),
        ("Gone", page.gone),
        ("Read with a warning", page.warned),
    ):
        if articles:
            out += ["", f"### {heading} ({len(articles)})", ""]
        for a in articles:
            why = "; ".join(filter(None, (a.reason, *a.warnings, a.do)))
            out.append(f"- {md(a.title or a.article_id)}{f': {md(why)}' if why else ''}")
    return "\n".join(out)
