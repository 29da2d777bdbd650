"""Mappings and sets that lie on the disk, for what a run knows of every place and article: a million take as little memory as ten.

They share one private file in the system's folder for temporary files (TMPDIR), some hundred bytes for each place. It is gone with
the process, however that ends: the tables are what lasts, and each run fills its shelf from them.
"""

from __future__ import annotations

import dataclasses
import datetime as dt
import sqlite3
from collections.abc import Callable, Iterator, MutableMapping, MutableSet
from typing import Any, Generic, TypeVar, get_type_hints

from pipeline.ledger.errors import LedgerError

T = TypeVar("T")
Cells = tuple[Any, ...]
IN_MEMORY = 8_000  # kB, whatever the size of the file
_TIMES: dict[Any, Callable[[str], Any]] = {
    dt.datetime: dt.datetime.fromisoformat,
    dt.date: dt.date.fromisoformat,
    dt.date | None: dt.date.fromisoformat,
}


class Shelf:
    """One file with any number of mappings and sets, whose every use may raise LedgerError (E-LEDGER-7)."""

    def __init__(self) -> None:
        self._db = sqlite3.connect("", isolation_level=None, check_same_thread=False)
        for setting in ("journal_mode = OFF", "synchronous = OFF", f"cache_size = -{IN_MEMORY}"):
            self.ask(f"PRAGMA {setting}")
        self.ask("BEGIN")  # never ended: nothing here has to be safe

    def ask(self, sql: str, given: Cells = ()) -> sqlite3.Cursor:
        """The rows that a statement gives."""
        try:
            return self._db.execute(sql, given)
        except sqlite3.OperationalError as error:
            raise LedgerError(
                "E-LEDGER-7",
                f"what a run knows of the articles could not be kept beside ({error})",
                where="the folder for temporary files",
                do="free space there, or name another with TMPDIR; then run again",
            ) from error

    def close(self) -> None:
        """Give the file back."""
        self._db.close()

    def names(self, name: str) -> Names:
        """A set of texts."""
        return Names(self, name)

    def texts(self, name: str) -> Kept[str]:
        """A mapping of texts to texts."""
        return Kept(self, name, ("value",), lambda text: (text,), lambda text: text)

    def records(self, name: str, kind: type[T], indexed: str | None = None) -> Kept[T]:
        """A mapping of texts to data classes of texts, numbers and times; `indexed` is a field that `where` will ask for."""
        hints = get_type_hints(kind)
        fields = tuple(f.name for f in dataclasses.fields(kind))  # type: ignore[arg-type]
        times = [(i, _TIMES[hints[f]]) for i, f in enumerate(fields) if hints[f] in _TIMES]

        def pack(value: T) -> Cells:
            cells = (getattr(value, f) for f in fields)
            return tuple(c.isoformat() if isinstance(c, dt.date) else c for c in cells)

        def unpack(*row: Any) -> T:
            cells = list(row)
            for i, parse in times:
                cells[i] = cells[i] and parse(cells[i])
            return kind(*cells)

        return Kept(self, name, fields, pack, unpack, indexed)


class Kept(MutableMapping[str, T], Generic[T]):
    """A mapping on a shelf, in the order of its keys. What it gives is a copy: to change a value, put it again."""

    def __init__(
        self,
        shelf: Shelf,
        name: str,
        columns: tuple[str, ...],
        pack: Callable[[T], Cells],
        unpack: Callable[..., T],
        indexed: str | None = None,
    ) -> None:
        self._ask, self._name, self._pack, self._unpack = shelf.ask, name, pack, unpack
        told = ", ".join(columns)
        self._get = f"SELECT {told} FROM {name} WHERE key = ?"
        self._put = f"INSERT OR REPLACE INTO {name} VALUES (?{', ?' * len(columns)})"
        self._find = f"SELECT key, {told} FROM {name} WHERE {{}} = ? ORDER BY key"
        self._ask(f"CREATE TABLE {name} (key TEXT PRIMARY KEY, {told}) WITHOUT ROWID")
        if indexed is not None:
            self._ask(f"CREATE INDEX {name}_{indexed} ON {name} ({indexed})")

    def __getitem__(self, key: str) -> T:
        row = self._ask(self._get, (key,)).fetchone()
        if row is None:
            raise KeyError(key)
        return self._unpack(*row)

    def __setitem__(self, key: str, value: T) -> None:
        self._ask(self._put, (key, *self._pack(value)))

    def __delitem__(self, key: str) -> None:
        if not self._ask(f"DELETE FROM {self._name} WHERE key = ?", (key,)).rowcount:
            raise KeyError(key)

    def __iter__(self) -> Iterator[str]:
        return (key for (key,) in self._ask(f"SELECT key FROM {self._name} ORDER BY key"))

    def __len__(self) -> int:
        return int(self._ask(f"SELECT count(*) FROM {self._name}").fetchone()[0])

    def where(self, field: str, value: str) -> Iterator[tuple[str, T]]:
        """The entries whose value has `value` in this field."""
        return ((key, self._unpack(*row)) for key, *row in self._ask(self._find.format(field), (value,)))


class Names(MutableSet[str]):
    """A set on a shelf, in the order of the texts."""

    def __init__(self, shelf: Shelf, name: str) -> None:
        self._kept: Kept[None] = Kept(shelf, name, ("here",), lambda _: (1,), lambda _: None)

    def __contains__(self, text: object) -> bool:
        return text in self._kept

    def __iter__(self) -> Iterator[str]:
        return iter(self._kept)

    def __len__(self) -> int:
        return len(self._kept)

    def add(self, text: str) -> None:
        """Put one in, if it is not there."""
        self._kept[text] = None

    def discard(self, text: str) -> None:
        """Take one out, if it is there."""
        self._kept.pop(text, None)
