"""The conditions of a row that its statement's phrases of patients, labels and occasions give."""

from __future__ import annotations

import re

from pipeline.claims.names import Disease
from pipeline.claims.scope.conditions import words_of
from pipeline.claims.scope.fields import Fields, Place
from pipeline.claims.scope.relatives import antecedent
from pipeline.claims.scope.situation_labels import label
from pipeline.claims.scope.situations import phrases, subjects
from pipeline.claims.scope.types import Finding, Parsed
from pipeline.vocabulary import Mention

_MANY = 64  # more diseases than a statement names
_AROUND = 400  # letters: no phrase of patients is longer
_NUMBER = re.compile(r"(?:crcl|gfr|clearance)\b.*\d", re.IGNORECASE)  # "CrCl <30 mL/min"
_OF_ITS_OWN = re.compile(r"(?:in|for|among)\s", re.IGNORECASE)


def with_whom(
    fields: Fields,
    parsed: Parsed,
    finding: Finding,
    diseases: tuple[Disease, ...],
    *,
    group: bool,
) -> Fields:
    """With the phrases that limit whom the statement is for; they are worked out once for all its drugs."""
    text = parsed.reading.text
    names = frozenset(d.name for d in diseases)
    inside = tuple((d.start, d.end) for d in diseases if d.start >= 0)
    against, advice = fields.direction == "against", finding.kind != "evidence"
    alike = (finding.clause, names, inside, finding.apart, against, advice, group)
    places = parsed.limits.get(alike)
    if places is None:
        taken = _conditions(parsed)
        taken += [(m.start, m.end) for m in _near(parsed, finding.clause) if m.concept.name in names]
        places = parsed.limits[alike] = _limits(
            parsed,
            finding.clause,
            (*taken, *inside, *finding.apart),
            against=against,
            advice=advice,
            group=group,
        )
    if not places:
        return fields
    own = [m for m in finding.fields.marks if m.field == "condition"]
    above = [c for c in fields.condition if c not in finding.fields.condition]
    words = (words_of(text, p.start, p.end) for p in sorted((*own, *places), key=lambda p: p.start))
    return fields.but(
        condition=tuple(dict.fromkeys((*above, *words))),
        marks=(*fields.marks, *places),
    )


def _near(parsed: Parsed, clause: int) -> list[Mention]:
    """The diseases that a statement names; of very many those in and around a clause and what leads the statement in."""
    reading, held = parsed.reading, parsed.clauses[clause]
    if len(reading.diseases) < _MANY:
        return reading.diseases
    first = reading.diseases_in(0, parsed.frame + _AROUND)
    own = reading.diseases_in(held.start - _AROUND, held.end + _AROUND)
    return [reading.diseases[i] for i in sorted({*first, *own})]


def whom_below(parsed: Parsed, own: tuple[tuple[int, int], ...]) -> list[Place]:
    """The phrases of a lead-in or a parent bullet that limit whom those below it are for, outside its `own` diseases;
    remembered."""
    places = parsed.limits.get(own)
    if places is None:
        taken = (*_conditions(parsed), *own)
        head = label(parsed, taken)
        places = phrases(parsed, ((0, len(parsed.reading.text)),), taken, advice=False)
        places = [head, *(p for p in places if p.start >= head.end)] if head else places
        parsed.limits[own] = places
    return places


def _conditions(parsed: Parsed) -> list[tuple[int, int]]:
    return [(z.cue_start, z.end) for z in parsed.zones if z.role == "conditional"]


def _limits(
    parsed: Parsed,
    clause: int,
    taken: tuple[tuple[int, int], ...],
    *,
    against: bool,
    advice: bool,
    group: bool,
) -> list[Place]:
    """The phrases of one clause that limit whom it is for and say more than its cues of population and setting."""
    text, held = parsed.reading.text, parsed.clauses[clause]
    spans: tuple[tuple[int, int], ...] = ((held.start, held.end), (0, parsed.frame))
    about = antecedent(text, held.start, held.rule)
    if about is not None:
        spans = (*spans, about)
    places = phrases(parsed, spans, taken, against=against, advice=advice)
    if held.start and any(p.start >= held.start and _OF_ITS_OWN.match(text, p.start) for p in places):
        # "Women with X should not take A, and B is avoided in those with Y"
        others = [span for span in subjects(text) if span[1] <= held.start]
        places = [p for p in places if (p.start, p.end) not in others]
    head = label(parsed, taken, group=group)
    if head is not None:
        places = [head, *(p for p in places if p.start >= head.end)]
    known = [c for name in ("POPULATION", "SETTING") for c in parsed.reading.of(name)]
    return [
        p
        for p in places
        if not any(
            p.start <= c.start and c.end <= p.end and p.end - p.start <= c.end - c.start + 12
            for c in known
            if "trimester" not in text[c.start : c.end] and not _NUMBER.search(text, p.start, p.end)
        )
    ]
