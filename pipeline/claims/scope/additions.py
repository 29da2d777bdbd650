"""Drugs that are added to others: to what is named ("add A to B"), what is in use, or what the clause before gives."""

from __future__ import annotations

import itertools
import re
from collections.abc import Callable

from pipeline.claims.cues.matcher import Cue
from pipeline.claims.reading import Reading
from pipeline.claims.scope.partners import Combined
from pipeline.claims.scope.zone import Zone

THEN = re.compile(
    r"^[\s(),]*+(?:(?:therapy|treatment)\s*+)?(?P<word>with|and|plus|to|\+)\s++(?:(?:an?|the|either|ongoing|background|existing|initial|current|continued|chronic|regular|usual|daily|maintenance|first-line|long-term|maximally tolerated|any|other|another|second|conventional|standard|oral|intravenous|parenteral|intramuscular|topical|inhaled|systemic|low-dose|high-dose)\s++)*"
    # "with strong OATP1B1 inhibitors such as B"
    r"(?:(?:[\w-]+\s){1,4}(?:such\sas|like|including)\s)?$",
    re.IGNORECASE,
)
_UNDER = re.compile(
    r"(?>(?:^|[,;.])[^,;.]*?\b(?:progress\w*|uncontrolled|inadequate\w*|persist\w*|symptomatic|remains?)\b)[^,;.]*\b(?:on|with|despite|to|by)\s(?:\w+\s)?$"
)
_PLUS = re.compile(r"\s*(?:plus|\+|and|or|/|-|,)\s*(?:an?\s+)?", re.IGNORECASE)

# "if uncontrolled on A", "when A alone is not enough": A goes on; "if A is not tolerated" says that it does not.
_IN_USE = re.compile(
    r"\b(?:on|despite|under|taking|receiving|takes?|receives?|of|by|(?:\w*control\w*|respon\w+|persist\w*|symptom\w*|disease|tried|enough)\swith|response\sto)\s"
    r"(?:[\w-]+\s){0,3}$",
    re.IGNORECASE,
)
_FALLS_SHORT = re.compile(
    r"\s(?:therapy\s|treatment\s|monotherapy\s|dose\s)?(?:alone|exceeds|is\s(?:not\s(?:enough|sufficient)|insufficient|inadequate)|"
    r"does\snot|fails\sto)\b",
    re.IGNORECASE,
)
_GIVEN_UP = re.compile(
    r"contraindicat|toler|cannot|unavailab|not available|declin|allerg|refus|unsuitable|stopp|toxic|side effect|adverse|resist|"
    r"withdr|switch|discontinu|without|unable",
    re.IGNORECASE,
)
_SWITCH = re.compile(r"(?>(?:^|[,;])[^,;]*?\b(?:switch|chang))[^,;]*$", re.IGNORECASE)
_SUCH_AS = re.compile(r"[\s,(]*(?:\w+\s)?(?:such as|like|including|e\.g\.,?|for example)\s", re.IGNORECASE)
_IS_ADDED = re.compile(
    r"[\s,()]*(?:(?:is|are|may|can|should|could|must|be|then|also|usually|often|sometimes|only|therapy|treatment|considered|to)[\s,()]*)*",
    re.IGNORECASE,
)


def augment(
    reading: Reading, chains: list[int], blanked: str, base: list[int], cue: Cue, out: Combined
) -> None:
    """ "augment A with B or C": A is in use already; so it is in "B to augment A"."""
    if base and reading.text.endswith(" to ", 0, cue.start):
        added = [
            i for i, d in enumerate(reading.drugs) if d.end <= cue.start and chains[i] == chains[base[0] - 1]
        ]
        if added and not blanked[reading.drugs[added[-1]].end : cue.start - 3].strip():
            out.pair(added, base, cue)
            out.silent.update(base)
            return
    if not base or base[-1] + 1 >= len(reading.drugs):
        return
    following = base[-1] + 1
    gap = THEN.match(blanked[reading.drugs[base[-1]].end : reading.drugs[following].start])
    if gap and gap["word"] == "with":
        added = [k for k in range(following, len(chains)) if chains[k] == chains[following]]
        out.pair(added, base, cue)
        out.silent.update(base)


_IT_TO = re.compile(r"\s(?:it|them|this(?:\s(?:drug|agent))?)\sto\s(?:[\w-]+\s){0,3}", re.IGNORECASE)


def add_it_to(reading: Reading, chains: list[int], cue: Cue, out: Combined, against: bool) -> bool:
    """ "A: we suggest adding it to B": whether the words say so; B is in use already."""
    opened = _IT_TO.match(reading.text, cue.end)
    base = next((i for i, d in enumerate(reading.drugs) if d.start >= cue.end), None)
    if opened is None or base is None or opened.end() < reading.drugs[base].start:
        return False
    bases = [i for i in range(base, len(chains)) if chains[i] == chains[base]]
    before = [i for i, d in enumerate(reading.drugs) if d.end <= cue.start]
    added = [i for i in before if chains[i] == chains[before[-1]]]
    if added:
        # what must not be added is no partner elsewhere: "A is an option; do not add it to B"
        out.pair(added, bases, cue._replace(value="with" if against else "plus"))
    else:
        out.beside.update(bases)
    out.silent.update(bases)
    return True


