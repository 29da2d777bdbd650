"""Regimens that are said without "plus": lists of drugs that are given together, and drugs that augment others."""

from __future__ import annotations

import re

from pipeline.claims.reading import Reading
from pipeline.claims.scope.partners import gaps
from pipeline.vocabulary.concept import CLASS

# What may stand between the drugs of one regimen, doses apart; "or" makes it a choice.
AND = re.compile(
    r"[\s,]*(?:(?:and|plus|\+|an?|the|oral|intravenous|iv|daily|weekly|once|twice|low-dose|high-dose|pulse|both)[\s,]*)*",
    re.IGNORECASE,
)
_IS_COMBINATION = re.compile(
    r"^\s*(?:is|are|remains?)\s(?:the|an?)\s(?:[\w-]+\s){0,3}(?:combination|regimen|triplet|doublet|quadruplet)\b",
    re.IGNORECASE,
)
_TOGETHER = re.compile(
    r"^[\s,]*(?:(?:is|are|(?:may|can|could|should|must)(?:\snot|\snever)?\sbe|(?:is|are)\snot)\s)?(?:(?:given|used|taken|administered|recommended|preferred|suggested|advised|all|started)\s)?(?:as\san?\s(?:(?!single\b)[\w-]+\s)?)?"
    r"(?:together(?!\swith)|in combination(?!\swith)|concurrently|concomitantly|simultaneously|combined(?!\swith)|"
    r"combination\b|(?:triple|dual|quadruple)\s(?:therapy|regimen))\b",
    re.IGNORECASE,
)
# "A and B reduced relapses compared with either alone": they were given together.
_THAN_ONE = re.compile(
    r"[^.;:]{0,90}\b(?:compared\s(?:with|to)|versus|than|over|superior\sto|than\swith)\s(?:pooled\s|the\s)?"
    r"(?:monotherapy|either\s(?:\w+\s)?alone|either\s(?:drug|agent|monotherapy))\b",
    re.IGNORECASE,
)
_SHARED_COURSE = re.compile(
    r"^[\s,]*(?:daily\s|all\s|each\s)?for\s(?:\d|two|three|four|six|nine|twelve)", re.IGNORECASE
)
_TREATED = re.compile(
    r"\b(?:treated with|consists? of|consisting of|regimen of|comprises?|comprising)\s(?:the\s)?$",
    re.IGNORECASE,
)
_CONSISTING = re.compile(
    r"\b(?:consists? of|consisting of|comprises?|comprising)\s(?:an?\s|the\s)?$", re.IGNORECASE
)
_COURSE_AFTER = re.compile(
    r"^\s*(?:are|is|(?:may|can|should)\sbe)\s(?:given|used|taken|administered)\s(?:together\s)?for\s(?:\d|two|three|four|six)",
    re.IGNORECASE,
)
_CHOICE = re.compile(
    r"\b(?:options?|alternatives?|choices?|either|any|one of|agents|examples?)\b", re.IGNORECASE
)
_OPENED = re.compile(
    r"\b(?:combination|combined|triple|dual|double|quadruple|multidrug|three-drug|four-drug|two-drug)[\s-]"
    r"(?:drug\s)?(?:therapy|treatment|regimen|therapies|regimens)\s*[:(]\s*(?:the\s)?$|"
    r"\bregimen\s?:\s$|\b(?:dual|triple|quadruple)\s\w+\s(?:with|of)\s$|\bcombined\s(?:use of\s|(?:oral|topical|systemic|inhaled|intravenous)\s)?$|\b(?:four|five|all three|all four)\s(?:drugs|agents)\s*\(\s*$",
    re.IGNORECASE,
)
# "A, B, and C (ABC) is the standard": one verb for all is one regimen, unless something else is its subject ("use of A and B is").
_IS = re.compile(r"^\s*(?:\([^()]{1,14}\)\s)?(?:is|remains)\s", re.IGNORECASE)
_ANOTHER_SUBJECT = re.compile(
    r"\b(?:with|of|for|on|to|by|using|than|between|in|from|after|against|as|or|either|for|before|during|until|if|when)\s(?:[\w-]+\s)?$",
    re.IGNORECASE,
)
_REGIMEN_NAME = re.compile(r"\s*\((?=(?:[\w-]*[A-Z]){2})(?P<name>[\w-]{3,12})\)")
_BEFORE_PARTS = frozenset(("(", ":"))
# "R-ICE (rituximab, ...)", "FLOT (fluorouracil, ...)": an acronym before the bracket of its drugs.
_ACRONYM = re.compile(
    r"(?P<letters>(?:[A-Za-z]{1,4}-){0,8}[A-Z]{2,12}[A-Za-z]?)\s(?:therapy\s|regimen\s|chemotherapy\s|protocol\s)?\($"
)
_ONE_AFTER = re.compile(
    r"\s(?:[\w-]+\s)?(?:combinations?|inhalers?|dual|triple|bronchodilat\w+|co-formulation)\b|"
    r"[^.;:()]{0,60}\s(?:over|than|versus)\s(?:an?\s)?[\w-]+(?:\s[\w-]+)?\s(?:alone|monotherapy)\b",
    re.IGNORECASE,
)
_ONE_BEFORE = re.compile(
    r"\b(?:(?:triple|dual|combination)\s(?:therapy|bronchodilat\w+|treatment)\s(?:with|of)\s(?:an?\s)?|single-inhaler\s|fixed-dose\s)$",
    re.IGNORECASE,
)
# "A, B, and either C or D"
_AND_EITHER = re.compile(r"[\s,]*(?:and|plus|\+)\s+either\s+(?:an?\s+|oral\s+)?", re.IGNORECASE)
_OR = re.compile(r"[\s,]*or\s+(?:an?\s+|oral\s+)?", re.IGNORECASE)
_AND_WORD = re.compile(r"\b(?:and|plus)\b|\+", re.IGNORECASE)


