"""Joins two diseases that a text names together into the one that it means (ILD in systemic sclerosis -> SSc-ILD)."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from pipeline.vocabulary.concept import Concept, Mention

if TYPE_CHECKING:
    from pipeline.vocabulary.lexicon import Lexicon

_BRACKETED = re.compile(r"\s?\(\s?$")


def compose(text: str, found: list[Mention], lexicon: Lexicon) -> list[Mention]:
    """The diseases with composites in place of their parts; abbreviations in brackets between the parts are bridged."""
    rules = lexicon.rules
    if len(found) < 2:
        return found
    out: list[Mention] = []
    at = 0
    while at < len(found):
        first = found[at]
        after = at + 1
        end = first.end
        while after < len(found) and _repeats(text, found[after - 1], found[after], first):
            end = found[after].end + 1
            after += 1
        joined = None
        if after < len(found):
            second = found[after]
            between = text[end : second.start]
            pair = (first.concept.name, second.concept.name)
            if pair in rules.composites and rules.head_first.fullmatch(between):
                joined = rules.composites[pair]
            elif pair[::-1] in rules.composites and rules.partner_first.fullmatch(between):
                joined = rules.composites[pair[::-1]]
        if joined is not None:
            last = found[after]
            concept = lexicon.disease(joined) or Concept(joined, "disease")
            out.append(Mention(first.start, last.end, concept, "composite"))
            at = after + 1
            if pair in rules.composites:
                at = _listed_on(text, found, at, first, out, lexicon)
        else:
            out.append(first)
            at += 1
    return out


_AND = re.compile(r",?\s(?:and|or)\s|,\s|/", re.IGNORECASE)


def _listed_on(
    text: str, found: list[Mention], at: int, head: Mention, out: list[Mention], lexicon: Lexicon
) -> int:
    """Joins the diseases that follow a composite in a list ("ILD in A or B") with its `head` too; the next place in `found`."""
    while at < len(found):
        partner = found[at]
        joined = lexicon.rules.composites.get((head.concept.name, partner.concept.name))
        if joined is None or not _AND.fullmatch(text[out[-1].end : partner.start]):
            break
        concept = lexicon.disease(joined) or Concept(joined, "disease")
        if concept.name == out[-1].concept.name:
            out[-1] = Mention(out[-1].start, partner.end, concept, "composite")
        else:
            out.append(Mention(partner.start, partner.end, concept, "composite"))
        at += 1
    return at


def _repeats(text: str, last: Mention, this: Mention, first: Mention) -> bool:
    """Whether `this` only repeats `first` in brackets: "interstitial lung disease (ILD)"."""
    return (
        this.concept.name == first.concept.name
        and _BRACKETED.fullmatch(text[last.end : this.start]) is not None
        and text[this.end : this.end + 1] == ")"
    )
