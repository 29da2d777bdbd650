"""Reference numbers as printed in running text: `... first-line 1, 2`, `... [3-5]`, `... tolerability.1,2`."""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import lru_cache
from typing import NamedTuple

from pipeline.claims.data_files import word_list

_LIST = r"\d{1,3}(?:\s?[,;–-]\s?\d{1,3})*"
_BRACKETS = re.compile(rf"\[\s?(?P<list>{_LIST})\s?\]")
# "... tolerated (1, 2)." at the end of the statement or of a part of it.
_ROUND = re.compile(
    rf"\((?:(?<=[\w%)\"”.:]\()|(?<=[\w%)\"”.:] \())(?P<list>{_LIST})\)(?=\s?(?:[.,:;)]|\(\d|$|[A-Z]))"
)
# Bare numbers stand at the end of the statement, or right before a mark that ends a part of it.
_BARE = re.compile(
    r"(?P<gap>[.,:)\s](?=\s*+\d)(?<=\S[.,:)\s])(?:(?<=\s)\s*+|\s++|(?<=[.)])))(?P<list>\d{1,3}(?:\s?[,;–-]\s?\d{1,3}){0,99})(?=\s*+(?:(?:[.:;]\s*+)?$|[:;]\s|\.\s|,\s[a-z]))"
)
_LIST_CHECK = re.compile(r"\d{1,3}")
# A number after these words counts or names something.
_COUNTED = word_list("before-number")
# What is measured, often in no unit: "CrCl 15-50", "INR 2-3".
_MEASURED = word_list("measured")
_MEASURE = re.compile(
    r"(?<![\w-])(?P<what>[\w₂-]+)\s(?:(?:is|of|score|below|above|under|over)\s){0,2}[<>≤≥=]{0,2}\s?"
    r"\d+(?:\.\d+)?(?:\s?(?:-|–|to)\s?\d+(?:\.\d+)?)?$"
)
_TIMES = word_list("times")
# "Weeks 3-4: 50 mg daily", "in months 2-3": which weeks, not how many
_NAMES_TIME = re.compile(
    r"(?:^\W*|[;:,(]\s?|\b(?:in|at|for|during|from|on|between|through|after|before|of)\s)$", re.IGNORECASE
)
# "if eGFR is below 30"; but "as the agents above 1, 2"
_FALLS = re.compile(
    r"\b(?:is|are|falls?|drops?|rises?|remains?|stays?|crcl|e?gfr|clearance|counts?|levels?|pressure|saturation|rate|hba1c|inr|score|aged?)\s$",
    re.IGNORECASE,
)
_DAYS = re.compile(r"0\s?[,;]")  # "weeks 0, 2, and 6": no reference is 0
_GOES_ON = re.compile(r",?\s(?:and|or)\s\d")
_AMOUNT = re.compile(r"\d\s?$")


class Citations(NamedTuple):
    """Numbers in order of print, and the spans that they take up."""

    numbers: tuple[int, ...]
    spans: tuple[tuple[int, int], ...]


def find_citations(text: str) -> Citations:
    """The citations of one statement.

    >>> find_citations("Use it for 6 months 3, 1.").numbers
    (3, 1)
    >>> find_citations("In stage 3 disease [4-6].").numbers
    (4, 5, 6)
    >>> find_citations("Give it at weeks 0, 1, 2, and 4, then monthly").numbers
    ()
    >>> find_citations("Continue for at least 2").numbers
    ()
    >>> find_citations("It is preferred (1, 2). Avoid it on day (3), in grade (2)").numbers
    (1, 2)
    >>> find_citations("75 mg daily if CrCl 15-30").numbers, find_citations("75 mg daily if CrCl 15-30 1, 2").numbers
    ((), (1, 2))
    """
    return kept(text) if len(text) < 2000 else kept_long(text)


def _find(text: str) -> Citations:
    if not _LIST_CHECK.search(text):
        return Citations((), ())
    found: list[tuple[int, int, str]] = []
    if "[" in text:
        found = [(m.start(), m.end(), m["list"]) for m in _BRACKETS.finditer(text)]
    if ")" in text:
        found += _round(text)
    if any(map(str.isdigit, text[-6:])) or ":" in text or ". " in text or ", " in text:
        for before, match in _bare(text):
            word = before.lower().strip("([\"'.,:;)")
            closed = match["gap"][0] in ".)" or before[-1:] in ".)"
            if match["gap"] in (".", ")") and word and word[-1].isdecimal():
                continue
            timed = word in _TIMES and _amount_before(text, match.start() - len(before))
            if (word in _COUNTED and not timed) or word in _MEASURED:
                continue
            if word in ("above", "below") and _FALLS.search(
                text, max(0, match.start() - len(before) - 40), match.start() - len(before)
            ):
                continue
            if word in _TIMES and _NAMES_TIME.search(
                text, max(0, match.start() - len(before) - 60), match.start() - len(before)
            ):
                continue
            if not closed and word and word[-1].isdecimal() and not _measured(text, match.start()):
                continue
            if _DAYS.match(text, match.start("list")) or _GOES_ON.match(text, match.end("list")):
                continue
            if not closed and "-" in word and word.rsplit("-", 1)[1] in _COUNTED:
                continue
            found.append((match.start("list"), match.end("list"), match["list"]))
    found.sort()
    numbers: list[int] = []
    known: set[int] = set()
    for _, _, listed in found:
        numbers += [n for n in _numbers(listed) if n not in known]
        known.update(numbers[len(known) :])
    return Citations(tuple(numbers), tuple((s, e) for s, e, _ in found))


def _round(text: str) -> Iterator[tuple[int, int, str]]:
    """Numbers in round brackets that count nothing."""
    for match in _ROUND.finditer(text):
        word = _word_before(text, match.start()).lower().strip("([\"'.,:;)")
        if word not in _COUNTED and word not in _MEASURED and word not in _TIMES:
            yield match.start(), match.end(), match["list"]


def _bare(text: str) -> Iterator[tuple[str, re.Match[str]]]:
    """Each bare number or list of numbers, with the word that it follows."""
    place = free = 0
    while match := _BARE.search(text, place):
        place = match.end()
        if match.start() == free:  # the word before belongs to the citation before
            place = free + 1
            continue
        yield text[free : match.start()].split()[-1], match
        free = place


def _word_before(text: str, end: int) -> str:
    """The word before a place; only the words right before it are cut.

    >>> _word_before("It is preferred (1, 2)", 16)
    'preferred'
    """
    near = text[max(0, end - 100) : end].split() or text[:end].split()
    return near[-1]


def _amount_before(text: str, end: int) -> bool:
    return _AMOUNT.search(text, max(0, end - 12), end) is not None


def _measured(text: str, end: int) -> bool:
    """Whether the number before `end` is what was measured ("if CrCl 15-30 1, 2")."""
    match = _MEASURE.search(text, max(0, end - 40), end)
    return match is not None and match["what"].lower() in _MEASURED


kept = lru_cache(maxsize=4096)(_find)  # versions of an article share most statements
kept_long = lru_cache(maxsize=4)(_find)  # asked for each condition of a statement


def _numbers(listed: str) -> list[int]:
    out: list[int] = []
    for part in re.split(r"[,;]", listed):
        ends = [int(n) for n in _LIST_CHECK.findall(part)]
        if len(ends) == 2 and ends[0] < ends[1] <= ends[0] + 30:
            out += range(ends[0], ends[1] + 1)
        else:
            out += ends
    return out
