"""What is avoided beside a drug: "doxycycline; avoid sun exposure" is not against doxycycline."""

from __future__ import annotations

import re

from pipeline.claims.cues.matcher import Cue
from pipeline.claims.reading import Reading

_THING = re.compile(r"\s[a-z]+", re.IGNORECASE)
# "avoid it", "avoid in pregnancy", "avoid abruptly stopping", "avoid long-term use": how or when the drug is avoided
_HOW = re.compile(
    r"\s(?:it|them|this|these|those|the (?:drugs?|agents?|combination|regimen)|with|in|at|for|from|only|on|if|when|during|unless|after|before|until|once|"
    r"abruptly|suddenly|gradually|slowly|immediately|promptly|early|use|using|treatment|therapy|by|as|and|or|within|altogether|completely|"
    r"permanently|temporarily|concomitant|concurrent|routine|long-term|prolonged|repeated|further|both|either|where|because|due|entirely)\b",
    re.IGNORECASE,
)
# words of an object that is the drug again, or how much of it
_DRUG_AGAIN = re.compile(
    r"\b(?:use|using|dos(?:e|es|ing|age)|courses?|therapy|treatment|monotherapy|combin\w+|co-\w+|coadminist\w+|concomitant\w*|concurrent\w*|initiat\w+|start\w*|prescri\w+|administ\w+|"
    r"formulations?|preparations?|products?|agents?|drugs?|medications?|class|long|short|high|low|more|less|all|any|repeat\w*|oral|iv|intravenous|"
    r"systemic|topical|injections?|infusions?|exposure\sin|first|second|line|chronic|continuous|empiric\w*|indefinite|unnecessary|if|when|unless|"
    r"except|where|possible|whenever|whose|who|those|patients|people|adults|children|wom[ae]n|pregnan\w+|breast\w*|lactation)\b|\d",
    re.IGNORECASE,
)
_OBJECT = re.compile(
    r"\s[a-z][\w-]*+(?:\s[\w-]+){0,4}?(?=\s(?:during|for|while|on|in|with|until|within|to|and|or|because|due|after|before|if|when|unless|"
    r"throughout)\b|\s?[.;:,()|\n]|$)",
    re.IGNORECASE,
)
# "avoid hypotension": what the drug may cause, and no telegraphic "avoid in"
_STATE = re.compile(r"\s(?:hypo|hyper|over|de)\w+$", re.IGNORECASE)
_IMPERATIVE = re.compile(r"(?:[(\[:;,|–—.]|\band)\s?(?:also\s|strictly\s)?$", re.IGNORECASE)


def names_a_thing(text: str, end: int) -> bool:
    """Whether what is avoided by the word that ends at `end` is neither a drug nor how one is used.

    >>> names_a_thing("avoid high doses", 5), names_a_thing("avoid in pregnancy", 5), names_a_thing("avoid sun exposure", 5)
    (True, False, True)
    """
    return _THING.match(text, end) is not None and _HOW.match(text, end) is None


def avoids_a_thing(reading: Reading, cue: Cue) -> bool:
    """Whether an imperative "avoid" behind the drug it stands beside names a thing of its own: "(avoid alcohol)"."""
    text = reading.text
    if cue.rule != "direction.against.avoid" or not text.lower().startswith("avoid", cue.start):
        return False
    words = _OBJECT.match(text, cue.end)
    return bool(
        words is not None
        and names_a_thing(text, cue.end)
        and _DRUG_AGAIN.search(words[0]) is None
        and not reading.drugs_in(cue.end, words.end())
        and (_STATE.match(words[0]) or not any(cue.end < d.start < words.end() for d in reading.diseases))
    )


def avoided_beside(reading: Reading, cue: Cue) -> bool:
    """Whether `avoids_a_thing` holds and a drug stands before ("Capsaicin cream; avoid contact with eyes")."""
    return (
        any(d.end <= cue.start for d in reading.drugs)
        and _IMPERATIVE.search(reading.text, max(0, cue.start - 12), cue.start) is not None
        and avoids_a_thing(reading, cue)
    )