def add_to(
    reading: Reading, chains: list[int], blanked: str, added: list[int], cue: Cue, out: Combined
) -> None:
    """ "add A to B"; "A can be added to B" is found by its own words."""
    if not added or added[-1] + 1 >= len(reading.drugs):
        return
    following = added[-1] + 1
    between = blanked[reading.drugs[added[-1]].end : reading.drugs[following].start]
    gap = THEN.match(between)
    # "add A if it progresses on B": B goes on.
    if _UNDER.search(between) or (gap and gap["word"] == "to"):
        base = [k for k in range(following, len(chains)) if chains[k] == chains[following]]
        if gap and gap["word"] == "to" and " plus " in blanked:
            base = plus_on(reading, blanked, base)  # "add A to B plus C"
        out.pair(added, base, cue)
        out.silent.update(base)


# "A for mild disease, B for severe disease, with C added": C is given beside B
_EACH_ITS_OWN = re.compile(r"\s(?:for|in|if|when)\s[^,;]{2,60}(?:,|;|,?\sand)\s", re.IGNORECASE)


def plus_on(reading: Reading, blanked: str, group: list[int]) -> list[int]:
    """What something is added to, with what stands beside it by "plus"."""
    group = list(group)
    while group[-1] + 1 < len(reading.drugs):
        gap = blanked[reading.drugs[group[-1]].end : reading.drugs[group[-1] + 1].start]
        if not _PLUS.fullmatch(gap):
            break
        group.append(group[-1] + 1)
    return group


def in_use(reading: Reading, zones: list[Zone]) -> list[int]:
    """The drugs that a statement tells to be in use already, by conditions and words on whom it is about: "if ... on A",
    "when A alone is not enough"."""
    found: list[int] = []
    for zone in zones:
        words = reading.text[zone.cue_start : zone.end]
        if zone.role not in ("conditional", "prior") or _GIVEN_UP.search(words):
            continue
        for i, drug in enumerate(reading.drugs):
            if not zone.holds(drug.start):
                continue
            after = reading.drugs[i - 1].end if i else 0
            joined = i - 1 in found and _PLUS.fullmatch(reading.text, after, drug.start)
            used = _IN_USE.search(reading.text, zone.cue_start, drug.start)
            if joined or used or _FALLS_SHORT.match(reading.text, drug.end):
                found.append(i)
    return found


def added_later(
    reading: Reading,
    chains: list[int],
    blanked: str,
    added: list[int],
    cue: Cue,
    out: Combined,
    clause_of: Callable[[int], int],
    direction: Callable[[int], str],
    usable: list[bool],
    zones: list[Zone],
) -> None:
    """ "Start A; add B if ...", "A is recommended, and B may be added", "if uncontrolled on A, add B": B is given beside A."""
    here = clause_of(cue.start)
    if reading.text[cue.start : cue.end].lower().startswith("added"):
        before = [i for i, d in enumerate(reading.drugs) if d.end <= cue.start and clause_of(d.start) == here]
        if before and _IS_ADDED.fullmatch(blanked, reading.drugs[before[-1]].end, cue.start):
            added = [i for i in before if chains[i] == chains[before[-1]] and usable[i]]
    if not added or direction(here) == "against" or not all(usable[i] for i in added):
        return
    if any(i in out.partners or i in out.beside or i in out.silent for i in added):
        return
    bases = [i for i in in_use(reading, zones) if i not in added]
    for k in range(here, -1, -1):
        if bases:
            break
        if k < here and direction(k) == "against":
            continue
        bases = [
            i
            for i, d in enumerate(reading.drugs[: added[0]])
            if usable[i]
            and i not in out.silent
            and d.end <= cue.start
            and clause_of(d.start) == k
            and not _SUCH_AS.match(reading.text, d.end)
        ]
    for a, b in reversed(list(itertools.pairwise(bases))):
        if _EACH_ITS_OWN.search(reading.text, reading.drugs[a].end, reading.drugs[b].start):
            bases = bases[bases.index(b) :]
            break
    if _SWITCH.search(reading.text, 0, cue.start):
        return  # "switch to A or add B"
    out.put_beside(added, bases, cue._replace(value="plus"))


# ", with cyclosporine 3 mg/kg/day added in severe cases"
_ADDED_FOR = re.compile(r"\s(?:added|reserved|kept|held)\s(?:in|if|when|where|for|only)\b", re.IGNORECASE)


def added_with(reading: Reading, start: int) -> int | None:
    """The drug behind "with" at `start` that, perhaps behind its dose, is said to be added or reserved for some."""
    index = next((i for i, d in enumerate(reading.drugs) if d.start >= start), None)
    if index is None:
        return None
    end = reading.drugs[index].end
    dose = next((d for d in reading.doses if 0 <= d.start - end <= 2), None)
    return index if _ADDED_FOR.match(reading.text, dose.end if dose else end) else None
