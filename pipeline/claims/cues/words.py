"""Words of a statement, for the cue patterns: cheaper than a full tokenizer, and the same in every pipeline."""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import NamedTuple

_WORD = re.compile(
    r"e\.g\.|i\.e\.|can(?=not\b)|[^\W\d_]+?(?=n't\b)|n't\b|\d+(?:[.,]\d+)+|\d\+{1,2}(?!\w)|\w+|[^\w\s]"
)
# Same length for same length, so that offsets hold.
_PLAIN = str.maketrans("‐‑‒−’‘\u00a0\u2009\u202f\t", "----''\u0020\u0020\u0020\u0020")


class Words(NamedTuple):
    """Words as written and where each begins."""

    words: list[str]
    starts: list[int]


def plain(text: str) -> str:
    """`text` with typographic hyphens, apostrophes and spaces made plain; the same length.

    >>> plain("Crohn’s first‑line")
    "Crohn's first-line"
    """
    return text.translate(_PLAIN)


def split_words(text: str, leave: Sequence[tuple[int, int]] = ()) -> Words:
    """The words of `text`, without those inside `leave` (citations).

    >>> split_words("cannot use 2.5 mg (1B)").words
    ['can', 'not', 'use', '2.5', 'mg', '(', '1B', ')']
    """
    words, starts = [], []
    spans = iter(leave)
    span = next(spans, None)
    for match in _WORD.finditer(text):
        start = match.start()
        while span is not None and start >= span[1]:
            span = next(spans, None)
        if span is not None and start >= span[0]:
            continue
        words.append(match[0])
        starts.append(start)
    return Words(words, starts)
