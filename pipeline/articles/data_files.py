"""The room's data files: read once from the package, checked, compiled."""

from __future__ import annotations

import re
import tomllib
from functools import cache
from importlib import resources
from typing import Any

from pipeline.articles.errors import DATA_FILE, ArticleError


def problem(name: str, where: str, what: str) -> ArticleError:
    """The error for a wrong entry of data file `name`."""
    return ArticleError(
        DATA_FILE,
        what,
        where=f"pipeline/articles/data/{name}, {where}",
        do="mend the entry and run the tests",
    )


@cache
def load(name: str) -> dict[str, Any]:
    """The TOML file `name` of `pipeline/articles/data`. Raises ArticleError (E-ARTICLE-5) with the line."""
    raw = resources.files("pipeline.articles").joinpath("data", name).read_text(encoding="utf-8")
    try:
        return tomllib.loads(raw)
    except tomllib.TOMLDecodeError as error:
        raise problem(name, str(error), "the file is no TOML") from error


def word_set(name: str, key: str) -> frozenset[str]:
    """The list of words `key` of file `name`, as a set."""
    words = load(name).get(key)
    if not isinstance(words, list) or not all(isinstance(word, str) and word for word in words):
        raise problem(name, f"key {key}", "a list of words is needed")
    return frozenset(words)


def word_map(name: str, key: str) -> dict[str, str]:
    """The table of words `key` of file `name`: word -> word."""
    words = load(name).get(key)
    if not isinstance(words, dict) or not all(isinstance(word, str) and word for word in words.values()):
        raise problem(name, f"key {key}", "a table of words is needed")
    return words


def compiled(name: str, where: str, pattern: object) -> re.Pattern[str]:
    """`pattern` as a case-blind regular expression."""
    if not isinstance(pattern, str) or not pattern:
        raise problem(name, where, "the pattern is missing")
    try:
        return re.compile(pattern, re.IGNORECASE)
    except re.error as error:
        raise problem(name, where, f"the pattern is no regular expression: {error}") from error


def alternatives(name: str, key: str, **only: object) -> re.Pattern[str]:
    """One expression of all `pattern`s of the tables `key` of file `name` whose fields equal `only`."""
    entries = [e for e in load(name).get(key, []) if all(e.get(k) == v for k, v in only.items())]
    parts = [compiled(name, f"{key} {e.get('id', '?')}", e.get("pattern")).pattern for e in entries]
    if not parts:
        raise problem(name, f"key {key}", f"no entry with {only}")
    return re.compile("|".join(f"(?:{part})" for part in parts), re.IGNORECASE)
