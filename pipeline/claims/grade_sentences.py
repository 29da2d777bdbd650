"""A sentence that only grades the statement before it ("This is a strong recommendation with moderate certainty")."""

from __future__ import annotations

import re
from bisect import bisect_left, bisect_right
from collections.abc import Callable
from dataclasses import replace
from operator import attrgetter

from pipeline.claims.scope.types import Parsed
from pipeline.claims.statements import Statement
from pipeline.model import Article, Claim

_ABOUT_GRADE = re.compile(
    r"^\W*(?:this|these)\s+(?:is|are|was|recommendations?|represents?)\b", re.IGNORECASE
)

_begin = attrgetter("char_start")


def tells_grade(statement: Statement, parsed: Parsed) -> bool:
    """Whether a statement only grades the one before it."""
    return (
        not any(parsed.usable)
        and _ABOUT_GRADE.match(statement.text) is not None
        and bool(parsed.whole.strength)
    )


def graded_anew(
    article: Article,
    statement: Statement,
    parsed: Parsed,
    claims: list[Claim],
    rename: Callable[[Claim], str],
) -> list[Claim]:
    """The claims of the statement before, with the grade that this one, which tells one, gives them.

    `claims` are those read so far, in reading order; `rename` gives a claim its `claim_id` anew.
    """
    block = article.blocks[statement.block]
    start = claims[-1].char_start if claims else -1
    if block.lead_in is not None:
        lead = article.blocks[block.lead_in]
        last = bisect_left(claims, lead.end, key=_begin) - 1
        if last >= 0 and claims[last].char_start >= lead.start:
            start = claims[last].char_start
    section = article.sections[block.section].path
    return [
        replace(
            claim,
            claim_id=rename(claim),
            strength=parsed.whole.strength,
            strength_origin="statement",
            certainty=parsed.whole.certainty or claim.certainty,
            grade_text=parsed.whole.grade_text,
            grade_system=parsed.whole.grade_system,
            quote=article.text[statement.start : statement.end],
            char_start=statement.start,
            char_end=statement.end,
            cites=statement.cites or claim.cites,
            guideline=None,
        )
        for claim in claims[bisect_left(claims, start, key=_begin) : bisect_right(claims, start, key=_begin)]
        if claim.section == section and claim.dose is None
    ]
