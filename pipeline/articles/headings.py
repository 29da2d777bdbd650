"""Which lines of plain text are headings: by their shape, their place, and by what the whole text does with its headings."""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import cache

from pipeline.articles.cited import CITED
from pipeline.articles.data_files import alternatives
from pipeline.articles.shape import outline_number, shape_of, words_of
from pipeline.articles.unit import Unit

_NUMBERED = re.compile(r"\(?(\d{1,2})[.)]")
_ENDED = re.compile(rf"[.:;!?][)\]\"”’]*{CITED}$")
_LEADS = re.compile(
    r"\b(?:following|below|these|one of)\b|^(?:if|when|for|in|with|until|while|consider)\b", re.IGNORECASE
)
LONGEST_COLON = 10  # words of a heading that ends in a colon


@dataclass(frozen=True, slots=True)
class Style:
    """What a text does with its headings: no blank lines around them, a colon behind them, numbers before them.

    `numbered` holds the places of the numbered lines that are headings rather than items. Where headings are `marked`
    (by Markdown), only bold lines can be others.
    """

    compact: bool = False
    colons: bool = False
    marked: bool = False
    numbered: frozenset[int] = frozenset()


def style_of(units: list[Unit]) -> Style:
    """Looks over the units of a text once."""
    compact = is_compact(units)
    if sum(unit.rank is not None for unit in units) > 1:
        return Style(compact=compact, marked=True)
    numbered = _numbered(units, compact)
    colons = _heads_by_colons(units, compact, numbered)
    return Style(compact=compact, colons=colons, numbered=numbered)


def is_compact(units: list[Unit]) -> bool:
    """Whether the text has no blank lines before most of its headings (where none is clear: of its blocks)."""
    paragraphs = [unit for unit in units[1:] if unit.kind == "paragraph" and not unit.rank]
    headings = [unit for unit in paragraphs if shape_of(unit.text) == "strong" and " " in unit.text]
    paragraphs = headings or paragraphs
    return sum(not unit.gap for unit in paragraphs) * 2 > len(paragraphs)


def is_heading(unit: Unit, before: Unit | None, after: Unit | None, style: Style) -> bool:
    """Whether a paragraph heads what comes after it."""
    if after is None or (style.marked and not unit.bold):
        return False
    text = unit.text
    if text[-1] == ":":
        if style.colons and heads_by_colon(unit):
            return True
        # Before a list these words lead in; before running text, in a title's capitals, they head it.
        if after.kind != "paragraph" or not (unit.gap and after.gap):
            return False
        return shape_of(text[:-1].rstrip() or "x") == "strong" and (unit.bold or len(text.split()) <= 8)
    shape = shape_of(text[len(outline_number(text)) :])
    if not shape or _grades_what_stands_above(unit, before, after):
        return False
    if unit.bold:
        return True
    if (
        shape == "weak"
        and after.kind == "paragraph"
        and not words_of("participles").isdisjoint(text.split()[1:])
    ):
        return False
    if unit.gap and after.gap:
        return True
    ended = unit.gap or before is None or before.kind != "paragraph" or _ENDED.search(before.text) is not None
    if shape == "strong":
        return ended or style.compact
    size = len(after.text.split())
    long_after = after.kind == "item" or size >= 12 or (size >= 4 and after.text[-1] in ".:")
    return long_after and (unit.gap or (style.compact and ended))


def _grades_what_stands_above(unit: Unit, before: Unit | None, after: Unit) -> bool:
    """Whether a line is but the grade of the recommendation right above it, and no list stands right below."""
    if unit.gap or before is None or before.kind == "heading" or (after.kind == "item" and not after.gap):
        return False
    return _graded().fullmatch(unit.text.rstrip()) is not None


@cache
def _graded() -> re.Pattern[str]:
    return alternatives("headings.toml", "graded")


def heads_by_colon(unit: Unit) -> bool:
    """Whether words that end in a colon have the shape of a heading ("Second-Line Therapy:")."""
    text = unit.text
    stem = text[:-1].rstrip()
    if text[-1] != ":" or not stem or len(stem.split()) > LONGEST_COLON:
        return False
    stem = stem[len(outline_number(stem)) :]
    shape = shape_of(stem)
    return shape == "strong" or (shape == "weak" and _LEADS.search(stem) is None)


def _heads_by_colons(units: list[Unit], compact: bool, numbered: frozenset[int]) -> bool:
    """Whether the text ends its headings with a colon: several do, and hardly any line heads without one."""
    with_colon = without = 0
    for index, unit in enumerate(units[1:-1], start=1):
        if unit.kind == "heading" or (unit.kind == "paragraph" and unit.rank) or index in numbered:
            without += bool(with_colon)
        elif unit.kind == "paragraph" and not unit.indent:
            if unit.text[-1] == ":":
                with_colon += heads_by_colon(unit)
            elif with_colon:
                without += is_heading(unit, units[index - 1], units[index + 1], Style(compact=compact))
    return with_colon > 1 and with_colon >= 3 * without


def _numbered(units: list[Unit], compact: bool) -> frozenset[int]:
    """The places of lines numbered 1, 2, 3 … with text of their own below each, in the shape of headings."""
    found: list[int] = []
    strong = 0
    for index, unit in enumerate(units[:-1]):
        number = _NUMBERED.fullmatch(unit.marker) if unit.kind == "item" and not unit.indent else None
        if number is None or int(number[1]) != len(found) + 1 or not (unit.gap or compact):
            continue
        if len(found) == 1 and _goes_on(units, index):
            continue  # the second item of another list
        after = units[index + 1]
        if after.indent > 1 or (
            after.kind == "item" and _NUMBERED.fullmatch(after.marker) and not _starts(after)
        ):
            continue
        text = unit.text[:-1].rstrip() if unit.text[-1] == ":" else unit.text
        shape = shape_of(text) if text else ""
        if shape == "strong" or (shape == "weak" and unit.gap and after.gap):
            found.append(index)
            strong += shape == "strong"
    return frozenset(found if len(found) > 2 or (len(found) == 2 and strong == 2) else ())


def _goes_on(units: list[Unit], index: int) -> bool:
    """Whether a numbered line is the next item of a list: right before it, or with nothing but what is nested between,
    stands the one numbered before it."""
    at = index - 1
    while at >= 0 and units[at].kind == "item" and units[at].indent:
        at -= 1
    if at < 0:
        return False
    mine, its = (_NUMBERED.fullmatch(units[i].marker) for i in (index, at))
    return mine is not None and its is not None and int(mine[1]) == int(its[1]) + 1


def _starts(unit: Unit) -> bool:
    return unit.marker.strip("().") == "1"


def numbered_heading(unit: Unit, before: Unit | None, after: Unit | None) -> bool:
    """ "2. Second-Line Therapy" over text of its own, rather than the second item of a list."""
    if unit.marker[-1:] != "." or unit.indent or not unit.gap or after is None or not after.gap:
        return False
    if shape_of(unit.text) != "strong" or len(unit.text.split()) < 2:
        return False
    if after.kind == "item" and (after.indent > 1 or after.marker[-1:] in ".)"):
        return False
    if after.kind == "paragraph" and after.indent > 1:
        return False
    return before is None or before.kind != "item" or before.marker[-1:] not in ".)" or before.indent > 0
