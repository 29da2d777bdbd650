"""Words as an article writes them: what is read of it has plain hyphens, apostrophes and spaces (see `cues.words.plain`)."""

from __future__ import annotations

from pipeline.claims.cues.words import all_plain
from pipeline.model import Article


class Written:
    """The words of one article as written."""

    def __init__(self, article: Article) -> None:
        self._text = article.text
        self._plain = all_plain(self._text)
        self._above: dict[
            str, tuple[int, int]
        ] = {}  # by words sought: up to where, and where they stand last before

    @property
    def changes(self) -> bool:
        """Whether any words of the article could differ from what was read."""
        return self._plain != self._text

    def of(self, words: str, start: int, end: int) -> str:
        """`words`, read at `start` to `end` of the article's text or above it, as they are written there."""
        if words in self._text[start:end]:
            return words
        sought = all_plain(words)
        at = self._plain.find(sought, start, end)
        if at < 0:
            at = self._last_above(sought, start)
        return words if at < 0 or not sought else self._text[at : at + len(sought)]

    def _last_above(self, sought: str, start: int) -> int:
        """Where words stand last before a place; below zero where they do not. What was searched for the statement before is
        not searched again."""
        known, at = self._above.get(sought, (0, -1))
        if known > start:
            return self._plain.rfind(sought, 0, start)
        nearer = self._plain.rfind(sought, max(0, known - len(sought)), start)
        at = max(at, nearer)
        self._above[sought] = (start, at)
        return at
