"""Reference lists: numbered entries, or the triples of kind, title and "Publisher, Year"."""

from __future__ import annotations

import re
from functools import cache

from pipeline.articles.data_files import word_set
from pipeline.articles.unit import Unit
from pipeline.model.article import Reference

_NUMBER = re.compile(r"\[?(\d{1,4})[.)\]]?\s+(?=\S)")
_YEAR_END = re.compile(r".*\b(?:1[89]|20|21)\d{2}[a-z]?\)?\.?")
_BACK = re.compile(r"^[\^↑]\s*|(?:(?<!\s)\s++)?[↩⤴↑]\ufe0e?$")  # links back to the text
_URL = re.compile(r"https?://[^\s<>\"')\]]+")


@cache
def _kinds() -> frozenset[str]:
    return word_set("references.toml", "kinds")


def read_references(units: list[Unit]) -> tuple[Reference, ...]:
    """The entries of a reference list from its blocks. A block "Guideline" opens a triple; other blocks are one entry each."""
    entries: list[Reference] = []
    group: list[Unit] = []
    for unit in units:
        if unit.text.lower().strip(" :") in _kinds():
            if group:
                entries.append(_entry(group))
            group = [unit]
        elif group:
            group.append(unit)
            if len(group) >= 3 or (len(group) > 1 and _YEAR_END.fullmatch(unit.text)):
                entries.append(_entry(group))
                group = []
        else:
            entries.append(_entry([unit]))
    if group:
        entries.append(_entry(group))
    return tuple(entries)


def _entry(units: list[Unit]) -> Reference:
    number: int | None = None
    marker = "".join(c for c in units[0].marker if c.isdigit())
    text = ". ".join(unit.text.rstrip(".") if len(units) > 1 else unit.text for unit in units)
    if marker:
        number = int(marker)
    elif (found := _NUMBER.match(text)) is not None:
        number, text = int(found[1]), text[found.end() :]
    text = _BACK.sub("", text)
    url = next((unit.url for unit in units if unit.url), None)
    if url is None and (link := _URL.search(text)) is not None:
        url = link.group().rstrip(".,;")
    return Reference(number=number, text=text, url=url)
