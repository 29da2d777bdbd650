"""The values of a stretch of a statement (direction, strength, line, setting and the rest), and how those of two levels join."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any, NamedTuple

Spans = tuple[tuple[int, int], ...]


class Place(NamedTuple):
    """Where a value was read: code points of the statement, and the rule."""

    field: str
    start: int
    end: int
    rule: str


@dataclass(slots=True)
class Fields:
    """What a stretch of text states; empty strings and tuples where it states nothing."""

    direction: str = ""
    strength: str = ""
    certainty: str = ""
    grade_text: str | None = None
    grade_system: str | None = None
    line: str = ""
    preference: str = ""
    setting: tuple[str, ...] = ()
    population: tuple[str, ...] = ()
    condition: tuple[str, ...] = ()
    weak: bool = False
    marks: tuple[Place, ...] = ()

    def but(self, **changes: Any) -> Fields:
        """A copy with these values; some four times as fast as `dataclasses.replace`."""
        out = Fields(
            self.direction, self.strength, self.certainty, self.grade_text, self.grade_system, self.line,
            self.preference, self.setting, self.population, self.condition, self.weak, self.marks,
        )  # fmt: skip
        for name, value in changes.items():
            setattr(out, name, value)
        return out

    def empty(self) -> bool:
        """Whether nothing but direction and strength may be stated."""
        return not (self.line or self.preference or self.setting or self.population or self.condition)

    def over(self, below: Fields) -> Fields:
        """These values, and those of `below` where these state nothing (lists are joined)."""
        if below.empty():
            return self
        return self.but(
            line=self.line or below.line,
            preference=self.preference or below.preference,
            setting=merge_settings(self.setting, below.setting),
            population=both(self.population, below.population),
            condition=tuple(dict.fromkeys((*below.condition, *self.condition))),
            marks=(
                *self.marks,
                *(
                    m
                    for m in below.marks
                    if m.field not in {p.field for p in self.marks}
                    or m.field in ("setting", "population", "condition")
                ),
            ),
        )


# "Non-severe" below "Severe Disease" only takes that away: no row says it
UNSAID = frozenset(("non-severe",))
SEVERITIES = frozenset(("mild", "moderate", "severe", "fulminant", "life-threatening"))
# Settings that cannot both hold; the nearer stands.
_RIVALS = (
    {"mild", "severe", "moderate", "non-severe"},
    {"short-term", "long-term"},
    {"induction", "maintenance"},
    {"high-dose", "low-dose"},
    {"complicated", "uncomplicated"},
    {"high risk", "low risk", "intermediate risk", "moderate risk"},
    {"inpatient", "outpatient"},
)


def merge_settings(near: tuple[str, ...], far: tuple[str, ...]) -> tuple[str, ...]:
    """Settings of two levels together; of rivals the nearer level's.

    >>> merge_settings(("mild",), ("progressive", "severe"))
    ('mild', 'progressive')
    """
    if not far and len(near) < 2:
        return near
    kept = set(near)
    for value in far:
        rivals = next((r for r in _RIVALS if value in r), set())
        if not (rivals & set(near)):
            kept.add(value)
    if "rapidly progressive" in kept:
        kept.discard("progressive")
    return tuple(sorted(kept))


def both(near: tuple[str, ...], far: tuple[str, ...]) -> tuple[str, ...]:
    """The values of two sorted lists, sorted, each once.

    >>> both(("adults", "pregnancy"), ("adults", "men"))
    ('adults', 'men', 'pregnancy')
    """
    return tuple(sorted({*near, *far})) if near and far else near or far
