"""The four shared articles, read against their annotated rows."""

from __future__ import annotations

import datetime as dt
import hashlib
import json
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import pytest

from pipeline.articles import read_article
from pipeline.claims import extract_claims
from pipeline.model import Snapshot, row_of

SHARED = Path(__file__).parents[2] / "../shared"
FLOORS = {"pair": 0.97, "directed": 0.96, "tuple": 0.94, "rich": 0.85, "amount": 1.0, "dose": 0.95}


@pytest.mark.skipif(
    not (SHARED / "gold" / "score").exists(), reason="no annotated articles beside the repository"
)
def test_figures(tmp_path: Path) -> None:
    rows = []
    for path in sorted((SHARED / "articles").glob("*.txt")):
        content = path.read_bytes()
        article = read_article(
            Snapshot(
                content=content,
                sha256=hashlib.sha256(content).hexdigest(),
                location=path.name,
                fetched_at=dt.datetime(2026, 1, 2, tzinfo=dt.UTC),
            )
        )
        rows += [row_of(claim) for claim in extract_claims(article)]
    claims = tmp_path / "claims.jsonl"
    claims.write_text("".join(json.dumps(row, default=str) + "\n" for row in rows), encoding="utf-8")
    out = subprocess.run(
        [sys.executable, SHARED / "gold" / "score", SHARED / "gold" / "seeds.jsonl", claims, "--json"],
        capture_output=True,
        check=True,
        text=True,
    )
    figures = {r["level"]: r for r in json.loads(out.stdout)}
    assert {name: figures[name]["f1"] >= floor for name, floor in FLOORS.items()} == dict.fromkeys(
        FLOORS, True
    )
    assert all(abs(r["precision"] - r["recall"]) <= 0.05 for r in figures.values())


def test_the_order_of_articles_changes_nothing(article_of: Callable[..., object]) -> None:
    texts = ["Gout\n\nAvoid codeine.", "Asthma\n\nBudesonide is first-line.", "Gout\n\nUse naproxen."]
    forth = [extract_claims(article_of(t)) for t in texts]
    back = [extract_claims(article_of(t)) for t in reversed(texts)]
    assert forth == back[::-1]
