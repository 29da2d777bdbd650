"""Finds the drugs and diseases that a text names: names of the index, abbreviations, INN stems, composites."""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Mapping
from functools import lru_cache
from typing import TYPE_CHECKING

from pipeline.vocabulary.compose import compose
from pipeline.vocabulary.concept import DISEASE, INGREDIENT, Concept, Mention
from pipeline.vocabulary.words import Words, key, words

if TYPE_CHECKING:
    from pipeline.vocabulary.lexicon import Lexicon

Local = Mapping[str, tuple[str, ...]]


def find(
    lexicon: Lexicon, text: str, local: Local, *, composed: bool = True
) -> tuple[list[Mention], list[Mention]]:
    """The drugs and the diseases of a text, each in order and without overlaps. Pure; linear in the text.

    `composed`: two diseases that are named together become one (see `compose`).
    """
    found = words(text)
    locals_here, local_lead = _keyed(tuple(local))
    lead = lexicon.lead
    spots = [i for i, norm in enumerate(found.norms) if norm in lead or norm in local_lead]
    diseases = _matches(lexicon, found, spots, local, locals_here, disease=True)
    tails = lexicon.rules.stem_tails
    stems = [i for i, n in enumerate(found.norms) if len(n) > 6 and n[-3:] in tails and n not in lead]
    drugs = _matches(lexicon, found, sorted(spots + stems), local, locals_here, disease=False)
    diseases = _settle(_with(diseases, _caused(lexicon, found, drugs)), drugs)
    drugs = _settle(drugs, diseases)
    if composed:
        diseases = compose(text, diseases, lexicon)
    return [d for d in drugs if _is_medicine(lexicon, found, d)], diseases


def _with(mine: list[Mention], more: list[Mention]) -> list[Mention]:
    """Both in order; of two that overlap the longer."""
    if not more:
        return mine
    out: list[Mention] = []
    for mention in sorted((*mine, *more), key=lambda m: (m.start, -m.end)):
        if not out or mention.start >= out[-1].end:
            out.append(mention)
    return out


def _caused(lexicon: Lexicon, found: Words, drugs: list[Mention]) -> list[Mention]:
    """Diseases that a drug's name and one word make: "benzodiazepine overdose"."""
    out = []
    for drug in drugs:
        at = bisect_left(found.starts, drug.end)
        if (
            at < len(found)
            and found.starts[at] == drug.end + 1
            and found.norms[at] in lexicon.rules.makes_disease
        ):
            words_here = found.text[drug.start : found.ends[at]]
            concept = lexicon.disease(words_here) or Concept(words_here.lower(), DISEASE)
            out.append(Mention(drug.start, found.ends[at], concept, "composite"))
    return out


def _settle(mine: list[Mention], others: list[Mention]) -> list[Mention]:
    """Leaves out what lies inside a longer mention of the other sort ("opioid" in "opioid use disorder")."""
    if not others:
        return mine
    kept, at = [], 0
    for mention in mine:
        while at < len(others) and others[at].end <= mention.start:
            at += 1
        rival = others[at] if at < len(others) else None
        inside = rival and rival.start < mention.end and rival.end - rival.start > mention.end - mention.start
        if not inside:
            kept.append(mention)
    return kept


def _matches(
    lexicon: Lexicon,
    found: Words,
    spots: list[int],
    local: Local,
    locals_here: Mapping[str, str],
    *,
    disease: bool,
) -> list[Mention]:
    index = lexicon.index
    names = index["diseases"] if disease else index["drugs"]
    longest = index["disease_words"] if disease else index["drug_words"]
    norms, starts, ends, text = found.norms, found.starts, found.ends, found.text
    short = lexicon.short_words
    tails = frozenset[str]() if disease else lexicon.rules.stem_tails
    out: list[Mention] = []
    count, free = len(norms), 0
    for at in spots:
        if at < free:
            continue
        norm = norms[at]
        mention: Mention | None = None
        size = 1
        most = longest.get(norm, 0)
        if most:
            reach = 1
            while reach < most and at + reach < count and found.joined(at + reach - 1):
                reach += 1
            for size in range(reach, 0, -1):
                number = names.get(norm if size == 1 else " ".join(norms[at : at + size]))
                if number is not None:
                    start, end = starts[at], ends[at + size - 1]
                    if not local or not _redefined(text[start:end], local, disease=disease):
                        mention = Mention(start, end, lexicon.concept(number))
                    break
        if mention is None and locals_here:
            mention, size = _local_words(found, at, local, locals_here, disease=disease)
        if mention is None and (norm in short or local):
            size = 1
            mention = _short(lexicon, found, at, local, disease=disease)
        if mention is None and not disease and len(norm) > 6 and norm[-3:] in tails:
            size, mention = 1, _stem(lexicon, found, at)
        if mention is None:
            continue
        if not disease:
            extended = _salt_end(lexicon, found, at + size - 1)
            if extended > at + size - 1:
                mention = Mention(mention.start, ends[extended], mention.concept, mention.rule)
                size = extended - at + 1
        out.append(mention)
        free = at + size
    return out


