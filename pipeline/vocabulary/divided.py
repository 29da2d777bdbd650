"""Names that a comma, bracket or per cent divides: "hand, foot, and mouth disease", "elevated lipoprotein(a)", "3% saline"."""

from __future__ import annotations

import re
from functools import cache
from typing import TYPE_CHECKING

from pipeline.vocabulary.concept import Mention
from pipeline.vocabulary.tables import parts, table
from pipeline.vocabulary.words import Words, words

if TYPE_CHECKING:
    from pipeline.vocabulary.lexicon import Lexicon

_INSIDE = re.compile(r", \w|\w\(\w\)|\d% \w")
_GAPS = re.compile(r"(?:,|\s?%)?[ \u00a0]|[-‐‑/(]|\) ")


@cache
def _known() -> dict[str, tuple[tuple[tuple[str, ...], str, bool], ...]]:
    """First word -> words of each curated name that begins so and is divided, the canonical name, whether of a disease."""
    known: dict[str, list[tuple[tuple[str, ...], str, bool]]] = {}
    for file in ("diseases.tsv", "drugs.tsv", "classes.tsv"):
        for row in table(file):
            for name in (row["name"], *parts(row["names"])):
                if _INSIDE.search(name):
                    norms = words(name).norms
                    known.setdefault(norms[0], []).append((norms, row["name"], file == "diseases.tsv"))
    return {first: tuple(sorted(names, key=lambda n: -len(n[0]))) for first, names in known.items()}


def divided(lexicon: Lexicon, found: Words) -> tuple[list[Mention], list[Mention]]:
    """The divided names of drugs and of diseases in a text, each in order."""
    known = _known()
    drugs: list[Mention] = []
    diseases: list[Mention] = []
    if known.keys().isdisjoint(found.norms):
        return drugs, diseases
    for at, first in enumerate(found.norms):
        if first not in known:
            continue
        for norms, name, disease in known[first]:
            last = at + len(norms) - 1
            if found.norms[at : last + 1] != norms:
                continue
            gaps = [found.text[found.ends[i] : found.starts[i + 1]] for i in range(at, last)]
            if all(_GAPS.fullmatch(gap) for gap in gaps):
                end = found.ends[last]
                end += gaps[-1] == "(" and found.text.startswith(")", end)
                concept = lexicon.disease(name) if disease else lexicon.drug(name)
                if concept is not None:
                    (diseases if disease else drugs).append(Mention(found.starts[at], end, concept))
                break
    return drugs, diseases
