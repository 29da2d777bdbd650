"""The six levels: own figures, and the same as the reference script's where that is at hand."""

import json
import subprocess
import sys
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from pipeline.evaluation import LEVELS, by_group, by_row_field, compare_runs, score_all, score_level
from pipeline.evaluation.levels import amount_of, duration_of, timing_of
from pipeline.evaluation.score import document_of

REFERENCE = Path(__file__).parents[3] / "shared" / "gold" / "score"
SEEDS = Path(__file__).parents[3] / "shared" / "gold" / "seeds.jsonl"


def gold(drug, doc="a", **more):
    return {"doc": doc, "drug": drug, "disease": "gout", "direction": "for", **more}


def claim(drug, doc="a", **more):
    return {"article_id": doc, "drug": drug, "disease": "gout", "direction": "for", **more}


def figures(outcome):
    return outcome.score.gold, outcome.score.found, outcome.score.hit


LEVEL_CASES = [
    ("same", "tuple", [gold("a")], [claim("a")], (1, 1, 1)),
    ("case and blanks", "tuple", [gold("A ", strength=None)], [claim("a", strength="unstated")], (1, 1, 1)),
    ("said twice", "tuple", [gold("a"), gold("a")], [claim("a"), claim("a")], (1, 1, 1)),
    ("missed", "tuple", [gold("a"), gold("b")], [claim("a")], (2, 1, 1)),
    ("wrong", "tuple", [gold("a")], [claim("a"), claim("b")], (1, 2, 1)),
    ("strength counts in tuple", "tuple", [gold("a", strength="strong")], [claim("a")], (1, 1, 0)),
    ("strength counts not in directed", "directed", [gold("a", strength="strong")], [claim("a")], (1, 1, 1)),
    ("direction counts not in pair", "pair", [gold("a", direction="against")], [claim("a")], (1, 1, 1)),
    (
        "setting in any order",
        "rich",
        [gold("a", setting=["x", "y"])],
        [claim("a", setting=["y", "x"])],
        (1, 1, 1),
    ),
    ("with_drugs count in rich", "rich", [gold("a", with_drugs=["b"])], [claim("a")], (1, 1, 0)),
    ("optional found", "tuple", [gold("a"), gold("b", optional=True)], [claim("a"), claim("b")], (1, 1, 1)),
    ("optional missed", "tuple", [gold("a"), gold("b", optional=True)], [claim("a")], (1, 1, 1)),
    ("optional and wanted", "pair", [gold("a"), gold("a", optional=True)], [claim("a")], (1, 1, 1)),
    ("procedures outside", "pair", [gold("a")], [claim("a"), claim("x", drug_kind="procedure")], (1, 1, 1)),
    ("other documents outside", "pair", [gold("a")], [claim("a"), claim("a", doc="z")], (1, 1, 1)),
    ("no amount, not counted", "amount", [gold("a")], [claim("a")], (0, 0, 0)),
    (
        "grams are milligrams",
        "amount",
        [gold("a", dose={"dose_low": 1, "dose_high": 1, "dose_unit": "g", "dose_basis": "flat"})],
        [claim("a", dose_low=1000, dose_high=1000, dose_unit="mg", dose_basis="flat")],
        (1, 1, 1),
    ),
    (
        "basis counts",
        "amount",
        [gold("a", dose={"dose_low": 1, "dose_high": 1, "dose_unit": "mg", "dose_basis": "kg"})],
        [claim("a", dose_low=1, dose_high=1, dose_unit="mg", dose_basis="flat")],
        (1, 1, 0),
    ),
    (
        "a duration alone is a dose",
        "dose",
        [gold("a", dose={"duration_high": 3, "duration_unit": "mo", "dose_role": "regimen"})],
        [claim("a", duration_high=90, duration_unit="d", dose_role=None)],
        (1, 1, 1),
    ),
]


@pytest.mark.parametrize(
    ("level", "want", "got", "expected"), [c[1:] for c in LEVEL_CASES], ids=[c[0] for c in LEVEL_CASES]
)
def test_levels(level, want, got, expected):
    assert figures(score_level(want, got, level)) == expected


