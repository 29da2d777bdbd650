"""Runs that bring articles one after another give the tables that one run over all of them gives."""

from __future__ import annotations

import shutil
from pathlib import Path

from flows.options import RunOptions
from flows.run import run_plain
from pipeline.ledger import Ledger

SAMPLES = Path(__file__).parents[2] / "raw/samples"
STAMPS = {"run_id", "recorded_at", "superseded_at"}


def ingest(folder: Path, home: Path, config: Path | None = None) -> None:
    run_plain(
        RunOptions(
            raw=home / "raw",
            processed=home / "processed",
            sources=(str(folder),),
            config=config,
            progress="none",
        )
    )


def tables(home: Path) -> list[list[dict]]:
    ledger = Ledger.open(home / "processed")
    found = []
    for name in ("evidence", "discrepancies"):
        rows = [{k: v for k, v in row.items() if k not in STAMPS} for row in ledger.rows(name).to_pylist()]
        found.append(sorted(rows, key=repr))
    return found


def test_the_touched_part_made_anew_equals_the_whole_made_anew(tmp_path):
    folder = tmp_path / "samples"
    for number, path in enumerate(
        sorted(p for p in SAMPLES.rglob("*") if p.is_file() and p.name != "README.md")
    ):
        target = folder / path.relative_to(SAMPLES)
        target.parent.mkdir(parents=True, exist_ok=True)
        shutil.copy(path, target)
        if number % 4 == 3:
            ingest(folder, tmp_path / "step by step")
    ingest(folder, tmp_path / "step by step")
    ingest(folder, tmp_path / "at once")
    stepwise, whole = tables(tmp_path / "step by step"), tables(tmp_path / "at once")
    assert len(whole[0]) > 100
    assert stepwise == whole


def test_rules_of_the_user_make_the_whole_anew(tmp_path):
    folder = tmp_path / "samples"
    shutil.copytree(SAMPLES, folder, ignore=shutil.ignore_patterns("README.md"))
    config = tmp_path / "sources.toml"
    config.write_text('[[source]]\nfolder = "samples"\n')
    ingest(folder, tmp_path / "home", config)
    before = tables(tmp_path / "home")
    (tmp_path / "rules.toml").write_text('[severity.setting]\npartial = "update"\n')
    config.write_text('rules = "rules.toml"\n' + config.read_text())
    ingest(folder, tmp_path / "home", config)
    assert tables(tmp_path / "home") != before
