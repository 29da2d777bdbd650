"""A title that names another disease: told once, decided once, whatever the headings below it."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.desk.runs import desk_of, ingest

GOUT = """Treatment of acute gout

Last updated: March 3, 2026

First-Line Options

  • Colchicine 0.5 mg twice daily is recommended 1
  • Naproxen 500 mg twice daily is recommended in acute gout 1

Patients With Renal Impairment

  • Prednisone 30 mg once daily is an alternative 2

Drugs to Avoid

  • Aspirin should not be used 1
"""


@pytest.mark.parametrize("decided_before", [True, False])
def test_a_title_on_another_disease_is_one_decision(tmp_path: Path, decided_before: bool):
    (tmp_path / "articles").mkdir()
    path = tmp_path / "articles/gout.txt"
    path.write_text(GOUT, encoding="utf-8")
    ingest(tmp_path)
    if decided_before:
        desk = desk_of(tmp_path)
        desk.decide(desk.queue("ann"), "accept", editor="ann")
    path.write_text(GOUT.replace("acute gout", "acute pseudogout"), encoding="utf-8")
    ingest(tmp_path)
    report = (tmp_path / "processed/reports/latest.md").read_text(encoding="utf-8")
    assert report.count("the article is now about") == 1
    desk = desk_of(tmp_path)
    items = desk.queue("ann")
    assert sorted(i.drug for i in items) == ["aspirin", "colchicine", "naproxen", "prednisone"]
    assert {len(desk.like(i)) for i in items} == {4}
    assert {desk.shared(i) for i in items} == {
        "the article is now about calcium pyrophosphate deposition disease, no longer about gout: 4 statements, otherwise unchanged"
    }
    desk.decide(desk.like(items[0]), "accept", editor="ann")
    ingest(tmp_path)
    assert desk_of(tmp_path).queue("ann") == []
