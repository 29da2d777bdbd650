"""Lists of mistakes: "Using antibiotics for viral bronchitis" under "Common Pitfalls" advises against it."""

from __future__ import annotations

import re
from collections.abc import Iterable

_LISTS = re.compile(r"\b(?:pitfalls?|mistakes?|errors?)\b", re.IGNORECASE)
_DOING = re.compile(
    r"\W*(?:routinely\s|inappropriately\s|unnecessarily\s)?(?:using|prescribing|giving|starting|initiating|continuing|combining|"
    r"adding|treating|administering|overusing|overprescribing|co-?prescribing|(?:over-?)?rel(?:ying|iance)\s(?:\w+\s)?on|"
    r"(?:(?:routine|prolonged|excessive|inappropriate|unnecessary|empirical|empiric|indiscriminate|liberal|early|concurrent|concomitant|"
    r"unopposed|unsupervised|long-term|chronic)\s)*(?:over-?use|misuse|use|prescription|prescribing|administration)\sof)\s",
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


def is_mistake(headings: Iterable[str], text: str) -> bool:
    """Whether a statement names something that should not be done: it begins with the deed, under a heading on mistakes.

    >>> is_mistake(["Gout", "Common Pitfalls"], "Using colchicine for months"), is_mistake(["Gout"], "Using colchicine")
    (True, False)
    >>> is_mistake(["Common Pitfalls"], "Failing to use colchicine"), is_mistake(["Errors"], "Using too little colchicine")
    (False, False)
    >>> is_mistake(["Common Pitfalls"], "Routine use of antibiotics"), is_mistake(["Common Pitfalls"], "Use of colchicine early")
    (True, True)
    >>> is_mistake(["Common Pitfalls"], "Use of antibiotics should be guided by cultures")
    False
    """
    return (
        _DOING.match(text) is not None
        and _ADVISED.search(text) is None
        and _TOO_LITTLE.search(text) is None
        and any(_LISTS.search(heading) for heading in headings)
    )


def is_lapse(headings: Iterable[str], text: str) -> bool:
    """Whether a statement under a heading on mistakes names as one that a drug is stopped or left out: no advice against it.

    >>> is_lapse(["Common Pitfalls"], "Stopping azathioprine too early"), is_lapse(["Gout"], "Stopping aspirin")
    (True, False)
    >>> is_lapse(["Common Pitfalls"], "Premature discontinuation of azathioprine")
    True
    """
    return _LAPSE.match(text) is not None and any(_LISTS.search(heading) for heading in headings)
