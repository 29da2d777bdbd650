"""Finds the drugs and diseases that a text names: names of the index, abbreviations, INN stems, composites."""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Mapping, Sequence
from functools import lru_cache
from itertools import compress
from operator import attrgetter, or_
from typing import TYPE_CHECKING, NamedTuple

from pipeline.vocabulary.bracketed import across_brackets
from pipeline.vocabulary.compose import compose
from pipeline.vocabulary.concept import DISEASE, INGREDIENT, Concept, Mention, without_longer
from pipeline.vocabulary.divided import divided
from pipeline.vocabulary.elliptic import (
    before_abbreviation,
    without_first_word,
    without_head,
    without_last_word,
    without_vaccine,
)
from pipeline.vocabulary.words import Words, key, words

if TYPE_CHECKING:
    from pipeline.vocabulary.lexicon import Lexicon
    from pipeline.vocabulary.openings import Opening

Local = Mapping[str, Sequence[str]]


def find(
    lexicon: Lexicon, text: str, local: Local, *, composed: bool = True
) -> tuple[list[Mention], list[Mention]]:
    """The drugs and the diseases of a text, each in order and without overlaps. Pure; linear in the text.

    `composed`: two diseases that are named together become one (see `compose`).
    """
    found = words(text)
    own = _own_forms(tuple(local)) if local else _NO_FORMS
    openings = list(map(lexicon.openings.__getitem__, found.norms))
    spots = _spots(found, openings, own)
    diseases = _matches(lexicon, found, spots, local, own, disease=True)
    drugs = _matches(lexicon, found, spots, local, own, disease=False)
    if "," in text or "(" in text or "%" in text:
        more_drugs, more_diseases = divided(lexicon, found)
        drugs, diseases = _with(drugs, more_drugs), _with(diseases, more_diseases)
    if ") " in text or ")-" in text:
        more_drugs, more_diseases = across_brackets(
            text, lambda part: find(lexicon, part, local, composed=False)
        )
        drugs, diseases = _with(drugs, more_drugs), _with(diseases, more_diseases)
    if drugs:
        drugs = _with(drugs, list(without_head(text, drugs, lexicon.drug)))
        if "accin" in text or "mmuni" in text:
            named = list(without_vaccine(text, drugs, lexicon.drug))
            drugs = _with(drugs, named)
            diseases = [d for d in diseases if all(d.end <= m.start or m.end <= d.start for m in named)]
        drugs = _with(drugs, list(without_first_word(text, drugs, lexicon.drug)))
        diseases = without_longer(_with(diseases, _caused(lexicon, found, drugs, diseases)), drugs)
    if "-like" in text:
        diseases = [d for d in diseases if not text.startswith("-like", d.end)]  # "a lupus-like reaction"
    if diseases:
        diseases = _with(diseases, list(before_abbreviation(text, diseases, lexicon.longer_disease)))
        begun = list(without_last_word(text, diseases, lexicon.disease))
        if begun:
            diseases = _with(diseases, begun)
            taken = {i for m in begun for i in range(m.start, m.end)}
            drugs = [d for d in drugs if d.start not in taken]  # "iron and vitamin B12 deficiency"
        diseases = _with(diseases, _by_cause(lexicon, found, diseases))
    drugs = without_longer(drugs, diseases)
    if composed:
        diseases = compose(text, diseases, lexicon)
    return [d for d in drugs if _is_medicine(lexicon, found, d)], diseases


_SPOT = attrgetter("spot")


def _spots(found: Words, openings: list[Opening], own: _OwnForms) -> list[tuple[int, Opening]]:
    """The words with which a name may begin, and their openings."""
    maybe = map(_SPOT, openings)
    if own.lead:
        maybe = map(or_, maybe, map(own.lead.__contains__, found.norms))
    return list(compress(enumerate(openings), maybe))


def _with(mine: list[Mention], more: list[Mention]) -> list[Mention]:
    """Both in order; of two that overlap the longer."""
    if not more:
        return mine
    out: list[Mention] = []
    for mention in sorted((*mine, *more), key=lambda m: (m.start, -m.end)):
        if not out or mention.start >= out[-1].end:
            out.append(mention)
    return out