@lru_cache(maxsize=8)
def _keyed(forms: tuple[str, ...]) -> tuple[dict[str, str], frozenset[str]]:
    """The written form behind each key of an article's own abbreviations, and the first words of the keys."""
    keys = {key(form): form for form in forms}
    return keys, frozenset(k.split(" ")[0] for k in keys if k)


def _local_words(
    found: Words, at: int, local: Local, names: Mapping[str, str], *, disease: bool
) -> tuple[Mention | None, int]:
    """An abbreviation of several words ("6-OHDA") that the article defines, written exactly so."""
    for size in range(min(4, len(found) - at), 1, -1):
        form = names.get(" ".join(found.norms[at : at + size]))
        if form is None:
            continue
        value = local[form]
        if not value[0] or (value[0] == DISEASE) != disease:
            continue
        start, end = found.starts[at], found.ends[at + size - 1]
        if local.get(found.text[start:end]) == value:
            return Mention(start, end, Concept(value[1], value[0], value[2]), "defined"), size
    return None, 1


def _redefined(surface: str, local: Local, *, disease: bool) -> bool:
    value = local.get(surface)
    return value is not None and (value[0] == DISEASE) != disease


def _short(lexicon: Lexicon, found: Words, at: int, local: Local, *, disease: bool) -> Mention | None:
    start, end = found.starts[at], found.ends[at]
    if end - start > 12:
        return None
    surface = found.text[start:end]
    for form in (surface, surface[:-1] if surface.endswith("s") and surface[:-1].isupper() else ""):
        if not form:
            continue
        value = local.get(form)
        if value is not None:
            if value[0] and (value[0] == DISEASE) == disease:
                return Mention(start, end, Concept(value[1], value[0], value[2]), "defined")
            return None
        for choice in lexicon.rules.abbreviations.get(form, ()):
            if (choice.kind == DISEASE) != disease:
                continue
            if choice.context and choice.context.isdisjoint(found.norms):
                continue
            return Mention(start, end, lexicon._named(choice.name, disease=disease), "abbreviation")
    return None


def _stem(lexicon: Lexicon, found: Words, at: int) -> Mention | None:
    norm = found.norms[at]
    if not lexicon.rules.stem.search(norm) or norm in lexicon.rules.not_stems:
        return None
    return Mention(found.starts[at], found.ends[at], Concept(norm, INGREDIENT), "stem")


def _salt_end(lexicon: Lexicon, found: Words, at: int) -> int:
    """The last word of the salt that follows word `at`, else `at`."""
    while at + 1 < len(found) and found.norms[at + 1] in lexicon.rules.salts and found.joined(at):
        at += 1
    return at


# "potassium <4.6 mmol/L": a value measured.
_BOUND = re.compile(r"\s?[<>≤≥=]")


def _is_medicine(lexicon: Lexicon, found: Words, mention: Mention) -> bool:
    """False where the words around say otherwise: "serum potassium", "methicillin-resistant"."""
    text, rules = found.text, lexicon.rules
    before, after = rules.before, rules.after
    at = bisect_left(found.starts, mention.start)
    last = bisect_left(found.starts, mention.end) - 1
    name = " ".join(found.norms[at : last + 1])
    if name in before and _BOUND.match(text, mention.end):
        return False
    if last + 1 < len(found) and found.starts[last + 1] == mention.end + 1:
        first, gap = found.norms[last + 1], text[mention.end]
        if gap in "-‐‑–" and first in after["-"]:
            return False
        if gap == " " and (first in after["*"] or first in after.get(name, ())):
            return False
    return name not in before or at == 0 or found.norms[at - 1] not in before[name]
