"""Clauses that name no drug: what they say of the drugs before them."""

from __future__ import annotations

import re

from pipeline.claims.cues.matcher import Cue
from pipeline.claims.scope.clauses import Clause
from pipeline.claims.scope.objects import names_a_thing
from pipeline.claims.scope.other_subjects import OTHER_SUBJECT
from pipeline.claims.scope.predicates import Head
from pipeline.claims.scope.stated import Region
from pipeline.claims.scope.types import Parsed


def own_dose(parsed: Parsed, clause: Clause) -> bool:
    """Whether a clause gives a dose for patients of its own ("...; 30-40 mg daily for severe disease")."""
    reading = parsed.reading
    return (
        clause.opener == ";"
        and bool(reading.doses_in(clause.start, clause.end))
        and any(
            clause.start <= c.start < clause.end
            for label in ("SETTING", "POPULATION")
            for c in reading.of(label)
        )
    )


_PERSONS = re.compile(
    r"\b(?:patients|people|persons|individuals|adults|wom[ae]n|m[ae]n|children|parents|partners|clinicians|couples)\s"
    r"(?:(?:should|must|may|can|need to|are advised to)\s)?(?:also\s)?$",
    re.IGNORECASE,
)
# "avoid A and favor agents with less risk"
_CHOICE = re.compile(
    r"\s(?:an?\s|the\s)?(?:other\s|another\s|alternative\s|different\s|non-?\w+\s)?(?:[\w-]+\s)?"
    r"(?:agents?|drugs?|options?|alternatives?|classes|methods?|medications?)\b",
    re.IGNORECASE,
)
# "; treat coexisting anemia"
_OTHER_DISEASE = re.compile(
    r"\s(?:any\s|the\s)?(?:co-?exist(?:ent|ing)|concurrent|concomitant|associated|underlying|secondary|other)\s(?:\w+\s)?",
    re.IGNORECASE,
)
_ANAPHOR = re.compile(
    r"\s(?:it|them|this|these|those|the drugs?|the agents?|with|in|at|for|from|only|on)\b", re.IGNORECASE
)


def _object_of_its_own(parsed: Parsed, clause: Clause, cue: Cue) -> bool:
    """Whether a clause without a drug says what else is used ("...; women should use contraception", "then change to
    observation"), and not how the drugs before it are."""
    text = parsed.reading.text
    if parsed.reading.doses_in(clause.start, clause.end):
        return False
    if cue.rule == "direction.for.switch-to":
        return True
    if cue.rule == "direction.for.treat" and any(
        _OTHER_DISEASE.fullmatch(text, cue.end, d.start) for d in parsed.reading.diseases if d.start > cue.end
    ):
        return True
    if cue.form == "verb" and _CHOICE.match(text, cue.end):
        return True
    if cue.rule == "direction.against.avoid" and names_a_thing(text, cue.end):
        return True
    active = cue.form in ("verb", "object") and _PERSONS.search(text, clause.start, cue.start) is not None
    return active and _ANAPHOR.match(text, cue.end) is None


# What a clause may name as its subject and still be about the drugs before it ("; higher doses are not recommended").
_SAME = re.compile(
    r"\b(?:it|its|they|their|this|these|those|that|which|who|both|either|each|neither|all|any|none|one|two|three|former|latter|same|"
    r"dos(?:e|es|ing|age|ages)|use|treatment|therapy|course|courses|duration|monotherapy|combination|combinations|combined|"
    r"regimens?|agents?|drugs?|class|options?|medications?|medicines?|infusions?|injections?|administration|prescription|"
    r"formulations?|tablets?|capsules?|preparations?|products?|inhalers?|route|release|(?:dis)?continuation|continu\w+|"
    r"initiation|initiating|starting|start|addition|adding|withdrawal|stopping|cessation|titration|increase|reduction|repeat\w*|"
    r"maintenance|prophylaxis|induction|approach|strategy|choice|intravenous|oral|topical|subcutaneous|intramuscular|inhaled|"
    r"long-term|short-term|prolonged|routine|daily|weekly|monthly|response|brand|generics?|biosimilars?|others?)\b|\d\s?(?:mg|g|mcg|days?|weeks?|months?)\b",
    re.IGNORECASE,
)
_WHILE = re.compile(
    r"^\s*(?:while|whereas)\s(?=[\w-]+\s[\w-]+\s*$)", re.IGNORECASE
)  # "while watchful waiting is safe"
_WATCHED = re.compile(
    r"\b(?:counts?|tests?|testing|monitoring|measurements?|checks?|scans?|electrocardiograms?|ECGs?|visits?|imaging|ultrasound|"
    r"examinations?|screening|surveillance|contraception|counsel?ling)\b",
    re.IGNORECASE,
)
_LEADING = re.compile(
    r"^\W*(?:(?:and|but|or|yet|so|then|thus|however|therefore|instead|also|not|never|now|usually|generally|often|still|only|otherwise|"
    r"strongly|conditionally|preferably|sometimes|rarely|especially|particularly|with|is|are|be|being|should|must|may|can|could|might|will|would|to|has|have|been|"
    r"best|most|more|better|well|highly|very|less|no|longer)\b\W*)*",
    re.IGNORECASE,
)
_ANOTHER = re.compile(r"\b(?:therapy|treatment|agents?|drugs?|medications?|medicines?)\b", re.IGNORECASE)
_WHERE = re.compile(
    r"^(?:in|for|among|if|when|with|after|during|on|at|despite|once|until|as|where|following|under|unless|because|although|"
    r"while|since|before|without|from|by|within|beyond)\b",
    re.IGNORECASE,
)


