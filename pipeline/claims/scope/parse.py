"""Reads one statement: for which drugs it says something, and what. Knows nothing of the article around it."""

from __future__ import annotations

import re

from pipeline.claims.cues.matcher import Cue
from pipeline.claims.data_files import alternatives
from pipeline.claims.grades import find_grades
from pipeline.claims.questions import asked
from pipeline.claims.reading import CROWDED, Reading, crowded
from pipeline.claims.scope.clauses import Clause, cut_clauses, depth_map
from pipeline.claims.scope.combinations import find_combinations
from pipeline.claims.scope.diseases import Topics
from pipeline.claims.scope.favored import limit_to_list
from pipeline.claims.scope.fields import Fields
from pipeline.claims.scope.findings import Findings, add_strength
from pipeline.claims.scope.frames import frame_end
from pipeline.claims.scope.labels import is_label
from pipeline.claims.scope.lists import blank_doses, chains
from pipeline.claims.scope.partners import Combined
from pipeline.claims.scope.predicates import (
    Head,
    carry_directions,
    clause_direction,
    evidence_in,
    set_refusals_apart,
)
from pipeline.claims.scope.repeats import mark_repeats
from pipeline.claims.scope.stated import Region, Stated, collect
from pipeline.claims.scope.types import Parsed
from pipeline.claims.scope.zone import Zone
from pipeline.claims.scope.zones import find_zones
from pipeline.vocabulary.concept import PROCEDURE

_EXCLUDED = frozenset(
    {"comparator", "prior", "conditional", "replaced", "cause", "reason", "outcome", "monitor", "undecided"}
)


def parse(reading: Reading, authority: str = "", *, heading: bool = False) -> Parsed:
    """The findings of one statement, in text order. `authority` is the guideline that it names, where known.

    A `heading` that names no two drugs has none: what it says as a whole holds for what stands below it.
    """
    text = reading.text
    if reading.crowded:
        return _nothing(reading)
    depths = depth_map(text)
    zones = find_zones(reading, depths)
    if len(zones) > CROWDED:
        return _nothing(crowded(text))
    mark_repeats(reading, zones)
    clauses = cut_clauses(reading, zones, depths)
    frame = frame_end(reading, zones, depths)
    grades = find_grades(reading, authority)
    stated = Stated(reading, zones)
    set_refusals_apart(stated)
    heads = [clause_direction(stated, c) for c in clauses]
    carry_directions(reading, heads, clauses)
    answer_question(text, heads, clauses)
    usable, labels, combined = _parts(reading, zones, clauses, heads) if reading.drugs else _NO_PARTS
    whole_region = Region(((0, len(text)),))
    whole = collect(stated, whole_region, 0)
    add_strength(whole, stated, whole_region, grades)
    whole.direction = next((d for d, *_ in heads if d), "")
    parsed = Parsed(reading, [], whole, clauses, zones, grades, frame, usable=list(usable))
    if heading and len(reading.drugs) < 2 and not combined.beside:
        return parsed
    topics = Topics(reading, zones, frame)
    parsed.diseases, parsed.others = topics.about(((0, len(text)),))
    parsed.evidence = evidence_in(stated, whole_region)[0]
    parsed.skip = bool(grades) and not all(g.claim for g in grades)
    parsed.labels = frozenset(labels)
    parsed.standing = [h[1] is not None for h in heads]
    Findings(parsed, stated, topics, heads, combined).read(depths)
    limit_to_list(parsed)
    return parsed


def _nothing(reading: Reading) -> Parsed:
    """A crowded statement: it says nothing, not even of drugs named before it."""
    return Parsed(
        reading, [], Fields(), [Clause(0, len(reading.text))], [], [], 0, skip=True, standing=[False]
    )


