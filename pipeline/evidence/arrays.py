"""Small tools over whole columns: groups, segments and pairs, without a loop over rows."""

from __future__ import annotations

from collections.abc import Callable, Hashable
from typing import Any, TypeVar

import numpy as np
import numpy.typing as npt
import pandas as pd

Ints = npt.NDArray[np.int64]
Floats = npt.NDArray[np.float64]
Bools = npt.NDArray[np.bool_]
Key = TypeVar("Key", bound=Hashable)


def ints(values: Any) -> Ints:
    """`values` as 64-bit integers."""
    return np.asarray(values, dtype=np.int64)


def group_ids(*columns: Ints) -> tuple[Ints, int]:
    """A number per row, equal where all columns are equal, and how many there are; ordered as the columns sort.

    >>> group_ids(ints([3, 1, 3]), ints([0, 5, 0]))
    (array([1, 0, 1]), 2)
    """
    if not len(columns[0]):
        return ints([]), 0
    key, size = np.zeros(len(columns[0]), dtype=np.int64), 1
    for column in columns:
        low = int(column.min())
        width = int(column.max()) - low + 1
        if size * width >= 2**62:
            key, size = _dense(key)
        if size * width >= 2**62:
            column, width = _dense(column)
            low = 0
        key, size = key * width + (column - low), size * width
    return _dense(key)


def _dense(key: Ints) -> tuple[Ints, int]:
    codes, uniques = pd.factorize(key, sort=True)
    return ints(codes), len(uniques)


def segments(groups: Ints, count: int) -> tuple[Ints, Ints]:
    """Start and length of each group in rows that are sorted by group."""
    lengths = np.bincount(groups, minlength=count).astype(np.int64)
    return np.cumsum(lengths) - lengths, lengths


def spread(starts: Ints, lengths: Ints) -> tuple[Ints, Ints]:
    """For each segment all its positions: (index of the segment, position), one after the other.

    >>> spread(ints([0, 7]), ints([2, 1]))
    (array([0, 0, 1]), array([0, 1, 7]))
    """
    owner = np.repeat(np.arange(len(lengths)), lengths)
    offset = np.arange(len(owner)) - np.repeat(np.cumsum(lengths) - lengths, lengths)
    return ints(owner), ints(starts[owner] + offset)


def products(left: tuple[Ints, Ints], right: tuple[Ints, Ints]) -> tuple[Ints, Ints, Ints]:
    """All pairs (i of the left segment, j of the right one) for pairs of segments (start, length): index, i, j."""
    owner, i = spread(*left)
    again, j = spread(right[0][owner], right[1][owner])
    return owner[again], i[again], j


def firsts(groups: Ints, *order: Ints) -> Ints:
    """The row that comes first by `order` in each group, groups ascending."""
    if not len(groups):
        return ints([])
    rows = np.lexsort((*reversed(order), groups))
    ordered = groups[rows]
    return ints(rows[np.r_[True, ordered[1:] != ordered[:-1]]])


def most(groups: Ints, values: Ints, count: int, least: int) -> Ints:
    """The largest of `values` in each group; `least` where a group is empty."""
    result = np.full(count, least, dtype=np.int64)
    np.maximum.at(result, groups, values)
    return result


def cuts(work: Ints, size: int) -> list[tuple[int, int]]:
    """Begin and end of chunks of consecutive rows whose summed `work` is about `size`, at least one row each.

    >>> cuts(ints([3, 3, 3, 9, 1]), 6)
    [(0, 2), (2, 3), (3, 4), (4, 5)]
    """
    total, found, begin = np.cumsum(work), [], 0
    while begin < len(work):
        done = int(total[begin - 1]) if begin else 0
        end = max(int(np.searchsorted(total, done + size, side="right")), begin + 1)
        found.append((begin, end))
        begin = end
    return found


def by_pair(left: Ints, right: Ints, tell: Callable[[int, int], int]) -> Ints:
    """`tell(left, right)` for each row, asked once per different pair."""
    pair, count = group_ids(left, right)
    if not count:
        return ints([])
    where = firsts(pair)
    told = [tell(int(a), int(b)) for a, b in zip(left[where], right[where], strict=True)]
    return ints(told)[pair]


def lists(owners: Ints, values: list[Any], count: int) -> list[list[Any]]:
    """The values of each owner, rows sorted by owner."""
    starts, lengths = segments(owners, count)
    return [values[a : a + n] for a, n in zip(starts.tolist(), lengths.tolist(), strict=True)]
