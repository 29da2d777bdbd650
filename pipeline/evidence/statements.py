"""What one article says about one drug in one disease and situation: its claims with the same content taken together."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final

import numpy as np

from pipeline.evidence.arrays import Bools, Floats, Ints, firsts, group_ids, ints, most
from pipeline.evidence.encode import Claims

DURATION: Final = -5


@dataclass(frozen=True, slots=True, kw_only=True)
class Statements:
    """One number per statement. `claim` is the row of the claim that speaks for it (graded first, then without a dose).

    Strength, preference and guideline are what any of its claims states. `limit` is the longest duration in days it
    allows (nan: no limit) and `limit_claim` the row that says so. `content` is equal for statements that
    say the same in the same situation. `adjusted` ones only adjust a dose. `of` gives the statement of each claim.
    """

    of: Ints
    claim: Ints
    claim_rank: Ints
    article: Ints
    source: Ints
    drug: Ints
    disease: Ints
    kind: Ints
    direction: Ints
    line: Ints
    setting: Ints
    population: Ints
    condition: Ints
    with_drugs: Ints
    strength: Ints
    preference: Ints
    certainty: Ints
    guideline: Ints
    level: Ints
    authority: Floats
    date: Ints
    threshold: Bools
    adjusted: Bools
    limit: Floats
    limit_claim: Ints
    timed: Bools
    content: Ints

    def __len__(self) -> int:
        return len(self.claim)


@dataclass(frozen=True, slots=True, kw_only=True)
class Doses:
    """One row per statement, role, unit and route: the amount as a range, and the row of a claim that states it.

    The duration of treatment is a row too, in days, with role and unit DURATION.
    """

    statement: Ints
    role: Ints
    unit: Ints
    route: Ints
    low: Floats
    high: Floats
    claim: Ints


def make_statements(claims: Claims) -> tuple[Statements, Doses]:
    """The statements of a table, with their doses."""
    of, count = group_ids(
        claims.article,
        claims.drug,
        claims.disease,
        claims.kind,
        claims.direction,
        claims.line,
        claims.setting,
        claims.population,
        claims.condition,
        claims.with_drugs,
    )
    dosed = ints(claims.dose_text >= 0)
    lead = firsts(of, -claims.level, -claims.strength, dosed, claims.claim)
    doses = _doses(claims, of)
    limited = np.flatnonzero(~np.isnan(claims.limit))
    limit = np.full(count, np.nan)
    limit_claim = np.full(count, -1, dtype=np.int64)
    if len(limited):
        best = limited[firsts(of[limited], -ints(claims.limit[limited] * 1000), claims.claim[limited])]
        limit[of[best]], limit_claim[of[best]] = claims.limit[best], best
    strength = most(of, claims.strength, count, 0)
    preference = most(of, claims.preference, count, 0)
    guideline = most(of, claims.guideline, count, -1)
    threshold = np.bincount(of, ~claims.threshold, minlength=count) == 0
    content, _ = group_ids(
        claims.kind[lead],
        claims.direction[lead],
        claims.line[lead],
        claims.setting[lead],
        claims.population[lead],
        claims.condition[lead],
        claims.with_drugs[lead],
        strength,
        preference,
        guideline,
        ints(np.nan_to_num(limit, nan=-1.0) * 1000),
        ints(threshold),
        _signature(doses, count),
    )
    return (
        Statements(
            of=of,
            claim=lead,
            claim_rank=claims.claim[lead],
            article=claims.article[lead],
            source=claims.source[lead],
            drug=claims.drug[lead],
            disease=claims.disease[lead],
            kind=claims.kind[lead],
            direction=claims.direction[lead],
            line=claims.line[lead],
            setting=claims.setting[lead],
            population=claims.population[lead],
            condition=claims.condition[lead],
            with_drugs=claims.with_drugs[lead],
            strength=strength,
            preference=preference,
            certainty=most(of, claims.certainty, count, 0),
            guideline=guideline,
            level=most(of, claims.level, count, 0),
            authority=claims.authority[lead],
            date=claims.date[lead],
            threshold=threshold,
            adjusted=np.bincount(of, ~claims.adjusted, minlength=count) == 0,
            limit=limit,
            limit_claim=limit_claim,
            timed=np.bincount(of, claims.longest > 0, minlength=count) > 0,
            content=content,
        ),
        doses,
    )


def _doses(claims: Claims, of: Ints) -> Doses:
    """Ranges per statement, role, unit and route. `start` and `target` of one statement without a regimen also give the
    range from the one to the other as its regimen: titrated from 500 to 1500 mg is 500-1500 mg."""
    roles = {word: i for i, word in enumerate(claims.words["dose_role"])}
    regimen = roles.setdefault("regimen", len(roles))
    role = np.where(claims.dose_role < 0, regimen, claims.dose_role)
    rows = np.flatnonzero((claims.dose_unit >= 0) & ~claims.threshold)
    doses = _ranges(
        claims,
        of[rows],
        role[rows],
        claims.dose_unit[rows],
        claims.route[rows],
        claims.dose_low[rows],
        claims.dose_high[rows],
        rows,
    )
    start, target = roles.get("start", -2), roles.get("target", -2)
    key, count = group_ids(doses.statement, doses.unit)
    has = [np.bincount(key, doses.role == r, minlength=count) > 0 for r in (start, target, regimen)]
    titrated = np.flatnonzero(
        (has[0] & has[1] & ~has[2])[key] & ((doses.role == start) | (doses.role == target))
    )
    timed = np.flatnonzero((claims.longest > 0) & ~(claims.shortest > claims.longest))
    low = np.nan_to_num(claims.shortest[timed], nan=0.0)
    none = np.full(len(timed), DURATION)
    return _ranges(
        claims,
        np.r_[doses.statement, doses.statement[titrated], of[timed]],
        np.r_[doses.role, np.full(len(titrated), regimen), none],
        np.r_[doses.unit, doses.unit[titrated], none],
        np.r_[doses.route, np.full(len(titrated), -1), np.full(len(timed), -1)],
        np.r_[doses.low, doses.low[titrated], low],
        np.r_[doses.high, doses.high[titrated], claims.longest[timed]],
        np.r_[doses.claim, doses.claim[titrated], timed],
    )


def _ranges(
    claims: Claims,
    statement: Ints,
    role: Ints,
    unit: Ints,
    route: Ints,
    low: Floats,
    high: Floats,
    rows: Ints,
) -> Doses:
    key, count = group_ids(statement, role, unit, route)
    lead = firsts(key, claims.claim[rows], rows)
    lowest, highest = np.full(count, np.inf), np.zeros(count)
    np.minimum.at(lowest, key, low)
    np.maximum.at(highest, key, high)
    return Doses(
        statement=statement[lead],
        role=role[lead],
        unit=unit[lead],
        route=route[lead],
        low=lowest,
        high=highest,
        claim=rows[lead],
    )


def _signature(doses: Doses, count: int) -> Ints:
    """A number per statement that is equal where the doses are; the sum does not depend on their order."""
    mixed = np.zeros(len(doses.statement), dtype=np.uint64)
    for part in (doses.role, doses.unit, doses.route, doses.low.view(np.int64), doses.high.view(np.int64)):
        mixed = (mixed ^ part.astype(np.uint64)) * np.uint64(0x9E3779B97F4A7C15)
        mixed ^= mixed >> np.uint64(29)
    total = np.zeros(count, dtype=np.uint64)
    np.add.at(total, doses.statement, mixed)
    return (total >> np.uint64(2)).astype(np.int64)
