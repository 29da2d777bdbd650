"""Which statements speak on which (drug, disease): its own, those on the broader disease, those on the drug's class."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from pipeline.evidence.arrays import Ints, firsts, group_ids, ints, segments, spread
from pipeline.evidence.encode import AGAINST, FOR, NO_DATE, Claims
from pipeline.evidence.hierarchy import Hierarchy
from pipeline.evidence.rules import Rules
from pipeline.evidence.statements import Statements


@dataclass(frozen=True, slots=True, kw_only=True)
class Topics:
    """`drug` and `disease` of each topic that some claim names exactly, and its view: rows sorted by topic and article.

    `view_statement` speaks on `view_topic`; `by_class` is 1 where it names a class of the drug, `broader` counts the steps
    up to the disease that it names (0: the same).
    """

    drug: Ints
    disease: Ints
    view_topic: Ints
    view_statement: Ints
    by_class: Ints
    broader: Ints
    own: Ints

    def __len__(self) -> int:
        return len(self.drug)


def make_topics(claims: Claims, statements: Statements, hierarchy: Hierarchy) -> Topics:
    """The topics of all statements; `own` gives the topic of each statement."""
    own, count = group_ids(statements.drug, statements.disease)
    lead = firsts(own, np.arange(len(own)))
    drug, disease = statements.drug[lead], statements.disease[lead]
    source, target, by_class, broader = _relations(claims, drug, disease, hierarchy)
    order = ints(np.lexsort((np.arange(len(own)), own)))
    starts, lengths = segments(own[order], count)
    relation, position = spread(starts[source], lengths[source])
    topic, statement = target[relation], order[position]
    rows = np.lexsort(
        (broader[relation], by_class[relation], statement, statements.article[statement], topic)
    )
    return Topics(
        drug=drug,
        disease=disease,
        view_topic=topic[rows],
        view_statement=statement[rows],
        by_class=by_class[relation][rows],
        broader=broader[relation][rows],
        own=own,
    )


def _relations(
    claims: Claims, drug: Ints, disease: Ints, hierarchy: Hierarchy
) -> tuple[Ints, Ints, Ints, Ints]:
    """(source topic, topic it speaks on, by class, steps up), every topic on itself first."""
    drugs, diseases = claims.words["drug"], claims.words["disease"]
    drug_number = {name: i for i, name in enumerate(drugs)}
    disease_number = {name: i for i, name in enumerate(diseases)}
    classes = [
        [drug_number[c] for c in sorted(set(hierarchy.classes(name))) if c in drug_number and c != name]
        for name in drugs
    ]
    parents = [
        [
            (step, disease_number[a])
            for step, a in enumerate(dict.fromkeys(hierarchy.ancestors(name)), start=1)
            if a in disease_number and a != name
        ]
        for name in diseases
    ]
    topic_of = {pair: i for i, pair in enumerate(zip(drug.tolist(), disease.tolist(), strict=True))}
    rows: list[tuple[int, int, int, int]] = []
    for (d, z), topic in topic_of.items():
        rows.append((topic, topic, 0, 0))
        if not classes[d] and not parents[z]:
            continue
        for by_class, x in [(0, d), *((1, c) for c in classes[d])]:
            for step, y in [(0, z), *parents[z]]:
                other = topic_of.get((x, y))
                if other is not None and other != topic:
                    rows.append((other, topic, by_class, step))
    table = ints(rows).reshape(-1, 4)
    return table[:, 0], table[:, 1], table[:, 2], table[:, 3]


@dataclass(frozen=True, slots=True, kw_only=True)
class ArticlePairs:
    """Pairs of articles in a topic, older first. `older` and `newer` are segments (start, length) of the topic's view."""

    topic: Ints
    older_start: Ints
    older_length: Ints
    newer_start: Ints
    newer_length: Ints
    alike: Ints

    def __len__(self) -> int:
        return len(self.topic)


