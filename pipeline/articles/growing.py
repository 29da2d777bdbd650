"""A line of text that is wrapped over many: its parts, put together once."""

from __future__ import annotations

from pipeline.articles.printed import Words
from pipeline.articles.unit import Unit

_NEAR = 60  # the letters before a hyphen that tell what to do with it


class Growing:
    """The words of a unit to which lines are added, in time that grows with their length.

    >>> unit = Unit("paragraph", "It is contraindi-")
    >>> growing = Growing(unit, Words("It is contraindicated"))
    >>> growing.add("cated in")
    >>> growing.add("(severe")
    >>> growing.is_open, growing.done()
    (True, None)
    >>> unit.text
    'It is contraindicated in (severe'
    """

    def __init__(self, unit: Unit, parted: Words) -> None:
        self._unit = unit
        self._parted = parted
        self._parts = [unit.text]
        self._open = _opened(unit.text)

    @property
    def is_open(self) -> bool:
        """Whether more brackets open than close."""
        return self._open > 0

    def add(self, words: str) -> None:
        """Adds the words of the next line."""
        self._open += _opened(words)
        if self._parts[-1][-1:] != "-":
            self._parts += (" ", words)
            return
        before = ""
        while self._parts and len(before) < _NEAR:
            before = self._parts.pop() + before
        whole = self._parted.joined(before[-_NEAR:], words)
        self._parts += (before[:-_NEAR], whole.removesuffix(words), words)

    def done(self) -> None:
        """Gives the unit its words."""
        if len(self._parts) > 1:
            self._unit.text = "".join(self._parts)


def _opened(text: str) -> int:
    return text.count("(") - text.count(")")
