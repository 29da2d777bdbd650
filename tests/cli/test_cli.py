"""The command line: what each command prints, and its exit codes."""

from __future__ import annotations

import csv
import datetime as dt
import io
import json
import os
import re
import shutil
import signal
import subprocess
import sys
from pathlib import Path

import click
import pytest

from pipeline.cli import COMMANDS, LazyGroup, main
from pipeline.ledger import Ledger
from pipeline.vocabulary import Lexicon
from tests.cli.conftest import ROOT, run
from tests.patience import PATIENCE

OLD, NEW = (
    ROOT / "raw/samples/2025/atrial-fibrillation.txt",
    ROOT / "raw/samples/2026/atrial-fibrillation.txt",
)
COMMAND_HELP = re.compile(r"^\s*\$ (evidence .*?)(?:\s{3,}.*)?$", re.MULTILINE)


def commands(group: click.Group = main, path: str = "") -> list[str]:
    context = click.Context(group)
    found = []
    for name in group.list_commands(context):
        command = group.get_command(context, name)
        found.append(f"{path}{name}")
        if isinstance(command, click.Group):
            found += commands(command, f"{path}{name} ")
    return found


def test_every_command_that_is_promised_is_there():
    assert isinstance(main, LazyGroup)
    assert main.list_commands(click.Context(main)) == list(COMMANDS)


@pytest.mark.parametrize("path", commands())
def test_every_command_teaches_by_example(path):
    result = run(*path.split(), "--help")
    assert result.exit_code == 0
    command = main.get_command(click.Context(main), path.split()[0])
    if len(path.split()) == 1 and isinstance(command, click.Group):
        return
    assert COMMAND_HELP.findall(result.output), f"no example in evidence {path} --help"


def test_the_pages_made_from_the_code_are_up_to_date():
    result = subprocess.run(
        [sys.executable, ROOT / "docs/generate.py", "--check"], capture_output=True, text=True
    )
    assert (result.returncode, result.stderr) == (0, "")


@pytest.mark.parametrize("ended", [signal.SIGTERM, signal.SIGHUP])
def test_a_run_that_the_system_ends_stops_in_order(tmp_path, ended):
    command = [
        sys.executable,
        "-c",
        "from pipeline.cli import main; main()",
        "run",
        OLD,
        "--plain",
        "--wait",
        "60",
    ]
    places = ["--raw", tmp_path / "raw", "--processed", tmp_path / "processed"]
    with Ledger.open(tmp_path / "processed").writing("other", now=lambda: dt.datetime.now(dt.UTC)):
        process = subprocess.Popen([*command, *places], stderr=subprocess.PIPE, text=True, cwd=ROOT)
        assert "waiting for" in process.stderr.readline()
        process.send_signal(ended)
        assert process.communicate(timeout=PATIENCE)[1].startswith("interrupted")
    assert process.returncode == 1


def test_extract_prints_a_table_and_rows():
    table = run("extract", str(OLD))
    assert table.exit_code == 0
    assert "apixaban" in table.output
    rows = json.loads(run("extract", str(OLD), "--json").output)
    assert {"apixaban"} <= {row["drug"] for row in rows}
    assert all(len(row["quote"]) == row["char_end"] - row["char_start"] for row in rows)


@pytest.mark.parametrize("content", [b"", b"%PDF-1.7\n\x00\x01", b"\x00" * 2000])
def test_what_cannot_be_read_is_told(tmp_path, content):
    path = tmp_path / "page.txt"
    path.write_bytes(content)
    result = run("extract", str(path))
    assert result.exit_code == 1
    assert re.match(r"E-ARTICLE-\d+  .+\n  where: .+\n  do: +.+", result.output)
    assert "Traceback" not in result.output


@pytest.mark.parametrize(
    ("command", "code", "where"),
    [
        (("import", "csv", "claims", "bytes.dat", "--editor", "ann"), "E-CLI-5", "bytes.dat"),
        (("import", "brat", "claims", "bytes.dat", "--editor", "ann"), "E-CLI-5", "bytes.dat"),
        (("review", "--token-file", "bytes.dat", "--no-browser"), "E-CLI-5", "bytes.dat"),
        (("export", "csv", "-o", "nowhere/claims.csv"), "E-CLI-6", "nowhere/claims.csv"),
        (("export", "brat", "-o", "bytes.dat"), "E-CLI-6", "bytes.dat"),
        (("run", "--config", "sources.toml", "--plain"), "E-CONFIG-10", "bytes.dat"),
        (("query", "select 1 from evidence", "--as-of", "2026-01-01", "--config", "sources.toml"), "E-CONFIG-10", "bytes.dat"),
    ],
)  # fmt: skip
def test_a_file_that_cannot_be_read_or_written_is_told(home, tmp_path, monkeypatch, command, code, where):
    monkeypatch.chdir(tmp_path)
    (tmp_path / "bytes.dat").write_bytes(b"\xff\xfe\x00")
    (tmp_path / "sources.toml").write_text('rules = "bytes.dat"\n[[source]]\nfolder = "."\n')
    result = run(*command, *home)
    assert result.exit_code == 1
    assert re.match(rf"{code}  .+\n  where: {where}\n  do: +.+", result.output)


