"""Combinations: which drugs a statement puts together, and which of them it only names as partners."""

from __future__ import annotations

import itertools
import re
from collections.abc import Callable
from dataclasses import dataclass, field

from pipeline.claims.cues.matcher import Cue
from pipeline.claims.reading import Reading
from pipeline.claims.scope.regimens import AND, said_together
from pipeline.vocabulary.concept import PROCEDURE

_GAP = re.compile(
    r"^[\s,()/-]*(?:(?:is|are|be|being|usually|often|may|can|should|also|when|used|given|therapy|treatment|either|the|a|an|other|another|any|existing|background|oral|standard|both|low-dose|high-dose|ongoing|of|at|mg)[\s,()/-]*)*$",
    re.IGNORECASE,
)
_THEN = re.compile(
    r"^[\s(),]*(?:therapy|treatment)?\s*(?P<word>with|and|plus|to|\+)\s+(?:an?\s+|the\s+|either\s+|ongoing\s+|background\s+|existing\s+|maximally tolerated\s+|any\s+|other\s+|oral\s+|intravenous\s+|parenteral\s+|intramuscular\s+|topical\s+|inhaled\s+|systemic\s+|low-dose\s+|high-dose\s+)*$",
    re.IGNORECASE,
)


_UNDER = re.compile(
    r"\b(?:progress\w*|uncontrolled|inadequate\w*|persist\w*|symptomatic|remains?)\b[^,;.]*\b(?:on|with|despite|to|by)\s(?:\w+\s)?$"
)


@dataclass(slots=True)
class Combined:
    """`partners` of each drug (by index); `silent` drugs are partners only and get no row of their own.

    `beside` are the drugs put beside something that the statement does not name itself ("this"); `apart` procedures,
    which are no drugs of a combination.
    """

    partners: dict[int, set[int]] = field(default_factory=dict)
    silent: set[int] = field(default_factory=set)
    beside: set[int] = field(default_factory=set)
    apart: set[int] = field(default_factory=set)
    marks: dict[tuple[int, int], Cue] = field(default_factory=dict)

    def pair(self, left: list[int], right: list[int], cue: Cue) -> None:
        """Makes each of `left` a partner of each of `right`, and the other way round."""
        left = [i for i in left if i not in self.apart]
        right = [i for i in right if i not in self.apart]
        for a in left:
            for b in right:
                if a != b:
                    self.partners.setdefault(a, set()).add(b)
                    self.partners.setdefault(b, set()).add(a)
                    self.marks.setdefault((a, b), cue)
                    self.marks.setdefault((b, a), cue)


def find_combinations(
    reading: Reading,
    chains: list[int],
    blanked: str,
    clause_of: Callable[[int], int],
    against: Callable[[int], bool],
    usable: list[bool],
) -> Combined:
    """The combinations of a statement. `clause_of` gives the clause of a place, `against` whether a clause advises
    against, `usable` which drugs are advised on at all."""
    out = Combined(apart={i for i, d in enumerate(reading.drugs) if d.concept.kind == PROCEDURE})
    plus: list[tuple[list[int], list[int], Cue]] = []
    for cue in reading.by_label.get("COMBINE", ()):
        right = _after(reading, chains, blanked, cue.end)
        if cue.value == "none":
            # "alone or in combination with B" limits nothing, and B is no advice.
            out.silent.update(right)
            continue
        if cue.value == "plus":
            left = _before(reading, chains, blanked, cue.start)
            right = _without_alone(reading, right)
            if left and right:
                plus.append((left, right, cue))
                if len(right) > 1 and all(_ALL.fullmatch(g) for g in _gaps(reading, blanked, right)):
                    out.pair(right, right, cue)
        elif cue.value == "of":
            _group(reading, chains, blanked, right, cue, out, against(clause_of(cue.start)))
        elif cue.value == "add":
            _add_to(reading, chains, blanked, right, cue, out)
        elif cue.value == "augment":
            _augment(reading, chains, blanked, right, cue, out)
        elif right:
            _with(reading, chains, blanked, right, cue, out, clause_of, against, usable)
    _together(reading, chains, blanked, out)
    _adjacent(reading, chains, blanked, usable, out, _BESIDE)
    _chain_plus(plus, out)
    _with_more(reading, chains, blanked, out)
    _adjacent(reading, chains, blanked, usable, out, _COMMA_BESIDE)
    return out


