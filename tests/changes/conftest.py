"""Rows to compare: a claim with everything usual, and what a case sets otherwise."""

import datetime as dt
from collections.abc import Callable
from typing import Any

import pytest

from pipeline.model import Claim, Dose, row_of

DOSE_FIELDS = set(Dose.__dataclass_fields__)


def make_row(quote: str = "Aspirin 75 mg daily is recommended.", **given: Any) -> dict[str, Any]:
    """The row of one claim; dose columns make a dose."""
    dose = {name: given.pop(name) for name in list(given) if name in DOSE_FIELDS}
    start = given.pop("char_start", 0)
    values: dict[str, Any] = {
        "claim_id": "a:1",
        "drug": "aspirin",
        "drug_kind": "ingredient",
        "drug_text": "aspirin",
        "disease": "stroke",
        "disease_text": "stroke",
        "disease_origin": "title",
        "direction": "for",
        "strength": "unstated",
        "certainty": "unstated",
        "line": "unstated",
        "preference": "unstated",
        "kind": "recommendation",
        "article_id": "a",
        "article_version": "v1",
        "article_title": "Secondary prevention of stroke",
        "article_date": dt.date(2025, 3, 1),
        "source": "Example Press",
        "section": ("Antiplatelets",),
        "rules_version": "r1",
        **given,
    }
    claim = Claim(
        **values,
        quote=quote,
        char_start=start,
        char_end=start + len(quote),
        dose=Dose(**{"dose_text": "", **dose}) if dose else None,
    )
    return row_of(claim)


@pytest.fixture(scope="session")
def row() -> Callable[..., dict[str, Any]]:
    return make_row
