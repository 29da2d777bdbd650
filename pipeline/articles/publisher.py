"""Who publishes an article, from its own words (patterns in `data/publisher.toml`)."""

from __future__ import annotations

import re
from collections.abc import Iterable
from functools import cache
from urllib.parse import urlsplit

from pipeline.articles.data_files import load, problem, word_set

UNKNOWN = "unknown"


@cache
def _patterns() -> tuple[re.Pattern[str], ...]:
    made = []
    for entry in load("publisher.toml")["words"]:
        try:
            made.append(re.compile(entry["pattern"]))
        except re.error as error:
            raise problem("publisher.toml", f"words {entry['id']}", str(error)) from error
    return tuple(made)


def publisher_in(texts: Iterable[str]) -> str | None:
    """The publisher that disclaimers, copyright lines and page furniture name; None where none does.

    >>> publisher_in(["© 2025 Northfield Clinical Review. All rights reserved."])
    'Northfield Clinical Review'
    >>> publisher_in(["The publisher assumes no liability."]) is None
    True
    """
    nobody = word_set("publisher.toml", "nobody")
    for text in texts:
        if len(text) > 5000:
            continue
        for pattern in _patterns():
            found = pattern.search(text)
            if found is not None:
                name = found["name"].strip(" ,.;:-–—")
                if name and name.lower() not in nobody and len(name) > 1:
                    return name
    return None


def host_of(url: str | None) -> str | None:
    """The host of an address without `www.`; None where there is none."""
    if not url or "://" not in url:
        return None
    try:
        host = urlsplit(url).hostname
    except ValueError:
        return None
    return host.removeprefix("www.") if host else None