def article_pairs(topics: Topics, statements: Statements, rules: Rules) -> ArticlePairs:
    """The pairs of articles that are held against each other, at least one of them exactly on the topic.

    In a topic of up to `full_pairs` articles these are all pairs. In a larger one, articles whose statements are the
    same in content are one position, for which the newest speaks; the `positions` newest positions are paired, and each older one
    with the newest that is for and the newest that is against. So the work grows with the articles, not their square.
    """
    article = statements.article[topics.view_statement]
    seat, count = group_ids(topics.view_topic, article)
    start, length = segments(seat, count)
    topic, who = topics.view_topic[start], article[start]
    exact = np.zeros(count, dtype=np.int64)
    np.maximum.at(exact, seat, ints((topics.by_class == 0) & (topics.broader == 0)))
    date = np.full(count, NO_DATE, dtype=np.int64)
    np.maximum.at(date, seat, statements.date[topics.view_statement])
    takes = []
    for direction in (FOR, AGAINST):
        stance = np.zeros(count, dtype=np.int64)
        np.maximum.at(stance, seat, ints(statements.direction[topics.view_statement] == direction))
        takes.append(stance)
    seats = np.bincount(topic, minlength=len(topics))
    profile = _profiles(topics, statements, seat, count)
    crowded = seats[topic] > rules.full_pairs
    same, n_same = group_ids(topic, np.where(crowded, profile, np.arange(count)), exact * crowded)
    speaker = firsts(same, -date, who)
    alike = np.bincount(same, minlength=n_same).astype(np.int64)[same[speaker]]
    order = np.lexsort((who[speaker], -date[speaker], -exact[speaker], topic[speaker]))
    speaker, alike = speaker[order], alike[order]
    rank, anchor = _ranks(topic[speaker], exact[speaker], [take[speaker] for take in takes])
    left, right = _pair_up(topic[speaker], rank, anchor, rules.positions)
    a, b = speaker[left], speaker[right]
    keep = (exact[a] | exact[b]) == 1
    a, b, left, right = a[keep], b[keep], left[keep], right[keep]
    swap = (date[a] > date[b]) | ((date[a] == date[b]) & (who[a] > who[b]))
    older, newer = np.where(swap, b, a), np.where(swap, a, b)
    return ArticlePairs(
        topic=topic[older],
        older_start=start[older],
        older_length=length[older],
        newer_start=start[newer],
        newer_length=length[newer],
        alike=np.maximum(alike[left], alike[right]),
    )


def _profiles(topics: Topics, statements: Statements, seat: Ints, count: int) -> Ints:
    part = (statements.content[topics.view_statement].astype(np.uint64) + np.uint64(1)) * np.uint64(
        0x9E3779B97F4A7C15
    )
    part ^= part >> np.uint64(31)
    part += (topics.by_class * 64 + topics.broader).astype(np.uint64) * np.uint64(0xBF58476D1CE4E5B9)
    part *= np.uint64(0x94D049BB133111EB)
    part ^= part >> np.uint64(29)
    total = np.zeros(count, dtype=np.uint64)
    np.add.at(total, seat, part)
    return (total >> np.uint64(2)).astype(np.int64)


def _ranks(topic: Ints, exact: Ints, takes: list[Ints]) -> tuple[Ints, Ints]:
    """How many newer positions of the topic stand before each, and whether it is an anchor (the newest for, the newest against)."""
    count = int(topic.max()) + 1 if len(topic) else 0
    start, _ = segments(topic, count)
    rank = np.arange(len(topic)) - start[topic]
    anchor = np.zeros(len(topic), dtype=np.int64)
    for take in takes:
        for only_exact in (False, True):
            rows = np.flatnonzero((take == 1) & ((exact == 1) | (not only_exact)))
            anchor[rows[firsts(topic[rows], rank[rows])]] = 1
    return ints(rank), anchor


def _pair_up(topic: Ints, rank: Ints, anchor: Ints, positions: int) -> tuple[Ints, Ints]:
    count = int(topic.max()) + 1 if len(topic) else 0
    start, _ = segments(topic, count)
    near = np.flatnonzero(rank < positions)
    owner, before = spread(start[topic[near]], rank[near])
    left, right = [before], [near[owner]]
    far = np.flatnonzero(rank >= positions)
    if len(far):
        anchors = np.flatnonzero(anchor == 1)
        a_start, a_length = segments(topic[anchors], count)
        owner, position = spread(a_start[topic[far]], a_length[topic[far]])
        other, mine = anchors[position], far[owner]
        keep = (other != mine) & ((rank[other] < positions) | (other < mine) | (anchor[mine] == 0))
        left.append(other[keep])
        right.append(mine[keep])
    return ints(np.concatenate(left)), ints(np.concatenate(right))
