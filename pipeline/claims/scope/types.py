"""What leaves the reading of one statement: its findings and what they rest on."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

from pipeline.claims.grades import Grade
from pipeline.claims.reading import DoseMention, Reading
from pipeline.claims.scope.clauses import Clause
from pipeline.claims.scope.fields import Fields, Place
from pipeline.claims.scope.zone import Zone

if TYPE_CHECKING:
    from pipeline.claims.rows import Draft, Drug


@dataclass(slots=True)
class Finding:
    """What a clause says about one drug: `drug` indexes the reading's drugs; None: the drug comes from elsewhere.

    `said` tells whether the clause itself has a predicate; `kind` is "" where nothing tells evidence from advice;
    `apart` are stretches that say nothing of it (a note in another cell of a table);
    `sure` that its diseases are what the drug is given for, whatever the article is about (a column of indications).
    """

    drug: int | None
    clause: int
    fields: Fields
    kind: str
    said: bool
    partners: tuple[int, ...] = ()
    beside: bool = False
    diseases: tuple[int, ...] = ()
    doses: tuple[DoseMention, ...] = ()
    carried: bool = False
    others: tuple[int, ...] = ()
    opener: str = ""
    apart: tuple[tuple[int, int], ...] = ()
    sure: bool = False


@dataclass(slots=True)
class Parsed:
    """A statement as read: its findings, the values of the whole of it, and what they rest on."""

    reading: Reading
    findings: list[Finding]
    whole: Fields
    clauses: list[Clause]
    zones: list[Zone]
    grades: list[Grade]
    frame: int
    loose_doses: tuple[DoseMention, ...] = ()
    diseases: tuple[int, ...] = ()
    others: tuple[int, ...] = ()
    evidence: str = ""
    skip: bool = False
    usable: list[bool] = field(default_factory=list)
    standing: list[bool] = field(default_factory=list)
    column: tuple[Drug, ...] = ()  # the drugs that head the column of a table that this is about
    labels: frozenset[int] = frozenset()
    limits: dict[object, list[Place]] = field(default_factory=dict)  # kept by `pipeline.claims.whom`
    bands: dict[DoseMention, tuple[tuple[int, int], ...]] | None = None  # kept by `pipeline.claims.dose_rows`
    complaints: tuple[tuple[int, int], ...] | None = None  # kept by `pipeline.claims.scope.situations`
    phrases: dict[tuple[bool, bool], Any] = field(default_factory=dict)  # likewise
    drafts: dict[object, tuple[Draft, ...]] = field(
        default_factory=dict, init=False
    )  # kept by `pipeline.claims.drafts`