def _caused(lexicon: Lexicon, found: Words, drugs: list[Mention], diseases: list[Mention]) -> list[Mention]:
    """Diseases that a drug's name and one word make: "benzodiazepine overdose"; not what only tells the kind of the next
    ("clozapine-withdrawal catatonia")."""
    out: list[Mention] = []
    if lexicon.rules.makes_disease.isdisjoint(found.norms):
        return out
    begun = {d.start for d in diseases}
    for drug in drugs:
        at = bisect_left(found.starts, drug.end)
        if (
            at < len(found)
            and found.starts[at] == drug.end + 1
            and found.norms[at] in lexicon.rules.makes_disease
            and not (found.text[drug.end] == "-" and found.ends[at] + 1 in begun)
        ):
            words_here = found.text[drug.start : found.ends[at]]
            concept = lexicon.disease(words_here) or Concept(words_here.lower(), DISEASE)
            out.append(Mention(drug.start, found.ends[at], concept, "composite"))
    return out


def _by_cause(lexicon: Lexicon, found: Words, diseases: list[Mention]) -> list[Mention]:
    """Diseases with the word before them that tells their cause: "brucellar endocarditis", which no list names."""
    causes = lexicon.rules.causes
    if causes.keys().isdisjoint(found.norms):
        return []
    out: list[Mention] = []
    for disease in diseases:
        at = bisect_left(found.starts, disease.start)
        if not at or disease.rule != "name" or found.norms[at - 1] not in causes:
            continue
        start = found.starts[at - 1]
        if found.text[found.ends[at - 1] : disease.start] == " " and found.text[start - 1 : start] != "-":
            name = f"{causes[found.norms[at - 1]]} {disease.concept.name}"
            out.append(Mention(start, disease.end, lexicon.disease(name) or Concept(name, DISEASE), "caused"))
    return out


def _matches(
    lexicon: Lexicon,
    found: Words,
    spots: list[tuple[int, Opening]],
    local: Local,
    own: _OwnForms,
    *,
    disease: bool,
) -> list[Mention]:
    index = lexicon.index
    names = index["diseases"] if disease else index["drugs"]
    pairs = index["disease_pairs"] if disease else index["drug_pairs"]
    abbreviations = lexicon.rules.abbreviations
    norms, starts, ends, text = found.norms, found.starts, found.ends, found.text
    out: list[Mention] = []
    count, free = len(norms), 0
    for at, opening in spots:
        norm = norms[at]
        if at < free or not ((opening.disease_spot if disease else opening.drug_spot) or norm in own.lead):
            continue
        mention: Mention | None = None
        number: int | None = None
        size = 1
        if (opening.diseases if disease else opening.drugs) and at + 1 < count:
            most = pairs.get(f"{norm} {norms[at + 1]}", 0)
            reach = 1
            while reach < most and at + reach < count and found.joined(at + reach - 1):
                reach += 1
            for size in range(reach, 1, -1):
                number = names.get(" ".join(norms[at : at + size]))
                if number is not None and norms[at + size - 1].isdecimal() and _counts(found, at + size - 1):
                    number = None
                if number is not None:
                    at, size, number = _longer_inside(found, at, size, number, names, pairs)
                    break
        if number is None:
            size, number = 1, opening.disease if disease else opening.drug
        if number is not None:
            start, end = starts[at], ends[at + size - 1]
            if text.startswith("%", end) and size > 1:
                end += 1  # "glucose 10%"
            if not local or not _redefined(text[start:end], local, disease=disease):
                mention = Mention(start, end, lexicon.concept(number))
        if mention is None and norm in own.several:
            mention, size = _local_words(found, at, local, own.names, disease=disease)
        if mention is None and (opening.short or norm in own.short):
            size = 1
            surface = text[starts[at] : ends[at]]
            if surface in abbreviations or surface in local or not surface.islower():
                mention = _short(lexicon, found, at, local, disease=disease)
        if mention is None and not disease and opening.stem:
            size, mention = 1, Mention(starts[at], ends[at], Concept(norm, INGREDIENT), "stem")
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


# "Vitamin K 1-2 mg": the number is an amount, and no part of a name
_UNIT = re.compile(
    r"(?:\.\d+)?(?:\s?(?:[-–]|to)\s?\d+(?:\.\d+)?)?\s?"
    r"(?:mg|g|[mµμu]c?g|ng|m[lL]|L|mmol|m[eE]q|units?|IU|million|milligrams?|micrograms?|grams?|tablets?|capsules?|drops?|puffs?)\b"
)


def _counts(found: Words, at: int) -> bool:
    """Whether the number that is word `at` counts the unit behind it."""
    return found.text[found.starts[at] - 1] == " " and _UNIT.match(found.text, found.ends[at]) is not None


