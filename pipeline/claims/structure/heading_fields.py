"""The values that a heading states for all that stands below it."""

from __future__ import annotations

import re

from pipeline.claims.scope.fields import SEVERITIES, Fields
from pipeline.claims.scope.types import Parsed

_FLARES = re.compile(r"\b(?:exacerbations?|flares?)\W*$", re.IGNORECASE)
_FLARES_AHEAD = re.compile(
    r"\b(?:prevent\w*|prophyla\w*|reduc\w*|frequent|after|between|avoid\w*|persistent|recurrent|ongoing|repeated|continued|history)\b",
    re.IGNORECASE,
)
_RELAPSES = re.compile(
    r"\brelapse\W*$|^\W*(?:\d+\.?\s)?(?:(?:treatment|management|therapy|treating)\s(?:of|for)\s|(?:early|late|first|second)\s)?relapsed\b",
    re.IGNORECASE,
)
# a heading over what belongs to none of its groups alone
_AND_OTHERS = re.compile(
    r"(?:,|\s(?:and|or|&)|/)\s?(?:other\s|some\s|selected\s)?(?:special|specific|particular|other|unusual|rare)\s(?:clinical\s|patient\s)?"
    r"(?:situations?|populations?|circumstances|considerations|cases|groups|scenarios|settings|topics|issues)\b",
    re.IGNORECASE,
)
_PERSISTS = re.compile(
    r"\s*(?:if|when|for)\b.*\b(?:persists?|persisting|persistent|continues?|(?:remains?|is|are|stays?)\s(?:active|uncontrolled|inadequate\w*|insufficient|"
    r"not\scontrolled)|does\snot\sresolve|do\snot\sresolve)\b",
    re.IGNORECASE,
)
# "Stopping", "Discontinuation and Relapse": how treatment ends, no advice against it
_ENDING = re.compile(
    r"\W*(?:(?:step\s)?\d+\W+)?(?:stopping|discontinu(?:ing|ation)|deprescribing|tapering|withdrawing|de-escalation)"
    r"(?:\s(?:treatment|therapy|medications?|rules|criteria))?(?:\s(?:and|or|&)\s[\w\s-]{3,40})?\W*",
    re.IGNORECASE,
)


def heading_fields(parsed: Parsed, text: str, *, title: bool) -> Fields:
    """What the words of a heading state, without conditions. `title` tells that it only repeats the article's title.
    Raises nothing."""
    fields = parsed.whole.but(condition=())
    if title:
        fields = fields.but(
            line="",
            preference="",
            setting=_one_topic(text, fields.setting),
        )
    elif SEVERITIES.issuperset(fields.setting) and _FLARES.search(text) and not _FLARES_AHEAD.search(text):
        fields = fields.but(setting=("acute exacerbation", *fields.setting))  # "Severe Exacerbation"
    if _AND_OTHERS.search(text):
        fields = fields.but(setting=(), line="", preference="")  # "Advanced Disease and Special Situations"
    acute = "acute exacerbation" in fields.setting
    if _RELAPSES.search(text) and not _FLARES_AHEAD.search(text) and not acute:
        # "Platinum-Sensitive Relapse"
        fields = fields.but(
            line=fields.line or "subsequent",
            setting=tuple(sorted({*fields.setting, "relapsed"})),
        )
    if not fields.line and _PERSISTS.match(text):
        fields = fields.but(line="subsequent")  # "If Lesions Persist"
    if fields.direction != "against" or _ENDING.fullmatch(parsed.reading.text):
        fields = fields.but(direction="")
        if not fields.strength:
            fields = fields.but(certainty="", grade_text=None, grade_system=None)
    return fields


# "Acute and Long-Term Management"
_PHASES = re.compile(
    r"\b(?:acute|chronic|episodic|first|initial|primary|new)\sand\s(?:recurrent|relapsed|refractory|chronic|persistent)\b|"
    r"\b(?:acute|initial|emergency|inpatient|immediate|short-term)\sand\s(?:long-term|maintenance|chronic|outpatient)\b|"
    r"\b(?:emergency|acute|initial)\b.*\band\s(?:in\sthe\s)?long[- ]term\b",
    re.IGNORECASE,
)


def _one_topic(heading: str, settings: tuple[str, ...]) -> tuple[str, ...]:
    """The settings of a body title, unless it joins several ("Acute Flares and Long-Term Prevention")."""
    joined = " and " in heading.lower()
    return () if joined and (len(settings) > 1 or _PHASES.search(heading)) else settings
