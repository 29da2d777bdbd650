"""Words, numbers and signs of a text with their exact places; linear in its length."""

from __future__ import annotations

import re
from functools import lru_cache
from itertools import accumulate

# A number with its own points and commas; a word, also with digits inside (q8h, m2); a sign.
# Zero-width characters are skipped like white space.
_WORD = re.compile(
    r"(\d+(?:[.,·]\d+)*|\.\d+|[^\W\d_]+(?:\d+[^\W\d_]*)?|<=|>=|=<|=>|\+/-"
    r"|[^\w\s\u00ad\u200b-\u200f\u2060\ufeff]|_)"
)
_ASCII_WORD = re.compile(_WORD.pattern, re.ASCII)  # a quarter faster


Word = tuple[str, int, int]


def scan(text: str) -> list[Word]:
    """The words of `text` in order, each with its place (code points).

    >>> [word for word, start, end in scan("MTX 7.5-15mg/wk, q8h")]
    ['MTX', '7.5', '-', '15', 'mg', '/', 'wk', ',', 'q8h']
    """
    parts = _parts(text)
    places = list(accumulate(map(len, parts)))
    return list(zip(parts[1::2], places[:-1:2], places[1::2], strict=True))


def low_words(text: str) -> set[str]:
    """The different words of `text`, in lower case."""
    return set(map(str.lower, _parts(text)[1::2]))


@lru_cache(maxsize=4)  # a text is looked at, and read where it may give a dose
def _parts(text: str) -> list[str]:
    """Gap, word, gap, word, ..., gap."""
    return (_ASCII_WORD if text.isascii() else _WORD).split(text)
