"""What an article covers as a whole: what was dropped, and whether its silence on first-line treatment tells anything."""

import pytest

from pipeline.evidence import load_rules, reconcile

NEWER = {"article_id": "b"}


def names(article, *drugs, **more):
    return [{"article_id": article, "drug": drug} | more for drug in drugs]


OLD = names("a", "drug p", "drug q", "drug r", "prednisone")
CASES = [
    ("dropped", OLD + names("b", "drug p", "drug q", "drug r"), [("prednisone", "c3", None)]),
    ("the newer covers too little", OLD + names("b", "drug p", "drug q"), []),
    ("the newer covers another line", OLD + names("b", "drug p", "drug q", "drug r", line="subsequent"), []),
    ("the newer covers another disease", OLD + names("b", "drug p", "drug q", "drug r", disease="lupus"), []),
    ("the newer is about children", OLD + names("b", "drug p", "drug q", "drug r", population=["children"]), []),
    ("the newer is about severe disease", OLD + names("b", "drug p", "drug q", "drug r", setting=["severe"]), []),
    ("the newer speaks under a condition", OLD + names("b", "drug p", "drug q", "drug r", condition=["if obese"]), []),
    ("the newer has no date", OLD + names("b", "drug p", "drug q", "drug r", article_date=None), []),
    ("named in a study", OLD + names("b", "drug p", "drug q", "drug r") + names("b", "prednisone", kind="evidence"), []),
    ("its class is named", OLD + names("b", "drug p", "drug q", "drug r", "glucocorticoids"), []),
    ("named for the broader disease", [r | {"disease": "SSc-ILD"} for r in OLD] + names("b", "drug p", "drug q", "drug r", disease="SSc-ILD") + names("b", "prednisone", disease="CTD-ILD"), []),
    ("a procedure", [*OLD[:3], OLD[3] | {"drug_kind": "procedure"}] + names("b", "drug p", "drug q", "drug r"), []),
    ("only the last of two newer ones counts", OLD + names("b", "drug p", "drug q", "drug r") + names("c", "drug p", "drug q", "drug r", "prednisone"), []),
    ("two older ones", OLD + names("b", "prednisone") + names("c", "drug p", "drug q", "drug r"), [("prednisone", "c3", None), ("prednisone", "c4", None)]),
]  # fmt: skip


@pytest.mark.parametrize(("said", "expected"), [c[1:] for c in CASES], ids=[c[0] for c in CASES])
def test_dropped(said, expected, claims, hierarchy):
    table = reconcile(claims(*said), lexicon=hierarchy).discrepancies.query("aspect == 'dropped'")
    columns = ["drug", "older_claim", "newer_claim"]
    assert list(table[columns].itertuples(index=False, name=None)) == expected
    assert set(table["newer_value"]) <= {"no longer named"}


def test_of_many_older_articles_the_newest_speaks(claims, hierarchy):
    said = [row for article in "abc" for row in names(article, "prednisone")] + names(
        "d", "drug p", "drug q", "drug r"
    )
    rules = load_rules("[thresholds]\nfull_pairs = 2")
    table = reconcile(claims(*said), lexicon=hierarchy, rules=rules).discrepancies.query(
        "aspect == 'dropped'"
    )
    assert table["older_claim"].tolist() == ["c2"]


LATER = {"line": "subsequent", "article_id": "a"}
LINES = [
    ("it recommends another drug first-line", [LATER, NEWER, {"article_id": "a", "drug": "naproxen"}], ["line"]),
    ("it says nothing of first-line treatment", [LATER, NEWER], []),
    ("it speaks of first-line only against", [LATER, NEWER, {"article_id": "a", "drug": "naproxen", "direction": "against"}], []),
    ("it names both lines", [LATER, NEWER, {"article_id": "a", "setting": ["high risk"]}], []),
    ("rapidly progressive disease only is no first-line", [LATER, NEWER | {"setting": ["rapidly progressive"]}, {"article_id": "a", "drug": "naproxen"}], []),
    ("back to a later line", [{"article_id": "a"}, LATER | NEWER, {"article_id": "b", "drug": "naproxen"}], ["line"]),
]  # fmt: skip


@pytest.mark.parametrize(("said", "expected"), [c[1:] for c in LINES], ids=[c[0] for c in LINES])
def test_line(said, expected, claims, hierarchy):
    table = reconcile(claims(*said), lexicon=hierarchy).discrepancies
    assert table["aspect"].tolist() == expected
