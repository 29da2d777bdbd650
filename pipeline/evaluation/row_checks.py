"""What may stand in an expected row, and whether its words are in the text."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from html import unescape
from typing import Any

from pipeline.model import Claim, Dose, columns_of

Problem = tuple[str, str]

DEFAULTS: Mapping[str, Any] = {
    "direction": "for",
    "strength": "unstated",
    "certainty": "unstated",
    "line": "unstated",
    "preference": "unstated",
    "kind": "recommendation",
    "setting": [],
    "population": [],
    "condition": [],
    "with_drugs": [],
    "guideline": None,
    "grade_system": None,
}
_OTHERS = ("drug", "disease", "grade_text", "quote", "cites", "dose", "optional")
_LISTS = ("setting", "population", "condition", "with_drugs")
_SORTED = ("setting", "population", "with_drugs")
_CLAIM = {column.name: column for column in columns_of(Claim)}
_DOSE = {column.name: column for column in columns_of(Dose)}
_SAYS = ("dose_low", "dose_high", "frequency", "route", "duration_low", "duration_high")
_NUMBERS = re.compile(r"\d+(?:\.\d+)?")


def squeeze(text: str) -> str:
    """The text with white space collapsed, as the words of a case are looked for in it.

    >>> squeeze("CrCl <30 mL/min\\n or  >60")
    'CrCl <30 mL/min or >60'
    """
    return " ".join(text.split())


def words_of_page(page: str) -> str:
    """The words of an HTML page without its tags; scripts and styles count as words.

    >>> words_of_page("<p>Stop if CrCl &lt;30 <b>mL/min</b></p>")
    'Stop if CrCl <30 mL/min'
    """
    return squeeze(unescape(re.sub(r"<[^>]*>", " ", page)))


def _stands(said: str, words: str) -> bool:
    """Whether the words of a row stand in the article; those taken from a page may have its tags."""
    return squeeze(said) in words or words_of_page(said) in words


def check_expected(rows: list[Any], text: str, *, html: bool = False) -> Iterator[Problem]:
    """All that is wrong with the expected rows of one case, as (code, what); its text is plain, or `html`."""
    words = words_of_page(text) if html else squeeze(text)
    for place, row in enumerate(rows):
        if not isinstance(row, dict):
            yield "E-CASE-2", f"row {place} is no object"
            return
        if row in rows[:place]:
            yield "E-CASE-3", f"row {place} stands twice"
        for code, what in _row(row, words):
            yield code, f"row {place} ({row.get('drug')}): {what}"


def _row(row: dict[str, Any], words: str) -> Iterator[Problem]:
    for name, value in row.items():
        if name not in DEFAULTS and name not in _OTHERS:
            yield "E-CASE-2", f"unknown column {name!r}"
        allowed = _CLAIM[name].values if name in _CLAIM else None
        if allowed is not None and value not in allowed:
            yield "E-CASE-2", f"{name} {value!r} is none of {', '.join(allowed)}"
        if name in DEFAULTS and value == DEFAULTS[name]:
            yield "E-CASE-2", f"{name} is the default: leave it out"
    for name in ("drug", "disease"):
        value = row.get(name)
        if not isinstance(value, str) or not value.strip():
            yield "E-CASE-4", f"{name} is empty"
            return
    if row["drug"] != row["drug"].lower():
        yield "E-CASE-2", "the drug is not in lower case"
    if row["disease"] != row["disease"].lower() and "ILD" not in row["disease"] and row["disease"] != "IPF":
        yield "E-CASE-2", "the disease is not in lower case"
    if row.get("optional", True) is not True:
        yield "E-CASE-2", "optional is true or left out"
    yield from _lists(row)
    for name in ("quote", "grade_text"):
        if name in row and not _stands(str(row[name]), words):
            yield "E-CASE-5", f"{name} {row[name]!r} is not in the text"
    for condition in row.get("condition", []):
        if not _stands(condition.lower(), words.lower()):
            yield "E-CASE-5", f"condition {condition!r} is not in the text"
    if row.get("dose") is not None:
        yield from _dose(row["dose"], words)


def _lists(row: dict[str, Any]) -> Iterator[Problem]:
    for name in _LISTS:
        value = row.get(name, [])
        if not isinstance(value, list) or not all(isinstance(item, str) and item.strip() for item in value):
            yield "E-CASE-2", f"{name} is no list of words"
            return
        if name in _SORTED and value != sorted(set(value)):
            yield "E-CASE-2", f"{name} is not sorted, or a word stands twice"
    others = row.get("with_drugs", [])
    if row["drug"] in others:
        yield "E-CASE-2", "the drug stands in its own with_drugs"
    if others and row.get("direction", "for") == "for" and "combination" not in row.get("setting", []):
        yield "E-CASE-2", "with_drugs without the setting combination"


def _dose(dose: Any, words: str) -> Iterator[Problem]:
    if not isinstance(dose, dict) or not dose:
        yield "E-CASE-4", "the dose is empty"
        return
    for name, value in dose.items():
        if name not in _DOSE:
            yield "E-CASE-2", f"unknown column {name!r} of the dose"
        elif (allowed := _DOSE[name].values) is not None and value not in allowed:
            yield "E-CASE-2", f"{name} {value!r} is none of {', '.join(allowed)}"
    said = dose.get("dose_text")
    if not isinstance(said, str) or not said.strip():
        yield "E-CASE-4", "dose_text is empty"
        return
    if not _stands(said, words):
        yield "E-CASE-5", f"dose_text {said!r} is not in the text"
    if all(dose.get(name) is None for name in _SAYS):
        yield "E-CASE-4", "the dose says nothing"
    written = {float(number) for number in _NUMBERS.findall(said.replace(",", ""))}
    if "million" in said:
        written |= {number * 1e6 for number in written}  # UCUM has no millions of units
    for name in ("dose_low", "dose_high"):
        if dose.get(name) is not None and float(dose[name]) not in written:
            yield "E-CASE-5", f"{name} {dose[name]} is not a number of {said!r}"
    amount = dose.get("dose_low") is not None or dose.get("dose_high") is not None
    if amount != ("dose_basis" in dose):
        yield "E-CASE-2", "dose_basis stands beside an amount, and only there"
