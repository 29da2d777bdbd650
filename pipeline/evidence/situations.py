"""Whether two statements speak of the same patients: line, setting, population, condition and combination."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import Final

import numpy as np

from pipeline.evidence.arrays import Bools, Ints, by_pair
from pipeline.evidence.encode import AGAINST, FOR, Claims
from pipeline.evidence.hierarchy import Hierarchy
from pipeline.evidence.rules import Rules
from pipeline.evidence.statements import Statements

_WORD: Final = re.compile(r"\d+(?:[.,]\d+)?|[^\W\d]+|[<>≤≥]")

# What is told about a pair of settings, populations or combinations, as bits.
SAME: Final = 1  # equal, apart from what is told elsewhere
LEFT_COVERS: Final = 2  # everything the left names, the right names too
RIGHT_COVERS: Final = 4
APART: Final = 8  # one names what the other rules out
SPECIAL: Final = 16  # one names a situation of its own that the other does not name
LIKENESS: Final = 64  # from here on: how many words they share, less those in which they differ, plus 1024


@dataclass(frozen=True, slots=True, kw_only=True)
class Overlap:
    """Told per pair of statements. `agree`: same direction in overlapping situations. `oppose`: for and against, and the
    advice against covers the use. `scope` is True where the two situations are not the same. `nearness` orders candidates."""

    agree: Bools
    oppose: Bools
    scope: Bools
    setting: Ints
    population_same: Bools
    condition_same: Bools
    nearness: Ints


class Situations:
    """Compares situations, each different pair of word sets once."""

    def __init__(self, claims: Claims, rules: Rules, hierarchy: Hierarchy) -> None:
        self._rules = rules
        self._settings = [frozenset(w.lower() for w in words) for words in claims.words["setting"]]
        self._populations = [frozenset(w.lower() for w in words) for words in claims.words["population"]]
        self._conditions = [self._content(words) for words in claims.words["condition"]]
        self._with = [
            frozenset(words).union(*(hierarchy.classes(word) for word in words))
            for words in claims.words["with_drugs"]
        ]

    def setting(self, a: int, b: int) -> int:
        """The bits of two settings."""
        left, right, rules = self._settings[a], self._settings[b], self._rules
        bits = SAME * (left - rules.elsewhere == right - rules.elsewhere)
        bits |= LEFT_COVERS * (left <= right) | RIGHT_COVERS * (right <= left)
        if any(frozenset((x, y)) in rules.opposite for x in left - right for y in right - left):
            bits |= APART
        bits |= SPECIAL * (left & rules.separate != right & rules.separate)
        return bits | _likeness(left, right)

    def population(self, a: int, b: int) -> int:
        """The bits of two populations; ordinary ones are as good as none, save beside another."""
        left, right = self._populations[a], self._populations[b]
        bits = APART * bool(left and right and not left & right)
        left, right = left - self._rules.ordinary, right - self._rules.ordinary
        return bits | SAME * (left == right) | LEFT_COVERS * (left <= right) | RIGHT_COVERS * (right <= left)

    def condition(self, a: int, b: int) -> int:
        """SAME where two conditions mean the same, as far as their words tell."""
        (left, left_fixed), (right, right_fixed) = self._conditions[a], self._conditions[b]
        if left_fixed != right_fixed or not left | right:
            return 0
        return SAME * (len(left & right) >= self._rules.shared * len(left | right))

    def _content(self, condition: tuple[str, ...]) -> tuple[frozenset[str], frozenset[str]]:
        """The words of a condition that carry meaning; and its numbers and denials."""
        words = set(_WORD.findall(" ".join(condition).lower())) - self._rules.filler
        fixed = {word for word in words if word[0].isdigit() or word in self._rules.denials or word in "<>≤≥"}
        return frozenset(words - fixed), frozenset(fixed)

    def combination(self, a: int, b: int) -> int:
        """SAME where they share a drug (or a class and its member)."""
        return SAME * bool(self._with[a] & self._with[b])

    def compare(self, s: Statements, i: Ints, j: Ints, by_class: Ints, broader: Ints) -> Overlap:
        """The overlap of statements `i` and `j`; `by_class` and `broader` are how far the two names lie apart."""
        setting = by_pair(s.setting[i], s.setting[j], self.setting)
        population = by_pair(s.population[i], s.population[j], self.population)
        line = (s.line[i] == s.line[j]) | (s.line[i] == 0) | (s.line[j] == 0)
        possible = line & ((setting | population) & APART == 0)
        with_i, with_j = s.with_drugs[i], s.with_drugs[j]
        with_same = with_i == with_j
        both = (with_i > 0) & (with_j > 0)
        shared = with_same.copy()
        rows = np.flatnonzero(both & ~with_same)
        if len(rows):
            shared[rows] = by_pair(with_i[rows], with_j[rows], self.combination) == SAME
        condition_same = s.condition[i] == s.condition[j]
        rows = np.flatnonzero(~condition_same & (s.condition[i] > 0) & (s.condition[j] > 0) & possible)
        if len(rows):
            told = by_pair(s.condition[i][rows], s.condition[j][rows], self.condition)
            condition_same[rows] = told == SAME
        population_same = (population & SAME) > 0
        agree = (
            possible
            & (s.direction[i] == s.direction[j])
            & (s.direction[i] != 0)
            & ((setting & SPECIAL) == 0)
            & population_same
            & (shared | ~both)
            & ((s.direction[i] == FOR) | (both == (with_i + with_j > 0)))
        )
        left = (s.direction[i] == AGAINST) & (s.direction[j] == FOR)
        right = (s.direction[j] == AGAINST) & (s.direction[i] == FOR)
        oppose = np.zeros(len(i), dtype=bool)
        for against, no, yes, covers in ((left, i, j, LEFT_COVERS), (right, j, i, RIGHT_COVERS)):
            oppose |= (
                against
                & possible
                & ((setting & covers) > 0)
                & (((setting & SPECIAL) == 0) | (s.line[no] == 0))
                & ((population & covers) > 0)
                & ((s.condition[no] == 0) | condition_same)
                & ((s.with_drugs[no] == 0) | shared)
                & (s.direction[yes] == FOR)
            )
        scope = (
            ((setting & SAME) == 0)
            | ~population_same
            | ~condition_same
            | ~with_same
            | s.threshold[i]
            | s.threshold[j]
        )
        nearness = (
            setting // LIKENESS * 4
            + 16 * (s.line[i] == s.line[j])
            + 8 * with_same
            + 8 * (s.kind[i] == s.kind[j])
            + 4 * condition_same
            + 4 * population_same
            + agree
            - 32 * by_class
            - 12 * broader
        )
        return Overlap(
            agree=agree,
            oppose=oppose,
            scope=scope,
            setting=setting,
            population_same=population_same,
            condition_same=condition_same,
            nearness=np.asarray(nearness, dtype=np.int64),
        )


def _likeness(left: frozenset[str], right: frozenset[str]) -> int:
    return LIKENESS * (1024 + len(left & right) - len(left ^ right))
