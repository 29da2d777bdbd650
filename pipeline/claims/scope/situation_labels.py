"""What the words before a colon, or those of a heading, say of whom or when the text behind or below them is for: "Penicillin
allergy: ...", "Adults Without Comorbidities"."""

from __future__ import annotations

import re
from functools import lru_cache

from pipeline.claims.data_files import alternatives
from pipeline.claims.scope.fields import Place, Spans
from pipeline.claims.scope.situations import says_more
from pipeline.claims.scope.types import Parsed
from pipeline.vocabulary.concept import PROCEDURE

_TELLS = re.compile(
    r"allerg|intoleran|contraindicat|resistan|coloni[sz]|suspected|confirmed|history|risk factor|[<>≥≤]|unprovoked|provoked|"
    r"obes|smok|asymptomatic|positive|negative|\b(?:above|below|over|under|with|without|requiring|unable|normal|abnormal|"
    r"crcl|clcr|e?gfr|creatinine clearance|child-pugh|weight|bmi|(?:hemo|peritoneal )?dialysis|inr|trimester|"
    r"elevated|reduced|preserved|failure|failed|less than|greater than|more than|older than|younger than|aged? (?:at least )?\d+|group [a-e]|class [ivx]+|stage|on)\b",
    re.IGNORECASE,
)
_NO_LABEL = re.compile(
    r"dos(?:e|es|ing|age)\b|monitor|duration|rationale|\bnote\b|evidence|timing|target|goal|quality|certainty|recommendation|"
    r"guideline|regimen|option|combination|monotherapy|benefit|risks?:|follow-up|rout\w+|infusion|loading|maintenance",
    re.IGNORECASE,
)
_TREATING = (
    r"(?:treatment|therapy|therapies|management|options?|dosing|monitoring|maintenance|prevention|preventing|prophylaxis|care|approach|"
    r"agents?|drugs?|medications?|use|regimens?|steps?|response|when|what|how|evidence|follow-up|assessment|pitfalls?|choosing|switching|adding|"
    r"starting|stopping|before\sstarting|first|last|next)"
)
_HEADING = re.compile(
    r"^(?:\s*(?:(?!(?:special|specific|other|most|all|patients?)\b)[\w-]+\s+){1,2}"
    rf"(?:{alternatives('people')})\s*$|"
    r"\s*patients\snot\s.*|\s*(?:stage|grade)\s(?:\d|[ivx]+\b).*|\s*(?:low|moderate|high)\sdisease\sactivity\s*$|"
    r".*\b(?:allergy|intolerance|instability|coinfection|settings|exposure)\s*$|"
    rf"(?!.*\b{_TREATING}\b)\s*(?:\w[\w-]*\s+){{0,3}}(?:after|before|following|despite|over|under|not\s(?:eligible|suitable|fit))\s.*|"
    r".*(?:positive|negative|mutated|mutant|mutations?|wild[- ]type|[- ](?:sensitive|resistant|susceptible)\b).*$)|"
    r"(?<=\b[Ii]n )(?:[\w-]+\s){1,2}"
    rf"(?:{alternatives('people')})\s*$|"
    r"\b(?:(?:with(?!\s(?:caution|no|little|proven|(?:the\s|their\s)?(?:strengths?|certainty|grades?|levels?|evidence|doses?|dosing|comments?|references?|examples?))\b)|without(?!\s(?:proven\s)?benefit)|requiring|(?<!^)who|if|unless|whose|unable to|"
    r"at risk (?:of|for))\s|when\s(?!to\b)).*",
    re.IGNORECASE,
)
_BRACKETS = re.compile(r"(?:(?<!\s)\s++)?\([^()]*\)")


_NOT_FOR = re.compile(
    r"(?:not|never)\s(?=(?:in|during|if|when|with|below|above|under|after|before)\s)", re.IGNORECASE
)


def label(parsed: Parsed, taken: Spans, *, group: bool = False) -> Place | None:
    """The words before a colon where they say whom or when ("Penicillin allergy: ...", "Eosinophils <100: ...").

    In a `group` (under a heading of special populations) any words do that are no drug and no way of treating."""
    reading, end = parsed.reading, parsed.frame - 1
    text = reading.text
    beside = next((z.end for z in parsed.zones if z.rule == "role.prior.label" and not z.start), 0)
    if beside and text.startswith(":", beside) and not any(s < beside for s, _ in taken):
        # a drug that is taken: "Warfarin: avoid aspirin"
        return Place("condition", len(text) - len(text.lstrip(" \t•*-–")), beside, "condition.label")
    if end <= 0 or text[end] != ":" or not re.search(r"[A-Za-z]{3}", text[end:]):
        return None
    start = len(text) - len(text.lstrip(" \t•*-–"))
    words = text[start:end].rstrip()
    end = start + len(words)
    if not words or len(words.split()) > 14 or _NO_LABEL.search(words):
        return None
    if any(parsed.usable[i] and d.start < end for i, d in enumerate(reading.drugs)):
        return None
    if any(s < end and start < e for s, e in taken if e <= end and s >= start):
        return None
    if any(z.role == "conditional" and z.cue_start < end for z in parsed.zones):
        return None
    if any(
        c.start < end and c.rule != "line.subsequent.drug-failure"
        for name in ("GRADE", "LINE", "PREFERENCE", "STRENGTH")
        for c in reading.of(name)
    ):
        return None
    named = any(d.start < end for d in reading.diseases)
    if not (group or named or _TELLS.search(words)) or not says_more(reading, start, end, ()):
        return None
    refusing = _NOT_FOR.match(text, start, end)  # "Not in renal failure:" is against
    start = refusing.end() if refusing else start
    return Place("condition", start, end, "condition.label")


def of_heading(parsed: Parsed, taken: Spans) -> str:
    """What a heading says of whom or when its section is for ("Adults Without Comorbidities"); "" for nothing."""
    reading = parsed.reading
    found = in_heading(reading.text)
    if found is None:
        return ""
    start, end = found
    first = reading.text[start]
    bracket = _BRACKETS.match(reading.text, end)
    end = bracket.end() if bracket and not reading.text[bracket.end() :].strip(" :.") else end
    if start and says_more(reading, 0, start, taken):
        start = len(reading.text) - len(reading.text.lstrip())  # "Nonsmokers Without Plaques"
    if any(
        parsed.usable[i] and d.concept.kind != PROCEDURE and d.start < end and start < d.end
        for i, d in enumerate(reading.drugs)
    ):
        return ""
    if first in "Ww" and any(c.end > start for name in ("LINE", "PREFERENCE") for c in reading.of(name)):
        return ""
    return reading.text[start:end] if says_more(reading, start, end, taken) else ""


@lru_cache(maxsize=4096)  # versions of an article share most headings
def in_heading(text: str) -> tuple[int, int] | None:
    """Where a heading says of whom or when its section is for, as far as its words alone tell."""
    match = _HEADING.search(_BRACKETS.sub(lambda m: " " * len(m[0]), text) if "(" in text else text)
    return (match.start(), match.start() + len(match[0].rstrip(" :."))) if match else None
