"""Words of a statement, for the cue patterns: cheaper than a full tokenizer, and the same in every pipeline."""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Sequence
from itertools import accumulate
from typing import NamedTuple

# Most words begin with a letter that none of the special forms begins with: they are tried first.
_WORD = re.compile(r"([^\W\dei]\w*|e\.g\.|i\.e\.|\d+(?:[.,]\d+)+|\d\+{1,2}(?!\w)|\w+|[^\w\s])")
_ASCII_WORD = re.compile(_WORD.pattern, re.ASCII)  # a quarter faster
# "cannot" and "isn't" are two words each; only texts that have them pay for looking at every letter.
_NEGATED = re.compile(rf"(can(?=not\b)|[^\W\d_]+?(?=n't\b)|n't\b|{_WORD.pattern[1:]}")
# Same length for same length, so that offsets hold.
_JOINING = re.compile(
    r"(?<=[^\W_])–(?=[^\W_])"
)  # a dash that joins a range or a name, rather than parts a sentence
_PLAIN = str.maketrans("‐‑‒−’‘\u00a0\u2009\u202f\t", "----''\u0020\u0020\u0020\u0020")


# "If it fails -> lithium": an arrow behind words that say when, and no dose, is a colon.
_ARROW = re.compile(r"(?:(?<=[;.]\s)|^)(?P<when>[^→⇒➔;]*?\w[^→⇒➔;]*?\s[^→⇒➔;]*?\s)[→⇒➔](?=\s)")
_DOSED = re.compile(r"\d\s?(?:mg|mcg|µg|g|units|IU)\b(?!/d?L)", re.IGNORECASE)


class Words(NamedTuple):
    """Words as written and where each begins."""

    words: list[str]
    starts: list[int]


def plain(text: str) -> str:
    """`text` with typographic hyphens, apostrophes, arrows and spaces made plain; the same length.

    >>> plain("Crohn’s first‑line")
    "Crohn's first-line"
    >>> plain("stage 3–5 – Child–Pugh")
    'stage 3-5 – Child-Pugh'
    >>> plain("If there is no response → lithium")
    'If there is no response : lithium'
    """
    if text.isascii() and "\t" not in text:
        return text
    if any(arrow in text for arrow in "→⇒➔"):
        text = _ARROW.sub(lambda m: m[0] if _DOSED.search(m["when"]) else f"{m['when']}:", text)
    if "–" in text:
        text = _JOINING.sub("-", text)
    return text.translate(_PLAIN)


def split_words(text: str, leave: Sequence[tuple[int, int]] = ()) -> Words:
    """The words of `text`, without those inside `leave` (citations).

    >>> split_words("cannot use 2.5 mg (1B)").words
    ['can', 'not', 'use', '2.5', 'mg', '(', '1B', ')']
    """
    pattern = _ASCII_WORD if text.isascii() else _WORD
    if "n't" in text or "cannot" in text:
        pattern = _NEGATED
    parts = pattern.split(text)  # gap, word, gap, word, ..., gap
    words = parts[1::2]
    starts = list(accumulate(map(len, parts)))[: len(parts) - 1 : 2]
    return _outside(leave, words, starts) if leave else Words(words, starts)


def _outside(leave: Sequence[tuple[int, int]], words: list[str], starts: list[int]) -> Words:
    for start, end in reversed(leave):
        first, last = bisect_left(starts, start), bisect_left(starts, end)
        del words[first:last], starts[first:last]
    return Words(words, starts)
