"""What an article as a whole says of a drug in a disease: its lines of therapy, what it no longer names, where it contradicts itself."""

from __future__ import annotations

import numpy as np

from pipeline.evidence.arrays import Bools, Ints, firsts, group_ids, ints, lists, segments, spread
from pipeline.evidence.candidates import DIRECTION, DROPPED, LINE, Candidates
from pipeline.evidence.encode import AGAINST, FOR, NO_DATE, Claims
from pipeline.evidence.hierarchy import Hierarchy
from pipeline.evidence.rules import Rules
from pipeline.evidence.statements import Statements
from pipeline.evidence.topics import ArticlePairs, Topics

FIRST = 1
SUBSEQUENT = 2


def advice(s: Statements) -> Bools:
    """The statements that recommend a use."""
    return np.asarray((s.direction == FOR) & (s.kind == 1))


def line_changes(
    pairs: ArticlePairs, topics: Topics, s: Statements, claims: Claims, rules: Rules
) -> Candidates:
    """First-line in one article, only later in the other, which does recommend first-line treatment of that disease.

    "Later" is a subsequent line, or an unstated one in a setting such as maintenance or refractory disease; an article that
    recommends the drug without naming a line is on neither side.
    """
    settings = [{word.lower() for word in words} for words in claims.words["setting"]]
    separate = ints([bool(rules.separate & words) for words in settings])
    later_words = ints([bool(rules.later & words) for words in settings])
    view, own = topics.view_statement, topics.by_class == 0
    use = advice(s)[view] & own
    apart, is_later = separate[s.setting[view]] == 1, later_words[s.setting[view]] == 1
    first = use & (s.line[view] == FIRST) & ~apart
    later = use & ((s.line[view] == SUBSEQUENT) | ((s.line[view] == 0) & is_later))
    plain = use & (s.line[view] == 0) & ~is_later
    covers = _covers_first(s)[view] >= rules.line_scope_min_drugs
    names_later = later & (topics.broader == 0) & covers
    found: list[Candidates] = []
    older = (pairs.older_start, pairs.older_length)
    newer = (pairs.newer_start, pairs.newer_length)
    for early, late in ((older, newer), (newer, older)):
        yes = _any(first, early) & ~_any(first | plain, late) & _any(names_later, late)
        rows = np.flatnonzero(yes)
        a = _lead(first, (early[0][rows], early[1][rows]), topics, s)
        b = _lead(names_later, (late[0][rows], late[1][rows]), topics, s)
        old, new = (a, b) if early is older else (b, a)
        found.append(_whole(pairs.topic[rows], LINE, old, new, topics, s, pairs.alike[rows]))
    return Candidates(
        **{n: np.concatenate([getattr(found[0], n), getattr(found[1], n)]) for n in Candidates.__slots__}
    )


def _any(flags: Bools, segment: tuple[Ints, Ints]) -> Bools:
    total = np.r_[0, np.cumsum(flags)]
    return np.asarray(total[segment[0] + segment[1]] > total[segment[0]])


def _lead(flags: Bools, segment: tuple[Ints, Ints], topics: Topics, s: Statements) -> Ints:
    """In each segment the row of the view that speaks for it: on the disease itself, then the stronger."""
    owner, rows = spread(*segment)
    owner, rows = owner[flags[rows]], rows[flags[rows]]
    at = topics.view_statement[rows]
    return rows[firsts(ints(owner), topics.broader[rows], -s.strength[at], s.claim_rank[at])]


def _covers_first(s: Statements) -> Ints:
    """How many drugs the article of each statement recommends as first-line in that disease."""
    rows = np.flatnonzero(advice(s) & (s.line == FIRST))
    group, count = group_ids(s.article, s.disease)
    _, drugs = group_ids(group[rows], s.drug[rows])
    lead = firsts(group_ids(group[rows], s.drug[rows])[0], np.arange(len(rows))) if drugs else ints([])
    return ints(np.bincount(group[rows][lead], minlength=count))[group]


def _whole(
    topic: Ints, aspect: int, old: Ints, new: Ints, topics: Topics, s: Statements, alike: Ints
) -> Candidates:
    """Candidates from rows `old` and `new` of the view."""
    broader = (topics.broader[old], topics.broader[new])
    a, b = topics.view_statement[old], topics.view_statement[new]
    return _pairs(topic, aspect, a, b, s, broader=broader, opposed=True, alike=alike)


def _pairs(
    topic: Ints,
    aspect: int,
    a: Ints,
    b: Ints,
    s: Statements,
    *,
    broader: tuple[Ints, Ints] | None = None,
    opposed: bool,
    stated: int = 0,
    rank: Ints | None = None,
    alike: Ints | None = None,
) -> Candidates:
    """Candidates from the statements `a` (older) and `b`, which differ as wholes: no single value stands against another."""
    zero = ints(np.zeros(len(a)))
    old_broader, new_broader = broader or (zero, zero)
    return Candidates(
        topic=topic,
        aspect=np.full(len(a), aspect),
        old=a,
        new=b,
        old_claim=s.claim[a],
        new_claim=s.claim[b],
        old_broader=old_broader,
        new_broader=new_broader,
        related=old_broader + new_broader,
        opposed=np.full(len(a), opposed),
        stated=zero + stated,
        rank=zero if rank is None else rank,
        alike=zero + 1 if alike is None else alike,
    )


