"""The strict reader of the case tables: `field | sentence with [[marks]] | one notation per mark`.

A notation is `2.5..5 mg/kg adm f=1-2/1d r=oral dur=..7d c=875,125 role=start`; parts that are null are left out.
"""

import re
from pathlib import Path
from typing import NamedTuple

CASES = Path(__file__).parent / "cases"
PARTS = re.compile(
    r"(?:-|[\d.]*\d(?:\.\.[\d.]*)?|\.\.[\d.]+) ?(?:auc|[%a-zA-Z\[\]{}]+(?:/(?:kg|m2))?)? ?(?:day|adm)?"
    r"(?: (?:f|r|dur|c|role)=[^ ]+)*"
)
FIELDS = 3


class CaseError(ValueError):
    """A case that says nothing, or not what its writer meant."""


class Case(NamedTuple):
    field: str
    sentence: str
    expected: tuple[tuple[str, str], ...]


def unmark(marked):
    """The plain sentence and the marked words of `marked`. Raises CaseError on a broken or empty mark."""
    parts = re.split(r"(\[\[|\]\])", marked)
    plain, inside, open_ = "", [], False
    for part in parts:
        if part == "[[":
            if open_:
                raise CaseError("a mark inside a mark")
            open_ = True
        elif part == "]]":
            if not open_ or not inside or not inside[-1].strip():
                raise CaseError("an empty mark, or a mark that was not opened")
            open_ = False
        else:
            if open_:
                inside.append(part)
            plain += part
    if open_:
        raise CaseError("a mark that was not closed")
    return plain, inside


def read_cases(path):
    """The cases of a table. Raises CaseError where a case could not fail."""
    cases, seen = [], set()
    for number, line in enumerate(path.read_text(encoding="utf-8").splitlines(), 1):
        head, _, rest = line.partition("|")
        cells = [head, *rest.rsplit("|", 1)]  # the sentence may be a row of a table, with bars of its own
        if len(cells) != FIELDS:
            raise CaseError(f"{path.name} line {number}: {len(cells)} fields")
        plain, marks = unmark(cells[1])
        notations = [n.strip() for n in cells[2].split(" ; ")] if cells[2].strip() else []
        if len(marks) != len(notations):
            raise CaseError(f"{path.name} line {number}: {len(marks)} marks, {len(notations)} notations")
        for n in notations:
            if not PARTS.fullmatch(n):
                raise CaseError(f"{path.name} line {number}: {n!r} is no notation")
        if plain in seen:
            raise CaseError(f"{path.name} line {number}: a repeated case")
        seen.add(plain)
        cases.append(
            Case(cells[0], plain, tuple((m, order(n)) for m, n in zip(marks, notations, strict=True)))
        )
    if not cases:
        raise CaseError(f"{path.name}: no cases")
    return cases


def order(notation):
    """A notation with its named parts in one order."""
    parts = notation.split()
    return " ".join([p for p in parts if "=" not in p] + sorted(p for p in parts if "=" in p))


def number(value):
    return "" if value is None else f"{value:g}" if value < 1e5 else str(int(value))


def ends(low, high):
    return number(low) if low == high else f"{number(low)}..{number(high)}"


def span(low, high):
    return number(low) if high is None or high == low else f"{number(low)}-{number(high)}"


def notation(dose):
    """A Dose as its notation (daily amounts left out: they follow)."""
    parts = []
    if dose.dose_basis is None:
        parts.append("-")
    else:
        parts.append(ends(dose.dose_low, dose.dose_high))
        unit = "auc" if dose.dose_basis == "auc" else dose.dose_unit
        parts.append(unit if dose.dose_basis in ("flat", "auc") else f"{unit}/{dose.dose_basis}")
        parts.append("day" if dose.dose_per == "day" else "adm")
    if dose.frequency is not None:
        f = f"f={span(dose.frequency, dose.frequency_max)}"
        parts.append(f + (f"/{span(dose.period, dose.period_max)}{dose.period_unit}" if dose.period else ""))
    if dose.route:
        parts.append(f"r={dose.route}")
    if dose.duration_unit:
        low, high = dose.duration_low, dose.duration_high
        parts.append(
            f"dur={span(low, high) if low is not None and high is not None else ends(low, high)}{dose.duration_unit}"
        )
    if dose.dose_components:
        parts.append("c=" + ",".join(number(c) for c in dose.dose_components))
    if dose.dose_role != "regimen":
        parts.append(f"role={dose.dose_role}")
    return order(" ".join(parts))
