"""Words of a text in one normal form with their exact places, so that names match however they are written."""

from __future__ import annotations

import re
import unicodedata
from dataclasses import dataclass
from functools import lru_cache
from itertools import accumulate

_MARKS = "\u0300-\u036f\u00ad\u200b-\u200d\u2060\ufeff"  # combining marks, soft hyphen, zero width
_WORD = re.compile(rf"([^\W_]++(?:[{_MARKS}]++[^\W_]*+)*+)")
_ASCII_WORD = re.compile(r"([a-z0-9]+)")
_PLAIN = re.compile(r"[a-z0-9]+")
_LONGEST = 2000  # characters of a text whose words are remembered
_UNSEEN = re.compile(rf"[{_MARKS}]")
# Between two words of one name: a space, hyphen, slash, apostrophe (with its possessive s) or dot; never a line end.
_GAP = re.compile(
    r"(?:['’ʼ`´]?[sS]?['’ʼ]?[ \t\u00a0\u2009\u202f]|[ \t\u00a0\u2009\u202f]?[-‐-―−/+·][ \t\u00a0\u2009\u202f]?|\. ?|['’ʼ`´])"
)
_GREEK = str.maketrans(
    {"α": "alpha", "β": "beta", "γ": "gamma", "δ": "delta", "ε": "epsilon", "κ": "kappa", "λ": "lambda", "μ": "mu",
     "ω": "omega", "ß": "ss", "ø": "o", "ł": "l", "æ": "ae", "œ": "oe", "đ": "d"}
)  # fmt: skip


@dataclass(slots=True)
class Words:
    """The words of `text`: start and end of each (code points), its normal form, and whether it joins the next one."""

    text: str
    starts: tuple[int, ...]
    ends: tuple[int, ...]
    norms: tuple[str, ...]
    _said: frozenset[str] | None = None  # made where it is asked for

    def none_of(self, norms: frozenset[str]) -> bool:
        """Whether none of these words, in normal form, is among them."""
        if self._said is None:
            self._said = frozenset(self.norms)
        return norms.isdisjoint(self._said)

    def __len__(self) -> int:
        return len(self.norms)

    def joined(self, index: int) -> bool:
        """Whether word `index` and the next may belong to one name: nothing but a space, hyphen or the like between."""
        start, end = self.ends[index], self.starts[index + 1]
        gap = self.text[start:end]
        if gap in (" ", "-", "/"):
            return True
        if gap == ",":  # inside a number of places: 1,25-dihydroxy...
            return self.norms[index].isdigit() and self.norms[index + 1].isdigit()
        if gap == ". ":
            return end - self.starts[index] <= 5
        return len(gap) <= 4 and _GAP.fullmatch(gap) is not None


def normal(word: str) -> str:
    """The normal form of one word: lower case, no accents, Greek letters spelled out.

    >>> normal("Sjögren"), normal("β"), normal("THIOGUANINE")
    ('sjogren', 'beta', 'thioguanine')
    """
    if word.isascii():
        return word.lower()
    plain = unicodedata.normalize("NFKD", _UNSEEN.sub("", word)).lower().translate(_GREEK)
    return "".join(c for c in plain if not unicodedata.combining(c))


def words(text: str) -> Words:
    """The words of a text. A possessive s is no word; the places of the others are exact.

    >>> words("Crohn’s disease: 5-ASA").norms
    ('crohn', 'disease', '5', 'asa')
    """
    return kept(text) if len(text) <= _LONGEST else _split(text)


def _split(text: str) -> Words:
    low = text.lower()
    grown = len(low) != len(text)  # a few capitals grow in lower case, which would move the places
    parts = (_ASCII_WORD if low.isascii() else _WORD).split(
        text if grown else low
    )  # gap, word, gap, ..., gap
    places = list(accumulate(map(len, parts)))
    norms, starts, ends = parts[1::2], places[:-1:2], places[1::2]
    if grown or not low.isascii():
        norms = [normal(n) if grown or not n.isascii() else n for n in norms]
    if "s" in norms:
        kept = [i for i, n in enumerate(norms) if n != "s" or not _possessive(text, starts, ends, i)]
        norms, starts, ends = [norms[i] for i in kept], [starts[i] for i in kept], [ends[i] for i in kept]
    return Words(text, tuple(starts), tuple(ends), tuple(norms))


kept = lru_cache(maxsize=256)(_split)  # every stage of reading asks for the words of an article's statements


def _possessive(text: str, starts: list[int], ends: list[int], index: int) -> bool:
    """Whether word `index`, an s, follows the one before with nothing but an apostrophe between."""
    start = starts[index]
    return index > 0 and ends[index - 1] == start - 1 and text[start - 1] in "'’ʼ`´"


def key(name: str) -> str:
    """The key under which a name is found: its words in normal form with single spaces.

    >>> key("Sjögren's Syndrome"), key("TNF-α inhibitors")
    ('sjogren syndrome', 'tnf alpha inhibitors')
    """
    if (
        name.isascii() and "'" not in name and "`" not in name
    ):  # by far the most: hundreds of thousands are compiled
        return " ".join(_PLAIN.findall(name.lower()))
    return " ".join(_split(name).norms)