def _longer_inside(
    found: Words, at: int, size: int, number: int, names: Mapping[str, int], pairs: Mapping[str, int]
) -> tuple[int, int, int]:
    """Place, size and entry of the longer name that begins inside a name and reaches beyond it, else of the name:
    "chronic heart failure with reduced ejection fraction"."""
    norms = found.norms
    for begin in range(at + 1, at + size):
        if begin + 1 >= len(norms):
            break
        most = pairs.get(f"{norms[begin]} {norms[begin + 1]}", 0)
        if most <= size or not all(found.joined(i) for i in range(begin, min(begin + size, len(norms) - 1))):
            continue
        for long in range(min(most, len(norms) - begin), size, -1):
            inside = names.get(" ".join(norms[begin : begin + long]))
            if inside is not None and all(found.joined(i) for i in range(begin, begin + long - 1)):
                return begin, long, inside
    return at, size, number


class _OwnForms(NamedTuple):
    """An article's own abbreviations: the written form behind each key, and the words that may begin one: of any,
    of those of several words, and those that may be one alone."""

    names: dict[str, str]
    lead: frozenset[str]
    several: frozenset[str]
    short: frozenset[str]


_NO_FORMS = _OwnForms({}, frozenset(), frozenset(), frozenset())


@lru_cache(maxsize=8)
def _own_forms(forms: tuple[str, ...]) -> _OwnForms:
    keys = {key(form): form for form in forms}
    single = {k for k in keys if " " not in k}
    return _OwnForms(
        keys,
        frozenset(k.split(" ")[0] for k in keys if k),
        frozenset(k.split(" ")[0] for k in keys if " " in k),
        frozenset(single | {k + "s" for k in single}),
    )


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
            if choice.context and found.none_of(choice.context):
                continue
            if disease and found.text[max(0, start - 5) : start].lower() == "anti-":
                continue  # an antibody
            return Mention(start, end, lexicon._named(choice.name, disease=disease), "abbreviation")
    eponym = lexicon.rules.eponyms.get(found.norms[at]) if disease else None
    if eponym is not None and _POSSESSIVE.match(found.text, end):
        return Mention(start, end, lexicon._named(eponym, disease=True), "eponym")
    return None


# "in Crohn's", "Graves' or toxic goiter"; a society, a study or a sign has the name only
_POSSESSIVE = re.compile(
    r"(?:['’ʼ`´]s|(?<=s)['’ʼ`´])(?![\w-])"
    r"(?!\s(?:action|alliance|association|council|criteria|data|foundation|group|index|law|network|phenomenon|research|score|sign"
    r"|society|stage|study|team|trial|trust|UK)\b)",
    re.IGNORECASE,
)


def _salt_end(lexicon: Lexicon, found: Words, at: int) -> int:
    """The last word of the salt that follows word `at`, else `at`."""
    while at + 1 < len(found) and found.norms[at + 1] in lexicon.rules.salts and found.joined(at):
        at += 1
    return at


# "potassium <4.6 mmol/L": a value measured.
_BOUND = re.compile(r"\s?[<>≤≥=]")
# "potassium should be checked": a value as well
_WATCHED = re.compile(
    r"\s(?:should|must|is|are|needs\sto|has\sto)\s(?:also\s)?(?:be\s)?(?:checked|rechecked|monitored|measured|kept|maintained)\b"
)


def _is_medicine(lexicon: Lexicon, found: Words, mention: Mention) -> bool:
    """False where the words around say otherwise: "serum potassium", "methicillin-resistant"."""
    text, rules = found.text, lexicon.rules
    before, after = rules.before, rules.after
    at = bisect_left(found.starts, mention.start)
    last = bisect_left(found.starts, mention.end) - 1
    name = " ".join(found.norms[at : last + 1])
    if text[max(0, mention.start - 4) : mention.start].lower() == "non-":
        return False
    if name in before and (_BOUND.match(text, mention.end) or _WATCHED.match(text, mention.end)):
        return False
    if last + 1 < len(found) and found.starts[last + 1] == mention.end + 1:
        first, gap = found.norms[last + 1], text[mention.end]
        if gap in "-‐‑–" and first in after["-"]:
            return False
        if gap == " " and (first in after["*"] or first in after.get(name, ())):
            return False
    return name not in before or at == 0 or found.norms[at - 1] not in before[name]
