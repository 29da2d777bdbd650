"""Phases of one course that a clause names with their drugs: "induction with A followed by B maintenance"."""

from __future__ import annotations

from pipeline.claims.reading import Reading

_PHASES = frozenset({"consolidation", "induction", "maintenance"})


def phases_of_others(reading: Reading, start: int, end: int, target: int) -> tuple[tuple[int, int], ...]:
    """The words of a clause, from `start` to `end`, that name the phase of drugs on the other side of "followed by"."""
    out: list[tuple[int, int]] = []
    at = reading.drugs[target].start
    phases = [c for c in reading.of("SETTING") if c.value in _PHASES and start <= c.start < end]
    if not phases:
        return ()
    for turn in reading.of("CLAUSE"):
        if turn.value != "sequence" or not start < turn.start < end:
            continue
        if reading.drugs_in(start, turn.start) and reading.drugs_in(turn.end, end):
            out += [(c.start, c.end) for c in phases if (c.start < turn.start) != (at < turn.start)]
    return tuple(out)
