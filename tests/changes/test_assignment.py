"""pair: the best one-to-one pairing, checked against trying them all."""

from itertools import permutations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from pipeline.changes.assignment import EXACT_UP_TO, pair

SCORES = st.integers(1, 4).flatmap(
    lambda m: st.lists(
        st.lists(st.one_of(st.none(), st.integers(0, 8)), min_size=m, max_size=m), min_size=1, max_size=4
    )
)


def best_sum(scores):
    rows, columns = len(scores), len(scores[0])
    wide = max(rows, columns)
    padded = [
        [(scores[i][j] or 0) if i < rows and j < columns else 0 for j in range(wide)] for i in range(wide)
    ]
    return max(sum(padded[i][j] for i, j in enumerate(order)) for order in permutations(range(wide)))


@settings(deadline=None)
@given(SCORES)
def test_no_pairing_is_better(scores):
    pairs = pair(range(len(scores)), range(len(scores[0])), lambda i, j: scores[i][j])
    assert len({i for i, _ in pairs}) == len({j for _, j in pairs}) == len(pairs)
    assert None not in [scores[i][j] for i, j in pairs]
    assert sum(scores[i][j] for i, j in pairs) == best_sum(scores)


@pytest.mark.parametrize("n", [1, EXACT_UP_TO, EXACT_UP_TO + 1, 700])
@pytest.mark.parametrize("more", [0, 3])
def test_large_sets_are_paired_in_order(n, more):
    pairs = pair(range(n), range(n + more), lambda i, j: 1.0 if i == j else None)
    assert pairs == [(i, i) for i in range(n)]


def test_one_finds_its_match_far_down_a_long_list():
    assert pair([170], range(200), lambda i, j: 1.0 if i == j else 0.1) == [(170, 170)]


def test_nothing_to_pair():
    assert pair([], [1], lambda a, b: 1.0) == pair([1], [], lambda a, b: 1.0) == []
