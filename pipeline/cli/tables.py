"""Rows as tables on the terminal."""

from __future__ import annotations

import errno
from collections.abc import Iterable, Mapping, Sequence
from typing import Any

from rich.console import Console
from rich.table import Table

GAP = 2  # signs between two columns


class _Terminal(Console):
    def on_broken_pipe(self) -> None:
        raise BrokenPipeError(errno.EPIPE, "nobody reads")  # rich would end with 1


def console() -> Console:
    """The terminal; wide where the output goes to a file, so that nothing is cut there."""
    out = _Terminal(highlight=False, markup=False)
    return out if out.is_terminal else _Terminal(highlight=False, markup=False, width=160)


def dose_words(row: Mapping[str, Any]) -> str:
    """The dose as written, with its role where it is not the regimen."""
    text = row.get("dose_text") or ""
    role = row.get("dose_role")
    return f"{text} ({role})" if text and role not in (None, "regimen") else text


def situation_words(row: Mapping[str, Any]) -> str:
    """Line, setting, population, condition and partners in a few words."""
    parts = [row["line"]] if row["line"] != "unstated" else []
    if row["preference"] != "unstated":
        parts.append(row["preference"])
    for name in ("setting", "population", "condition"):
        parts.extend(row.get(name) or [])
    if row.get("with_drugs"):
        parts.append("with " + ", ".join(row["with_drugs"]))
    return "; ".join(parts)


def print_claims(rows: Sequence[Mapping[str, Any]]) -> None:
    """Print claim rows: who is treated with what, how strongly, how much, and the words."""
    table = Table(box=None, pad_edge=False, header_style="bold")
    for name, ratio in (("drug", 3), ("disease", 3), ("direction", 2), ("strength", 2), ("dose", 3),
                        ("situation", 4), ("quote", 7)):  # fmt: skip
        table.add_column(name, ratio=ratio, overflow="fold")
    for row in rows:
        table.add_row(
            row["drug"],
            row["disease"],
            row["direction"],
            row["strength"],
            dose_words(row),
            situation_words(row),
            row["quote"] if len(row["quote"]) <= 140 else row["quote"][:137] + "...",
        )
    console().print(table)


def print_rows(names: Sequence[str], rows: Iterable[Sequence[Any]]) -> None:
    """Print any rows under their column names; where these do not fit side by side, one value a line."""
    out = console()
    if sum(len(name) + GAP for name in names) > out.width:
        widest, number = max(map(len, names)), 0
        for number, row in enumerate(rows, start=1):
            out.print(f"-- row {number}")
            for name, value in zip(names, row, strict=True):
                if value is not None and value != "":
                    out.print(f"{name:{widest}}  {value}")
        if not number:
            out.print("no rows")
        return
    table = Table(box=None, pad_edge=False, header_style="bold")
    for name in names:
        table.add_column(name, overflow="fold")
    for row in rows:
        table.add_row(*("" if value is None else str(value) for value in row))
    out.print(table)