def _together(reading: Reading, chains: list[int], blanked: str, out: Combined) -> None:
    """Lists that other words call one regimen."""
    for group in said_together(reading, chains, blanked):
        end = reading.drugs[group[-1]].end
        out.pair(group, group, Cue("COMBINE", "plus", end, end, "combine.together"))


_ALONE = re.compile(
    r"(?:\s\([^()]*\))?\s(?:used\s|given\s)?(?:alone|monotherapy|as monotherapy)\b", re.IGNORECASE
)


def _without_alone(reading: Reading, group: list[int]) -> list[int]:
    """Without the last of a list that is given alone: "A plus B, or C alone"."""
    if len(group) > 1 and _ALONE.match(reading.text, reading.drugs[group[-1]].end):
        return group[:-1]
    return group


def _augment(
    reading: Reading, chains: list[int], blanked: str, base: list[int], cue: Cue, out: Combined
) -> None:
    """ "augment A with B or C": A is in use already."""
    if not base or base[-1] + 1 >= len(reading.drugs):
        return
    following = base[-1] + 1
    gap = _THEN.match(blanked[reading.drugs[base[-1]].end : reading.drugs[following].start])
    if gap and gap["word"] == "with":
        added = [k for k in range(following, len(chains)) if chains[k] == chains[following]]
        out.pair(added, base, cue)
        out.silent.update(base)


def _adjacent(
    reading: Reading,
    chains: list[int],
    blanked: str,
    usable: list[bool],
    out: Combined,
    words: re.Pattern[str],
) -> None:
    """ "A with B" without more words."""
    for k in range(len(reading.drugs) - 1):
        left, right = reading.drugs[k], reading.drugs[k + 1]
        if (
            usable[k]
            and usable[k + 1]
            and words.fullmatch(blanked[left.end : right.start])
            and not (words is _COMMA_BESIDE and _FOR_OTHERS.match(blanked, right.end))
        ):
            if (
                k in out.partners
                or k + 1 in out.partners
                or _MEANS.search(reading.text[left.start : left.end])
            ):
                continue
            cue = Cue("COMBINE", "plus", left.end, right.start, "combine.adjacent")
            a = [i for i in range(len(chains)) if chains[i] == chains[k]]
            b = [i for i in range(len(chains)) if chains[i] == chains[k + 1]]
            out.pair(a, b, cue)
            if len(b) > 1 and all(AND.fullmatch(gap) for gap in _gaps(reading, blanked, b)):
                out.pair(b, b, cue)


_KINDS = r"(?:(?:an?|either|low-dose|high-dose|oral|intravenous|inhaled|topical|pegylated|liposomal|respiratory)\s+)*"
_BESIDE = re.compile(r"\s*\)?\s+(?:\([^()]{1,12}\)\s+)?\s*(?:together )?with\s+" + _KINDS)
_COMMA_BESIDE = re.compile(r"\s*\)?\s*,\s+(?:together |along )?with\s+" + _KINDS)
# "A, with B as an alternative", "A, with B for those allergic to it": B is another choice.
_FOR_OTHERS = re.compile(
    r"[\s,]*(?:(?:or|and)\s\S+\s)?(?:\([^()]*\)\s)?\s*(?:as|being|kept|held|reserved|preferred|used|added|only|if|when|where|in|"
    r"for\s(?!(?:the\s)?(?:first\s|at\sleast\s)?[\d.–-]+\s?(?:day|week|month)|\s))\b",
    re.IGNORECASE,
)
# "thrombolysis with alteplase": what is done, and with which drug.
_MEANS = re.compile(r"(?:lysis|coagulation|suppression|blockade|replacement|prophylaxis)$", re.IGNORECASE)
# "plus B and C": both; "plus B, C or D" leaves the choice.
_ALL = re.compile(r"\s*,?\s+and\s+(?:an?\s+|oral\s+|low-dose\s+)?", re.IGNORECASE)
_WITH_MORE = re.compile(r",\s(?:together\s|along\s)?with\s(?:an?\s|oral\s|both\s)?", re.IGNORECASE)


