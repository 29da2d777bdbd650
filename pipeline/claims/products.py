"""Combination products whose strengths stand between their names: "amoxicillin 875 mg/clavulanate 125 mg"."""

from __future__ import annotations

import re

from pipeline.vocabulary import Lexicon, Mention

_STRENGTH = r"\s\(?\d[\d.,]*\s?(?:mg|mcg|µg|μg|g|%|IU|units?)\s?/\s?"
_BETWEEN = re.compile(_STRENGTH)
_ANY = re.compile(_STRENGTH + r"[A-Za-z]")


def join_products(text: str, drugs: list[Mention], lexicon: Lexicon) -> list[Mention]:
    """The drugs of `text`, those of one combination product as one: it stands where its first part does."""
    if len(drugs) < 2 or "/" not in text or not _ANY.search(text):
        return drugs
    out: list[Mention] = []
    last = 0
    for drug in drugs:
        if out and _BETWEEN.fullmatch(text, last, drug.start):
            product = lexicon.drug(f"{out[-1].concept.name}/{drug.concept.name}")
            if product is not None:
                out[-1] = out[-1]._replace(concept=product)
                last = drug.end
                continue
        out.append(drug)
        last = drug.end
    return out
