"""Words for people: what the columns and values of the tables are called on a page."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable
from typing import Any

from pipeline.articles.publisher import UNKNOWN

IMPORTANCE = {
    "direction": "Direction reversed",
    "strength": "Strength changed",
    "dose": "Dose changed",
    "added": "New statement",
    "removed": "Statement gone",
    "situation": "Situation changed",
    "wording": "Wording only",
    "moved": "Moved only",
    "citations": "Citations renumbered",
}
COUNTED = {
    "direction": ("change of direction", "changes of direction"),
    "strength": ("change of strength", "changes of strength"),
    "dose": ("change of dose", "changes of dose"),
    "added": ("new statement", "new statements"),
    "removed": ("statement gone", "statements gone"),
    "situation": ("change of situation", "changes of situation"),
    "wording": ("change of wording", "changes of wording"),
    "moved": ("move", "moves"),
    "citations": ("change of citations", "changes of citations"),
}
FIELD = {
    "direction": "Direction",
    "strength": "Strength",
    "certainty": "Certainty",
    "kind": "Kind",
    "grade_text": "Grade",
    "dose": "Dose",
    "dose_text": "Dose",
    "frequency": "How often",
    "route": "Route",
    "duration": "Duration",
    "dose_role": "Part of the regimen",
    "drug": "Drug",
    "disease": "Disease",
    "line": "Line",
    "preference": "Preference",
    "setting": "Setting",
    "population": "Population",
    "condition": "Condition",
    "with_drugs": "Combined with",
    "guideline": "Guideline",
    "quote": "Wording",
    "section": "Heading",
    "position": "Place",
    "cites": "Citations",
}
WITHOUT_MEANING = ("quote", "section", "position", "cites")  # fields that change without a change of meaning
SEVERITY = {"conflict": "Conflict", "update": "Update", "difference": "Difference"}
STATUS = {"agreed": "agreed", "single": "one article", "updated": "updated", "conflicting": "open conflict"}
CAUSE = {
    "article": "the article changed",
    "rules": "our reading changed, the article did not",
    "gone": "the article is gone",
}


def say_value(value: str) -> str:
    """A value of a field; "not stated" for unstated and "none" for empty."""
    return {"unstated": "not stated", "": "none"}.get(value, value)


def say_date(value: Any) -> str:
    """A date as 8 Jan 2026; "undated" where there is none.

    >>> say_date("2026-01-08"), say_date(None)
    ('8 Jan 2026', 'undated')
    """
    if isinstance(value, str) and len(value) >= 10:
        try:
            value = dt.date.fromisoformat(value[:10])
        except ValueError:
            return str(value)
    if not isinstance(value, dt.date) or value != value:
        return "undated"
    day: dt.date = value
    return f"{day.day} {day:%b %Y}"


def say_source(name: str) -> str:
    """The publisher as it stands beside a title; nothing where the article does not name it.

    >>> say_source("Clinic Compendium"), say_source("unknown")
    ('Clinic Compendium', '')
    """
    return "" if name == UNKNOWN else name


def counted(n: int, one: str, many: str | None = None) -> str:
    """`1 article`, `2 articles`, `1,200 articles`.

    >>> counted(1, "article"), counted(2, "study", "studies")
    ('1 article', '2 studies')
    """
    return f"{n:,} {one if n == 1 else many or one + 's'}"


def listed(parts: Iterable[str]) -> str:
    """`a`, `a and b`, `a, b and c`.

    >>> listed(["a", "b", "c"])
    'a, b and c'
    """
    said = list(parts)
    return said[0] if len(said) == 1 else f"{', '.join(said[:-1])} and {said[-1]}" if said else ""
