"""The drugs right before and right behind the words of a combination."""

from __future__ import annotations

import itertools
import re

from pipeline.claims.reading import Reading
from pipeline.claims.scope.beside import OR_ELSE

_SIGNS = r"(?:[\s,)/-]|\((?![a-z][a-z0-9-]{1,8}\)))*+"  # without the bracket of an abbreviation
_GAP = re.compile(
    rf"^{_SIGNS}(?:(?:(?:is|are|be|being|usually|often|may|can|should|also|when|used|given|therapy|treatment|either|the|an?|other|another|any|existing|background|"
    r"oral|standard|both|low-dose|high-dose|ongoing|of|at|mg|doses?|loading|single|starting|once|twice|three|times|daily|nightly|weekly|indefinitely|lifelong|"
    r"(?:modified|extended|sustained|controlled|delayed|immediate)-release|XR|ER|SR|XL|hourly|drops?|eye|eyedrops?|gel|cream|ointment)\b|"
    rf"[\d.]++%|\([a-z][a-z0-9-]{{1,8}}\)){_SIGNS})*+$",
    re.IGNORECASE,
)
# "A 500 mg (1 g if weight ≥150 kg) plus B"
_OF_SOME = re.compile(r"\(\s*(?:if|for|in|when)\s[^()]{1,60}\)", re.IGNORECASE)
# "A 180 mg load, then 90 mg twice daily plus B"
_THEN_DOSE = re.compile(r"(?:\s(?:load|bolus))?,?\s(?:and\s)?then\s+$", re.IGNORECASE)
_CHOICES = re.compile(r"\bor\b|[,;:]", re.IGNORECASE)
_PLUS_AHEAD = re.compile(r"\bplus\b|\+", re.IGNORECASE)
_ALONE = re.compile(
    r"(?:\s\([^()]*\))?\s(?:used\s|given\s)?(?:alone|monotherapy|as monotherapy)\b", re.IGNORECASE
)
_OR_ALSO = re.compile(r"\s*+(?:,\s*+)?or\b", re.IGNORECASE)
_WITH_NEXT = re.compile(r"[\s)]*(?:plus|\+|with|in combination with|combined with)\s", re.IGNORECASE)


def after(reading: Reading, chains: list[int], blanked: str, place: int) -> list[int]:
    """The list of drugs that begins right behind a place."""
    for i, drug in enumerate(reading.drugs):
        if drug.start >= place:
            if _GAP.match(blanked[place : drug.start]) or (
                drug.start - place < 30 and not re.search(r"[,;:.]", blanked[place : drug.start])
            ):
                return [k for k in range(i, len(chains)) if chains[k] == chains[i]]
            return []
    return []


def before(reading: Reading, chains: list[int], blanked: str, place: int) -> list[int]:
    """The drugs right before a place that what follows holds for: the last of a list, or all of a choice."""
    last = -1
    for i, drug in enumerate(reading.drugs):
        if drug.end <= place:
            last = i
    gap = _OF_SOME.sub(" ", blanked[reading.drugs[last].end : place]) if last >= 0 else ""
    if "then " in gap:
        gap = _THEN_DOSE.sub(" ", gap)
    if last < 0 or not _GAP.match(gap):
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
        if "(" in gap and ")" not in blanked[reading.drugs[last].end : place]:
            break  # "dual therapy (A plus B)": inside the bracket
        if _PLUS_AHEAD.search(_CHOICES.split(blanked[: reading.drugs[k].start])[-1]):
            break  # "A plus B or C plus D": two regimens
        if OR_ELSE.match(gap) and not (k and chains[k - 1] == chains[k]):
            break  # "A, or B plus C": A alone
        group.insert(0, k)
    return group


def without_others(reading: Reading, blanked: str, group: list[int]) -> list[int]:
    """A list behind "plus" without what begins another choice: "A plus B, or C alone", "A plus B, or C with D"."""
    if len(group) > 1 and _ALONE.match(reading.text, reading.drugs[group[-1]].end):
        return group[:-1]
    for n, i in enumerate(group[1:], 1):
        gap = blanked[reading.drugs[i - 1].end : reading.drugs[i].start]
        if _OR_ALSO.match(gap) and _WITH_NEXT.match(blanked, reading.drugs[i].end):
            return group[:n]
    return group


def any_of(reading: Reading, chains: list[int], blanked: str, group: list[int]) -> list[int]:
    """ "A, B, or C is added to D": each of them is."""
    listed = [i for i in range(group[-1] + 1) if chains[i] == chains[group[-1]]]
    between = [blanked[reading.drugs[a].end : reading.drugs[b].start] for a, b in itertools.pairwise(listed)]
    choice = len(listed) > 2 and _OR_ALSO.match(between[-1]) is not None
    return listed if choice and all(gap.strip() == "," for gap in between[:-1]) else group
