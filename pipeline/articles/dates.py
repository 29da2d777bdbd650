"""The date that an article states for itself. Strict: a label and a whole date, never a guess, never today.

Numbers alone: year first is ISO; with dots or dashes the day comes first (08.01.2026, 08-01-2026); with slashes the
part over 12 is the day, and where both could be, the month comes first unless the page is written in
a variety of English other than that of the United States (`day_first`). Month and year alone give the first
day of the month. A year alone is no date.
"""

from __future__ import annotations

import datetime as dt
import re
from dataclasses import dataclass
from functools import cache

from pipeline.articles.data_files import compiled, load

MONTHS = {
    name: number
    for number, names in enumerate(
        (
            "jan january",
            "feb february",
            "mar march",
            "apr april",
            "may",
            "jun june",
            "jul july",
            "aug august",
            "sep sept september",
            "oct october",
            "nov november",
            "dec december",
        ),
        start=1,
    )
    for name in names.split()
}
_MONTH = r"(?P<{0}>[A-Z][a-z]{{2,8}})\.?"
_ORDINAL = r"(?:st|nd|rd|th)?"
_DATE = re.compile(
    r"(?:(?:Mon|Tues?|Wed(?:nes)?|Thu(?:rs)?|Fri|Sat(?:ur)?|Sun)(?:day)?,?\s+)?(?:"
    r"(?P<y1>\d{4})(?P<s1>[-/.])(?P<m1>\d{1,2})(?:(?P=s1)(?P<d1>\d{1,2})(?:[T ]\d{2}:\d{2}(?::\d{2}(?:\.\d+)?)?\s?(?:Z|UTC|GMT|[+-]\d{2}:?\d{2})?)?)?"
    r"|(?P<y8>\d{4})(?P<m8>\d{2})(?P<d8>\d{2})"
    r"|" + _MONTH.format("n2") + r"\s+(?P<d2>\d{1,2})" + _ORDINAL + r",?\s+(?P<y2>\d{4})"
    r"|(?P<d3>\d{1,2})" + _ORDINAL + r"(?:\s+of)?[\s-]+" + _MONTH.format("n3") + r",?[\s-]+(?P<y3>\d{4})"
    r"|" + _MONTH.format("n4") + r",?\s+(?P<y4>\d{4})"
    r"|(?P<y7>\d{4})\s+" + _MONTH.format("n7") + r"(?:\s+(?P<d7>\d{1,2}))?"
    r"|(?P<a5>\d{1,2})(?P<s5>[./-])(?P<b5>\d{1,2})(?P=s5)(?P<y5>\d{4})"
    r"|(?P<m6>\d{1,2})[/.-](?P<y6>\d{4})"
    r")(?!\d)",
    re.IGNORECASE,
)
_YEAR = re.compile(r"\d{4}")  # none of the forms of a date is without it
_SEPARATOR = re.compile(
    r"(?<=[12]\d{3})[.,]?\s*(?=(?:page |content |last |medically )*(?:updated|reviewed|modified|revised|published|posted)\b)|"
    r"\s+[|•·–—-]\s+|\s*[|•·]\s*|;\s+|\s{2,}",
    re.IGNORECASE,
)
_TAIL = re.compile(
    r"[.,;)]*+\s*+(?:(?:at\s++)?\d{1,2}:\d{2}(?:\s*+[ap]\.?m\.?)?(?:\s*+[A-Z]{2,4})?)?\s*+"
    r"(?:\(?(?:view|read|see)\b.{0,60}|(?-i:(?<=\d)[A-Z][\w’']*(?: [\w’']+){0,6})|(?:(?:next )?review (?:due|date)|expir\w+|authors?|owner)\b.{0,90}|by .{2,80}|\d{1,3} min(?:ute)?s? read.{0,20})?[.)]*",
    re.IGNORECASE,
)
_BYLINE = re.compile(
    r"(?:(?:medically |clinically )?(?:reviewed|written|edited|authored|answered|posted|compiled|prepared|checked) by|by|authors?:?)\s+\S.{1,120}|\d{1,3} min(?:ute)?s? read"
    r"|(?:version|v)\.? ?\d[\d.]*|doi:? ?\S+",
    re.IGNORECASE,
)


@dataclass(frozen=True, slots=True)
class LineDate:
    """A date with the rank of its label (0 updated, 1 reviewed, 2 published)."""

    rank: int
    date: dt.date