def contradictions(topics: Topics, s: Statements) -> Candidates:
    """An article that is for and against the same drug in the same situation."""
    rows = np.flatnonzero((s.kind == 1) & (s.direction > 0) & ~s.threshold)
    key, count = group_ids(s.article[rows], topics.own[rows], s.line[rows], s.setting[rows], s.population[rows], s.condition[rows], s.with_drugs[rows])  # fmt: skip
    both = np.ones(count, dtype=bool)
    sides = []
    for direction in (FOR, AGAINST):
        at = rows[s.direction[rows] == direction]
        where = np.full(count, -1, dtype=np.int64)
        where[key[s.direction[rows] == direction]] = at
        both &= where >= 0
        sides.append(where)
    a, b = sides[0][both], sides[1][both]
    return _pairs(topics.own[a], DIRECTION, a, b, s, opposed=True)


def dropped(topics: Topics, s: Statements, claims: Claims, hierarchy: Hierarchy, rules: Rules) -> Candidates:
    """What an older article recommends in a line and the newest article that covers this line of the disease does not name.

    An article covers a line of a disease when it recommends `dropped_min_drugs` drugs there, for the same population and
    setting and without a condition. Naming a drug means any
    claim on it, its class or its members, in the disease, a broader or a narrower one. Procedures are left out. Where more
    than `full_pairs` older articles recommend it, only the newest of them gives a row. `new` is a statement of the newer article.
    """
    procedures = [i for i, word in enumerate(claims.words["drug_kind"]) if word == "procedure"]
    use = (
        advice(s)
        & (s.line > 0)
        & ~np.isin(claims.drug_kind[s.claim], procedures)
        & (s.date != NO_DATE)
        & (s.condition == 0)
    )
    rows = np.flatnonzero(use)
    people, setting = _plain_sets(claims, rules)
    place, places = group_ids(
        s.disease[rows], s.line[rows], people[s.population[rows]], setting[s.setting[rows]]
    )
    seat, seats = group_ids(place, s.article[rows])
    lead = firsts(seat, s.claim_rank[rows])
    able = lead[_distinct(seat, s.drug[rows], seats) >= rules.dropped_min_drugs]
    newest = able[firsts(place[able], -s.date[rows[able]], s.article[rows[able]])]
    anchor = np.full(places, -1, dtype=np.int64)
    anchor[place[newest]] = rows[newest]
    covered = np.flatnonzero(anchor[place] >= 0)
    late = s.date[anchor[place[covered]]]
    older = covered[s.date[rows[covered]] <= late - rules.newer_by_days]
    gone = older[~_named(rows, place, anchor, older, s, _Names(claims, s, hierarchy))]
    gone = gone[
        firsts(group_ids(place[gone], s.drug[rows[gone]], s.article[rows[gone]])[0], s.claim_rank[rows[gone]])
    ]
    use_of, uses = group_ids(place[gone], s.drug[rows[gone]])
    order = np.lexsort((s.article[rows[gone]], -s.date[rows[gone]], use_of))
    gone, use_of = gone[order], use_of[order]
    start, length = segments(use_of, uses)
    gone = gone[(length[use_of] <= rules.full_pairs) | (np.arange(len(gone)) == start[use_of])]
    a, b = rows[gone], anchor[place[gone]]
    return _pairs(topics.own[a], DROPPED, a, b, s, opposed=False, stated=-1, rank=-s.line[a])


def _distinct(groups: Ints, values: Ints, count: int) -> Ints:
    pair, pairs = group_ids(groups, values)
    if not pairs:
        return np.zeros(count, dtype=np.int64)
    return ints(np.bincount(groups[firsts(pair, np.arange(len(pair)))], minlength=count))


def _plain_sets(claims: Claims, rules: Rules) -> tuple[Ints, Ints]:
    """Equal numbers for populations and for settings that are the same people here."""
    found = []
    for name, left_out in (("population", rules.ordinary), ("setting", rules.elsewhere)):
        sets = [
            tuple(w for w in (word.lower() for word in words) if w not in left_out)
            for words in claims.words[name]
        ]
        number = {words: i for i, words in enumerate(dict.fromkeys(sets))}
        found.append(ints([number[words] for words in sets]))
    return found[0], found[1]


def _named(rows: Ints, place: Ints, anchor: Ints, older: Ints, s: Statements, names: _Names) -> Bools:
    """Whether the newest article of its place names the drug of each older statement."""
    drugs = int(s.drug.max(initial=0)) + 1
    known = [
        p * drugs + drug
        for p in np.unique(place[older]).tolist()
        for drug in names.of(int(s.article[anchor[p]]), int(s.disease[anchor[p]]))
    ]
    return np.isin(place[older] * drugs + s.drug[rows[older]], ints(known))


class _Names:
    """Which drugs an article names for a disease or its relatives, with their classes and members."""

    def __init__(self, claims: Claims, s: Statements, hierarchy: Hierarchy) -> None:
        self._drugs, self._diseases = claims.words["drug"], claims.words["disease"]
        self._number = {name: i for i, name in enumerate(self._drugs)}
        self._hierarchy, self._s = hierarchy, s
        order = np.lexsort((np.arange(len(s)), s.article))
        self._rows = lists(s.article[order], order.tolist(), len(claims.words["article"]))
        self._broader = [set(hierarchy.ancestors(name)) | {name} for name in self._diseases]
        self._near: dict[int, frozenset[int]] = {}

    def of(self, article: int, disease: int) -> frozenset[int]:
        """Numbers of the drugs that count as named."""
        named: set[int] = set()
        here = self._diseases[disease]
        for row in self._rows[article]:
            there = int(self._s.disease[row])
            if here in self._broader[there] or self._diseases[there] in self._broader[disease]:
                named |= self._family(int(self._s.drug[row]))
        return frozenset(named)

    def _family(self, drug: int) -> frozenset[int]:
        if drug not in self._near:
            name = self._drugs[drug]
            words = {name, *self._hierarchy.classes(name), *self._hierarchy.members(name)}
            self._near[drug] = frozenset(self._number[w] for w in words if w in self._number)
        return self._near[drug]
