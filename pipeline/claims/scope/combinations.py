"""Combinations: which drugs a statement puts together, and which of them it only names as partners."""

from __future__ import annotations

import itertools
import re
from collections.abc import Callable

from pipeline.claims.cues.matcher import Cue
from pipeline.claims.reading import Reading
from pipeline.claims.scope.additions import THEN, add_it_to, add_to, added_later, added_with, augment, plus_on
from pipeline.claims.scope.beside import (
    BESIDE,
    COMMA_BESIDE,
    USUALLY_BESIDE,
    adjacent,
    both_together,
    closing,
    with_more,
)
from pipeline.claims.scope.exposures import avoided_together, beside_exposure
from pipeline.claims.scope.neighbours import after, any_of, before, without_others
from pipeline.claims.scope.partners import Combined, gaps
from pipeline.claims.scope.regimens import (
    AND,
    all_of,
    lists,
    regimen_name,
    said_together,
    with_a_choice,
    written_as_one,
)
from pipeline.claims.scope.zone import Zone
from pipeline.vocabulary.concept import PROCEDURE

_EACH = re.compile(
    r"\s(?:is|are|was|were|has|have|can|may|should|must|showed|reduced|improved)\b", re.IGNORECASE
)


def find_combinations(
    reading: Reading,
    chains: list[int],
    blanked: str,
    clause_of: Callable[[int], int],
    direction: Callable[[int], str],
    usable: list[bool],
    zones: list[Zone],
) -> Combined:
    """The combinations of a statement. `clause_of` gives the clause of a place, `direction` what a clause advises, `usable`
    which drugs are advised on at all."""

    def against(clause: int) -> bool:
        return direction(clause) == "against"

    out = Combined(apart={i for i, d in enumerate(reading.drugs) if d.concept.kind == PROCEDURE})
    plus: list[tuple[list[int], list[int], Cue]] = []
    cues = reading.with_shadows("COMBINE")
    for cue in cues:
        right = after(reading, chains, blanked, cue.end)
        if cue.rule == "combine.not-with" and beside_exposure(reading, cue.end - len(" with")):
            continue  # "bisphosphonates: not with food or calcium"
        if cue.value == "none":
            # "alone or in combination with B" limits nothing, and B is no advice.
            out.silent.update(right)
            continue
        if cue.rule == "combine.both" and right and _EACH.match(reading.text, reading.drugs[right[-1]].end):
            continue  # "both A and B were superior to placebo"
        if cue.value == "plus":
            left = before(reading, chains, blanked, cue.start)
            right = _same_zone(reading, zones, without_others(reading, blanked, right))
            if left and right:
                plus.append((left, right, cue))
                if all_of(reading, blanked, right):
                    out.pair(right, right, cue)
        elif cue.value == "of":
            _group(reading, chains, blanked, right, cue, out, against(clause_of(cue.start)))
        elif cue.value == "add":
            if not add_it_to(reading, chains, cue, out, against(clause_of(cue.start))):
                add_to(reading, chains, blanked, right, cue, out)
        elif cue.value == "augment":
            augment(reading, chains, blanked, right, cue, out)
        elif cue.value == "augmented":
            base = before(reading, chains, blanked, cue.start)
            out.pair(right, base, cue)
            out.silent.update(base if right else ())
        elif right:
            right = without_others(reading, blanked, right)
            _with(reading, chains, blanked, right, cue, out, clause_of, against, usable)
    if len(reading.drugs) < 2:
        return out
    _together(reading, chains, blanked, usable, out)
    beside = " with " in blanked
    if beside:
        adjacent(reading, chains, blanked, usable, out, BESIDE)
        _advised_apart(reading, out)
    _chain_plus(plus, out)
    _plus_of_one(plus, out)
    both_together(reading, clause_of, usable, out)
    if beside:
        with_more(reading, chains, blanked, out)
        adjacent(reading, chains, blanked, usable, out, COMMA_BESIDE)
        adjacent(reading, chains, blanked, usable, out, USUALLY_BESIDE)
        closing(reading, blanked, clause_of, direction, usable, out)
        _added_with(reading, clause_of, usable, out)
    for one, other in avoided_together(reading):
        if against(clause_of(reading.drugs[one].start)):
            place = reading.drugs[one].end
            out.pair([one], [other], Cue("COMBINE", "with", place, place, "combine.with-exposure"))
            out.silent.add(other)
    for cue in cues:
        if cue.value in ("add", "augment") or cue.rule == "combine.added-to":
            right = after(reading, chains, blanked, cue.end)
            if cue.value == "to" and right:
                continue
            added_later(reading, chains, blanked, right, cue, out, clause_of, direction, usable, zones)
    return out


