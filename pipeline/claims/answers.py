"""Cells of tables that only answer the head of their column: "No" below "Pregnancy", "✓" below "Recommended" or "First-line"."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import replace
from typing import NamedTuple

from pipeline.claims.cues.words import plain
from pipeline.claims.data_files import word_list
from pipeline.claims.reading import Reader, without
from pipeline.claims.scope.fields import SEVERITIES, Fields, Place
from pipeline.claims.scope.parse import parse
from pipeline.claims.scope.types import Finding
from pipeline.claims.statements import Statement
from pipeline.model import Article, Block, Cell

_NO = re.compile(
    r"(?:(?:no|never|✗|✘|❌|☒|✖|x|×)|(?:avoid(?:\suse)?|contraindicated|not\s(?:recommended|advised|safe|compatible|allowed|suitable)|unsafe|"
    r"incompatible|do\snot\suse|stop|withhold))",
    re.IGNORECASE,
)
_YES = re.compile(
    r"(?:yes|✓|✔|✅|☑|compatible|safe|acceptable|allowed|permitted|ok|okay|recommended|preferred|(?:can|may)\sbe\s(?:used|given|continued)|"
    r"continue)",
    re.IGNORECASE,
)
_BARE = re.compile(r"yes|\W+", re.IGNORECASE)  # a sign, or a word that says nothing alone
# words of a head that ask whether a drug is for the patients that it names
_ASKING = word_list("asking")
_WORD = re.compile(r"\w+")
_CROWDED = 400  # no row of an article tells so much


class Answer(NamedTuple):
    """A cell that answers the head of its column: `fields` hold the direction, and whom or which line the head names."""

    cell: Cell
    fields: Fields
    groups: bool


def answer(head: str, words: str, reader: Reader) -> tuple[Fields, bool] | None:
    """What a cell says that only answers its head: the direction, and whom or which line the head names; and whether that
    is a group of patients. None for other cells."""
    words = words.strip(" .;*†")
    if not head or len(words) > 60:
        return None
    words, _, limit = words.partition(" (")
    refused = _NO.fullmatch(words)
    if not refused and not _YES.fullmatch(words):
        return None
    asked = parse(reader.read(head), heading=True)
    cues = [
        *asked.reading.of("POPULATION"),
        *(c for c in asked.reading.of("SETTING") if c.value in SEVERITIES),
    ]
    rest = {w.lower() for w in _WORD.findall(without(asked.reading.text, [(c.start, c.end) for c in cues]))}
    whole = asked.whole
    if asked.reading.drugs or not rest <= _ASKING:
        if not refused and whole.line and len(rest) <= 3 and _BARE.fullmatch(words):
            return Fields(direction="for", line=whole.line, preference=whole.preference), False
        return None
    if not cues:
        return None
    condition = (limit[:-1],) if limit.endswith(")") else ()
    direction = "against" if refused else "for"
    setting = tuple(v for v in whole.setting if v in SEVERITIES)
    fields = Fields(direction=direction, population=whole.population, setting=setting, condition=condition)
    return fields, True


def answered(article: Article, block: Block, reader: Reader) -> Iterator[Answer]:
    """The cells of a row that answer heads that ask for a group of patients, or for a line of treatment."""
    for cell in block.cells:
        said = answer(plain(cell.header), plain(article.text[cell.start : cell.end]), reader)
        if said is not None:
            yield Answer(cell, *said)


def _words(statement: Statement, cell: Cell) -> str:
    return statement.text[cell.start - statement.start : cell.end - statement.start].strip(" .;*†")


def with_answers(
    answers: list[Answer], block: Block, statement: Statement, kept: list[Finding]
) -> list[Finding]:
    """The findings of a row with what its answers say: one for each group of patients, beside those of the row itself; those
    fall away where the row gives nothing but answers on groups."""
    groups = [a for a in answers if a.groups]
    for answer in answers:
        for finding in () if answer.groups else kept:
            if finding.fields.direction != "against" and not finding.fields.line:
                preference = finding.fields.preference or answer.fields.preference
                finding.fields = finding.fields.but(
                    direction="for", line=answer.fields.line, preference=preference
                )
                finding.said = True
    if not groups or not kept:
        return kept
    first = {f.drug: f for f in reversed(kept) if f.drug is not None}
    if len(first) * len(groups) > _CROWDED:
        return kept
    told = {a.cell.start for a in groups}
    others = [c for c in block.cells if c.start not in told]
    used = any(_YES.fullmatch(_words(statement, c)) for c in others)  # "✓" below "HFrEF"
    own = [
        f
        for f in kept
        if used or f.doses or f.said or f.fields.line or f.fields.strength or f.fields.preference
    ]
    out = list(own)
    for answer in groups:
        start, end = answer.cell.start - statement.start, answer.cell.end - statement.start
        mark = Place("direction", start, end, "direction.answer")
        for finding in sorted(first.values(), key=lambda f: f.drug or 0):
            fields = answer.fields.but(marks=(mark,))
            out.append(
                replace(
                    finding,
                    fields=fields,
                    kind="recommendation",
                    doses=(),
                    said=True,
                    partners=(),
                    diseases=(),
                    apart=((0, len(statement.text)),),
                )
            )
    return out
