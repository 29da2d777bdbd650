"""One pass over a web page's elements: blocks to units, page furniture aside. No recursion: depth does no harm."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

from bs4.element import PageElement, Tag

from pipeline.articles.cited import BREAK, citation, indent_of, line, raised
from pipeline.articles.elements import (
    Verdict,
    is_bold,
    is_left_out,
    level_of,
    margin_of,
    tags,
    verdict,
    visible_text,
)
from pipeline.articles.inline import has_cite_link, is_anchor, is_citation_link
from pipeline.articles.lines import SIGNS, scan
from pipeline.articles.page_tables import is_data, read_table, typed_items
from pipeline.articles.soup import around, is_words, text_of
from pipeline.articles.text_reader import arrange
from pipeline.articles.unit import Unit

_HEADING = re.compile(r"h[1-6]")
_BULLETED = re.compile(rf"(?:^|{BREAK})\s*(?:[{SIGNS}–*-]|\d{{1,2}}[.)])\s*\S")
_SIGN = re.compile(rf"(?:^|{BREAK})\s*[{SIGNS}]")
_PARTING = re.compile(rf"{BREAK}(?:[ ]?{BREAK})+")
BESIDE_LINKS = " \t\n\r\xa0|·•/>›»–-"
MANY = 1_000_000  # links; more than any paragraph has
JUDGED = 200  # elements of a page whose words are looked at before they are left out; a page needs a few


@dataclass(slots=True)
class _List:
    ordered: bool
    number: int
    step: int
    letter: str
    fresh: bool = True
    last: _Item | None = None  # the item that was closed last
    resumed: bool = False  # a list straight in another: it belongs to the item before it


@dataclass(slots=True)
class _Item:
    """An open <li>: how many items are around it, whether its own words were seen, and of how many around it."""

    depth: int
    marker: str
    fresh: bool
    said: bool = False
    around: int = 0


class Walker:
    """Turns the page below `root` into `units`; what lies outside `main` or is furniture goes to `furniture`."""

    def __init__(self, root: Tag, main: Tag | None, size: int) -> None:
        self.units: list[Unit] = []
        self.furniture: list[str] = []
        self.outside: list[Unit] = []
        self._main = main
        self._inside = main is None or main is root
        self._total = max(size, 1)  # of the words in sight
        self._parts: list[str] = []
        self._plain = self._strong = 0
        self._bold = self._margin = self._link = self._links = 0
        self._url: str | None = None
        self._rank: int | None = None
        self._lists: list[_List] = []
        self._items: list[_Item] = []
        self._tables = self._judged = 0
        self._walk(root)

    def _walk(self, root: Tag) -> None:
        stack: list[tuple[Tag, Iterator[PageElement]]] = [(root, iter(root.contents))]
        blocks = tags("block")
        while stack:
            tag, children = stack[-1]
            node = next(children, None)
            if node is None:
                stack.pop()
                self._leave(tag, tag.name in blocks)
                continue
            if is_words(node):
                self._words(str(node))
            elif type(node) is Tag and self._enter(node, node.name in blocks):
                stack.append((node, iter(node.contents)))
        self._flush()

    def _words(self, text: str) -> None:
        self._parts.append(text)
        if not self._link and text.strip(BESIDE_LINKS):
            self._links = -MANY
        if self._bold:
            self._strong += len(text.strip())
        else:
            self._plain += len(text.strip())

    def _enter(self, tag: Tag, block: bool) -> bool:
        """Takes in an element's beginning; False where its inside is not to be walked."""
        name = tag.name
        inside = self._inside
        if name in ("header", "footer") and self._main is None:
            inside = around(tag, ("article", "section", "blockquote")) is not None
        said = verdict(tag, inside=inside) if tag is not self._main else ""
        if said == "unseen":
            return False
        if said and self._left_out(tag, said):
            if block:
                self._flush()
            words = visible_text(tag)
            if words:
                self.furniture.append(words)
            return False
        if not block:
            return self._enter_inline(tag, name)
        self._flush()
        if tag is self._main:
            self._inside = True
        if name in ("ul", "ol", "menu", "dir", "dl"):
            self._open_list(tag, name)
        elif name in ("li", "dt", "dd"):
            self._open_item(tag, name)
        elif _HEADING.fullmatch(name) or tag.get("role") == "heading":
            level = name[1] if _HEADING.fullmatch(name) else str(tag.get("aria-level", "2"))
            self._rank = int(level) if level.isdigit() and 0 < int(level) < 7 else 2
        elif name == "table" and (typed := typed_items(tag)):
            indent = self._margin + margin_of(tag)
            self._put([Unit("paragraph", words, indent=indent) for words in typed])
            return False
        elif name == "table" and is_data(tag):
            self._tables += 1
            self._put(read_table(tag, self._tables, len(self._items)))
            return False
        elif name == "pre":
            units = scan(text_of(tag))
            arrange(units)
            self._put(units)
            return False
        self._margin += margin_of(tag)
        if is_bold(tag):
            self._bold += 1
        return True

    def _left_out(self, tag: Tag, said: Verdict) -> bool:
        self._judged += 1
        return self._judged <= JUDGED and is_left_out(tag, said, self._total)

    def _enter_inline(self, tag: Tag, name: str) -> bool:
        if name == "br":
            self._parts.append(BREAK)
            return False
        if name == "sup":
            self._words(raised(text_of(tag), "".join(self._parts[-3:]), cites=has_cite_link(tag)))
            return False
        if name == "a":
            href = tag.get("href")
            if self._rank is not None and is_anchor(tag):
                return False
            if self._url is None and isinstance(href, str) and href.startswith(("http://", "https://")):
                self._url = href
            before = "".join(self._parts[-2:])
            if (
                before
                and not before[-1].isspace()
                and before[-1] not in "[(,"
                and is_citation_link(tag, text_of(tag))
            ):
                self._words(citation(text_of(tag).strip()))
                return False
            self._link += 1
            self._links += 1
        elif is_bold(tag):
            self._bold += 1
        return True

    def _leave(self, tag: Tag, block: bool) -> None:
        name = tag.name
        if not block:
            if name == "a":
                self._link -= 1
            elif is_bold(tag):
                self._bold -= 1
            return
        self._flush()
        self._margin -= margin_of(tag)
        if is_bold(tag):
            self._bold -= 1
        if name in ("ul", "ol", "menu", "dir", "dl") and self._lists:
            if self._lists.pop().resumed:
                self._items.pop()
            if name == "dl" and self._items and self._items[-1].marker == "dt":
                self._items.pop()
        elif name in ("li", "dd") and self._items:
            item = self._items.pop()
            if self._lists:
                self._lists[-1].last = item
        elif _HEADING.fullmatch(name) or tag.get("role") == "heading":
            self._rank = None
        if tag is self._main:
            self._inside = False

    def _open_list(self, tag: Tag, name: str) -> None:
        around = self._lists[-1].last if self._lists else None
        made = _new_list(tag, name)
        self._lists.append(made)
        if around is not None and tag.parent is not None and tag.parent.name in ("ul", "ol") and name != "dl":
            self._push(around)
            made.resumed = True

    def _open_item(self, tag: Tag, name: str) -> None:
        level = self._lists[-1] if self._lists else None
        if name == "dt" and self._items and self._items[-1].marker == "dt":
            self._items.pop()
        around = self._said()
        inner = level_of(tag) if name == "li" else 0
        marker = ""
        if name == "dt":
            marker = "dt"
        elif name == "li":
            marker = _marker(level, tag) if level else "•"
        fresh = (level is None or level.fresh) and not inner
        if level is not None:
            level.fresh = False
        self._push(_Item(max(around, inner), marker, fresh and name != "dd"))

    def _push(self, item: _Item) -> None:
        item.around = self._said()
        self._items.append(item)

    def _said(self) -> int:
        """Of how many open items the words were seen: only those of the innermost can still come."""
        return self._items[-1].around + self._items[-1].said if self._items else 0

    def _flush(self) -> None:
        """Ends the running words: they become a block where there are any."""
        if not self._parts:
            return
        text = line(self._parts)
        bold = self._strong > 0 and self._plain <= 1
        indent = self._margin + indent_of(self._parts)
        url = self._url
        only_links = self._links > 1 and self._rank is None and not self._items
        self._parts, self._plain, self._strong, self._url, self._links = [], 0, 0, None, 0
        if not text.strip(BREAK + " "):
            return
        if only_links:
            self.furniture.append(text.replace(BREAK, " "))
            return
        if BREAK in text:
            for unit in self._broken(text):
                self._add(unit, url, bold)
        else:
            self._add(Unit("paragraph", text.strip(), indent=indent), url, bold)

    def _broken(self, text: str) -> list[Unit]:
        """The blocks of words with <br>: marked lines are items, a double break parts paragraphs."""
        if (
            self._rank is None
            and not self._items
            and (len(_BULLETED.findall(text)) > 1 or _SIGN.search(text))
        ):
            units = scan(text.replace(BREAK, "\n"))
            arrange(units, whole=False)
            return units
        pieces = _PARTING.split(text)
        return [
            Unit("paragraph", " ".join(piece.replace(BREAK, " ").split()))
            for piece in pieces
            if piece.strip(BREAK)
        ]

    def _add(self, unit: Unit, url: str | None, bold: bool) -> None:
        unit.url = url
        item = self._items[-1] if self._items else None
        if item is not None and not item.said and unit.kind == "paragraph":
            item.said = True
            unit.kind, unit.depth, unit.fresh = "item", item.depth, item.fresh
            unit.term = item.marker == "dt"
            unit.marker = "" if unit.term else item.marker
        elif item is not None:
            unit.depth += self._said()
        elif self._rank is not None:
            unit.kind, unit.rank = "heading", self._rank
        elif unit.kind == "paragraph":
            unit.bold = bold
        self._put([unit])

    def _put(self, units: list[Unit]) -> None:
        (self.units if self._inside else self.outside).extend(units)


def _new_list(tag: Tag, name: str) -> _List:
    start = str(tag.get("start", "1"))
    number = int(start) if re.fullmatch(r"-?\d{1,6}", start) else 1
    step = -1 if tag.has_attr("reversed") else 1
    return _List(name == "ol", number, step, str(tag.get("type", "1")))


def _marker(level: _List, tag: Tag) -> str:
    if not level.ordered:
        return "•"
    value = str(tag.get("value", ""))
    if re.fullmatch(r"-?\d{1,6}", value):
        level.number = int(value)
    number = level.number
    level.number += level.step
    if level.letter in ("a", "A") and 0 < number <= 26:
        return chr(ord(level.letter) + number - 1) + "."
    return f"{number}."