def test_diff_of_two_files_tells_what_changed_in_meaning():
    result = run("diff", str(OLD), str(NEW))
    assert result.exit_code == 0
    assert result.output.strip()
    same = run("diff", str(OLD), str(OLD), "--format", "json")
    assert json.loads(same.output) == []


def test_diff_of_runs_and_dates(home):
    changes = json.loads(run("diff", "2025-12-31", "2026-12-31", "--format", "json", *home).output)
    assert {"added", "changed"} <= {c["kind"] for c in changes}
    assert run("diff", "last", "last", *home).exit_code == 0
    wrong = run("diff", "nowhere", "last", *home)
    assert wrong.exit_code == 2
    assert "is no file, no day (2025-12-31) and no run" in wrong.output


def test_a_terminal_of_few_letters_is_told_of_what_it_cannot_show(home):
    told = subprocess.run(
        [sys.executable, "-c", "from pipeline.cli import main; main()", "query", "select '≥5' as x", "--format", "csv", *home],
        capture_output=True, text=True, env=os.environ | {"PYTHONIOENCODING": "latin-1"},
    )  # fmt: skip
    assert (told.returncode, told.stderr.splitlines()[0]) == (
        1, "E-CLI-7  '\\u2265' cannot be written as latin-1",
    )  # fmt: skip


@pytest.mark.parametrize(
    "content",
    [
        b"Aspirin\r\ncaf\xc3\xa9",
        b"\xef\xbb\xbfAspirin\r\ncaf\xc3\xa9\n",
        b"\xff\xfe" + "Aspirin\ncafé\n".encode("utf-16-le"),
        b"\xfe\xff" + "Aspirin\ncafé".encode("utf-16-be"),
    ],
)
def test_annotate_reads_texts_with_marks_of_their_encoding(tmp_path, content):
    (tmp_path / "texts.txt").write_bytes(content)
    documents = [
        json.loads(line) for line in run("annotate", str(tmp_path / "texts.txt")).stdout.splitlines()
    ]
    assert [(d["text"], [(m["start"], m["end"]) for m in d["mentions"]]) for d in documents] == [
        ("Aspirin", [(0, 7)]),
        ("café", []),
    ]


@pytest.mark.skipif(not Path("/dev/full").exists(), reason="a system without /dev/full")
def test_a_full_disk_behind_the_output_is_told():
    with Path("/dev/full").open("w") as full:
        told = subprocess.run(
            [sys.executable, "-c", "from pipeline.cli import main; main()", "annotate"],
            input="Give aspirin.\n", stdout=full, stderr=subprocess.PIPE, text=True,
        )  # fmt: skip
    assert (told.returncode, told.stderr) == (
        1, "E-CLI-6  No space left on device\n  where: the output\n  do:    make room\n",
    )  # fmt: skip


def test_an_export_that_finds_no_room_leaves_the_last_one(home, tmp_path):
    (tmp_path / "out.jsonl").write_text("the last one")
    limited = "import resource; resource.setrlimit(resource.RLIMIT_FSIZE, (1000, 1000)); from pipeline.cli import main; main()"
    told = subprocess.run(
        [sys.executable, "-c", limited, "export", "jsonl", "-o", "out.jsonl", *home],
        capture_output=True, text=True, cwd=tmp_path,
    )  # fmt: skip
    assert (told.returncode, told.stderr) == (
        1, "E-CLI-6  File too large\n  where: out.jsonl\n  do:    make room\n",
    )  # fmt: skip
    assert [(path.name, path.read_text()) for path in tmp_path.glob("*out*")] == [
        ("out.jsonl", "the last one")
    ]


def test_query_in_every_form(home):
    sql = "select drug, setting, n_claims from evidence order by drug, evidence_id limit 3"
    assert "drug" in run("query", sql, *home).output
    rows = json.loads(run("query", sql, "--format", "json", *home).output)
    assert len(rows) == 3
    printed = run("query", sql, "--format", "csv", *home).output
    assert "\r" not in printed  # which would stick to the last cell of a line in a pipe
    table = list(csv.reader(io.StringIO(printed)))
    assert [line[0] for line in table] == ["drug", *(row["drug"] for row in rows)]


