"""Abbreviations that an article defines ("rituximab (RTX)", "CS (corticosteroids)") and those that its words settle."""

from __future__ import annotations

import re
from functools import lru_cache
from typing import TYPE_CHECKING

from pipeline.vocabulary.concept import DISEASE, Mention
from pipeline.vocabulary.find import find
from pipeline.vocabulary.words import normal, words

if TYPE_CHECKING:
    from pipeline.vocabulary.lexicon import Lexicon

# written form -> [kind, canonical name, code]; kind "" where the article means something that is no drug or disease
LocalNames = dict[str, list[str]]

_SHORT = re.compile(r"\(\s?(?P<short>[^\W\d_][\w/+-]{1,9}|\d[\w/+-]{1,9})s?\s?[);,]")
_WORD = re.compile(r"[^\W_]+")
# What looks back stands behind the first capital, so that the search goes from capital to capital.
_LONG = re.compile(r"(?P<short>[A-Z](?<![\w-].)(?:[\w-]{0,8}[A-Z\d]|[A-Z]{1,7}))\s?\((?P<long>[^()]{4,80})\)")


def define_abbreviations(text: str, lexicon: Lexicon) -> LocalNames:
    """The abbreviations that hold in this text, with their meaning (Schwartz and Hearst 2003: letters in order).

    One that the article defines as something else ("RA (right atrium)") gets the kind "", so that no finder takes it.
    Abbreviations of several meanings that the article's own words settle are included.

    >>> from pipeline.vocabulary import Lexicon
    >>> define_abbreviations("Give rituximab (RTX).", Lexicon.default())["RTX"][:2]
    ['ingredient', 'rituximab']
    """
    shorts = [m for m in _SHORT.finditer(text) if any(c.isupper() for c in m["short"])]
    longs = list(_LONG.finditer(text))
    ends: dict[int, Mention] = {}
    spans: dict[tuple[int, int], Mention] = {}
    for mention in _named_around(text, lexicon, [m.start("short") for m in (*shorts, *longs)]):
        ends.setdefault(mention.end, mention)
        spans[mention.start, mention.end] = mention
    out: LocalNames = {}
    for match in shorts:
        short = match["short"]
        before = match.start()
        while before > 0 and text[before - 1] in " \u00a0":
            before -= 1
        named = ends.get(before)
        if named is None:
            words_before = text[max(0, before - 80) : before]
            if short in lexicon.rules.abbreviations and _long_form(short, words_before):
                out.setdefault(short, ["", "", ""])
        elif abbreviates(short, text[named.start : named.end]):
            out.setdefault(_single(short), _value(_without_qualifier(short, named, text, lexicon)))
    for match in longs:
        spelled = spans.get((match.start("long"), match.end("long")))
        if spelled is not None and abbreviates(match["short"], match["long"]):
            out.setdefault(_single(match["short"]), _value(spelled))
    _settle_by_words(text, lexicon, out)
    return out


def _named_around(text: str, lexicon: Lexicon, places: list[int]) -> list[Mention]:
    """What the lines around these places name, by end and start; no name reaches over the end of a line."""
    found: list[Mention] = []
    end = -1
    for place in sorted(places):
        if place < end:
            continue
        start = text.rfind("\n", 0, place) + 1
        end = text.find("\n", place)
        end = len(text) if end < 0 else end
        for m in named_in_line(lexicon, text[start:end]):
            found.append(Mention(m.start + start, m.end + start, m.concept, m.rule))
    return sorted(found, key=lambda m: (m.end, m.start))


@lru_cache(maxsize=4096)  # versions of an article share most lines
def named_in_line(lexicon: Lexicon, line: str) -> tuple[Mention, ...]:
    """The drugs and the diseases that a line names, before its abbreviations are known."""
    drugs, diseases = find(lexicon, line, {}, composed=False)
    return (*drugs, *diseases)


def _without_qualifier(short: str, named: Mention, text: str, lexicon: Lexicon) -> Mention:
    """What `short` stands for, where words before it are not in it: HCM in "obstructive hypertrophic cardiomyopathy (HCM)"."""
    first = normal(short[0])
    for match in _WORD.finditer(text, named.start, named.end):
        if normal(match[0][0]) != first:
            continue
        if match.start() > named.start:
            words_left = text[match.start() : named.end]
            tail = (lexicon.disease if named.concept.kind == DISEASE else lexicon.drug)(words_left)
            if tail is not None and abbreviates(short, words_left):
                return Mention(match.start(), named.end, tail, named.rule)
        break
    return named


def _single(short: str) -> str:
    return short[:-1] if short.endswith("s") and short[:-1].isupper() and len(short) > 2 else short


def _value(mention: Mention) -> list[str]:
    return [mention.concept.kind, mention.concept.name, mention.concept.code]


def abbreviates(short: str, long: str) -> bool:
    """Whether the letters of `short` stand in `long` in this order, the first at the start of a word.

    >>> abbreviates("CPH", "cyclophosphamide"), abbreviates("RA", "right ventricle")
    (True, False)
    """
    letters = [normal(c) for c in _single(short) if c.isalnum()]
    if not letters or len(short) >= len(long):
        return False
    for match in re.finditer(r"(?<!\w)\w", long):
        rest = normal(long[match.start() :])
        at = -1
        for letter in letters:
            at = rest.find(letter, at + 1)
            if at < 0 or (letter == letters[0] and at > 0 and letter is letters[0]):
                break
        else:
            return True
    return False


def _long_form(short: str, before: str) -> bool:
    """Whether the words right before spell out `short` by their first letters."""
    letters = [c.lower() for c in _single(short) if c.isalpha()]
    firsts = [n[0] for n in words(before).norms][-len(letters) :]
    return len(letters) > 1 and firsts == letters


def _settle_by_words(text: str, lexicon: Lexicon, out: LocalNames) -> None:
    known = lexicon.rules.abbreviations
    spelled_as = _spellings(lexicon.rules.ambiguous)
    words_here = set(_WORD.findall(text))
    several = sorted(
        {form for word in spelled_as.keys() & words_here for form in spelled_as[word]} - out.keys()
    )
    norms = set(map(normal, words_here)) if several else set()
    for form in several:
        for choice in known[form]:
            if not choice.context or not choice.context.isdisjoint(norms):
                concept = lexicon._named(choice.name, disease=choice.kind == DISEASE)
                out[form] = [concept.kind, concept.name, concept.code]
                break


@lru_cache(maxsize=8)
def _spellings(forms: tuple[str, ...]) -> dict[str, list[str]]:
    """These abbreviations by their singular and plural."""
    spelled_as: dict[str, list[str]] = {}
    for form in forms:
        single = form.removesuffix("s")
        spelled_as.setdefault(f"{single}s", []).append(form)
        if not single.endswith("s"):
            spelled_as.setdefault(single, []).append(form)
    return spelled_as
