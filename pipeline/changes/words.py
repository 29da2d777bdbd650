"""Statements as words: what counts as the same wording, and which words differ."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable
from dataclasses import dataclass
from difflib import SequenceMatcher
from functools import lru_cache
from typing import Literal

LONGEST_COMPARED = 1_500
"""Tokens of each side beyond which `word_diff` compares by head and tail only (cost is quadratic)."""

_TYPOGRAPHY = str.maketrans(
    {
        **dict.fromkeys("‐‑‒–—―−﹣-", "-"),
        **dict.fromkeys("‘’‚‛ʼ´`′", "'"),
        **dict.fromkeys("“”„‟«»″", '"'),
        **dict.fromkeys("\u200b\u200c\u200d\u2060\ufeff\u00ad", ""),
    }
)
_NUMBERS = r"\d{1,4}(?:\s*[-,]\s*\d{1,4})*"
_BRACKETED = re.compile(rf"(?:(?<!\s)\s++)?\[\s*{_NUMBERS}\s*\]")
_RAISED = str.maketrans("⁰¹²³⁴⁵⁶⁷⁸⁹⁻", "0123456789-")
_SUPERSCRIPT = re.compile(r"(?<![\d])(?<!\b[a-z]m)(?<!\bm)([⁰¹²³⁴⁵⁶⁷⁸⁹]+(?:[,⁻-][⁰¹²³⁴⁵⁶⁷⁸⁹]+)*)")
_BARE = re.compile(rf"(?:(?<=[^\W\d]|[).%\]])|(?<=[^\W\d_]\d))\s+\(?({_NUMBERS})\)?(?=\s*[.;:,)]|\s*$)")
_TOKEN = re.compile(r"\s*(?:\d+(?:[.,]\d+)*|[^\W\d_]+|\S)|\s+$")
_WORD = re.compile(r"\d+(?:[.,]\d+)*|[^\W\d_]+|[<>=≤≥%µ]")


@dataclass(frozen=True, slots=True, kw_only=True)
class Segment:
    """A stretch of two texts compared: the same in both, or what stood and what stands there now."""

    op: Literal["same", "changed"]
    old: str
    new: str


def plain(text: str) -> str:
    """`text` with one form of each dash and quotation mark, single spaces, nothing invisible.

    >>> plain("“low – dose”  aspirin")
    '"low - dose" aspirin'
    """
    if text.isascii():
        return " ".join(text.replace("`", "'").split())
    return " ".join(unicodedata.normalize("NFKC", text.translate(_TYPOGRAPHY)).split())


def without_citations(quote: str, cites: Iterable[int] = ()) -> str:
    """`quote` without its reference marks: `[3, 4]`, superscripts, and the bare numbers that `cites` lists.

    >>> without_citations("Give heparin for 5 days 2, 7.", (2, 7))
    'Give heparin for 5 days.'
    >>> without_citations("Give heparin on days 2, 7.", ())
    'Give heparin on days 2, 7.'
    """
    known = set(cites)
    if not known and _is_bare(quote):
        return plain(quote)

    def drop(match: re.Match[str]) -> str:
        return "" if _expand(match.group(1).translate(_RAISED)) <= known else match.group(0)

    text = quote
    if known:
        text = _SUPERSCRIPT.sub(drop, text)
    text = plain(_BRACKETED.sub("", plain(text)))
    return _BARE.sub(drop, text) if known else text


def _is_bare(quote: str) -> bool:
    """Whether `quote` can hold no bracketed reference and one pass makes it plain."""
    return "[" not in quote and quote.isascii()


def _expand(numbers: str) -> set[int]:
    found: set[int] = set()
    for part in numbers.split(","):
        ends = [int(n) for n in part.split("-") if n.strip().isdigit()]
        if len(ends) == 2 and ends[0] <= ends[1] <= ends[0] + 100:
            found.update(range(ends[0], ends[1] + 1))
        else:
            found.update(ends)
    return found


def wording(quote: str, cites: Iterable[int] = ()) -> str:
    """What two statements must share to be worded alike: no citations, typography, case or end stop.

    >>> wording("Avoid NSAIDs – in pregnancy [4].") == wording("avoid  NSAIDs - in pregnancy")
    True
    """
    return without_citations(quote, cites).casefold().rstrip(" .;:,")


def words_of(text: str) -> tuple[str, ...]:
    """The words, numbers and comparison signs of `text`, in lower case."""
    return tuple(_WORD.findall(plain(text).casefold()))


@lru_cache(maxsize=512)
def word_diff(old: str, new: str) -> tuple[Segment, ...]:
    """`old` and `new` cut into stretches that are the same and stretches that differ, by whole words.

    The `old` parts joined give `old` again, the `new` parts `new`. Changes that only a space or a
    punctuation mark keeps apart are one stretch.

    >>> [(s.old, s.new) for s in word_diff("start 5 mg daily", "start 10 mg daily") if s.op == "changed"]
    [('5', '10')]
    """
    a, b = _TOKEN.findall(old), _TOKEN.findall(new)
    head = 0
    while head < min(len(a), len(b)) and a[head] == b[head]:
        head += 1
    tail = 0
    while tail < min(len(a), len(b)) - head and a[-1 - tail] == b[-1 - tail]:
        tail += 1
    mid_a, mid_b = a[head : len(a) - tail], b[head : len(b) - tail]
    pieces: list[tuple[bool, str, str]] = [(True, "".join(a[:head]), "".join(b[:head]))]
    if max(len(mid_a), len(mid_b)) > LONGEST_COMPARED:
        pieces.append((False, "".join(mid_a), "".join(mid_b)))
    else:
        for tag, i1, i2, j1, j2 in SequenceMatcher(None, mid_a, mid_b, autojunk=False).get_opcodes():
            pieces.append((tag == "equal", "".join(mid_a[i1:i2]), "".join(mid_b[j1:j2])))
    end = "".join(a[len(a) - tail :])
    pieces.append((True, end, end))
    return _joined(pieces)


def _joined(pieces: list[tuple[bool, str, str]]) -> tuple[Segment, ...]:
    """Neighbours of one kind made one; a same stretch without a word between two changes joins them.

    White space that both sides of a change begin with belongs to what stands before it.
    """
    kept = [p for p in pieces if p[1] or p[2]]
    changed = [
        not same
        or (0 < i < len(kept) - 1 and not kept[i - 1][0] and not kept[i + 1][0] and not _WORD.search(old))
        for i, (same, old, _) in enumerate(kept)
    ]
    runs: list[tuple[bool, str, str]] = []
    for differs, (_, old, new) in zip(changed, kept, strict=True):
        if runs and runs[-1][0] == differs:
            old, new = runs[-1][1] + old, runs[-1][2] + new
            runs.pop()
        runs.append((differs, old, new))
    out: list[Segment] = []
    for differs, old, new in runs:
        space = old[: len(old) - len(old.lstrip())] if differs else ""
        if space and out and new.startswith(space):
            out[-1] = Segment(op="same", old=out[-1].old + space, new=out[-1].new + space)
            old, new = old[len(space) :], new[len(space) :]
        out.append(Segment(op="changed" if differs else "same", old=old, new=new))
    return tuple(out)
