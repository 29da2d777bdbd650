"""Where two articles say different things of one drug in one disease, aspect by aspect."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any, Final

import numpy as np

from pipeline.evidence.arrays import Bools, Floats, Ints, by_pair, cuts, group_ids, ints, products, segments
from pipeline.evidence.encode import AGAINST, FOR, STRENGTHS, Claims
from pipeline.evidence.rules import Rules
from pipeline.evidence.situations import Situations
from pipeline.evidence.statements import DURATION, Doses, Statements
from pipeline.evidence.topics import ArticlePairs, Topics
from pipeline.model.evidence import ASPECTS

DIRECTION, STRENGTH, LINE, PREFERENCE, DOSE, DURATIONS, SETTING, GUIDELINE, DROPPED = range(len(ASPECTS))
_CHUNK: Final = 2_000_000


@dataclass(frozen=True, slots=True, kw_only=True)
class Candidates:
    """One number per difference found. `old` and `new` are statements, `old_claim` and `new_claim` rows of claims that show it.

    `opposed`: both cannot hold for the same patient. `stated`: 1 where only the newer side states it, -1 only the older, else 0.
    `rank` orders candidates of the same topic, aspect and pair: the highest is shown.
    """

    topic: Ints
    aspect: Ints
    old: Ints
    new: Ints
    old_claim: Ints
    new_claim: Ints
    old_broader: Ints
    new_broader: Ints
    related: Ints
    opposed: Bools
    stated: Ints
    rank: Ints
    alike: Ints

    def __len__(self) -> int:
        return len(self.topic)

    def take(self, rows: Any) -> Candidates:
        """Some of the rows."""
        return Candidates(**{name: getattr(self, name)[rows] for name in self.__slots__})


def joined(parts: list[Candidates]) -> Candidates:
    """Several tables as one."""
    return Candidates(
        **{name: np.concatenate([getattr(p, name) for p in parts]) for name in Candidates.__slots__}
    )


@dataclass(frozen=True, slots=True, kw_only=True)
class Pairs:
    """Pairs of statements of two articles in a topic, with what is told about them."""

    pair: Ints
    topic: Ints
    old: Ints
    new: Ints
    old_broader: Ints
    new_broader: Ints
    old_class: Ints
    new_class: Ints
    alike: Ints
    agree: Bools
    oppose: Bools
    scope: Bools
    setting: Ints
    same_people: Bools
    nearness: Ints

    def take(self, rows: Any) -> Pairs:
        """Some of the rows."""
        return Pairs(**{name: getattr(self, name)[rows] for name in self.__slots__})


def statement_pairs(
    pairs: ArticlePairs, topics: Topics, statements: Statements, situations: Situations
) -> Iterator[Pairs]:
    """The comparable pairs of statements, in chunks of a bounded size."""
    for begin, end in cuts(pairs.older_length * pairs.newer_length, _CHUNK):
        part = slice(begin, end)
        owner, a, b = products(
            (pairs.older_start[part], pairs.older_length[part]),
            (pairs.newer_start[part], pairs.newer_length[part]),
        )
        exact = ((topics.broader[a] == 0) & (topics.by_class[a] == 0)) | (
            (topics.broader[b] == 0) & (topics.by_class[b] == 0)
        )
        old, new = topics.view_statement[a], topics.view_statement[b]
        keep = np.flatnonzero(exact & (statements.direction[old] > 0) & (statements.direction[new] > 0))
        owner, a, b, old, new = owner[keep], a[keep], b[keep], old[keep], new[keep]
        by_class = topics.by_class[a] + topics.by_class[b]
        broader = topics.broader[a] + topics.broader[b]
        told = situations.compare(statements, old, new, by_class, broader)
        some = np.flatnonzero(told.agree | told.oppose)
        owner, a, b, old, new = owner[some], a[some], b[some], old[some], new[some]
        yield Pairs(
            pair=owner + part.start,
            topic=pairs.topic[part][owner],
            old=old,
            new=new,
            old_broader=topics.broader[a],
            new_broader=topics.broader[b],
            old_class=topics.by_class[a],
            new_class=topics.by_class[b],
            alike=pairs.alike[part][owner],
            agree=told.agree[some],
            oppose=told.oppose[some],
            scope=told.scope[some],
            setting=told.setting[some],
            same_people=(told.population_same & told.condition_same)[some],
            nearness=told.nearness[some],
        )


def nearest(pairs: Pairs, rows: Bools) -> Ints:
    """Of `rows` those in which each side is the other's nearest counterpart."""
    at = np.flatnonzero(rows)
    if not len(at):
        return at
    near = pairs.nearness[at]
    keep = np.ones(len(at), dtype=bool)
    for side in (pairs.old, pairs.new):
        group, count = group_ids(pairs.pair[at], side[at])
        best = np.full(count, -(2**40), dtype=np.int64)
        np.maximum.at(best, group, near)
        keep &= near == best[group]
    return at[keep]


