"""The hand-overs as table columns: types, empty values, checks."""

from __future__ import annotations

import dataclasses
import datetime as dt
import pickle
from typing import Any

import pytest

from pipeline.model import Change, Claim, Decision, Discrepancy, Dose, Evidence, EvidenceError, Mark
from pipeline.model.columns import check_row, columns_of, row_of

TABLES = (Claim, Evidence, Discrepancy, Change, Decision)


def claim(**changed: Any) -> Claim:
    base: dict[str, Any] = {
        "claim_id": "c-1", "drug": "apixaban", "drug_kind": "ingredient", "drug_text": "Apixaban",
        "disease": "atrial fibrillation", "disease_text": "AF", "disease_origin": "title", "direction": "for",
        "strength": "strong", "certainty": "unstated", "line": "first", "preference": "unstated",
        "kind": "recommendation", "article_id": "af", "article_version": "0" * 64, "article_title": "AF",
        "source": "Clinic", "quote": "Apixaban.", "char_start": 4, "char_end": 13, "rules_version": "r1",
    }  # fmt: skip
    return Claim(**{**base, **changed})


@pytest.mark.parametrize("table", TABLES)
def test_every_column_is_described_once(table):
    columns = columns_of(table)
    assert [c.name for c in columns if not c.description] == []
    assert len({c.name for c in columns}) == len(columns)


def test_the_contract_s_columns_are_there():
    names = [c.name for c in columns_of(Claim)]
    assert names[:6] == ["claim_id", "drug", "drug_kind", "drug_text", "drug_code", "disease"]
    assert {"dose_low", "daily_unit", "cites", "strength_origin", "condition", "population"} <= set(names)


@pytest.mark.parametrize(
    ("table", "name", "type_", "nullable"),
    [
        (Claim, "drug", "string", False),
        (Claim, "drug_code", "string", True),
        (Claim, "setting", "list<string>", False),
        (Claim, "cites", "list<int32>", False),
        (Claim, "dose_low", "float64", True),
        (Claim, "dose_text", "string", True),
        (Claim, "dose_components", "list<float64>", False),
        (Claim, "article_date", "date", True),
        (Claim, "provenance", "list<struct>", False),
        (Decision, "decided_at", "timestamp", False),
        (Change, "meaning", "bool", False),
    ],
)
def test_types(table, name, type_, nullable):
    [column] = [c for c in columns_of(table) if c.name == name]
    assert (column.type, column.nullable) == (type_, nullable)


def test_a_claim_without_a_dose_has_empty_dose_columns():
    row = row_of(claim())
    assert (row["dose_text"], row["dose_low"], row["dose_role"], row["dose_components"]) == (
        None,
        None,
        None,
        [],
    )
    assert check_row(Claim, row) == []


def test_a_claim_with_a_dose_is_flat():
    dose = Dose(dose_text="5 mg twice daily", dose_low=5, dose_high=5, dose_unit="mg", dose_basis="flat")
    row = row_of(claim(dose=dose, provenance=(Mark(field="drug", start=4, end=12, rule="name"),)))
    assert (row["dose_text"], row["dose_low"], row["dose_role"]) == ("5 mg twice daily", 5, "regimen")
    assert row["provenance"] == [{"field": "drug", "start": 4, "end": 12, "rule": "name"}]
    assert list(row) == [c.name for c in columns_of(Claim)]
    assert check_row(Claim, row) == []


@pytest.mark.parametrize(
    ("changed", "problem"),
    [
        ({"direction": "maybe"}, "direction: 'maybe' is none of for, against, unstated"),
        ({"drug": None}, "drug: empty, but every row must have it"),
        ({"dose_role": "big"}, "dose_role: 'big' is none of"),
    ],
)
def test_a_wrong_row_is_told(changed, problem):
    [told] = check_row(Claim, {**row_of(claim()), **changed})
    assert told.startswith(problem)


def test_a_missing_column_is_told():
    row = row_of(claim())
    del row["line"]
    assert check_row(Claim, row) == ["line: missing"]


def test_a_quote_that_does_not_fit_its_offsets_is_refused():
    with pytest.raises(EvidenceError, match="E-CLAIM-1"):
        claim(char_end=14)


def test_a_type_that_no_column_has_is_refused():
    @dataclasses.dataclass
    class Odd:
        thing: complex

    with pytest.raises(TypeError, match=r"Odd\.thing"):
        columns_of(Odd)


def test_errors_tell_what_where_and_what_to_do_and_survive_pickling():
    error = EvidenceError("E-X-1", "it broke", where="here", do="mend it")
    assert str(error) == "E-X-1  it broke\n  where: here\n  do:    mend it"
    assert str(pickle.loads(pickle.dumps(error))) == str(error)


def test_a_date_stays_a_date():
    assert row_of(claim(article_date=dt.date(2026, 1, 8)))["article_date"] == dt.date(2026, 1, 8)
