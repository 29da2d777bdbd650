"""Articles from short texts, and their claims flattened to the columns in question."""

from __future__ import annotations

import datetime as dt
import hashlib
from collections.abc import Callable
from typing import Any

import pytest

from pipeline.articles import read_article
from pipeline.claims import extract_claims
from pipeline.model import Article, Snapshot, row_of


def read(text: str | bytes, name: str = "sample.txt", media_type: str = "text/plain") -> Article:
    content = text.encode("utf-8") if isinstance(text, str) else text
    return read_article(
        Snapshot(
            content=content,
            sha256=hashlib.sha256(content).hexdigest(),
            location=name,
            fetched_at=dt.datetime(2026, 1, 2, tzinfo=dt.UTC),
            media_type=media_type,
        )
    )


@pytest.fixture(scope="session")
def article_of() -> Callable[..., Article]:
    return read


@pytest.fixture(scope="session")
def rows_of() -> Callable[..., list[dict[str, Any]]]:
    """Every row of a text, in reading order, drugs only."""

    def rows(text: str, **kwargs: str) -> list[dict[str, Any]]:
        return [row_of(c) for c in extract_claims(read(text, **kwargs)) if c.drug_kind != "procedure"]

    return rows


@pytest.fixture(scope="session")
def values_of(rows_of: Callable[..., list[dict[str, Any]]]) -> Callable[..., list[tuple[Any, ...]]]:
    """The rows of a text as tuples of the named columns; lists as words joined by ", "."""

    def values(text: str, *columns: str, **kwargs: str) -> list[tuple[Any, ...]]:
        out = []
        for row in rows_of(text, **kwargs):
            cells = [row[c] for c in columns]
            out.append(tuple(", ".join(map(str, c)) if isinstance(c, list) else c for c in cells))
        return out

    return values