def _same_zone(reading: Reading, zones: list[Zone], group: list[int]) -> list[int]:
    """A list without the drugs behind the end of the zone that it begins in ("After A plus B, C is used")."""
    told = [z for z in zones if z.role == "prior" and group and z.holds(reading.drugs[group[0]].start)]
    return [i for i in group if all(z.holds(reading.drugs[i].start) for z in told)]


_NEVER = re.compile(r"\b(?:avoid(?:ing)?|never|do\snot|don't)\b[^.;:]{0,60}$", re.IGNORECASE)


def _advised_apart(reading: Reading, out: Combined) -> None:
    """ "Avoid A with B": A is what is advised against, and B is what it must not stand beside."""
    for (a, b), cue in out.marks.items():
        if (
            cue.rule == "combine.adjacent"
            and a < b
            and _NEVER.search(reading.text, max(0, reading.drugs[a].start - 80), reading.drugs[a].start)
        ):
            out.silent.add(b)


_COMMA_WITH = re.compile(r",\swith\s", re.IGNORECASE)


def _added_with(reading: Reading, clause_of: Callable[[int], int], usable: list[bool], out: Combined) -> None:
    """ "A plus B, with C added in severe cases": C is given beside those before it."""
    for match in _COMMA_WITH.finditer(reading.text):
        added = added_with(reading, match.end())
        if added is None or not usable[added] or " added " not in reading.text[match.end() :]:
            continue
        here = clause_of(reading.drugs[added].start)
        bases = [i for i in range(added) if usable[i] and clause_of(reading.drugs[i].start) == here - 1]
        cue = Cue("COMBINE", "plus", match.end(), match.end(), "combine.added-with")
        out.put_beside(
            [added], sorted({*bases[-1:], *(out.partners.get(bases[-1], ()) if bases else ())}), cue
        )


def _together(reading: Reading, chains: list[int], blanked: str, usable: list[bool], out: Combined) -> None:
    """Lists that other words call one regimen."""
    groups = [group for group in lists(chains) if len(group) > 1]
    for group in said_together(reading, groups, blanked):
        end = reading.drugs[group[-1]].end
        out.pair(group, group, Cue("COMBINE", "plus", end, end, "combine.together"))
    for group in groups:
        name = regimen_name(reading, group, blanked)
        if name is not None:
            out.silent.add(name)
    for i, drug in enumerate(reading.drugs):
        later = range(i + 1, len(reading.drugs))
        if _NAMES_REGIMEN.match(reading.text, drug.end) and any(
            usable[k] and reading.drugs[k].concept == drug.concept for k in later
        ):
            out.silent.add(i)  # "clarithromycin triple therapy (clarithromycin 500 mg, ...)"
    for core, choice in with_a_choice(reading, groups, blanked):
        end = reading.drugs[core[-1]].end
        out.pair(core, [*core, *choice], Cue("COMBINE", "plus", end, end, "combine.and-either"))
    for group in written_as_one(reading):
        if all(usable[i] for i in group):
            end = reading.drugs[group[0]].end
            out.pair(group, group, Cue("COMBINE", "plus", end, end, "combine.hyphen"))
            out.one.append(group)


_NAMES_REGIMEN = re.compile(
    r"[\s-](?:(?:based|containing)\s)?(?:triple|quadruple|dual)[\s-](?:therapy|regimen)\b", re.IGNORECASE
)


def _plus_of_one(plus: list[tuple[list[int], list[int], Cue]], out: Combined) -> None:
    """ "A-B plus C": C stands beside both."""
    for left, right, cue in plus:
        for group in out.one:
            if group[-1] in left:
                out.pair(group, right, cue)
            elif group[0] in right:
                out.pair(left, group, cue)


