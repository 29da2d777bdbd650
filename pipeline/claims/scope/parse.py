"""Reads one statement: for which drugs it says something, and what. Knows nothing of the article around it."""

from __future__ import annotations

import re

from pipeline.claims.cues.matcher import Cue
from pipeline.claims.grades import Grade, find_grades
from pipeline.claims.reading import Reading
from pipeline.claims.scope.bare_clauses import own_dose, stands_alone
from pipeline.claims.scope.clauses import cut_clauses, depth_map, frame_end
from pipeline.claims.scope.combinations import Combined, find_combinations
from pipeline.claims.scope.diseases import Topics
from pipeline.claims.scope.dosing import bind_findings
from pipeline.claims.scope.fields import (
    Fields,
    Place,
    Region,
    Stated,
    collect,
    merge_settings,
    strength_of,
)
from pipeline.claims.scope.labels import is_label
from pipeline.claims.scope.lists import blank_doses, chains
from pipeline.claims.scope.local import local_brackets
from pipeline.claims.scope.predicates import Head, carry_directions, clause_direction, evidence_in
from pipeline.claims.scope.strengths import closing_grade, hold_strength, settles_direction
from pipeline.claims.scope.types import Finding, Parsed
from pipeline.claims.scope.zones import Zone, find_zones

_EXCLUDED = frozenset(
    {"comparator", "prior", "conditional", "replaced", "cause", "reason", "outcome", "monitor"}
)


# "..., and hospitalized patients should receive": the opening words were about others.
_OTHERS = re.compile(
    r"\W*(?:and|but|whereas|while)?\s*(?:(?!(?:in|for|with|all|most|some|these|such)\b)[\w-]+\s){1,2}"
    r"(?:patients|adults|children|women|men|people|individuals|infants)\s(?!(?:with|who)\b)",
    re.IGNORECASE,
)


def parse(reading: Reading, authority: str = "") -> Parsed:
    """The findings of one statement, in text order. `authority` is the guideline that it names, where known."""
    text = reading.text
    depths = depth_map(text)
    zones = find_zones(reading, depths)
    clauses = cut_clauses(reading, zones, depths)
    frame = frame_end(reading, zones, depths)
    grades = find_grades(reading, authority)
    blanked = blank_doses(reading)
    breaks = {c.start for c in reading.of("COMBINE")} | {z.cue_start for z in zones if z.role in _EXCLUDED}
    breaks |= {c.start for c in clauses if c.start}
    lists = chains(reading, blanked, breaks)
    usable = [_usable(reading, i, zones) for i in range(len(reading.drugs))]
    labels = {i for i in range(len(usable)) if is_label(reading, i, usable)}
    usable = [u and i not in labels for i, u in enumerate(usable)]
    stated = Stated(reading, zones)
    heads = [clause_direction(stated, c) for c in clauses]
    carry_directions(reading, heads, clauses)

    def clause_of(place: int) -> int:
        return next((k for k in range(len(clauses) - 1, -1, -1) if clauses[k].start <= place), 0)

    combined = find_combinations(
        reading, lists, blanked, clause_of, lambda k: heads[k][0] == "against", usable
    )
    for i in range(len(usable)):
        if i in combined.silent:
            usable[i] = False
        elif (
            i in combined.partners
            and i not in labels
            and not any(z.holds(reading.drugs[i].start) and z.role in _EXCLUDED for z in zones)
        ):
            usable[i] = True
    whole_region = Region(((0, len(text)),))
    whole = collect(stated, whole_region, 0)
    _add_strength(whole, stated, whole_region, grades)
    whole.direction = next((d for d, *_ in heads if d), "")
    parsed = Parsed(reading, [], whole, clauses, zones, grades, frame, usable=usable)
    topics = Topics(reading, zones, frame)
    parsed.diseases, parsed.others = topics.about(((0, len(text)),))
    parsed.evidence = evidence_in(stated, whole_region)[0]
    parsed.skip = bool(grades) and not all(g.claim for g in grades)
    parsed.labels = frozenset(labels)
    parsed.standing = [h[1] is not None for h in heads]
    _findings(parsed, stated, topics, heads, combined, depths)
    return parsed


_COMPONENT = re.compile(r"\s*component\b", re.IGNORECASE)
_OF_COMPONENT = re.compile(r"\b(?:of|as)\s(?:the\s)?$", re.IGNORECASE)


