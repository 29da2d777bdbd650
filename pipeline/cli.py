"""`evidence ...`: parses arguments, calls a flow or a room, prints."""

from __future__ import annotations

import click


@click.group()
def main() -> None:
    """An evidence ledger for medical articles."""
