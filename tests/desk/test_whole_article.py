"""An article's first reading accepted as a whole, then real runs: it holds like single decisions, and nothing is asked twice."""

from __future__ import annotations

from pathlib import Path

import pytest

from pipeline.desk.desk import Desk, NothingLeft
from pipeline.ledger import Ledger
from tests.desk.runs import desk_of, evidence, ingest

NEUROPATHY = """Treatment of painful diabetic neuropathy

Last updated: February 9, 2026

First-Line Options

  • Duloxetine 60 mg once daily is recommended 1
  • Pregabalin 150 mg twice daily is recommended 1

Drugs to Avoid

  • Tramadol should not be used 1
"""
GOUT = """Treatment of acute gout

Last updated: March 3, 2026

First-Line Options

  • Colchicine 0.5 mg twice daily is recommended 1
  • Naproxen 500 mg twice daily is recommended 1
"""


@pytest.fixture
def place(tmp_path) -> Path:
    (tmp_path / "articles").mkdir()
    write(tmp_path, "neuropathy", NEUROPATHY)
    write(tmp_path, "gout", GOUT)
    ingest(tmp_path)
    return tmp_path


def write(place: Path, name: str, text: str) -> None:
    (place / f"articles/{name}.txt").write_text(text, encoding="utf-8")


def article(desk: Desk, words: str) -> str:
    return next(name for name, row in desk.state.articles.items() if words in row["title"])


def drugs(desk: Desk) -> list[str]:
    return [i.drug for i in desk.queue("ann")]


def accept(desk: Desk, words: str = "neuropathy", editor: str = "ann"):
    name = article(desk, words)
    return desk.decide_left(name, [i.item_id for i in desk.left_of(name)], "accept", editor=editor)


def test_one_decision_accepts_all_that_is_left_of_an_article(place):
    desk = desk_of(place)
    assert sorted(drugs(desk)) == ["colchicine", "duloxetine", "naproxen", "pregabalin", "tramadol"]
    done = accept(desk)
    assert ([r["verdict"] for r in done.rows], done.gone, done.came) == (["accept"] * 3, 0, 0)
    assert sorted(drugs(desk)) == ["colchicine", "naproxen"]
    ingest(place)
    assert sorted(drugs(desk_of(place))) == ["colchicine", "naproxen"]


def test_what_was_decided_alone_before_stays_as_it_was_decided(place):
    desk = desk_of(place)
    desk.decide([i for i in desk.queue("ann") if i.drug == "tramadol"], "reject", editor="ann")
    assert len(accept(desk).rows) == 2
    ingest(place)
    assert [evidence(place, d) == [] for d in ("duloxetine", "tramadol")] == [False, True]


def test_it_is_taken_back_as_one(place):
    desk = desk_of(place)
    accept(desk)
    assert len(desk.undo("ann")) == 3
    assert len(drugs(desk)) == 5
    ingest(place)
    assert len(drugs(desk_of(place))) == 5


@pytest.mark.parametrize(
    ("old", "new", "expected"),
    [
        ("is recommended 1\n  • Preg", "is the recommended choice 4\n  • Preg", []),
        ("First-Line Options", "Options for first-line treatment", []),
        ("150 mg twice", "75 mg twice", [("pregabalin", "dose", "accept")]),
        ("  • Tramadol should not be used 1\n", "", [("tramadol", "removed", "accept")]),
        (
            "Drugs to Avoid",
            "  • Gabapentin 300 mg three times daily is recommended 1\n\nDrugs to Avoid",
            [("gabapentin", "added", None)],
        ),
    ],
)
def test_the_next_version_asks_only_for_what_changed(place, old, new, expected):
    accept(desk_of(place))
    assert old in NEUROPATHY
    write(place, "neuropathy", NEUROPATHY.replace(old, new))
    ingest(place)
    desk = desk_of(place)
    items = desk.left_of(article(desk, "neuropathy"))
    assert [(i.drug, i.importance, i.earlier and i.earlier["verdict"]) for i in items] == expected


def test_only_what_the_editor_saw_is_accepted(place):
    """Another editor decides one, and a run changes another, after the page was made."""
    desk = desk_of(place)
    name = article(desk, "neuropathy")
    seen = [i.item_id for i in desk.left_of(name)]
    other = desk_of(place)
    other.decide([i for i in other.queue("bob") if i.drug == "tramadol"], "reject", editor="bob")
    write(place, "neuropathy", NEUROPATHY.replace("150 mg twice", "75 mg twice"))
    ingest(place)
    desk.refresh()
    done = desk.decide_left(name, seen, "accept", editor="ann")
    decided = [desk.claim(r["claim_id"])["drug"] for r in done.rows]
    assert (decided, done.gone, done.came) == (["duloxetine"], 2, 1)
    assert [i.drug for i in desk.left_of(name)] == ["pregabalin"]
    with pytest.raises(NothingLeft):
        desk.decide_left(name, seen, "accept", editor="ann")
    held = {(r["editor"], r["verdict"]) for r in Ledger.open(place / "processed").decisions().to_pylist()}
    assert held == {("ann", "accept"), ("bob", "reject")}


def test_an_article_rejected_as_a_whole_leaves_the_evidence(place):
    desk = desk_of(place)
    name = article(desk, "gout")
    desk.decide_left(
        name, [i.item_id for i in desk.left_of(name)], "reject", editor="ann", reason="no advice"
    )
    ingest(place)
    assert [evidence(place, d) == [] for d in ("colchicine", "naproxen", "duloxetine")] == [True, True, False]


def looks(place: Path, name: str, text: str) -> dict[str, list[str]]:
    write(place, name, text)
    ingest(place)
    desk = desk_of(place)
    ours = desk.looks(article(desk, text.splitlines()[0]))
    return {
        desk.claim(claim)["drug"]: [look.reason for look in found] for claim, found in sorted(ours.items())
    }


def test_what_another_article_contradicts_deserves_a_look(place):
    text = GOUT.replace("acute gout", "gout flares").replace(
        "Colchicine 0.5 mg twice daily is", "Do not use colchicine; it is not"
    )
    found = looks(place, "flares", text.replace("Treatment of gout flares", "What helps in acute gout"))
    assert found == {"colchicine": ["dispute"]}
