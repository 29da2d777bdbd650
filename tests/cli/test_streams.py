"""Standard streams that are closed, full, or read only in part, as a shell and cron give them to a command."""

from __future__ import annotations

import os
import shlex
import subprocess
import sys
from pathlib import Path

import pytest

from tests.cli.conftest import ROOT
from tests.patience import PATIENCE

ARTICLE = ROOT / "raw/samples/2025/atrial-fibrillation.txt"
RUN = f"evidence run --plain --raw raw --processed processed {ARTICLE}"

pytestmark = pytest.mark.skipif(not Path("/dev/full").exists(), reason="a system without /dev/full")


@pytest.fixture
def shell(home, tmp_path):
    """Runs a line of bash in which `evidence` is this program and {ledger} one with the bundled samples."""
    program = tmp_path / "evidence"
    program.write_text(f"#!{sys.executable}\nfrom pipeline.cli import main\nmain()\n")
    program.chmod(0o755)
    (tmp_path / "many.txt").write_text("He was given ibuprofen 400 mg three times daily.\n" * 1000)
    variables = {**os.environ, "PATH": f"{tmp_path}:{os.environ['PATH']}", "PYTHONPATH": str(ROOT)}

    def told(line: str) -> tuple[int, str, str]:
        shown = line.format(ledger=shlex.join(home), article=ARTICLE)
        done = subprocess.run(
            ["bash", "-c", shown],
            capture_output=True,
            text=True,
            cwd=tmp_path,
            env=variables,
            timeout=PATIENCE,
        )
        return done.returncode, done.stdout, done.stderr

    return told


@pytest.mark.parametrize(
    "command",
    [
        "annotate many.txt", "query 'select * from claims' {ledger}", "query 'select drug from claims' {ledger}",
        "query 'select * from claims' --format csv {ledger}", "export csv {ledger}", "export jsonl {ledger}", "status {ledger}",
        "vocabulary find MMF", "--help", "annotate --help", "extract {article}",
    ],
)  # fmt: skip
def test_a_reader_who_stops_early_makes_no_error_of_a_command(shell, command):
    assert shell(f"evidence {command} | true; exit $PIPESTATUS") == (0, "", "")


@pytest.mark.parametrize(
    "streams",
    [
        "2>&1 | true; exit $PIPESTATUS",
        "| true; exit $PIPESTATUS",
        "2>/dev/full",
        ">/dev/full",
        ">&- 2>&- <&-",
    ],
)
def test_a_run_to_which_nobody_listens_is_done_all_the_same(shell, tmp_path, streams):
    code, _, said = shell(f"{RUN} {streams}")
    assert (code, "Traceback" in said, (tmp_path / "processed/claims.parquet").exists()) == (0, False, True)
    code, said, _ = shell("evidence query --format csv 'select status from runs' --processed processed")
    assert (code, said) == (0, "status\ndone\n")


def test_a_run_to_which_nobody_listens_keeps_its_exit_code(shell):
    code, _, said = shell(f"{RUN} http://127.0.0.1:1/x 2>&1 | true; exit $PIPESTATUS")
    assert (code, said) == (3, "")


@pytest.mark.parametrize(
    ("line", "code", "said"),
    [
        ("evidence annotate <&-", 1, "E-CLI-5  standard input is closed"),
        ("evidence annotate /proc/self/mem", 1, "E-CLI-6  Input/output error"),
        ("evidence extract /proc/self/mem", 1, "E-CLI-6  Input/output error"),
        ("evidence annotate many.txt >/dev/full", 1, "E-CLI-6  No space left on device"),
        ("evidence export csv {ledger} >/dev/full", 1, "E-CLI-6  No space left on device"),
        ("evidence annotate nowhere.txt", 2, "Usage: evidence annotate [OPTIONS] [FILE]"),
        ("evidence annotate .", 2, "Usage: evidence annotate [OPTIONS] [FILE]"),
        ("evidence show nothing {ledger} 2>/dev/full", 1, ""),
    ],
)
def test_what_cannot_be_read_or_written_is_told(shell, line, code, said):
    ended, out, err = shell(line)
    assert (ended, out, (err.splitlines() or [""])[0]) == (code, "", said)
