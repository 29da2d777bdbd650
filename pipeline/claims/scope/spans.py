"""Stretches of a statement: whether a place lies in one of them."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Callable
from itertools import accumulate

_FEW = 16


def holder(spans: tuple[tuple[int, int], ...]) -> Callable[[int], bool]:
    """Tells of a place whether it lies in one of `spans`, which may be in any order and meet, however many they are.

    >>> [place for place in range(30) if holder(((20, 24), (2, 4)) * 10)(place)]
    [2, 3, 20, 21, 22, 23]
    """
    if len(spans) < _FEW:
        return lambda place: any(start <= place < end for start, end in spans)
    ordered = sorted(spans)
    starts, reach = [start for start, _ in ordered], list(accumulate((end for _, end in ordered), max))

    def held(place: int) -> bool:
        k = bisect_right(starts, place)
        return k > 0 and place < reach[k - 1]

    return held
