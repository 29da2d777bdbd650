"""`evidence extract FILE`"""

from __future__ import annotations

import datetime as dt
import hashlib
import json
import mimetypes
from pathlib import Path
from typing import Any

import click

from pipeline.cli.options import Home, home_options


def read_rows(path: Path) -> tuple[Any, list[dict[str, Any]]]:
    """The article of a file and its claims as flat rows. Raises EvidenceError where nothing can be read."""
    from pipeline.articles import read_article
    from pipeline.claims import extract_claims
    from pipeline.model import Snapshot, row_of

    content = path.read_bytes()
    snapshot = Snapshot(
        content=content,
        sha256=hashlib.sha256(content).hexdigest(),
        location=str(path),
        fetched_at=dt.datetime.now(dt.UTC),
        media_type=mimetypes.guess_type(path.name)[0] or "",
    )
    article = read_article(snapshot)
    return article, [row_of(claim) for claim in extract_claims(article)]


@click.command(name="extract")
@click.argument("file", type=click.Path(path_type=Path, exists=True, dir_okay=False))
@click.option("--json", "as_json", is_flag=True, help="Print the rows as JSON, every column.")
@home_options
def command(file: Path, as_json: bool, home: Home) -> None:
    """Print the claims of one article, without touching the ledger.

    One row per statement, drug and disease; a statement with two doses gives two rows.

    \b
      $ evidence extract raw/samples/2025/atrial-fibrillation.txt
      $ evidence extract raw/samples/2025/atrial-fibrillation.txt --json
    """
    article, rows = read_rows(file)
    if as_json:
        click.echo(json.dumps(rows, ensure_ascii=False, indent=1, default=str))
        return
    from pipeline.cli.tables import print_claims

    click.echo(f"{article.title}\n{article.source}, {article.date or 'no date'}, {len(rows)} claims")
    for warning in article.warnings:
        click.echo(f"warning: {warning}", err=True)
    print_claims(rows)
