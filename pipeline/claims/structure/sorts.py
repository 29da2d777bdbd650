"""Diseases of a title that no list has: an organ, a germ or a form of tissue before a known disease names one of its own."""

from __future__ import annotations

import re
from functools import cache

from pipeline.claims.data_files import phrases
from pipeline.vocabulary import Mention
from pipeline.vocabulary.concept import Concept
from pipeline.vocabulary.forms import numbers

_BEFORE = re.compile(r"(?<![\w-])([\w-]+)[ -]$")
_ABBREVIATION = re.compile(r"[A-Z]{2}")
_MOST = 2  # naming words before one disease


@cache
def _naming_words() -> dict[str, str]:
    """Lower case -> the form in a name, of the words of `patterns/naming_words.txt`."""
    return {word.lower(): word for word in phrases("naming_words")}


def with_sort(title: str, disease: Mention) -> Mention:
    """The disease with the words right before it that name a sort of it ("renal abscess", "Bartonella endocarditis"); the
    disease itself where there are none, and where an abbreviation or a word of its own says it already."""
    words = title[disease.start : disease.end]
    if disease.rule == "composite" or _ABBREVIATION.search(words):
        return disease
    name, start = _plain(words, disease.concept.name), disease.start
    for _ in range(_MOST):
        before = _BEFORE.search(title, max(0, start - 30), start)
        sort = _naming_words().get(before[1].lower()) if before else None
        if before is None or sort is None or sort.lower() in disease.concept.name.lower():
            break
        name, start = f"{sort} {name}", before.start(1)
    if start == disease.start:
        return disease
    return Mention(start, disease.end, Concept(name, disease.concept.kind), "sort")


def _plain(words: str, name: str) -> str:
    """The canonical name where the words are it, in one number or the other, else the words in lower case.

    >>> _plain("Abscesses", "abscess"), _plain("Intraepithelial Neoplasia", "cancer")
    ('abscess', 'intraepithelial neoplasia')
    """
    written = words.lower()
    return name if name.lower() in (written, *numbers(written)) else written
