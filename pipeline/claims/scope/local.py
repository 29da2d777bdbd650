"""Brackets that belong to one drug of a list: "A (first-line), B (second-line)"."""

from __future__ import annotations

import re
from itertools import pairwise

from pipeline.claims.grades import Grade
from pipeline.claims.reading import Reading

_BRACKET_NEAR = re.compile(r"[^(,;]{0,60}\(")


def _is_grade(reading: Reading, grades: list[Grade], bracket: tuple[int, int]) -> bool:
    """Whether a bracket holds a grade, and no dose."""
    start, end = bracket
    return any(start <= g.start < end for g in grades) and not any(
        start <= d.start < end for d in reading.doses
    )


def local_brackets(
    reading: Reading, grades: list[Grade], own: list[int], depths: list[int]
) -> dict[int, list[tuple[int, int]]]:
    """For each drug of a clause with several, the brackets right after it that hold for it alone.

    A bracket after the last drug holds for all, unless an earlier drug has one of its own or it tells another dose of
    the last; so does a grade in it, unless an earlier bracket holds one too.
    """
    text = reading.text
    if len(own) < 2 or "(" not in text:
        return {}
    top = [i for i in own if not depths[reading.drugs[i].start]]
    if len(top) < 2:
        return {}
    out: dict[int, list[tuple[int, int]]] = {}
    for order, i in enumerate(top):
        start = reading.drugs[i].end
        stop = reading.drugs[top[order + 1]].start if order + 1 < len(top) else len(text)
        match = _BRACKET_NEAR.match(text, start, stop)
        if match is None:
            continue
        gap = text[start : match.end() - 1]
        if gap.strip() and not any(start <= d.start < match.end() + 1 for d in reading.doses):
            continue
        close = text.find(")", match.end())
        if close < 0:
            continue
        out[i] = [(match.end() - 1, close + 1)]
    last = top[-1]
    graded = {i for i, ((start, end),) in out.items() if any(start <= g.start < end for g in grades)}
    dosed = last in out and any(out[last][0][0] < d.start < out[last][0][1] for d in reading.doses)
    if last in out and ((len(out) == 1 and not dosed) or graded == {last}):
        del out[last]
    for before, i in reversed(list(pairwise(top))):
        # "A plus B (strong recommendation) or A plus C": the grade is that of both
        if i in out and before not in out and _is_grade(reading, grades, out[i][0]):
            joint = (reading.drugs[before].end, reading.drugs[i].start)
            plus = any(joint[0] <= c.start < joint[1] for c in reading.of("COMBINE") if c.value == "plus")
            if plus and not re.search(r"[,;()]", text[joint[0] : joint[1]]):
                out[before] = list(out[i])
    return out
