"""A desk that is brought up to date decision by decision shows what a desk opened anew shows."""

from __future__ import annotations

import random
import shutil
from contextlib import suppress
from pathlib import Path

import pytest

from pipeline.desk.desk import Desk
from pipeline.desk.errors import DeskError
from pipeline.desk.pages import why_of
from tests.desk.conftest import Clock
from tests.desk.runs import ingest

OLDER = """Drugs for painful diabetic neuropathy

Last updated: March 3, 2025

Drugs for painful diabetic neuropathy

First-Line Options

The following are recommended:

  • Duloxetine 60 mg once daily 1
  • Amitriptyline 1
  • Nortriptyline 1
  • Tramadol 1

Drugs for Later

  • Capsaicin is an alternative 2
  • Lidocaine is an alternative 2
"""
NEWER = (
    OLDER.replace("March 3, 2025", "February 9, 2026")
    .replace("are recommended:", "are not recommended:")
    .replace("60 mg", "30 mg")
    .replace("  • Lidocaine is an alternative 2\n", "  • Pregabalin 75 mg twice daily is an alternative 3\n")
)
OTHER = """Treatment of painful diabetic neuropathy

Last updated: January 8, 2026

Treatment of painful diabetic neuropathy

  • Duloxetine 60 mg once daily is recommended 1
  • Tramadol is recommended 1
"""


@pytest.fixture(scope="module")
def made(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("in-place")
    (folder / "articles").mkdir()
    (folder / "articles/other.txt").write_text(OTHER, encoding="utf-8")
    for text in (OLDER, NEWER):
        (folder / "articles/one.txt").write_text(text, encoding="utf-8")
        ingest(folder)
    return folder


@pytest.fixture
def place(made: Path, tmp_path: Path) -> Path:
    return shutil.copytree(made, tmp_path / "place")


def seen(desk: Desk) -> dict[str, object]:
    """All that the pages show of a queue."""
    items = desk.queue("ann")
    articles = sorted(desk.state.articles)
    return {
        "items": [(i.item_id, i.subject_id, i.importance, i.saw_quote) for i in items],
        "earlier": [i.earlier and i.earlier["decision_id"] for i in items],
        "like": [[other.item_id for other in desk.like(i)] for i in items],
        "n_like": [desk.n_like(i) for i in items],
        "why": [why_of(i, desk.shared(i)) for i in items],
        "revision": [desk.revision(i) for i in items],
        "found": [desk.undecided_on(i.subject_id) is i and desk.item(i.item_id) is i for i in items],
        "left": [[i.item_id for i in desk.left_of(name)] for name in articles],
        "disputes": {
            c: i.item_id for c, i in desk.state.disputes_of({str(c) for c in desk.state.claims}).items()
        },
        "progress": desk.progress(),
        "may_undo": [desk.may_undo(name) for name in ("ann", "bob", "kim")],
        "history": [d["decision_id"] for d in desk.history()],
    }


def act(desk: Desk, chance: random.Random, editor: str) -> None:
    """One thing that an editor does."""
    items = desk.queue(editor)
    what = chance.choice(("one", "one", "like", "article", "undo", "other's"))
    if what == "undo" or not items:
        with suppress(DeskError):  # nothing of this editor's is left
            desk.undo(editor)
    elif what == "other's" and (held := [*desk.state.held.latest.values()]):
        desk.undo(editor, str(chance.choice(held)["decision_id"]))
    elif what == "article" and (name := chance.choice(sorted(desk.state.articles))) and desk.left_of(name):
        desk.decide_left(name, [i.item_id for i in desk.left_of(name)], "accept", editor=editor)
    else:
        item = chance.choice(items)
        chosen = desk.like(item) if what == "like" else (item,)
        if item.subject == "discrepancy":
            desk.decide([item], "settle", editor=editor, resolution="both")
        elif item.subject == "claim" and chance.random() < 0.3:
            desk.decide([item], "correct", editor=editor, corrections={"strength": '"strong"'})
        else:
            desk.decide(chosen, chance.choice(("accept", "reject")), editor=editor)


@pytest.mark.parametrize("seed", range(4))
def test_it_shows_what_a_desk_opened_anew_shows(place: Path, seed: int):
    """Two desks of two processes, side by side."""
    chance, clock = random.Random(seed), Clock()
    desks = {name: Desk(place / "processed", now=clock) for name in ("ann", "bob")}
    for _ in range(12):
        editor = chance.choice(("ann", "bob"))
        act(desks[editor], chance, editor)
        fresh = seen(Desk(place / "processed", now=clock))
        for desk in desks.values():
            desk.refresh()
            assert seen(desk) == fresh