@cache
def _labels() -> tuple[tuple[int, re.Pattern[str]], ...]:
    return tuple(
        (
            int(entry["rank"]),
            re.compile(
                rf"(?:{compiled('dates.toml', entry['id'], entry['pattern']).pattern})\b\s*[:\-–—]?\s*",
                re.IGNORECASE,
            ),
        )
        for entry in load("dates.toml")["label"]
    )


@cache
def meta_ranks() -> dict[str, int]:
    """Names of meta elements that hold a date, with their rank."""
    return {str(name): int(rank) for name, rank in load("dates.toml")["meta"].items()}


def parse_date(text: str, *, day_first: bool = False, whole: bool = True) -> dt.date | None:
    """The date that `text` is (or, without `whole`, begins with); None where it is none or impossible.

    >>> parse_date("January 8, 2026"), parse_date("08.01.2026"), parse_date("March 2025")
    (datetime.date(2026, 1, 8), datetime.date(2026, 1, 8), datetime.date(2025, 3, 1))
    >>> parse_date("31 February 2025") is None, parse_date("2025") is None
    (True, True)
    """
    found = _DATE.match(text.strip())
    if found is None or (whole and found.end() != len(text.strip())):
        return None
    return _from(found, day_first)


def _from(found: re.Match[str], day_first: bool) -> dt.date | None:
    part = {key[0] + key[1]: value for key, value in found.groupdict().items() if value is not None}
    year = int(next(value for key, value in part.items() if key[0] == "y"))
    month_name = next((value for key, value in part.items() if key[0] == "n"), None)
    day_text = next((value for key, value in part.items() if key[0] == "d"), "1")
    if "a5" in part:
        first, second = int(part["a5"]), int(part["b5"])
        slash = part["s5"] == "/"
        month_first = second > 12 or (slash and first <= 12 and not day_first)
        month, day = (first, second) if month_first else (second, first)
    else:
        day = int(day_text)
        if month_name is not None:
            month = MONTHS.get(month_name.lower(), 0)
        else:
            month = int(next(value for key, value in part.items() if key[0] == "m"))
    if not 1900 <= year <= 2199:
        return None
    try:
        return dt.date(year, month, day)
    except ValueError:
        return None


def date_line(line: str, *, day_first: bool = False) -> list[LineDate] | None:
    """The dates of a line that states nothing else (a label and a date, bylines beside them); else None.

    >>> date_line("Last updated: April 28, 2025View editorial policy")
    [LineDate(rank=0, date=datetime.date(2025, 4, 28))]
    >>> date_line("Updated in March 2025, the guideline recommends colchicine.") is None
    True
    """
    if len(line) > 240 or not _YEAR.search(line):
        return None
    dates: list[LineDate] = []
    waiting: int | None = None  # "Last updated | 8 January 2026": the label stands alone
    for piece in _SEPARATOR.split(line):
        part = piece.strip(" ()[]")
        if not part:
            continue
        stated = _labelled(part, day_first)
        if stated is not None:
            dates.append(stated)
        elif _BYLINE.fullmatch(part):
            continue
        elif (bare := parse_date(part, day_first=day_first)) is not None:
            dates.append(LineDate(2 if waiting is None else waiting, bare))
            waiting = None
        else:
            waiting = next((rank for rank, label in _labels() if label.fullmatch(part)), None)
            if waiting is None:
                return None
    return dates or None


def dates_in(words: str) -> list[LineDate]:
    """The dates of an update inside words of page furniture ("This page was last edited on 8 January 2026, at 10:12").

    >>> dates_in("Contact us. Page last updated on 3 May 2025. Help")
    [LineDate(rank=0, date=datetime.date(2025, 5, 3))]
    """
    if len(words) > 600 or not _YEAR.search(words):
        return []
    found = []
    for _, label in _labels()[:1]:
        for head in label.finditer(words):
            date = _DATE.match(words, head.end())
            value = _from(date, False) if date is not None else None
            if value is not None:
                found.append(LineDate(0, value))
    return found


def _labelled(part: str, day_first: bool) -> LineDate | None:
    for rank, label in _labels():
        head = label.match(part)
        if head is None:
            continue
        found = _DATE.match(part, head.end())
        if found is None or not _TAIL.fullmatch(part, found.end()):
            continue
        date = _from(found, day_first)
        if date is not None:
            return LineDate(rank, date)
    return None