def test_rows_too_wide_for_the_terminal_stand_one_value_a_line(home):
    printed = run("query", "select * from claims order by claim_id limit 2", *home).output.splitlines()
    drug = re.compile(r"drug {2,}[a-z]")
    assert [bool(drug.match(line)) for line in printed].count(True) == 2
    assert [line for line in printed if line.startswith("-- ")] == ["-- row 1", "-- row 2"]


def test_columns_of_one_name_are_told_apart(home):
    sql = "select 1 as n, 2 as n, 3 as n"
    assert json.loads(run("query", sql, "--format", "json", *home).output) == [{"n": 1, "n_2": 2, "n_3": 3}]
    assert run("query", sql, "--format", "csv", *home).output.split() == ["n,n_2,n_3", "1,2,3"]
    assert run("query", sql, *home).output.split() == ["n", "n_2", "n_3", "1", "2", "3"]


def test_query_as_of_a_day_has_no_later_article(home):
    sql = "select max(article_date) as newest, count(*) as claims from claims"
    [then] = json.loads(run("query", sql, "--as-of", "2025-12-31", "--format", "json", *home).output)
    [now] = json.loads(run("query", sql, "--format", "json", *home).output)
    assert then["newest"] <= "2025-12-31" < now["newest"]
    sql = "select count(*) as rows, max(last_said) as newest from evidence"
    [evidence] = json.loads(run("query", sql, "--as-of", "2025-12-31", "--format", "json", *home).output)
    assert evidence["rows"] > 0
    assert evidence["newest"] <= "2025-12-31"
    [before] = json.loads(
        run(
            "query", "select count(*) as n from claims", "--known-at", "2020-01-01", "--format", "json", *home
        ).output
    )
    assert before == {"n": 0}


def test_evidence_of_a_day_is_what_the_articles_of_that_day_say(home, tmp_path):
    """Claims that were changed or dropped since count as much as those that still hold."""
    old = ["--raw", str(tmp_path / "raw"), "--processed", str(tmp_path / "processed")]
    assert run("run", "--plain", "--quiet", "raw/samples/2025", *old).exit_code == 0
    for columns in (
        "claim_id, superseded_at from claims",
        "evidence_id, direction, strength, status, claim_ids from evidence",
    ):
        sql = f"select {columns} order by all"
        then = json.loads(run("query", sql, "--as-of", "2025-12-31", "--format", "json", *home).output)
        assert then == json.loads(run("query", sql, "--format", "json", *old).output)
        assert then


@pytest.mark.parametrize(
    "sql", ["select * from nowhere", "drop table claims", "select * from '/etc/passwd'", "select 1; select 2"]
)
def test_a_query_that_cannot_be_answered_is_told(home, sql):
    result = run("query", sql, *home)
    assert result.exit_code == 1
    assert result.output.startswith("E-QUERY-")


def test_status(home):
    assert "Last runs" in run("status", *home).output
    status = json.loads(run("status", "--json", *home).output)
    assert status["articles"] >= 8
    assert status["runs"][0]["status"] == "done"


def test_status_before_the_first_run_ended(tmp_path):
    assert "Nothing ran yet: evidence run" in run("status", "--processed", tmp_path).output
    held = {
        "run_id": "r1",
        "started_at": "2026-03-01T12:00:00+00:00",
        "pid": 7,
        "host": "here",
        "done": False,
    }
    (tmp_path / "ledger").mkdir()
    (tmp_path / "ledger/writer.json").write_text(json.dumps(held))
    said = run("status", "--processed", tmp_path).output
    assert "Run r1, begun 2026-03-01 12:00 UTC, ended without a word (process 7 on here)." in said
    assert "evidence run" in said
    assert "Nothing ran yet" not in said


def test_report(home, tmp_path):
    assert run("report", *home).output.startswith("# ")
    assert json.loads(run("report", "--format", "json", *home).output)
    assert run("report", "--format", "html", "-o", str(tmp_path / "r.html"), *home).exit_code == 0
    assert (tmp_path / "r.html").read_text(encoding="utf-8").startswith("<!doctype html>")
    missing = run("report", "../../etc/passwd", *home)
    assert missing.exit_code == 1
    assert "E-CLI-1" in missing.output


