"""Every example in the README and in the help of a command runs."""

from __future__ import annotations

import json
import re
import shlex
import shutil
from pathlib import Path

import click
import pytest
from click.testing import CliRunner

from pipeline.cli import main
from tests.cli.conftest import ROOT, run
from tests.cli.test_cli import commands

DOCUMENTS = ("README.md", "docs/operating.md", "docs/analysis.md")

LINE = re.compile(r"^\s*\$ (evidence .*?)(?:\s{2,}.*)?$", re.MULTILINE)
# These serve until Ctrl-C, open a browser, or ask the web; they are tested where they can be.
ELSEWHERE = ("evidence review", "evidence schedule", "https://")


def help_of(path: str) -> str:
    command: click.Command = main
    for name in path.split():
        assert isinstance(command, click.Group)
        found = command.get_command(click.Context(command), name)
        assert found is not None
        command = found
    return (command.help or "") if path else (main.help or "")


def examples() -> list[str]:
    texts = [(ROOT / "README.md").read_text(encoding="utf-8"), *map(help_of, ["", *commands()])]
    lines = [line for text in texts for line in LINE.findall(text)]
    return [line for line in dict.fromkeys(lines) if not any(word in line for word in ELSEWHERE)]


@pytest.fixture(scope="module")
def folder(tmp_path_factory, home) -> Path:
    """A folder with what the examples name, and a ledger of its own."""
    here = tmp_path_factory.mktemp("examples")
    shutil.copytree(ROOT / "raw/samples", here / "raw/samples")
    shutil.copytree(ROOT / "raw/samples", here / "articles")
    shutil.copytree(home[3], here / "processed")
    (here / "sources.toml").write_text('[[source]]\nfolder = "raw/samples"\n')
    shutil.copy(ROOT / "raw/samples/2025/migraine.html", here / "article.html")
    (here / "abstracts.txt").write_text("Prednisone 60 mg daily was given for giant cell arteritis.\n")
    (here / "RxNorm_full/rrf").mkdir(parents=True)
    conso = "1|ENG|P|L1|PF|S1|Y|A1||1||RXNORM|IN|1|examplumab|0|N|4096|\n"
    (here / "RxNorm_full/rrf/RXNCONSO.RRF").write_text(conso)
    (here / "mondo.obo").write_text("format-version: 1.2\n\n[Term]\nid: MONDO:0000001\nname: exampleitis\n")
    (here / "atc.csv").write_text("code,name\nL04AA99,examplumab\n")
    shutil.copy(ROOT / "tests/claims/cases/dev/urology.jsonl", here / "my-cases.jsonl")
    places = ["--raw", str(here / "raw"), "--processed", str(here / "processed")]
    claims = json.loads(run("export", "jsonl", "claims", *places).output.splitlines()[0])
    (here / "changed.jsonl").write_text(
        json.dumps({**claims, "strength": "strong", "preference": "alternative"}) + "\n"
    )
    assert (
        run("import", "jsonl", "claims", str(here / "changed.jsonl"), "--editor", "ann", *places).exit_code
        == 0
    )
    run("export", "jsonl", "decisions", "-o", str(here / "decisions.jsonl"), *places)
    run("export", "csv", "-o", str(here / "claims.csv"), *places)
    return here


@pytest.mark.parametrize("example", examples())
def test_the_example_runs(example, folder, monkeypatch):
    monkeypatch.chdir(folder)
    monkeypatch.delenv("EVIDENCE_VOCABULARY", raising=False)
    words = shlex.split(example.split("  #")[0])[1:]
    if words[0] == "run":
        words.append("--plain")
    words = [str(folder / "try") if word == "/tmp/try" else word for word in words]
    result = CliRunner().invoke(main, words)
    assert result.exit_code == 0, result.output


def test_the_python_of_the_documents_runs(folder, monkeypatch):
    monkeypatch.chdir(folder)
    texts = [(ROOT / name).read_text(encoding="utf-8") for name in DOCUMENTS]
    blocks = [b for text in texts for b in re.findall(r"```python\n(.*?)```", text, re.DOTALL)]
    assert len(blocks) == 9
    for block in blocks:
        exec(compile(block, "README.md", "exec"), {})
