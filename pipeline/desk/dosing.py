"""What follows for a dose when an editor corrects parts of it: the amount per day, the longest rhythm, its words."""

from __future__ import annotations

import dataclasses
import re
from collections.abc import Mapping
from typing import Any

from pipeline.changes import say_dose
from pipeline.model import Dose

_FIELDS = tuple(f.name for f in dataclasses.fields(Dose))
_NUMBER = re.compile(r"\d+(?:\.\d+)?")


def following(row: Mapping[str, Any], given: Mapping[str, Any]) -> dict[str, Any]:
    """The values of the dose columns that follow from the `given` ones, which correct the claim `row`; {} where none of
    them is of the dose.

    A corrected rhythm is no range; the amount per day is reckoned anew; words that no longer hold the amount are made anew.
    """
    if not given.keys() & {*_FIELDS} - {"route", "dose_role"}:
        return {}
    from pipeline.claims.doses import (
        to_daily,
    )  # brings the whole of extraction, which opening the desk need not wait for

    found: dict[str, Any] = {
        f"{name}_max": None
        for name in ("frequency", "period")
        if name in given and row.get(f"{name}_max") is not None
    }
    values: dict[str, Any] = {name: row.get(name) for name in _FIELDS} | dict(given) | found
    values["dose_components"] = tuple(values["dose_components"] or ())
    values["dose_text"] = values["dose_text"] or ""
    daily = to_daily(Dose(**values))
    found |= {
        "daily_low": daily.low if daily else None,
        "daily_high": daily.high if daily else None,
        "daily_unit": daily.unit if daily else None,
    }
    amounts = {float(values[name]) for name in ("dose_low", "dose_high") if given.get(name) is not None}
    said = {float(n) for n in _NUMBER.findall(values["dose_text"].replace(",", ""))}
    if "dose_text" not in given and not amounts <= said:
        found["dose_text"] = say_dose({**values, "dose_role": "regimen"})
    return {name: value for name, value in found.items() if value != row.get(name)}
