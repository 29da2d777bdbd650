"""Who speaks on each row of the evidence table, and who wins: the rules, applied to whole columns."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any, Final

import numpy as np

from pipeline.evidence.arrays import Bools, Ints, cuts, firsts, group_ids, ints, most, products, segments
from pipeline.evidence.encode import AGAINST, FOR
from pipeline.evidence.rules import EDITOR, NEWER, Rules
from pipeline.evidence.situations import Situations
from pipeline.evidence.statements import Statements
from pipeline.evidence.topics import Topics
from pipeline.evidence.verdicts import compare_ranks, decide

OWN, COVERS, BESIDE = 0, 1, 2
_CHUNK: Final = 2_000_000


@dataclass(frozen=True, slots=True, kw_only=True)
class Votes:
    """One vote per row and statement. `how`: OWN is said in the row's situation; COVERS contradicts the row from a more
    general situation; BESIDE contradicts it for a part of its patients only. `rank` is lower for what counts more."""

    row: Ints
    statement: Ints
    broader: Ints
    how: Ints
    rank: Ints


@dataclass(frozen=True, slots=True, kw_only=True)
class Outcome:
    """What became of rows and votes. `wins`: the vote stands with the row. `rule` (place in the order, -1: undisputed, -2: open)
    per row, `lost_by` per losing vote (-2: open, -3: speaks of a part of the patients). `on_strength`: it lost on strength only."""

    direction: Ints
    strength: Ints
    rule: Ints
    open: Bools
    updated: Bools
    wins: Bools
    counts: Bools
    lost_by: Ints
    on_strength: Bools


def make_rows(topics: Topics, s: Statements) -> tuple[Ints, int]:
    """The row of each statement: drug, disease, line, setting, population, condition and combination."""
    return group_ids(topics.own, s.line, s.setting, s.population, s.condition, s.with_drugs)


def make_votes(
    topics: Topics, s: Statements, row: Ints, situations: Situations, lost: Ints, rules: Rules
) -> Votes:
    """Every statement in its own row, and in the rows that it contradicts. `lost` is 1 for what an editor decided against."""
    own = np.arange(len(s))
    rank_own = _rank(s, own, ints(np.zeros(len(s))), lost, rules)
    parts = [(row, own, ints(np.zeros(len(s))), np.full(len(s), OWN))]
    lead = firsts(group_ids(row, s.direction, s.kind)[0], rank_own)
    lead = lead[s.direction[lead] > 0]
    view = np.flatnonzero(s.direction[topics.view_statement] > 0)
    who = topics.view_statement[view]
    place = group_ids(s.line, s.setting, s.population, s.condition, s.with_drugs)[0][who]
    kind = group_ids(topics.view_topic[view], place, s.direction[who], s.kind[who], topics.broader[view], topics.by_class[view])[0]  # fmt: skip
    view = _two_articles(kind, rank_own[who], s.article[who], s.claim_rank[who], view)
    count = len(topics)
    for mine, theirs in ((FOR, AGAINST), (AGAINST, FOR)):
        a = lead[s.direction[lead] == mine]
        b = view[s.direction[topics.view_statement[view]] == theirs]
        a, b = a[np.argsort(topics.own[a], kind="stable")], b[np.argsort(topics.view_topic[b], kind="stable")]
        start, length = segments(topics.view_topic[b], count)
        topic = topics.own[a]
        parts.extend(_contradictions(a, b, start[topic], length[topic], topics, s, row, situations, theirs))
    row_all, statement, broader, how = (ints(np.concatenate([p[k] for p in parts])) for k in range(4))
    row_all, statement, broader, how = _without_own_articles(row_all, statement, broader, how, s)
    same, _ = group_ids(row_all, statement)
    keep = firsts(same, how, broader)
    row_all, statement, broader, how = row_all[keep], statement[keep], broader[keep], how[keep]
    return Votes(
        row=row_all,
        statement=statement,
        broader=broader,
        how=how,
        rank=_rank(s, statement, broader, lost, rules),
    )


def _two_articles(group: Ints, rank: Ints, article: Ints, claim: Ints, rows: Ints) -> Ints:
    """Of each group the row that counts most, and the one that counts most from another article."""
    lead = firsts(group, rank, claim)
    speaker = np.full(int(group.max(initial=-1)) + 1, -1, dtype=np.int64)
    speaker[group[lead]] = article[lead]
    rest = np.flatnonzero(article != speaker[group])
    second = rest[firsts(group[rest], rank[rest], claim[rest])]
    return ints(rows[np.r_[lead, second]])


def _without_own_articles(
    row: Ints, statement: Ints, broader: Ints, how: Ints, s: Statements
) -> tuple[Ints, Ints, Ints, Ints]:
    """An article that speaks in the row's own situation means what it says there, whatever it says in general."""
    key, count = group_ids(row, s.article[statement])
    own = np.zeros(count, dtype=bool)
    own[key[how == OWN]] = True
    keep = (how == OWN) | ~own[key]
    return row[keep], statement[keep], broader[keep], how[keep]


