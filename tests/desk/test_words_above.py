"""A statement that means something else because of the words above it: the desk shows those words, before and now."""

from __future__ import annotations

from pathlib import Path

import httpx
import pytest

from pipeline.desk.pages import detail_of, entry_of
from tests.desk.runs import desk_of, ingest
from tests.desk.test_http import decision_form

GOUT = """Treatment of acute gout

Last updated: March 3, 2025

First-Line Options

The following drugs are conditionally recommended:

  • Colchicine 0.5 mg twice daily 1

Agents to Avoid

  • Aspirin 1
"""


def changed(tmp_path: Path, *pairs: tuple[str, str]) -> str:
    """What the desk shows above the first statement to decide, after a change of the article: [-was-] and {+is+}."""
    (tmp_path / "articles").mkdir()
    path, text = tmp_path / "articles/gout.txt", GOUT
    path.write_text(text, encoding="utf-8")
    ingest(tmp_path)
    desk = desk_of(tmp_path)
    desk.decide(desk.queue("ann"), "accept", editor="ann")
    for old, new in (("March 3, 2025", "March 3, 2026"), *pairs):
        assert old in text
        text = text.replace(old, new)
    path.write_text(text, encoding="utf-8")
    ingest(tmp_path)
    desk = desk_of(tmp_path)
    [item] = desk.queue("ann")
    return "".join(
        s.new if s.op == "same" else f"[-{s.old}-]{{+{s.new}+}}" for s in detail_of(item, desk).above
    )


@pytest.mark.parametrize(
    ("pair", "above"),
    [
        (("conditionally", "strongly"), "The following drugs are [-conditionally-]{+strongly+} recommended:"),
        (("Agents to Avoid", "Second-Line Options"), "[-Agents to Avoid-]{+Second-Line Options+}"),
        (("0.5 mg", "1 mg"), ""),
    ],
    ids=["lead-in", "heading", "its own words"],
)
def test_the_words_above_a_statement_are_shown_where_they_changed_it(
    tmp_path: Path, pair: tuple[str, str], above: str
):
    assert changed(tmp_path, pair) == above


def test_the_queue_tells_in_what_two_articles_differ(desk):
    told = [entry_of(i, 1, False).words for i in desk.queue("ann") if i.discrepancy is not None]
    assert told == ["direction: against / for"]


def test_the_article_has_its_headings(tmp_path: Path):
    changed(tmp_path, ("conditionally", "strongly"))
    desk = desk_of(tmp_path)
    [item] = desk.queue("ann")
    lines = detail_of(item, desk).lines
    assert ["".join(p.words for p in line.pieces) for line in lines if line.heading] == [
        "First-Line Options",
        "Agents to Avoid",
    ]


@pytest.mark.parametrize(
    ("action", "offered"),
    [("/decide", True), ("/skip", False)],
)
def test_a_decision_can_be_taken_back_where_it_is_told(serving, action: str, offered: bool):
    with httpx.Client(base_url=serving().url, follow_redirects=True) as web:
        web.post("/login", data={"name": "Ann", "back": "/"})
        data = decision_form(web.get("/").text) | {"verdict": "settle", "resolution": "newer"}
        assert ('form="undo"' in web.post(action, data=data).text) == offered
