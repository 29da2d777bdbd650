"""Combinations: which drugs a statement puts together, and which of them it only names as partners."""

from __future__ import annotations

import itertools
import re
from collections.abc import Callable

from pipeline.claims.cues.matcher import Cue
from pipeline.claims.reading import Reading
from pipeline.claims.scope.additions import THEN, add_to, added_later, augment, plus_on
from pipeline.claims.scope.partners import Combined, gaps
from pipeline.claims.scope.regimens import AND, lists, regimen_name, said_together, with_a_choice
from pipeline.claims.scope.zones import Zone
from pipeline.vocabulary.concept import PROCEDURE

_GAP = re.compile(
    r"^[\s,()/-]*(?:(?:is|are|be|being|usually|often|may|can|should|also|when|used|given|therapy|treatment|either|the|a|an|other|another|any|existing|background|oral|standard|both|low-dose|high-dose|ongoing|of|at|mg|dose|doses|once|twice|three|times|daily|\([A-Z][A-Za-z0-9-]{1,8}\))[\s,()/-]*)*$",
    re.IGNORECASE,
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
                if len(right) > 1 and all(_ALL.fullmatch(g) for g in gaps(reading, blanked, right)):
                    out.pair(right, right, cue)
        elif cue.value == "of":
            _group(reading, chains, blanked, right, cue, out, against(clause_of(cue.start)))
        elif cue.value == "add":
            add_to(reading, chains, blanked, right, cue, out)
        elif cue.value == "augment":
            augment(reading, chains, blanked, right, cue, out)
        elif right:
            _with(reading, chains, blanked, right, cue, out, clause_of, against, usable)
    _together(reading, chains, blanked, usable, out)
    _adjacent(reading, chains, blanked, usable, out, _BESIDE)
    _chain_plus(plus, out)
    _with_more(reading, chains, blanked, out)
    _both_together(reading, clause_of, usable, out)
    _adjacent(reading, chains, blanked, usable, out, _COMMA_BESIDE)
    _adjacent(reading, chains, blanked, usable, out, _USUALLY_BESIDE)
    for cue in reading.by_label.get("COMBINE", ()):
        if cue.value == "add" or cue.rule == "combine.added-to":
            right = _after(reading, chains, blanked, cue.end)
            if cue.value == "to" and right:
                continue
            added_later(reading, chains, right, cue, out, clause_of, direction, usable, zones)
    return out


def _together(reading: Reading, chains: list[int], blanked: str, usable: list[bool], out: Combined) -> None:
    """Lists that other words call one regimen."""
    for group in said_together(reading, chains, blanked):
        end = reading.drugs[group[-1]].end
        out.pair(group, group, Cue("COMBINE", "plus", end, end, "combine.together"))
    for group in lists(chains):
        name = regimen_name(reading, group, blanked)
        if name is not None:
            out.silent.add(name)
    for core, choice in with_a_choice(reading, chains, blanked):
        end = reading.drugs[core[-1]].end
        out.pair(core, [*core, *choice], Cue("COMBINE", "plus", end, end, "combine.and-either"))
    for k in range(len(reading.drugs) - 1):
        end = reading.drugs[k].end
        if (
            reading.drugs[k + 1].start - end == 1
            and reading.text[end] in "-–"
            and usable[k]
            and usable[k + 1]
        ):
            out.pair([k], [k + 1], Cue("COMBINE", "plus", end, end, "combine.hyphen"))


_ALONE = re.compile(
    r"(?:\s\([^()]*\))?\s(?:used\s|given\s)?(?:alone|monotherapy|as monotherapy)\b", re.IGNORECASE
)


def _without_alone(reading: Reading, group: list[int]) -> list[int]:
    """Without the last of a list that is given alone: "A plus B, or C alone"."""
    if len(group) > 1 and _ALONE.match(reading.text, reading.drugs[group[-1]].end):
        return group[:-1]
    return group


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
            if len(b) > 1 and all(AND.fullmatch(gap) for gap in gaps(reading, blanked, b)):
                out.pair(b, b, cue)


_KINDS = r"(?:(?:an?|either|low-dose|high-dose|oral|intravenous|inhaled|topical|pegylated|liposomal|respiratory)\s+)*"
_BESIDE = re.compile(r"\s*\)?\s+(?:\([^()]{1,12}\)\s+)?\s*(?:together )?with\s+" + _KINDS)
_USUALLY = r"(?:usually|often|generally|preferably|ideally|typically|always)\s"
_COMMA_BESIDE = re.compile(rf"\s*\)?\s*,\s+(?:{_USUALLY})?(?:together |along )?with\s+" + _KINDS)
# "A is recommended for X, usually with B"
_USUALLY_BESIDE = re.compile(
    r"\s(?:is|are)\s(?:\w+\s)?(?:recommended|preferred|suggested|used|indicated|given)\b(?:\s(?:for|in)\s[^,;()]{1,60})?"
    rf"(?:\s\([^()]*\))?,\s(?:{_USUALLY}|together\s|along\s)with\s" + _KINDS
)
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
        if len(more) > 1 and not all(AND.fullmatch(g) for g in gaps(reading, blanked, more)):
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
        gap = THEN.match(blanked[end : reading.drugs[following].start])
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


_BOTH = re.compile(
    r"\b(?:the two|these two|both|the latter two)\b[^.;,()]{0,60}\b(?:together|combined|concurrently|simultaneously|at the same time)\b",
    re.IGNORECASE,
)


def _both_together(
    reading: Reading, clause_of: Callable[[int], int], usable: list[bool], out: Combined
) -> None:
    """ "A or B, but the two should not be given together": both drugs of the clause before."""
    for match in _BOTH.finditer(reading.text):
        here = clause_of(match.start())
        if any(clause_of(d.start) == here for d in reading.drugs):
            continue
        before = [i for i, d in enumerate(reading.drugs) if usable[i] and clause_of(d.start) == here - 1]
        if len(before) == 2:
            out.pair(
                before, before, Cue("COMBINE", "with", match.start(), match.end(), "combine.both-together")
            )


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
    if cue.rule != "combine.accompany":
        left = _plus_before(reading, chains, blanked, left)
    if cue.value == "to":
        right = plus_on(reading, chains, blanked, right)
    elif (
        len(right) > 1
        and not against(here)
        and all(AND.fullmatch(gap) for gap in gaps(reading, blanked, right))
    ):
        out.pair(right, right, cue)
    out.pair(left, right, cue)
    if cue.value == "to" or against(here) or _SPARES.match(reading.text, reading.drugs[right[-1]].end):
        out.silent.update(right)


_PLUS_SIGN = re.compile(r"\s*\)?\s*(?:plus|\+)\s+(?:an?\s+)?", re.IGNORECASE)


def _plus_before(reading: Reading, chains: list[int], blanked: str, group: list[int]) -> list[int]:
    """A list of drugs with those that "plus" puts before it ("A plus B together with C")."""
    first = group[0]
    while first and _PLUS_SIGN.fullmatch(blanked, reading.drugs[first - 1].end, reading.drugs[first].start):
        more = [i for i in range(first) if chains[i] == chains[first - 1]]
        group = [*more, *group]
        first = more[0]
    return group


_OR_ELSE = re.compile(r"\s*,\s+or\b", re.IGNORECASE)
_FOLLOWING = re.compile(r"\bof the following\b|\bthe following\b", re.IGNORECASE)
# "A is given with B to limit its toxicity": B is in use already, and A is what is advised.
_SPARES = re.compile(
    r"\s(?:therapy\s|treatment\s)?(?:in order\s)?to\s(?:limit|reduce|prevent|lessen|minimi[sz]e|mitigate|lower|avoid|counter|decrease)\b"
    r"[^,;.]{0,60}\b(?:toxicit(?:y|ies)|side effects?|adverse (?:effects?|events?|reactions?)|nephrotoxicity|neurotoxicity|neuropathy)\b",
    re.IGNORECASE,
)
