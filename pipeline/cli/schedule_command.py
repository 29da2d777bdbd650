"""`evidence schedule`"""

from __future__ import annotations

import click

from pipeline.cli.options import Home, home_options
from pipeline.model import EvidenceError


@click.command(name="schedule")
@click.option("--list", "lists", is_flag=True, help="Print the schedules and end.")
@home_options
def command(lists: bool, home: Home) -> None:
    """Run the sources on their schedules, on this machine, until Ctrl-C.

    Each source of sources.toml may have a schedule, a cron line in UTC: schedule = "0 3 * * *". One run at a time works
    on a ledger. With PREFECT_API_URL set, that Prefect server keeps the schedules; else one is started here.

    \b
      $ evidence schedule
      $ evidence schedule --list
    """
    if home.config is None:
        raise EvidenceError(
            "E-CLI-4", "there is no sources.toml here", do="write one (docs/sources.md), or say --config FILE"
        )
    from flows.schedule import schedules_of, serve_schedules

    for schedule in schedules_of(home.config):
        click.echo(f"{schedule.cron}  {', '.join(schedule.sources)}")
    if not lists:
        click.echo("Waiting for the next time. Ctrl-C ends it.")
        serve_schedules(home.config, home.raw, home.processed)
