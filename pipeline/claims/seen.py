"""Statements read before: what a sentence says by itself depends on its words, the vocabulary and the article's own
abbreviations, so the sentences that versions of an article share need to be read only once."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import replace
from functools import lru_cache, partial
from typing import NamedTuple, TypeVar

from pipeline.claims import citations, guidelines
from pipeline.claims.asides import with_asides
from pipeline.claims.hints import Hints, look
from pipeline.claims.reading import OwnNames, Reader
from pipeline.claims.scope.parse import parse
from pipeline.claims.scope.situation_labels import in_heading
from pipeline.claims.scope.types import Parsed
from pipeline.claims.statements import Statement, sentences
from pipeline.claims.structure.groups import tells_groups
from pipeline.claims.tables import row_findings
from pipeline.model import Article, Block
from pipeline.vocabulary import Lexicon, abbreviations, words

Spans = tuple[tuple[int, int], ...]
Key = tuple[str, str, Spans, OwnNames]
K = TypeVar("K")
V = TypeVar("V")
Cells = tuple[tuple[int, int, str, str], ...]  # begin and end in their row, column head, words

_MOST = 4096  # statements of a few hundred articles, some 50 MB
_LONGEST = 2000  # characters


class _Memory(NamedTuple):
    """What was read with one lexicon: statements, rows of tables and headings, and what statements hint at."""

    statements: dict[Key, Parsed]
    rows: dict[tuple[Key, Cells], Parsed]
    headings: dict[Key, Parsed]
    hints: dict[Key, Hints]


@lru_cache(maxsize=4)
def _memory(lexicon: Lexicon) -> _Memory:
    return _Memory({}, {}, {}, {})


def read_statements(reader: Reader, statements: Sequence[Statement]) -> list[Parsed]:
    """Statements as read, each perhaps by an earlier reader: not to be changed.

    All that are new go through one stage of reading before any goes through the next, which is a tenth faster than one
    statement after another: what a stage needs stays in the processor's cache.
    """
    known = _memory(reader.lexicon).statements
    keys = [_key(reader, s.text, s.cite_spans) for s in statements]
    for s, key in zip(statements, keys, strict=True):
        if key not in known:
            reader.read(s.text, s.cite_spans)
    return [
        _kept(known, key, len(s.text), partial(_read, reader, s.text, s.cite_spans))
        for s, key in zip(statements, keys, strict=True)
    ]


def read_statement(reader: Reader, text: str, leave: Spans = ()) -> Parsed:
    """One of them. `leave` are the spans of citations.

    >>> from pipeline.vocabulary import Lexicon
    >>> reader = Reader(Lexicon.default())
    >>> read_statement(reader, "Start metformin.") is read_statement(Reader(Lexicon.default()), "Start metformin.")
    True
    """
    known = _memory(reader.lexicon).statements
    return _kept(known, _key(reader, text, leave), len(text), partial(_read, reader, text, leave))


def _read(reader: Reader, text: str, leave: Spans) -> Parsed:
    return with_asides(parse(reader.read(text, leave), reader.authority), reader)


def read_row(reader: Reader, article: Article, block: Block, statement: Statement) -> Parsed:
    """A row of a table with what the heads of its columns say of its cells, perhaps as read by an earlier reader: not to be
    changed."""
    start = statement.start
    cells = tuple((c.start - start, c.end - start, c.header, article.words(c)) for c in block.cells)
    whole = "\n".join((statement.text, *(part for cell in cells for part in cell[2:])))
    key = (statement.text, reader.authority, statement.cite_spans, reader.own_names(whole)), cells

    def read() -> Parsed:
        alone = read_statement(reader, statement.text, statement.cite_spans)
        row = replace(alone, findings=[replace(f) for f in alone.findings])
        row_findings(article, block, statement, row, reader)
        return row

    return _kept(_memory(reader.lexicon).rows, key, len(whole), read)


def read_heading(reader: Reader, text: str) -> Parsed:
    """A heading or title as read, perhaps by an earlier reader: not to be changed."""
    return read_headings(reader, [text])[0]


def read_headings(reader: Reader, texts: Sequence[str]) -> list[Parsed]:
    """Headings as read, stage by stage like statements."""
    known = _memory(reader.lexicon).headings
    keys = [_key(reader, text, ()) for text in texts]
    new = [text for text, key in zip(texts, keys, strict=True) if key not in known]
    for text in new:
        reader.named(text)
    for text in new:
        reader.read(text)
    return [
        _kept(known, key, len(text), partial(_read_heading, reader, text))
        for text, key in zip(texts, keys, strict=True)
    ]


def _read_heading(reader: Reader, text: str) -> Parsed:
    return parse(reader.read(text), reader.authority, heading=True)


def hints(reader: Reader, statements: Sequence[Statement]) -> list[Hints]:
    """What statements tell before they are read, perhaps as an earlier reader found; stage by stage, as they are read."""
    known = _memory(reader.lexicon).hints
    keys = [_key(reader, s.text, s.cite_spans) for s in statements]
    for s, key in zip(statements, keys, strict=True):
        if key not in known:
            reader.named(s.text)
    return [
        _kept(known, key, len(s.text), partial(look, reader, s.text, s.cite_spans))
        for s, key in zip(statements, keys, strict=True)
    ]


def _key(reader: Reader, text: str, leave: Spans) -> Key:
    return text, reader.authority, leave, reader.own_names(text)


def _kept(known: dict[K, V], key: K, length: int, make: Callable[[], V]) -> V:
    """What is known under a key, else what is made for it; kept unless its text, of that length, is very long."""
    found = known.get(key)
    if found is None:
        found = make()
        if length > _LONGEST:
            return found
        if len(known) >= _MOST:
            known.clear()
        known[key] = found
    return found


def forget() -> None:
    """Forgets all statements and headings: after the last article, or to measure how long reading takes."""
    _memory.cache_clear()
    abbreviations.named_in_line.cache_clear()
    citations.kept.cache_clear()
    citations.kept_long.cache_clear()
    guidelines.kept.cache_clear()
    in_heading.cache_clear()
    tells_groups.cache_clear()
    words.kept.cache_clear()
    sentences.cache_clear()