def compare(pairs: Pairs, s: Statements, doses: Doses, claims: Claims, rules: Rules) -> list[Candidates]:
    """The candidates of one chunk: direction, strength, preference, dose, duration, setting, guideline."""
    found: list[Candidates] = []
    at = nearest(pairs, pairs.agree | pairs.oppose)
    at = at[pairs.oppose[at]]
    found.append(_direction(pairs.take(at), s))
    advice = (s.kind[pairs.old] == 1) & (s.kind[pairs.new] == 1)
    near = pairs.take(nearest(pairs, pairs.agree & advice))
    found.append(_strength(near, s, rules))
    own = near.take((near.old_class + near.new_class) == 0)
    use = own.take(s.direction[own.old] == FOR)
    exact = use.take((use.old_broader + use.new_broader) == 0)
    found.append(_preference(exact, s))
    found.append(_setting(exact, s, claims, rules))
    found.append(_guideline(own, s, claims))
    found.append(_limit(use, s))
    dosed = pairs.agree & advice & pairs.same_people & (s.direction[pairs.old] == FOR)
    found.append(_doses(pairs.take(dosed & (pairs.old_class + pairs.new_class == 0)), doses, rules))
    return found


def made(
    pairs: Pairs, rows: Any, aspect: Any, opposed: Any, stated: Any, old_claim: Ints, new_claim: Ints
) -> Candidates:
    """Candidates of `rows` of `pairs`."""
    part = pairs.take(rows)
    count = len(part.pair)
    opposed = np.broadcast_to(opposed, (count,)).astype(bool)
    return Candidates(
        topic=part.topic,
        aspect=ints(np.broadcast_to(aspect, (count,))),
        old=part.old,
        new=part.new,
        old_claim=old_claim,
        new_claim=new_claim,
        old_broader=part.old_broader,
        new_broader=part.new_broader,
        related=part.old_broader + part.new_broader + part.old_class + part.new_class,
        opposed=opposed,
        stated=ints(np.broadcast_to(stated, (count,))),
        rank=part.nearness + 4096 * opposed,
        alike=part.alike,
    )


def _direction(pairs: Pairs, s: Statements) -> Candidates:
    """Opposed where both are recommendations on the same situation; a class that is recommended against one of its members
    that is not is a difference, as a class `for` does not mean every member."""
    member_against = np.where(s.direction[pairs.old] == AGAINST, pairs.new_class, pairs.old_class) == 1
    opposed = (
        ~pairs.scope & (s.kind[pairs.old] == s.kind[pairs.new]) & (s.kind[pairs.old] == 1) & ~member_against
    )
    rows = np.arange(len(pairs.pair))
    return made(pairs, rows, DIRECTION, opposed, 0, s.claim[pairs.old], s.claim[pairs.new])


def _strength(pairs: Pairs, s: Statements, rules: Rules) -> Candidates:
    old, new = s.strength[pairs.old], s.strength[pairs.new]
    silent = np.isin(old, [STRENGTHS.index(word) for word in rules.silent_newer_strengths])
    exact = pairs.old_class + pairs.new_class == 0
    both = (old > 0) & (new > 0) & (old != new)
    rows = np.flatnonzero(both | (exact & (((old == 0) & (new > 0)) | ((new == 0) & silent))))
    opposed = both[rows] & ~pairs.scope[rows]
    stated = np.where(both, 0, np.where(new > 0, 1, -1))[rows]
    return made(pairs, rows, STRENGTH, opposed, stated, s.claim[pairs.old][rows], s.claim[pairs.new][rows])


def _preference(pairs: Pairs, s: Statements) -> Candidates:
    old, new = s.preference[pairs.old], s.preference[pairs.new]
    both = (old > 0) & (new > 0) & (old != new)
    line = (s.line[pairs.old] == s.line[pairs.new]) & (s.line[pairs.new] > 0)
    rows = np.flatnonzero(both | ((old == 0) & (new > 0) & line))
    return made(pairs, rows, PREFERENCE, both[rows], np.where(both[rows], 0, 1), s.claim[pairs.old][rows], s.claim[pairs.new][rows])  # fmt: skip


