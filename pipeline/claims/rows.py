"""Parts of a row: its drug, its dose's condition, its marks; and the drafts of a statement without doubles."""

from __future__ import annotations

from typing import NamedTuple

from pipeline.claims.grades import Grade
from pipeline.claims.guidelines import Authority
from pipeline.claims.names import Disease
from pipeline.claims.reading import DoseMention
from pipeline.claims.scope.fields import Fields
from pipeline.claims.scope.types import Finding
from pipeline.model import Mark


class Drug(NamedTuple):
    """A drug of a claim; `start` is -1 where it was taken from somewhere else than the statement."""

    name: str
    kind: str
    text: str
    code: str
    start: int
    end: int
    rule: str


Marks = tuple[tuple[int, int, str, str], ...]  # begin and end in the statement, column, rule


class Row(NamedTuple):
    """What a draft says with one of its doses, and where its statement says so."""

    dose: DoseMention | None
    fields: Fields
    marks: Marks


class Draft(NamedTuple):
    """One statement's word on one drug, still over all its diseases and doses."""

    drug: Drug
    finding: Finding
    fields: Fields
    kind: str
    with_drugs: tuple[str, ...]
    diseases: tuple[Disease, ...]
    doses: tuple[DoseMention, ...]
    rows: tuple[Row, ...] = ()


def graded(fields: Fields, grade: Grade) -> Fields:
    """The fields with the strength and certainty of a grade, and its words and system."""
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


def own_marks(fields: Fields, dose: DoseMention | None) -> Marks:
    """Where the values of a row and its dose are read in its statement, in order."""
    marks = {(start, end, field, rule) for field, start, end, rule in fields.marks}
    if dose is not None:
        marks.add((dose.start, dose.end, "dose_text", "dose"))
    return tuple(sorted(marks))


def marks_of(
    own: Marks, offset: int, drug: Drug, disease: Disease, authority: Authority | None
) -> tuple[Mark, ...]:
    """All marks of a row whose statement begins at `offset` of the article, in the order of their places."""
    marks = [(offset + start, offset + end, field, rule) for start, end, field, rule in own]
    marks.append((drug.start, drug.end, "drug", drug.rule))
    marks.append((disease.start, disease.end, "disease", f"disease.{disease.origin}"))
    if authority is not None:
        marks.append((offset + authority.start, offset + authority.end, "guideline", "guideline"))
    marks.sort()
    return tuple([Mark(field=field, start=start, end=end, rule=rule) for start, end, field, rule in marks])
