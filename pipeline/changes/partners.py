"""The other drugs of a combination, which a row holds by name alone: what they are by the vocabulary of today.

A name that the vocabulary gave a drug before is mostly one of its other names after, and its code stays.
"""

from __future__ import annotations

from collections import defaultdict
from functools import lru_cache

from pipeline.changes.rows import Row, items
from pipeline.changes.words import wording
from pipeline.vocabulary import Lexicon


def partners_as_named(row: Row) -> tuple[str, ...]:
    """The partners by the names that stand in the row, each once, sorted."""
    return tuple(sorted({wording(str(v)) for v in items(row, "with_drugs")}))


def partners_today(row: Row) -> tuple[str, ...]:
    """The same by the names that the vocabulary gives them today.

    >>> partners_today({"with_drugs": ["CellCept", "zyxomab"]})
    ('mycophenolate mofetil', 'zyxomab')
    """
    names = items(row, "with_drugs")
    if not names:
        return ()
    known = _Known.of(Lexicon.default())
    return tuple(sorted({wording(known.name(str(v))) for v in names}))


def partners_by_code(row: Row) -> tuple[str, ...]:
    """The same by their codes; by the names of today where there is none."""
    names = items(row, "with_drugs")
    if not names:
        return ()
    known = _Known.of(Lexicon.default())
    return tuple(sorted({known.code(str(v)) or wording(known.name(str(v))) for v in names}))


def partners_otherwise(row: Row) -> list[tuple[str, ...]]:
    """The same as `partners_as_named` with one of them by another of its names, once for each that the vocabulary knows."""
    names = partners_as_named(row)
    if not names:
        return []
    known = _Known.of(Lexicon.default())
    return [
        tuple(sorted({*names} - {name} | {other}))
        for name in names
        for other in known.others(name)
        if other not in names
    ]


class _Known:
    """What one vocabulary says of names, each asked once."""

    def __init__(self, lexicon: Lexicon) -> None:
        self._lexicon = lexicon
        self.name = lru_cache(maxsize=4096)(self._name)
        self.code = lru_cache(maxsize=4096)(self._code)
        self._keys: defaultdict[int, list[str]] = defaultdict(list)

    @staticmethod
    @lru_cache(maxsize=2)
    def of(lexicon: Lexicon) -> _Known:
        return _Known(lexicon)

    def _name(self, name: str) -> str:
        concept = self._lexicon.drug(name)
        return name if concept is None else concept.name

    def _code(self, name: str) -> str:
        concept = self._lexicon.drug(name)
        return "" if concept is None else concept.code

    def others(self, name: str) -> list[str]:
        """All names of what `name` means but itself, in the normal form of the vocabulary."""
        if not self._keys:
            for key, of in self._lexicon.index["drugs"].items():
                self._keys[of].append(key)
        concept = self._lexicon.drug(name)
        number = None if concept is None else self._lexicon.number_of(concept)
        return [] if number is None else [key for key in self._keys[number] if key != name]
