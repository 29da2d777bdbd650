"""Which clauses a strength or a closing grade holds for."""

from __future__ import annotations

import re

from pipeline.claims.grades import Grade
from pipeline.claims.scope.predicates import Head
from pipeline.claims.scope.types import Finding, Parsed


def hold_strength(found: list[Finding], earlier: list[Finding]) -> None:
    """A clause that goes on without a predicate of its own goes on with the strength before it too."""
    if not earlier:
        return
    before = earlier[-1].fields
    for finding in found:
        own = finding.fields
        if (
            finding.kind != "evidence"
            and not own.strength
            and not own.grade_text
            and own.direction == before.direction
        ):
            marks = tuple(m for m in before.marks if m.field in ("strength", "certainty", "grade_text"))
            finding.fields = own.but(
                strength=before.strength,
                certainty=before.certainty,
                grade_text=before.grade_text,
                grade_system=before.grade_system,
                marks=(*own.marks, *marks),
            )


def hold_place(found: list[Finding], earlier: list[Finding]) -> None:
    """A clause that only goes on with a dose ("A is an alternative; 50 mg daily") keeps line, preference and
    partners of what is said of its drug before it."""
    for finding in found:
        before = next((f for f in reversed(earlier) if f.drug == finding.drug), None)
        own = finding.fields
        if before is None or finding.kind == "evidence" or own.direction != before.fields.direction:
            continue
        marks = tuple(
            m for m in before.fields.marks if m.field in ("line", "preference") and not getattr(own, m.field)
        )
        if finding.carried and not finding.partners and own.direction == "for":
            finding.partners = before.partners  # "A in addition to B at 1 mg; the accepted range is 1-2 mg"
        finding.fields = own.but(
            line=own.line or before.fields.line,
            preference=own.preference or before.fields.preference,
            marks=(*own.marks, *marks),
        )


def settles_direction(parsed: Parsed, heads: list[Head], closing: Grade | None) -> str:
    """The direction that a closing grade holds for: that of the clause that it closes."""
    if closing is None:
        return ""
    return next(
        (h[0] for c, h in zip(parsed.clauses, heads, strict=True) if c.start <= closing.start < c.end), ""
    )


def closing_grade(parsed: Parsed) -> Grade | None:
    """The one grade that closes the statement and so holds for all of it."""
    if len(parsed.grades) == 1:
        grade = parsed.grades[0]
        rest = re.sub(r"[\s\d.,;)\]\[(]+", "", parsed.reading.text[grade.end :])
        if not rest and grade.strength:
            return grade
    return None
