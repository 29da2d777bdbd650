"""Lists of plain text whose marks were lost (copied from a screen, or written without): which lines are their items."""

from __future__ import annotations

import re
from collections.abc import Callable

from pipeline.articles.cited import CITED
from pipeline.articles.lines import LABELLED
from pipeline.articles.shape import shape_of, words_of
from pipeline.articles.unit import Unit

_LEAD = re.compile(rf":{CITED}$")
_SENTENCE = re.compile(rf"[.!?][)\]\"”’]*{CITED}$")
_TWO = re.compile(r"[a-z)\d][.!?]\s+[A-Z]")
_BRACKETS = re.compile(r"\([^()]*\)")
LONGEST = 400  # code points of an item


Shape = Callable[[str], str]


def _shapeless(text: str) -> str:
    return ""


def mark_lost_lists(units: list[Unit], *, compact: bool, headed: bool = False) -> None:
    """Makes items of unmarked lines, in place: those after words that end in a colon; and, in a text that has no marks
    at all, lines close together between blank ones, and fragments one after another. Where the headings are known
    (`headed`), no other line is taken for one."""
    shape = _shapeless if headed else shape_of
    bare = not any(unit.kind == "item" for unit in units)
    index = 0
    while index < len(units):
        start, end = _list_at(units, index, bare, compact, shape)
        if end - start >= 2:
            for item in units[start:end]:
                item.kind = "item"
            units[start].fresh = True
        index = max(index + 1, end)


def _list_at(units: list[Unit], index: int, bare: bool, compact: bool, shape: Shape) -> tuple[int, int]:
    """Where the list that the line at `index` leads in or begins has its first item, and one past its last."""
    unit = units[index]
    if not _is_plain(unit):
        return index, index
    if _LEAD.search(unit.text):
        return index + 1, _end_of_led(units, index + 1, compact, shape)
    if not bare:
        return index, index
    labelled = index
    while (
        labelled < len(units)
        and _is_labelled(units[labelled])
        and not (labelled > index and units[labelled].gap)
    ):
        labelled += 1
    if labelled - index >= 2:
        return index, labelled
    headed = index > 0 and _is_plain(units[index - 1]) and bool(shape(units[index - 1].text))
    if not compact and unit.gap:
        start, end = index + bool(shape(unit.text) and not headed), _end_of_close(units, index)
        if end - start >= 2:
            return start, end
    if headed and _heads(units[index - 1].text, shape):
        end = _end_of_names(units, index, shape)
        if end - index >= 2:
            return index, _end_of_fragments(units, end, shape)
    return index, _end_of_fragments(units, index, shape)


def _is_labelled(unit: Unit) -> bool:
    """Whether a line is a label with what it stands for ("First-line: latanoprost")."""
    return _is_plain(unit) and len(unit.text) <= LONGEST and LABELLED.match(unit.text) is not None


def _is_plain(unit: Unit) -> bool:
    return unit.kind == "paragraph" and not unit.rank and not unit.bold and not unit.depth


def _end_of_led(units: list[Unit], start: int, compact: bool, shape: Shape) -> int:
    """One past the last item of a list that words with a colon lead in."""
    if start == len(units) or not _is_plain(units[start]):
        return start
    titled = _is_title(units[start].text, shape)
    if titled and not (start + 1 < len(units) and _is_title(units[start + 1].text, shape)):
        return start
    sentences = _SENTENCE.search(units[start].text) is not None
    close = not compact and start + 1 < len(units) and not units[start + 1].gap
    end = start
    while end < len(units):
        unit = units[end]
        if not _is_plain(unit) or len(unit.text) > LONGEST or (close and end > start and unit.gap):
            break
        if (
            _LEAD.search(unit.text)
            or unit.text[-1] == "?"
            or (_SENTENCE.search(unit.text) is not None) != sentences
        ):
            break
        if sentences and _TWO.search(unit.text):
            break
        if (
            end > start
            and not close
            and (_heads(unit.text, shape) or (not titled and _is_title(unit.text, shape)))
        ):
            break
        end += 1
    # What looks like a heading before the next block is one: it heads that block.
    if (
        not close
        and start < end < len(units)
        and not _heads(units[end].text, shape)
        and shape(units[end - 1].text)
    ):
        end -= 1
    return end


def _heads(text: str, shape: Shape) -> bool:
    """Whether a line has the shape of a heading and speaks of the work to be done ("Monitoring", "Agents to Avoid")."""
    if not shape(text):
        return False
    return not words_of("work").isdisjoint(word.strip("(),:").lower() for word in text.split())


def _is_title(text: str, shape: Shape) -> bool:
    """Whether a line has several words in a title's capitals, brackets aside."""
    bare = _BRACKETS.sub("", text)
    return shape(text) == "strong" and len(bare.split()) > 1


def _end_of_names(units: list[Unit], start: int, shape: Shape) -> int:
    """One past the last of short lines that name something and could each be a heading, but head nothing."""
    end = start
    while end < len(units) and _is_plain(units[end]) and shape(units[end].text):
        if _heads(units[end].text, shape) or _is_title(units[end].text, shape):
            break
        end += 1
    return end


def _end_of_close(units: list[Unit], start: int) -> int:
    """One past the last of lines that no blank line parts."""
    end = start + 1
    while end < len(units) and _is_plain(units[end]) and not units[end].gap:
        end += 1
    return end


def _end_of_fragments(units: list[Unit], start: int, shape: Shape) -> int:
    """One past the last of lines that are no sentences and no headings."""
    end = start
    while end < len(units) and _is_plain(units[end]) and _is_fragment(units[end].text, shape):
        end += 1
    return end


def _is_fragment(text: str, shape: Shape) -> bool:
    return len(text) <= LONGEST and text[-1] not in ":;,?" and not _SENTENCE.search(text) and not shape(text)
