"""Diseases, symptoms and adverse effects of research text: names, endings, nouns with words of body or function."""

from __future__ import annotations

import re
from bisect import bisect_left
from typing import TYPE_CHECKING

from pipeline.vocabulary.broad.data import Shapes
from pipeline.vocabulary.broad.spans import longest, repeated
from pipeline.vocabulary.concept import DISEASE, Concept, Mention
from pipeline.vocabulary.words import Words

if TYPE_CHECKING:
    from pipeline.vocabulary.lexicon import Lexicon

# an enzyme, a factor or a gene's letters that are lacking: "aldolase A deficiency", "G6PD deficiency"
_LACK = re.compile(
    r"(?<![\w-])(?:(?:[\w',]{1,40}(?:-[\w',]{1,40}){1,8}|[a-z]{3,40}(?:ate|ine|yl|ose|ol)) ){0,2}"
    r"(?:(?:[ACGU][DMT]P |NADP?H? |CoA )?(?:[\w',]{1,40}-){0,8}[A-Za-z][a-z]{2,40}ase(?: [A-Z0-9]{1,3})?(?: \([A-Z0-9-]{2,8}\))?"
    r"|[A-Z][A-Z0-9]{1,6}|C\d|[Aa]po[A-Z](?:-?[IV]{1,3})?|properdin|(?:alpha[- ]?\w?-?)?anti(?:thrombin|trypsin)(?: III)?)"
    r" deficienc(?:y|ies)(?!\w)"
)
_LACKING = re.compile(
    r"(?i)(?<![\w-])deficienc(?:y|ies) of (?:the enzyme )?(?:[\w',-]+ )?[\w',-]*[a-z]{3}ase(?: (?-i:[A-Z]|[IVX]{1,3}))?(?!\w)"
)
# "von Hippel-Lindau (VHL) disease"
_SPLIT = re.compile(
    r" \((?P<short>[A-Z][A-Z0-9-]{1,7})\) (?P<head>disease|syndrome|deficiency|disorder|infection)(?!\w)"
)
# "disorder of copper metabolism", "inborn errors of bile acid synthesis"
_PROCESS = re.compile(
    r"(?<![\w-])(?:(?:autosomal (?:dominant|recessive)|[Ii]nborn|[Ii]nherited|[Hh]ereditary|X-linked|[Gg]enetic) )?"
    r"(?:[Ee]rrors?|[Dd]isorders?|[Dd]iseases?) of (?:[a-z-]{3,20} ){0,3}"
    r"(?:metabolism|transport|biosynthesis|synthesis|oxidation|degradation)(?!\w)"
)
# a disease named after persons or by capitals: "Pendred syndrome", "VHL disease"
_PERSON = re.compile(
    r"(?<![\w-])(?P<name>(?:(?:[Vv]an|[Vv]on|[Dd]e|der|la|le) ){0,2}[A-Z][A-Za-zé]{0,20}[a-zé](?P<sure>s['’]|['’]s)?"
    r"(?P<more>(?:[-–][A-Z][a-zé]{1,20}(?:['’]s)?){0,3})|[A-Z]{3,8}) "
    r"(?:syndromes?|diseases?|anomaly|anomalies|dystrophy|ataxia|malformation|phenomenon|palsy|chorea|dwarfism)(?!\w)"
)
_OPENS = re.compile(r"(?:^|[.!?:;\n(\"“]\s{0,2})$")
_TYPE = re.compile(r" type (?:[IVX]{1,4}|\d{1,2})(?:[a-cA-C])?(?!\w)")
_CELL_LINE = re.compile(r"(?<![\w-])[BT]-$")
_OF = re.compile(r" of (?:the )?(?:left |right |urinary )?(\w+)(?!\w)")


def find_conditions(lexicon: Lexicon, found: Words) -> list[Mention]:
    """The diseases of a text, in order, none overlapping, each as the longest phrase that names it."""
    named, passed = _named(lexicon, found)
    spans = named + _shaped(found, passed)
    lasts = {last for _, last, _, _ in spans}
    out = []
    for first, last, concept, rule in spans:
        if found.norms[last] == "depression" and found.norms[last + 1 : last + 2] == ("of",):
            continue  # "depression of the sinus node" is an effect, not the disease
        first = _leftmost(lexicon, found, first)
        if first - 2 not in lasts:
            first = _shared(lexicon, found, first, last, lasts)
        start, end = found.starts[first], found.ends[last]
        line = _CELL_LINE.search(found.text, max(0, start - 2), start)
        start = line.start() if line is not None else start
        kind = _TYPE.match(found.text, end)
        end = kind.end() if kind is not None else end
        match = _OF.match(found.text, end)
        if match is not None and match[1].lower() in Shapes.load().nouns:
            end = match.end()
        if (start, end) != (found.starts[first], found.ends[last]) or rule == "shape" or concept.name == "":
            concept = _meant(lexicon, found.text[start:end])
        out.append(Mention(start, end, concept, rule))
    for pattern in (_LACK, _LACKING, _PROCESS):
        for match in pattern.finditer(found.text):
            out.append(Mention(match.start(), match.end(), _meant(lexicon, match[0]), "shape"))
    return longest(
        [*out, *_persons(lexicon, found.text), *_short(lexicon, found.text), *_split(lexicon, found)]
    )


