"""`evidence report`"""

from __future__ import annotations

import shutil
import webbrowser
from pathlib import Path

import click

from pipeline.cli.options import Home, home_options
from pipeline.cli.summary import short
from pipeline.model import EvidenceError

SUFFIXES = {"html": ".html", "markdown": ".md", "json": ".json"}


@click.command(name="report")
@click.argument("run", default="latest", metavar="[RUN]")
@click.option("--open", "opens", is_flag=True, help="Open the HTML report in the browser.")
@click.option("--format", "form", type=click.Choice(list(SUFFIXES)), default="markdown", show_default=True)
@click.option(
    "-o", "--output", type=click.Path(path_type=Path, dir_okay=False), help="Copy the report to this file."
)
@home_options
def command(run: str, opens: bool, form: str, output: Path | None, home: Home) -> None:
    """Print, copy or open the diff report of a run.

    RUN is a run's id (`evidence status` lists them); without one, the last run that changed something.

    \b
      $ evidence report
      $ evidence report --format json
      $ evidence report --format html -o report.html
    """
    folder = home.processed / "reports"
    path = folder / f"{Path(run).name}{'.html' if opens else SUFFIXES[form]}"
    if not path.is_file():
        runs = sorted((p.stem for p in folder.glob("*.html") if p.stem != "latest"), reverse=True)
        raise EvidenceError(
            "E-CLI-1",
            "there is no such report",
            where=str(path),
            do=f"the runs with a report are: {', '.join(runs[:5])}" if runs else "run once: evidence run",
        )
    if opens:
        click.echo(short(path))
        webbrowser.open(path.as_uri())
    elif output is not None:
        shutil.copyfile(path, output)
        click.echo(short(output))
    else:
        click.echo(path.read_text(encoding="utf-8"), nl=False)
