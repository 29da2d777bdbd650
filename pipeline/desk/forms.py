"""Reads the form of a correction: which fields of the tuple an editor set, from the controlled values."""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from pipeline.desk.dosing import following
from pipeline.desk.errors import DeskError
from pipeline.exchange.naming import NamedOf, with_codes
from pipeline.exchange.values import to_plain
from pipeline.model import Claim, Column, columns_of

GROUPS: tuple[tuple[str, tuple[str, ...]], ...] = (
    ("What", ("drug", "disease", "direction", "kind")),
    ("How strongly", ("strength", "certainty", "line", "preference", "guideline")),
    ("For whom and when", ("setting", "population", "condition", "with_drugs")),
    (
        "How much",
        (
            "dose_text", "dose_low", "dose_high", "dose_unit", "dose_basis", "dose_per", "frequency", "period",
            "period_unit", "route", "duration_low", "duration_high", "duration_unit", "dose_role",
        ),
    ),
)  # fmt: skip
_COLUMNS = {c.name: c for c in columns_of(Claim)}


@dataclass(frozen=True, slots=True, kw_only=True)
class Field:
    """One field of the form: `options` closes the values ("" stands for none), `value` is as it now stands."""

    name: str
    label: str
    help: str
    value: str
    options: tuple[str, ...] = ()
    is_list: bool = False


def _shown(column: Column, value: Any) -> str:
    if value is None:
        return ""
    if column.type.startswith("list"):
        return "\n".join(str(v) for v in value)
    if column.type == "float64":
        return f"{value:g}"
    return str(value)


def fields_of(row: Mapping[str, Any]) -> list[tuple[str, list[Field]]]:
    """The form for a claim, in groups."""
    return [
        (
            title,
            [
                Field(
                    name=name,
                    label=name.replace("_", " "),
                    help=_COLUMNS[name].description.removeprefix("sorted: "),
                    value=_shown(_COLUMNS[name], row.get(name)),
                    options=_options(_COLUMNS[name]),
                    is_list=_COLUMNS[name].type.startswith("list"),
                )
                for name in names
            ],
        )
        for title, names in GROUPS
    ]


def _options(column: Column) -> tuple[str, ...]:
    if column.values is None or column.type.startswith("list"):
        return ()
    return ("", *column.values) if column.nullable else column.values


def _read(column: Column, text: str) -> Any:
    text = text.replace("\r\n", "\n").strip()
    if column.type.startswith("list"):
        values = list(dict.fromkeys(line.strip() for line in text.split("\n") if line.strip()))
        return values if column.name == "condition" else sorted(values)
    if not text:
        if not column.nullable:
            raise ValueError("it must not be empty")
        return None
    if column.type in ("float64", "int32"):
        number = float(text.replace(",", ""))
        if not 0 <= number < 1e12:
            raise ValueError("a number from 0 on is needed")
        if column.type == "int32" and number != int(number):
            raise ValueError("a whole number is needed")
        return int(number) if column.type == "int32" else number
    if column.values is not None and text not in column.values:
        raise ValueError("it is none of " + ", ".join(column.values))
    return text


def read_corrections(form: Mapping[str, str], row: Mapping[str, Any], named: NamedOf) -> dict[str, str]:
    """The fields that differ from `row`, and what follows from them for codes and dose, as JSON texts.

    `named(column, name)` tells what the name of a drug or disease means. Raises DeskError (E-DESK-6) naming the field, and
    (E-DESK-7) where nothing was changed.
    """
    found: dict[str, Any] = {}
    for _, names in GROUPS:
        for name in names:
            if name not in form:
                continue
            column = _COLUMNS[name]
            if form[name].replace("\r\n", "\n").strip() == _shown(column, row.get(name)).strip():
                continue
            try:
                value = _read(column, form[name])
            except ValueError as error:
                raise DeskError(
                    "E-DESK-6", f"{name.replace('_', ' ')}: {form[name]!r} cannot be used, {error}",
                    do="correct the field and save again",
                ) from error  # fmt: skip
            if name in ("drug", "disease"):
                value = named(name, value).name
            if name == "with_drugs":
                value = sorted(named("drug", v).name for v in value)
            if to_plain(value) != to_plain(row.get(name)):
                found[name] = value
    if not found:
        raise DeskError("E-DESK-7", "no field differs from what stands there", do="change a field, or accept")
    found = with_codes(found, named) | following(row, found)
    return {name: json.dumps(to_plain(value), ensure_ascii=False) for name, value in found.items()}
