"""The best one-to-one pairing of two small sets, and a good one of two large sets."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import TypeVar

EXACT_UP_TO = 60
"""Members of the larger side up to which the pairing is the best one (cost is cubic)."""

MOST_COMPARED = 100_000
"""Comparisons within one very large set, or eight for each member where that is more."""

T = TypeVar("T")


def pair(old: Sequence[T], new: Sequence[T], score: Callable[[T, T], float | None]) -> list[tuple[T, T]]:
    """Pairs of `old` and `new` with the highest sum of `score`; None forbids a pair. Ties fall to the earlier.

    Up to `EXACT_UP_TO` members the sum is the highest there is; beyond, the best pairs are taken
    first, each member compared with all of the other side, or with its neighbours in the order given
    where that would be more than `MOST_COMPARED`.

    >>> pair([1, 5], [6, 2], lambda a, b: 1 / (1 + abs(a - b)))
    [(1, 2), (5, 6)]
    """
    if not old or not new:
        return []
    if max(len(old), len(new)) > EXACT_UP_TO:
        return _greedy(old, new, score)
    scores = [[score(a, b) for b in new] for a in old]
    return [(old[i], new[j]) for i, j in _best(scores)]


def _greedy(old: Sequence[T], new: Sequence[T], score: Callable[[T, T], float | None]) -> list[tuple[T, T]]:
    stretch = len(new) / len(old)
    near = min(len(new), max(8, MOST_COMPARED // len(old)))
    candidates: list[tuple[float, int, int]] = []
    for i, a in enumerate(old):
        middle = int(i * stretch)
        first = max(0, min(middle - near // 2, len(new) - near))
        for j in range(first, first + near):
            found = score(a, new[j])
            if found is not None:
                candidates.append((-found, i, j))
    pairs: list[tuple[int, int]] = []
    used_old: set[int] = set()
    used_new: set[int] = set()
    for _, i, j in sorted(candidates):
        if i not in used_old and j not in used_new:
            used_old.add(i)
            used_new.add(j)
            pairs.append((i, j))
    return [(old[i], new[j]) for i, j in sorted(pairs)]


def _best(scores: list[list[float | None]]) -> list[tuple[int, int]]:
    """Kuhn-Munkres with potentials; a forbidden pair is worth nothing."""
    n, m = len(scores), len(scores[0])
    if n > m:
        turned = [[scores[i][j] for i in range(n)] for j in range(m)]
        return sorted((i, j) for j, i in _best(turned))
    cost = [[0.0 if s is None else -s for s in row] for row in scores]
    infinite = float("inf")
    u, v = [0.0] * (n + 1), [0.0] * (m + 1)
    match, way = [0] * (m + 1), [0] * (m + 1)
    for i in range(1, n + 1):
        match[0], column = i, 0
        least, seen = [infinite] * (m + 1), [False] * (m + 1)
        while True:
            seen[column] = True
            row, delta, following = match[column], infinite, 0
            for j in range(1, m + 1):
                if seen[j]:
                    continue
                reduced = cost[row - 1][j - 1] - u[row] - v[j]
                if reduced < least[j]:
                    least[j], way[j] = reduced, column
                if least[j] < delta:
                    delta, following = least[j], j
            for j in range(m + 1):
                if seen[j]:
                    u[match[j]] += delta
                    v[j] -= delta
                else:
                    least[j] -= delta
            column = following
            if match[column] == 0:
                break
        while column:
            match[column] = match[way[column]]
            column = way[column]
    found = ((match[j] - 1, j - 1) for j in range(1, m + 1) if match[j])
    return sorted((i, j) for i, j in found if scores[i][j] is not None)
