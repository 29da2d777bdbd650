"""The evidence table: which row stands, on whose word, and what lost and why."""

import datetime as dt

import pytest

from pipeline.evidence import load_rules, reconcile
from pipeline.model import Evidence, check_row, columns_of

GRADED = {"strength": "strong", "guideline": "ACR 2020"}
AGAINST = {"direction": "against"}
SAME_DAY = {"article_date": dt.date(2020, 3, 1)}

CASES = [
    # name, claims, publishers, rows: direction, strength, status, rule, claims for, (claim against, why it lost)
    ("one article", [{}], {}, [("for", "unstated", "single", "undisputed", ["c0"], [])]),
    ("two agree", [{}, {}], {}, [("for", "unstated", "agreed", "undisputed", ["c0", "c1"], [])]),
    (
        "the newer wins",
        [{}, AGAINST],
        {},
        [
            (
                "against",
                "unstated",
                "updated",
                "newer-over-older",
                ["c1"],
                [("c0", "direction: newer-over-older")],
            )
        ],
    ),
    (
        "a graded recommendation wins over a newer sentence",
        [GRADED, AGAINST],
        {},
        [
            (
                "for",
                "strong",
                "single",
                "graded-over-ungraded",
                ["c0"],
                [("c1", "direction: graded-over-ungraded")],
            )
        ],
    ),
    (
        "a guideline body wins over a newer page",
        [{}, AGAINST],
        {"publisher of a": "guideline body", "publisher of b": "aggregator"},
        [("for", "unstated", "single", "higher-authority", ["c0"], [("c1", "direction: higher-authority")])],
    ),
    (
        "the same day is open",
        [SAME_DAY, SAME_DAY | AGAINST],
        {},
        [("for", "unstated", "conflicting", "open", ["c0"], [("c1", "direction: open")])],
    ),
    (
        "no date is open",
        [{"article_date": None}, AGAINST],
        {},
        [("against", "unstated", "conflicting", "open", ["c1"], [("c0", "direction: open")])],
    ),
    (
        "a newer strength",
        [{"strength": "conditional"}, {"strength": "strong"}],
        {},
        [("for", "strong", "updated", "newer-over-older", ["c1"], [("c0", "strength: newer-over-older")])],
    ),
    (
        "silence on strength contradicts nobody",
        [{"strength": "conditional"}, {}],
        {},
        [("for", "conditional", "agreed", "undisputed", ["c0", "c1"], [])],
    ),
    (
        "a study does not beat a recommendation",
        [{}, AGAINST | {"kind": "evidence"}],
        {},
        [
            (
                "for",
                "unstated",
                "single",
                "recommendation-over-study",
                ["c0"],
                [("c1", "direction: recommendation-over-study")],
            )
        ],
    ),
    (
        "the specific disease wins over a newer general statement",
        [{"disease": "SSc-ILD"}, AGAINST | {"disease": "CTD-ILD"}],
        {},
        [
            ("against", "unstated", "single", "undisputed", ["c1"], []),
            (
                "for",
                "unstated",
                "single",
                "specific-over-general",
                ["c0"],
                [("c1", "direction: specific-over-general")],
            ),
        ],
    ),
    (
        "a newer general warning covers a narrower use",
        [{"setting": ["severe"]}, AGAINST | {"line": "unstated"}],
        {},
        [
            (
                "against",
                "unstated",
                "single",
                "undisputed",
                ["c1"],
                [("c0", "direction: speaks of some of these patients only")],
            ),
            (
                "against",
                "unstated",
                "updated",
                "newer-over-older",
                ["c1"],
                [("c0", "direction: newer-over-older")],
            ),
        ],
    ),
]


@pytest.mark.parametrize(("said", "sources", "expected"), [c[1:] for c in CASES], ids=[c[0] for c in CASES])
def test_rows(said, sources, expected, claims, hierarchy):
    table = reconcile(claims(*said), lexicon=hierarchy, sources=sources).evidence
    rows = [
        (
            row["direction"],
            row["strength"],
            row["status"],
            row["rule"],
            row["claim_ids"],
            list(zip(row["dissenting_claim_ids"], row["dissent"], strict=True)),
        )
        for row in table.to_dict("records")
    ]
    assert rows == expected


