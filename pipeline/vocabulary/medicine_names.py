"""The plain name behind the label names of the data packages: no suffix of a biologic, no purpose in brackets, combinations by slashes."""

from __future__ import annotations

import re
from collections.abc import Container, Mapping
from functools import cache

from pipeline.vocabulary.tables import table

_PURPOSE = re.compile(r" \([a-z][a-z ,-]*\)$")  # "tolvaptan (kidney disease)"
_AND = re.compile(r",? and |, ")


@cache
def _suffix() -> re.Pattern[str]:
    """The four letters that tell biologics of one ingredient apart: "risankizumab-rzaa"."""
    behind = "|".join(rf"(?<={re.escape(row['ending'])})" for row in table("biologic_endings.tsv"))
    return re.compile(rf"(?:{behind})-[a-z]{{4}}$")


def plain_name(name: str, known: Container[str]) -> str:
    """A name of a medicine without suffix and purpose, where `known` has what is left.

    >>> plain_name("risankizumab-rzaa", ()), plain_name("tolvaptan (kidney disease)", ["tolvaptan"])
    ('risankizumab', 'tolvaptan')
    """
    name = _suffix().sub("", name)
    bare = _PURPOSE.sub("", name)
    return bare if bare in known else name


def components(name: str, names: Mapping[str, str]) -> tuple[str, ...]:
    """The ingredients of a combination, each by its canonical name in `names`; empty for what is no combination.

    >>> components("acetaminophen, butalbital, and caffeine", {n: n for n in ("acetaminophen", "butalbital", "caffeine")})
    ('acetaminophen', 'butalbital', 'caffeine')
    """
    pieces = _AND.split(name)
    if len(pieces) < 2 or any(p not in names for p in pieces):
        return ()
    return tuple(dict.fromkeys(part for p in pieces for part in names[p].split("/")))
