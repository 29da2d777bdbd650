"""Editors' decisions: obeyed while the claim is what the editor saw, handed back when it is not."""

import pytest

from pipeline.evidence import decided_claims, fingerprint_of, reconcile

AGAINST = {"direction": "against"}


def fits(row, decision):
    return decision["saw"] == f"{row['drug']} {row['direction']} {row['strength']}"


def decide(verdict, subject="c1", saw="colchicine against unstated", **more):
    return {
        "decision_id": "x1",
        "subject": "discrepancy" if verdict == "settle" else "claim",
        "subject_id": subject,
        "verdict": verdict,
        "saw": saw,
        "saw_quote": "",
        "decided_at": "2026-02-01",
        **more,
    }


def correct(field, value):
    return decide("correct", corrections=[{"field": field, "value": value}])


CASES = [
    ("nothing decided", [], ("against", "updated"), []),
    ("reject", [decide("reject")], ("for", "single"), []),
    ("accept", [decide("accept")], ("against", "updated"), []),
    ("reject, then accept", [decide("reject"), decide("accept", decision_id="x2", decided_at="2026-02-02")], ("against", "updated"), []),
    ("reject, then undo", [decide("reject"), decide("undo", decision_id="x2", undoes="x1")], ("against", "updated"), []),
    ("correct", [correct("direction", '"for"')], ("for", "agreed"), []),
    ("correct a date", [correct("article_date", '"2019-01-01"')], ("for", "updated"), []),
    ("reject what changed", [decide("reject", saw="colchicine for unstated")], ("against", "updated"), [("x1", "the claim is no longer what the editor saw")]),
    ("reject what is gone", [decide("reject", subject="c9")], ("against", "updated"), [("x1", "there is no such claim")]),
    ("correct to what is no value", [correct("direction", '"perhaps"')], ("against", "updated"), [("x1", "'perhaps' is no value of direction")]),
    ("correct with no JSON", [correct("direction", "for")], ("against", "updated"), [("x1", "the value of direction is no JSON")]),
    ("correct what is fixed", [correct("quote", '"x"')], ("against", "updated"), [("x1", "quote is no field that can be corrected")]),
    ("correct to no date", [correct("article_date", '"soon"')], ("against", "updated"), [("x1", "'soon' is no date")]),
]  # fmt: skip


@pytest.mark.parametrize(
    ("decisions", "expected", "stale"), [c[1:] for c in CASES], ids=[c[0] for c in CASES]
)
def test_decisions_on_claims(decisions, expected, stale, claims, hierarchy):
    found = reconcile(claims({}, AGAINST), lexicon=hierarchy, decisions=decisions, fits=fits)
    assert found.evidence[["direction", "status"]].to_numpy().tolist() == [list(expected)]
    assert list(found.stale.itertuples(index=False, name=None)) == stale


@pytest.mark.parametrize(
    ("corrections", "expected"),
    [
        ({"drug": '"naproxen"'}, ("naproxen", None)),
        ({"drug": '"naproxen"', "drug_code": '"RXNORM:7258"'}, ("naproxen", "RXNORM:7258")),
        ({"drug_code": '"RXNORM:2683"'}, ("colchicine", "RXNORM:2683")),
        ({"direction": '"for"'}, ("colchicine", "MESH:D003078")),
    ],
)
def test_the_code_of_another_name_never_stays(corrections, expected, claims):
    """Also for decisions that were recorded without a code."""
    given = [{"field": name, "value": value} for name, value in corrections.items()]
    table = claims(AGAINST | {"drug_code": "MESH:D003078"})
    table["claim_id"] = "c1"
    found = decided_claims(table, [decide("correct", corrections=given)], fits)
    assert found[["drug", "drug_code"]].to_numpy().tolist() == [list(expected)]


def test_without_a_judge_the_quote_must_be_the_same(claims, hierarchy):
    rows = claims({"quote": "Give it."}, {"direction": "against", "quote": "Avoid it."})
    for quote, expected in [("Avoid it.", "for"), ("Avoid  it now.", "against")]:
        decision = decide("reject", saw_quote=quote)
        found = reconcile(rows, lexicon=hierarchy, decisions=[decision])
        assert found.evidence["direction"].tolist() == [expected]


@pytest.mark.parametrize(
    ("resolution", "direction", "status"),
    [("older", "for", "single"), ("newer", "against", "updated"), ("both", "against", "single")],
)
def test_settling_a_discrepancy(resolution, direction, status, claims, hierarchy):
    rows = claims({}, AGAINST)
    (open_row,) = reconcile(rows, lexicon=hierarchy).discrepancies.to_dict("records")
    decision = decide("settle", open_row["discrepancy_id"], fingerprint_of(open_row), resolution=resolution)
    found = reconcile(rows, lexicon=hierarchy, decisions=[decision])
    (row,) = found.discrepancies.to_dict("records")
    assert (row["rule"], row["resolution"]) == ("editor-decision", resolution)
    assert found.evidence[["direction", "status", "rule"]].to_numpy().tolist() == [
        [direction, status, "editor-decision"]
    ]
    assert found.stale.empty


def test_a_settled_discrepancy_that_changed_comes_back(claims, hierarchy):
    rows = claims({}, AGAINST)
    (row,) = reconcile(rows, lexicon=hierarchy).discrepancies.to_dict("records")
    decision = decide("settle", row["discrepancy_id"], fingerprint_of(row), resolution="older")
    changed = claims({}, AGAINST | {"setting": ["combination"]} | {"line": "unstated"})
    found = reconcile(claims({}, AGAINST | {"line": "unstated"}), lexicon=hierarchy, decisions=[decision])
    assert found.stale.to_numpy().tolist() == [["x1", "the two sides are no longer what the editor saw"]]
    assert found.discrepancies["rule"].tolist() == ["newer-over-older"]
    gone = reconcile(changed, lexicon=hierarchy, decisions=[decision])
    assert gone.stale.to_numpy().tolist() == [["x1", "there is no such discrepancy"]]
