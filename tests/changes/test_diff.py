"""diff_claims: one table of what two states give, compared whole."""

import pytest

from pipeline.changes import carry_ids, diff_claims

MG = {"dose_text": "75 mg", "dose_low": 75, "dose_high": 75, "dose_unit": "mg", "dose_basis": "flat"}
DAILY = {"frequency": 1, "period": 1, "period_unit": "d"}
GRAM = {"dose_text": "1 g", "dose_low": 1, "dose_high": 1, "dose_unit": "g", "dose_basis": "flat"}
GRAM_AS_MG = {
    "dose_text": "1000 mg",
    "dose_low": 1000,
    "dose_high": 1000,
    "dose_unit": "mg",
    "dose_basis": "flat",
}
Q = "Offer clopidogrel after a minor stroke 3."


def flat(changes):
    return [(c.kind, c.importance, c.meaning, [(f.field, f.old, f.new) for f in c.fields]) for c in changes]


CASES = {
    "nothing": ({}, {}, []),
    "direction": (
        {"direction": "for"},
        {"direction": "against"},
        [("changed", "direction", True, [("direction", "for", "against")])],
    ),
    "strength with certainty": (
        {"strength": "strong", "certainty": "high"},
        {"strength": "conditional", "certainty": "low"},
        [
            (
                "changed",
                "strength",
                True,
                [("strength", "strong", "conditional"), ("certainty", "high", "low")],
            )
        ],
    ),
    "direction outranks strength and dose": (
        {"direction": "for", "strength": "strong", **MG},
        {"direction": "against", "strength": "unstated"},
        [
            (
                "changed",
                "direction",
                True,
                [
                    ("direction", "for", "against"),
                    ("strength", "strong", "unstated"),
                    ("dose", "75 mg", ""),
                ],
            )
        ],
    ),
    "dose": (
        {**MG, **DAILY},
        {**MG, "dose_low": 150, "dose_high": 300, "dose_text": "150-300 mg", **DAILY},
        [("changed", "dose", True, [("dose", "75 mg", "150–300 mg")])],
    ),
    "a dose that came is told whole": (
        {"line": "first"},
        {"line": "first", **MG, **DAILY, "route": "oral", "dose_role": "maintenance"},
        [("changed", "dose", True, [("dose", "", "maintenance: 75 mg oral once daily")])],
    ),
    "frequency": (
        {**MG, **DAILY},
        {**MG, "frequency": 2, "period": 1, "period_unit": "d"},
        [("changed", "dose", True, [("frequency", "once daily", "twice daily")])],
    ),
    "every 12 hours is twice daily": (
        {**MG, "frequency": 1, "period": 12, "period_unit": "h"},
        {**MG, "frequency": 2, "period": 1, "period_unit": "d"},
        [],
    ),
    "a gram is a thousand milligrams": (GRAM, GRAM_AS_MG, []),
    "micrograms by any name": (
        {**MG, "dose_unit": "ug", "dose_text": "75 µg"},
        {**MG, "dose_unit": "mcg", "dose_text": "75 mcg"},
        [],
    ),
    "milligrams are not micrograms": (
        {**MG},
        {**MG, "dose_unit": "ug"},
        [("changed", "dose", True, [("dose", "75 mg", "75 µg")])],
    ),
    "per kg is another dose": (
        {**MG},
        {**MG, "dose_basis": "kg"},
        [("changed", "dose", True, [("dose", "75 mg", "75 mg/kg")])],
    ),
    "two weeks are fourteen days": (
        {**MG, "duration_low": 2, "duration_high": 2, "duration_unit": "wk"},
        {**MG, "duration_low": 14, "duration_high": 14, "duration_unit": "d"},
        [],
    ),
    "duration": (
        {**MG, "duration_low": None, "duration_high": 3, "duration_unit": "mo"},
        {**MG, "duration_low": 6, "duration_high": 6, "duration_unit": "mo"},
        [("changed", "dose", True, [("duration", "up to 3 months", "for 6 months")])],
    ),
    "route": (
        {**MG, "route": "oral"},
        {**MG, "route": "iv"},
        [("changed", "dose", True, [("route", "oral", "iv")])],
    ),
    "a dose in words only": (
        {"dose_text": "low-dose"},
        {"dose_text": "high-dose"},
        [("changed", "dose", True, [("dose_text", "low-dose", "high-dose")])],
    ),
    "lists are sets": (
        {"setting": ("severe", "refractory"), "condition": ("if eGFR <30", "unless bleeding")},
        {"setting": ("refractory", "severe"), "condition": ("unless  bleeding", "if eGFR <30")},
        [],
    ),
    "line and population": (
        {"line": "first", "population": ("adults",)},
        {"line": "subsequent", "population": ("adults", "children")},
        [
            (
                "changed",
                "situation",
                True,
                [("line", "first", "subsequent"), ("population", "adults", "adults, children")],
            )
        ],
    ),
    "a class of recommendation": (
        {"strength": "conditional", "grade_text": "Class IIa, Level B", "grade_system": "ESC"},
        {"strength": "conditional", "grade_text": "Class IIb, Level B", "grade_system": "ESC"},
        [("changed", "strength", True, [("grade_text", "Class IIa, Level B", "Class IIb, Level B")])],
    ),
    "another word for the grade": (
        {"strength": "conditional", "grade_text": "weak recommendation", "grade_system": "GRADE"},
        {"strength": "conditional", "grade_text": "conditional recommendation", "grade_system": "GRADE"},
        [
            (
                "changed",
                "wording",
                False,
                [("grade_text", "weak recommendation", "conditional recommendation")],
            )
        ],
    ),
    "a name with the same code": (
        {"drug": "acetylsalicylic acid", "drug_code": "ATC:B01AC06"},
        {"drug": "aspirin", "drug_code": "ATC:B01AC06"},
        [],
    ),
    "wording": (
        {"quote": "Give aspirin to all."},
        {"quote": "Give aspirin to everyone."},
        [("changed", "wording", False, [("quote", "Give aspirin to all.", "Give aspirin to everyone.")])],
    ),
    "dashes": (
        {"quote": "Give aspirin – daily."},
        {"quote": "Give aspirin - daily."},
        [("changed", "wording", False, [("quote", "Give aspirin – daily.", "Give aspirin - daily.")])],
    ),
    "citations": (
        {"quote": "Give aspirin 1, 2.", "cites": (1, 2)},
        {"quote": "Give aspirin 4-6.", "cites": (4, 5, 6)},
        [("changed", "citations", False, [("cites", "1, 2", "4, 5, 6")])],
    ),
    "another heading": (
        {"section": ("Treatment",)},
        {"section": ("Management",)},
        [("changed", "moved", False, [("section", "Treatment", "Management")])],
    ),
    "further down": ({"char_start": 10}, {"char_start": 900}, []),
    "nothing of how it was read": (
        {"rules_version": "r1", "disease_origin": "title", "url": "https://a.example"},
        {"rules_version": "r2", "disease_origin": "heading", "url": "https://b.example"},
        [],
    ),
}


