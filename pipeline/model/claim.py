"""One row of evidence (EVIDENCE.md): what one statement says about one drug in one disease."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass

from pipeline.model.columns import column
from pipeline.model.errors import EvidenceError
from pipeline.model.frozen import quick

DRUG_KINDS = ("ingredient", "class", "procedure")
ORIGINS = ("statement", "lead-in", "heading", "title")
STRENGTH_ORIGINS = ("statement", "lead-in", "heading")
DIRECTIONS = ("for", "against", "unstated")
STRENGTHS = ("strong", "conditional", "unstated")
CERTAINTIES = ("high", "moderate", "low", "very low", "unstated")
LINES = ("first", "subsequent", "unstated")
PREFERENCES = ("preferred", "alternative", "unstated")
KINDS = ("recommendation", "evidence")
BASES = ("flat", "kg", "m2", "auc")
PERS = ("day", "administration")
# how many days each unit of time lasts, a month and a year in round numbers
DAYS = {"s": 1 / 86400, "min": 1 / 1440, "h": 1 / 24, "d": 1.0, "wk": 7.0, "mo": 30.0, "a": 365.0}
PERIOD_UNITS = tuple(DAYS)
ROLES = (
    "regimen",
    "loading",
    "start",
    "target",
    "maintenance",
    "reduced",
    "maximum",
    "threshold",
)


@quick
@dataclass(frozen=True, slots=True, kw_only=True)
class Dose:
    """One dose, in the terms of FHIR Dosage and UCUM. Numbers are as written; see EVIDENCE.md, "The dose"."""

    dose_text: str = column("the dose as written")
    dose_low: float | None = column("low end as written; null for an upper bound", default=None)
    dose_high: float | None = column("high end as written; null for a lower bound", default=None)
    dose_unit: str | None = column("UCUM unit of the amount: mg, g, ug, [iU], mL, ...", default=None)
    dose_basis: str | None = column(
        "what the amount is counted on; null without an amount", values=BASES, default=None
    )
    dose_per: str | None = column(
        "day for a total daily dose, administration for one intake", values=PERS, default=None
    )
    frequency: int | None = column("intakes in each period (FHIR Timing)", default=None)
    frequency_max: int | None = column("the most intakes in each period, where a range", default=None)
    period: float | None = column("length of the period (FHIR Timing)", default=None)
    period_max: float | None = column("the longest period, where a range", default=None)
    period_unit: str | None = column("UCUM unit of the period", values=PERIOD_UNITS, default=None)
    route: str | None = column(
        "route of administration: oral, iv, sc, im, inhaled, topical, ...", default=None
    )
    duration_low: float | None = column("shortest duration of treatment", default=None)
    duration_high: float | None = column("longest duration of treatment", default=None)
    duration_unit: str | None = column("UCUM unit of the duration", values=PERIOD_UNITS, default=None)
    dose_role: str | None = column("the part the dose plays", values=ROLES, default="regimen")
    dose_components: tuple[float, ...] = column(
        "amounts of the components of a combination product, as written; empty for others", default=()
    )
    daily_low: float | None = column(
        "low end as an amount per day in daily_unit; null where none follows: intake by the week or rarer, boluses "
        "every few minutes, courses of less than a day",
        default=None,
    )
    daily_high: float | None = column("high end as an amount per day in daily_unit", default=None)
    daily_unit: str | None = column(
        "unit of the amount per day", values=("mg", "mg/kg", "mg/m2"), default=None
    )


@quick
@dataclass(frozen=True, slots=True, kw_only=True)
class Mark:
    """Where in the canonical text one value of a claim was read, and by which rule.

    `start` and `end` are -1 where the value comes from no words (a default).
    """

    field: str = column("the column that the value stands in")
    start: int = column("first code point of the words, in the canonical text; -1 for none")
    end: int = column("one past the last code point")
    rule: str = column("id of the pattern or rule that gave the value")


@quick
@dataclass(frozen=True, slots=True, kw_only=True)
class Claim:
    """One row per statement, drug and disease (and dose, where a statement gives several)."""

    claim_id: str = column("names the same claim across versions of an article")
    drug: str = column("canonical name of the drug or class, lower case")
    drug_kind: str = column("ingredient, class or procedure", values=DRUG_KINDS)
    drug_text: str = column("the drug as written")
    drug_code: str | None = column(
        "CURIE of the drug where known: RXNORM, else DRUGBANK or MESH; of a class MESH", default=None
    )
    disease: str = column("canonical name of the condition, in the article's most specific sense")
    disease_text: str = column("the disease as written where it was taken from")
    disease_code: str | None = column(
        "CURIE of the disease where known: MESH, else MONDO or DOID", default=None
    )
    disease_origin: str = column("where the disease was taken from", values=ORIGINS)
    direction: str = column("for, against or unstated", values=DIRECTIONS)
    strength: str = column("strength of the recommendation (GRADE)", values=STRENGTHS)
    strength_origin: str | None = column(
        "where the strength was taken from; null where unstated", values=STRENGTH_ORIGINS, default=None
    )
    certainty: str = column("certainty of the evidence (GRADE)", values=CERTAINTIES)
    grade_text: str | None = column(
        "the grade as written; null where none, or where a verb of NICE alone tells the strength",
        default=None,
    )
    grade_system: str | None = column("GRADE, ACC/AHA, ESC, USPSTF, NICE, SIGN, Oxford, ...", default=None)
    line: str = column("line of therapy", values=LINES)
    preference: str = column("preferred or alternative", values=PREFERENCES)
    setting: tuple[str, ...] = column("sorted: the clinical settings that it is for", default=())
    population: tuple[str, ...] = column("sorted: whom it is for, where stated", default=())
    condition: tuple[str, ...] = column("limiting words as written, outermost first", default=())
    with_drugs: tuple[str, ...] = column("sorted: the other drugs of the combination", default=())
    kind: str = column("recommendation or evidence", values=KINDS)
    guideline: str | None = column("the guideline named as the authority", default=None)
    dose: Dose | None = None
    article_id: str = column("names the article over its versions")
    article_version: str = column("sha256 of the canonical text")
    article_title: str = column("the article's title")
    article_date: dt.date | None = column("the article's own last-updated date", default=None)
    source: str = column("the publisher")
    url: str | None = column("address of the article", default=None)
    section: tuple[str, ...] = column("headings, outermost first", default=())
    quote: str = column("the sentence or bullet, exact")
    char_start: int = column("first code point of the quote in the canonical text")
    char_end: int = column("one past the last code point of the quote")
    cites: tuple[int, ...] = column("reference numbers as printed", default=())
    provenance: tuple[Mark, ...] = column("where each value was read and by which rule", default=())
    rules_version: str = column("version of the rules and vocabulary that read it")

    def __post_init__(self) -> None:
        if self.char_end - self.char_start != len(self.quote):
            raise EvidenceError(
                "E-CLAIM-1",
                "the quote does not fit its offsets",
                where=f"{self.article_id} {self.char_start}-{self.char_end}",
                do="report this as a bug with the article's bytes",
            )