def _persons(lexicon: Lexicon, text: str) -> list[Mention]:
    """Names after persons and by capitals; a capital at the start of a sentence alone says nothing."""
    out = []
    for match in _PERSON.finditer(text):
        if match["name"] in Shapes.load().not_person:
            continue
        sure = match["sure"] or match["more"] or match["name"].isupper()
        if sure or not _OPENS.search(text, max(0, match.start() - 3), match.start()):
            kind = _TYPE.match(text, match.end())
            end = kind.end() if kind is not None else match.end()
            out.append(Mention(match.start(), end, _meant(lexicon, text[match.start() : end]), "shape"))
    return out


def _short(lexicon: Lexicon, text: str) -> list[Mention]:
    """Short forms that are diseases without having been defined ("AIDS")."""
    shapes = Shapes.load()
    return [
        Mention(m.start(), m.end(), _meant(lexicon, shapes.ill[m[0]]), "abbreviation")
        for m in shapes.ill_form.finditer(text)
    ]


def _split(lexicon: Lexicon, found: Words) -> list[Mention]:
    """Names with their abbreviation inside, and the abbreviation wherever it stands."""
    out: list[Mention] = []
    for match in _SPLIT.finditer(found.text):
        last = bisect_left(found.ends, match.start())
        for first in range(max(0, last - 4), last + 1):
            concept = lexicon.disease(f"{found.text[found.starts[first] : match.start()]} {match['head']}")
            if concept is not None and last < len(found) and found.ends[last] == match.start():
                out.append(Mention(found.starts[first], match.end(), concept, "name"))
                if match["head"] != "infection":  # else it is the virus
                    out += repeated(found.text, {match["short"]: concept})
                break
    return out


def _shared(lexicon: Lexicon, found: Words, first: int, last: int, lasts: set[int]) -> int:
    """The first word of a phrase in which diseases share their noun: "hepatic and renal failure", "lung, breast and colon cancer"."""
    if first == last or first < 2 or found.norms[first - 1] not in ("and", "or"):
        return first
    other, body = first - 2, Shapes.load().body
    comma = found.text[found.ends[other] : found.starts[first - 1]] == ", "
    if not (comma or found.joined(other)) or not found.joined(first - 1):
        return first
    if found.norms[other] not in body or found.norms[first] not in body:
        rest = " ".join(found.norms[first + 1 : last + 1])
        return other if not comma and f"{found.norms[other]} {rest}" in lexicon.index["diseases"] else first
    start = _leftmost(lexicon, found, other)
    while (
        start > 0
        and found.norms[start - 1] in body
        and found.text[found.ends[start - 1] : found.starts[start]] == ", "
    ):
        start = _leftmost(lexicon, found, start - 1)
    before = start - 2 if found.norms[max(0, start - 1) : start] == ("the",) else start - 1
    if before > 0 and found.norms[before] == "of" and before - 1 in lasts:
        return first  # "tumors of the bladder and renal tumors"
    return start


Span = tuple[int, int, Concept, str]


def _named(lexicon: Lexicon, found: Words) -> tuple[list[Span], set[int]]:
    """The diseases by name, and the numbers of the words of phrases that only look like one ("cell death")."""
    index = lexicon.index
    names, first = index["diseases"], index["disease_words"]
    more, more_first = lexicon.conditions
    norms = found.norms
    out: list[Span] = []
    passed: set[int] = set()
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
            if number is None and not more[words]:
                passed.update(range(at, at + size))
                free = at + size
                break
            if _chemical_first(lexicon, norms[at : at + size]):
                continue  # the chemical and its toxicity are two mentions
            concept = Concept(more[words], DISEASE) if number is None else lexicon.concept(number)
            out.append((at, at + size - 1, concept, "name"))
            free = at + size
            break
    return out, passed


def _chemical_first(lexicon: Lexicon, name: tuple[str, ...]) -> bool:
    """Whether a name says first which chemical: "lithium toxicity", "heparin induced thrombocytopenia"."""
    shapes = Shapes.load()
    cut = (
        len(name) - 1
        if name[-1] in shapes.effects and name[0] not in shapes.own
        else name.index("induced")
        if "induced" in name
        else 0
    )
    return cut > 0 and lexicon.drug(" ".join(name[:cut])) is not None


def _shaped(found: Words, passed: set[int]) -> list[Span]:
    shapes = Shapes.load()
    out: list[Span] = []
    for at, norm in enumerate(found.norms):
        if at in passed:
            continue
        if norm in shapes.adjectives:
            name, only = shapes.adjectives[norm]
            if not only or not only.isdisjoint(found.norms[at + 1 : at + 2]):
                out.append((at, at, Concept(name, DISEASE), "shape"))
        elif (5 < len(norm) < 80 and shapes.ending.match(norm) and norm not in shapes.not_disease) or (
            norm in shapes.heads and (shapes.heads[norm] or _modified(found, at))
        ):
            out.append((at, at, Concept("", DISEASE), "shape"))
    return out


def _modified(found: Words, at: int) -> bool:
    return at > 0 and found.norms[at - 1] in Shapes.load().body and found.joined(at - 1)


_EFFECTS = frozenset(["toxicity", "toxicities", "intoxication", "overdose"])


def _leftmost(lexicon: Lexicon, found: Words, at: int) -> int:
    """The first word of the phrase: words of body or function before it, then one on its course."""
    shapes = Shapes.load()
    start = at
    if found.norms[at] in _EFFECTS and at > 0 and lexicon.drug(found.norms[at - 1]) is not None:
        return at
    while start > 0 and found.joined(start - 1) and found.norms[start - 1] in shapes.body:
        start -= 1
    while start > 0 and found.joined(start - 1) and found.norms[start - 1] in shapes.course:
        start -= 1
    return start


def _meant(lexicon: Lexicon, words: str) -> Concept:
    return lexicon.disease(words) or Concept(words.lower(), DISEASE)
