"""The guideline that a statement names as its authority: `ACR/CHEST 2023`."""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import cache, lru_cache

from pipeline.claims.data_files import table
from pipeline.vocabulary import Mention
from pipeline.vocabulary.words import words

_YEAR = r"(?:19|20)\d{2}"
_WORD = r"(?:guidelines?|guidance|recommendations?|consensus(?: statement| report)?|statement|position statement|practice parameters?|standards of care|panel)"
_TAIL = re.compile(
    rf"^[\s()\"'\d,-]*(?:practice |clinical |joint |treatment |evidence-based |management |international |updated )*(?P<word>{_WORD})\b",
    re.IGNORECASE,
)
_VERB = re.compile(
    r"^\s*+(?:\(\d{4}\)\s*+)?(?:also |now |strongly |conditionally |currently )*(?:recommend|suggest|advise|endorse|support|prefer|favou?r|state|classif|list|consider|caution|advocate)\w*\b"
)
_BEFORE = re.compile(
    r"(?:according to|per|as suggested by|as recommended by|recommended by|endorsed by|suggested by|advised by|from|by|in)\s+(?:the\s+)?(?:current\s+|latest\s+|most recent\s+|updated\s+)?(?:\d{4}\s+)?$",
    re.IGNORECASE,
)


_HINT = re.compile(
    r"guid(?:eline|ance)|ecommend|uggest|onsensus|tatement|ccording|dvis|ndors|anel|avou?r|tandards|per|refer|dvocat",
)


@dataclass(frozen=True, slots=True)
class Authority:
    """The guideline named at `start` to `end` of a text."""

    name: str
    start: int
    end: int


@cache
def organisations() -> dict[str, str]:
    """Full names in lower case to abbreviations, and the abbreviations to themselves."""
    out: dict[str, str] = {}
    for short, full in table("organisations", ("abbreviation", "name")):
        out[full.lower()] = short
        out[short] = short
    return out


@cache
def _matcher() -> re.Pattern[str]:
    full = sorted(
        (k for k in organisations() if k != organisations()[k] and k.islower()), key=len, reverse=True
    )
    short = sorted(set(organisations().values()), key=len, reverse=True)
    return re.compile(
        rf"(?<![\w-])(?:(?P<full>(?i:{'|'.join(map(re.escape, full))}))(?:\s*\([A-Z/]{{2,10}}\))?|(?P<short>{'|'.join(map(re.escape, short))})(?![\w]|-\d))"
    )


@cache
def _first_words() -> frozenset[str]:
    """The words, in normal form, with which the names of organisations begin."""
    return frozenset(words(name).norms[0] for name in organisations())


def find_guideline(text: str) -> Authority | None:
    """The guideline that `text` names as its authority; None where it names none.

    >>> find_guideline("as suggested by the 2023 American College of Rheumatology (ACR)/CHEST guideline 1").name
    'ACR/CHEST 2023'
    >>> find_guideline("The ADA recommends metformin.").name
    'ADA'
    >>> find_guideline("CHEST pain is common.") is None
    True
    """
    return kept(text) if len(text) < 2000 else _find(text)


def _find(text: str) -> Authority | None:
    if _first_words().isdisjoint(words(text).norms) or (":" not in text[:12] and not _HINT.search(text)):
        return None
    runs: list[list[re.Match[str]]] = []
    for match in _matcher().finditer(text):
        if runs and re.fullmatch(
            r"\s*(?:/|,|-|–|and|,\s*and)\s*(?:the\s+)?", text[runs[-1][-1].end() : match.start()]
        ):
            runs[-1].append(match)
        else:
            runs.append([match])
    for run in runs:
        start, end = run[0].start(), run[-1].end()
        tail = _TAIL.match(text[end:])
        before = text[max(0, start - 45) : start]
        headed = start == 0 and text[end : end + 1] == ":"
        if not (headed or tail or _VERB.match(text[end:]) or _BEFORE.search(before)):
            continue
        names = []
        for match in run:
            name = organisations()[match["full"].lower()] if match["full"] else match["short"]
            if name not in names:
                names.append(name)
        stop = end + (tail.end() if tail else 0)
        year = re.search(rf"\b({_YEAR})\b", text[max(0, start - 12) : start]) or re.search(
            rf"\b({_YEAR})\b", text[end : stop + 8]
        )
        return Authority("/".join(names) + (f" {year[1]}" if year else ""), start, stop)
    return None


_ORG_AFTER = re.compile(
    r"(?:'s)?(?:\s(?:and|of|for|in|the|&|[A-Z][\w'-]*)){0,3}?\s(?:Society|Association|Foundation|Federation|Organi[sz]ation|Campaign|"
    r"Alliance|Network|Institute|Council|Coalition|League|Academy|Group|Consortium|Task Force|Initiative|Trust|College|Research"
    r"|Collaborat\w+|Trialists)\b"
)
_ORG_BEFORE = re.compile(
    r"(?:Society|Association|Foundation|League|Initiative|Alliance|Institute|College|Council|Campaign|Organi[sz]ation|Academy|Federation)"
    r"\s(?:for|of|on|against|Against|Of|in)\s(?:the\s(?:Study|Prevention|Treatment|Research|Advancement)\sof\s)?(?:[A-Z][\w'-]*\s(?:and\s)?){0,2}$"
)


def of_organisation(text: str, disease: Mention) -> bool:
    """Whether a disease stands only in the name of an organisation.

    >>> from pipeline.vocabulary import Lexicon
    >>> [of_organisation(t, Lexicon.default().find_diseases(t)[0]) for t in ("the National Psoriasis Foundation", "Psoriasis")]
    [True, False]
    """
    if not text[disease.start].isupper():
        return False
    return bool(
        _ORG_AFTER.match(text, disease.end)
        or _ORG_BEFORE.search(text[max(0, disease.start - 90) : disease.start])
    )


kept = lru_cache(maxsize=4096)(_find)  # versions of an article share most statements
