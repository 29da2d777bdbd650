"""Chemicals of research text: names of the vocabulary, shapes of chemical words, locants, codes and ions."""

from __future__ import annotations

import re
from functools import cache
from typing import TYPE_CHECKING

from pipeline.vocabulary.broad.data import Shapes
from pipeline.vocabulary.broad.spans import longest
from pipeline.vocabulary.concept import CLASS, INGREDIENT, PROCEDURE, Concept, Mention
from pipeline.vocabulary.tables import table
from pipeline.vocabulary.words import Words

if TYPE_CHECKING:
    from pipeline.vocabulary.lexicon import Lexicon

_GREEK = "alpha|beta|gamma|delta|omega|kappa|[αβγδωκ]"
_LOCANT = (
    rf"(?:\d+[a-z]?'?(?:,\d+[a-z]?'?)*|[NOSCRSEZDL]|DL|D,L|dl|d,l|[dlpmon]|(?:{_GREEK})\d?|cis|trans|tert|iso|sec|para|meta|ortho"
    rf"|[SRDL]?\([+±–-]\)|\(\+/-\)|\((?:\d?[RSEZ],?)+\)|\[\d*[A-Z]\d*\])"
)
_BEFORE = re.compile(
    rf"(?<![\w,'’-])(?:\d\d ?(?=alpha|beta|[αβ]))?(?:{_LOCANT}-|\([+±–-]\)-?|\[\d*[A-Z]\d*\]){{1,12}}$"
)
_BETWEEN = re.compile(rf"-(?:{_LOCANT}-)*\(?|\)-?|\s?\[[^\]\s]{{1,12}}\]\s?|\(\w(?:,\w)?\)")
_BENZO = re.compile(r"(?<![\w-])(?:di|tri)?benz(?:o|\w?)[(\[]\w(?:,\w)?[)\]]$")
_ACID_FOLLOWS = re.compile(r"(?<=ic) acids?(?!\w)")
_ION = re.compile(
    r"(?<![\w-])(?:Ca|Mg|Na|K|Cl|Zn|Cu|Fe|Mn|Li|Cd|Hg|Pb|Ni|Co|Al)(?:\(?[2-3]?[+-]\)?|\d?[+])(?!\w)"
)
_ISOTOPE = re.compile(
    r"(?<![\w-])(?:12[345]I|131I|99m?Tc|201Tl|1[14]C|18F|32P|35S|89Sr|90Y|223Ra|177Lu|6[78]Ga|111In|133Xe|51Cr|45Ca|86Rb)(?!\w)"
)
_METAL = "Na|K|Li|Ca|Mg|Mn|Fe|Co|Ni|Cu|Zn|Al|As|Cd|Hg|Pb|Ag|Ba|Sr|Cr|Ti|Si|Se|La|Gd"
_OXYGEN = r"(?:H?SO\d|H?CO\d|SeO\d|NO\d|H?\d?PO\d|Cr\dO\d|MnO\d)"
_FORMULA = re.compile(
    rf"(?<![\w-])(?:(?:{_METAL})(?:Cl|Br|F)\d?|(?:{_METAL})\d?(?:\((?:{_OXYGEN}|OH)\)\d|{_OXYGEN}|OH|O\d))(?!\w)"
)
# the metal, never the verb or the lead of an electrocardiogram
_LEAD = re.compile(
    r"(?<![\w-])(?P<lead>[Ll]ead)(?=[- ](?:acetate|nitrate|poisoning|exposure|exposed|levels?|toxicity|intoxication|induced"
    r"|concentrations?|burden|chelation|encephalopathy)\b)|\b(?:[Bb]lood|[Ss]erum|[Uu]rinary|[Ii]norganic|[Ee]nvironmental) "
    r"(?P<other>lead)\b"
)
_ACID = re.compile(
    r"(?<![\w-])(?:\d{1,2}'?(?:,\d{1,2}'?){0,5}-)?[A-Za-z][\w-]*(?:(?:ic|ous) acids?|yl (?:alcohols?|ketones?)|(?:ene|yl|ium|ous|ic) (?:mon|di|tri|per)?oxides?)(?!\w)"
)
_ANION = re.compile(r"[a-z]+(?:ate|ite|ide)")
# the letter that belongs to a name: "25-hydroxyvitamin D", "ochratoxin A"
_LETTER = re.compile(
    r"(?P<name>vitamin [ABCDEK]|(?:toxin|mycin|sporin|tericin) (?:[A-H]|[A-Z]?[IVX]+[A-Z]))\d{0,2}(?!\w)"
)
_ENZYME = re.compile(r" [a-z]{4,}ases?\b")
_CYTOCHROME = re.compile(r"cyp\d\w*")


