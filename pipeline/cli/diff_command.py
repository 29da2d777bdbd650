"""`evidence diff OLD NEW`"""

from __future__ import annotations

import datetime as dt
import json
import re
from collections import defaultdict
from pathlib import Path
from typing import Any

import click

from pipeline.cli.options import Home, home_options

Rows = list[dict[str, Any]]


@click.command(name="diff")
@click.argument("old")
@click.argument("new")
@click.option("--noise", is_flag=True, help="Show changes of wording, place and citations too.")
@click.option(
    "--format", "form", type=click.Choice(["text", "markdown", "json"]), default="text", show_default=True
)
@home_options
def command(old: str, new: str, noise: bool, form: str, home: Home) -> None:
    """Show what changed in meaning between two files, runs or dates.

    OLD and NEW are two files of one article; or two days (2025-12-31: each article with its latest version up to that
    day); or two runs, by their ids (`evidence status` lists them), or `last` and `previous`.

    \b
      $ evidence diff raw/samples/2025/atrial-fibrillation.txt raw/samples/2026/atrial-fibrillation.txt
      $ evidence diff 2025-06-30 2026-06-30
      $ evidence diff previous last

    Exit code 0 whether or not something changed.
    """
    from pipeline.changes import diff_claims
    from pipeline.model import row_of
    from pipeline.reports import render_changes_markdown, render_changes_text

    if Path(old).is_file() and Path(new).is_file():
        before, after = _files(Path(old), Path(new))
    else:
        before, after = _states(old, new, home)
    changes = [c for rows in _by_article(before, after) for c in diff_claims(*rows)]
    if form == "json":
        shown = [row_of(c) for c in changes if c.meaning or noise]
        click.echo(json.dumps(shown, ensure_ascii=False, indent=1, default=str))
    elif form == "markdown":
        click.echo(render_changes_markdown(changes, noise=noise))
    else:
        click.echo(render_changes_text(changes, noise=noise))


def _files(old: Path, new: Path) -> tuple[Rows, Rows]:
    from pipeline.changes import carry_ids
    from pipeline.cli.extract_command import read_rows

    _, before = read_rows(old)
    _, after = read_rows(new)
    name = before[0]["article_id"] if before else old.stem
    return before, carry_ids(before, [{**row, "article_id": name} for row in after])


def _states(old: str, new: str, home: Home) -> tuple[Rows, Rows]:
    from pipeline.ledger import Ledger

    ledger = Ledger.open(home.processed)
    return _state(ledger, old), _state(ledger, new)


def _state(ledger: Any, name: str) -> Rows:
    if re.fullmatch(r"\d{4}-\d{2}-\d{2}", name):
        try:
            day = dt.date.fromisoformat(name)
        except ValueError as error:
            raise click.BadParameter(f"{name}: {error}") from error
        return list(ledger.claims(as_of=day).to_pylist())
    runs = [r for r in ledger.runs().to_pylist() if r["status"] == "done"]
    by_name = {r["run_id"]: r for r in runs}
    if runs:
        by_name["last"] = runs[-1]
    if name == "previous":
        if len(runs) < 2:
            return []
        by_name[name] = runs[-2]
    if name not in by_name:
        known = ", ".join(r["run_id"] for r in runs[-5:]) or "none yet"
        raise click.BadParameter(
            f"{name!r} is no file, no day (2025-12-31) and no run; the last runs are: {known}"
        )
    return list(ledger.claims(known_at=by_name[name]["finished_at"]).to_pylist())


def _by_article(before: Rows, after: Rows) -> list[tuple[Rows, Rows]]:
    groups: defaultdict[str, tuple[Rows, Rows]] = defaultdict(lambda: ([], []))
    for row in before:
        groups[row["article_id"]][0].append(row)
    for row in after:
        groups[row["article_id"]][1].append(row)
    return [groups[name] for name in sorted(groups)]
