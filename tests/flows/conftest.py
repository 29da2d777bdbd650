"""Small articles of our own, and runs over them in plain Python."""

import datetime as dt
from collections.abc import Callable
from pathlib import Path

import pandas as pd
import pytest

from flows.options import RunOptions, RunOutcome
from flows.run import run_plain
from tests.web import site

__all__ = ["site"]

FIRST = """Gout Flares: First Steps

Last updated: {date}

Treatment of an Acute Gout Flare

The following agents {verb} as first-line therapy for acute gout flares:

• Colchicine {dose} on the first day{cite}

• Naproxen 500 mg twice daily

• Prednisone 30 mg once daily for 5 days

Urate-Lowering Therapy

Allopurinol is strongly recommended as first-line therapy in patients with gout and tophi.
"""


def gout(
    *, date: str = "March 3, 2025", verb: str = "are recommended", dose: str = "1.2 mg", cite: str = ""
) -> str:
    return FIRST.format(date=date, verb=verb, dose=dose, cite=cite)


def other(name: str, drug: str = "Metformin", dose: str = "500 mg twice daily") -> str:
    return (
        f"Notes on {name}\n\nLast updated: June 1, 2025\n\nMedication\n\n"
        f"{drug} {dose} is strongly recommended as first-line therapy in type 2 diabetes mellitus.\n"
    )


class World:
    """A folder of articles and a ledger."""

    def __init__(self, home: Path) -> None:
        self.home = home
        self.articles = home / "articles"
        self.articles.mkdir(exist_ok=True)

    @classmethod
    def at(cls, home: Path) -> "World":
        return cls(home)

    def write(self, name: str, content: str | bytes) -> Path:
        path = self.articles / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(content if isinstance(content, bytes) else content.encode())
        return path

    def options(self, **given) -> RunOptions:
        values = {
            "raw": self.home / "raw",
            "processed": self.home / "processed",
            "sources": (str(self.articles),),
            "progress": "none",
            "orchestrated": False,
        }
        return RunOptions(**(values | given))

    def run(self, **given) -> RunOutcome:
        return run_plain(self.options(**given))

    def table(self, name: str) -> pd.DataFrame:
        return pd.read_parquet(self.home / "processed" / f"{name}.parquet")

    def snapshots(self) -> dict[str, bytes]:
        return {p.name: p.read_bytes() for p in sorted((self.home / "processed").glob("*.parquet"))}

    def changes(self) -> list[tuple]:
        rows = self.table("changes")
        return sorted(zip(rows.kind, rows.importance, rows.drug, rows.cause))


@pytest.fixture
def world(tmp_path: Path) -> World:
    return World(tmp_path)


@pytest.fixture
def today() -> Callable[[], dt.datetime]:
    return lambda: dt.datetime.now(dt.UTC)
