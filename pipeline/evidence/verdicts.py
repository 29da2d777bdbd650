"""Which of two sides a rule favours, and so what a discrepancy is called."""

from __future__ import annotations

import numpy as np

from pipeline.evidence.arrays import Floats, Ints, ints
from pipeline.evidence.candidates import Candidates
from pipeline.evidence.encode import NO_DATE
from pipeline.evidence.rules import EDITOR, NEWER, SILENT, Rules
from pipeline.evidence.statements import Statements
from pipeline.model.evidence import ASPECTS, SEVERITIES


def newer_by(old: Ints, new: Ints, rules: Rules) -> Ints:
    """1 where `new` is later by enough days, -1 where `old` is, 0 where neither or a date is missing."""
    known = (old != NO_DATE) & (new != NO_DATE)
    days = np.where(known, new - old, 0)
    return ints(np.sign(days) * (np.abs(days) >= rules.newer_by_days))


def decide(signs: dict[str, Ints], rules: Rules, count: int) -> tuple[Ints, Ints]:
    """The first rule of the order with a sign, per row: its place in the order (-1: none), and the sign."""
    rule, side = np.full(count, -1, dtype=np.int64), np.zeros(count, dtype=np.int64)
    for place, name in enumerate(rules.order):
        sign = signs.get(name)
        if sign is not None:
            undecided = (rule < 0) & (sign != 0)
            rule[undecided], side[undecided] = place, sign[undecided]
    return rule, side


def compare_ranks(
    old: dict[str, Ints | Floats], new: dict[str, Ints | Floats], rules: Rules
) -> dict[str, Ints]:
    """The sign of every rule for two sides, given as columns kind, broader, level, authority, date."""
    signs = {
        "recommendation-over-study": ints(np.sign(new["kind"] - old["kind"])),
        "specific-over-general": ints(np.sign(old["broader"] - new["broader"])),
        "graded-over-ungraded": ints(np.sign(new["level"] - old["level"])),
        "higher-authority": ints(np.sign(new["authority"] - old["authority"])),
        NEWER: newer_by(ints(old["date"]), ints(new["date"]), rules),
    }
    return signs


def judge(c: Candidates, s: Statements, rules: Rules, settled: Ints) -> tuple[Ints, Ints, Ints]:
    """(severity, rule, side) of each candidate; `settled` is an editor's: 1 newer, -1 older, 2 both, 0 none.

    A detail that one side leaves open is decided by stated-over-silent alone: nothing contradicts it.
    """

    def side_of(rows: Ints, broader: Ints) -> dict[str, Ints | Floats]:
        return {
            "kind": s.kind[rows],
            "broader": broader,
            "level": s.level[rows],
            "authority": s.authority[rows],
            "date": s.date[rows],
        }

    signs = compare_ranks(side_of(c.old, c.old_broader), side_of(c.new, c.new_broader), rules)
    same_article = s.article[c.old] == s.article[c.new]
    for name in signs:
        signs[name] = np.where((c.stated != 0) | same_article, 0, signs[name])
    signs[SILENT] = c.stated
    signs[EDITOR] = settled
    rule, side = decide(signs, rules, len(c))
    by_rule = decide({k: v for k, v in signs.items() if k != EDITOR}, rules, len(c))[1]
    outcome = np.where(~c.opposed, 3, np.where(by_rule > 0, 0, np.where(by_rule < 0, 1, 2)))
    table = np.array(
        [
            [SEVERITIES.index(rules.severity[aspect][word]) for word in ("newer", "older", "open", "partial")]
            for aspect in ASPECTS
        ]
    )
    return ints(table[c.aspect, outcome]), rule, side
