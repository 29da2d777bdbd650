"""What is installed is whole: every data file travels, and the metadata carries what a plain install needs."""

from __future__ import annotations

import subprocess
import sys
import tomllib
from pathlib import Path
from zipfile import ZipFile

import pytest

from pipeline.claims.extract import DECIDING
from pipeline.model.content import content_version

ROOT = Path(__file__).parents[2]
CODE = {".py", ".pyc"}


@pytest.fixture(scope="module")
def wheel(tmp_path_factory) -> ZipFile:
    out = tmp_path_factory.mktemp("wheel")
    subprocess.run(
        [sys.executable, "-m", "build", "--wheel", "--no-isolation", "--outdir", out, ROOT],
        check=True, capture_output=True,
    )  # fmt: skip
    [path] = out.glob("*.whl")
    return ZipFile(path)


def data_files() -> set[str]:
    files = (p for room in ("pipeline", "flows") for p in (ROOT / room).rglob("*"))
    return {p.relative_to(ROOT).as_posix() for p in files if p.is_file() and p.suffix not in CODE}


def test_the_wheel_carries_every_data_file(wheel):
    assert data_files() - set(wheel.namelist()) == set()
    assert len(data_files()) > 20


def test_the_wheel_carries_nothing_else(wheel):
    tops = {name.split("/")[0].split("-")[0] for name in wheel.namelist()}
    assert tops == {"pipeline", "flows", "evidence_ledger"}


def test_what_is_installed_reads_with_the_same_rules_version_as_what_it_was_made_from(wheel, tmp_path):
    wheel.extractall(tmp_path)
    installed, here = (content_version(home / "pipeline", DECIDING) for home in (tmp_path, ROOT))
    assert installed == here


def test_every_dependency_has_an_upper_bound_and_is_locked():
    project = tomllib.loads((ROOT / "pyproject.toml").read_text())["project"]
    lock = (ROOT / "requirements.lock").read_text()
    names = [
        line.split("==")[0].split("[")[0]
        for line in lock.splitlines()
        if "==" in line and not line.startswith(" ")
    ]
    for dependency in project["dependencies"]:
        name = dependency.split(">")[0].split("[")[0].strip()
        assert ",<" in dependency, f"{dependency} has no upper bound"
        assert name in names, f"{name} is not in requirements.lock: make lock"


def test_what_is_installed_fits_together():
    """`make install` takes the lock as it stands: pip, asked to resolve it again, may stumble over extras."""
    told = subprocess.run([sys.executable, "-m", "pip", "check"], capture_output=True, text=True)
    assert told.stdout == "No broken requirements found.\n"


def test_the_lock_has_hashes_and_names_no_host():
    lock = (ROOT / "requirements.lock").read_text()
    entries = [block for block in lock.split("\n") if block and not block.startswith((" ", "#"))]
    assert all(entry.rstrip().endswith("\\") for entry in entries)
    assert "://" not in lock
