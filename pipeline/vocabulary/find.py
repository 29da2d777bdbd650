"""Finds the drugs and diseases that a text names: names of the index, abbreviations, INN stems, composites."""

from __future__ import annotations

from collections.abc import Mapping
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
    diseases = _matches(lexicon, found, local, disease=True)
    drugs = _matches(lexicon, found, local, disease=False)
    diseases = _settle(diseases, drugs)
    drugs = _settle(drugs, diseases)
    if composed:
        diseases = compose(text, diseases, lexicon)
    return [d for d in drugs if _is_medicine(lexicon, found, d)], diseases


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


def _matches(lexicon: Lexicon, found: Words, local: Local, *, disease: bool) -> list[Mention]:
    index = lexicon.index
    names = index["diseases"] if disease else index["drugs"]
    longest = index["disease_words"] if disease else index["drug_words"]
    norms, starts, ends, text = found.norms, found.starts, found.ends, found.text
    locals_here = {key(form): value for form, value in local.items()} if local else {}
    short = lexicon.short_words
    lead = lexicon.lead if not local else lexicon.lead | {name.split(" ")[0] for name in locals_here if name}
    tails = () if disease else lexicon.rules.stem_tails
    out: list[Mention] = []
    count, free = len(norms), 0
    for at, norm in enumerate(norms):
        if at < free or (norm not in lead and (len(norm) < 7 or norm[-3:] not in tails)):
            continue
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


def _local_words(
    found: Words, at: int, local: Local, names: Mapping[str, tuple[str, ...]], *, disease: bool
) -> tuple[Mention | None, int]:
    """An abbreviation of several words ("6-OHDA") that the article defines, written exactly so."""
    for size in range(min(4, len(found) - at), 1, -1):
        value = names.get(" ".join(found.norms[at : at + size])) if names else None
        if value is None or not value[0] or (value[0] == DISEASE) != disease:
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


def _is_medicine(lexicon: Lexicon, found: Words, mention: Mention) -> bool:
    """False where the words around say otherwise: "serum potassium", "methicillin-resistant"."""
    text, rules = found.text, lexicon.rules
    before, after = rules.before, rules.after
    name = key(text[mention.start : mention.end])
    tail = words(text[mention.end : mention.end + 24])
    if tail.norms and tail.starts[0] == 1:
        first = tail.norms[0]
        if text[mention.end] in "-‐‑–" and first in after["-"]:
            return False
        if text[mention.end] == " " and (first in after["*"] or first in after.get(name, ())):
            return False
    if name in before:
        head = words(text[max(0, mention.start - 24) : mention.start])
        if head.norms and head.norms[-1] in before[name]:
            return False
    return True
