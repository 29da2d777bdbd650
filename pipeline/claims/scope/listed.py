"""Zones over the drugs that stand listed behind words such as "after", "instead of", "failure of"."""

from __future__ import annotations

import re

from pipeline.claims.cues.matcher import Cue
from pipeline.claims.reading import Reading
from pipeline.claims.scope.zone import COMMA_AND, SIGNS, Zone, stop_of
from pipeline.vocabulary import Mention
from pipeline.vocabulary.concept import CLASS

_END = re.compile(
    rf"{SIGNS}|\b(?:but|however|whereas|although|followed by|should|may be|can be|is|are|was|were)\b",
    re.IGNORECASE,
)
_BACK = re.compile(r"\s(?:in|for|among|as)\s", re.IGNORECASE)
_TREATMENT = re.compile(
    r"(?:\s(?:induction|maintenance|therapy|treatment|monotherapy|failure|alone|use|pretreatment))*"
)
# "take a culture before treatment and offer X": what is given is not what went before
_AND_A = re.compile(r"\s(?:and|or)\san?\s", re.IGNORECASE)
_AND_GIVE = re.compile(
    r"\s(?:and\s(?:then\s)?|(?:hours?|days?|weeks?|months?)\s)"
    r"(?:give|offer|start|use|add|begin|consider|prescribe|treat with|continue|switch to|change to|replace)\s",
    re.IGNORECASE,
)
_ADVISED = re.compile(
    r"\s(?:is\s|are\s)?(?:preferred|recommended|contraindicated|avoided|suggested|favou?red|advised|may|should|must|can)\b",
    re.IGNORECASE,
)
_EVENT = re.compile(
    r"\b(?:pregnancy|lactation|breast-?feeding|trimesters?|labou?r|delivery|birth|surgery|operation|transplantation|flares?|attacks?|"
    r"relapses?|episodes?|hospitali[sz]ation|admission|discharge|infancy|childhood|exposure|remission)\s$",
    re.IGNORECASE,
)
_FILL = 7  # words between a role's words and its drugs


def listed(reading: Reading, cue: Cue, depths: list[int]) -> list[Zone]:
    """The zone that the words of `cue` open over the drugs behind them; an empty one where none follow."""
    text = reading.text
    stop = stop_of(text, cue.end, depths, _END)
    place = cue.end
    end = None
    first, first_drug, last = False, None, None
    for drug in (reading.drugs[i] for i in reading.drugs_in(cue.end, stop)):
        gap = text[place : drug.start]
        if end is None and cue.rule == "role.prior.after" and _EVENT.search(text, cue.start, drug.start):
            stop = drug.start  # "During pregnancy A is preferred"
            break
        if end is None:
            if gap.count(" ") > _FILL or "," in gap or _AND_GIVE.search(gap):
                break
        elif cue.value == "prior" and gap == " with " and _above(reading, drug):
            pass  # "on rituximab with prednisone above 20 mg daily"
        elif not _dosed(reading, first_drug) and _dosed(reading, drug):
            break  # "20 mg before A, B 50 mg, and C": B is given too
        elif cue.value == "prior" and _AND_A.fullmatch(gap):
            pass  # "who take a beta-blocker and a diuretic"
        elif first and COMMA_AND.fullmatch(gap):
            # "over A, and B must be avoided": no list of two has a comma.
            break
        elif not re.fullmatch(
            r"[\s,/()-]*(?:and|or|and/or|plus|\+|&|nor|(?:and|or)\s+(?:an?|on|for)|such\s+as|including|the|other|oral|high-dose|low-dose|,|\s|/|\(|\))*",
            gap,
        ) or (gap.strip() == "," and not _list_goes_on(text, drug.end, stop)):
            break
        if end is not None and gap == " " and last is not None and last.concept.kind != CLASS:
            break  # "After rituximab azathioprine is used"
        last = drug
        if "(" in gap and ")" not in gap and _ADVISED.match(text, drug.end):
            break  # "on dialysis (warfarin preferred)": the bracket says something of its own
        first = end is None
        first_drug = drug if first else first_drug
        place = drug.end
        end = _TREATMENT.match(text, drug.end).end()  # type: ignore[union-attr]
    if end is None:
        comma = text.find(",", cue.end, stop)
        back = _BACK.search(text, cue.end, stop)
        if back is not None and (comma < 0 or back.start() < comma):
            comma = back.start()
        return [
            Zone(cue.value + "-empty", cue.end, comma if comma >= 0 else stop, cue.start, cue.rule, False)
        ]
    return [Zone(cue.value, cue.end, end, cue.start, cue.rule, True)]


def _above(reading: Reading, drug: Mention) -> bool:
    """Whether a drug is followed by a dose that only tells who is meant ("prednisone above 20 mg daily")."""
    return any(d.start == drug.end + 1 and d.dose.dose_role == "threshold" for d in reading.doses)


def _dosed(reading: Reading, drug: Mention | None) -> bool:
    """Whether a dose stands right behind a drug."""
    return drug is not None and any(0 <= d.start - drug.end <= 1 for d in reading.doses)


def _list_goes_on(text: str, at: int, stop: int) -> bool:
    """Whether a list that went on with a bare comma is closed by "and" or "or" later."""
    return re.search(r",?\s(?:and|or)\s", text[at : min(stop, at + 120)]) is not None
