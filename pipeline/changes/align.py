"""Carries the names of claims from one version of an article to the next."""

from __future__ import annotations

import hashlib
from collections import defaultdict
from collections.abc import Callable, Hashable, Iterable, Sequence
from typing import Any

from pipeline.changes.assignment import EXACT_UP_TO, pair
from pipeline.changes.likeness import (
    NEARLY_EQUAL,
    Known,
    know,
    likeness,
    one_left,
    one_name,
    shared_words,
)
from pipeline.changes.meaning import name_key
from pipeline.changes.rows import Row, as_stored, start, text

_ENOUGH_WORDS = 5


def carry_ids(old_rows: Iterable[Row], new_rows: Iterable[Row]) -> list[dict[str, Any]]:
    """The new rows, in their order, each with the claim_id of the old row that it continues.

    Claims of one article are matched by drug and disease, then by the likeness of what they say and
    how: first those that say the same in the same words, then the best pairing of the rest, then what has
    one counterpart left, then the same statement with another disease. Offsets, citations, bullets and line breaks play no part.
    A row that continues none keeps the id it came with, unless an old row has that id: then it gets
    one of its own, made from what it says. No id is given twice.
    """
    old, new = _by_article(old_rows), list(new_rows)
    fresh = _by_article(new)
    taken = {text(row, "claim_id") for rows in old.values() for row in rows}
    ids: dict[int, str] = {}
    for article, numbered in _numbered(new).items():
        for before, index in _continued(old.get(article, ()), fresh[article], numbered):
            ids[index] = before
    _name_the_rest(new, ids, taken)
    return [{**row, "claim_id": ids[index]} for index, row in enumerate(new)]


def _name_the_rest(rows: Sequence[Row], ids: dict[int, str], taken: set[str]) -> None:
    """Adds to `ids` a name for each row without one: its own, or one made from it where that is in use."""
    wanted: defaultdict[str, list[int]] = defaultdict(list)
    for index, row in enumerate(rows):
        if index not in ids:
            wanted[text(row, "claim_id")].append(index)
    used = taken | set(ids.values())
    clashing: list[int] = []
    for name, indexes in wanted.items():
        if name not in used and len(indexes) > 1:
            indexes.sort(key=lambda i: _own_order(rows[i]))
        free = [] if name in used else indexes[:1]
        ids.update((index, name) for index in free)
        clashing.extend(indexes[len(free) :])
    used.update(wanted)
    for index in sorted(clashing, key=lambda i: _own_order(rows[i])):
        ids[index] = _own_id(rows[index], used)
        used.add(ids[index])


def _by_article(rows: Iterable[Row]) -> dict[str, tuple[Row, ...]]:
    found: defaultdict[str, list[Row]] = defaultdict(list)
    for row in rows:
        found[text(row, "article_id")].append(row)
    return {article: tuple(rows) for article, rows in found.items()}


def _numbered(rows: Sequence[Row]) -> dict[str, list[int]]:
    found: defaultdict[str, list[int]] = defaultdict(list)
    for index, row in enumerate(rows):
        found[text(row, "article_id")].append(index)
    return found


def _continued(old: tuple[Row, ...], new: tuple[Row, ...], numbers: list[int]) -> list[tuple[str, int]]:
    """(old claim_id, index of the new row) for each new row that continues an old one."""
    same, old_left, new_left = _stored_alike(old, new)
    named = [(text(old[i], "claim_id"), numbers[n]) for i, n in same]
    if not (old_left and new_left):
        return named
    drugs, diseases = one_name(old, new, "drug"), one_name(old, new, "disease")
    left = [_known(old[i], i, drugs, diseases) for i in old_left]
    right = [_known(new[n], numbers[n], drugs, diseases) for n in new_left]
    left.sort(key=lambda k: k.order)
    right.sort(key=lambda k: k.order)
    pairs: list[tuple[Known, Known]] = []
    left, right = _take(left, right, _everything, pairs)
    left, right = _take(left, right, _same_but_place, pairs)
    left, right = _take(left, right, _same_words, pairs, only_one=True)
    left, right = _take_best(left, right, _subject, lambda a, b: pair(a, b, likeness), pairs)
    left, right = _take_best(left, right, _subject, _last, pairs)
    left, right = _take_best(left, right, lambda k: k.drug, lambda a, b: pair(a, b, _other_disease), pairs)
    _take(left, right, _renamed, pairs, only_one=True)
    return named + [(a.claim_id, b.index) for a, b in pairs]


def _stored_alike(
    old: Sequence[Row], new: Sequence[Row]
) -> tuple[list[tuple[int, int]], list[int], list[int]]:
    """Pairs of rows with equal stored values, in text order, and what is left: most rows of most versions, cheaply."""
    waiting: defaultdict[str, list[int]] = defaultdict(list)
    for i in sorted(range(len(old)), key=lambda i: (-start(old[i]), text(old[i], "claim_id"))):
        stored = as_stored(old[i])
        if stored is not None:
            waiting[stored].append(i)
    pairs = []
    for n in sorted(range(len(new)), key=lambda n: (start(new[n]), text(new[n], "claim_id"))):
        stored = as_stored(new[n])
        if stored is not None and waiting.get(stored):
            pairs.append((waiting[stored].pop(), n))
    done, taken = {i for i, _ in pairs}, {n for _, n in pairs}
    return (
        pairs,
        [i for i in range(len(old)) if i not in done],
        [n for n in range(len(new)) if n not in taken],
    )


