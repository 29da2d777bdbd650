"""Drugs that stand beside each other by "with" alone: "A with B", "A, usually with B", "A plus B, with C"; and both of two drugs."""

from __future__ import annotations

import re
from collections.abc import Callable

from pipeline.claims.cues.matcher import Cue
from pipeline.claims.reading import Reading
from pipeline.claims.scope.partners import Combined, gaps
from pipeline.claims.scope.regimens import AND

OR_ELSE = re.compile(r"\s*+,\s++or\b", re.IGNORECASE)
_KINDS = r"(?:(?:an?|IV|any|other|another|second|conventional|standard|nonselective|oral|either|low-dose|high-dose|intravenous|inhaled|topical|pegylated|liposomal|respiratory|short-term|long-term|concomitant|concurrent|adjunctive|systemic)\s++)*+"
BESIDE = re.compile(r"(?:\s++|\s*+\)\s++)(?:\([^()]{1,12}\)\s++)?(?:together )?with\s++" + _KINDS)
_USUALLY = r"(?:usually|often|generally|preferably|ideally|typically|always)\s"
COMMA_BESIDE = re.compile(
    rf"\s*+(?:\)\s*+)?,\s++(?:{_USUALLY}|each\s|both\s|either\s)?(?:together |along )?with\s++" + _KINDS
)
# "A is recommended for X, usually with B"
USUALLY_BESIDE = re.compile(
    r"\s(?:is|are)\s(?:\w+\s)?(?:recommended|preferred|suggested|used|indicated|given)\b(?:\s(?:for|in)\s[^,;()]{1,60})?"
    rf"(?:\s\([^()]*\))?,\s(?:{_USUALLY}|together\s|along\s)with\s" + _KINDS
)
# "A, with B as an alternative", "A, with B for those allergic to it": B is another choice; "A, with B to follow".
_FOR_OTHERS = re.compile(
    r"[\s,]*+(?:(?:or|and)\s\S+\s)?(?:\([^()]*\)\s)?\s*+(?:as|being|kept|held|reserved|preferred|used|added|only|if|when|where|in|to\sfollow|thereafter|afterwards?|"
    r"for\s(?!(?:the\s)?(?:first\s|at\sleast\s)?[\d.–-]+\s?(?:day|week|month)|\s))\b",
    re.IGNORECASE,
)
# "thrombolysis with alteplase": what is done, and with which drug.
_MEANS = re.compile(
    r"(?:lysis|coagulation|suppression|blockade|replacement|prophylaxis|(?<!deprivation )therapy|treatment)$",
    re.IGNORECASE,
)
_WITH_MORE = re.compile(rf",\s(?:together\s|along\s)?with\s(?:both\s)?{_KINDS}", re.IGNORECASE)


def _choice_before(reading: Reading, chains: list[int], blanked: str, k: int) -> list[int]:
    """The list of drug `k`, without what stands before its last ", or" where that begins another choice."""
    group = [i for i in range(len(chains)) if chains[i] == chains[k]]
    if k == group[0] + 1 and OR_ELSE.match(blanked, reading.drugs[k - 1].end):
        return group[1:]
    return group


def adjacent(
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
            and not (words is COMMA_BESIDE and _FOR_OTHERS.match(blanked, right.end))
        ):
            if (
                k in out.partners
                or (k + 1 in out.partners and not _one_regimen(chains, out, k + 1))
                or _MEANS.search(reading.text[left.start : left.end])
            ):
                continue
            cue = Cue("COMBINE", "plus", left.end, right.start, "combine.adjacent")
            a = _choice_before(reading, chains, blanked, k)
            b = [i for i in range(len(chains)) if chains[i] == chains[k + 1]]
            out.pair(a, b, cue)
            if len(b) > 1 and all(AND.fullmatch(gap) for gap in gaps(reading, blanked, b)):
                out.pair(b, b, cue)


def _one_regimen(chains: list[int], out: Combined, k: int) -> bool:
    """Whether a drug stands beside those of its own list alone, which a word behind it calls one regimen ("A with B and C
    is the first regimen")."""
    return all(
        chains[i] == chains[k] and out.marks[k, i].rule == "combine.together" for i in out.partners.get(k, ())
    )


def with_more(reading: Reading, chains: list[int], blanked: str, out: Combined) -> None:
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
        if _FOR_OTHERS.match(blanked, reading.drugs[more[-1]].end):
            continue  # "A plus B, with C and D as alternatives"
        group = sorted({k, *out.partners[k], *more} - out.silent)
        out.pair(group, group, Cue("COMBINE", "plus", place, place, "combine.with-more"))


_CLOSING = re.compile(
    rf"[^;:]{{1,160}}(?<![;:.]),\s(?:{_USUALLY})?(?:together\s|along\s)?with\s{_KINDS}", re.IGNORECASE
)
_CLOSED = re.compile(r"(?:\s|\([^()]*\)|\[[^\[\]]*\]|[\d,–-])*(?:[.;]\s|[.;]?$)")


def closing(
    reading: Reading,
    blanked: str,
    clause_of: Callable[[int], int],
    direction: Callable[[int], str],
    usable: list[bool],
    out: Combined,
) -> None:
    """ "A for 3 days followed by a taper, with B" at the end: B is given beside the one drug of the clause before it."""
    for k in range(1, len(reading.drugs)):
        left, right = reading.drugs[k - 1], reading.drugs[k]
        here = clause_of(left.start)
        if (
            usable[k - 1]
            and usable[k]
            and not out.partners.keys() & {k - 1, k}
            and direction(here) != "against"
            and _CLOSED.match(blanked, right.end)
            and _CLOSING.fullmatch(blanked, left.end, right.start)
            and not any(i != k - 1 and clause_of(d.start) == here for i, d in enumerate(reading.drugs[:k]))
        ):
            out.pair([k - 1], [k], Cue("COMBINE", "plus", right.start, right.start, "combine.closing"))


_BOTH = re.compile(
    r"\b(?:the two|these two|both|the latter two)\b[^.;,()]{0,60}\b(?:together|combined|concurrently|simultaneously|at the same time)\b",
    re.IGNORECASE,
)


def both_together(
    reading: Reading, clause_of: Callable[[int], int], usable: list[bool], out: Combined
) -> None:
    """ "A or B, but the two should not be given together": both drugs of the clause before."""
    for match in _BOTH.finditer(reading.text) if "oth " in reading.text or " two " in reading.text else ():
        here = clause_of(match.start())
        if any(clause_of(d.start) == here for d in reading.drugs):
            continue
        before = [i for i, d in enumerate(reading.drugs) if usable[i] and clause_of(d.start) == here - 1]
        if len(before) == 2:
            out.pair(
                before, before, Cue("COMBINE", "with", match.start(), match.end(), "combine.both-together")
            )
