"""Helpers over mentions: who wins where two overlap, abbreviations that a text defines for any mention."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable

from pipeline.vocabulary.abbreviations import abbreviates
from pipeline.vocabulary.concept import Concept, Mention

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
        if abbreviates(match["short"], name) or _initial(match["short"], name):
            found.setdefault(match["short"], mention.concept)
    for mention in mentions:
        before = _DEFINES.search(text, max(0, mention.start - 16), mention.start)
        closed = text[mention.end : mention.end + 1] in (")", "]")
        if before is not None and closed and abbreviates(before["short"], text[mention.start : mention.end]):
            found.setdefault(before["short"], mention.concept)
    return found


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
    text: str, short: dict[str, Concept], *, keep: Callable[[str], bool] | None = None
) -> list[Mention]:
    """Every place where a text writes one of these abbreviations as a word of its own."""
    wanted = [s for s in short if keep is None or keep(s)]
    if not wanted:
        return []
    pattern = re.compile(
        rf"(?<![\w-])(?:{'|'.join(re.escape(s) for s in sorted(wanted, key=len, reverse=True))})(?=s?(?![\w]))"
    )
    return [Mention(m.start(), m.end(), short[m[0]], "defined") for m in pattern.finditer(text)]
