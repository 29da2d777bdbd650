"""Writes docs/columns.md and docs/cli.md from the code; `--check` only tells whether they are up to date.

python docs/generate.py [--check]
"""

from __future__ import annotations

import sys
from pathlib import Path

import click

from pipeline.cli import COMMANDS, main
from pipeline.ledger import TABLES
from pipeline.ledger.snapshots import LEFT_OUT, SNAPSHOTS
from pipeline.model import Column

DOCS = Path(__file__).parent


def _rows(columns: tuple[Column, ...], indent: str = "") -> list[str]:
    lines = []
    for column in columns:
        kind = column.type + (" or null" if column.nullable else "")
        text = column.description.replace("|", "\\|")
        if column.values:
            text += ": " + ", ".join(f"`{v}`" for v in column.values)
        lines.append(f"| {indent}`{column.name}` | {kind} | {text} |")
        lines.extend(_rows(column.fields, f"{column.name}."))
    return lines


def columns_page() -> str:
    parts = [
        "# Columns of the tables",
        "",
        "Made from the types in the code by `python docs/generate.py`. The same descriptions travel in the metadata of",
        "every Parquet file. How to read the tables with pandas, Polars and DuckDB: [analysis.md](analysis.md).",
    ]
    for name, table in TABLES.items():
        where = (
            f"`{name}.parquet`"
            if name in SNAPSHOTS
            else "no file of its own: `evidence query` and `Ledger` read it"
        )
        parts += ["", f"## {name}", "", f"{table.description}. ({where})", ""]
        parts += ["| column | type | what it holds |", "| --- | --- | --- |"]
        parts += _rows(table.columns)
        if name in LEFT_OUT:
            parts += ["", f"Not in the file: {', '.join(f'`{c}`' for c in LEFT_OUT[name])}."]
    return "\n".join(parts) + "\n"


def _help(command: click.Command, path: str) -> list[str]:
    context = click.Context(command, info_name=path, max_content_width=100, terminal_width=100)
    parts = ["", f"## {path}", "", "```", command.get_help(context), "```"]
    if isinstance(command, click.Group) and path != "evidence":
        for name in command.list_commands(context):
            child = command.get_command(context, name)
            if child is not None:
                parts += _help(child, f"{path} {name}")
    return parts


def cli_page() -> str:
    parts = ["# The command line", "", "Made from the commands' own help by `python docs/generate.py`."]
    parts += _help(main, "evidence")
    context = click.Context(main)
    for name in COMMANDS:
        command = main.get_command(context, name)
        if command is not None:
            parts += _help(command, f"evidence {name}")
    return "\n".join(parts) + "\n"


def run(check: bool) -> int:
    stale = []
    for name, page in (("columns.md", columns_page()), ("cli.md", cli_page())):
        path = DOCS / name
        if not path.is_file() or path.read_text(encoding="utf-8") != page:
            stale.append(name)
            if not check:
                path.write_text(page, encoding="utf-8")
    if stale and check:
        sys.stderr.write(f"out of date: {', '.join(stale)}; run python docs/generate.py\n")
        return 1
    return 0


if __name__ == "__main__":
    sys.exit(run("--check" in sys.argv))
