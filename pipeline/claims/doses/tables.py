"""The words of doses, read from the package's data files into one phrase table.

Every file is tab separated with a head line. A form is matched without regard to case and white
space, unless its `case` is `exact`. One form may have several meanings ("d": day; "IT": route).
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from functools import cache
from importlib import resources
from typing import Any, NamedTuple

from pipeline.claims.doses.errors import DoseDataError
from pipeline.claims.doses.scan import scan
from pipeline.model.claim import PERIOD_UNITS

FILES = (
    "units",
    "bases",
    "numbers",
    "counts",
    "times",
    "routes",
    "frequencies",
    "adverbs",
    "cues",
    "contexts",
)
DIMENSIONS = ("mass", "unit", "moles", "volume", "percent", "activity", "count", "never")


class Unit(NamedTuple):
    """A unit of an amount: UCUM code, its dimension, and the factor to the UCUM code ("million units": 1e6)."""

    ucum: str
    dimension: str
    factor: float


class Timing(NamedTuple):
    """FHIR Timing: `frequency` to `frequency_max` intakes in each `period` to `period_max` of `unit`."""

    frequency: int | None
    frequency_max: int | None
    period: float | None
    period_max: float | None
    unit: str | None


@dataclass(slots=True)
class Node:
    """A node of the phrase table: the next words, and what a phrase that ends here means."""

    next: dict[str, Node] = field(default_factory=dict)
    tags: dict[str, Any] | None = None
    exact: list[tuple[str, dict[str, Any]]] | None = None


def _number(text: str, where: str) -> float:
    try:
        return float(text)
    except ValueError:
        raise DoseDataError(
            "E-DOSE-2", f"{text!r} is no number", where=where, do="correct that field and run the tests"
        ) from None


def _optional(text: str, where: str) -> float | None:
    return _number(text, where) if text else None


def _count(text: str, where: str) -> int | None:
    return int(_number(text, where)) if text else None


def _choice(text: str, allowed: tuple[str, ...], where: str) -> str:
    if text not in allowed:
        raise DoseDataError(
            "E-DOSE-2",
            f"{text!r} is none of {', '.join(allowed)}",
            where=where,
            do="correct that field and run the tests",
        )
    return text


def rows(name: str, text: str, columns: tuple[str, ...]) -> Iterator[tuple[str, dict[str, str]]]:
    """The lines of one data file as (place, column to text). Raises DoseDataError with file and line."""
    lines = text.splitlines()
    head = tuple(lines[0].split("\t")) if lines else ()
    if head != columns:
        raise DoseDataError(
            "E-DOSE-1",
            f"the columns are {', '.join(head) or 'missing'}",
            where=f"{name}.tsv line 1",
            do=f"begin the file with {', '.join(columns)}, separated by tabs",
        )
    for number, line in enumerate(lines[1:], 2):
        where = f"{name}.tsv line {number}"
        cells = line.split("\t")
        if len(cells) != len(columns) or not cells[0].strip():
            raise DoseDataError(
                "E-DOSE-1",
                f"{len(cells)} fields, but the file has {len(columns)} columns",
                where=where,
                do="separate the fields by single tabs; leave none out",
            )
        yield where, dict(zip(columns, cells, strict=True))


Reader = Callable[[dict[str, str], str], tuple[str, Any]]


def _unit(row: dict[str, str], where: str) -> tuple[str, Any]:
    kind = _choice(row["kind"], DIMENSIONS, f"{where}, kind")
    return "unit", Unit(row["ucum"], kind, _number(row["factor"], f"{where}, factor"))


def _timing(row: dict[str, str], where: str) -> tuple[str, Any]:
    if row["period_unit"]:
        _choice(row["period_unit"], PERIOD_UNITS, f"{where}, period_unit")
    return "freq", Timing(
        _count(row["frequency"], f"{where}, frequency"),
        _count(row["frequency_max"], f"{where}, frequency_max"),
        _optional(row["period"], f"{where}, period"),
        _optional(row["period_max"], f"{where}, period_max"),
        row["period_unit"] or None,
    )


READERS: dict[str, tuple[tuple[str, ...], Reader]] = {
    "units": (("form", "ucum", "kind", "factor", "case"), _unit),
    "numbers": (("form", "value"), lambda r, w: ("num", _number(r["value"], f"{w}, value"))),
    "times": (
        ("form", "ucum", "case"),
        lambda r, w: ("time", _choice(r["ucum"], PERIOD_UNITS, f"{w}, ucum")),
    ),
    "routes": (("form", "route", "case"), lambda r, w: ("route", r["route"])),
    "frequencies": (
        ("form", "frequency", "frequency_max", "period", "period_max", "period_unit", "case"),
        _timing,
    ),
    "adverbs": (
        ("form", "period", "period_unit"),
        lambda r, w: (
            "adverb",
            (_number(r["period"], f"{w}, period"), _choice(r["period_unit"], PERIOD_UNITS, w)),
        ),
    ),
    "counts": (("form", "count"), lambda r, w: ("count", _count(r["count"], f"{w}, count"))),
    "bases": (
        ("form", "meaning"),
        lambda r, w: ("basis", _choice(r["meaning"], ("kg", "m2", "dose", "content"), f"{w}, meaning")),
    ),
    "contexts": (("form", "context"), lambda r, w: (r["context"], True)),
    "cues": (("form", "cue", "case"), lambda r, w: (r["cue"], True)),
}


def add_lines(root: Node, name: str, text: str) -> None:
    """Adds the lines of the data file `name` to the phrase table. Raises DoseDataError."""
    columns, read = READERS[name]
    for where, row in rows(name, text, columns):
        tag, value = read(row, where)
        exact = row.get("case", "any")
        if "case" in row:
            _choice(exact, ("any", "exact"), f"{where}, case")
        node = root
        for word, _, _ in scan(row["form"]):
            node = node.next.setdefault(word.lower(), Node())
        if exact == "exact":
            node.exact = node.exact or []
            for form, tags in node.exact:
                if form == row["form"]:
                    tags[tag] = value
                    break
            else:
                node.exact.append((row["form"], {tag: value}))
        else:
            node.tags = node.tags or {}
            node.tags[tag] = value


def data_text(name: str) -> str:
    """The text of the data file `name` of this package."""
    return (resources.files("pipeline.claims.doses") / "data" / f"{name}.tsv").read_text(encoding="utf-8")


@cache
def phrases() -> Node:
    """The phrase table of all data files, made once for the process."""
    root = Node()
    for name in FILES:
        add_lines(root, name, data_text(name))
    return root