def _setting(pairs: Pairs, s: Statements, claims: Claims, rules: Rules) -> Candidates:
    outside = rules.elsewhere | rules.separate
    settings = [frozenset(w.lower() for w in words) - outside for words in claims.words["setting"]]

    def differ(a: int, b: int) -> int:
        left, right = settings[a], settings[b]
        return 2 if left - right and right - left else 1 if right - left else 0

    told = by_pair(s.setting[pairs.old], s.setting[pairs.new], differ)
    limits = (s.condition[pairs.old] == 0) & (s.condition[pairs.new] > 0)
    rows = np.flatnonzero(((told > 0) | limits) & ~s.adjusted[pairs.new] & ~s.adjusted[pairs.old])
    stated = np.where(told[rows] == 2, 0, 1)
    return made(pairs, rows, SETTING, False, stated, s.claim[pairs.old][rows], s.claim[pairs.new][rows])


def _guideline(pairs: Pairs, s: Statements, claims: Claims) -> Candidates:
    names = [_edition(name) for name in claims.words["guideline"]]

    def differ(a: int, b: int) -> int:
        if a < 0 or b < 0 or not names[a][1] or not names[b][1]:
            return 0
        return int(names[a][0] == names[b][0] and names[a][1] < names[b][1])

    told = by_pair(s.guideline[pairs.old], s.guideline[pairs.new], differ)
    rows = np.flatnonzero(told)
    return made(pairs, rows, GUIDELINE, True, 0, s.claim[pairs.old][rows], s.claim[pairs.new][rows])


def _edition(name: str) -> tuple[str, int]:
    """The name of a guideline without its year, and the year (0 where there is none)."""
    years = [w for w in name.replace("/", " ").split() if len(w) == 4 and w.isdigit()]
    year = int(years[-1]) if years else 0
    return " ".join(w for w in name.lower().split() if w != str(year)), year


def _limit(pairs: Pairs, s: Statements) -> Candidates:
    """A limit of duration that only the newer side states."""
    old, new = s.limit[pairs.old], s.limit[pairs.new]
    rows = np.flatnonzero(np.isnan(old) & ~np.isnan(new) & ~s.timed[pairs.old])
    return made(pairs, rows, DURATIONS, False, 1, s.claim[pairs.old][rows], s.limit_claim[pairs.new][rows])


def _doses(pairs: Pairs, doses: Doses, rules: Rules) -> Candidates:
    """Doses of the same role, unit and route, each against its nearest counterpart."""
    count = (
        int(max(doses.statement.max(initial=-1), pairs.old.max(initial=-1), pairs.new.max(initial=-1))) + 1
    )
    start, length = segments(doses.statement, count)
    owner, a, b = products((start[pairs.old], length[pairs.old]), (start[pairs.new], length[pairs.new]))
    fits = (
        (doses.role[a] == doses.role[b])
        & (doses.unit[a] == doses.unit[b])
        & ((doses.route[a] == doses.route[b]) | (doses.route[a] < 0) | (doses.route[b] < 0))
    )
    owner, a, b = owner[fits], a[fits], b[fits]
    near = pairs.nearness[owner] + 2 * (doses.route[a] == doses.route[b])
    keep = np.ones(len(owner), dtype=bool)
    for side in (a, b):
        group, groups = group_ids(pairs.pair[owner], side)
        best = np.full(groups, -(2**40), dtype=np.int64)
        np.maximum.at(best, group, near)
        keep &= near == best[group] if groups else keep
    keep &= _apart(doses, a, b, rules.dose_ratio)
    owner, a, b = owner[keep], a[keep], b[keep]
    opposed = (doses.high[a] < doses.low[b]) | (doses.high[b] < doses.low[a])
    aspect = np.where(doses.role[a] == DURATION, DURATIONS, DOSE)
    return made(pairs, owner, aspect, opposed, 0, doses.claim[a], doses.claim[b])


def _apart(doses: Doses, a: Ints, b: Ints, ratio: float) -> Bools:
    def differ(left: Floats, right: Floats) -> Bools:
        small, large = np.minimum(left, right), np.maximum(left, right)
        with np.errstate(invalid="ignore"):
            return np.asarray((small != large) & ~(large <= small * ratio))

    timed = doses.role[a] == DURATION
    open_low = timed & ((doses.low[a] == 0) | (doses.low[b] == 0))
    low = differ(doses.low[a], doses.low[b]) & ~open_low
    return np.asarray(low | differ(doses.high[a], doses.high[b]))
