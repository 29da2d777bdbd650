"""What the grammar finds in a text, before doses are put together."""

from __future__ import annotations

from dataclasses import dataclass, field

from pipeline.claims.doses.tables import Timing, Unit


@dataclass(slots=True)
class Item:
    """Something found at lexemes `i` to `j` (exclusive)."""

    i: int
    j: int


@dataclass(slots=True)
class Amount(Item):
    """A number or range with its unit; `text_i` is the first lexeme of its words, bounds included."""

    low: float | None = None
    high: float | None = None
    unit: Unit | None = None
    basis: str = "flat"
    per: str | None = None
    rate: Timing | None = None
    components: tuple[float, ...] = ()
    text_i: int = 0
    bound: str = ""
    maximum: bool = False


@dataclass(slots=True)
class When(Item):
    """How often: a timing; `divided` where a daily amount is parted; `single` for one intake; `silent` where the words
    belong to the dose but say nothing that a column holds ("over 20 minutes", "for 3 doses")."""

    timing: Timing | None = None
    divided: bool = False
    single: bool = False
    silent: bool = False
    days: int = 0
    named: bool = False
    duration: tuple[float | None, float | None, str] | None = None


@dataclass(slots=True)
class Span(Item):
    """How long: low and high in a UCUM unit of time; `open` for "beyond 3 months"."""

    low: float | None = None
    high: float | None = None
    unit: str = "d"
    beyond: bool = False
    bare: bool = False
    above: bool = False


@dataclass(slots=True)
class Route(Item):
    """A route of administration."""

    route: str = ""


Part = When | Span | Route


@dataclass(slots=True)
class Parsed:
    """All items of a text in order of their place."""

    amounts: list[Amount] = field(default_factory=list)
    whens: list[When] = field(default_factory=list)
    spans: list[Span] = field(default_factory=list)
    routes: list[Route] = field(default_factory=list)