def test_show_tells_why(home):
    [row] = json.loads(
        run(
            "query", "select claim_id, quote from claims order by claim_id limit 1", "--format", "json", *home
        ).output
    )
    result = run("show", row["claim_id"], *home)
    assert result.exit_code == 0
    assert row["quote"].split()[0] in result.output
    assert run("show", "no-such-claim", *home).exit_code == 1


def test_running_again_changes_nothing(home):
    processed = Path(home[3])
    before = {p.name: p.read_bytes() for p in processed.glob("*.parquet")}
    result = run("run", "--plain", "--quiet", *home)
    assert result.exit_code == 0
    assert "0 added, 0 changed, 0 removed" in result.output
    assert {p.name: p.read_bytes() for p in processed.glob("*.parquet")} == before


@pytest.mark.parametrize("form", ["jsonl", "csv", "brat", "webannotation"])
def test_what_is_exported_is_read_back(home, tmp_path, form):
    out = tmp_path / ("folder" if form == "brat" else "claims")
    assert run("export", form, "claims", "-o", str(out), *home).exit_code == 0
    result = run("import", form, "claims", str(out), "--editor", "ann", "--dry-run", *home)
    assert (result.exit_code, result.output) == (0, "0 decisions would be recorded\n")


def test_a_change_outside_becomes_a_correction(home, tmp_path):
    out = tmp_path / "claims.csv"
    run("export", "csv", "-o", str(out), *home)
    lines = list(csv.DictReader(io.StringIO(out.read_text(encoding="utf-8"), newline="")))
    lines[0]["strength"] = "strong" if lines[0]["strength"] != "strong" else "conditional"
    with out.open("w", encoding="utf-8", newline="") as file:
        writer = csv.DictWriter(file, lines[0])
        writer.writeheader()
        writer.writerows(lines)
    result = run("import", "csv", "claims", str(out), "--editor", "ann", "--dry-run", *home)
    assert "1 decision would be recorded" in result.output
    assert "['strength']" in result.output


def test_a_drug_renamed_outside_brings_its_own_code(home, tmp_path):
    places = ["--raw", str(tmp_path / "raw"), "--processed", str(tmp_path / "processed")]
    shutil.copytree(home[3], tmp_path / "processed")
    out = tmp_path / "claims.csv"
    run("export", "csv", "-o", str(out), *places)
    lines = list(csv.DictReader(io.StringIO(out.read_text(encoding="utf-8"), newline="")))
    lines[0]["drug"] = "Neurontin"
    lines[1]["drug"] = "zyxomab"
    with out.open("w", encoding="utf-8", newline="") as file:
        writer = csv.DictWriter(file, lines[0])
        writer.writeheader()
        writer.writerows(lines)
    assert run("import", "csv", "claims", str(out), "--editor", "ann", *places).exit_code == 0
    decided = tmp_path / "decided.jsonl"
    assert run("export", "jsonl", "--decided", "-o", str(decided), *places).exit_code == 0
    rows = {r["claim_id"]: r for r in map(json.loads, decided.read_text(encoding="utf-8").splitlines())}
    gabapentin = Lexicon.default().drug("gabapentin")
    assert [(rows[line["claim_id"]]["drug"], rows[line["claim_id"]]["drug_code"]) for line in lines[:2]] == [
        (gabapentin.name, gabapentin.code),
        ("zyxomab", None),
    ]
    assert sorted(rows) == sorted(line["claim_id"] for line in lines)


def test_wrong_usage_is_2():
    assert run("run", "/no/such/folder").exit_code == 1
    assert run("query").exit_code == 2
    assert run("evaluate").exit_code == 2
    assert run("nonsense").exit_code == 2


def test_a_bad_article_is_set_aside_and_the_exit_code_is_3(tmp_path):
    folder = tmp_path / "articles"
    folder.mkdir()
    (folder / "good.txt").write_bytes(OLD.read_bytes())
    (folder / "empty.txt").write_bytes(b"")
    places = ["--raw", str(tmp_path / "raw"), "--processed", str(tmp_path / "processed")]
    result = run("run", str(folder), "--plain", "--quiet", *places)
    assert result.exit_code == 3
    assert "set aside: " in result.output
    assert "empty.txt" in result.output
    again = run("run", str(folder), "--plain", "--quiet", *places)
    assert again.exit_code == 3


def test_help_needs_no_development_dependencies():
    code = (
        "import sys; hidden = ('pytest', 'hypothesis', 'playwright', 'mypy', 'polars');"
        "sys.modules.update(dict.fromkeys(hidden)); from pipeline.cli import main; main(['--help'])"
    )
    result = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True)
    assert (result.returncode, result.stderr) == (0, "")
