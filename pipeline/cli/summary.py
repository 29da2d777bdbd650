"""What a run did, in a few lines for a person."""

from __future__ import annotations

import os
from pathlib import Path
from typing import TYPE_CHECKING

import click

if TYPE_CHECKING:
    from flows.options import RunOutcome

MOST_PROBLEMS = 10


def short(path: Path) -> str:
    """The path as it is typed from here."""
    relative = os.path.relpath(path)
    return relative if not relative.startswith("..") else str(path)


def counted(number: int, thing: str, things: str | None = None) -> str:
    """A number with its thing, in the singular where it is one.

    >>> counted(1, "discrepancy", "discrepancies"), counted(1200, "row")
    ('1 discrepancy', '1,200 rows')
    """
    return f"{number:,} {thing if number == 1 else things or thing + 's'}"


def tell(outcome: RunOutcome) -> None:
    """Print the summary of a run: articles, claims, changes, evidence, problems, and where the report is."""
    run = outcome.run
    seconds = (run.finished_at - run.started_at).total_seconds() if run.finished_at else 0.0
    click.echo(
        f"{counted(run.looked_at, 'article')} looked at, {run.unchanged:,} unchanged, {run.read:,} read, "
        f"{counted(run.new_versions, 'new version')} ({seconds:.1f} s)"
    )
    click.echo(
        f"claims:   {run.added:,} added, {run.changed:,} changed, {run.removed:,} removed; {run.claims:,} hold"
    )
    click.echo(
        f"evidence: {counted(run.evidence, 'row')}, {counted(run.discrepancies, 'discrepancy', 'discrepancies')}, "
        f"{counted(run.conflicts, 'open conflict')}"
    )
    if run.gone:
        click.echo(f"gone:     {counted(run.gone, 'article')}, whose claims hold on: evidence status")
    for note in outcome.notes:
        click.echo(f"note:     {note}")
    problems = [(p, "set aside") for p in outcome.set_aside] + [(p, "not fetched") for p in outcome.failed]
    for place, what in problems[:MOST_PROBLEMS]:
        times = f", {place['failures']} runs in a row" if place.get("failures", 0) > 1 else ""
        click.echo(
            f"{what}: {place['location']}\n  {place['code']}  {place['what']}{times}\n  do: {place['do']}",
            err=True,
        )
    if len(problems) > MOST_PROBLEMS:
        click.echo(f"and {len(problems) - MOST_PROBLEMS} more: evidence status", err=True)
    html = next((p for p in outcome.reports if p.suffix == ".html"), None)
    if html is not None:
        click.echo(f"report:   {short(html)}")
