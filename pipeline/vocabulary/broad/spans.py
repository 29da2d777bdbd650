"""Helpers over mentions: who wins where two overlap, abbreviations that a text defines for any mention."""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Callable, Iterable

from pipeline.vocabulary.abbreviations import abbreviates
from pipeline.vocabulary.broad.data import Shapes
from pipeline.vocabulary.concept import DISEASE, Concept, Mention

_DEFINED = re.compile(r"\s?[(\[]\s?(?P<short>[A-Za-z0-9][\w+'-]{0,11}?)s?\s?[)\];,]")

_DEFINES = re.compile(r"(?<![\w-])(?P<short>[A-Z][A-Z0-9-]{1,9}) [(\[]$")


def longest(mentions: Iterable[Mention]) -> list[Mention]:
    """The mentions in order without overlaps: the longer wins, then the earlier."""
    kept: list[Mention] = []
    for mention in sorted(mentions, key=lambda m: (m.start, m.start - m.end)):
        while kept and kept[-1].end > mention.start:
            if kept[-1].end - kept[-1].start >= mention.end - mention.start:
                break
            kept.pop()
        else:
            kept.append(mention)
    return kept


def defined(text: str, mentions: list[Mention]) -> dict[str, Concept]:
    """The abbreviations that stand in brackets behind a mention and fit its letters, with what they mean."""
    found: dict[str, Concept] = {}
    for mention in mentions:
        match = _DEFINED.match(text, mention.end)
        if match is None or len(match["short"]) < 2 or not any(c.isupper() for c in match["short"]):
            continue
        name = text[mention.start : mention.end]
        if (
            abbreviates(match["short"], name)
            or _initial(match["short"], name)
            or _letters(match["short"], text, mention)
            or _contained(match["short"], name, mention)
        ):
            found.setdefault(match["short"], mention.concept)
    for mention in mentions:
        before = _DEFINES.search(text, max(0, mention.start - 16), mention.start)
        closed = text[mention.end : mention.end + 1] in (")", "]")
        if before is not None and closed and abbreviates(before["short"], text[mention.start : mention.end]):
            found.setdefault(before["short"], mention.concept)
    return found


_NO_PART = re.compile(
    r"(?i)[.;:,()]|\b(?:the|a|an|with|in|for|by|from|to|induced|associated|related|treated)\b"
)


def spelled_out(text: str, mentions: list[Mention], others: list[Mention]) -> list[Mention]:
    """The mentions before a bracket, each from the first of the words whose letters the bracket gives.

    "Acute motor axonal neuropathy (AMAN)" is one name although only its last word was known. Words that name something
    of `others` stay outside.
    """
    taken = sorted(m.end for m in others)
    out = []
    for mention in mentions:
        match = _DEFINED.match(text, mention.end)
        if match is not None and len(match["short"]) > 2 and match["short"].isupper():
            floor = max(0, mention.start - 60)
            at = bisect_right(taken, mention.start) - 1
            floor = max(floor, taken[at] if at >= 0 else 0)
            start = long_form(match["short"], text[floor : mention.end])
            if start is not None and floor + start < mention.start:
                more = text[floor + start : mention.start]
                if not _NO_PART.search(more) and len(more.split()) < len(match["short"]):
                    words = text[floor + start : mention.end]
                    concept = Concept(words.lower(), mention.concept.kind)
                    mention = Mention(floor + start, mention.end, concept, "spelled")
        out.append(mention)
    return longest(out)


def long_form(short: str, before: str) -> int | None:
    """Where in `before` the words begin whose first letters, one a word or part of a word, are those of `short`.

    >>> long_form("AMAN", "with acute motor axonal neuropathy"), long_form("MS", "of the heart")
    (5, None)
    """
    words = list(re.finditer(r"[^\W_]+", before))[-2 * len(short) :]
    letters = [c.lower() for c in short if c.isalnum()]
    links = Shapes.load().links
    for parts in (words, [w for w in words if w[0].lower() not in links]):
        if len(parts) >= len(letters) and [p[0][0].lower() for p in parts[-len(letters) :]] == letters:
            start = parts[-len(letters)].start()
            return start if start == 0 or before[start - 1] == " " else None
    return None


def _letters(short: str, text: str, mention: Mention) -> bool:
    """Whether the words up to the end of a disease begin with these letters: "levodopa-induced dyskinesia (LID)"."""
    return (
        mention.concept.kind == DISEASE
        and len(short) > 2
        and long_form(short, text[max(0, mention.start - 60) : mention.end]) is not None
    )


def _contained(short: str, name: str, mention: Mention) -> bool:
    """Whether capitals, perhaps with a number, behind the one word of a chemical are among its letters ("BH4")."""
    letters = [c for c in short if c.isalpha()]
    return (
        mention.concept.kind != DISEASE
        and 1 < len(letters) < 6
        and all(c.isupper() for c in letters)
        and short not in Shapes.load().not_short
        and " " not in name
        and set("".join(letters).lower()) <= set(name.lower())
    )


def _initial(short: str, name: str) -> bool:
    """Whether capitals in brackets begin as the one word before them: letters of an older name ("cisplatin (CDDP)")."""
    return (
        len(short) > 2
        and short.isalpha()
        and short.isupper()
        and " " not in name
        and short[0] == name[0].upper()
    )


def repeated(
    text: str, short: dict[str, Concept], *, keep: Callable[[str], bool] | None = None, lacking: bool = False
) -> list[Mention]:
    """Every place where a text writes one of these abbreviations as a word of its own; `lacking`: with "-deficient" too."""
    wanted = [s for s in short if keep is None or keep(s)]
    if not wanted:
        return []
    pattern = re.compile(
        rf"(?<![\w-])(?P<short>{'|'.join(re.escape(s) for s in sorted(wanted, key=len, reverse=True))})s?{'(?:-deficient)?' if lacking else ''}(?!\w)"
    )
    return [Mention(m.start(), m.end(), short[m["short"]], "defined") for m in pattern.finditer(text)]