def _contradictions(
    a: Ints, b: Ints, start: Ints, length: Ints, topics: Topics, s: Statements, row: Ints, situations: Situations, theirs: int
) -> list[tuple[Ints, Ints, Ints, Ints]]:  # fmt: skip
    parts = []
    for begin, end in cuts(length, _CHUNK):
        some = np.arange(begin, end)
        _, i, j = products((some, ints(np.ones(len(some)))), (start[some], length[some]))
        left, right = a[i], topics.view_statement[b[j]]
        by_class, broader = topics.by_class[b[j]], topics.broader[b[j]]
        told = situations.compare(s, left, right, by_class, broader)
        part = told.scope if theirs == FOR else np.zeros(len(left), dtype=bool)
        part = part | ((s.line[right] != s.line[left]) & (s.line[right] != 0)) | s.threshold[right]
        some_members = (by_class == 1) & (theirs == FOR)
        keep = told.oppose & ~some_members & ~((row[left] == row[right]) & (broader + by_class == 0))
        parts.append((row[left][keep], right[keep], broader[keep], np.where(part[keep], BESIDE, COVERS)))
    return parts


def _columns(s: Statements, at: Ints, broader: Ints, lost: Ints) -> dict[str, Any]:
    return {
        "kind": s.kind[at],
        "broader": broader,
        "level": s.level[at],
        "authority": s.authority[at],
        "date": s.date[at],
        "lost": lost[at],
    }


def _rank(s: Statements, at: Ints, broader: Ints, lost: Ints, rules: Rules) -> Ints:
    """The place of each vote when all are ordered by the rules in force; ties share a place."""
    c = _columns(s, at, broader, lost)
    scale = ints(np.unique(c["authority"], return_inverse=True)[1])
    keys: dict[str, Ints] = {
        EDITOR: c["lost"],
        "recommendation-over-study": -c["kind"],
        "specific-over-general": c["broader"],
        "graded-over-ungraded": -c["level"],
        "higher-authority": -scale,
        NEWER: -c["date"],
    }
    return group_ids(*[keys[name] for name in rules.order if name in keys])[0] if len(at) else ints([])


def _decide(
    s: Statements, v: Votes, winner: Ints, loser: Ints, lost: Ints, rules: Rules
) -> tuple[Ints, Ints]:
    """Rule and sign (1: `winner` does win) between votes."""
    old = _columns(s, v.statement[loser], v.broader[loser], lost)
    new = _columns(s, v.statement[winner], v.broader[winner], lost)
    signs = compare_ranks(old, new, rules)
    signs[EDITOR] = ints(old["lost"] - new["lost"])
    return decide(signs, rules, len(winner))


