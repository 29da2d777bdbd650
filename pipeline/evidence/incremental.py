"""A run that changes a few articles: which part of the tables it touches, and that part made anew."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any

import pandas as pd
import pyarrow as pa

from pipeline.evidence.decisions import Fits
from pipeline.evidence.discrepancies import worst_first
from pipeline.evidence.hierarchy import Hierarchy, default_hierarchy
from pipeline.evidence.reconcile import Reconciled, Table, reconcile
from pipeline.evidence.rules import Rules
from pipeline.evidence.summary import in_order
from pipeline.model import Decision


@dataclass(frozen=True, slots=True, kw_only=True)
class Touched:
    """`diseases`: all their rows of both tables are made anew; `needed`: the diseases whose claims that takes."""

    diseases: frozenset[str]
    needed: frozenset[str]


def touched_groups(
    changed: Table | Iterable[str], known: Iterable[str], *, lexicon: Hierarchy | None = None
) -> Touched:
    """What a change touches. `changed` are all claims, old and new, of the articles that changed, appeared or went (or
    just the names of their diseases); `known` are the diseases that the ledger has claims on.

    Groups are whole diseases, as what an article says of one drug bears on another: it covers first-line treatment, it no
    longer names a drug, a class stands for its members. A disease touches the narrower ones; the broader ones are needed to
    read it.

    >>> from pipeline.evidence import PlainHierarchy
    >>> tree = PlainHierarchy({}, {"viral pneumonia": ["pneumonia"], "influenza pneumonia": ["viral pneumonia", "pneumonia"]})
    >>> told = touched_groups(["viral pneumonia"], ["pneumonia", "influenza pneumonia", "asthma"], lexicon=tree)
    >>> sorted(told.diseases), sorted(told.needed - told.diseases)
    (['influenza pneumonia', 'viral pneumonia'], ['pneumonia'])
    """
    hierarchy = lexicon or default_hierarchy()
    names = _diseases(changed)
    ancestors = {name: frozenset(hierarchy.ancestors(name)) for name in {*known, *names}}
    diseases = {name for name, above in ancestors.items() if name in names or above & names}
    needed = diseases.union(*(ancestors[name] for name in diseases)) & ancestors.keys()
    return Touched(diseases=frozenset(diseases), needed=frozenset(needed))


def _diseases(changed: Table | Iterable[str]) -> frozenset[str]:
    if isinstance(changed, pd.DataFrame):
        return frozenset(changed["disease"].dropna().astype(str))
    if isinstance(changed, pa.Table):
        return frozenset(changed.column("disease").drop_null().unique().to_pylist())
    return frozenset(changed)


def reconcile_incremental(
    claims: Table,
    touched: Touched,
    *,
    lexicon: Hierarchy | None = None,
    rules: Rules | None = None,
    decisions: pd.DataFrame | pa.Table | Iterable[Decision | Mapping[str, Any]] | None = None,
    sources: Mapping[str, str] | None = None,
    fits: Fits | None = None,
    today: dt.date | None = None,
) -> Reconciled:
    """The rows of both tables on `touched.diseases`: they take the place of all rows on these diseases (see `replaced`).

    `claims` are all claims in force on `touched.needed` (more do no harm). The other arguments must be those of the whole table; where
    one changed (a rule, the vocabulary, a decision), the whole has to be made anew. A decision on what lies outside is
    not reported as stale.
    """
    part = reconcile(
        claims,
        lexicon=lexicon,
        rules=rules,
        decisions=decisions,
        sources=sources,
        fits=fits,
        today=today,
    )
    names = list(touched.diseases)
    there = part.stale["why"].str.startswith("there is no such")
    return Reconciled(
        evidence=part.evidence[part.evidence["disease"].isin(names)].reset_index(drop=True),
        discrepancies=part.discrepancies[part.discrepancies["disease"].isin(names)].reset_index(drop=True),
        stale=part.stale[~there].reset_index(drop=True),
    )


def replaced(before: Reconciled, part: Reconciled, touched: Touched) -> Reconciled:
    """The whole tables after an incremental run, in the order that `reconcile` would give."""
    names = list(touched.diseases)

    def merge(old: pd.DataFrame, new: pd.DataFrame) -> pd.DataFrame:
        kept = old[~old["disease"].isin(names)]
        return (
            pd.concat([kept, new], ignore_index=True) if len(kept) and len(new) else new if len(new) else kept
        )

    evidence = merge(before.evidence, part.evidence)
    discrepancies = merge(before.discrepancies, part.discrepancies)
    return Reconciled(evidence=in_order(evidence), discrepancies=worst_first(discrepancies), stale=part.stale)