def _is_component(reading: Reading, index: int) -> bool:
    """Whether a drug only says which part of a combination an amount counts ("X/Y 5 mg/kg of X", "(X component)")."""
    drug, text = reading.drugs[index], reading.text
    bracketed = text.rfind("(", 0, drug.start) > text.rfind(")", 0, drug.start)
    if index and bracketed and "elemental" in text[max(0, drug.start - 10) : drug.start + 10]:
        return True  # "X 325 mg (65 mg elemental iron)"
    if not (
        _COMPONENT.match(text, drug.end) or _OF_COMPONENT.search(text, max(0, drug.start - 10), drug.start)
    ):
        return False
    return any(drug.concept.name in d.concept.name.split("/") for d in reading.drugs[:index])


def _usable(reading: Reading, index: int, zones: list[Zone]) -> bool:
    drug = reading.drugs[index]
    if _is_component(reading, index):
        return False
    inside = [z for z in zones if z.holds(drug.start) and z.role in _EXCLUDED]
    if not inside:
        return True
    threshold = any(index in d.drugs and d.dose.dose_role == "threshold" for d in reading.doses)
    return threshold and all(z.role in ("reason", "outcome") for z in inside)


def _add_strength(fields: Fields, stated: Stated, region: Region, grades: list[Grade]) -> None:
    strength, certainty, grade, marks = strength_of(stated, region, grades)
    if strength or certainty or grade:
        fields.strength, fields.certainty = strength, certainty
        fields.grade_text = grade.text if grade else None
        fields.grade_system = grade.system or None if grade else None
        fields.marks = (*fields.marks, *marks)


def _findings(
    parsed: Parsed,
    stated: Stated,
    topics: Topics,
    heads: list[Head],
    combined: Combined,
    depths: list[int],
) -> None:
    reading = parsed.reading
    subjects: list[int] = []
    closing = closing_grade(parsed)
    settles = settles_direction(parsed, heads, closing)
    for i in combined.beside:
        if heads[_clause_at(parsed, reading.drugs[i].start)][0] == "against":
            parsed.usable[i] = False
    for k, clause in enumerate(parsed.clauses):
        direction, cue, strong = heads[k]
        own = [
            i
            for i, d in enumerate(reading.drugs)
            if clause.start <= d.start < clause.end and parsed.usable[i]
        ]
        region = Region(((clause.start, clause.end), (0, parsed.frame)))
        evidence, evidence_cue = evidence_in(stated, region)
        carried = False
        targets: list[int | None] = list(own)
        if not own and subjects and stands_alone(parsed, k, heads):
            targets, carried = list(subjects), True
        elif not own and not any(parsed.usable) and (cue is not None or k == 0 or own_dose(parsed, clause)):
            targets = [None]
        local = local_brackets(reading, parsed.grades, list(own), depths)
        found: list[Finding] = []
        for target in targets:
            found.append(
                _finding(
                    parsed,
                    stated,
                    topics,
                    k,
                    target,
                    own,
                    local,
                    combined,
                    closing,
                    settles,
                    direction,
                    cue,
                    strong,
                    evidence,
                    evidence_cue,
                    carried,
                )
            )
        if cue is None and k and clause.opener in ("aswell", "and", "sequence", "with", ";"):
            hold_strength(found, parsed.findings)
        parsed.findings += found
        if own:
            subjects = own
    bind_findings(parsed)


def _clause_at(parsed: Parsed, place: int) -> int:
    return next((k for k in range(len(parsed.clauses) - 1, -1, -1) if parsed.clauses[k].start <= place), 0)


