"""Chemicals of research text: names of the vocabulary, shapes of chemical words, locants, codes and ions."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from pipeline.vocabulary.broad.data import Shapes
from pipeline.vocabulary.broad.spans import longest
from pipeline.vocabulary.concept import CLASS, INGREDIENT, PROCEDURE, Concept, Mention
from pipeline.vocabulary.words import Words

if TYPE_CHECKING:
    from pipeline.vocabulary.lexicon import Lexicon

_GREEK = "alpha|beta|gamma|delta|omega|kappa|[αβγδωκ]"
_LOCANT = (
    rf"(?:\d+[a-z]?'?(?:,\d+[a-z]?'?)*|[NOSCRSEZDL]|DL|[dlpmo]|(?:{_GREEK})\d?|cis|trans|tert|iso|sec|para|meta|ortho"
    rf"|\([+±–-]\)|\(\+/-\)|\[\d*[A-Z]\d*\])"
)
_BEFORE = re.compile(rf"(?<![\w,'’-])(?:{_LOCANT}-|\([+±–-]\)-?|\[\d*[A-Z]\d*\])+$")
_BETWEEN = re.compile(rf"-(?:{_LOCANT}-)*|\s?\[[^\]\s]{{1,12}}\]\s?")
_CODE = re.compile(
    r"(?<![\w-])(?:[A-Z]{2,5}[- ]?\d{2,3}[,-]?\d{2,4}[A-Z]?|[A-Z]{2,3}-\d{3,4}|RU[- ]?\d{3}|[A-Z]{1,3}-\d{2},\d{3}[A-Z]?)(?![\w-])"
)
_NOT_CODE = re.compile(
    r"(?:NCT|RFC|ISO|PEP|EST|EDT|UTC|GMT|IEC|IEEE|AVX|DB|ISRCTN|DSM|ICD|HLA|CD|IL|PMID|DOI|COVID|SARS|HCT|SW|HT|MCF|BMI|USA|WHO|RS|CYP|BALB|GSE|ABCB|SLC|OR|CI|RR|HR)"
)
_ION = re.compile(
    r"(?<![\w-])(?:Ca|Mg|Na|K|Cl|Zn|Cu|Fe|Mn|Li|Cd|Hg|Pb|Ni|Co|Al)(?:\(?[2-3]?[+-]\)?|\d?[+])(?!\w)"
)
_ACID = re.compile(r"(?<![\w-])[A-Za-z][\w-]*(?:ic|ous) acids?(?!\w)")
_NOT_ACID = frozenset(["nucleic", "organic", "gastric", "fatty"])
_ROLES = frozenset(
    [
        n
        for word in ("agent", "drug", "medication", "medicine", "treatment", "replacement", "supplement")
        for n in (word, word + "s")
    ]
    + ["therapy", "therapies", "supplementation"]
)
_TAIL = frozenset(
    ["salt", "salts", "acid", "acids", "hydrochloride", "chloride", "ester", "imine", "oxide", "d2", "d3"]
)


def find_chemicals(lexicon: Lexicon, found: Words) -> list[Mention]:
    """The chemicals of a text, in order, none overlapping; kinds as in the vocabulary."""
    text = found.text
    mentions, proteins = _named(lexicon, found)
    mentions += _shaped(lexicon, found, proteins)
    for match in _CODE.finditer(text):
        if not _NOT_CODE.match(match[0]):
            mentions.append(
                Mention(match.start(), match.end(), Concept(match[0].lower(), INGREDIENT), "shape")
            )
    for match in _ION.finditer(text):
        mentions.append(Mention(match.start(), match.end(), Concept(match[0], INGREDIENT), "shape"))
    for match in _ACID.finditer(text):
        if match[0].split(" ")[0].lower() not in _NOT_ACID:
            mentions.append(_meant(lexicon, text, match.start(), match.end()))
    return _joined(lexicon, text, longest(mentions))


def _named(lexicon: Lexicon, found: Words) -> tuple[list[Mention], set[int]]:
    """Chemicals by name, and the numbers of the words that name proteins."""
    names, first = lexicon.broad_names
    norms, starts, ends = found.norms, found.starts, found.ends
    shapes, out, free = Shapes.load(), list[Mention](), 0
    proteins: set[int] = set()
    for at, norm in enumerate(norms):
        if at < free:
            continue
        most, size = first.get(norm, 0), 0
        reach = 1
        while reach < most and at + reach < len(norms) and found.joined(at + reach - 1):
            reach += 1
        for size in range(reach if most else 0, 0, -1):
            number = names.get(" ".join(norms[at : at + size]))
            if number is None:
                continue
            concept = lexicon.concept(number)
            if concept.kind == PROCEDURE or (
                concept.kind == CLASS and not lexicon.is_substance_class(concept.name)
            ):
                continue
            if _is_protein(norms[at : at + size], lexicon):
                free = at + size
                proteins.update(range(at, at + size))
                break
            while size > 1 and norms[at + size - 1] in _ROLES:
                size -= 1
            start, end = starts[at], ends[at + size - 1]
            while at + size < len(norms) and _salt_follows(lexicon, found, at + size):
                size += 1
                end = ends[at + size - 1]
            out.append(Mention(start, end, concept))
            free = at + size
            break
        else:
            for form, size in _short_at(found, at):
                if form in shapes.short:
                    name = shapes.short[form]
                    out.append(
                        Mention(
                            starts[at],
                            starts[at] + len(form),
                            lexicon.drug(name) or Concept(name, INGREDIENT),
                            "abbreviation",
                        )
                    )
                    free = at + size
                    break
    return out, proteins


def _is_protein(norms: tuple[str, ...], lexicon: Lexicon) -> bool:
    proteins = lexicon.protein_words
    return any(
        n in proteins or n.removesuffix("s") in proteins or (len(n) > 5 and n.endswith("ase")) for n in norms
    )


def _salt_follows(lexicon: Lexicon, found: Words, at: int) -> bool:
    return found.joined(at - 1) and (found.norms[at] in lexicon.rules.salts or found.norms[at] in _TAIL)


def _short_at(found: Words, at: int) -> list[tuple[str, int]]:
    """The text from word `at` over one, two or three words joined by hyphens: candidates for a short form."""
    out = []
    for size in (3, 2, 1):
        if at + size <= len(found):
            form = found.text[found.starts[at] : found.ends[at + size - 1]]
            if len(form) <= 8 and " " not in form:
                out.append((form, size))
    return out


def _shaped(lexicon: Lexicon, found: Words, proteins: set[int]) -> list[Mention]:
    shapes = Shapes.load()
    out = []
    for at, norm in enumerate(found.norms):
        if at in proteins or len(norm) > 80:
            continue
        if len(norm) < 6 or not shapes.chemical.match(norm):
            if (
                len(norm) > 6
                and norm[-3:] in lexicon.rules.stem_tails
                and lexicon.rules.stem.search(norm)
                and norm not in lexicon.rules.not_stems
            ):
                out.append(Mention(found.starts[at], found.ends[at], Concept(norm, INGREDIENT), "stem"))
            continue
        single = norm.removesuffix("s")
        if norm in shapes.not_chemical or single in shapes.not_chemical or norm.endswith(_PROCESS):
            continue
        out.append(Mention(found.starts[at], found.ends[at], Concept(norm, INGREDIENT), "shape"))
    return out


_PROCESS = (
    "ase",
    "ases",
    "ation",
    "ations",
    "ated",
    "ating",
    "lysis",
    "genesis",
    "ergic",
    "emia",
    "uria",
    "in situ",
    "itis",
    "osis",
    "ose tolerance",
    "pathy",
    "ism",
    "oma",
    "omas",
)


def _meant(lexicon: Lexicon, text: str, start: int, end: int) -> Mention:
    words = text[start:end]
    return Mention(start, end, lexicon.drug(words) or Concept(words.lower(), INGREDIENT), "shape")


def _joined(lexicon: Lexicon, text: str, mentions: list[Mention]) -> list[Mention]:
    """Takes in locants before a name and joins parts that hyphens and locants hold together."""
    out: list[Mention] = []
    for mention in mentions:
        before = _BEFORE.search(text, max(0, mention.start - 24), mention.start)
        if before is not None and (not out or out[-1].end <= before.start()):
            mention = Mention(before.start(), mention.end, mention.concept, mention.rule)
        if out and "shape" in (out[-1].rule, mention.rule) and _between(text, out[-1].end, mention.start):
            out[-1] = _meant(lexicon, text, out[-1].start, mention.end)
            continue
        out.append(mention)
    return out


def _between(text: str, start: int, end: int) -> bool:
    return start < end and _BETWEEN.fullmatch(text, start, end) is not None