@pytest.mark.parametrize(("before", "after", "expected"), CASES.values(), ids=CASES.keys())
def test_what_one_claim_became(before, after, expected, row):
    old = [row(**before)]
    new = carry_ids(old, [row(**{"claim_id": "a:other", "article_version": "v2", **after})])
    assert flat(diff_claims(old, new)) == expected


def test_came_and_went(row):
    old = [
        row(),
        row(quote="Dipyridamole may be added.", drug="dipyridamole", claim_id="a:2", line="subsequent"),
    ]
    new = [row(), row(quote=Q, drug="clopidogrel", claim_id="a:3", strength="strong", **MG, **DAILY)]
    assert flat(diff_claims(old, carry_ids(old, new))) == [
        (
            "added",
            "added",
            True,
            [("direction", "", "for"), ("strength", "", "strong"), ("dose", "", "75 mg once daily")],
        ),
        ("removed", "removed", True, [("direction", "for", ""), ("line", "subsequent", "")]),
    ]


def test_a_further_dose_of_a_statement_that_stays_came_or_went(row):
    loading = {**MG, "dose_low": 300, "dose_high": 300, "dose_text": "300 mg", "dose_role": "loading"}
    both = "Give clopidogrel 300 mg, then 75 mg daily."
    one = "Give clopidogrel 75 mg daily."
    two_rows = [
        row(quote=both, **loading),
        row(quote=both, claim_id="a:2", **MG, **DAILY, dose_role="maintenance"),
    ]
    one_row = [row(quote=one, claim_id="a:3", **MG, **DAILY, dose_role="maintenance")]
    went = diff_claims(two_rows, carry_ids(two_rows, one_row))
    came = diff_claims(one_row, carry_ids(one_row, two_rows))
    wording = [("quote", both, one)]
    assert flat(went) == [
        ("removed", "dose", True, [("dose", "loading: 300 mg", "")]),
        ("changed", "wording", False, wording),
    ]
    assert flat(came) == [
        ("added", "dose", True, [("dose", "", "loading: 300 mg")]),
        ("changed", "wording", False, [("quote", one, both)]),
    ]


def test_a_lead_in_that_turned_is_a_change_of_direction_of_every_drug_under_it(row):
    drugs = ["colchicine", "ibuprofen", "aspirin"]
    old = [
        row(
            quote=d.title(), drug=d, claim_id=f"a:{d}", char_start=100 * i, direction="for", strength="strong"
        )
        for i, d in enumerate(drugs)
    ]
    new = [
        {**r, "direction": "against", "article_version": "v2", "char_start": r["char_start"] + 4} for r in old
    ]
    changes = diff_claims(old, carry_ids(old, new))
    assert [(c.drug, c.importance, c.fields[0].old, c.fields[0].new) for c in changes] == [
        (d, "direction", "for", "against") for d in sorted(drugs)
    ]


def test_only_the_statement_that_went_elsewhere_is_moved(row):
    names = ["one", "two", "three", "four"]
    old = [
        row(quote=f"Aspirin {n}.", claim_id=n, char_start=100 * i, line="first") for i, n in enumerate(names)
    ]
    places = {"two": 0, "three": 50, "one": 110, "four": 160}
    new = [{**r, "char_start": places[r["claim_id"]]} for r in old]
    assert [(c.claim_id, c.importance, c.meaning) for c in diff_claims(old, new)] == [("one", "moved", False)]


def test_ids_and_versions_name_a_change(row):
    old = [row(direction="for", article_version="v1")]
    new = [row(direction="against", article_version="v2")]
    (first,) = diff_claims(old, new)
    (again,) = diff_claims(old, [{**new[0], "char_start": 7}])
    (later,) = diff_claims(old, [{**new[0], "article_version": "v3"}])
    assert first.change_id == again.change_id != later.change_id
    assert (first.old_version, first.new_version) == ("v1", "v2")


def test_rows_from_a_table_compare_like_rows_of_claims(row):
    import pandas as pd

    rows = [
        row(**MG, **DAILY, setting=("severe",)),
        row(claim_id="a:2", quote="Avoid aspirin.", direction="against"),
    ]
    table = pd.DataFrame(rows).to_dict("records")
    assert diff_claims(rows, table) == ()
