"""A release with other code: what it reads with decides what is read anew."""

import json
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

from pipeline.ledger import Ledger
from tests.patience import PATIENCE

from .conftest import World, gout

ROOT = Path(__file__).parents[2]
RUN = """
import json, sys
from pathlib import Path
from flows.options import RunOptions
from flows.run import run_plain
home = Path(sys.argv[1])
done = run_plain(RunOptions(raw=home / "raw", processed=home / "processed", sources=(str(home / "articles"),), progress="none"))
print(json.dumps([done.run.rules_version, done.run.read, done.run.unchanged, done.run.added, done.run.changed, done.run.evidence > 0]))
"""


def run(release: Path, home: Path) -> list:
    done = subprocess.run(
        [sys.executable, "-c", RUN, str(home)], cwd=release, env={"PYTHONPATH": str(release), "PATH": ""},
        capture_output=True, text=True, timeout=PATIENCE,
    )  # fmt: skip
    assert done.returncode == 0, done.stderr
    return json.loads(done.stdout)


@pytest.mark.slow
def test_an_edit_of_the_reader_reads_all_anew_and_an_edit_of_the_reports_does_not(world: World, tmp_path):
    world.write("gout.txt", gout())
    release = tmp_path / "release"
    for name in ("pipeline", "flows"):
        shutil.copytree(ROOT / name, release / name, ignore=shutil.ignore_patterns("__pycache__"))
    first = run(release, world.home)
    with (release / "pipeline/reports/labels.py").open("a") as file:
        file.write("# another look\n")
    before = Ledger.open(world.home / "processed").head.reconciled_at
    assert run(release, world.home) == [first[0], 0, 1, 0, 0, True]
    assert (
        Ledger.open(world.home / "processed").head.reconciled_at == before
    )  # another process, nothing to do
    with (release / "pipeline/articles/dates.py").open("a") as file:
        file.write("# another reading\n")
    version, *told = run(release, world.home)
    assert version != first[0]
    assert told == [1, 0, 0, 0, True]
    assert set(world.table("claims").rules_version) == {version}