def test_one_publisher_is_one_voice_and_one_guideline_is_counted_once(claims, hierarchy):
    said = [
        {"article_id": a, "source": s, "guideline": "ACR 2020"}
        for a, s in [("a", "x"), ("b", "x"), ("c", "y")]
    ]
    row = reconcile(claims(*said), lexicon=hierarchy).evidence.iloc[0]
    counted = row[["status", "n_articles", "n_sources", "n_guidelines", "n_claims"]].tolist()
    assert counted == ["agreed", 3, 2, 1, 3]


def test_dates_of_a_row(claims, hierarchy):
    said = [{"article_id": "a"}, {"article_id": "b"} | AGAINST, {"article_id": "c"}, {"article_id": "d"}]
    row = reconcile(claims(*said), lexicon=hierarchy).evidence.iloc[0]
    years = [row[name].year for name in ("first_said", "last_said", "valid_from")]
    assert years == [2020, 2023, 2022]


def test_doses_are_the_union_of_the_winning_claims(claims, daily, hierarchy):
    said = [daily(1000, 2000), daily(2000, 3000), daily(9, 9, dose_role="loading"), daily(1, 2, "mg/kg")]
    row = reconcile(claims(*said), lexicon=hierarchy).evidence.iloc[0]
    assert row[["daily_low", "daily_high", "daily_unit"]].tolist() == [1000, 3000, "mg"]
    assert row["dose_text"] == ["1-2 mg/kg/day", "1000-2000 mg/day", "2000-3000 mg/day", "9-9 mg/day"]


def test_from_start_to_target_is_a_range(claims, daily, hierarchy):
    said = [daily(500, 1000, dose_role="start"), daily(1500, 1500, dose_role="target")]
    one = reconcile(claims(*[row | {"article_id": "a"} for row in said]), lexicon=hierarchy).evidence
    assert one[["daily_low", "daily_high"]].to_numpy().tolist() == [[500, 1500]]
    two = reconcile(claims(*said), lexicon=hierarchy).evidence
    assert two[["daily_low", "daily_high"]].isna().all(axis=None)


def test_the_order_of_the_rules_can_be_changed(claims, hierarchy):
    order = ["editor-decision", "newer-over-older", "graded-over-ungraded"]
    rules = load_rules({"order": order})
    row = reconcile(claims(GRADED, AGAINST), lexicon=hierarchy, rules=rules).evidence.iloc[0]
    assert row[["direction", "rule", "status"]].tolist() == ["against", "newer-over-older", "updated"]


def test_without_the_rule_on_dates_a_reversal_is_open(claims, hierarchy):
    rules = load_rules({"order": ["editor-decision"]})
    found = reconcile(claims({}, AGAINST), lexicon=hierarchy, rules=rules)
    assert found.evidence[["direction", "status", "rule"]].to_numpy().tolist() == [
        ["against", "conflicting", "open"]
    ]
    assert found.discrepancies[["severity", "rule"]].to_numpy().tolist() == [["conflict", None]]


def test_rows_have_the_columns_and_values_of_the_contract(gold_claims, hierarchy):
    table = reconcile(gold_claims(True), lexicon=hierarchy).evidence
    assert list(table.columns) == [c.name for c in columns_of(Evidence)]
    rows = table.astype(object).where(table.notna(), None).to_dict("records")
    assert [problem for row in rows for problem in check_row(Evidence, row)] == []


def test_every_claim_of_the_four_articles_stands_or_dissents_somewhere(gold_claims, hierarchy):
    rows = gold_claims(True)
    table = reconcile(rows, lexicon=hierarchy).evidence
    told = set(table["claim_ids"].explode()) | set(table["dissenting_claim_ids"].explode().dropna())
    assert told == set(rows["claim_id"])
