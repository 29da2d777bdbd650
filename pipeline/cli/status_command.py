"""`evidence status`"""

from __future__ import annotations

import datetime as dt
import json
from collections.abc import Sequence
from typing import Any

import click

from pipeline.cli.options import Home, home_options
from pipeline.cli.summary import counted

MOST = 20


@click.command(name="status")
@click.option("--json", "as_json", is_flag=True, help="Print everything as JSON.")
@click.option(
    "--stale-after",
    type=click.IntRange(1),
    metavar="DAYS",
    help="Default: stale_after_days in sources.toml, or 90.",
)
@home_options
def command(as_json: bool, stale_after: int | None, home: Home) -> None:
    """Tell what ran, what changed, what is set aside and what is stale.

    \b
      $ evidence status
      $ evidence status --stale-after 30 --json
    """
    from dataclasses import asdict

    from pipeline.ledger import Ledger, status_of
    from pipeline.sources import load_config

    days = stale_after or (load_config(home.config).stale_after_days if home.config else 90)
    status = status_of(Ledger.open(home.processed), now=dt.datetime.now(dt.UTC), stale_after_days=days)
    if as_json:
        click.echo(json.dumps(asdict(status), ensure_ascii=False, indent=1, default=str))
        return
    click.echo(f"Ledger in {status.processed}")
    click.echo(
        f"  {counted(status.articles, 'article')} ({counted(status.versions, 'version')}), {counted(status.claims, 'claim')}, "
        f"{counted(status.evidence, 'row')} of evidence, {counted(status.discrepancies, 'discrepancy', 'discrepancies')} "
        f"({counted(status.conflicts, 'open conflict')}), {counted(status.decisions, 'decision')}"
    )
    if status.running:
        click.echo(f"A run is under way: {', '.join(f'{k} {v}' for k, v in status.running.items())}")
    elif broken := status.broken_off:
        begun = f"{dt.datetime.fromisoformat(broken['started_at']):%Y-%m-%d %H:%M}"
        click.echo(
            f"Run {broken['run_id']}, begun {begun} UTC, ended without a word (process {broken['pid']} on {broken['host']}).\n"
            "Start it again: evidence run. It goes on from what was recorded."
        )
    elif status.unfinished:
        click.echo("The last run did not finish; the next `evidence run` goes on from what it had recorded.")
    if status.runs:
        click.echo("\nLast runs")
    elif not (status.running or status.broken_off):
        click.echo("\nNothing ran yet: evidence run")
    for run in status.runs:
        told = f"{run['read']} read, {run['added']} added, {run['changed']} changed, {run['removed']} removed"
        click.echo(f"  {run['started_at']:%Y-%m-%d %H:%M}  {run['status']:<11} {told}  {run['run_id']}")
        if run["error"]:
            click.echo(f"    {run['error'].splitlines()[0]}")
    _places("Set aside", status.set_aside)
    _places("Not fetched", status.failing)
    _places("Gone", status.gone)
    _list("No claims found in", [f"{a['location']}  {a['title'] or ''}".rstrip() for a in status.no_claims])
    _stale(
        f"Not looked at for {days} days",
        [(p["location"], p["checked_at"].date()) for p in status.not_checked],
    )
    _stale(
        f"Not updated for {days} days",
        [(a["title"] or a["article_id"], a["date"]) for a in status.not_updated],
    )


def _places(title: str, places: Sequence[dict[str, Any]]) -> None:
    if not places:
        return
    click.echo(f"\n{title}: {len(places)}")
    for place in places[:MOST]:
        since = f"since {place['changed_at']:%Y-%m-%d}"
        times = f", {place['failures']} runs in a row" if place["failures"] > 1 else ""
        click.echo(f"  {place['location']} ({since}{times})")
        if place["what"]:
            click.echo(f"    {place['code']}  {place['what']}\n    do: {place['do']}")
    if len(places) > MOST:
        click.echo(f"  and {len(places) - MOST} more: evidence status --json")


def _stale(title: str, rows: Sequence[tuple[str, dt.date]]) -> None:
    _list(title, [f"{day}  {name}" for name, day in sorted(rows, key=lambda r: (r[1], r[0]))])


def _list(title: str, lines: Sequence[str]) -> None:
    if not lines:
        return
    click.echo(f"\n{title}: {len(lines)}")
    for line in lines[:MOST]:
        click.echo(f"  {line}")
    if len(lines) > MOST:
        click.echo(f"  and {len(lines) - MOST} more: evidence status --json")
