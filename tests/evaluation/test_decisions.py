"""Editors' decisions against the rules that they speak for and against."""

import datetime as dt

from pipeline.evaluation import score_decisions
from pipeline.model import Correction, Decision


def claim(claim_id, **rules):
    marks = [{"field": field, "start": 0, "end": 1, "rule": rule} for field, rule in rules.items()]
    return {"claim_id": claim_id, "provenance": marks}


def decision(number, claim_id, verdict, corrections=(), **more):
    return Decision(
        decision_id=f"d{number}",
        subject="claim",
        subject_id=claim_id,
        claim_id=claim_id,
        verdict=verdict,
        corrections=tuple(Correction(field=f, value="null") for f in corrections),
        saw="s",
        saw_quote="q",
        editor="e",
        decided_at=dt.datetime(2026, 1, 1, 0, number, tzinfo=dt.UTC),
        **more,
    )


CLAIMS = [
    claim("c1", direction="for.use", dose="dose.range"),
    claim("c2", direction="for.use", strength="grade.class"),
    claim("c3", direction="against.avoid"),
    claim("c4", direction="for.use", dose="dose.range"),
    claim("undecided", direction="for.use"),
]


def table(scores):
    return {r.rule: (r.right, r.wrong, r.columns) for r in scores.rules}


def test_each_verdict_speaks_for_or_against_its_rules():
    scores = score_decisions(
        CLAIMS,
        [
            decision(1, "c1", "accept"),
            decision(2, "c2", "correct", ["strength"]),
            decision(3, "c3", "reject"),
            decision(4, "c4", "correct", ["dose_low", "line"]),
        ],
    )
    assert (scores.accepted, scores.corrected, scores.rejected, scores.precision) == (1, 2, 1, 0.25)
    assert table(scores) == {
        "for.use": (3, 0, ()),
        "dose.range": (1, 1, ("dose_low",)),
        "grade.class": (0, 1, ("strength",)),
        "against.avoid": (0, 1, ("direction",)),
        "(no rule) line": (0, 1, ("line",)),
    }
    assert scores.columns == (("dose_low", 1), ("line", 1), ("strength", 1))
    assert scores.rules[-1].rule == "for.use"
    assert scores.rules[0].error_floor > scores.rules[-2].error_floor > scores.rules[-1].error_floor == 0.0


def test_many_errors_weigh_more_than_one():
    claims = [claim(f"m{i}", direction="often") for i in range(20)] + [claim("once", direction="once")]
    decisions = [decision(i, f"m{i}", "reject" if i < 18 else "accept") for i in range(20)]
    scores = score_decisions(claims, [*decisions, decision(30, "once", "reject")])
    assert [(r.rule, r.wrong) for r in scores.rules] == [("often", 18), ("once", 1)]


def test_the_latest_decision_counts_and_an_undone_one_does_not():
    rejected, accepted = decision(1, "c3", "reject"), decision(2, "c3", "accept")
    assert table(score_decisions(CLAIMS, [accepted, rejected])) == {"against.avoid": (1, 0, ())}
    undo = decision(3, "c3", "undo", undoes="d2")
    assert table(score_decisions(CLAIMS, [rejected, accepted, undo])) == {
        "against.avoid": (0, 1, ("direction",))
    }


def test_a_decision_that_fits_no_longer_is_left_out():
    scores = score_decisions(
        CLAIMS, [decision(1, "c3", "reject")], fits=lambda row, made: made["saw"] == "other"
    )
    assert (scores.rules, scores.precision) == ((), None)


def test_decisions_on_discrepancies_say_nothing_about_rules():
    settled = decision(1, "c3", "settle", resolution="newer")
    assert score_decisions(CLAIMS, [settled]).rules == ()
