"""Cuts blocks into statements: one sentence or bullet each, with its citations."""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import lru_cache
from typing import NamedTuple

from pipeline.claims.citations import find_citations
from pipeline.claims.cues.words import plain
from pipeline.claims.data_files import word_list
from pipeline.claims.questions import answers
from pipeline.model import Article, Block

_ABBREVIATIONS = word_list("abbreviations")
_NUMBERED = word_list("numbered-abbreviations")
# What looks back stands behind the first sign, so that the search goes from sign to sign.
_STOP = re.compile(
    r"[.!?](?<![.!?].)[.!?]*+[\"')\]]*+(?:\s?\[[\d,;\s–-]+\]|\s\d{1,3}(?:\s?[,–-]\s?\d{1,3})*(?=\s+[A-Z(]|\s*$)|(?<=[a-z)]\.)\d{1,3}(?:[,–-]\d{1,3})*(?=\s|$))?(?=\s|$)"
)
_GRADE_ONLY = re.compile(
    r"^[(\[]?\s*+(?:(?>strong|weak|conditional|high|moderate|low|very|class|level|grade|loe|cor|quality|strength|certainty|"
    r"recommendation|evidence|of|the|for|against|acc/aha|esc|and|with|statement|good|practice|point|consensus|expert|opinion|gps|"
    r"b-n?r|c-ld|c-eo|[ivx]{1,3}[ab]?|[0-4][a-d]?|[a-d]|[,;:/()\[\].+&|–-])\s*+)+(?:\d{1,3}(?:,\s?\d{1,3}){0,60}\]?\s*+)?$",
    re.IGNORECASE,
)
# "Recommendation" or "Level of evidence" on a line of its own heads something, and grades nothing
_GRADES = re.compile(
    r"\b(?:strong|weak|conditional|high|moderate|low|good|expert|consensus|gps|b-n?r|c-ld|c-eo|[ivx]{1,3}[ab]?|[0-4][a-d]?|[a-d])\b",
    re.IGNORECASE,
)
# "First line." or "Alternatives." before a sentence of its own
_LABEL = re.compile(
    r"(?:step\s\d[^:.]{0,30}[:.]\s)?(?:(?:(?:first|second|third|fourth|1st|2nd|3rd)(?:[\s-](?:line|choice))|initial|preferred|alternative|"
    r"maintenance|refractory|resistant|relapsed)(?:\s(?:therapy|treatment|options?|drugs?|agents?|choices?|status|disease|cases?)){0,2}|"
    r"alternatives?|line\s(?:one|two|three|[123]))(?:\s\([^()]{1,30}\))?\.",
    re.IGNORECASE,
)
_PLUS_END = re.compile(r"(?:\bplus|\band|[+&]|\bPLUS|\bAND)\s*$")
_CITED_PLUS = re.compile(
    r"(?<=\bplus)\s[\[(]?\d[\d,;\s–-]*[\])]?\s*$", re.IGNORECASE
)  # "A twice daily PLUS 1, 2"
_PLUS_START = re.compile(r"^\s*(?:plus\b|PLUS\b|AND\b|[+&]\s)")
_PLUS = ("plus", "PLUS", "and", "AND", "+", "&")
_PLUS_ALONE = re.compile(r"^\s*(?:plus|PLUS|AND|and|[+&])\s*$")

_ANSWER_NO = re.compile(r"(?:^|\?\s)(?:(?:A|Answer):\s)?No$")

_NO_CELL = re.compile(r"(?<=\| )[-–—](?= \||$)")  # a cell of a row that says nothing


class Statement(NamedTuple):
    """One sentence, bullet or table row: `text` is plain (same length as the quote), offsets in the article.

    Of a part of a row (`part_of`), `text` is its first cell and one other, `cell` tells where that one begins in `text`, and
    where it begins in the row; the rest is that of the row.
    """

    start: int
    end: int
    text: str
    block: int
    last_block: int
    cites: tuple[int, ...]
    cite_spans: tuple[tuple[int, int], ...]
    first_of_block: bool
    cell: tuple[int, int] | None = None

    def place(self, at: int) -> int:
        """The place in the article of a place in `text`."""
        if self.cell is not None and at >= self.cell[0]:
            at += self.cell[1] - self.cell[0]
        return self.start + at


def part_of(row: Statement, first: tuple[int, int], other: tuple[int, int]) -> Statement:
    """What a row says in its first and in one other cell, whose places are counted from the row's first letter.

    >>> row = Statement(40, 63, "Dose | 5 mg | 90 mg/day", 7, 7, (), (), True)
    >>> part = part_of(row, (0, 4), (14, 23))
    >>> part.text, part.place(7), row.text[part.place(7) - row.start :]
    ('Dose:  90 mg/day', 54, '90 mg/day')
    """
    words = f"{row.text[: first[1]]}:  "
    return row._replace(text=words + row.text[slice(*other)], cell=(len(words), other[0]))


def cut(article: Article) -> list[Statement]:
    """Every statement of an article in reading order; headings and captions are none.

    A regimen split over bullets by PLUS is one statement; a sentence or line that is only a grade belongs to
    the statement before it.
    """
    out: list[Statement] = []
    blocks = article.blocks
    at = 0
    while at < len(blocks):
        block = blocks[at]
        answered = _answered(article, at)
        if answered:
            out += answered
            at += 2
            continue
        if block.kind == "caption" or (
            block.kind == "heading" and not _is_sentence(article.words(block), first=not out)
        ):
            at += 1
            continue
        last = _regimen_end(article, at)
        if last > at:
            out.append(_statement(article, block.start, blocks[last].end, at, last, True))
        else:
            out += _of_block(article, block, at)
        at = last + 1
    return _with_grades(article, out)


