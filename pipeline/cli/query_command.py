"""`evidence query`"""

from __future__ import annotations

import csv
import datetime as dt
import io
import json
from collections.abc import Sequence

import click

from pipeline.cli.options import Home, home_options

DAY = click.DateTime(["%Y-%m-%d"])
MOMENT = click.DateTime(["%Y-%m-%dT%H:%M:%S", "%Y-%m-%d %H:%M:%S", "%Y-%m-%d"])


@click.command(name="query")
@click.argument("sql")
@click.option(
    "--as-of",
    type=DAY,
    help="By what the articles say of themselves: each with its latest version up to that day.",
)
@click.option("--known-at", type=MOMENT, help="By what the ledger held at that moment (UTC).")
@click.option(
    "--format", "form", type=click.Choice(["table", "csv", "json"]), default="table", show_default=True
)
@home_options
def command(sql: str, as_of: dt.datetime | None, known_at: dt.datetime | None, form: str, home: Home) -> None:
    """Ask the tables with SQL, as of any day.

    Tables: articles, claims, evidence, discrepancies, changes, runs, decisions, places; claims_history,
    articles_history, evidence_history and discrepancies_history for the rows of all times. One SELECT (DuckDB), which sees nothing but these tables. DESCRIBE lists columns. Rows that
    are too wide for the terminal are printed one value a line.

    \b
      $ evidence query "select drug, direction, strength, status from evidence order by drug limit 5"
      $ evidence query "select count(*) as claims from claims" --as-of 2025-12-31
      $ evidence query "select * from discrepancies where severity = 'conflict'" --format json
    """
    from pipeline.cli.reconciling import reconciler
    from pipeline.ledger import Ledger, query

    answer = query(
        Ledger.open(home.processed),
        sql,
        as_of=as_of.date() if as_of else None,
        known_at=known_at.replace(tzinfo=dt.UTC) if known_at else None,
        reconcile=reconciler(home),
    )
    names = _told_apart(answer.columns)
    rows = answer.table.rename_columns(names).to_pylist()
    if form == "json":
        click.echo(json.dumps(rows, ensure_ascii=False, indent=1, default=str))
    elif form == "csv":
        from pipeline.exchange.plain import safe_cell

        click.echo(_csv_line(names))
        for row in rows:
            click.echo(_csv_line([safe_cell(row[name]) for name in names]))
    else:
        from pipeline.cli.tables import print_rows

        print_rows(names, [[_shown(row[name]) for name in names] for row in rows])


def _csv_line(cells: Sequence[object]) -> str:
    """A line of CSV without its end: what reads a pipe line by line must not find a carriage return in the last cell.

    >>> _csv_line(["gout", "5 mg, daily", None])
    'gout,"5 mg, daily",'
    """
    out = io.StringIO()
    csv.writer(out).writerow(cells)
    return out.getvalue().removesuffix("\r\n")


def _told_apart(names: Sequence[str]) -> list[str]:
    """The names of columns, each once: a join may give two the same.

    >>> _told_apart(["drug", "disease", "drug"])
    ['drug', 'disease', 'drug_2']
    """
    out: list[str] = []
    for name in names:
        number = 1
        while (told := name if number == 1 else f"{name}_{number}") in out:
            number += 1
        out.append(told)
    return out


def _shown(value: object) -> object:
    return "; ".join(map(str, value)) if isinstance(value, list) else value
