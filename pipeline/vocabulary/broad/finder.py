"""Chemicals and diseases of one text together, with the abbreviations that it defines."""

from __future__ import annotations

from typing import TYPE_CHECKING

from pipeline.vocabulary.broad.chemicals import find_chemicals
from pipeline.vocabulary.broad.conditions import find_conditions
from pipeline.vocabulary.broad.spans import defined, longest, repeated, spelled_out
from pipeline.vocabulary.concept import CLASS, INGREDIENT, Mention, without_longer
from pipeline.vocabulary.find import find
from pipeline.vocabulary.words import words

if TYPE_CHECKING:
    from pipeline.vocabulary.lexicon import Lexicon


def find_broad(lexicon: Lexicon, text: str) -> tuple[list[Mention], list[Mention]]:
    """The chemicals (drugs, classes of substances) and the diseases of a text, each in order and without overlaps.

    >>> from pipeline.vocabulary import Lexicon
    >>> chemicals, diseases = find_broad(Lexicon.default(), "6-Hydroxydopamine lesions caused akinesia in rats.")
    >>> [m.concept.name for m in diseases]
    ['akinesia']
    """
    found = words(text)
    chemicals, diseases = find_chemicals(lexicon, found), find_conditions(lexicon, found)
    diseases = spelled_out(text, diseases, chemicals)
    short, ill = defined(text, chemicals), defined(text, diseases)
    ends = {d.end for d in diseases}
    diseases = [d for d in diseases if d.rule != "abbreviation" or not _means_other(text, d, ends)]
    drugs, clinical = find(lexicon, text, {})
    known = [d for d in drugs if d.rule == "abbreviation" and _is_substance(lexicon, d)]
    for mention in known:  # so that it is found again in "APAP-induced", which no treatment advice would mean
        short.setdefault(text[mention.start : mention.end], mention.concept)
    chemicals += known
    diseases += [d for d in clinical if d.rule == "abbreviation"]
    chemicals = [m for m in chemicals if text[m.start : m.end] not in ill]
    diseases = [m for m in diseases if text[m.start : m.end] not in short]
    chemicals = longest([*chemicals, *repeated(text, short, keep=lambda s: s not in ill)])
    diseases = longest([*diseases, *repeated(text, ill, lacking=True)])
    return (
        without_longer(chemicals, diseases, nor_equal=True),
        without_longer(diseases, chemicals, nor_equal=True),
    )


def _means_other(text: str, mention: Mention, ends: set[int]) -> bool:
    """Whether the text gives a short form in brackets behind words that name no disease."""
    at = text.find(f" ({text[mention.start : mention.end]})")
    return at >= 0 and at not in ends


def _is_substance(lexicon: Lexicon, mention: Mention) -> bool:
    concept = mention.concept
    return concept.kind == INGREDIENT or (concept.kind == CLASS and lexicon.is_substance_class(concept.name))