def answer_question(text: str, heads: list[Head], clauses: list[Clause]) -> None:
    """Gives the clause of a question the direction that its answer gives it ("Can A be used? No.")."""
    told = asked(text) if "?" in text else None
    if told is not None:
        asks, end, direction = told
        k = next(k for k in reversed(range(len(clauses))) if clauses[k].start < asks)
        heads[k] = (direction, Cue("DIRECTION", direction, asks, end, "direction.answer", "predicate"), True)


def _parts(
    reading: Reading, zones: list[Zone], clauses: list[Clause], heads: list[Head]
) -> tuple[list[bool], set[int], Combined]:
    """The parts that drugs play: which may be advised on, which only name the kind of another, and which are given together."""
    blanked = blank_doses(reading)
    breaks = {c.start for c in reading.of("COMBINE")} | {z.cue_start for z in zones if z.role in _EXCLUDED}
    breaks |= {c.start for c in clauses if c.start}
    lists = chains(reading, blanked, breaks)
    usable = _usable(reading, zones)
    labels = {i for i in range(len(usable)) if is_label(reading, i, usable)}
    usable = [u and i not in labels for i, u in enumerate(usable)]

    def clause_of(place: int) -> int:
        return next((k for k in range(len(clauses) - 1, -1, -1) if clauses[k].start <= place), 0)

    combined = find_combinations(reading, lists, blanked, clause_of, lambda k: heads[k][0], usable, zones)
    for i in sorted(labels):
        owner = next((k for k in reversed(range(i)) if usable[k]), None)
        if (
            i in combined.partners
            and owner is not None
            and clause_of(reading.drugs[owner].start) == clause_of(reading.drugs[i].start)
        ):
            combined.give(i, owner)
    for i in range(len(usable)):
        if i in combined.silent:
            usable[i] = False
        elif (
            i in combined.partners
            and i not in labels
            and not any(z.holds(reading.drugs[i].start) and z.role in _EXCLUDED for z in zones)
        ):
            usable[i] = True
    return usable, labels, combined


_NO_PARTS: tuple[list[bool], set[int], Combined] = (
    [],
    set(),
    Combined(),
)  # where no drug is named; nobody changes it
_FAILURE = re.compile(r"\s(?:(?:therapy|treatment)\s)?(?:failure|non-?response)\b", re.IGNORECASE)
# Whatever the expressions of that name find has one of these words.
_FAILURE_SAID = frozenset(("failure", "nonresponse", "response"))
_COMPONENT = re.compile(r"\s*component\b", re.IGNORECASE)
_OF_COMPONENT = re.compile(r"\b(?:of|as)\s(?:the\s|elemental\s)?$", re.IGNORECASE)
_COMPONENT_SAID = frozenset(("component", "elemental", "of", "as"))


def _is_component(reading: Reading, index: int) -> bool:
    """Whether a drug only says which part of a combination an amount counts ("X/Y 5 mg/kg of X", "(X component)")."""
    if not index:
        return False
    drug, text = reading.drugs[index], reading.text
    bracketed = text.rfind("(", 0, drug.start) > text.rfind(")", 0, drug.start)
    if bracketed and "elemental" in text[max(0, drug.start - 10) : drug.start + 10]:
        return True  # "X 325 mg (65 mg elemental iron)"
    if not (
        _COMPONENT.match(text, drug.end) or _OF_COMPONENT.search(text, max(0, drug.start - 10), drug.start)
    ):
        return False
    return any(
        drug.concept.name in d.concept.name.split("/") or d.concept.name.startswith(f"{drug.concept.name} ")
        for d in reading.drugs[:index]
    )


