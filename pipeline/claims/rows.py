"""Parts of a row: its drug, its dose's condition, its marks; and the drafts of a statement without doubles."""

from __future__ import annotations

from dataclasses import dataclass

from pipeline.claims.grades import Grade
from pipeline.claims.guidelines import Authority
from pipeline.claims.names import Disease
from pipeline.claims.reading import DoseMention, Reading
from pipeline.claims.scope.fields import Fields, Place, words_of
from pipeline.claims.scope.types import Finding
from pipeline.claims.statements import Statement
from pipeline.model import Mark


@dataclass(frozen=True, slots=True)
class Drug:
    """A drug of a claim; `start` is -1 where it was taken from somewhere else than the statement."""

    name: str
    kind: str
    text: str
    code: str
    start: int
    end: int
    rule: str


@dataclass(frozen=True, slots=True)
class Draft:
    """One statement's word on one drug, still over all its diseases and doses."""

    drug: Drug
    finding: Finding
    fields: Fields
    kind: str
    with_drugs: tuple[str, ...]
    diseases: tuple[Disease, ...]
    doses: tuple[DoseMention, ...]


JOINT = " | "  # parts the cells of a row


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


SEVERITY = frozenset({"mild", "moderate", "severe", "fulminant"})


def for_dose(fields: Fields, reading: Reading, dose: DoseMention) -> Fields:
    """The fields of one dose: where a statement gives a dose for each severity ("10 mg for mild and 30 mg for severe
    disease"), only its own."""
    held = SEVERITY & set(fields.setting)
    if len(held) < 2 or len(reading.doses) < 2:
        return fields
    cues = [c for c in reading.of("SETTING") if c.value in held]
    behind = any(
        c.start >= reading.doses[-1].end for c in cues
    )  # the severity stands behind its dose, or before it
    starts = [d.start for d in reading.doses if d.start >= dose.end]
    ends = [d.end for d in reading.doses if d.end <= dose.start]
    first, last = (
        (dose.end, min(starts, default=len(reading.text))) if behind else (max(ends, default=0), dose.start)
    )
    own = {c.value for c in cues if first <= c.start < last}
    return fields.but(setting=tuple(v for v in fields.setting if v not in held - own)) if own else fields


def graded(fields: Fields, grade: Grade) -> Fields:
    return fields.but(
        strength=grade.strength,
        certainty=grade.certainty,
        grade_text=grade.text,
        grade_system=grade.system or None,
    )


def settled(drafts: list[Draft]) -> list[Draft]:
    """Without doubles; of evidence on one drug, what was shown stands over that it was studied."""
    if len(drafts) < 2:
        return drafts
    out: list[Draft] = []
    shown = {d.drug.name for d in drafts if d.kind == "evidence" and d.fields.direction != "unstated"}
    seen = set()
    for draft in drafts:
        if draft.kind == "evidence" and draft.fields.direction == "unstated" and draft.drug.name in shown:
            continue
        f = draft.fields
        key = (
            draft.drug.name,
            draft.kind,
            f.direction,
            f.strength,
            f.line,
            f.preference,
            f.setting,
            f.population,
            f.condition,
            draft.with_drugs,
            tuple(d.name for d in draft.diseases),
            tuple(d.start for d in draft.doses),
        )
        if key not in seen:
            seen.add(key)
            out.append(draft)
    return out


def marks_of(
    statement: Statement,
    draft: Draft,
    fields: Fields,
    disease: Disease,
    dose: DoseMention | None,
    authority: Authority | None,
) -> tuple[Mark, ...]:
    at = statement.start
    places = {
        (draft.drug.start, draft.drug.end, "drug", draft.drug.rule),
        (disease.start, disease.end, "disease", f"disease.{disease.origin}"),
    }
    places.update([(at + start, at + end, field, rule) for field, start, end, rule in fields.marks])
    if dose is not None:
        places.add((at + dose.start, at + dose.end, "dose_text", "dose"))
    if authority is not None:
        places.add((at + authority.start, at + authority.end, "guideline", "guideline"))
    return tuple(
        [Mark(field=field, start=start, end=end, rule=rule) for start, end, field, rule in sorted(places)]
    )