def lists(chains: list[int]) -> list[list[int]]:
    """The indices of each list of drugs, in text order.

    >>> lists([0, 0, 1])
    [[0, 1], [2]]
    """
    groups: dict[int, list[int]] = {}
    for i, k in enumerate(chains):
        groups.setdefault(k, []).append(i)
    return [group for _, group in sorted(groups.items())]


def said_together(reading: Reading, groups: list[list[int]], blanked: str) -> list[list[int]]:
    """Lists without a choice in them that other words call one regimen: "A, B, and C together", "A and B is the
    preferred combination", "triple therapy (A, B, and C)", "treated with A, B, and C for 2 months", "A and B cured more than either alone"."""
    found = []
    for group in groups:
        called = regimen_name(reading, group, blanked)
        group = _in_bracket(reading, blanked, [i for i in group if i != called])
        if len(group) < 2:
            continue
        first, last = reading.drugs[group[0]], reading.drugs[group[-1]]
        between = gaps(reading, blanked, group)
        if not all(AND.fullmatch(gap) for gap in between):
            continue
        before, after = blanked[max(0, first.start - 60) : first.start], blanked[last.end : last.end + 120]
        if called is None and not _AND_WORD.search(between[-1]) and not _named_in_bracket(before, after):
            continue
        name = _REGIMEN_NAME.match(reading.text, last.end) if len(group) > 2 else None
        named = name is not None and name["name"][0].lower() != reading.text[last.start].lower()
        acronym = _ACRONYM.search(before) if len(group) > 2 else None
        named = named or (acronym is not None and _spells(reading, group, acronym["letters"]))
        one = _IS.match(after) and not _ANOTHER_SUBJECT.search(before)
        if (
            called is not None
            or named
            or one
            or _said_one(reading, group, before, after)
            or _counted(reading, group)
        ):
            found.append(group)
    return found


# "Bismuth quadruple therapy for 14 days: A, B, C, and D", "a three-drug regimen (A, B, and C)"
_COUNTED = re.compile(
    r"\b(?P<number>dual|double|two-drug|triple|three-drug|quadruple|four-drug)(?:[\s-][\w-]+){0,2}[\s-](?:therapy|regimen|treatment|combination)\b",
    re.IGNORECASE,
)
_NUMBERS = {
    "dual": 2,
    "double": 2,
    "two-drug": 2,
    "triple": 3,
    "three-drug": 3,
    "quadruple": 4,
    "four-drug": 4,
}


def how_many(words: str) -> int:
    """How many drugs words say that a regimen has; 0 where they say none.

    >>> how_many("Bismuth Quadruple Therapy")
    4
    """
    found = _COUNTED.search(words)
    return _NUMBERS[found["number"].lower()] if found else 0


def _counted(reading: Reading, group: list[int]) -> bool:
    """Whether a list behind a colon has as many drugs as the words before it say ("Triple therapy for 14 days: A, B, and C")."""
    start = reading.drugs[group[0]].start
    if reading.text[:start].rstrip()[-1:] not in (":", "("):
        return False
    announced = reading.text[max(0, start - 160) : start]
    return how_many(re.split(r"[.;]\s", announced)[-1]) == len({reading.drugs[i].concept.name for i in group})


def _named_in_bracket(before: str, after: str) -> bool:
    """Whether a list without "and" is what a bracket tells of "triple therapy" ("quadruple therapy (A, B, C, D)")."""
    return before.endswith("(") and after.startswith(")") and _OPENED.search(before) is not None


