"""What follows from the name of a drug or disease that somebody corrected: its canonical form, code and kind."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterable, Mapping
from typing import Any, NamedTuple

from pipeline.vocabulary import Lexicon


class Named(NamedTuple):
    """A canonical name with its code (None where none is known) and kind (None where nobody knows the name)."""

    name: str
    code: str | None = None
    kind: str | None = None


NamedOf = Callable[[str, str], Named]


def named_by(lexicon: Lexicon) -> NamedOf:
    """Gives what a name means that an editor wrote into a column, `drug` or `disease`; a name nobody knows is kept as written."""

    def named(column: str, name: str) -> Named:
        concept = lexicon.drug(name) if column == "drug" else lexicon.disease(name)
        if concept is not None:
            return Named(concept.name, concept.code or None, concept.kind)
        return Named(name.strip().lower() if column == "drug" else name.strip())

    return named


def with_codes(given: Mapping[str, Any], named: NamedOf) -> dict[str, Any]:
    """`given` values of corrected columns, names in their canonical form, with what follows from a new name: its own code or
    none, never that of the name before, and the kind of the drug where it is known. A code or kind that is given stands."""
    found: dict[str, Any] = {}
    for column in ("drug", "disease"):
        if column in given:
            told = named(column, given[column])
            found |= {column: told.name, f"{column}_code": told.code}
            if column == "drug" and told.kind is not None:
                found["drug_kind"] = told.kind
    return found | {name: value for name, value in given.items() if name not in ("drug", "disease")}


def coded(corrections: Iterable[Mapping[str, str]], named: NamedOf) -> list[dict[str, str]]:
    """The same for corrections as they are recorded: `field` and `value` as JSON text."""
    values = {c["field"]: json.loads(c["value"]) for c in corrections}
    return [
        {"field": name, "value": json.dumps(value, ensure_ascii=False)}
        for name, value in with_codes(values, named).items()
    ]