def _chain_plus(plus: list[tuple[list[int], list[int], Cue]], out: Combined) -> None:
    groups: list[list[int]] = []
    for left, right, cue in plus:
        if not (groups and set(groups[-1]) == set(left)):
            groups = [left]
        for earlier in groups:
            out.pair(earlier, right, cue)
        groups.append(right)


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
        gap = THEN.match(blanked[end : reading.drugs[following].start])
        if gap and gap["word"] != "and":
            second = [k for k in range(following, len(chains)) if chains[k] == chains[following]]
            out.pair(first, second, cue)
            if gap["word"] == "to" or (against and gap["word"] not in ("plus", "+", "&")):
                out.silent.update(second)
            return
    if len(first) > 1:
        between = [
            blanked[reading.drugs[a].end : reading.drugs[b].start] for a, b in itertools.pairwise(first)
        ]
        between = [re.sub(r"\([^()]*\)", "", gap) for gap in between]
        choices = [bool(re.search(r"\bor\b|such as|including|\(", gap)) for gap in between]
        if not any(choices):
            out.pair(first, first, cue)
        elif choices[-1] and not any(choices[:-1]) and len(first) > 2 and _AND_LAST.fullmatch(between[-2]):
            # "combination of A, B, and C or D"
            out.pair(first[:-2], first, cue)


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
    left = before(reading, chains, blanked, cue.start)
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
    if cue.rule != "combine.accompany":
        left = _plus_before(reading, chains, blanked, left)
    if cue.value == "with" and left[-1] < right[0]:
        left = _and_before(reading, chains, blanked, left, cue, out)
    if cue.value == "to":
        left = any_of(reading, chains, blanked, left)
        right = plus_on(reading, blanked, right)
    elif (
        len(right) > 1
        and not against(here)
        and all(AND.fullmatch(_BRACKET.sub("", gap)) for gap in gaps(reading, blanked, _once(reading, right)))
    ):
        out.pair(right, right, cue)
    out.pair(left, right, cue)
    apart = against(here) or cue.rule == "combine.not-with"
    if cue.value == "to" or apart or _SPARES.match(reading.text, reading.drugs[right[-1]].end):
        out.silent.update(right)


_BRACKET = re.compile(r"\s\([^()]*\)")


def _once(reading: Reading, group: list[int]) -> list[int]:
    """A list without what a bracket says again ("immunoglobulin (IVIG)")."""
    return [
        i
        for n, i in enumerate(group)
        if not n
        or reading.drugs[i].concept != reading.drugs[group[n - 1]].concept
        or reading.text[reading.drugs[group[n - 1]].end : reading.drugs[i].start] != " ("
    ]


_AND_LAST = re.compile(r"(?:\s++|\s*+,\s++)and\s++(?:either\s++)?(?:[\w-]++\s++){0,2}", re.IGNORECASE)
_PLUS_SIGN = re.compile(r"\s*+(?:\)\s*+)?(?:plus|\+)\s++(?:an?\s++)?", re.IGNORECASE)


def _plus_before(reading: Reading, chains: list[int], blanked: str, group: list[int]) -> list[int]:
    """A list of drugs with those that "plus" puts before it ("A plus B together with C")."""
    first = group[0]
    while first and _PLUS_SIGN.fullmatch(blanked, reading.drugs[first - 1].end, reading.drugs[first].start):
        more = [i for i in range(first) if chains[i] == chains[first - 1]]
        group = [*more, *group]
        first = more[0]
    return group


def _and_before(
    reading: Reading, chains: list[int], blanked: str, group: list[int], cue: Cue, out: Combined
) -> list[int]:
    """A list before "with" whose last two "and" joins, all of it ("A and B in combination with C"); behind a comma it is
    one regimen ("A and B, together with C")."""
    whole = [i for i in range(len(chains)) if chains[i] == chains[group[-1]] and i <= group[-1]]
    between = gaps(reading, blanked, whole)
    if len(whole) <= len(group) or not all(AND.fullmatch(gap) for gap in between):
        return group
    if "," in blanked[reading.drugs[whole[-1]].end : cue.start]:
        out.pair(whole, whole, cue)
    return whole


_FOLLOWING = re.compile(r"\bof the following\b|\bthe following\b", re.IGNORECASE)
# "A is given with B to limit its toxicity": B is in use already, and A is what is advised.
_SPARES = re.compile(
    r"\s(?:therapy\s|treatment\s)?(?:in order\s)?to\s(?:limit|reduce|prevent|lessen|minimi[sz]e|mitigate|lower|avoid|counter|decrease)\b"
    r"[^,;.]{0,60}\b(?:toxicit(?:y|ies)|side effects?|adverse (?:effects?|events?|reactions?)|nephrotoxicity|neurotoxicity|neuropathy)\b",
    re.IGNORECASE,
)
