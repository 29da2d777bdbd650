"""Which of the differences found are shown: one per aspect and pair of articles, and none that only repeats another."""

from __future__ import annotations

import numpy as np

from pipeline.evidence.arrays import firsts, group_ids, ints
from pipeline.evidence.candidates import GUIDELINE, LINE, PREFERENCE, SETTING, Candidates
from pipeline.evidence.encode import Claims
from pipeline.evidence.statements import Statements
from pipeline.evidence.topics import Topics


def best_of(c: Candidates, claims: Claims, s: Statements) -> Candidates:
    """One row per topic, aspect and pair of articles: the nearest counterparts, what excludes each other first."""
    group, _ = group_ids(c.topic, c.aspect, s.article[c.old], s.article[c.new])
    return c.take(firsts(group, -c.rank, claims.claim[c.old_claim], claims.claim[c.new_claim]))


def shown(c: Candidates, topics: Topics, s: Statements) -> Candidates:
    """Without repetition: a row by way of a class or a broader disease that only repeats the row on the name itself; a
    preference or setting of a drug whose line differs; the same new edition of a guideline for each drug of a disease."""
    keep = np.ones(len(c), dtype=bool)
    for side, other in ((c.old, c.new), (c.new, c.old)):
        told = (s.article[other], s.strength[other], s.preference[other], s.direction[other], s.line[other])
        key, count = group_ids(c.aspect, side, *told)
        exact = np.zeros(count, dtype=bool)
        exact[key[c.related == 0]] = True
        keep &= ~((c.related > 0) & exact[key])
    pair, count = group_ids(c.topic, s.article[c.old], s.article[c.new])
    lined = np.zeros(count, dtype=bool)
    lined[pair[c.aspect == LINE]] = True
    keep &= ~(lined[pair] & np.isin(c.aspect, (PREFERENCE, SETTING)))
    edition = np.flatnonzero(keep & (c.aspect == GUIDELINE))
    one = firsts(
        group_ids(topics.disease[c.topic[edition]], s.article[c.old[edition]], s.article[c.new[edition]])[0],
        topics.drug[c.topic[edition]],
    )
    keep[edition] = False
    keep[edition[one]] = True
    return c.take(ints(np.flatnonzero(keep)))
