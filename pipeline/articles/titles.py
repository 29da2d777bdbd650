"""Small choices that both readers make: the date among several, the words that name a publisher, a name from a path."""

from __future__ import annotations

import datetime as dt
import re
from pathlib import PurePosixPath
from urllib.parse import urlsplit

from pipeline.articles.dates import LineDate
from pipeline.articles.unit import Unit


def chosen(dates: list[LineDate]) -> dt.date | None:
    """The date of the lowest rank (updated before reviewed before published), the latest of its rank."""
    if not dates:
        return None
    rank = min(d.rank for d in dates)
    return max(d.date for d in dates if d.rank == rank)


def last_words(units: list[Unit], furniture: list[str]) -> list[str]:
    """Where a page names its publisher: its furniture, and the last paragraphs."""
    tail = [unit.text for unit in units[-12:] if unit.kind == "paragraph"]
    return [*tail, *furniture]


def stem_of(location: str) -> str:
    """The name of a file or address without folders and ending.

    >>> stem_of("https://example.org/topics/gout.html?x=1"), stem_of("notes/Gout 2024.txt")
    ('gout', 'Gout 2024')
    """
    path = urlsplit(location).path if "://" in location else location.replace("\\", "/")
    name = PurePosixPath(path.rstrip("/")).name or location
    return re.sub(r"\.(?:txt|text|md|markdown|x?html?|xml|php|aspx?)$", "", name, flags=re.IGNORECASE) or name