# "and the pressure must be watched while it is given"
_MEANWHILE = re.compile(
    r"\b(?:while|whilst|whenever|as long as)\s(?:it|they|this|these)(?:\s(?:is|are))?(?:\s(?:still|being))?\s$",
    re.IGNORECASE,
)
# "A is effective but carries a risk of B and should be kept for ...": what A does, and A goes on
_DOES_AND = re.compile(
    r"\W*(?:but|yet)\s(?:(?:also|often|can|may|still)\s)?(?:ha(?:s|ve)|carr(?:y|ies)|(?:cause|increase|require|lack|prolong|interact|need|"
    r"cost|take|raise|reduce|produce|induce|worsen|confer|pose|lower|act|work)s?)\s(?:(?!\b(?:is|are|should|must|may|can)\b)[^,;:.])*"
    r",?\s(?:and|so)\s(?:therefore\s|thus\s)?(?=(?:is|are|should|must|may|can)\s)",
    re.IGNORECASE,
)


def _subject_of_its_own(parsed: Parsed, clause: Clause, cue: Cue) -> bool:
    """Whether the predicate of a clause has a subject that is no drug ("; contraception is required")."""
    if (
        cue.form != "predicate"
        or cue.rule == "direction.against.too-low-for-it"
        or _DOES_AND.match(parsed.reading.text, clause.start, cue.end)
    ):
        return False
    subject = _WHILE.sub("", parsed.reading.text[clause.start : cue.start].rpartition(",")[2])
    subject = re.split(
        r"(?<=\w)\s(?:of|for|in|to|with|at|between|before|after)\s", _LEADING.sub("", subject), maxsplit=1
    )[0]
    if not subject.strip() or _WHERE.match(subject):
        return False
    if _WATCHED.search(subject):
        return True  # "weekly blood counts are needed"
    if cue.rule == "direction.for.is-added" and _ANOTHER.search(subject):
        return True  # "systemic therapy is added only for refractory disease"
    return _SAME.search(subject) is None


# "women on inducers, who should be offered a copper device instead"
_WHO_GET = re.compile(
    r"\W*who\s(?:should|must|may|can|are|need\sto)\s(?:then\s|instead\s)?(?:be\s)?"
    r"(?:offered|given|prescribed|receive|use|take|switched\sto|treated\swith)\s(?!it\b|them\b|this\b|these\b)",
    re.IGNORECASE,
)


def stands_alone(parsed: Parsed, k: int, heads: list[Head]) -> bool:
    """Whether clause `k`, which names no drug, says more of the drugs before it: a predicate, doses, a setting of its own."""
    clause = parsed.clauses[k]
    if clause.rule == "clause.reserved":
        return False
    reading = parsed.reading
    region = Region(((clause.start, clause.end),))
    cue = heads[k][1]
    if clause.rule == OTHER_SUBJECT or _WHO_GET.match(reading.text, clause.start, clause.end):
        return False
    if cue is not None and cue.value != "none":
        return not (
            _object_of_its_own(parsed, clause, cue)
            or _subject_of_its_own(parsed, clause, cue)
            or _MEANWHILE.search(reading.text, clause.start, cue.start)
        )
    if clause.opener == "aswell":
        return any(
            region.holds(c.start) for label in ("SETTING", "LINE", "POPULATION") for c in reading.of(label)
        ) or any(region.holds(d.start) for d in reading.diseases)
    if clause.opener in (";", "sequence"):
        return bool(reading.doses_in(clause.start, clause.end))
    return False
