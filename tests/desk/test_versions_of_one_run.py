"""Two versions of an article that one run takes in: what changed between them is told in their order."""

from __future__ import annotations

from pathlib import Path

import pytest

from pipeline.desk.items import in_order
from tests.desk.runs import desk_of, ingest

GOUT = """Treatment of gout

Last updated: March 3, {year}

First-Line Options

  • Colchicine {n}.5 mg daily is recommended 1
  • Naproxen {n}00 mg daily is recommended 1
  • Prednisone {n}0 mg daily is recommended 1
  • Allopurinol {n}50 mg daily is recommended 1
"""


def test_what_changed_between_two_versions_of_one_run(tmp_path: Path):
    for year, n in ((2025, 1), (2026, 2)):
        folder = tmp_path / "articles" / str(year)
        folder.mkdir(parents=True)
        (folder / "gout.txt").write_text(GOUT.format(year=year, n=n), encoding="utf-8")
    ingest(tmp_path)
    items = [i for i in desk_of(tmp_path).queue("ann") if i.kind == "change"]
    assert {(i.drug, i.importance, tuple((f["field"], f["old"], f["new"]) for f in i.change["fields"])[:1]) for i in items} == {
        ("colchicine", "dose", (("dose", "1.5 mg", "2.5 mg"),)),
        ("naproxen", "dose", (("dose", "100 mg", "200 mg"),)),
        ("prednisone", "dose", (("dose", "10 mg", "20 mg"),)),
        ("allopurinol", "dose", (("dose", "150 mg", "250 mg"),)),
    }  # fmt: skip


@pytest.mark.parametrize(
    ("rows", "expected"),
    [
        ([("b", "a", 1), ("a", None, 1)], ["a", "b"]),
        ([("d", "c", 1), ("b", "a", 1), ("a", None, 1), ("c", "b", 1)], ["a", "b", "c", "d"]),
        ([("c", "b", 1), ("a", None, 1)], ["a", "c"]),  # nothing changed from a to b
        ([("b", "a", 1), ("a", "a", 1)], ["a", "b"]),  # read anew, then changed
        ([("b", "a", 2), ("c", "b", 1)], ["c", "b"]),
        ([("a", "b", 1), ("b", "a", 1)], ["a", "b"]),  # there and back
    ],
)
def test_the_order_of_changes(rows, expected):
    found = in_order([{"new_version": new, "old_version": old, "recorded_at": at} for new, old, at in rows])
    assert [r["new_version"] for r in found] == expected
