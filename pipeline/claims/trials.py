"""Sentences that tell what a named trial found: "In ALPHA-2, spironolactone lowered ...", "BETA and GAMMA showed that ..."."""

from __future__ import annotations

import re
from collections.abc import Iterable

from pipeline.claims.cues.matcher import Cue
from pipeline.vocabulary import Mention

_NAME = r"(?:[A-Z][A-Z0-9]+[a-z]*(?:[- ](?:[A-Z][A-Za-z]*|\d{1,3}))*)"
_NAMES = rf"(?P<names>{_NAME}(?:(?:,| and|, and) {_NAME})*)"
_IN = re.compile(rf"\W*In (?:the )?{_NAMES}(?: trials?| stud(?:y|ies))?,\s")
_LABEL = re.compile(rf"\W*(?P<names>{_NAME}):\s")
_SHOWED = re.compile(
    rf"\W*(?:The )?{_NAMES}(?: trials?| stud(?:y|ies))? (?:showed|demonstrated|found|established|confirmed|reported|proved)\b"
)
# What drugs did there: told in the past.
_DID = re.compile(
    r"\b(?:reduced|lowered|improved|increased|raised|prolonged|shortened|slowed|delayed|prevented|halved|doubled|tripled|cut|achieved|"
    r"produced|led|induced|relieved|outperformed|gave|kept|met|fell|rose|had|did|was|were (?:noninferior|superior|better|worse|similar|more|less|no|not))\b"
)
# Other verbs in the past, where nothing is said in the present: "In BETA, zinc lengthened survival".
_PAST = re.compile(r"\b(?!need)[a-z]{3,}(?:ed|ised|ized)\b")
_PRESENT = re.compile(
    r"\b(?:is|are|be|should|may|can|could|must|has|have|give|given|use|used|consider|start|add|avoid|offer|continue|recommends?|suggests?|needs?)\b",
    re.IGNORECASE,
)
# "In two pooled phase 3 trials, ...", "A randomised trial of 433 patients with sore throat found ..."
_STUDY = r"(?:trials?|stud(?:y|ies)|comparisons?|meta-analys[ei]s|cohorts?|registr(?:y|ies)|case series|analys[ei]s)"
_IN_STUDIES = re.compile(
    rf"\W*(?P<names>(?:In|Across) (?:an?|the|one|two|three|four|five|six|several|many|most|\d+)) [^,;:.()]{{0,80}}?\b{_STUDY}\b[^,;:]{{0,80}},\s"
)
_STUDIES_FOUND = re.compile(
    rf"\W*(?P<names>An?|The|One|Two|Three|Four|Several|Many|Most|Small|Large|Retrospective|Observational|Pooled|\d+) [^,;:.]{{0,80}}?\b{_STUDY}\b[^;:.]{{0,120}}?"
    r"\s(?:found|showed|reported|demonstrated|concluded|confirmed|observed)\s"
)


def of_trials(text: str, named: Iterable[Mention]) -> tuple[Cue, ...]:
    """The words at the beginning of a statement that name the trial whose result it tells; `named` are the drugs and
    diseases in it, whose abbreviations are no names of trials.

    >>> [text[c.start : c.end] for text in ("In ALPHA-2, zinc lowered it.",) for c in of_trials(text, ())]
    ['In ALPHA-2']
    >>> of_trials("In ICU patients, zinc lowered it.", ()), of_trials("In ALPHA-2, give zinc.", ())
    ((), ())
    """
    found = _IN.match(text) or _LABEL.match(text)
    if found is not None and not _tells_what_was(text, found.end()):
        return ()
    found = found or _SHOWED.match(text)
    if found is None:
        return _of_studies(text)
    start, end = found.span("names")
    if sum(map(str.isupper, text[start:end])) < 3 or any(m.start < end and start < m.end for m in named):
        return ()
    first = found.start() + len(found[0]) - len(found[0].lstrip(" \t•*-–"))
    return (Cue("EVIDENCE", "trial", first, end, "evidence.named-trial"),)


def _tells_what_was(text: str, start: int) -> bool:
    """Whether the words from `start` on tell what drugs did."""
    if _DID.search(text, start) is not None:
        return True
    return _PAST.search(text, start) is not None and _PRESENT.search(text, start) is None


def _of_studies(text: str) -> tuple[Cue, ...]:
    """The words that open a statement on what studies without a name found."""
    found = _IN_STUDIES.match(text)
    if found is not None and not _tells_what_was(text, found.end()):
        return ()
    found = found or _STUDIES_FOUND.match(text)
    return (Cue("EVIDENCE", "trial", *found.span("names"), "evidence.studies"),) if found else ()
