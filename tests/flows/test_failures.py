"""A full disk, folders that cannot be written, two runs at once, Ctrl-C: told clearly, nothing torn."""

import json
import os
import signal
import subprocess
import sys
import time

import pytest

from flows import closing
from pipeline.ledger import Ledger, Writer
from pipeline.model import EvidenceError
from tests.patience import PATIENCE

from .conftest import World, gout, other

RUN = """
import json, resource, signal, sys
from pathlib import Path
from flows.options import RunOptions
from flows.run import run_plain
from pipeline.model import EvidenceError
home, limit, wait = Path(sys.argv[1]), int(sys.argv[2]), float(sys.argv[3])
if limit:
    signal.signal(signal.SIGXFSZ, signal.SIG_IGN)
    resource.setrlimit(resource.RLIMIT_FSIZE, (limit, limit))
print("ready", flush=True)
try:
    outcome = run_plain(RunOptions(raw=home / "raw", processed=home / "processed", sources=(str(home / "articles"),),
                                   progress="none", batch_size=2, wait=wait))
    print(json.dumps([outcome.run.status, outcome.run.claims, ""]))
except EvidenceError as error:
    print(json.dumps(["error", 0, error.code]))
except KeyboardInterrupt:
    print(json.dumps(["interrupted", 0, ""]))
"""


def start(world: World, *, limit: int = 0, wait: float = 0) -> subprocess.Popen:
    command = [sys.executable, "-c", RUN, str(world.home), str(limit), str(wait)]
    return subprocess.Popen(command, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True)


def end(process: subprocess.Popen) -> list:
    said, problem = process.communicate(timeout=PATIENCE)
    assert said.strip().count("\n") == 1, problem
    return json.loads(said.splitlines()[1])


def test_where_a_file_stands_in_the_way_of_the_folder(world):
    world.write("gout.txt", gout())
    (world.home / "processed").write_text("not a folder")
    with pytest.raises(EvidenceError) as told:
        world.run()
    assert (told.value.code, str(world.home / "processed") in told.value.where) == ("E-LEDGER-4", True)


def test_a_folder_under_a_device_cannot_be_written(world):
    world.write("gout.txt", gout())
    with pytest.raises(EvidenceError) as told:
        world.run(processed=world.home.__class__("/dev/null/processed"))
    assert told.value.code == "E-LEDGER-4"


@pytest.mark.slow
@pytest.mark.parametrize("limit", [300, 9_000])
def test_a_full_disk_is_told_and_loses_nothing(world, limit):
    world.write("a.txt", other("diabetes"))
    world.run()
    before = world.table("claims")
    world.write("gout.txt", gout())
    world.write(
        "big.txt",
        other("more diabetes", "Glipizide") + "\n".join(f"Word{i} stands here." for i in range(3000)),
    )
    status, _, code = end(start(world, limit=limit))
    assert (status, code) in [("error", "E-LEDGER-3"), ("error", "E-STORE-1"), ("error", "E-REPORT-2")]
    ledger = Ledger.open(world.home / "processed")
    assert ledger.claims().num_rows == len(before)
    assert len(world.table("claims")) == len(before)
    outcome = world.run()
    assert (outcome.run.status, outcome.exit_code) == ("done", 0)
    assert set(world.table("claims").drug) >= {"metformin", "glipizide", "colchicine"}


@pytest.mark.slow
def test_two_runs_at_once_one_waits_and_both_end_well(world):
    for i in range(6):
        world.write(f"a{i}.txt", other(f"diabetes {i}", ["Metformin", "Glipizide", "Sitagliptin"][i % 3]))
    both = [start(world, wait=PATIENCE), start(world, wait=PATIENCE)]
    ends = [end(p) for p in both]
    assert [e[0] for e in ends] == ["done", "done"]
    assert len({e[1] for e in ends}) == 1
    ledger = Ledger.open(world.home / "processed")
    assert sorted(r["new_versions"] for r in ledger.runs().to_pylist()) == [0, 6]


