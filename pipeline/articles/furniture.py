"""Lines that belong to the page, not to the article (patterns in `data/furniture.toml`)."""

from __future__ import annotations

import re
from functools import cache

from pipeline.articles.advice import ADVICE
from pipeline.articles.data_files import alternatives, load
from pipeline.articles.dates import LineDate, date_line
from pipeline.articles.unit import Unit

HIGHEST = 14  # lines of a page's header between the title and the date
LONGEST = 420  # code points; no pattern is meant for a longer line


@cache
def _patterns() -> tuple[re.Pattern[str], re.Pattern[str], tuple[tuple[re.Pattern[str], int], ...]]:
    swallowing = [e for e in load("furniture.toml")["line"] if e.get("swallows")]
    return (
        alternatives("furniture.toml", "line", where="any"),
        alternatives("furniture.toml", "line", where="head"),
        tuple((alternatives("furniture.toml", "line", id=e["id"]), int(e["swallows"])) for e in swallowing),
    )


def is_furniture(line: str, *, head: bool) -> bool:
    """Whether the whole line is page furniture; `head` where no words of the article came before it.

    >>> is_furniture("Subscribe to our newsletter", head=False)
    True
    >>> is_furniture("Avoid metformin in severe renal impairment.", head=True)
    False
    """
    if len(line) > LONGEST:
        return False
    anywhere, above, _ = _patterns()
    return bool(anywhere.fullmatch(line) or (head and above.fullmatch(line)))


def swallows(line: str) -> int:
    """How many paragraphs after this line of furniture go with it."""
    _, _, swallowing = _patterns()
    return next((n for pattern, n in swallowing if pattern.fullmatch(line)), 0)


def _is_header(units: list[Unit]) -> bool:
    """Whether the units between a title and a date are the page's header: a few lines, no sentences, no advice."""
    return len(units) <= HIGHEST and all(
        unit.kind == "paragraph"
        and not unit.rank
        and len(unit.text) <= 160
        and unit.text[-1] not in ".;?"
        and ":" not in unit.text
        and ADVICE.search(unit.text) is None
        for unit in units
    )


def sift(units: list[Unit]) -> tuple[list[Unit], list[str], list[LineDate]]:
    """Parts `units` into those of the article, the furniture (texts) and the dates that its lines state.

    Items of lists and rows of tables are never furniture by their words alone, unless above the article.
    """
    kept: list[Unit] = []
    left_out: list[str] = []
    dates: list[LineDate] = []
    head, eat = True, 0
    for unit in units:
        text = unit.text
        if unit.kind in ("row", "caption") or (unit.kind == "item" and not head):
            kept.append(unit)
            head, eat = False, 0
            continue
        if eat and unit.kind == "paragraph":
            eat -= 1
            left_out.append(text)
            continue
        eat = 0
        if len(text) <= LONGEST:
            stated = date_line(text)
            if stated is not None:
                if not dates and _is_header(kept[1:]):
                    left_out.extend(above.text for above in kept[1:])
                    del kept[1:]
                    head = True
                dates.extend(stated)
                left_out.append(text)
                continue
            if is_furniture(text, head=head):
                left_out.append(text)
                eat = swallows(text)
                continue
        if head and kept:
            head = False
        kept.append(unit)
    return kept, left_out, dates
