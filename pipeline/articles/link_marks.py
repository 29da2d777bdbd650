"""Numbers by which programs that show a page as plain text mark its links ("[12]next page", addresses at the end)."""

from __future__ import annotations

import re

from pipeline.articles.unit import Unit

_HEADS = frozenset({"References", "Links", "References:", "Links:"})
_BETWEEN = re.compile(r"(?:Visible|Hidden) links:?")
_ADDRESS = re.compile(r"\d{1,4}\. {0,9}[a-z][a-z+.-]{2,20}:\S")
_MARK = re.compile(r"\[(\d{1,4})\](?=\S)")
MOST_ABOVE = 12  # lines of links above the article


def cut_addresses(text: str) -> tuple[str, int]:
    """The text without the list of addresses at its end, and how many there are; 0 where it has none.

    >>> cut_addresses("See [1]doses.\\n\\nReferences\\n\\n   1. https://a.example/d\\n")
    ('See [1]doses.', 1)
    >>> cut_addresses("See [1].\\n\\nReferences\\n\\n   1. Roe J. Gout. 2020.\\n")[1]
    0
    """
    if "[" not in text or "[1]" not in text:
        return text, 0
    start = max(text.rfind("\nReferences"), text.rfind("\nLinks"))
    head, *lines = text[start + 1 :].split("\n")
    if start < 0 or head.strip() not in _HEADS:
        return text, 0
    count = 0
    for line in lines:
        bare = line.strip()
        if _ADDRESS.match(bare):
            count += 1
        elif bare and not _BETWEEN.fullmatch(bare):
            return text, 0
    return (text[:start].rstrip(), count) if count else (text, 0)


def take_marks(units: list[Unit], count: int) -> list[str]:
    """Takes the marks of `count` links out of the units, in place; lines of nothing but links above the article are given back."""
    left_out: list[str] = []
    while (
        units
        and len(left_out) < MOST_ABOVE
        and len(_MARK.findall(units[0].text)) > 1
        and units[0].text[0] == "["
    ):
        left_out.append(_MARK.sub("", units.pop(0).text))

    def put(found: re.Match[str]) -> str:
        return "" if int(found[1]) <= count else found.group()

    for unit in units:
        if "[" in unit.text:
            unit.text = _MARK.sub(put, unit.text)
            for cell in unit.cells:
                cell.text = _MARK.sub(put, cell.text)
    return left_out
