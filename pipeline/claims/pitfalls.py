"""Lists of mistakes: "Using antibiotics for viral bronchitis" under "Common Pitfalls" advises against it."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence

_LISTS = re.compile(r"\b(?:pitfalls?|mistakes?|errors?)\b", re.IGNORECASE)
# a heading that the bullets below it complete
_FORBIDS = re.compile(
    r"\W*(?:what\s(?:you\s(?:should|must)\s)?not\sto\sdo|things\snot\sto\sdo|do\snots?|don['’]?ts?|never)\W*$",
    re.IGNORECASE,
)
_SAYS_ITSELF = re.compile(
    r"\W*(?:do\snot|don['’]t|never|avoid|no|not|stop|withhold|discontinue|delay|omit|ignore|forget)\b|"
    r"[^.;:(]*?\b(?:should|must|may|can|is|are|was|were|has|have)\b",
    re.IGNORECASE,
)
_LEFT_OUT = re.compile(
    r"\W*(?:\w+ly\s)?(?:stop|withhold|discontinue|delay|omit|interrupt|taper)\b", re.IGNORECASE
)
_DOING = re.compile(
    r"\W*(?:routinely\s|inappropriately\s|unnecessarily\s)?(?:using|prescribing|giving|prolonging|extending|repeating|starting|initiating|continuing|combining|"
    r"adding|treating|administering|overusing|overprescribing|co-?prescribing|(?:over-?)?rel(?:ying|iance)\s(?:\w+\s)?on|"
    r"(?:(?:routine|prolonged|excessive|inappropriate|unnecessary|empirical|empiric|indiscriminate|liberal|early|concurrent|concomitant|"
    r"unopposed|unsupervised|long-term|chronic)\s)*(?:over-?use|misuse|use|prescription|prescribing|administration)\sof)\s",
    re.IGNORECASE,
)
# "Prolonged antibiotics for a cold", "Monotherapy with nitrates": no verb says otherwise
_EXCESS = re.compile(
    r"\W*(?:monotherapy\swith|(?:(?:routine|prolonged|excessive|inappropriate|unnecessary|needless|empiric|empirical|indiscriminate|reflexive|"
    r"unopposed|chronic|unsupervised|blanket)\s)+(?:dos(?:es|ing)\sof\s|courses?\sof\s)?(?!(?:discontinu|withdraw|stop|cessat|omission|interrupt|taper)\w*\b)\w)"
    r"(?![^;]*\b(?:is|are|was|were|has|have|should|must|may|can|cannot|do|does|will|requires?|needs?)\b)",
    re.IGNORECASE,
)
# "Failing to check potassium", "Not prescribing a statin": what was left undone
_NEGLECT = re.compile(
    r"\W*(?:(?:failing|failure|forgetting|neglecting|neglect|omitting|hesitating|reluctance)\sto\s|not\s(?=\w+ing\b))"
    r"(?P<deed>give|giving|prescrib\w+|co-?prescrib\w+|start\w*|initiat\w+|add(?:ing)?|us(?:e|ing)|offer\w*|provid\w+|administer\w*|treat\w*)?\b",
    re.IGNORECASE,
)
_LAPSE = re.compile(
    r"\W*(?:(?:prematurely|abruptly|routinely|suddenly|inappropriately|unnecessarily|premature|abrupt|early|sudden|inappropriate|unnecessary)\s)?"
    r"(?:stopping|discontinuing|withdrawing|withholding|omitting|avoiding|holding|interrupting|"
    r"(?:discontinuation|withdrawal|cessation|interruption|omission|avoidance|stopping|withholding)\sof)\s",
    re.IGNORECASE,
)
_TOO_LITTLE = re.compile(
    r"\b(?:inadequate|insufficient|sub-?\w+|too|low(?:er)? doses?|late)\b", re.IGNORECASE
)


# "Use of antibiotics should be guided by cultures"
_ADVISED = re.compile(
    r"^\W*(?:\w+\s)?(?:over-?use|use|prescription|administration)\sof\b[^.;]*?\b(?:should(?!\snot|\sbe\savoid)|must(?!\snot)|"
    r"(?:is|are)\s(?:recommended|essential|required|indicated|preferred|appropriate|safe|mandatory|critical))\b",
    re.IGNORECASE,
)


def lists_mistakes(headings: Iterable[str]) -> bool:
    """Whether one of the headings above a statement is on mistakes.

    >>> lists_mistakes(["Gout", "Common Pitfalls"]), lists_mistakes(["Gout"])
    (True, False)
    """
    return any(map(_LISTS.search, headings))


def forbids(headings: Sequence[str]) -> bool:
    """Whether the last heading above a statement opens what must not be done.

    >>> forbids(["Gout", "What Not to Do"]), forbids(["What Not to Do", "Gout"])
    (True, False)
    """
    return bool(headings) and _FORBIDS.match(headings[-1]) is not None


def is_forbidden(text: str) -> bool:
    """Whether a statement under such a heading only completes it.

    >>> is_forbidden("Use antibiotics for a cold"), is_forbidden("Do not use codeine"), is_forbidden("Codeine is safe")
    (True, False, False)
    """
    return _SAYS_ITSELF.match(text) is None


def is_left_out(text: str) -> bool:
    """Whether such a statement names a drug that must not be stopped: no advice against it.

    >>> is_left_out("Stop azathioprine in pregnancy"), is_left_out("Use azathioprine")
    (True, False)
    """
    return _LEFT_OUT.match(text) is not None


def is_mistake(text: str) -> bool:
    """Whether a statement under a heading on mistakes names something that should not be done: it begins with the deed.

    >>> is_mistake("Using colchicine for months"), is_mistake("Failing to use colchicine"), is_mistake("Using too little colchicine")
    (True, False, False)
    >>> is_mistake("Routine use of antibiotics"), is_mistake("Use of colchicine early")
    (True, True)
    >>> is_mistake("Use of antibiotics should be guided by cultures")
    False
    >>> is_mistake("Using probiotics; evidence is insufficient"), is_mistake("Prolonged antibiotics for a cold")
    (True, True)
    >>> is_mistake("Empiric antibiotics are essential"), is_mistake("Monotherapy with nitrates")
    (False, True)
    """
    deed = text.split(";", 1)[0]  # what follows says why it is wrong
    if _DOING.match(deed) is None:
        return _EXCESS.match(deed) is not None
    return _ADVISED.search(deed) is None and _TOO_LITTLE.search(deed) is None


def neglected(text: str) -> str:
    """What a statement under a heading on mistakes says of the drug that it names first: "given" where that it is not
    given is the mistake, "other" where something else was left undone, else "".

    >>> neglected("Not prescribing a statin"), neglected("Failing to check potassium"), neglected("Using aspirin")
    ('given', 'other', '')
    """
    found = _NEGLECT.match(text)
    return "" if found is None else "given" if found["deed"] else "other"


_TAPERING = re.compile(
    r"\W*(?:(?:too|over)\s?)?(?:(?:rapidly|quickly|early|abruptly|prematurely|premature|rapid|abrupt|overly rapid)\s)*(?:taper(?:ing)?|wean(?:ing)?)\s",
    re.IGNORECASE,
)


def is_tapering(text: str) -> bool:
    """Whether a statement under a heading on mistakes names as one that a dose is lowered too early: no advice on the drug.

    >>> is_tapering("Tapering prednisone below 10 mg/day"), is_tapering("Prednisone is tapered")
    (True, False)
    """
    return _TAPERING.match(text) is not None


def is_lapse(text: str) -> bool:
    """Whether a statement under a heading on mistakes names as one that a drug is stopped or left out: no advice against it.

    >>> is_lapse("Stopping azathioprine too early"), is_lapse("Using azathioprine")
    (True, False)
    >>> is_lapse("Premature discontinuation of azathioprine")
    True
    """
    return _LAPSE.match(text) is not None
