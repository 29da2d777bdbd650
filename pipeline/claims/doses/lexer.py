"""A text as lexemes: numbers with their value, and phrases with what they may mean."""

from __future__ import annotations

import re
from typing import Any

from pipeline.claims.doses.scan import Word, scan
from pipeline.claims.doses.tables import Node, phrases

_LONGEST = 16
DASHES = frozenset("-‐‑‒–—−~﹣－")
_GROUPED = re.compile(r"[1-9]\d{0,2}(?:,\d{3})+(?:\.\d+)?")
_DECIMAL = re.compile(r"\d+[.·]\d+|0,\d+|\d+,\d{1,2}")
_GROUP_FIRST = re.compile(r"[1-9]\d{0,2}")
_FRACTIONS = {"½": 0.5, "¼": 0.25, "¾": 0.75, "⅓": 1 / 3, "⅔": 2 / 3}
_EMPTY: dict[str, Any] = {}


class Lexeme:
    """A number, a phrase of the tables, or any other word or sign.

    `num` is its value (None for no number); `tags` what the phrase may mean (kind to value);
    `glued` says that no white space stands before it.
    """

    __slots__ = ("end", "glued", "low", "num", "start", "tags", "text")

    def __init__(
        self, text: str, low: str, start: int, end: int, num: float | None, tags: dict[str, Any], glued: bool
    ):
        self.text, self.low, self.start, self.end = text, low, start, end
        self.num, self.tags, self.glued = num, tags, glued

    def __repr__(self) -> str:
        return f"Lexeme({self.text!r}, {self.num}, {sorted(self.tags)})"


def value_of(text: str) -> float | None:
    """The value of a number as written; None where it is no single number ("1,2,3").

    >>> [value_of(t) for t in ("1,000", "2.5", "0·5", "2,5", "4,1,3", "12,500.5")]
    [1000.0, 2.5, 0.5, 2.5, None, 12500.5]
    """
    if len(text) > _LONGEST:
        return None
    if text.isdecimal():
        return float(text)
    if _GROUPED.fullmatch(text):
        return float(text.replace(",", ""))
    if _DECIMAL.fullmatch(text):
        return float(text.replace("·", ".").replace(",", "."))
    if text.startswith("."):
        return float(text)
    return None


def _phrase(words: list[Word], i: int, node: Node, text: str) -> tuple[int, dict[str, Any]] | None:
    """The longest phrase that begins at word `i`, where `node` stands for its first word: length and tags."""
    j, best = i + 1, None
    while True:
        if node.tags is not None:
            best = (j - i, node.tags)
        if node.exact is not None:
            written = text[words[i][1] : words[j - 1][2]]
            for form, tags in node.exact:
                if form == written:
                    best = (j - i, {**(node.tags or _EMPTY), **tags})
        if j == len(words) or not node.next:
            return best
        step = node.next.get(words[j][0].lower())
        if step is None:
            return best
        node, j = step, j + 1


def lex(text: str) -> list[Lexeme]:
    """The lexemes of `text`; offsets are code points into it.

    >>> [x.num for x in lex("1 000 mg or 2½ tablets")]
    [1000.0, None, None, 2.5, None]
    """
    root = phrases().next
    words = scan(text)
    out: list[Lexeme] = []
    i, before = 0, 0
    while i < len(words):
        written, start, end = words[i]
        glued = start == before and start > 0
        if written[0].isdecimal() or (written[0] == "." and len(written) > 1):
            num, end, i = _number(text, words, i, out, glued)
            words_here = text[start:end]
            out.append(Lexeme(words_here, words_here, start, end, num, _EMPTY, glued))
            before = end
            continue
        low = written.lower()
        node = root.get(low)
        found = _phrase(words, i, node, text) if node is not None else None
        if found is None:
            out.append(Lexeme(written, low, start, end, None, _EMPTY, glued))
            i += 1
        else:
            length, tags = found
            if length > 1:
                end = words[i + length - 1][2]
                written = text[start:end]
                low = written.lower()
            out.append(Lexeme(written, low, start, end, tags.get("num"), tags, glued))
            i += length
        before = end
    return out


def names_amount(lexemes: list[Lexeme]) -> bool:
    """Whether the words of a dose name an amount, and not a time alone.

    >>> names_amount(lex("5 mg daily")), names_amount(lex("once weekly for 12 weeks"))
    (True, False)
    """
    return any("unit" in lexeme.tags or lexeme.low == "auc" for lexeme in lexemes)


def _number(
    text: str, words: list[Word], i: int, out: list[Lexeme], glued: bool
) -> tuple[float | None, int, int]:
    """The value of the number at word `i`, with groups of three and fractions; its end and the next word."""
    written, _, end = words[i]
    num = value_of(written)
    i += 1
    if num is None or i == len(words):
        return num, end, i
    if _GROUP_FIRST.fullmatch(written):
        last = out[-1] if out else None
        after_name = (
            last is not None and glued and last.text in DASHES and (len(out) < 2 or out[-2].num is None)
        )
        if not after_name and (last is None or "time" not in last.tags):
            # "100 000": groups of three, parted by one space each
            while (
                i < len(words)
                and len(words[i][0]) == 3
                and words[i][0].isdecimal()
                and words[i][1] == end + 1
                and num < 1e12
                and text[end] in " \u00a0\u202f\u2009"
            ):
                num, end, i = num * 1000 + float(words[i][0]), words[i][2], i + 1
    if i < len(words) and words[i][1] - end <= 1 and (part := _FRACTIONS.get(words[i][0])) is not None:
        num, end, i = num + part, words[i][2], i + 1
    return num, end, i
