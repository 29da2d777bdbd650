"""Killed with -9 at many steps and at random moments: readers always see a whole run, the next run finishes it."""

import json
import os
import random
import shutil
import subprocess
import sys
from pathlib import Path

import pandas as pd
import pytest

from tests.patience import PATIENCE

from .conftest import World, gout, other

TIMES = ["run_id", "recorded_at", "superseded_at", "fetched_at", "location", "reading_id"]
NAMES = ("articles", "claims", "evidence", "discrepancies", "changes")
DRUGS = ["Metformin", "Empagliflozin", "Semaglutide", "Glipizide", "Sitagliptin"]


def fill(world: World) -> None:
    world.write("2025/gout.txt", gout())
    for i, drug in enumerate(DRUGS):
        world.write(f"dm{i}.txt", other(f"diabetes {i}", drug))
    world.write("bad.txt", b"")


def update(world: World) -> None:
    world.write("2026/gout.txt", gout(date="April 4, 2026", verb="are not recommended"))
    world.write("dm0.txt", other("diabetes 0", "Metformin", "850 mg twice daily"))
    world.write("dm3.txt", b"")
    world.write("dm9.txt", other("diabetes 9", "Dapagliflozin", "10 mg once daily"))


def state(home: Path) -> dict[str, pd.DataFrame]:
    tables = {name: pd.read_parquet(home / "processed" / f"{name}.parquet") for name in NAMES}
    tables = {n: t.drop(columns=[c for c in TIMES if c in t]) for n, t in tables.items()}
    tables["changes"] = tables["changes"].sort_values("change_id")
    return {n: t.reset_index(drop=True) for n, t in tables.items()}


ROUNDS = int(os.environ.get("EVIDENCE_CRASH_ROUNDS", "4"))  # attempts of each kind; 60 try every step
LAST = 200


def steps(first: int) -> list[int]:
    """Steps over the whole run, as many as there are rounds."""
    return sorted({first + i * (LAST - first) // ROUNDS for i in range(ROUNDS)})


def moments(seed: int) -> list[float]:
    """Seconds into a run."""
    chance = random.Random(seed)
    return [chance.uniform(0.0, 0.9) for _ in range(ROUNDS)]


CASES = {
    "first run, at steps": (False, "steps", steps(2)),
    "update, at steps": (True, "steps", steps(17)),
    "first run, at moments": (False, "moments", moments(3)),
    "update, at moments": (True, "moments", moments(30)),
}


@pytest.mark.slow
@pytest.mark.parametrize("case", CASES)
def test_a_killed_run_is_not_seen_and_the_next_ends_as_an_undisturbed_one(tmp_path, case):
    updating, kind, numbers = CASES[case]
    (tmp_path / "before").mkdir()
    before = World(tmp_path / "before")
    fill(before)
    if updating:
        before.run(batch_size=2)
        update(before)
    shutil.copytree(before.home, tmp_path / "calm")
    World.at(tmp_path / "calm").run(batch_size=2)
    script = Path(__file__).with_name("attempts.py")
    command = [sys.executable, str(script), str(tmp_path), kind, *map(str, numbers)]
    done = subprocess.run(command, capture_output=True, text=True, timeout=PATIENCE)
    assert done.returncode == 0, done.stderr
    lines = [json.loads(line) for line in done.stdout.splitlines()]
    seen = [s for line in lines for s in line["seen"]]
    assert [s for s in seen if not all(v for k, v in s.items() if k != "claims") or "error" in s] == []
    assert {line["said"] for line in lines} == {"null"}
    assert sum(line["killed"] for line in lines) >= len(lines) // 2
    expected = state(tmp_path / "calm")
    for i in range(len(lines)):
        found = state(tmp_path / str(i))
        for name in NAMES:
            pd.testing.assert_frame_equal(found[name], expected[name], obj=f"{name} of attempt {i}")
