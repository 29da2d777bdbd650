"""A ledger too large to hold in memory at once: what is done in parts gives what doing it whole gives."""

from __future__ import annotations

import json
import shutil
from pathlib import Path

import pandas as pd
import pytest

from flows import closing, reporting
from pipeline.ledger import parts as ledger_parts

from .conftest import World, gout, other

SAMPLES = Path(__file__).parents[2] / "raw/samples"
STAMPS = ["run_id", "recorded_at", "superseded_at", "fetched_at", "location"]
NAMES = ("articles", "claims", "evidence", "discrepancies", "changes")


def read_samples(home: Path, **given) -> World:
    home.mkdir()
    world = World(home)
    shutil.copytree(SAMPLES, world.articles / "samples", ignore=shutil.ignore_patterns("README.md"))
    world.run(**given)
    return world


def told(world: World) -> dict[str, pd.DataFrame]:
    return {n: (t := world.table(n)).drop(columns=[c for c in STAMPS if c in t]) for n in NAMES}


def test_reconciling_and_writing_in_parts_gives_the_same_tables_in_the_same_order(tmp_path, monkeypatch):
    whole = told(read_samples(tmp_path / "whole"))
    monkeypatch.setattr(closing, "MANY_CLAIMS", 20)
    monkeypatch.setattr(ledger_parts, "AT_ONCE", 7)
    parts = told(read_samples(tmp_path / "parts", batch_size=3))
    assert len(whole["evidence"]) > 100
    for name in ("articles", "claims", "evidence", "discrepancies"):
        pd.testing.assert_frame_equal(parts[name].drop(columns="reading_id", errors="ignore"),
                                      whole[name].drop(columns="reading_id", errors="ignore"), obj=name)  # fmt: skip
    assert sorted(parts["changes"].change_id) == sorted(whole["changes"].change_id)


def test_rows_whose_disease_no_claim_names_any_more_end_also_in_parts(world, monkeypatch):
    world.write("gout.txt", gout())
    world.write("dm.txt", other("diabetes"))
    world.run()
    monkeypatch.setattr(closing, "MANY_CLAIMS", 2)
    world.write("gout.txt", other("diabetes too", "Glipizide"))
    (world.home / "rules.toml").write_text('[severity.setting]\npartial = "update"\n')
    (world.home / "sources.toml").write_text('rules = "rules.toml"\n[[source]]\nfolder = "articles"\n')
    world.run(sources=(), config=world.home / "sources.toml")
    assert (
        set(world.table("evidence").disease)
        == set(world.table("claims").disease)
        == {"type 2 diabetes mellitus"}
    )


@pytest.mark.parametrize("most", [3, 20])
def test_a_report_of_very_much_shows_the_weightiest_and_counts_the_rest(tmp_path, monkeypatch, most):
    whole = json.loads((read_samples(tmp_path / "whole").home / "processed/reports/latest.json").read_text())
    monkeypatch.setattr(reporting, "MOST", most)
    monkeypatch.setattr(reporting, "_ALL_CLAIMS", 10)
    world = read_samples(tmp_path / "part")
    part = json.loads((world.home / "processed/reports/latest.json").read_text())
    assert part["counts"] == whole["counts"]
    assert {n: len(part[n]) for n in ("changes", "evidence", "discrepancies", "articles")} == {
        n: min(most, len(whole[n])) for n in ("changes", "evidence", "discrepancies", "articles")
    }
    words = (world.home / "processed/reports/latest.md").read_text()
    left = len(whole["changes"]) - most
    assert f"Only the weightiest are listed here; {left} changes" in words
    headline = (tmp_path / "whole/processed/reports/latest.md").read_text().split("\n\n")[2]
    assert words.split("\n\n")[2] == headline
