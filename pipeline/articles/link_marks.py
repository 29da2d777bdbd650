"""Numbers by which programs that show a page as plain text mark its links ("[12]next page", addresses at the end)."""

from __future__ import annotations

import re

from pipeline.articles.unit import Unit

_ADDRESSES = re.compile(
    r"\n[ \t]*(?:References|Links|Visible links:?|Hidden links:?)[ \t]*\n"
    r"(?:[ \t]*(?:(?:Visible|Hidden) links:?|\d{1,4}\.[ \t]+[a-z][a-z+.-]{2,20}:\S*)?[ \t]*\n)+\Z"
)
_FIRST = re.compile(r"^[ \t]*1\.[ \t]+[a-z]{3,20}:\S", re.MULTILINE)
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
    start = max(text.rfind("\nReferences"), text.rfind("\nLinks"), text.rfind("links"), 0)
    if _FIRST.search(text, start) is None:
        return text, 0
    found = _ADDRESSES.search(f"{text}\n", max(text.rfind("\n\nReferences"), text.rfind("\n\nLinks"), 0))
    if found is None:
        return text, 0
    return text[: found.start()].rstrip(), found.group().count("://") or found.group().count(":")


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
