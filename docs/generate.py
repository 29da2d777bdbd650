"""Writes docs/columns.md and docs/cli.md from the code; `--check` only tells whether they are up to date.

python docs/generate.py [--check]
"""

from __future__ import annotations

import sys
from pathlib import Path

import click

from pipeline.cli import COMMANDS, main
from pipeline.model import Change, Claim, Column, Decision, Discrepancy, Evidence, columns_of

DOCS = Path(__file__).parent
TABLES = {
    "claims": (Claim, "One row per statement, drug and disease (and dose, where a statement gives several)."),
    "evidence": (Evidence, "What the sources together say: one row per drug, disease, line and situation."),
    "discrepancies": (Discrepancy, "Two claims that a reader would hold against each other."),
    "changes": (Change, "What one claim became between two versions of its article."),
    "decisions": (Decision, "What an editor decided, append-only."),
}


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
        "Made from the types in `pipeline/model` by `python docs/generate.py`. The same descriptions travel in the",
        "metadata of every Parquet file.",
    ]
    for name, (table, says) in TABLES.items():
        parts += ["", f"## {name}", "", says, "", "| column | type | what it holds |", "| --- | --- | --- |"]
        parts += _rows(columns_of(table))
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
