"""Tables that compare drugs side by side: each column is headed by a drug, and each row tells one thing about all of them."""

from __future__ import annotations

from dataclasses import replace

from pipeline.claims.answers import answer
from pipeline.claims.columns import is_nobody, is_refusal, limits, told_line
from pipeline.claims.cues.words import plain
from pipeline.claims.reading import Reader, without
from pipeline.claims.rows import Drug
from pipeline.claims.scope.conditions import words_of
from pipeline.claims.scope.fields import Fields, Place
from pipeline.claims.scope.types import Parsed
from pipeline.claims.seen import read_heading, read_statement
from pipeline.claims.statements import Statement, part_of
from pipeline.model import Article, Block, Cell
from pipeline.vocabulary.concept import PROCEDURE

_MORE = 2  # words that may stand in the head of a column beside its drug ("Apixaban (oral)")


def read_comparison(
    reader: Reader, article: Article, block: Block, statement: Statement
) -> list[tuple[Statement, Parsed]] | None:
    """What a row says in each column that is headed by a drug, with that drug in `column`; None for rows of other tables.

    Each part is the label, a colon, and the cell.
    """
    if len(block.cells) < 3:
        return None
    label, *cells = block.cells
    columns = [(cell, _drugs_of(reader, cell)) for cell in cells]
    headed = [(cell, drugs) for cell, drugs in columns if drugs]
    if len(headed) < 2 or _drugs_of(reader, label) or len({drugs[0].name for _, drugs in headed}) < 2:
        return None
    named = read_statement(reader, article.text[label.start : label.end]).reading.drugs
    if any(d.concept.kind != PROCEDURE for d in named):
        return None
    out = []
    first = (label.start - statement.start, label.end - statement.start)
    head = plain(article.text[label.start : label.end])
    whom = limits(head)
    for cell, drugs in headed:
        words = plain(article.text[cell.start : cell.end])
        said = None if whom else answer(head, words, reader)
        if said is None and not whom and is_refusal(head, words):
            said = Fields(direction="against"), False
        if said is None and is_nobody(words):
            continue
        part = part_of(statement, first, (cell.start - statement.start, cell.end - statement.start))
        parsed = read_statement(reader, part.text)
        line = told_line(head, words)
        if said is not None:
            out.append((part, replace(_said(parsed, said[0], part), column=drugs)))
        elif not any(parsed.usable) and (whom or line or _tells(parsed)):
            parsed = _for_whom(parsed, whom, part) if whom else parsed
            parsed = _in_line(parsed, line) if line else parsed
            out.append((part, replace(parsed, column=drugs)))
    return out


def _drugs_of(reader: Reader, cell: Cell) -> tuple[Drug, ...]:
    """The drugs that head a column, where hardly anything else does."""
    head = plain(cell.header)
    mentions = read_heading(reader, head).reading.drugs if head else []
    spans = [(m.start, m.end) for m in mentions]
    if not mentions or len(without(head, spans).replace("(", " ").replace(")", " ").split()) > _MORE:
        return ()
    return tuple(
        Drug(
            m.concept.name.lower(),
            m.concept.kind,
            head[m.start : m.end],
            m.concept.code,
            -1,
            -1,
            "drug.column",
        )
        for m in mentions
    )


def _for_whom(parsed: Parsed, direction: str, part: Statement) -> Parsed:
    """The part of a row that lists those for whom its drug is, or is not ("Avoid in")."""
    start, end = part.cell[0] if part.cell else 0, len(part.text)
    words = words_of(part.text, start, end)
    place = Place("condition", start, end, "condition.column")
    findings = [
        replace(
            f,
            fields=f.fields.but(direction=direction, condition=(words,), marks=(*f.fields.marks, place)),
            said=True,
        )
        for f in parsed.findings
    ]
    return replace(parsed, findings=findings)


def _said(parsed: Parsed, told: Fields, part: Statement) -> Parsed:
    """The part of a row whose cell only answers its label ("Pregnancy": "No")."""
    start = part.cell[0] if part.cell else 0
    place = Place("direction", start, len(part.text), "direction.answer")
    findings = [
        replace(f, fields=told.but(marks=(place,)), said=True, kind="recommendation")
        for f in parsed.findings[:1]
    ]
    return replace(parsed, findings=findings)


def _in_line(parsed: Parsed, line: str) -> Parsed:
    """The part of a row "Line" that tells its drug's ("First")."""
    findings = [
        replace(f, fields=f.fields.but(direction="for", line=line), said=True) for f in parsed.findings
    ]
    return replace(parsed, findings=findings)


def _tells(parsed: Parsed) -> bool:
    """Whether a part advises on the drug of its column, or gives its dose."""
    dosed = any(d.dose.dose_basis is not None for d in parsed.reading.doses)
    whole = parsed.whole
    return (
        dosed
        or bool(whole.line or whole.preference or whole.grade_text)
        or any(f.said and f.fields.direction for f in parsed.findings)
    )
