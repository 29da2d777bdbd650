"""A ledger of the bundled samples, made once; commands are run on it in-process."""

from __future__ import annotations

from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from pipeline.cli import main

ROOT = Path(__file__).parents[2]


def run(*arguments: str) -> Result:
    return CliRunner().invoke(main, list(arguments), catch_exceptions=True)


@pytest.fixture(scope="session")
def home(tmp_path_factory) -> list[str]:
    """--raw and --processed of a ledger that holds the bundled samples."""
    folder = tmp_path_factory.mktemp("ledger")
    places = ["--raw", str(folder / "raw"), "--processed", str(folder / "processed")]
    result = run("run", "--plain", "--quiet", *places)
    assert result.exit_code == 0, result.output
    return places