def find_chemicals(lexicon: Lexicon, found: Words) -> list[Mention]:
    """The chemicals of a text, in order, none overlapping; kinds as in the vocabulary."""
    text, shapes = found.text, Shapes.load()
    mentions, proteins = _named(lexicon, found)
    mentions += _shaped(lexicon, found, proteins)
    for match in shapes.code.finditer(text):
        if not shapes.not_code.match(match[0]):
            mentions.append(
                Mention(match.start(), match.end(), Concept(match[0].lower(), INGREDIENT), "shape")
            )
    for pattern in (_ION, _ISOTOPE, _FORMULA):
        for match in pattern.finditer(text):
            mentions.append(Mention(match.start(), match.end(), Concept(match[0], INGREDIENT), "shape"))
    for match in _LEAD.finditer(text):
        start = match.start("lead") if match["lead"] else match.start("other")
        mentions.append(Mention(start, start + 4, Concept("lead", INGREDIENT), "shape"))
    for match in _ACID.finditer(text):
        if match[0].split(" ")[0].lower() not in shapes.not_acid and not _ENZYME.match(text, match.end()):
            mentions.append(_meant(lexicon, text, match.start(), match.end()))
    return _joined(lexicon, text, longest(mentions))


def _named(lexicon: Lexicon, found: Words) -> tuple[list[Mention], set[int]]:
    """Chemicals by name, and the numbers of the words that name proteins."""
    names, first = lexicon.broad_names
    norms, starts, ends = found.norms, found.starts, found.ends
    shapes, out, free = Shapes.load(), list[Mention](), 0
    proteins: set[int] = set()
    opens = {phrase.partition(" ")[0] for phrase in lexicon.phrases}
    for at, norm in enumerate(norms):
        if at < free:
            continue
        if norm in opens and f"{norm} {norms[at + 1] if at + 1 < len(norms) else ''}" in lexicon.phrases:
            free = at + 2
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
            group = concept.kind == CLASS
            if concept.kind == PROCEDURE or (group and not lexicon.is_substance_class(concept.name)):
                continue
            if (
                not group
                and _is_protein(norms[at : at + size], lexicon)
                and concept.name not in _enzyme_drugs()
            ):
                if size > 1 and norms[at + size - 1] in shapes.carriers:
                    continue  # a receptor or channel is no chemical, but what it binds or lets through is one
                free = at + size
                proteins.update(range(at, at + size))
                break
            while (
                size > 1
                and norms[at + size - 1] in shapes.roles
                and " ".join(norms[at : at + size - 1]) in names
            ):
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
                        Mention(starts[at], starts[at] + len(form), _substance(lexicon, name), "abbreviation")
                    )
                    free = at + size
                    break
    return out, proteins


@cache
def _enzyme_drugs() -> frozenset[str]:
    """Enzymes and antibodies that are given as medicines ("asparaginase")."""
    named = (r["name"].lower() for file in ("drugs.tsv", "substances.tsv") for r in table(file))
    return frozenset(n for n in named if n.endswith(("ase", "globulin")))


