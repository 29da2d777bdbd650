"""Which lines of plain text are headings, by their shape (words in `data/headings.toml`)."""

from __future__ import annotations

import re
from functools import cache, lru_cache

from pipeline.articles.cited import NUMBERS
from pipeline.articles.data_files import word_set

LONGEST = 140  # code points
MOST_WORDS = 18
_AMOUNT = re.compile(r"\d\s?(?:mg|mcg|µg|g|ml|units?|iu|%|mmol|kg)\b", re.IGNORECASE)
_ENDS_WITH_NUMBERS = re.compile(rf"(?<!\S)(\S++)\s++\[?{NUMBERS}\]?$")
_SENTENCE_INSIDE = re.compile(r"[a-z)]{2}[.!?]\s+[A-Z]")
_OUTLINE_NUMBER = re.compile(r"(?:\d{1,2}(?:\.\d{1,2}){1,3}\.?|(?:\d{1,2}|[IVX]{1,4}|[A-Z])[.)])\s+(?=[A-Z])")


@cache
def words_of(key: str) -> frozenset[str]:
    """A word list of `data/headings.toml`."""
    return word_set("headings.toml", key)


def _says_what_is(words: list[str]) -> bool:
    """Whether a verb makes a sentence of the words, and not only a clause of one of them ("Drugs that may cause it")."""
    finite, relative = words_of("finite"), words_of("relative")
    return any(word in finite and (at < 2 or words[at - 1] not in relative) for at, word in enumerate(words))


_SHORT_QUESTION = 7  # words


@lru_cache(maxsize=1024)  # asked several times for each line of an article; `read_article` begins anew
def shape_of(text: str) -> str:
    """ "strong" for a line in the capitals of a title, "weak" for a short line that could be a heading, else "".

    >>> shape_of("Agents to Avoid as First-Line Therapy"), shape_of("Second-line therapy")
    ('strong', 'weak')
    >>> shape_of("Start metformin in all patients"), shape_of("Metformin is preferred 1, 2")
    ('', '')
    >>> shape_of("Drugs that may trigger the disease"), shape_of("Adults who relapse should receive rituximab")
    ('weak', '')
    >>> shape_of("Who needs antibiotics"), shape_of("When metformin is not tolerated, it is replaced by another drug")
    ('weak', '')
    """
    if len(text) > LONGEST or text[-1] in ".;,:!" or text[0].islower() or " | " in text:
        return ""
    words = text.split()
    if len(words) > MOST_WORDS or _SENTENCE_INSIDE.search(text):
        return ""
    numbers = _ENDS_WITH_NUMBERS.search(text)
    if numbers is not None and numbers[1].strip("(,").lower() not in words_of("numbered"):
        return ""
    if text.lower() in words_of("connectors"):
        return ""
    small, counted, capital = words_of("small"), 0, 0
    lowered = []
    for word in words:
        bare = word.strip("()[],:;/“”\"'?–—-&+")
        if not bare:
            continue
        lowered.append(bare.lower())
        if not bare[0].isalpha():
            continue
        if bare[0].isupper():
            counted += 1
            capital += 1
        elif bare not in small and not any(c.isupper() for c in bare):
            counted += 1
    if not lowered or not counted:
        return ""
    if capital >= 0.8 * counted and (counted > 1 or len(lowered) == 1):
        return "" if _AMOUNT.search(text) and capital < counted else "strong"
    if text[-1] == "?":
        return "weak" if len(words) <= 14 else ""
    if lowered[0] in words_of("asking") and len(words) <= _SHORT_QUESTION and "," not in text:
        return "weak"
    if (
        len(words) > 10
        or (lowered[0] in words_of("imperative") and lowered[1:2] != ["of"])
        or _says_what_is(lowered)
        or _AMOUNT.search(text)
        or text.count(",") > 1
    ):
        return ""
    return "weak"


def outline_number(text: str) -> str:
    """The outline number before a heading ("2.1 ", "IV. "), "" where none."""
    found = _OUTLINE_NUMBER.match(text)
    return found.group() if found else ""


def is_connector(text: str) -> bool:
    """Whether the line only joins two parts of a regimen ("PLUS")."""
    return len(text) < 24 and text.strip(" -–—:.").lower() in words_of("connectors")