@pytest.mark.slow
def test_ctrl_c_stops_in_order_and_the_next_run_finishes(world):
    for i in range(60):
        world.write(f"a{i}.txt", other(f"diabetes {i}", ["Metformin", "Glipizide", "Sitagliptin"][i % 3]))
    process = start(world)
    head = world.home / "processed" / "ledger" / "HEAD.json"
    deadline, staged = time.monotonic() + PATIENCE, set()
    while time.monotonic() < deadline and len(staged) < 3:  # the third batch: two are surely on record
        assert process.poll() is None, process.communicate()
        text = head.read_text() if head.is_file() else ""
        staged |= {text} if '"staged": {' in text else set()
        time.sleep(0.02)
    os.kill(process.pid, signal.SIGINT)
    assert end(process)[0] == "interrupted"
    ledger = Ledger.open(world.home / "processed")
    assert [r["status"] for r in ledger.runs().to_pylist()] == ["interrupted"]
    assert ledger.claims().num_rows == 0
    outcome = world.run()
    assert (outcome.run.status, 0 < outcome.run.unchanged < 60, outcome.run.looked_at) == ("done", True, 60)
    assert world.table("articles").article_id.nunique() == 60


GARBAGE = {
    "empty": b"",
    "white space": b" \n\t\n",
    "binary": bytes(range(256)) * 50,
    "pdf": b"%PDF-1.7\n" + b"\x00\x01" * 500,
    "nul bytes": b"Gout\x00\x00\x00" * 400,
}


def test_garbage_is_set_aside_with_a_reason_and_the_others_go_on(world):
    for name, content in GARBAGE.items():
        world.write(f"{name}.txt", content)
    world.write("gout.txt", gout())
    world.write("cut.html", b"<html><body><h1>Asthma</h1><p>Salbutamol is recommended for ast")
    world.write("latin.txt", gout().replace("Gout Flares", "Sjögren").encode("cp1252"))
    outcome = world.run()
    assert outcome.exit_code == 3
    rows = world.table("articles")
    aside = rows[rows.status == "set aside"]
    assert set(aside.article_id) >= {"empty", "white space", "binary", "pdf"}
    assert (aside.what.str.len() > 5).all()
    assert set(rows[rows.status == "ok"].article_id) >= {"gout", "cut", "latin"}


def hooked(world: World) -> dict:
    """Options of a run whose hook writes what it is told into `told.json`."""
    world.write("gout.txt", gout())
    path = world.home / "sources.toml"
    path.write_text(
        f'notify_command = ["tee", "{world.home / "told.json"}"]\n[[source]]\nfolder = "articles"\n'
    )
    return {"sources": (), "config": path}


def told(world: World) -> list:
    path = world.home / "told.json"
    if not path.is_file():
        return []
    row = json.loads(path.read_text())
    return [row["status"], row["error"].splitlines()[0].split("  ")[0]]


def test_the_hook_is_told_of_a_run_that_could_not_begin(world):
    (world.home / "processed").write_text("not a folder")
    with pytest.raises(EvidenceError):
        world.run(**hooked(world))
    assert told(world) == ["failed", "E-LEDGER-4"]


@pytest.mark.parametrize(("wait", "expected"), [(0.0, []), (0.3, ["failed", "E-LEDGER-2"])])
def test_the_hook_is_told_of_a_run_that_waited_in_vain_for_another(world, today, wait, expected):
    options = hooked(world)
    with Ledger.open(world.home / "processed").writing("holds it", now=today), pytest.raises(EvidenceError):
        world.run(**options, wait=wait)
    assert told(world) == expected


def test_the_hook_is_told_of_a_failure_that_the_ledger_could_not_record(world, monkeypatch):
    def full(*_args, **_given):
        raise EvidenceError("E-LEDGER-3", "the disk is full")

    options = hooked(world)
    monkeypatch.setattr(closing, "reconcile", full)
    monkeypatch.setattr(Writer, "record_failure", full)
    with pytest.raises(EvidenceError, match="E-LEDGER-3"):
        world.run(**options)
    assert told(world) == ["failed", "E-LEDGER-3"]
