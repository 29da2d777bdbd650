"""Questions that are answered at once: "Can A be used? No.", "Must A be stopped? There is no need for that."

A question and the sentence of its answer are one statement: `answers` tells where the answer begins, `asked` what the two
say of the drugs of the question.
"""

from __future__ import annotations

import re

_ASKS = re.compile(
    r"(?:^|[.!?:]\s)[\s•*-]{0,4}(?:(?:Q|Question)\s?\d*[:.]\s)?(?:and\s|but\s|so\s)?"
    r"(?P<asks>can|could|may|might|should|must|is|are|do|does|will|would|has|have|need)\s",
    re.IGNORECASE,
)
_ANSWERS = re.compile(
    r"\s*(?:(?:A|Answer)\s?\d*[:.]\s)?(?:"
    r"(?P<yes>(?:yes|certainly|of\scourse|definitely|absolutely(?!\snot)|generally\syes|usually\syes)\b|"
    r"(?:it|they)\s(?:is|are|may|can|should|must|does|do)(?=\s?[.,;]))|"
    r"(?P<no>(?:it|they)\s(?:is|are|may|can|should|must|does|do|need)\snot(?=\s?[.,;])|(?:no(?!\sone\b)|not(?!\sonly)|never|rarely|seldom|absolutely\snot|definitely\snot|certainly\snot|"
    r"(?:usually|generally|probably)\snot?|there\sis\s(?:usually\s|generally\s)?no\s(?:need|reason|indication|role)|"
    r"(?:it|that|this)\sis\snot\s(?:necessary|needed|required|recommended|advised|advisable))\b))",
    re.IGNORECASE,
)
_STOPS = re.compile(
    r"\b(?:stop(?:ped|ping)?|avoid(?:ed)?|withh(?:old|eld)|discontinued?|interrupt(?:ed)?|contraindicated|harmful|dangerous|unsafe|"
    r"withdrawn?|held|hold|omit(?:ted)?|delay(?:ed)?|paused?|suspend(?:ed)?|forbidden|obsolete|tapered)\b",
    re.IGNORECASE,
)


def answers(text: str, start: int, end: int, after: int) -> bool:
    """Whether what begins at `after` answers the question from `start` to `end`, with yes or no.

    >>> text = "Can zinc be used? No. Which dose is best? No one knows."
    >>> answers(text, 0, 17, 18), answers(text, 22, 41, 42)
    (True, False)
    """
    return _ANSWERS.match(text, after) is not None and _is_asked(text[start:end].rstrip("? "))


def _is_asked(question: str) -> bool:
    """Whether a question can be answered by yes or no ("Can zinc be used", "Zinc in pregnancy")."""
    short = len(question.split()) <= _SHORT and _WHICH.match(question) is None
    return short or _ASKS.search(question) is not None


_SHORT = 6  # words of a question without a verb
_WHICH = re.compile(
    r"\W*(?:(?:Q|Question)\s?\d*[:.]\s)?(?:(?:in|for|at|with|to|by)\s)?(?:what|which|when|how|why|who|whom|where|whether|whose|or)\b",
    re.IGNORECASE,
)


def asked(text: str) -> tuple[int, int, str] | None:
    """Where the question ends and its answer does in a statement that holds both, and the direction that they give to the
    drugs of the question; None for other statements.

    >>> asked("Can zinc be used? No."), asked("Must zinc be stopped? No."), asked("Is it zinc?")
    ((16, 20, 'against'), (20, 24, 'for'), None)
    """
    at = text.find("?")
    if at < 0:
        return None
    answer = _ANSWERS.match(text, at + 1)
    if answer is None or not _is_asked(text[:at]):
        return None
    stops = _STOPS.search(text, 0, at) is not None
    name = "yes" if answer["yes"] else "no"
    return at, answer.end(name), "for" if (name == "yes") != stops else "against"