def test_documents_without_gold_rows_count_when_they_are_named():
    got = [claim("a"), claim("b", doc="silent")]
    assert figures(score_level([gold("a")], got, "pair")) == (1, 1, 1)
    assert figures(score_level([gold("a")], got, "pair", documents=["silent"])) == (1, 2, 1)


def test_the_keys_behind_the_figures():
    outcome = score_level([gold("a"), gold("b")], [claim("a"), claim("c")], "directed")
    assert outcome.hits == (("a", ("a", "gout", "for")),)
    assert outcome.missed == (("a", ("b", "gout", "for")),)
    assert outcome.wrong == (("a", ("c", "gout", "for")),)
    assert (outcome.score.precision, outcome.score.recall, outcome.score.f1) == (0.5, 0.5, 0.5)


@pytest.mark.parametrize(
    ("row", "expected"),
    [
        ({"article_id": "x/y.txt"}, "y"),
        ({"article_id": "", "url": "http://h/a/b.html"}, "b"),
        ({"url": "http://h/a/"}, "a"),
        ({"doc": "d"}, "d"),
        ({}, ""),
    ],
)
def test_document_of(row, expected):
    assert document_of(row) == expected


@pytest.mark.parametrize(
    ("row", "amount", "timing", "duration"),
    [
        ({}, None, None, None),
        ({"dose_low": float("nan"), "dose_high": 2.0}, (None, 2.0, None, "flat"), None, None),
        ({"frequency": 1, "period": 12, "period_unit": "h"}, None, 2.0, None),
        ({"frequency": 1, "period": 4, "period_unit": "wk"}, None, 0.0357, None),
        ({"dose_per": "day", "frequency": 2, "period": 1, "period_unit": "d"}, None, "per day", None),
        ({"frequency": 1}, None, None, None),
        ({"duration_low": 6, "duration_unit": "mo"}, None, None, (180.0, None)),
    ],
)
def test_meaning_of_a_dose(row, amount, timing, duration):
    assert (amount_of(row), timing_of(row), duration_of(row)) == (amount, timing, duration)


DOSES = st.fixed_dictionaries(
    {
        "dose_low": st.sampled_from([None, 1, 2.5, 500]),
        "dose_high": st.sampled_from([None, 3, 500]),
        "dose_unit": st.sampled_from([None, "mg", "g", "ug", "[iU]"]),
        "dose_basis": st.sampled_from([None, "flat", "kg"]),
        "dose_per": st.sampled_from([None, "day", "administration"]),
        "frequency": st.sampled_from([None, 1, 2]),
        "period": st.sampled_from([None, 1, 8]),
        "period_unit": st.sampled_from([None, "h", "d", "wk"]),
        "duration_low": st.sampled_from([None, 3]),
        "duration_high": st.sampled_from([None, 6]),
        "duration_unit": st.sampled_from([None, "d", "mo"]),
        "dose_role": st.sampled_from([None, "regimen", "start"]),
    }
)
ROWS = st.fixed_dictionaries(
    {
        "drug": st.sampled_from(["a", "B"]),
        "disease": st.sampled_from(["gout", "asthma"]),
        "direction": st.sampled_from(["for", "against", None]),
        "strength": st.sampled_from(["strong", "conditional", "unstated", None]),
        "line": st.sampled_from(["first", None]),
        "setting": st.sampled_from([None, [], ["severe"], ["mild", "severe"]]),
        "dose": st.none() | DOSES,
    }
)
GOLD = st.lists(st.tuples(ROWS, st.booleans(), st.sampled_from("xy")), min_size=1, max_size=8)
FOUND = st.lists(
    st.tuples(ROWS, st.sampled_from("xyz"), st.sampled_from(["ingredient", "procedure"])), max_size=8
)


@pytest.fixture(scope="module")
def reference():
    if not REFERENCE.exists():
        pytest.skip("the reference script is not beside this checkout")
    names: dict[str, object] = {"__name__": "reference"}
    exec(compile(REFERENCE.read_text(encoding="utf-8"), str(REFERENCE), "exec"), names)
    return names


