"""Sentences that tell what a named trial found: "In ALPHA-2, spironolactone lowered ...", "BETA and GAMMA showed that ..."."""

from __future__ import annotations

import re
from collections.abc import Iterable

from pipeline.claims.cues.matcher import Cue
from pipeline.vocabulary import Mention

_NAME = r"(?:[A-Z][A-Z0-9]+(?:[- ](?:[A-Z][A-Za-z]*|\d{1,3}))*)"
_NAMES = rf"(?P<names>{_NAME}(?:(?:,| and|, and) {_NAME})*)"
_IN = re.compile(rf"\W*In (?:the )?{_NAMES}(?: trials?| stud(?:y|ies))?,\s")
_SHOWED = re.compile(
    rf"\W*(?:The )?{_NAMES}(?: trials?| stud(?:y|ies))? (?:showed|demonstrated|found|established|confirmed|reported|proved)\b"
)
# What drugs did there: told in the past.
_DID = re.compile(
    r"\b(?:reduced|lowered|improved|increased|raised|prolonged|shortened|slowed|delayed|prevented|halved|doubled|tripled|cut|achieved|"
    r"produced|led|induced|relieved|outperformed|had|did|was|were (?:noninferior|superior|better|worse|similar|more|less|no|not))\b"
)


def of_trials(text: str, named: Iterable[Mention]) -> tuple[Cue, ...]:
    """The words at the beginning of a statement that name the trial whose result it tells; `named` are the drugs and
    diseases in it, whose abbreviations are no names of trials.

    >>> [text[c.start : c.end] for text in ("In ALPHA-2, zinc lowered it.",) for c in of_trials(text, ())]
    ['In ALPHA-2']
    >>> of_trials("In ICU patients, zinc lowered it.", ()), of_trials("In ALPHA-2, give zinc.", ())
    ((), ())
    """
    found = _IN.match(text)
    if found is not None and _DID.search(text, found.end()) is None:
        return ()
    found = found or _SHOWED.match(text)
    if found is None:
        return ()
    start, end = found.span("names")
    if sum(map(str.isupper, text[start:end])) < 3 or any(m.start < end and start < m.end for m in named):
        return ()
    first = found.start() + len(found[0]) - len(found[0].lstrip(" \t•*-–"))
    return (Cue("EVIDENCE", "trial", first, end, "evidence.named-trial"),)
