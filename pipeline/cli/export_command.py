"""`evidence export`"""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, cast

import click

from pipeline.cli.files import write_whole
from pipeline.cli.options import Home, home_options

if TYPE_CHECKING:
    import pyarrow as pa

    from pipeline.ledger import Ledger


@click.command(name="export")
@click.argument("form", type=click.Choice(["jsonl", "csv", "brat", "webannotation"]), metavar="FORMAT")
@click.argument("what", type=click.Choice(["claims", "decisions"]), default="claims", metavar="[WHAT]")
@click.option(
    "-o",
    "--output",
    type=click.Path(path_type=Path),
    help="File to write (for brat: a folder). Default: the terminal.",
)
@click.option(
    "--decided",
    is_flag=True,
    help="Claims as editors left them: corrected, without those rejected. (Not for what is read back with import.)",
)
@home_options
def command(form: str, what: str, output: Path | None, decided: bool, home: Home) -> None:
    """Write claims or decisions as JSONL, CSV, brat standoff or W3C Web Annotations.

    FORMAT is jsonl, csv, brat or webannotation; WHAT is claims (the default) or decisions. What an annotator changes outside
    is read back with `evidence import`. Cells of the CSV are safe to open in a spreadsheet. Claims are as they were read; with
    --decided as editors left them.

    \b
      $ evidence export csv -o claims.csv
      $ evidence export csv --decided -o decided.csv
      $ evidence export jsonl decisions
      $ evidence export brat -o annotations/
    """
    from pipeline import exchange
    from pipeline.ledger import Ledger
    from pipeline.model import Claim, Decision

    ledger = Ledger.open(home.processed)
    table = Claim if what == "claims" else Decision
    rows = (_claims(ledger, decided) if what == "claims" else ledger.decisions()).to_pylist()
    if form == "brat":
        if what == "decisions" or output is None:
            raise click.UsageError(
                "brat takes claims, and a folder: evidence export brat claims -o annotations/"
            )
        _brat(ledger, rows, output)
        return
    if form == "webannotation":
        texts = {
            r["article_version"]: t
            for r in (rows if what == "claims" else [])
            if (t := ledger.text_of(r["article_id"], r["article_version"])) is not None
        }
        text = exchange.to_web_annotations(
            claims=rows if what == "claims" else (),
            decisions=rows if what == "decisions" else (),
            texts=texts,
        )
    else:
        text = exchange.to_csv(rows, table) if form == "csv" else exchange.to_jsonl(rows)
    if output is None:
        click.echo(text, nl=False)
    else:
        write_whole(output, text)
        click.echo(f"{len(rows)} {what} in {output}")


def _claims(ledger: Ledger, decided: bool) -> pa.Table:
    if not decided:
        return ledger.claims()
    from pipeline.changes import still_fits
    from pipeline.evidence import decided_claims
    from pipeline.ledger import TABLES

    rows = cast("pa.Table", decided_claims(ledger.claims(), ledger.decisions(), still_fits))
    return rows.sort_by(list(TABLES["claims"].order))


def _brat(ledger: object, rows: list[dict[str, object]], folder: Path) -> None:
    from itertools import groupby

    from pipeline import exchange

    folder.mkdir(parents=True, exist_ok=True)
    count = 0
    for (article, version), group in groupby(
        rows, key=lambda r: (str(r["article_id"]), str(r["article_version"]))
    ):
        text = ledger.text_of(article, version)  # type: ignore[attr-defined]
        if text is None:
            continue
        name = "".join(c if c.isalnum() or c in "-_." else "-" for c in article).strip("-.")
        write_whole(folder / f"{name}.txt", text)
        write_whole(folder / f"{name}.ann", exchange.to_brat(group, text))
        count += 1
    click.echo(f"{len(rows)} claims of {count} articles in {folder}")
