"""Where a statement goes on with something that is no drug and has a verb of its own: "..., and platelets are given only if"."""

from __future__ import annotations

import re
from collections.abc import Iterator

from pipeline.claims.reading import Reading

OTHER_SUBJECT = "clause.other-subject"
_JOINT = re.compile(
    r",\s(?:and|but|while|whereas)\s(?P<subject>(?:[a-z-]{1,24}\s){1,3})(?:is|are)\s(?:only\s|usually\s|not\s)?"
    r"(?:given|needed|used|required|transfused|checked|monitored|measured|repeated|necessary|advised|recommended|avoided|performed|considered|preferred)\b"
)
# what the drugs before may be called, or what is said of how they are given
_SAME = re.compile(
    r"\b(?:it|its|they|their|this|these|those|that|both|either|each|neither|all|any|none|one|two|three|former|latter|same|other|another|"
    r"dos(?:e|es|ing|age|ages)|use|treatment|therapy|courses?|duration|monotherapy|combinations?|regimens?|agents?|drugs?|class|options?|"
    r"medications?|medicines?|infusions?|injections?|administration|formulations?|tablets?|capsules?|preparations?|products?|inhalers?|route|"
    r"(?:dis)?continuation|initiation|addition|withdrawal|cessation|titration|increase|reduction|maintenance|prophylaxis|induction|"
    r"approach|strategy|choice|target|maximum|limit|goal|amount|interval|total|half|rest|remainder|bolus|who|which|in|for|if|when|with|after|"
    r"before|during|on|at|until|patients|people|women|men|children|adults|infants|then|there|\w{1,24}ing)\b"
)


def other_subjects(reading: Reading) -> Iterator[int]:
    """Where such a part begins behind advice on a drug, and names none itself before its verb."""
    if not reading.drugs:
        return
    text = reading.text
    for match in _JOINT.finditer(text, reading.drugs[0].end):
        start, end = match.span("subject")
        if (
            _SAME.search(text, start, end)
            or reading.drugs_in(start - 1, end)
            or reading.diseases_in(start, end)
        ):
            continue
        stop = text.find(";", end)
        stop = stop if stop >= 0 else len(text)
        if reading.doses_in(end, stop) or reading.drugs_in(end, stop):
            continue
        if any(c.end <= match.start() and c.value != "none" for c in reading.of("DIRECTION")):
            yield match.start()
