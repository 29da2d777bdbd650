"""A text as lexemes: numbers with their value, and phrases with what they may mean."""

from __future__ import annotations

import re
from typing import Any

from pipeline.claims.doses.scan import Word, scan
from pipeline.claims.doses.tables import Node, phrases

DASHES = frozenset("-‐‑‒–—−~﹣－")
_GROUPED = re.compile(r"[1-9]\d{0,2}(?:,\d{3})+(?:\.\d+)?")
_DECIMAL = re.compile(r"\d+[.·]\d+|0,\d+|\d+,\d{1,2}")
_GROUP_FIRST = re.compile(r"[1-9]\d{0,2}")
_EMPTY: dict[str, Any] = {}


class Lexeme:
    """A number, a phrase of the tables, or any other word or sign.

    `num` is its value (None for no number); `tags` what the phrase may mean (kind to value);
    `glued` says that no white space stands before it.
    """

    __slots__ = ("end", "glued", "low", "num", "start", "tags", "text")

    def __init__(self, text: str, start: int, end: int, num: float | None, tags: dict[str, Any], glued: bool):
        self.text, self.start, self.end = text, start, end
        self.low, self.num, self.tags, self.glued = text.lower(), num, tags, glued

    def __repr__(self) -> str:
        return f"Lexeme({self.text!r}, {self.num}, {sorted(self.tags)})"


def value_of(text: str) -> float | None:
    """The value of a number as written; None where it is no single number ("1,2,3").

    >>> [value_of(t) for t in ("1,000", "2.5", "0·5", "2,5", "4,1,3", "12,500.5")]
    [1000.0, 2.5, 0.5, 2.5, None, 12500.5]
    """
    if text.isdecimal():
        return float(text)
    if _GROUPED.fullmatch(text):
        return float(text.replace(",", ""))
    if _DECIMAL.fullmatch(text):
        return float(text.replace("·", ".").replace(",", "."))
    if text.startswith("."):
        return float(text)
    return None


def _phrase(words: list[Word], i: int, root: Node, text: str) -> tuple[int, dict[str, Any]] | None:
    """The longest phrase that begins at word `i`: its length in words and its tags."""
    node, j, best = root, i, None
    while j < len(words):
        step = node.next.get(words[j].text.lower())
        if step is None:
            break
        node, j = step, j + 1
        if node.tags is not None:
            best = (j - i, node.tags)
        if node.exact is not None:
            written = text[words[i].start : words[j - 1].end]
            for form, tags in node.exact:
                if form == written:
                    best = (j - i, {**(node.tags or _EMPTY), **tags})
    return best


def lex(text: str) -> list[Lexeme]:
    """The lexemes of `text`; offsets are code points into it.

    >>> [x.num for x in lex("1 000 mg or 2½ tablets")]
    [1000.0, None, None, 2.5, None]
    """
    root = phrases()
    words = scan(text)
    out: list[Lexeme] = []
    i, before = 0, 0
    while i < len(words):
        word = words[i]
        glued = word.start == before and word.start > 0
        first = word.text[0]
        if first.isdecimal() or (first == "." and len(word.text) > 1):
            num = value_of(word.text)
            end, i = word.end, i + 1
            after_name = (
                bool(out) and glued and out[-1].text in DASHES and len(out) > 1 and out[-2].num is None
            )
            after_day = bool(out) and (out[-1].tags.get("time") is not None)
            if num is not None and not after_name and not after_day and _GROUP_FIRST.fullmatch(word.text):
                # "100 000": groups of three, parted by one space each
                while (
                    i < len(words)
                    and len(words[i].text) == 3
                    and words[i].text.isdecimal()
                    and words[i].start == end + 1
                    and text[end] in " \u00a0\u202f\u2009"
                ):
                    num, end, i = num * 1000 + float(words[i].text), words[i].end, i + 1
            if num is not None and i < len(words) and words[i].text in "½¼¾⅓⅔" and words[i].start - end <= 1:
                num, end, i = (
                    num + {"½": 0.5, "¼": 0.25, "¾": 0.75, "⅓": 1 / 3, "⅔": 2 / 3}[words[i].text],
                    words[i].end,
                    i + 1,
                )
            out.append(Lexeme(text[word.start : end], word.start, end, num, _EMPTY, glued))
            before = end
            continue
        found = _phrase(words, i, root, text)
        length, tags = found if found is not None else (1, _EMPTY)
        end = words[i + length - 1].end
        out.append(Lexeme(text[word.start : end], word.start, end, tags.get("num"), tags, glued))
        i, before = i + length, end
    return out