def _finding(
    parsed: Parsed,
    stated: Stated,
    topics: Topics,
    k: int,
    target: int | None,
    own: list[int],
    local: dict[int, list[tuple[int, int]]],
    combined: Combined,
    closing: Grade | None,
    settles: str,
    direction: str,
    cue: Cue | None,
    strong: bool,
    evidence: str,
    evidence_cue: Cue | None,
    carried: bool,
) -> Finding:
    reading = parsed.reading
    clause = parsed.clauses[k]
    others = tuple(s for i, spans in local.items() if i != target for s in spans)
    others += _doses_of_others(reading, target)
    anchor = reading.drugs[target].start if target is not None else clause.start
    spans: tuple[tuple[int, int], ...] = ((clause.start, clause.end),)
    region = Region(spans, others)
    if target is not None and local.get(target):
        near = collect(stated, Region(tuple(local[target])), anchor)
        fields = near.over(collect(stated, Region(spans, (*others, *local[target])), anchor))
    else:
        fields = collect(stated, region, anchor)
    others_open = clause.start >= parsed.frame > 0 and _OTHERS.match(reading.text, clause.start)
    if (clause.start >= parsed.frame > 0 or clause.start > 0) and not stated.nothing and not others_open:
        fields = fields.over(collect(stated, Region(((0, parsed.frame),)), anchor))
    if carried and target is not None:
        fields.setting = merge_settings(fields.setting, _premodifiers(reading, target))
    _add_strength(fields, stated, region, parsed.grades)
    marks = list(fields.marks)
    grade = next(
        (
            g
            for g in reversed(parsed.grades)
            if clause.start <= g.start < clause.end and not any(s <= g.start < e for s, e in others)
        ),
        None,
    )
    if closing is not None and not fields.strength and closing.start >= clause.end and direction == settles:
        fields.strength, fields.certainty = closing.strength, closing.certainty
        fields.grade_text, fields.grade_system = closing.text, closing.system or None
        marks.append(Place("strength", closing.start, closing.end, closing.rule))
    if grade is not None and grade.direction == "against":
        direction = "against"
    value, mark = _own_direction(parsed, target, direction, cue)
    kind = ""
    # "has not been shown to be effective"
    shown = (
        cue is not None
        and evidence_cue is not None
        and 0 <= cue.start - evidence_cue.start <= 30
        and cue.start <= evidence_cue.end + 1
    )
    if evidence and (shown or not (strong and cue is not None and cue.form != "noun")):
        kind, value = "evidence", evidence
        if evidence_cue is not None:
            mark = Place("direction", evidence_cue.start, evidence_cue.end, evidence_cue.rule)
            marks.append(Place("kind", evidence_cue.start, evidence_cue.end, evidence_cue.rule))
        fields.strength = fields.certainty = ""
        fields.grade_text = fields.grade_system = None
    elif cue is not None:
        kind = "recommendation"
    if mark is not None:
        marks.append(mark)
    fields.direction, fields.marks, fields.weak = value, tuple(marks), not strong
    partners: tuple[int, ...] = ()
    if target is not None:
        partners = _partners(parsed, combined, k, target)
    else:
        partners = tuple(sorted(combined.beside))
    diseases, others_named = topics.about(spans)
    if not diseases and parsed.frame:
        diseases, more = topics.about(((0, parsed.frame),))
        others_named = (*others_named, *more)
    if not diseases and (carried or not others_named):
        distributed = any(c.rule == "clause.distributed" for c in parsed.clauses[k : k + 2])
        diseases = parsed.diseases if carried or clause.start or distributed else ()
    said = bool(value) or bool(evidence)
    return Finding(
        target,
        k,
        fields,
        kind,
        said,
        partners,
        target in combined.beside,
        diseases,
        (),
        carried,
        others_named,
        clause.opener,
    )


def _doses_of_others(reading: Reading, target: int | None) -> tuple[tuple[int, int], ...]:
    """ "low-dose" right before another drug ("a low dose of A"), which it belongs to alone."""
    cues = [c for c in reading.of("SETTING") if c.value in ("low-dose", "high-dose")]
    if not cues:
        return ()
    starts = [d.start for i, d in enumerate(reading.drugs) if i != target]
    return tuple(
        (c.start, c.end)
        for c in cues
        if any(
            0 <= s - c.end <= 1 or (s > c.end and _OF_DRUG.fullmatch(reading.text[c.end : s])) for s in starts
        )
    )


_OF_DRUG = re.compile(r"\s(?:oral\s|inhaled\s|intravenous\s)?(?:of\s(?:an?\s|the\s)?)?", re.IGNORECASE)


def _premodifiers(reading: Reading, index: int) -> tuple[str, ...]:
    """Settings right before a drug ("long-term glucocorticoids"), which go with it into later clauses."""
    start = reading.drugs[index].start
    return tuple(sorted(c.value for c in reading.of("SETTING") if 0 <= start - c.end <= 1))


def _partners(parsed: Parsed, combined: Combined, k: int, target: int) -> tuple[int, ...]:
    """The partners of a drug in clause `k`: those that words of this clause put beside it, or of a later one that
    has no predicate of its own."""
    out = []
    for partner in combined.partners.get(target, ()):
        cue = combined.marks[target, partner]
        place = _clause_at(parsed, cue.start)
        if cue.value == "plus":
            place = k
        later = place > k and not parsed.standing[place]
        if place == k or later:
            out.append(partner)
    return tuple(sorted(out))


_NOT_DRUG = re.compile(r"\b(?:but not|and not|not)\s+(?:the |an? |with |for )?$", re.IGNORECASE)


def _own_direction(
    parsed: Parsed, target: int | None, direction: str, cue: Cue | None
) -> tuple[str, Place | None]:
    reading = parsed.reading
    if target is not None:
        before = reading.text[max(0, reading.drugs[target].start - 14) : reading.drugs[target].start]
        if direction == "for" and _NOT_DRUG.search(before):
            at = reading.drugs[target].start
            return "against", Place("direction", at - 4, at, "direction.not-drug")
    if cue is not None:
        return direction, Place("direction", cue.start, cue.end, cue.rule)
    return direction, None
