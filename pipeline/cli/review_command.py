"""`evidence review`"""

from __future__ import annotations

import os
from pathlib import Path

import click

from pipeline.cli.files import text_of
from pipeline.cli.options import Home, home_options


@click.command(name="review")
@click.option(
    "--host", default="127.0.0.1", show_default=True, help="Address to listen on; others need a token."
)
@click.option(
    "--port", default=8713, show_default=True, type=click.IntRange(0, 65535), help="0 takes a free one."
)
@click.option("--no-browser", is_flag=True, help="Do not open a browser.")
@click.option(
    "--token-file",
    type=click.Path(path_type=Path, exists=True, dir_okay=False),
    help="File that holds the token editors sign in with. Or set EVIDENCE_DESK_TOKEN.",
)
@home_options
def command(host: str, port: int, no_browser: bool, token_file: Path | None, home: Home) -> None:
    """Open the review desk in the browser.

    Shows what no editor has decided yet, most important first. Accept, reject, correct, comment, skip, take back; by
    mouse or by keyboard (? shows the keys). Decisions are kept in the ledger's `decisions` table and obeyed by the next run.

    \b
      $ evidence review --no-browser
      $ evidence review --host 0.0.0.0 --token-file desk-token.txt
    """
    from pipeline.desk.serve import serve

    token = text_of(token_file).strip() if token_file else os.environ.get("EVIDENCE_DESK_TOKEN") or None
    serve(
        home.processed, host=host, port=port, token=token, open_browser=not no_browser,
        say=lambda text: click.echo(text),
    )  # fmt: skip