def count_votes(v: Votes, s: Statements, rows: int, lost: Ints, both: Bools, rules: Rules) -> Outcome:
    """The rules in order: first direction, then strength among those that won. `both` marks what an editor let stand together."""
    camp = s.direction[v.statement]
    able = v.how != BESIDE
    top = np.full((3, rows), -1, dtype=np.int64)
    for direction in (FOR, AGAINST):
        at = np.flatnonzero(able & (camp == direction))
        lead = at[firsts(v.row[at], v.rank[at], s.claim_rank[v.statement[at]])]
        top[direction, v.row[lead]] = lead
    contested = np.flatnonzero((top[FOR] >= 0) & (top[AGAINST] >= 0))
    rule, side = _decide(s, v, top[FOR][contested], top[AGAINST][contested], lost, rules)
    stance = np.where(top[FOR] >= 0, FOR, np.where(top[AGAINST] >= 0, AGAINST, 0))
    newer = np.where(s.date[v.statement[top[AGAINST][contested]]] > s.date[v.statement[top[FOR][contested]]], AGAINST, FOR)  # fmt: skip
    stance[contested] = np.where(side > 0, FOR, np.where(side < 0, AGAINST, newer))
    row_rule = np.full(rows, -1, dtype=np.int64)
    stands = both[v.statement[top[FOR][contested]]] & both[v.statement[top[AGAINST][contested]]]
    row_rule[contested] = np.where(stands, rules.order.index(EDITOR), np.where(side != 0, rule, -2))
    together = np.zeros(rows, dtype=bool)
    together[contested[stands]] = True
    wins = able & ((camp == stance[v.row]) | (camp == 0))
    lost_by = np.full(len(v.row), -3, dtype=np.int64)
    losing = np.flatnonzero(able & ~wins)
    lost_by[losing] = row_rule[v.row[losing]]
    beside = np.flatnonzero(~able)
    open_beside = _open_beside(v, s, beside, top, lost, rules)
    row_rule[v.row[beside[open_beside]]] = -2
    lost_by[beside[open_beside]] = -2
    strength, on_strength, strength_rule = _strength(v, s, wins & (camp > 0), rows, lost, both, rules)
    row_rule = np.where((row_rule == -1) | (strength_rule == -2), np.where(strength_rule != -1, strength_rule, row_rule), row_rule)  # fmt: skip
    lead = top[stance, np.arange(rows)]
    weak = np.flatnonzero(on_strength >= -2)
    lost_by[weak] = on_strength[weak]
    wins[weak] = False
    against = np.flatnonzero(~wins & able)
    winner = lead[v.row[against]]
    later = np.where(winner >= 0, np.sign(s.date[v.statement[winner]] - s.date[v.statement[against]]), 0) * (
        s.date[v.statement[against]] > -(2**31)
    )
    updated = (most(v.row[against], ints(later), rows, -2) == 1) & (
        most(v.row[against], ints(-later), rows, -2) < 1
    )
    advice = most(v.row, ints(wins & (s.kind[v.statement] == 1) & (camp > 0)), rows, 0)
    spoken = most(v.row, ints(wins & (camp > 0)), rows, 0)
    counts = wins & ((camp > 0) | (spoken[v.row] == 0)) & ((s.kind[v.statement] == 1) | (advice[v.row] == 0))
    return Outcome(
        direction=ints(stance),
        strength=strength,
        rule=row_rule,
        open=row_rule == -2,
        updated=updated & (row_rule != -2) & ~together,
        wins=wins,
        counts=counts,
        lost_by=lost_by,
        on_strength=on_strength >= -2,
    )


def _open_beside(v: Votes, s: Statements, beside: Ints, top: Ints, lost: Ints, rules: Rules) -> Ints:
    """Of the votes that speak for a part of a row's patients, those that no rule decides against the row's own."""
    other = np.where(s.direction[v.statement[beside]] == FOR, AGAINST, FOR)
    rival = top[other, v.row[beside]]
    some = np.flatnonzero(rival >= 0)
    same = s.kind[v.statement[rival[some]]] == s.kind[v.statement[beside[some]]]
    _, side = _decide(s, v, rival[some], beside[some], lost, rules)
    return ints(some[(side == 0) & same & ~s.threshold[v.statement[beside[some]]]])


def _strength(
    v: Votes, s: Statements, winning: Bools, rows: int, lost: Ints, both: Bools, rules: Rules
) -> tuple[Ints, Ints, Ints]:
    """Strength per row; per vote the rule by which it lost on strength (-9: it did not); the rule per row (-1: undisputed)."""
    at = np.flatnonzero(winning & (s.strength[v.statement] > 0))
    lead = at[firsts(v.row[at], v.rank[at], -s.strength[v.statement[at]], s.claim_rank[v.statement[at]])]
    strength = np.zeros(rows, dtype=np.int64)
    strength[v.row[lead]] = s.strength[v.statement[lead]]
    leader = np.full(rows, -1, dtype=np.int64)
    leader[v.row[lead]] = lead
    other = at[s.strength[v.statement[at]] != strength[v.row[at]]]
    rule, side = _decide(s, v, leader[v.row[other]], other, lost, rules)
    together = both[v.statement[other]] & both[v.statement[leader[v.row[other]]]]
    by = np.where(together, rules.order.index(EDITOR), np.where(side > 0, rule, -2))
    on = np.full(len(v.row), -9, dtype=np.int64)
    on[other] = by
    row_rule = np.full(rows, -1, dtype=np.int64)
    row_rule[v.row[other]] = by
    row_rule[v.row[other[by == -2]]] = -2
    return strength, on, row_rule
