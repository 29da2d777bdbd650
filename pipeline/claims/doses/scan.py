"""Words, numbers and signs of a text with their exact places; linear in its length."""

from __future__ import annotations

import re
from typing import NamedTuple

# A number with its own points and commas; a word, also with digits inside (q8h, m2); a sign.
# Zero-width characters are skipped like white space.
_WORD = re.compile(
    r"\d+(?:[.,·]\d+)*|\.\d+|[^\W\d_]+(?:\d+[^\W\d_]*)?|<=|>=|=<|=>|\+/-"
    r"|[^\w\s\u00ad\u200b-\u200f\u2060\ufeff]|_"
)


class Word(NamedTuple):
    """One word, number or sign: `text` stands at `start` to `end` (code points)."""

    text: str
    start: int
    end: int


def scan(text: str) -> list[Word]:
    """The words of `text` in order.

    >>> [w.text for w in scan("MTX 7.5-15mg/wk, q8h")]
    ['MTX', '7.5', '-', '15', 'mg', '/', 'wk', ',', 'q8h']
    """
    return [Word(m.group(), m.start(), m.end()) for m in _WORD.finditer(text)]
