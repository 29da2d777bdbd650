"""Diseases, symptoms and adverse effects of research text: names, endings, nouns with words of body or function."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from pipeline.vocabulary.broad.data import Shapes
from pipeline.vocabulary.broad.spans import longest
from pipeline.vocabulary.concept import DISEASE, Concept, Mention
from pipeline.vocabulary.words import Words

if TYPE_CHECKING:
    from pipeline.vocabulary.lexicon import Lexicon

_OF = re.compile(r" of (?:the )?(?:left |right |urinary )?(\w+)(?!\w)")


def find_conditions(lexicon: Lexicon, found: Words) -> list[Mention]:
    """The diseases of a text, in order, none overlapping, each as the longest phrase that names it."""
    spans = _named(lexicon, found) + _shaped(lexicon, found)
    out = []
    for first, last, concept, rule in spans:
        if found.norms[last] == "depression" and found.norms[last + 1 : last + 2] == ("of",):
            continue  # "depression of the sinus node" is an effect, not the disease
        first = _leftmost(found, first)
        start, end = found.starts[first], found.ends[last]
        match = _OF.match(found.text, end)
        if match is not None and match[1].lower() in Shapes.load().nouns:
            end = match.end()
        if (start, end) != (found.starts[first], found.ends[last]) or rule == "shape" or concept.name == "":
            concept = _meant(lexicon, found.text[start:end])
        out.append(Mention(start, end, concept, rule))
    return longest(out)


Span = tuple[int, int, Concept, str]


def _named(lexicon: Lexicon, found: Words) -> list[Span]:
    index = lexicon.index
    names, first = index["diseases"], index["disease_words"]
    more, more_first = lexicon.conditions
    norms = found.norms
    out: list[Span] = []
    free = 0
    for at, norm in enumerate(norms):
        most = max(first.get(norm, 0), more_first.get(norm, 0))
        if at < free or not most:
            continue
        reach = 1
        while reach < most and at + reach < len(norms) and found.joined(at + reach - 1):
            reach += 1
        for size in range(reach, 0, -1):
            words = " ".join(norms[at : at + size])
            number = names.get(words)
            if number is None and words not in more:
                continue
            if size == 2 and norms[at + 1] == "toxicity" and lexicon.drug(norm) is not None:
                continue  # the chemical and its toxicity are two mentions
            concept = Concept(more[words], DISEASE) if number is None else lexicon.concept(number)
            out.append((at, at + size - 1, concept, "name"))
            free = at + size
            break
    return out


def _shaped(lexicon: Lexicon, found: Words) -> list[Span]:
    shapes = Shapes.load()
    out: list[Span] = []
    for at, norm in enumerate(found.norms):
        if norm in shapes.adjectives:
            out.append((at, at, Concept(shapes.adjectives[norm], DISEASE), "shape"))
        elif (5 < len(norm) < 80 and shapes.ending.match(norm) and norm not in shapes.not_disease) or (
            norm in shapes.heads and (shapes.heads[norm] or _modified(found, at))
        ):
            out.append((at, at, Concept("", DISEASE), "shape"))
    return out


def _modified(found: Words, at: int) -> bool:
    return at > 0 and found.norms[at - 1] in Shapes.load().body and found.joined(at - 1)


def _leftmost(found: Words, at: int) -> int:
    """The first word of the phrase: words of body or function before it, then one on its course."""
    shapes = Shapes.load()
    start = at
    while start > 0 and found.joined(start - 1) and found.norms[start - 1] in shapes.body:
        start -= 1
    while start > 0 and found.joined(start - 1) and found.norms[start - 1] in shapes.course:
        start -= 1
    return start


def _meant(lexicon: Lexicon, words: str) -> Concept:
    return lexicon.disease(words) or Concept(words.lower(), DISEASE)
