"""What is refused without a verb of its own: "A, not B or C", "treated with A and never with B", "A (not recommended)",
"A may be added, but not in cirrhosis"."""

from __future__ import annotations

import re

from pipeline.claims.cues.matcher import Cue
from pipeline.claims.reading import Reading
from pipeline.vocabulary.concept import PROCEDURE

_NOT_DRUG = re.compile(
    r"\b(?:(?:but|and)\s)?(?:not|never)\s+(?:the |an? |with |by |on |for |oral |inhaled |topical )?$",
    re.IGNORECASE,
)
_NOT_DRUG_SAID = frozenset(("not", "never"))  # whatever it finds has one of them
_OR = re.compile(r",?\s(?:or|nor)\s(?:with\s)?|,\s", re.IGNORECASE)


def not_drug(reading: Reading, target: int) -> int | None:
    """Where "not" or "never" stands before a drug, or before a list that it goes on with ("not A or B"); else None."""
    text, drugs = reading.text, reading.drugs
    if _NOT_DRUG_SAID.isdisjoint(reading.words):
        return None
    first, known = target, reading.refusals
    while first not in known:
        at = drugs[first].start
        before = text[max(0, at - 24) : at]
        found = _NOT_DRUG.search(before) if "not" in before.lower() or "never" in before.lower() else None
        if found is not None:
            known[first] = at - len(before) + found.start()
        elif not first or not _OR.fullmatch(text, drugs[first - 1].end, at):
            known[first] = None
        else:
            first -= 1
    for i in range(first + 1, target + 1):
        known[i] = known[first]
    return known[first]


_JOINED = re.compile(r"(?:,|,?\s(?:and|but|or))\s$", re.IGNORECASE)
_NOTHING = re.compile(r"\s*(?:[.;,)]|$)")
_WITH = re.compile(r"\b(?:with|by|using)\s(?:[\w-]+\s){0,3}$", re.IGNORECASE)


def never_another(reading: Reading, cue: Cue) -> bool:
    """Whether "never with" only leaves out a drug after what is given ("is treated with A or B and never with C")."""
    text = reading.text
    if cue.rule != "direction.against.never-in" or not _JOINED.search(text, 0, cue.start):
        return False
    if _NOTHING.match(text, cue.end):
        return True  # "is given after menopause and never before"
    drugs = reading.drugs
    return any(0 <= d.start - cue.end <= 5 for d in drugs) and any(
        d.end <= cue.start and _WITH.search(text, max(0, d.start - 40), d.start) for d in drugs
    )


BUT_NOT_IN = "direction.against.but-not-in"
_BUT_NOT = re.compile(
    r"\W*(?:(?:but|yet|though|although|however)\s)?(?:not|never)\s(?=(?:in|during|for|if|when|where|with|together|combined|along|before|after|on|among|below|above)\s)",
    re.IGNORECASE,
)


_TOGETHER = re.compile(
    r"\s(?:(?:together|in\scombination|combined|along)\s)?with\s(?:an?\s|the\s|other\s)?", re.IGNORECASE
)


def but_not_in(reading: Reading, start: int, end: int) -> Cue | None:
    """The "not" of a clause that only takes those out for whom a drug is not ("..., but not in cirrhosis"), or what it is
    not given with ("A may be used, but never with B")."""
    match = _BUT_NOT.match(reading.text, start, end)
    if match is None:
        return None
    drugs = [
        d
        for d in map(reading.drugs.__getitem__, reading.drugs_in(match.end(), end))
        if d.concept.kind != PROCEDURE
    ]
    if drugs and (
        _TOGETHER.fullmatch(reading.text, match.end() - 1, drugs[0].start) is None
        or any(
            _WITH.search(reading.text, max(0, d.start - 40), d.start) for d in reading.drugs if d.end <= start
        )
    ):
        return None
    return Cue("DIRECTION", "against", start, match.end() - 1, BUT_NOT_IN, "predicate")


_LIMITED = re.compile(
    r"\b(?:in|if|with|when|during|unless|while|before|after|for|as|except)\b", re.IGNORECASE
)
_LONGEST = 40  # letters of a bracket that only refuses


def refusing_brackets(reading: Reading) -> dict[int, tuple[int, int]]:
    """The brackets right behind one drug of a list that hold few words, no name and no condition: "A (preferred), B (not recommended)".

    A bracket behind the last drug alone may hold for all of them, and is none.
    """
    text, drugs = reading.text, reading.drugs
    if len(drugs) < 2 or "(" not in text:
        return {}
    found = {}
    for i, drug in enumerate(drugs):
        if not text.startswith(" (", drug.end):
            continue
        close = text.find(")", drug.end, drug.end + _LONGEST)
        named = close < 0 or any(m.start < close for m in drugs[i + 1 : i + 2])
        if not named and not _LIMITED.search(text, drug.end, close):
            found[i] = (drug.end + 1, close + 1)
    return {} if list(found) == [len(drugs) - 1] else found