def _with_more(reading: Reading, chains: list[int], blanked: str, out: Combined) -> None:
    """ "A plus B, with C and D" is one regimen."""
    for k in range(len(reading.drugs) - 1):
        if k not in out.partners or k + 1 in out.partners:
            continue
        place = reading.drugs[k].end
        gap = re.sub(r"\s+", " ", blanked[place : reading.drugs[k + 1].start]).replace(" ,", ",")
        if not _WITH_MORE.fullmatch(gap):
            continue
        more = [i for i in range(len(chains)) if chains[i] == chains[k + 1]]
        if len(more) > 1 and not all(AND.fullmatch(g) for g in _gaps(reading, blanked, more)):
            continue
        group = sorted({k, *out.partners[k], *more} - out.silent)
        out.pair(group, group, Cue("COMBINE", "plus", place, place, "combine.with-more"))


def _chain_plus(plus: list[tuple[list[int], list[int], Cue]], out: Combined) -> None:
    groups: list[list[int]] = []
    for left, right, cue in plus:
        if not (groups and set(groups[-1]) == set(left)):
            groups = [left]
        for earlier in groups:
            out.pair(earlier, right, cue)
        groups.append(right)


def _after(reading: Reading, chains: list[int], blanked: str, place: int) -> list[int]:
    for i, drug in enumerate(reading.drugs):
        if drug.start >= place:
            if _GAP.match(blanked[place : drug.start]) or (
                drug.start - place < 30 and not re.search(r"[,;:.]", blanked[place : drug.start])
            ):
                return [k for k in range(i, len(chains)) if chains[k] == chains[i]]
            return []
    return []


def _before(reading: Reading, chains: list[int], blanked: str, place: int) -> list[int]:
    last = -1
    for i, drug in enumerate(reading.drugs):
        if drug.end <= place:
            last = i
    if last < 0 or not _GAP.match(blanked[reading.drugs[last].end : place]):
        return []
    group = [last]
    if ")" in blanked[reading.drugs[last].end : place]:
        # "a beta-lactam (A, B, or C) plus D": the class with all its members.
        opened = blanked.rfind("(", 0, reading.drugs[last].start)
        inside = [k for k in range(last) if reading.drugs[k].start > opened >= 0]
        head = [k for k in range(last) if 0 <= opened - reading.drugs[k].end <= 1]
        group = [*head, *inside, last] if head else group
    # "A or B plus C": both; "A, B plus C": the nearer only.
    for k in range(last - 1, -1, -1):
        gap = blanked[reading.drugs[k].end : reading.drugs[k + 1].start]
        if chains[k] != chains[last] or not re.search(r"\bor\b|such as|including|\(", gap):
            break
        if _OR_ELSE.match(gap) and not (k and chains[k - 1] == chains[k]):
            break  # "A, or B plus C": A alone
        group.insert(0, k)
    return group


def _group(
    reading: Reading,
    chains: list[int],
    blanked: str,
    first: list[int],
    cue: Cue,
    out: Combined,
    against: bool,
) -> None:
    """ "combination of A and B", "combine A with B"."""
    if not first:
        return
    end = reading.drugs[first[-1]].end
    following = first[-1] + 1
    if following < len(reading.drugs):
        gap = _THEN.match(blanked[end : reading.drugs[following].start])
        if gap and gap["word"] != "and":
            second = [k for k in range(following, len(chains)) if chains[k] == chains[following]]
            out.pair(first, second, cue)
            if against or gap["word"] == "to":
                out.silent.update(second)
            return
    if len(first) > 1:
        between = [
            blanked[reading.drugs[a].end : reading.drugs[b].start] for a, b in itertools.pairwise(first)
        ]
        between = [re.sub(r"\([^()]*\)", "", gap) for gap in between]
        if not any(re.search(r"\bor\b|such as|including|\(", gap) for gap in between):
            out.pair(first, first, cue)