def _said_one(reading: Reading, group: list[int], before: str, after: str) -> bool:
    """Whether the words before or behind a list call it one regimen."""
    if _OPENED.search(before) or any(p.match(after) for p in (_IS_COMBINATION, _TOGETHER, _THAN_ONE)):
        return True
    if len(group) < 3:
        return False
    if _CONSISTING.search(before) or _one_course(reading, group, after):
        return True
    if not _TREATED.search(before) or _has_class(reading, group):
        return False
    # A course shared by three or more named drugs is a regimen; classes are a choice.
    rest = reading.text[reading.drugs[group[-1]].end :][:120]
    return _SHARED_COURSE.match(rest) is not None or "treated" not in before


def _one_course(reading: Reading, group: list[int], after: str) -> bool:
    """Whether three or more drugs, each with its dose, share a course ("A 1 g twice daily, B 500 mg twice daily, and C 40 mg twice
    daily for 14 days"); nowhere where a statement speaks of a choice."""
    if _CHOICE.search(reading.text):
        return False
    if _COURSE_AFTER.match(after):
        return True
    doses = [
        next((d for d in reading.doses if 0 <= d.start - reading.drugs[i].end <= 2), None) for i in group
    ]
    told = [d is not None and " for " in reading.text[d.start : d.end] for d in doses]
    return all(d is not None for d in doses) and told[-1] and not any(told[:-1])


def _spells(reading: Reading, group: list[int], letters: str) -> bool:
    """Whether an acronym begins two of its drugs: a regimen's name, and not that of a class with its members."""
    words = letters.lower()
    return sum(
        reading.text[reading.drugs[i].start].lower() in words for i in group
    ) > 1 and not words.endswith("s")


def _in_bracket(reading: Reading, blanked: str, group: list[int]) -> list[int]:
    """A list without what follows the bracket around its first members ("(A, B, and C) or D")."""
    if not group or not reading.text.endswith("(", 0, reading.drugs[group[0]].start):
        return group
    closed = next((n for n, gap in enumerate(gaps(reading, blanked, group), 1) if ")" in gap), len(group))
    return group[:closed]


def regimen_name(reading: Reading, group: list[int], blanked: str) -> int | None:
    """The drug of a list that is no drug but the name of the regimen of the others: "R-CHOP (rituximab, ...)" or "bortezomib,
    lenalidomide, and dexamethasone (VRd)"; an acronym that the vocabulary knows as no group of drugs. None where there is none."""
    if len(group) < 3:
        return None
    for name, before, after in ((group[0], group[0], group[1]), (group[-1], group[-2], group[-1])):
        drug = reading.drugs[name]
        gap = blanked[reading.drugs[before].end : reading.drugs[after].start]
        if drug.concept.kind == CLASS and not drug.concept.code and gap.strip() in _BEFORE_PARTS:
            words = reading.text[drug.start : drug.end]
            if sum(letter.isupper() for letter in words) > 1 and not words.endswith("s"):
                return name
    return None


def written_as_one(reading: Reading) -> list[list[int]]:
    """Drugs that a hyphen joins ("ICS-formoterol"), or a slash where words around it call them one ("A/B combinations", "A/B is
    preferred over A alone"); a slash alone may part alternatives."""
    found: list[list[int]] = []
    for k in range(1, len(reading.drugs)):
        place = reading.drugs[k - 1].end
        if reading.drugs[k].start - place == 1 and reading.text[place] in "-–/":
            if found and found[-1][-1] == k - 1:
                found[-1].append(k)
            else:
                found.append([k - 1, k])
    return [group for group in found if _called_one(reading, group)]


def _called_one(reading: Reading, group: list[int]) -> bool:
    first, last = reading.drugs[group[0]], reading.drugs[group[-1]]
    if "/" not in reading.text[first.end : last.start]:
        return True
    return (
        _ONE_AFTER.match(reading.text, last.end) is not None
        or _ONE_BEFORE.search(reading.text, max(0, first.start - 80), first.start) is not None
    )


def all_of(reading: Reading, blanked: str, group: list[int]) -> bool:
    """Whether a list has several members that are all meant: "B and C", "B, C, and D"; "B, C, or D" leaves the choice."""
    between = gaps(reading, blanked, group)
    return (
        bool(between) and all(AND.fullmatch(gap) for gap in between) and bool(_AND_WORD.search(between[-1]))
    )


def with_a_choice(
    reading: Reading, groups: list[list[int]], blanked: str
) -> list[tuple[list[int], list[int]]]:
    """Lists that end in a choice, as (what is given anyhow, what one of is given): "A, B, and either C or D"."""
    found = []
    for group in groups:
        between = gaps(reading, blanked, group)
        if len(between) < 2 or not _OR.fullmatch(between[-1]) or not _AND_EITHER.fullmatch(between[-2]):
            continue
        if all(AND.fullmatch(gap) for gap in between[:-2]):
            found.append((group[:-2], group[-2:]))
    return found


def _has_class(reading: Reading, group: list[int]) -> bool:
    return any(reading.drugs[i].concept.kind == CLASS for i in group)
