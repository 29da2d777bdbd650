"""Statements read before: what a sentence says by itself depends on its words, the vocabulary and the article's own
abbreviations, so the sentences that versions of an article share need to be read only once."""

from __future__ import annotations

from dataclasses import replace
from functools import lru_cache
from typing import NamedTuple

from pipeline.claims import citations, guidelines
from pipeline.claims.asides import with_asides
from pipeline.claims.hints import Hints, look
from pipeline.claims.reading import OwnNames, Reader
from pipeline.claims.scope.parse import parse
from pipeline.claims.scope.situations import in_heading
from pipeline.claims.scope.types import Parsed
from pipeline.claims.statements import Statement, sentences
from pipeline.claims.structure.groups import tells_groups
from pipeline.claims.tables import row_findings
from pipeline.model import Article, Block
from pipeline.vocabulary import Lexicon, abbreviations

Spans = tuple[tuple[int, int], ...]
Key = tuple[str, str, Spans, OwnNames]
Cells = tuple[tuple[int, int, str, str], ...]  # begin and end in their row, column head, words

_MOST = 4096  # statements of a few hundred articles, some 40 MB
_LONGEST = 2000  # characters


class _Memory(NamedTuple):
    """What was read with one lexicon: statements, rows of tables and headings, and what statements hint at."""

    statements: dict[Key, Parsed]
    rows: dict[tuple[Key, Cells], Parsed]
    headings: dict[Key, Parsed]
    hints: dict[tuple[str, Spans, OwnNames], Hints]


@lru_cache(maxsize=4)
def _memory(lexicon: Lexicon) -> _Memory:
    return _Memory({}, {}, {}, {})


def read_statement(reader: Reader, text: str, leave: Spans = ()) -> Parsed:
    """The statement as read, perhaps by an earlier reader: not to be changed. `leave` are the spans of citations.

    >>> from pipeline.vocabulary import Lexicon
    >>> reader = Reader(Lexicon.default())
    >>> read_statement(reader, "Start metformin.") is read_statement(Reader(Lexicon.default()), "Start metformin.")
    True
    """
    if len(text) > _LONGEST:
        return with_asides(parse(reader.read(text, leave), reader.authority), reader)
    key = (text, reader.authority, leave, reader.own_names(text))
    known = _memory(reader.lexicon).statements
    found = known.get(key)
    if found is None:
        found = with_asides(parse(reader.read(text, leave), reader.authority), reader)
        if len(known) >= _MOST:
            known.clear()
        known[key] = found
    return found


def read_row(reader: Reader, article: Article, block: Block, statement: Statement) -> Parsed:
    """A row of a table with what the heads of its columns say of its cells, perhaps as read by an earlier reader: not to be
    changed."""
    start = statement.start
    cells = tuple((c.start - start, c.end - start, c.header, article.words(c)) for c in block.cells)
    words = "\n".join((statement.text, *(part for cell in cells for part in cell[2:])))
    key = (statement.text, reader.authority, statement.cite_spans, reader.own_names(words)), cells
    known = _memory(reader.lexicon).rows
    found = known.get(key)
    if found is None:
        alone = read_statement(reader, statement.text, statement.cite_spans)
        found = replace(alone, findings=[replace(f) for f in alone.findings])
        row_findings(article, block, statement, found, reader)
        if len(words) > _LONGEST:
            return found
        if len(known) >= _MOST:
            known.clear()
        known[key] = found
    return found


def read_heading(reader: Reader, text: str) -> Parsed:
    """A heading or title as read, perhaps by an earlier reader: not to be changed."""
    key = (text, reader.authority, (), reader.own_names(text))
    known = _memory(reader.lexicon).headings
    found = known.get(key)
    if found is None:
        found = parse(reader.read(text), reader.authority, heading=True)
        if len(text) > _LONGEST:
            return found
        if len(known) >= _MOST:
            known.clear()
        known[key] = found
    return found


def hints(reader: Reader, text: str, leave: Spans = ()) -> Hints:
    """What a statement tells before it is read, perhaps as an earlier reader found."""
    if len(text) > _LONGEST:
        return look(reader, text, leave)
    key = (text, leave, reader.own_names(text))
    known = _memory(reader.lexicon).hints
    found = known.get(key)
    if found is None:
        found = look(reader, text, leave)
        if len(known) >= _MOST:
            known.clear()
        known[key] = found
    return found


def forget() -> None:
    """Forgets all statements and headings: after the last article, or to measure how long reading takes."""
    _memory.cache_clear()
    abbreviations.named_in_line.cache_clear()
    citations.kept.cache_clear()
    guidelines.kept.cache_clear()
    in_heading.cache_clear()
    tells_groups.cache_clear()
    sentences.cache_clear()
