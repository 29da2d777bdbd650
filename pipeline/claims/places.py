"""Places of what a statement takes from elsewhere, as numbers: what it says does not depend on where that stands."""

from __future__ import annotations

from typing import TypeVar

from pipeline.claims.names import Disease
from pipeline.claims.rows import Draft, Drug
from pipeline.claims.statements import Statement

Place = tuple[int, int]
Named = TypeVar("Named", Drug, Disease)


def numbered(named: tuple[Named, ...], places: list[Place]) -> tuple[Named, ...]:
    """Drugs or diseases that stand elsewhere, with a number in place of their place: -2 for the first of `places`, to which
    new ones are added, -3 for the second, ...

    >>> places = [(3, 7)]
    >>> [d.start for d in numbered((Disease("gout", "Gout", "", "heading", 20, 24),), places)], places
    ([-3], [(3, 7), (20, 24)])
    """
    out = []
    for one in named:
        if one.start >= 0:
            place = (one.start, one.end)
            if place not in places:
                places.append(place)
            number = -2 - places.index(place)
            one = one._replace(start=number, end=number)
        out.append(one)
    return tuple(out)


def placed_disease(one: Disease, offset: int, places: list[Place]) -> Disease:
    """A disease at its place in the article: by its number, or counted from `offset`, where its statement begins."""
    if one.start == -1:
        return one
    start, end = (offset + one.start, offset + one.end) if one.start >= 0 else places[-2 - one.start]
    return Disease(one.name, one.text, one.code, one.origin, start, end)


def placed_drug(one: Drug, offset: int, places: list[Place], text: str) -> Drug:
    """A drug at its place in the article; one of the statement itself in the letters of the article's `text`."""
    if one.start == -1:
        return one
    if one.start >= 0:
        start, end = offset + one.start, offset + one.end
        return Drug(one.name, one.kind, text[start:end], one.code, start, end, one.rule)
    start, end = places[-2 - one.start]
    return Drug(one.name, one.kind, one.text, one.code, start, end, one.rule)


def in_row(draft: Draft, part: Statement) -> Draft:
    """A draft of a part of a row, whose places are counted from the first letter of that part, with those counted from the
    row's."""

    def moved(at: int) -> int:
        return part.place(at) - part.start

    def named(one: Named) -> Named:
        return one if one.start < 0 else one._replace(start=moved(one.start), end=moved(one.end))

    rows = tuple(
        row._replace(
            marks=tuple((moved(start), moved(end), field, rule) for start, end, field, rule in row.marks)
        )
        for row in draft.rows
    )
    return draft._replace(drug=named(draft.drug), diseases=tuple(map(named, draft.diseases)), rows=rows)
