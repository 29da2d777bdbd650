"""Which disease a mention means here: generic names mean the article's or section's specific disease."""

from __future__ import annotations

import re
from dataclasses import dataclass

from pipeline.claims.reading import Reading
from pipeline.vocabulary import Lexicon, Mention


@dataclass(frozen=True, slots=True)
class Disease:
    """A disease that a statement is about, where it was named, and the words' place in the article (-1: none)."""

    name: str
    text: str
    code: str
    origin: str
    start: int = -1
    end: int = -1


_BROADER = re.compile(
    r"\b(?:various|all|any|other|different|several|many|multiple|most|types of|forms of|across|spectrum of|range of)"
    r"(?:\s(?:types|forms|kinds|causes))?(?:\sof)?(?:\s\w+)?\s$",
    re.IGNORECASE,
)


def is_broader(text: str, start: int) -> bool:
    """Whether the words before a disease say that the broader group is meant.

    >>> is_broader("in various arthritides", 11)
    True
    """
    return _BROADER.search(text[max(0, start - 40) : start]) is not None


def resolve(
    reading: Reading,
    mentions: list[Mention],
    above: tuple[Disease, ...],
    title: tuple[Disease, ...],
    lexicon: Lexicon,
    offset: int,
    origin: str = "statement",
) -> tuple[Disease, ...]:
    """The diseases of these mentions; `above` are those of the nearest structure around, `title` of the article.

    A generic name means the specific disease above, unless its words say that the broader group is meant; beside
    a generic name that was made specific, manifestations in the same list are dropped.
    """
    known = (*above, *title)
    out: list[Disease] = []
    generic = False
    broad = False
    for mention in mentions:
        name, code = mention.concept.name, mention.concept.code
        if broad and re.search(r"(?:including|such as|like)[\w\s,]{0,40}$", reading.text[: mention.start]):
            continue
        if is_broader(reading.text, mention.start):
            broad = True
        else:
            for disease in known:
                if disease.name != name and name in lexicon.ancestors(disease.name):
                    name, code, generic = disease.name, disease.code, True
                    break
        out.append(
            Disease(
                name,
                reading.text[mention.start : mention.end],
                code,
                origin,
                offset + mention.start,
                offset + mention.end,
            )
        )
    if generic:
        out = [d for d in out if any(d.name == k.name for k in known)] or out
    unique: dict[str, Disease] = {}
    for disease in out:
        unique.setdefault(disease.name, disease)
    # The parent beside its child in one list is the same patients.
    names = [n for n in unique if not any(n in lexicon.ancestors(m) for m in unique if m != n)]
    return tuple(unique[n] for n in names)
