"""Statements read before: what a sentence says by itself depends on its words, the vocabulary and the article's own
abbreviations, so the sentences that versions of an article share need to be read only once."""

from __future__ import annotations

from weakref import WeakKeyDictionary

from pipeline.claims import citations, guidelines
from pipeline.claims.reading import Reader
from pipeline.claims.scope.parse import parse
from pipeline.claims.scope.types import Parsed
from pipeline.vocabulary import Lexicon

Spans = tuple[tuple[int, int], ...]
Key = tuple[str, str, Spans, tuple[tuple[str, tuple[str, ...]], ...]]

_MOST = 4096  # statements of a few hundred articles, some 40 MB
_LONGEST = 2000  # characters
_seen: WeakKeyDictionary[Lexicon, dict[Key, Parsed]] = WeakKeyDictionary()


def read_statement(reader: Reader, text: str, leave: Spans = ()) -> Parsed:
    """The statement as read, perhaps by an earlier reader: not to be changed. `leave` are the spans of citations.

    >>> from pipeline.vocabulary import Lexicon
    >>> reader = Reader(Lexicon.default())
    >>> read_statement(reader, "Start metformin.") is read_statement(Reader(Lexicon.default()), "Start metformin.")
    True
    """
    if len(text) > _LONGEST:
        return parse(reader.read(text, leave), reader.authority)
    local = reader.local_in(text) or {}
    key = (
        text,
        reader.authority,
        leave,
        tuple((form, tuple(value)) for form, value in sorted(local.items())),
    )
    known = _seen.setdefault(reader.lexicon, {})
    found = known.get(key)
    if found is None:
        found = parse(reader.read(text, leave), reader.authority)
        if len(known) >= _MOST:
            known.clear()
        known[key] = found
    return found


def forget() -> None:
    """Forgets all statements, for measuring how long reading takes."""
    _seen.clear()
    citations.kept.cache_clear()
    guidelines.kept.cache_clear()