# "a median prednisolone dose below 5 mg", "less glucocorticoid exposure": what was measured
_MEASURED = re.compile(r"\b(?:median|mean|average)\s(?:daily\s|cumulative\s|total\s)?$", re.IGNORECASE)
_DOSE = re.compile(r"\s(?:doses?|dosage|use|requirements?|exposure|consumption|intake)\b", re.IGNORECASE)
_LESS = re.compile(r"\b(?:less|lower|reduced|fewer|cumulative|total|higher)\s$", re.IGNORECASE)
_ALLOWED = re.compile(r"\b(?:allowed|permitted|enabled)\s(?:lower|reduced|less|smaller)\s$", re.IGNORECASE)
# "A lowered calcium in most patients", "serum bicarbonate"
_CHANGED = re.compile(
    r"\b(?:(?:lowered|raised|normali[sz]ed)\s(?:the\s|serum\s|plasma\s)?|serum\s|plasma\s|urinary\s)$",
    re.IGNORECASE,
)
# "A can be given at 75% of the B dose": what A is reckoned from
_PART_OF = re.compile(
    r"\bat\s(?:[\d.–-]+\s?(?:%|percent)|(?:one[\s-])?(?:half|third|quarter|fifth|sixth|tenth))\sof\s"
    r"(?:the\s)?(?:(?:previous|total|daily|oral|usual|equivalent)\s){0,2}$",
    re.IGNORECASE,
)
_NOTHING = re.compile(r"(?!\s(?:tears|eye|drops|infusion|exchange))")
_EXPOSURE = re.compile(r"\s(?:requirements?|exposure|consumption)\b", re.IGNORECASE)
# "moderation of fluid and caffeine intake": what is eaten or drunk
_MODERATED = re.compile(
    r"\b(?:moderat|reduc|limit|restrict|decreas)\w*\s(?:(?:of|in)\s)?(?:\w+\s(?:and|or)\s)?$", re.IGNORECASE
)
_INTAKE = re.compile(r"(?:\s(?:and|or)\s\w+)?\sintake\b", re.IGNORECASE)
# "correction of potassium and calcium comes first", "potassium and magnesium should be corrected": what is low, not what is given
_ELECTROLYTE = re.compile(rf"(?:{alternatives('electrolytes')})", re.IGNORECASE)
_LEVELS = rf"(?:{_ELECTROLYTE.pattern}(?:\slevels?)?(?:,\s(?:and\s|or\s)?|\s(?:and|or)\s)){{0,4}}"
_CORRECTING = re.compile(
    rf"\bcorrect(?:ion\sof|ing)?\s(?:(?:any|low|serum|the|first)\s){{0,2}}{_LEVELS}$", re.IGNORECASE
)
_NO_MEANS = re.compile(r"(?!.{0,40}\s(?:with|using|by)\s)", re.IGNORECASE)
_IS_CORRECTED = re.compile(
    rf"(?:(?:,\s(?:and\s|or\s)?|\s(?:and|or)\s){_ELECTROLYTE.pattern}){{0,4}}\s(?:correction\b|"
    r"(?:(?:should|must|is|are)\s)?(?:be\s|are\s|is\s)?(?:first\s|always\s)?(?:corrected|normali[sz]ed)\b)",
    re.IGNORECASE,
)
_CORRECTED_SAID = frozenset(("correction", "correct", "correcting", "corrected", "normalised", "normalized"))


def _is_corrected(reading: Reading, index: int) -> bool:
    """Whether a drug is only the electrolyte that is corrected, by nothing that is named ("correct magnesium with ...")."""
    text, drug = reading.text, reading.drugs[index]
    if not _ELECTROLYTE.fullmatch(text, drug.start, drug.end):
        return False
    if _CORRECTING.search(text, max(0, drug.start - 90), drug.start):
        return _NO_MEANS.match(text, drug.end) is not None
    return _IS_CORRECTED.match(text, drug.end) is not None


_MEASURED_SAID = frozenset(
    (
        *("median", "mean", "average", "requirement", "requirements", "exposure", "consumption", "allowed"),
        *("permitted", "enabled", "lowered", "raised", "normalised", "normalized", "serum", "plasma"),
        *("urinary", "intake"),
    )
)
_PART_OF_SAID = frozenset(("at", "of"))


