"""Small helpers for the reading room's tests."""

from __future__ import annotations

import datetime as dt
import hashlib
from collections.abc import Callable

import pytest

from pipeline.articles import read_article
from pipeline.model import Article, Snapshot


def _snapshot(content: bytes | str, location: str = "notes/article.txt", **more: object) -> Snapshot:
    raw = content.encode() if isinstance(content, str) else content
    return Snapshot(
        content=raw,
        sha256=hashlib.sha256(raw).hexdigest(),
        location=location,
        fetched_at=dt.datetime(2026, 1, 1, tzinfo=dt.UTC),
        **more,  # type: ignore[arg-type]
    )


def _outline(article: Article) -> list[str]:
    """One line per block: section level, kind, nesting, marker and words; parents and lead-ins by their words."""
    lines = []
    for block in article.blocks:
        words = article.words(block)
        if block.kind == "heading":
            lines.append(f"{'#' * (article.sections[block.section].level + 1)} {words}")
            continue
        mark = {"item": block.marker or "*", "row": "|", "caption": "^"}.get(block.kind, "")
        notes = []
        if block.parent is not None:
            notes.append(f"in: {article.words(article.blocks[block.parent])[:30]}")
        if block.lead_in is not None:
            notes.append(f"led by: {article.words(article.blocks[block.lead_in])[:30]}")
        tail = f"   <{'; '.join(notes)}>" if notes else ""
        lines.append(f"{'  ' * block.depth}{mark}{' ' if mark else ''}{words}{tail}")
    return lines


@pytest.fixture(scope="session")
def snapshot() -> Callable[..., Snapshot]:
    return _snapshot


@pytest.fixture(scope="session")
def read() -> Callable[..., Article]:
    def read_it(content: bytes | str, location: str = "notes/article.txt", **more: object) -> Article:
        return read_article(_snapshot(content, location, **more))

    return read_it


@pytest.fixture(scope="session")
def outline() -> Callable[[Article], list[str]]:
    return _outline