@settings(max_examples=60, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(GOLD, FOUND)
def test_equal_to_the_reference_on_any_rows(reference, want, got):
    want_rows = [{**row, "doc": doc, "optional": optional} for row, optional, doc in want]
    got_rows = [{**row, "article_id": f"{doc}.txt", "drug_kind": kind} for row, doc, kind in got]
    flat = reference["flat"]
    for level in LEVELS:
        theirs, missed, wrong = reference["score"](
            [flat(r) for r in want_rows], [flat(r) for r in got_rows], level
        )
        ours = score_level(want_rows, got_rows, level)
        score = ours.score
        assert theirs == {
            "level": level,
            "gold": score.gold,
            "found": score.found,
            "hit": score.hit,
            "precision": score.precision,
            "recall": score.recall,
            "f1": score.f1,
        }
        assert (len(missed), len(wrong)) == (len(ours.missed), len(ours.wrong))


def test_equal_to_the_reference_as_a_program(reference, tmp_path):
    seeds = [json.loads(line) for line in SEEDS.read_text(encoding="utf-8").splitlines()]
    claims = [{**row, "article_id": row["doc"]} for i, row in enumerate(seeds) if i % 7]
    for i in range(0, len(claims), 11):
        claims[i] = {**claims[i], "direction": "against", "drug": "something else"}
    path = tmp_path / "claims.jsonl"
    path.write_text("\n".join(map(json.dumps, claims)), encoding="utf-8")
    done = subprocess.run(
        [sys.executable, str(REFERENCE), str(SEEDS), str(path), "--json"],
        capture_output=True,
        text=True,
        check=True,
    )
    ours = [
        {
            name: getattr(score, name)
            for name in ("level", "gold", "found", "hit", "precision", "recall", "f1")
        }
        for score in score_all(seeds, claims)
    ]
    assert json.loads(done.stdout) == ours


def test_groups_worst_first():
    outcome = score_level(
        [gold("a", "x"), gold("b", "y"), gold("c", "z")], [claim("a", "x"), claim("d", "y")], "pair"
    )
    groups = {"x": ["easy", "all"], "y": ["hard", "all"], "z": ["all"]}
    assert {name: (s.gold, s.found, s.hit) for name, s in by_group(outcome, groups).items()} == {
        "hard": (1, 1, 0),
        "all": (3, 2, 1),
        "easy": (1, 1, 1),
    }
    assert list(by_group(outcome, groups)) == ["hard", "all", "easy"]


def test_columns_are_compared_between_the_likeliest_partners():
    dose = {"dose_text": "5 mg", "dose_low": 5, "dose_high": 5, "dose_unit": "mg", "dose_basis": "flat"}
    want = [
        gold("a", line="first", population=[]),
        gold("a", line="first", dose={**dose, "route": "oral"}),
        gold("a", line="unstated", dose=dose, optional=True),
        gold("lonely", line="first"),
    ]
    got = [claim("a", line="subsequent", **dose), claim("a", line="first", population=["adults"])]
    scores = {s.column: (s.pairs, s.right, s.stated, s.stated_right) for s in by_row_field(want, got)}
    assert scores["line"] == (2, 1, 2, 1)
    assert scores["population"] == (1, 0, 1, 0)
    assert scores["amount"] == (1, 1, 1, 1)
    assert scores["route"] == (1, 1, 1, 1)  # the optional reading states none
    assert "strength" not in scores  # no expected row states the column


def test_what_a_change_gains_and_loses():
    want = [gold("a"), gold("b"), gold("c"), gold("maybe", optional=True)]
    mark = {"field": "drug", "start": 0, "end": 1, "rule": "r.1"}
    before = [claim("a", quote="Give a.", provenance=[mark]), claim("b"), claim("bad"), claim("maybe")]
    after = [claim("b"), claim("c", quote="Give c."), claim("worse")]
    moves = compare_runs(want, before, after, level="pair")
    assert [(m.kind, m.key[0], m.quote, m.rules) for m in moves] == [
        ("lost", "a", "Give a.", ("r.1",)),
        ("new error", "worse", "", ()),
        ("gained", "c", "Give c.", ()),
        ("mended", "bad", "", ()),
    ]
    assert compare_runs(want, after, after) == ()