def _is_measured(reading: Reading, index: int) -> bool:
    """Whether a drug only tells what was measured or what is eaten ("a median prednisone dose", "reduced sodium intake")."""
    text, drug = reading.text, reading.drugs[index]
    first = max(0, drug.start - 40)
    if index and _PART_OF.search(text, first, drug.start) and _DOSE.match(text, drug.end):
        return True
    return any(
        after.match(text, drug.end) and before.search(text, first, drug.start)
        for before, after in (
            (_MEASURED, _DOSE),
            (_LESS, _EXPOSURE),
            (_ALLOWED, _DOSE),
            (_CHANGED, _NOTHING),
            (_MODERATED, _INTAKE),
        )
    )


# "those who respond to A should continue it", "patients in remission on A should remain on treatment"
_CONTINUED = re.compile(
    r"(?:\s(?!(?:or|and|but|should|may|can|must)\b)[\w-]+){0,6}\s(?:should|may|can|must)\s(?:\w+ly\s)?(?:continue|keep|stay|remain)\s"
    r"(?:(?:on|taking|with)\s)?(?:it|them|this|these|(?:the\s|this\s|their\s)?(?:same\s)?(?:treatment|therapy|drug|medication))\b",
    re.IGNORECASE,
)
_TAKEN_WELL = re.compile(
    r"\b(?:who|responders|remission|response|stable|controlled|well)\b(?:(?!\b(?:not|un\w+|fail\w*|intoleran\w+|allerg\w+|cannot|despite|without)\b)[^,;:.])*$",
    re.IGNORECASE,
)


def _is_continued(reading: Reading, index: int) -> bool:
    """Whether a drug is named as what patients respond to, and is then continued."""
    text, drug = reading.text, reading.drugs[index]
    return (
        _CONTINUED.match(text, drug.end) is not None
        and _TAKEN_WELL.search(text, max(0, drug.start - 80), drug.start) is not None
    )


# "contraindicated in dialysis", "should not be given during hemodialysis": those who have it
_FORBIDDEN_IN = re.compile(
    r"\b(?:but\snot|safe|contraindicated|avoid(?:ed)?|(?:not|never)\s(?:be\s)?(?:used?|given?|recommended|advised))\s(?:in|on|during)\s$",
    re.IGNORECASE,
)


def _usable(reading: Reading, zones: list[Zone]) -> list[bool]:
    """For each drug whether it may be advised on. What no word of the statement tells is not asked drug by drug."""
    said, text = reading.words, reading.text
    continued = any(c.rule == "direction.for.continue-it" for c in reading.of("DIRECTION"))
    component = len(reading.drugs) > 1 and not _COMPONENT_SAID.isdisjoint(said)
    measured = not _MEASURED_SAID.isdisjoint(said) or said >= _PART_OF_SAID
    failure = not _FAILURE_SAID.isdisjoint(said)
    corrected = not _CORRECTED_SAID.isdisjoint(said)
    hidden = [z for z in zones if z.role in _EXCLUDED]
    out = []
    for i, drug in enumerate(reading.drugs):
        if continued and _is_continued(reading, i):
            out.append(True)
        elif (
            (component and _is_component(reading, i))
            or (measured and _is_measured(reading, i))
            or (failure and _FAILURE.match(text, drug.end))
            or (corrected and _is_corrected(reading, i))
            or (
                i
                and drug.concept.kind == PROCEDURE
                and _FORBIDDEN_IN.search(text, max(0, drug.start - 60), drug.start)
            )
        ):
            out.append(False)
        else:
            inside = [z for z in hidden if z.holds(drug.start)] if hidden else hidden
            out.append(not inside or (_is_threshold(reading, i) and all(z.role in _TOLD for z in inside)))
    return out


_TOLD = ("reason", "outcome")


def _is_threshold(reading: Reading, index: int) -> bool:
    return any(index in d.drugs and d.dose.dose_role == "threshold" for d in reading.doses)
