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
_NEGATED = re.compile(rf"([Cc]an(?=not\b)|[^\W\d_]+?(?=n't\b)|n't\b|{_WORD.pattern[1:]}")
# Same length for same length, so that offsets hold.
_JOINING = re.compile(r"(?<=[^\W_])–(?=[^\W_])")  # a dash in a range or a name, not one that parts a sentence
_PLAIN = tuple(zip("‐‑‒−’‘\u00a0\u2009\u202f\t", "----''\u0020\u0020\u0020\u0020", strict=True))


# "If it fails -> lithium": an arrow behind words that say when, and no dose, is a colon.
_ARROW = re.compile(r"([→⇒➔;])")
_STOP = re.compile(r"\.\s")
_SAYS_WHEN = re.compile(r"\W*+\w\S*+\s.*\s$", re.DOTALL)
_DOSED = re.compile(r"\d\s?(?:mg|mcg|µg|g|units|IU)\b(?!/d?L)", re.IGNORECASE)


# "Pregnancy – lamotrigine is preferred": a dash behind a few words that only name is a colon; a pair of dashes is none.
_LED = re.compile(
    r"(?!(?:avoid|use|start|give|stop|consider|add|never|do|continue|reserve|check|monitor|switch|offer|prefer|if|when|while|because|it|we)\b)"
    r"(?P<lead>[A-Z0-9](?:(?!\b(?:is|are|was|were|has|have|should|must|may|can|could|will|remains?|needs?|requires?|reduces?|increases?|causes?|improves?|"
    r"works?|include|includes|recommended|preferred|contraindicated)\b)[^.:;–—,\n]){2,60}?)\s[–—-]\s(?=[^\s–—-])(?!(?:which|who|such|including|especially|particularly|even|not|but|and|or)\b)"
    r"(?![^.\n]*\s[–—-]\s)",
    re.IGNORECASE,
)
LONGEST_LEAD = 8  # words
_DASHES = (" – ", " — ", " - ")


class Words(NamedTuple):
    """Words as written and where each begins."""

    words: list[str]
    starts: list[int]


def plain(text: str) -> str:
    """`text` with typographic hyphens, apostrophes, arrows and spaces made plain; the same length.

    >>> plain("Crohn’s first‑line")
    "Crohn's first-line"
    >>> plain("It is used in stage 3–5 – not in Child–Pugh C")
    'It is used in stage 3-5 – not in Child-Pugh C'
    >>> plain("Pregnancy – labetalol"), plain("Labetalol – but not atenolol – is used"), plain("It is used – rarely")
    ('Pregnancy:  labetalol', 'Labetalol – but not atenolol – is used', 'It is used – rarely')
    >>> plain("If there is no response → lithium")
    'If there is no response : lithium'
    """
    if text.isascii() and "\t" not in text and " - " not in text:
        return text
    if any(arrow in text for arrow in "→⇒➔"):
        text = _arrows_as_colons(text)
    if "–" in text:
        text = _JOINING.sub("-", text)
    if any(dash in text for dash in _DASHES):
        led = _LED.match(text)
        if led is not None and len(led["lead"].split()) <= LONGEST_LEAD and not _DOSED.search(led["lead"]):
            text = f"{led['lead']}:  {text[led.end() :]}"
    return _signs_made_plain(text)


def all_plain(text: str) -> str:
    """`text` with these signs made plain wherever they stand, dashes too; the same length.

    >>> all_plain("first‑line – or 3–5")
    'first-line - or 3-5'
    """
    return text if text.isascii() else _signs_made_plain(text).replace("–", "-")


def _signs_made_plain(text: str) -> str:
    for sign, made in _PLAIN:  # many times as fast as `translate`
        text = text.replace(sign, made)
    return text


def _arrows_as_colons(text: str) -> str:
    parts = _ARROW.split(text)  # words, sign, words, sign, ..., words
    for at in range(1, len(parts), 2):
        words, after = parts[at - 1], parts[at + 1]
        if parts[at] == ";" or not after[:1].isspace():
            continue
        begins = 0 if at == 1 or (parts[at - 2] == ";" and words[:1].isspace()) else None
        if begins is None and (stop := _STOP.search(words)):
            begins = stop.end()
        if begins is not None and _SAYS_WHEN.match(words, begins) and not _DOSED.search(words, begins):
            parts[at] = ":"
    return "".join(parts)


def split_words(text: str, leave: Sequence[tuple[int, int]] = ()) -> Words:
    """The words of `text`, without those inside `leave` (citations).

    >>> split_words("cannot use 2.5 mg (1B)").words
    ['can', 'not', 'use', '2.5', 'mg', '(', '1B', ')']
    >>> split_words("Who Cannot Take It").words
    ['Who', 'Can', 'not', 'Take', 'It']
    """
    pattern = _ASCII_WORD if text.isascii() else _WORD
    if "n't" in text or "annot" in text:
        pattern = _NEGATED
    parts = pattern.split(text)  # gap, word, gap, word, ..., gap
    words = parts[1::2]
    starts = list(accumulate(map(len, parts)))[: len(parts) - 1 : 2]
    return _outside(leave, words, starts) if leave else Words(words, starts)


def _outside(leave: Sequence[tuple[int, int]], words: list[str], starts: list[int]) -> Words:
    kept, places, at = [], [], 0
    for start, end in leave:
        first, last = bisect_left(starts, start, at), bisect_left(starts, end, at)
        kept += words[at:first]
        places += starts[at:first]
        at = last
    return Words(kept + words[at:], places + starts[at:])
