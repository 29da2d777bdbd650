"""The lists and tables of `patterns/`: one phrase a line (`*.txt`), or columns with a head line (`*.tsv`).

`words.tsv` holds the short lists of words that rules ask for, each under its name.
"""

from __future__ import annotations

import re
from functools import cache
from importlib import resources

from pipeline.claims.errors import PatternError


def text_of(file: str) -> str:
    """The text of a file of `patterns/`."""
    return (resources.files("pipeline.claims") / "patterns" / file).read_text(encoding="utf-8")


def parse_phrases(file: str, text: str) -> tuple[str, ...]:
    r"""The lines of a file's text. Raises PatternError where one is empty, has blanks at its ends, or stands twice.

    >>> parse_phrases("x.txt", "fever\nacute pain\n")
    ('fever', 'acute pain')
    """
    lines: dict[str, None] = {}
    for number, line in enumerate(text.removesuffix("\n").split("\n"), 1):
        if not line or line != line.strip() or line in lines:
            raise PatternError(
                "E-PATTERN-4",
                f"{line!r} is empty, has blanks at its ends, or stands twice",
                where=f"{file} line {number}",
                do="write each phrase once, one a line",
            )
        lines[line] = None
    return tuple(lines)


def parse_table(file: str, text: str, columns: tuple[str, ...]) -> tuple[tuple[str, ...], ...]:
    r"""The rows of a file's text, below the comments (`#`) and the head line at its top. Raises PatternError where the
    columns are others, and where a row lacks a cell, has none in front, or stands twice.

    >>> parse_table("x.tsv", "# why\nform\tlist\nfever\tsigns\n", ("form", "list"))
    (('fever', 'signs'),)
    """
    lines = text.removesuffix("\n").split("\n")
    top = next((k for k, line in enumerate(lines) if not line.startswith("#")), 0)
    if lines[top].split("\t") != list(columns):
        raise PatternError(
            "E-PATTERN-4",
            f"the columns are {lines[top]!r}",
            where=f"{file} line {top + 1}",
            do=f"begin with {', '.join(columns)}, separated by tabs",
        )
    rows: dict[tuple[str, ...], None] = {}
    for number, line in enumerate(lines[top + 1 :], top + 2):
        row = tuple(line.split("\t"))
        if len(row) != len(columns) or not row[0] or row in rows:
            raise PatternError(
                "E-PATTERN-4",
                f"{line!r} lacks a cell, has one too many, or stands twice",
                where=f"{file} line {number}",
                do=f"fill {', '.join(columns)}, separated by single tabs",
            )
        rows[row] = None
    return tuple(rows)


@cache
def phrases(name: str) -> tuple[str, ...]:
    """The lines of `patterns/NAME.txt`, in its order.

    >>> "acute pain" in phrases("symptoms")
    True
    """
    return parse_phrases(f"{name}.txt", text_of(f"{name}.txt"))


@cache
def phrase_set(name: str) -> frozenset[str]:
    """The lines of `patterns/NAME.txt`, for asking whether one is among them."""
    return frozenset(phrases(name))


@cache
def table(name: str, columns: tuple[str, ...]) -> tuple[tuple[str, ...], ...]:
    """The rows of `patterns/NAME.tsv`, in its order, each with the cells of `columns`."""
    return parse_table(f"{name}.tsv", text_of(f"{name}.tsv"), columns)


@cache
def word_lists() -> dict[str, tuple[str, ...]]:
    """Every list of `patterns/words.tsv` by its name, its words in the order of the file."""
    lists: dict[str, list[str]] = {}
    for word, name in table("words", ("word", "list")):
        lists.setdefault(name, []).append(word)
    return {name: tuple(words) for name, words in lists.items()}


def _listed(name: str) -> tuple[str, ...]:
    found = word_lists().get(name)
    if found is None:
        raise PatternError(
            "E-PATTERN-4", f"no list {name!r}", where="words.tsv", do="add its words with that name in `list`"
        )
    return found


def word_list(name: str) -> frozenset[str]:
    """One list of `patterns/words.tsv`. Raises PatternError where the file has none of that name.

    >>> "aged" in word_list("before-number")
    True
    """
    return frozenset(_listed(name))


def alternatives(name: str) -> str:
    """The words of a list as alternatives of a regular expression, in the order of the file: "patients|women|men"."""
    return "|".join(re.escape(word) for word in _listed(name))
