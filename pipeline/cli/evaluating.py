"""Figures of the extractor over a file of cases."""

from __future__ import annotations

import dataclasses
import datetime as dt
import hashlib
from pathlib import Path
from typing import Any

import click


def print_scores(path: Path, most: int) -> None:
    """Extract every case of `path` (a file or folder) and print the six levels, then the worst rows of `tuple`."""
    from pipeline.articles import read_article
    from pipeline.claims import extract_claims
    from pipeline.cli.files import text_of
    from pipeline.cli.tables import print_rows
    from pipeline.evaluation.cases import load_cases, parse_cases
    from pipeline.evaluation.score import score_all, score_level
    from pipeline.model import Snapshot, row_of

    cases = load_cases(path) if path.is_dir() else parse_cases(text_of(path), where=path.name)
    gold: list[dict[str, Any]] = []
    found: list[dict[str, Any]] = []
    for case in cases:
        text, media_type = case.page()
        content = text.encode("utf-8")
        snapshot = Snapshot(
            content=content,
            sha256=hashlib.sha256(content).hexdigest(),
            location=f"{case.id}.{'html' if media_type == 'text/html' else 'txt'}",
            fetched_at=dt.datetime(2000, 1, 1, tzinfo=dt.UTC),
            media_type=media_type,
            charset="utf-8",
        )
        article = dataclasses.replace(read_article(snapshot), article_id=case.id)
        found.extend(row_of(claim) for claim in extract_claims(article))
        gold.extend(case.gold())
    names = [case.id for case in cases]
    click.echo(f"{len(cases)} cases, {len(gold)} expected rows, {len(found)} claims")
    print_rows(
        ["level", "expected", "found", "right", "precision", "recall", "F1"],
        [
            [s.level, s.gold, s.found, s.hit, f"{s.precision:.3f}", f"{s.recall:.3f}", f"{s.f1:.3f}"]
            for s in score_all(gold, found, documents=names)
        ],
    )
    outcome = score_level(gold, found, "tuple", documents=names)
    for title, keys in (("missed", outcome.missed), ("wrong", outcome.wrong)):
        for doc, key in keys[:most]:
            click.echo(f"{title:7} {doc}: {', '.join(map(str, key))}")