def _known(row: Row, index: int, drugs: dict[str, str], diseases: dict[str, str]) -> Known:
    drug, disease = name_key(text(row, "drug")), name_key(text(row, "disease"))
    return know(row, index, drugs[drug], diseases[disease])


def _subject(k: Known) -> Hashable:
    return k.drug, k.disease


def _everything(k: Known) -> Hashable:
    return k.drug, k.disease, k.wording, k.meaning, k.section


def _same_but_place(k: Known) -> Hashable:
    return k.drug, k.disease, k.wording, k.meaning


def _same_words(k: Known) -> Hashable:
    """The same statement, dose and section, whatever it inherits: a lead-in that turned."""
    return k.drug, k.disease, k.wording, k.role, k.dose, k.section


def _renamed(k: Known) -> Hashable:
    """The same words read as another drug: the vocabulary renamed it."""
    return k.wording, text(k.row, "drug_text").casefold(), k.disease, k.role, k.dose


def _by_key(known: list[Known], key: Callable[[Known], Hashable]) -> dict[Hashable, list[Known]]:
    groups: defaultdict[Hashable, list[Known]] = defaultdict(list)
    for k in known:
        groups[key(k)].append(k)
    return groups


def _take(
    left: list[Known],
    right: list[Known],
    key: Callable[[Known], Hashable],
    pairs: list[tuple[Known, Known]],
    *,
    only_one: bool = False,
) -> tuple[list[Known], list[Known]]:
    """Pairs equal keys in text order (`only_one`: where each side has one); returns what is left over."""
    waiting, fresh = _by_key(left, key), _by_key(right, key)
    found = [
        two
        for name, news in fresh.items()
        for two in zip(waiting.get(name, ()), news, strict=False)
        if not only_one or len(waiting[name]) == len(news) == 1
    ]
    return _rest(left, right, found, pairs)


def _rest(
    left: list[Known], right: list[Known], found: list[tuple[Known, Known]], pairs: list[tuple[Known, Known]]
) -> tuple[list[Known], list[Known]]:
    pairs.extend(found)
    done, taken = {a.index for a, _ in found}, {b.index for _, b in found}
    return [k for k in left if k.index not in done], [k for k in right if k.index not in taken]


def _take_best(
    left: list[Known],
    right: list[Known],
    key: Callable[[Known], Hashable],
    best: Callable[[list[Known], list[Known]], list[tuple[Known, Known]]],
    pairs: list[tuple[Known, Known]],
) -> tuple[list[Known], list[Known]]:
    """Pairs by `best` what has equal keys; returns what is left over."""
    olds, news = _by_key(left, key), _by_key(right, key)
    found = [p for name in olds if name in news for p in best(olds[name], news[name])]
    return _rest(left, right, found, pairs)


def _last(olds: list[Known], news: list[Known]) -> list[tuple[Known, Known]]:
    """Pairs of what is left of a drug and disease where each of two statements has no other counterpart.

    Among more than EXACT_UP_TO nobody could tell that there is no other.
    """
    if max(len(olds), len(news)) > EXACT_UP_TO:
        return []
    others: defaultdict[tuple[str, str], set[str]] = defaultdict(set)
    for a in olds:
        for b in news:
            if one_left(a, b) is not None:
                others["old", a.wording].add(b.wording)
                others["new", b.wording].add(a.wording)
    found = []
    for wording in {a.wording: None for a in olds}:
        only = others["old", wording]
        if len(only) == 1 and others["new", min(only)] == {wording}:
            fitting = [b for b in news if b.wording in only]
            found += pair([a for a in olds if a.wording == wording], fitting, one_left)
    return found


def _other_disease(a: Known, b: Known) -> float | None:
    """The same statement about another disease: its heading or title changed, or our reading of it."""
    words = shared_words(a, b)
    if words < NEARLY_EQUAL or a.role != b.role:
        return None
    if min(a.n_words, b.n_words) < _ENOUGH_WORDS and a.section != b.section:
        return None
    return 0.5 * words + 0.2 * float(a.dose == b.dose) + 0.2 * float(a.section == b.section)


def _own_order(row: Row) -> tuple[object, ...]:
    return know(row, 0, "", "").order


def _own_id(row: Row, taken: set[str]) -> str:
    """The id it came with and a few signs of what it says, unlike any in `taken`."""
    known = know(row, 0, "", "")
    base = text(row, "claim_id")
    said = repr((known.wording, known.meaning, known.role, known.dose))
    for attempt in range(len(taken) + 1):
        mark = hashlib.sha256(f"{said}{attempt or ''}".encode()).hexdigest()[:6]
        if f"{base}.{mark}" not in taken:
            break
    return f"{base}.{mark}"