def _add_to(
    reading: Reading, chains: list[int], blanked: str, added: list[int], cue: Cue, out: Combined
) -> None:
    """ "add A to B"; "A can be added to B" is found by its own words."""
    if not added or added[-1] + 1 >= len(reading.drugs):
        return
    following = added[-1] + 1
    between = blanked[reading.drugs[added[-1]].end : reading.drugs[following].start]
    if _UNDER.search(between):
        # "add A if it progresses on B": B goes on.
        base = [k for k in range(following, len(chains)) if chains[k] == chains[following]]
        out.pair(added, base, cue)
        out.silent.update(base)
        return
    gap = _THEN.match(blanked[reading.drugs[added[-1]].end : reading.drugs[following].start])
    if gap and gap["word"] == "to":
        base = [k for k in range(following, len(chains)) if chains[k] == chains[following]]
        out.pair(added, base, cue)
        out.silent.update(base)


def _with(
    reading: Reading,
    chains: list[int],
    blanked: str,
    right: list[int],
    cue: Cue,
    out: Combined,
    clause_of: Callable[[int], int],
    against: Callable[[int], bool],
    usable: list[bool],
) -> None:
    """ "A in combination with B", "A added to B", "in combination with B, A ..."."""
    here = clause_of(cue.start)
    left = _before(reading, chains, blanked, cue.start)
    if not left:
        left = [
            i
            for i, d in enumerate(reading.drugs)
            if d.end <= cue.start and clause_of(d.start) == here and usable[i] and i not in right
        ]
    if not left and here > 0:
        left = [
            i
            for i, d in enumerate(reading.drugs)
            if d.end <= cue.start and clause_of(d.start) == here - 1 and usable[i] and i not in right
        ]
    if not left:
        later = [
            i
            for i, d in enumerate(reading.drugs)
            if i > right[-1] and clause_of(d.start) == here and usable[i] and i not in right
        ]
        left = later
        if later:
            out.silent.update(right)
    if not left:
        out.beside.update(right)
        if _FOLLOWING.search(reading.text, 0, cue.end):
            out.silent.update(right)  # "add one of the following to B:"
        return
    if cue.value == "to":
        right = _plus_on(reading, chains, blanked, right)
    elif (
        len(right) > 1
        and not against(here)
        and all(AND.fullmatch(gap) for gap in _gaps(reading, blanked, right))
    ):
        out.pair(right, right, cue)
    out.pair(left, right, cue)
    if cue.value == "to" or against(here) or _SPARES.match(reading.text, reading.drugs[right[-1]].end):
        out.silent.update(right)


_OR_ELSE = re.compile(r"\s*,\s+or\b", re.IGNORECASE)
_FOLLOWING = re.compile(r"\bof the following\b|\bthe following\b", re.IGNORECASE)
# "A is given with B to limit its toxicity": B is in use already, and A is what is advised.
_SPARES = re.compile(
    r"\s(?:therapy\s|treatment\s)?(?:in order\s)?to\s(?:limit|reduce|prevent|lessen|minimi[sz]e|mitigate|lower|avoid|counter|decrease)\b"
    r"[^,;.]{0,60}\b(?:toxicit(?:y|ies)|side effects?|adverse (?:effects?|events?|reactions?)|nephrotoxicity|neurotoxicity|neuropathy)\b",
    re.IGNORECASE,
)


_PLUS = re.compile(r"\s*(?:plus|\+|and|or|/|-|,)\s*(?:an?\s+)?", re.IGNORECASE)


def _gaps(reading: Reading, blanked: str, group: list[int]) -> list[str]:
    return [blanked[reading.drugs[a].end : reading.drugs[b].start] for a, b in itertools.pairwise(group)]


def _plus_on(reading: Reading, chains: list[int], blanked: str, group: list[int]) -> list[int]:
    """What something is added to, with what stands beside it by "plus"."""
    group = list(group)
    while group[-1] + 1 < len(reading.drugs):
        gap = blanked[reading.drugs[group[-1]].end : reading.drugs[group[-1] + 1].start]
        if not _PLUS.fullmatch(gap):
            break
        group.append(group[-1] + 1)
    return group
