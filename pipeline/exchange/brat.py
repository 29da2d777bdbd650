"""brat standoff: one `.ann` text beside the canonical text of one article.

A claim is an event `E` whose trigger is its quote (`Statement`), with the marked drug, disease, dose and
strength as arguments, the closed columns as attributes `A`, and the whole row as a note `#`. What an
annotator changes in brat (an attribute) is what counts on the way back.
"""

from __future__ import annotations

import json
import re
from collections.abc import Iterable, Mapping
from typing import Any

from pipeline.exchange.errors import ExchangeError
from pipeline.exchange.values import to_plain, typed_row
from pipeline.model import Claim

ARGUMENTS = {
    "drug": "Drug",
    "disease": "Disease",
    "dose": "Dose",
    "strength": "Strength",
    "direction": "Direction",
}
ATTRIBUTES = ("direction", "strength", "certainty", "line", "preference", "kind", "dose_role")


def _name(column: str) -> str:
    return "".join(part.capitalize() for part in column.split("_"))


def to_brat(rows: Iterable[Mapping[str, Any]], text: str) -> str:
    """The `.ann` text for the claims of one article over its canonical `text`."""
    lines: list[str] = []
    spans: dict[tuple[str, int, int], str] = {}

    def span(label: str, start: int, end: int) -> str:
        if (label, start, end) not in spans:
            spans[label, start, end] = f"T{len(spans) + 1}"
            words = text[start:end].replace("\n", " ")
            lines.append(f"{spans[label, start, end]}\t{label} {start} {end}\t{words}")
        return spans[label, start, end]

    attribute = 0
    for number, row in enumerate(rows, 1):
        trigger = span("Statement", row["char_start"], row["char_end"])
        arguments = []
        for mark in row.get("provenance") or []:
            if mark["field"] in ARGUMENTS and 0 <= mark["start"] < mark["end"]:
                label = ARGUMENTS[mark["field"]]
                argument = f"{label}:{span(label, mark['start'], mark['end'])}"
                if argument not in arguments:
                    arguments.append(argument)
        lines.append(f"E{number}\tStatement:{trigger} {' '.join(arguments)}".rstrip())
        for column in ATTRIBUTES:
            if row.get(column):
                attribute += 1
                lines.append(f"A{attribute}\t{_name(column)} E{number} {str(row[column]).replace(' ', '_')}")
        note = json.dumps(to_plain(dict(row)), ensure_ascii=False)
        lines.append(f"#{number}\tAnnotatorNotes E{number}\t{note}")
    return "".join(line + "\n" for line in lines)


def from_brat(annotations: str, text: str) -> list[dict[str, Any]]:
    """The claims of an `.ann` text, with the attributes as they now stand in brat.

    Events without a note of ours are passed over. Raises ExchangeError naming the line where a claim's
    quote no longer fits the text or an attribute has a value that the column has not.
    """
    columns = {_name(c): c for c in ATTRIBUTES}
    attributes: dict[str, dict[str, str]] = {}
    notes: list[tuple[int, str, str]] = []
    for number, line in enumerate(annotations.split("\n"), 1):
        if found := re.match(r"A\d+\t(\w+) (E\d+) (\S+)$", line):
            if found[1] in columns:
                attributes.setdefault(found[2], {})[columns[found[1]]] = found[3].replace("_", " ")
        elif found := re.match(r"#\d+\tAnnotatorNotes (E\d+)\t(\{.*\})$", line):
            notes.append((number, found[1], found[2]))
    rows = []
    for number, event, note in notes:
        try:
            data = json.loads(note)
        except ValueError as error:
            raise ExchangeError(
                "E-EXCHANGE-2", "the note is no JSON", where=f"line {number}", do=str(error)
            ) from error
        row = typed_row(Claim, {**data, **attributes.get(event, {})}, f"line {number}")
        if text[row["char_start"] : row["char_end"]] != row["quote"]:
            raise ExchangeError(
                "E-EXCHANGE-4", "the quote does not stand in the text at its place", where=f"line {number}",
                do="take the .txt that was exported together with this .ann",
            )  # fmt: skip
        rows.append(row)
    return rows
