"""The rows of one drug of a statement: one for each of its doses, with what holds for that dose alone."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import replace

from pipeline.claims.bands import Span, bands_of
from pipeline.claims.reading import DoseMention, Reading
from pipeline.claims.rows import Draft, graded
from pipeline.claims.scope.conditions import words_of
from pipeline.claims.scope.fields import SEVERITIES, Fields, Place
from pipeline.claims.scope.types import Parsed

JOINT = " | "  # parts the cells of a row
_BUT_NOT = re.compile(r"\W*(?:but\s)?(?:not|never)\b", re.IGNORECASE)
_AT_LEAST = re.compile(r"(?:≥|>=|⩾|≧)|.*\bor (?:more|greater|higher|above)\b")


def dose_rows(parsed: Parsed, draft: Draft) -> Iterator[tuple[DoseMention | None, Fields]]:
    """Each dose of a draft with its fields; None once where it gives none."""
    for dose, fields in _dose_rows(parsed, draft):
        yield None if dose is None else _advised(dose, fields), fields


def _advised(dose: DoseMention, fields: Fields) -> DoseMention:
    """ "Aspirin ≥75 mg daily is recommended": the least dose that is advised is a regimen and no threshold."""
    threshold = fields.direction == "for" and dose.dose.dose_role == "threshold"
    if not threshold or not _AT_LEAST.match(dose.dose.dose_text):
        return dose
    return replace(dose, dose=replace(dose.dose, dose_role="regimen"))


def _dose_rows(parsed: Parsed, draft: Draft) -> Iterator[tuple[DoseMention | None, Fields]]:
    if not draft.doses:
        yield None, draft.fields
        return
    first = draft.doses[0]
    early = [g for g in parsed.grades if g.end <= first.start and g.strength]
    late = [g for g in parsed.grades if g.start >= first.end and g.strength]
    if early and late and draft.finding.drug is not None:
        yield None, graded(draft.fields, early[-1])
        for dose in draft.doses:
            own = next((g for g in late if g.start >= dose.end), late[-1])
            yield dose, graded(draft.fields, own)
        return
    reading = parsed.reading
    brackets = [
        in_bracket(reading.text, m, draft.doses) for m in draft.fields.marks if m.field == "condition"
    ]
    if parsed.bands is None:
        parsed.bands = _in_own_clauses(parsed, bands_of(reading.text, reading.doses))
    bands = parsed.bands if parsed.bands and _divides(reading, draft, parsed.bands) else {}
    named = _in_dosed_brackets(reading, draft)
    for dose in draft.doses:
        # "5 mg (2.5 mg if frail)": the condition in a bracket holds for the dose in it.
        foreign = {words for held, words in brackets if held and dose not in held}
        fields = for_dose(draft.fields, reading, dose)
        if foreign:
            fields = fields.but(condition=tuple(c for c in fields.condition if c not in foreign))
        others = {value for value, held in named.items() if held and dose not in held}
        if others:
            fields = fields.but(population=tuple(p for p in fields.population if p not in others))
        yield dose, banded(fields, draft, reading, bands, dose) if bands else fields


def _in_own_clauses(
    parsed: Parsed, bands: dict[DoseMention, tuple[Span, ...]]
) -> dict[DoseMention, tuple[Span, ...]]:
    """Bands without those that a later clause names behind a drug of its own ("A 4 mg monthly, and B is preferred when the
    clearance is below 30 mL/min")."""
    starts = [c.start for c in parsed.clauses if c.start]
    if not starts or not bands:
        return bands
    refused = {c.start for c in parsed.clauses if _BUT_NOT.match(parsed.reading.text, c.start, c.end)}

    def is_own(dose: DoseMention, band: Span) -> bool:
        return not any(
            dose.end <= start < band[0] and (start in refused or parsed.reading.drugs_in(start, band[0]))
            for start in starts
        )

    kept = {dose: tuple(b for b in held if is_own(dose, b)) for dose, held in bands.items()}
    return {dose: held for dose, held in kept.items() if held}


def _in_dosed_brackets(reading: Reading, draft: Draft) -> dict[str, tuple[DoseMention, ...]]:
    """The patients that a bracket names ("10 mg (5 mg in older adults)"), with the doses in it; none where others stand
    for them too."""
    if len(draft.doses) < 2 or not draft.finding.fields.population or "(" not in reading.text:
        return {}
    named: dict[str, tuple[DoseMention, ...]] = {}
    for cue in reading.of("POPULATION"):
        held, _ = in_bracket(reading.text, Place("population", cue.start, cue.end, cue.rule), draft.doses)
        for value in cue.value.split("|"):
            known = named.get(value, held)
            named[value] = (*known, *held) if known and held else ()
    return named


def in_bracket(text: str, mark: Place, doses: tuple[DoseMention, ...]) -> tuple[tuple[DoseMention, ...], str]:
    """The doses that share a bracket, or the cell of a table, with a condition, where others stand outside it, and the
    condition's words."""
    words = words_of(text, mark.start, mark.end)
    if JOINT in text:
        first, last = text.rfind(JOINT, 0, mark.start), text.find(JOINT, mark.end)
        beside = tuple(d for d in doses if first < d.start < (last if last >= 0 else len(text)))
        return (beside if len(beside) < len(doses) else ()), words
    opened = text.rfind("(", 0, mark.start)
    if opened < 0 or ")" in text[opened : mark.start]:
        return (), words
    closed = text.find(")", mark.start)
    inside = tuple(d for d in doses if opened < d.start < (closed if closed >= 0 else len(text)))
    return (inside if len(inside) < len(doses) else ()), words


_AGES = frozenset({"neonates", "infants", "children", "adolescents", "adults", "older adults"})


def for_dose(fields: Fields, reading: Reading, dose: DoseMention) -> Fields:
    """The fields of one dose: where a statement gives a dose for each severity ("10 mg for mild and 30 mg for severe
    disease") or age ("children 5 mg, adults 10 mg"), only its own."""
    if len(reading.doses) < 2:
        return fields
    held = SEVERITIES & set(fields.setting)
    if len(held) > 1:
        own = _own_values(reading, dose, "SETTING", held)
        if own:
            fields = fields.but(setting=tuple(v for v in fields.setting if v not in held - own))
    held = _AGES & set(fields.population)
    if held and len({v for c in reading.of("POPULATION") for v in c.value.split("|") if v in _AGES}) > 1:
        own = _own_values(reading, dose, "POPULATION", _AGES)
        if own:
            fields = fields.but(population=tuple(sorted((set(fields.population) - _AGES) | own)))
    return fields


def _limits(reading: Reading, dose: DoseMention, other: DoseMention) -> bool:
    """Whether a dose is right before its maximum ("30 mg/kg up to 125 mg in children")."""
    near = other.dose.dose_role == "maximum" and other.start - dose.end <= 3
    return near and reading.text[dose.end : other.start].strip(" (,") == ""


def _own_values(reading: Reading, dose: DoseMention, label: str, held: frozenset[str] | set[str]) -> set[str]:
    """Which of the values `held` stand with one dose: behind it, or before it, as they do in this statement."""
    cues = [c for c in reading.of(label) if not held.isdisjoint(c.value.split("|"))]
    # the value stands behind its dose, or before it
    behind = any(c.start >= reading.doses[-1].end for c in cues)
    starts = [d.start for d in reading.doses if d.start >= dose.end and not _limits(reading, dose, d)]
    ends = [d.end for d in reading.doses if d.end <= dose.start]
    first, last = (
        (dose.end, min(starts, default=len(reading.text))) if behind else (max(ends, default=0), dose.start)
    )
    return {v for c in cues if first <= c.start < last for v in c.value.split("|") if v in held}


def _divides(reading: Reading, draft: Draft, bands: dict[DoseMention, tuple[Span, ...]]) -> bool:
    """Whether bands tell the doses of a draft apart: each has its own, or those without are not the reduced ones or are for
    an age of their own."""
    own = [d for d in draft.doses if d in bands]
    others = [d for d in draft.doses if d not in bands]
    return bool(own) and (
        not others
        or len(own) > 1
        or (
            all(d.dose.dose_role == "reduced" for d in own)
            and all(d.dose.dose_role != "reduced" for d in others)
        )
        or all(_own_values(reading, d, "POPULATION", _AGES) for d in others)
    )


def banded(
    fields: Fields,
    draft: Draft,
    reading: Reading,
    bands: dict[DoseMention, tuple[Span, ...]],
    dose: DoseMention,
) -> Fields:
    """The fields of one dose with its own bands as conditions, and without those of the other doses."""
    own = bands.get(dose, ())
    foreign = [s for d, spans in bands.items() if d is not dose for s in spans]
    text = reading.text
    condition, marks = fields.condition, list(fields.marks)
    for mark in [m for m in marks if m.field == "condition"]:
        if any(_meet((mark.start, mark.end), span) for span in foreign):
            marks.remove(mark)
            words = words_of(text, mark.start, mark.end)
            condition = tuple(c for c in condition if c != words)
    for start, end in own:
        if not any(m.field == "condition" and _meet((m.start, m.end), (start, end)) for m in marks):
            marks.append(Place("condition", start, end, "condition.dose-band"))
            condition = (*condition, words_of(text, start, end))
    cues = reading.of("POPULATION")
    held = [(c, [s for s in (*own, *foreign) if _meet((c.start, c.end), s)]) for c in cues]
    mine = {c.value for c, spans in held if not spans or any(s in own for s in spans)}
    theirs = {c.value for c, spans in held} - mine
    inherited = set(draft.fields.population) - set(draft.finding.fields.population)
    return fields.but(
        condition=tuple(dict.fromkeys(condition)),
        marks=tuple(marks),
        population=tuple(p for p in fields.population if p not in theirs or p in inherited),
    )


def _meet(one: Span, other: Span) -> bool:
    return one[0] < other[1] and other[0] < one[1]
