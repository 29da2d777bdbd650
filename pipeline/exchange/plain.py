"""JSONL and CSV. CSV cells that a spreadsheet would run as a formula are disarmed, and read back armed.

A cell that begins with one of `= + - @`, a tab or a line end gets an apostrophe in front (OWASP, "CSV
Injection"); a text that begins with an apostrophe gets one more, so that reading back is exact.
"""

from __future__ import annotations

import csv
import io
import json
from collections.abc import Iterable, Mapping
from typing import Any

from pipeline.exchange.errors import ExchangeError
from pipeline.exchange.values import to_plain, typed_row
from pipeline.model import columns_of

DANGEROUS = ("=", "+", "-", "@", "\t", "\r", "\n", "'")
_PLAIN = ("string",)


def to_jsonl(rows: Iterable[Mapping[str, Any]]) -> str:
    """One JSON object a line, columns in their order."""
    return "".join(json.dumps(to_plain(dict(row)), ensure_ascii=False) + "\n" for row in rows)


def from_jsonl(text: str, hand_over: type) -> list[dict[str, Any]]:
    """The rows of a JSONL text. Raises ExchangeError naming the line and column."""
    rows = []
    for number, line in enumerate(text.split("\n"), 1):
        if line.strip():
            try:
                data = json.loads(line)
            except ValueError as error:
                raise ExchangeError(
                    "E-EXCHANGE-2",
                    "this is no JSON",
                    where=f"line {number}",
                    do=f"one object a line ({error})",
                ) from error
            rows.append(typed_row(hand_over, data, f"line {number}"))
    return rows


def _cell(value: Any, type_: str) -> str:
    if value is None:
        return ""
    if type_ in _PLAIN:
        text = str(value)
        return "'" + text if text.startswith(DANGEROUS) or text == "" else text
    if type_ in ("date", "timestamp"):
        return str(value.isoformat())
    return json.dumps(to_plain(value), ensure_ascii=False)


def to_csv(rows: Iterable[Mapping[str, Any]], hand_over: type) -> str:
    """A header and one line a row (RFC 4180); lists as JSON text; an empty cell is null."""
    columns = columns_of(hand_over)
    out = io.StringIO()
    writer = csv.writer(out)
    writer.writerow([c.name for c in columns])
    for row in rows:
        writer.writerow([_cell(row.get(c.name), c.type) for c in columns])
    return out.getvalue()


def from_csv(text: str, hand_over: type) -> list[dict[str, Any]]:
    """The rows of such a CSV, also after a spreadsheet saved it. Raises ExchangeError naming the line."""
    text = text.removeprefix("\ufeff")
    header = text[: text.find("\n")] if "\n" in text else text
    # a spreadsheet may part cells by semicolons or tabs, as its country does
    reader = csv.DictReader(io.StringIO(text), delimiter=max(",;\t", key=header.count))
    kinds = {c.name: c.type for c in columns_of(hand_over)}
    unknown = [name for name in reader.fieldnames or [] if name not in kinds]
    if unknown or not reader.fieldnames:
        raise ExchangeError(
            "E-EXCHANGE-3",
            f"unknown columns: {', '.join(unknown) or 'no header'}",
            where="line 1",
            do="see docs/columns.md",
        )
    rows = []
    for raw in reader:
        where = f"line {reader.line_num}"
        data: dict[str, Any] = {}
        for name, cell in raw.items():
            if name is None or cell is None:
                raise ExchangeError(
                    "E-EXCHANGE-3", "too many or too few cells", where=where, do="check the quotes"
                )
            if kinds[name] in _PLAIN:
                data[name] = None if cell == "" else cell.removeprefix("'")
            elif kinds[name] in ("date", "timestamp") or cell == "":
                data[name] = cell or None
            else:
                try:
                    data[name] = json.loads(cell.lower() if kinds[name] == "bool" else cell)
                except ValueError as error:
                    raise ExchangeError(
                        "E-EXCHANGE-2", f"{name}: {cell!r} is no JSON", where=where, do="see docs/columns.md"
                    ) from error
        rows.append(typed_row(hand_over, data, where))
    return rows


def safe_cell(value: Any) -> str:
    """Any value as a CSV cell that no spreadsheet runs as a formula."""
    if value is None:
        return ""
    if isinstance(value, (int, float)) and not isinstance(value, bool):
        return str(value)
    text = (
        value
        if isinstance(value, str)
        else json.dumps(to_plain(value), ensure_ascii=False, default=str).strip('"')
    )
    return "'" + text if text.startswith(DANGEROUS) else text