def _is_protein(norms: tuple[str, ...], lexicon: Lexicon) -> bool:
    proteins, carriers = lexicon.protein_words, Shapes.load().carriers
    return any(
        n in proteins
        or n in carriers
        or n.removesuffix("s") in proteins
        or (len(n) > 5 and n.endswith("ase"))
        or _CYTOCHROME.fullmatch(n)
        for n in norms
    )


def _substance(lexicon: Lexicon, name: str) -> Concept:
    known = lexicon.drug(name)
    return known if known is not None and known.kind != PROCEDURE else Concept(name, INGREDIENT)


def _salt_follows(lexicon: Lexicon, found: Words, at: int) -> bool:
    return found.joined(at - 1) and (
        found.norms[at] in lexicon.rules.salts or found.norms[at] in Shapes.load().tail
    )


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
        if norm in shapes.not_chemical or single in shapes.not_chemical or norm.endswith(shapes.process):
            continue
        out.append(Mention(found.starts[at], found.ends[at], Concept(norm, INGREDIENT), "shape"))
    return out


def _meant(lexicon: Lexicon, text: str, start: int, end: int) -> Mention:
    words = text[start:end]
    return Mention(start, end, lexicon.drug(words) or Concept(words.lower(), INGREDIENT), "shape")


_SHAPED = frozenset(["shape", "joined"])


def _joined(lexicon: Lexicon, text: str, mentions: list[Mention]) -> list[Mention]:
    """Takes in locants before a name and joins parts that hyphens and locants hold together."""
    out: list[Mention] = []
    for mention in mentions:
        before = _BEFORE.search(text, max(0, mention.start - 24), mention.start)
        if before is not None and out and out[-1].start > before.start() and text[before.start()] == "[":
            out.pop()  # the label of what follows: "[14C]-2-deoxyglucose"
        if before is not None and (not out or out[-1].end <= before.start()):
            mention = Mention(before.start(), mention.end, mention.concept, mention.rule)
        rings = _BENZO.search(text, max(0, mention.start - 24), mention.start)
        if rings is not None:
            mention = Mention(rings.start(), mention.end, mention.concept, "joined")
        acid = _ACID_FOLLOWS.match(text, mention.end)
        if acid is not None and mention.rule == "shape":
            mention = Mention(mention.start, acid.end(), mention.concept, "joined")
        letter = _LETTER.search(text, mention.start, mention.end + 8)
        if letter is not None and letter.start("name") < mention.end < letter.end():
            mention = Mention(mention.start, letter.end(), mention.concept, mention.rule)
        if (
            out
            and _between(text, out[-1], mention)
            and (
                not _SHAPED.isdisjoint((out[-1].rule, mention.rule))
                or any(c.isdigit() for c in text[out[-1].end : mention.start])
            )
        ):
            out[-1] = Mention(out[-1].start, mention.end, out[-1].concept, "joined")
            continue
        if out and _is_anion_of(text, out[-1], mention):
            out[-1] = Mention(out[-1].start, mention.end, out[-1].concept, "joined")
            continue
        out.append(mention)
    return [_meant(lexicon, text, m.start, m.end) if m.rule == "joined" else m for m in out]


def _is_anion_of(text: str, cation: Mention, anion: Mention) -> bool:
    """Whether two words side by side name one salt ("sodium thiosulfate", "sodium saccharin")."""
    cations = Shapes.load().cations
    first, second = text[cation.start : cation.end].lower(), text[anion.start : anion.end]
    return (
        text[cation.end : anion.start] == " "
        and first in cations
        and (
            _ANION.fullmatch(second) is not None
            or (first in ("sodium", "disodium") and second.isalpha() and second.lower() not in cations)
        )
    )


def _between(text: str, one: Mention, other: Mention) -> bool:
    """Whether only hyphens, locants and brackets that the first part opened stand between two parts of a name."""
    start, end = one.end, other.start
    if start >= end or _BETWEEN.fullmatch(text, start, end) is None:
        return False
    return text[start] != ")" or text.count("(", one.start, start) > text.count(")", one.start, start)
