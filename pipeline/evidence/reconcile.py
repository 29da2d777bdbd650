"""Reconciliation from a table of claims to the evidence table and the discrepancies."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any, TypeAlias, cast

import numpy as np
import pandas as pd
import pyarrow as pa

from pipeline.evidence.arrays import Bools, Ints
from pipeline.evidence.candidates import DIRECTION, STRENGTH, Candidates, compare, joined, statement_pairs
from pipeline.evidence.choice import best_of, shown
from pipeline.evidence.coverage import contradictions, dropped, line_changes
from pipeline.evidence.decisions import Fits, Verdicts, apply_to_claims, in_force, settled_sides
from pipeline.evidence.discrepancies import discrepancy_table, fingerprint_of, ids_of
from pipeline.evidence.encode import Claims, encode
from pipeline.evidence.hierarchy import Hierarchy, default_hierarchy
from pipeline.evidence.rules import Rules, load_rules
from pipeline.evidence.situations import Situations
from pipeline.evidence.statements import Doses, Statements, make_statements
from pipeline.evidence.summary import evidence_table
from pipeline.evidence.table import handed_in, whole
from pipeline.evidence.topics import Topics, article_pairs, make_topics
from pipeline.evidence.votes import count_votes, make_rows, make_votes
from pipeline.model import Decision

Table: TypeAlias = pd.DataFrame | pa.Table


@dataclass(frozen=True, slots=True, kw_only=True)
class Reconciled:
    """The two tables, with the columns of `pipeline.model.Evidence` and `pipeline.model.Discrepancy`.

    `stale` are the decisions that were not obeyed, with `decision_id` and `why`: the claim changed, or is gone.
    """

    evidence: pd.DataFrame
    discrepancies: pd.DataFrame
    stale: pd.DataFrame


def reconcile(
    claims: Table,
    *,
    lexicon: Hierarchy | None = None,
    rules: Rules | None = None,
    decisions: pd.DataFrame | pa.Table | Iterable[Decision | Mapping[str, Any]] | None = None,
    sources: Mapping[str, str] | None = None,
    fits: Fits | None = None,
    today: dt.date | None = None,
) -> Reconciled:
    """What the claims say together, and where they disagree.

    `claims` (pandas, Arrow, or any table that speaks Arrow, such as one of Polars) has the columns of EVIDENCE.md, of which only `drug`, `disease` and `article_id` must be there (see
    `pipeline.evidence.table.whole` for what becomes of missing and unreadable values). `lexicon` answers which class a drug
    belongs to and which diseases are broader; the default is the product's vocabulary. `rules` as `load_rules` gives them. `decisions`
    are rows of `pipeline.model.Decision`. `sources` gives publishers their kind of authority (`guideline body`, `textbook`,
    `aggregator`). `fits` is asked whether a claim's row still is what a decision was made on. A date after `today`, or after the
    day on which the claim was recorded, counts as no date.

    Pure: the same rows in any order give the same tables. Raises TableError, RulesError.

    >>> from pipeline.evidence import PlainHierarchy, reconcile
    >>> said = [("older", "2023-05-02", "unstated"), ("newer", "2025-01-09", "strong")]
    >>> rows = pd.DataFrame([{"article_id": a, "article_date": d, "drug": "colchicine", "disease": "pericarditis",
    ...     "direction": "for", "strength": s, "line": "first"} for a, d, s in said])
    >>> result = reconcile(rows, lexicon=PlainHierarchy())
    >>> result.evidence[["drug", "line", "direction", "strength", "status", "n_articles"]].values.tolist()
    [['colchicine', 'first', 'for', 'strong', 'agreed', 2]]
    >>> result.discrepancies[["aspect", "severity", "older_value", "newer_value"]].values.tolist()
    [['strength', 'difference', 'unstated', 'strong']]
    """
    claims = handed_in(claims)
    rules = rules or load_rules()
    hierarchy = lexicon or default_hierarchy()
    verdicts = in_force(decisions)
    stale: list[tuple[str, str]] = []
    if verdicts.rejected or verdicts.corrected:
        claims, stale = apply_to_claims(claims, verdicts, fits)
    c = encode(whole(claims), rules, dict(sources or {}), None if today is None else _days(today))
    s, doses = make_statements(c)
    topics = make_topics(c, s, hierarchy)
    situations = Situations(c, rules, hierarchy)
    found = _candidates(c, s, doses, topics, situations, hierarchy, rules)
    ids = ids_of(found, topics, c)
    sides, discrepancies, more = _settle(found, ids, topics, c, s, rules, verdicts)
    lost, both = _editors(found, ids, sides, s)
    row, rows = make_rows(topics, s)
    votes = make_votes(topics, s, row, situations, lost, rules)
    outcome = count_votes(votes, s, rows, lost, both, rules)
    evidence = evidence_table(votes, outcome, row, rows, s, doses, c, rules)
    return Reconciled(
        evidence=evidence,
        discrepancies=discrepancies,
        stale=pd.DataFrame(sorted(stale + more), columns=["decision_id", "why"]),
    )


def _days(date: dt.date) -> int:
    return (date - dt.date(1970, 1, 1)).days


def _candidates(
    c: Claims,
    s: Statements,
    doses: Doses,
    topics: Topics,
    situations: Situations,
    hierarchy: Hierarchy,
    rules: Rules,
) -> Candidates:
    pairs = article_pairs(topics, s, rules)
    parts = [
        best_of(joined(compare(chunk, s, doses, c, rules)), c, s)
        for chunk in statement_pairs(pairs, topics, s, situations)
    ]
    parts.append(best_of(line_changes(pairs, topics, s, c, rules), c, s))
    parts.append(best_of(contradictions(topics, s), c, s))
    parts.append(best_of(dropped(topics, s, c, hierarchy, rules), c, s))
    return shown(joined(parts), topics, s)


def _settle(
    found: Candidates,
    ids: list[str],
    topics: Topics,
    c: Claims,
    s: Statements,
    rules: Rules,
    verdicts: Verdicts,
) -> tuple[dict[str, str], pd.DataFrame, list[tuple[str, str]]]:
    """The sides that an editor took, the table of discrepancies, and the decisions that do not fit it."""
    table = discrepancy_table(found, ids, topics, c, s, rules, {})
    if not verdicts.settled:
        return {}, table, []
    wanted = table[table["discrepancy_id"].isin(list(verdicts.settled))]
    known = {
        str(row["discrepancy_id"]): fingerprint_of(cast(Mapping[str, Any], row))
        for row in wanted.to_dict("records")
    }
    sides, stale = settled_sides(verdicts, known)
    return sides, discrepancy_table(found, ids, topics, c, s, rules, sides) if sides else table, stale


def _editors(
    found: Candidates, ids: list[str], sides: Mapping[str, str], s: Statements
) -> tuple[Ints, Bools]:
    """Statements that an editor decided against, and those that an editor let stand side by side."""
    lost, both = np.zeros(len(s), dtype=np.int64), np.zeros(len(s), dtype=bool)
    for k, name in enumerate(ids if sides else ()):
        side = sides.get(name)
        if side is None or found.aspect[k] not in (DIRECTION, STRENGTH):
            continue
        if side == "both":
            both[[found.old[k], found.new[k]]] = True
        else:
            lost[found.old[k] if side == "newer" else found.new[k]] = 1
    return lost, both