def _is_sentence(heading: str, *, first: bool) -> bool:
    """Whether a line that stands like a heading is a statement, or only the grade of the one before."""
    text = heading.rstrip()
    return text.endswith((".", ".)", ".]")) or (not first and _only_grades(text))


def _only_grades(text: str) -> bool:
    """Whether a text is nothing but a grade.

    >>> _only_grades("Weak recommendation, low certainty."), _only_grades("Recommendation")
    (True, False)
    """
    return _GRADE_ONLY.match(text) is not None and _GRADES.search(text) is not None


def _regimen_end(article: Article, at: int) -> int:
    last = at
    blocks = article.blocks
    while last + 1 < len(blocks):
        here, after = blocks[last], blocks[last + 1]
        if after.kind not in ("item", "paragraph") or after.section != here.section or here.kind == "row":
            break
        words = article.words(here)
        if not words[-1:].isalpha() and "plus" in words.lower():
            words = _CITED_PLUS.sub("", words)
        opens = words.rstrip().endswith(_PLUS) and (_PLUS_END.search(words) or _PLUS_ALONE.match(words))
        if after.end - after.start > 600 or not (
            opens or (here.kind == "item" and _PLUS_START.match(article.words(after)))
        ):
            break
        last += 1
    return last if not _PLUS_ALONE.match(article.words(blocks[last])) else max(at, last - 1)


def _answered(article: Article, at: int) -> list[Statement]:
    """The statements of a block that is a question and of the next, which begins with its answer; none for others."""
    if at + 1 >= len(article.blocks):
        return []
    here, after = article.blocks[at], article.blocks[at + 1]
    words = article.words(here).rstrip()
    if not words.endswith("?") or after.kind not in ("item", "paragraph"):
        return []
    answer = article.words(after)
    if not answers(f"{words} {answer}", 0, len(words), len(words) + 1):
        return []
    starts = [here.start, *(after.start + start for start, _ in sentences(answer)[1:])]
    ends = [after.start + end for _, end in sentences(answer)]
    return [
        _statement(article, start, end, at, at + 1, start == here.start)
        for start, end in zip(starts, ends, strict=True)
    ]


def _of_block(article: Article, block: Block, index: int) -> Iterator[Statement]:
    if block.kind == "row":
        row = _statement(article, block.start, block.end, index, index, True)
        yield row._replace(text=_NO_CELL.sub(" ", row.text)) if _NO_CELL.search(row.text) else row
        return
    first, label = True, None
    words = article.words(block)
    for start, end in sentences(words):
        if first and label is None and end < len(words) and _LABEL.fullmatch(words, start, end):
            label = (start, end)
            continue
        here = _statement(
            article, block.start + (label[0] if label else start), block.start + end, index, index, first
        )
        if label:  # "First line. A 5 mg daily.": the words before the dot are a label of the next
            at = label[1] - label[0] - 1
            here = here._replace(text=f"{here.text[:at]}:{here.text[at + 1 :]}")
        yield here
        first, label = False, None


def _statement(article: Article, start: int, end: int, block: int, last: int, first: bool) -> Statement:
    text = plain(article.text[start:end])
    cites = find_citations(text)
    return Statement(start, end, text, block, last, cites.numbers, cites.spans, first)


@lru_cache(maxsize=4096)  # versions of an article share most blocks
def sentences(text: str) -> tuple[tuple[int, int], ...]:
    """Where the sentences of a block begin and end; trailing citations belong to the sentence before them.

    >>> text = "Use A vs. B e.g. daily. 1, 2 Then 2.5 mg of C [3]. Stop."
    >>> [text[s:e] for s, e in sentences(text)]
    ['Use A vs. B e.g. daily. 1, 2', 'Then 2.5 mg of C [3].', 'Stop.']
    """
    out: list[tuple[int, int]] = []
    start = 0
    for match in _STOP.finditer(text):
        end = match.end()
        after = end
        while after < len(text) and text[after].isspace():
            after += 1
        if after < len(text) and match[0].startswith("?") and answers(text, start, end, after):
            continue
        if after < len(text):
            lead = text[after]
            if not (lead.isupper() or lead.isdigit() or lead in "([\"'“‘≥≤>•" or not lead.isascii()):
                continue
            word = re.split(r"[\s(\[]", text[max(start, match.start() - 15) : match.start()])[-1].lower()
            if match[0][0] == "." and match.end() - match.start() == 1:
                if word in _ABBREVIATIONS and not (
                    word == "no" and _ANSWER_NO.search(text, max(start, match.start() - 14), match.start())
                ):
                    continue
                if lead.isdigit() and word in _NUMBERED:
                    continue
        if text[start:end].strip():
            out.append((start, end))
        start = after
    if text[start:].strip():
        out.append((start, len(text)))
    return tuple(out)


def _with_grades(article: Article, statements: list[Statement]) -> list[Statement]:
    out: list[Statement] = []
    grown: set[int] = set()
    for statement in statements:
        before = out[-1] if out else None
        if (
            before is not None
            and len(statement.text) < 200
            and (
                article.blocks[statement.block].kind == "heading"
                or article.blocks[before.last_block].section == article.blocks[statement.block].section
            )
            and any(c.isalpha() for c in statement.text)
            and article.blocks[statement.block].kind != "row"
            and _only_grades(statement.text)
            and not article.words(article.blocks[before.last_block]).rstrip().endswith(":")
        ):
            grown.add(len(out) - 1)
            out[-1] = before._replace(end=statement.end, last_block=statement.last_block)
        else:
            out.append(statement)
    for k in grown:  # the words are read once, however many grades follow
        one = out[k]
        out[k] = _statement(article, one.start, one.end, one.block, one.last_block, one.first_of_block)
    return out
