"""The evidence table: what the sources say together, one row per (drug, disease, line, situation)."""

from __future__ import annotations

import hashlib
from typing import Any, Final

import numpy as np
import pandas as pd

from pipeline.evidence.arrays import (
    Bools,
    Floats,
    Ints,
    firsts,
    group_ids,
    ints,
    lists,
    most,
    segments,
    spread,
)
from pipeline.evidence.encode import (
    CERTAINTIES,
    DIRECTIONS,
    KINDS,
    LINES,
    NO_DATE,
    PREFERENCES,
    STRENGTHS,
    Claims,
)
from pipeline.evidence.rules import Rules
from pipeline.evidence.statements import Doses, Statements
from pipeline.evidence.votes import Outcome, Votes
from pipeline.evidence.wording import day
from pipeline.model.columns import columns_of
from pipeline.model.evidence import Evidence

COLUMNS: Final = [c.name for c in columns_of(Evidence)]
UNDISPUTED: Final = "undisputed"
OPEN: Final = "open"
_NEVER: Final = 2**40


def evidence_table(
    v: Votes,
    o: Outcome,
    row: Ints,
    rows: int,
    s: Statements,
    doses: Doses,
    claims: Claims,
    rules: Rules,
) -> pd.DataFrame:
    """The rows, by drug, disease and situation."""
    if not rows:
        return pd.DataFrame({name: pd.Series([], dtype=object) for name in COLUMNS})
    words = claims.words
    lead = firsts(row, np.arange(len(row)))
    key = [
        *(
            [words["drug"][i] for i in s.drug[lead]],
            [words["disease"][i] for i in s.disease[lead]],
            [LINES[i] for i in s.line[lead]],
        ),
        *(
            [words[n][i] for i in getattr(s, n)[lead]]
            for n in ("setting", "population", "condition", "with_drugs")
        ),
    ]
    counted = np.flatnonzero(o.counts)
    of_row, who = v.row[counted], v.statement[counted]
    date = s.date[who]
    dated = np.flatnonzero(date != NO_DATE)
    n_articles = _different(of_row, s.article[who], rows)
    status = np.where(
        o.open, "conflicting", np.where(o.updated, "updated", np.where(n_articles > 1, "agreed", "single"))
    )
    first, last = (
        -most(of_row[dated], -date[dated], rows, -_NEVER),
        most(of_row[dated], date[dated], rows, -_NEVER),
    )
    named = s.guideline[who] >= 0
    for_rows, for_claims, _ = _claims_of(v, np.flatnonzero(o.wins), s, claims)
    low, high, unit = _dose_union(v, o, doses, claims, rows)
    dissent = _dissent(v, o, s, claims, rules)
    kinds = most(of_row, s.kind[who], rows, 0)
    table = {
        "evidence_id": [_row_id(*parts) for parts in zip(*key, strict=True)],
        "drug": key[0],
        "drug_kind": [words["drug_kind"][i] for i in claims.drug_kind[s.claim[lead]]],
        "disease": key[1],
        "line": key[2],
        **{n: [list(k) for k in column] for n, column in zip(("setting", "population", "condition", "with_drugs"), key[3:], strict=True)},
        "kind": [KINDS[i] for i in kinds],
        "direction": [DIRECTIONS[i] for i in o.direction],
        "strength": [STRENGTHS[i] for i in o.strength],
        "certainty": [CERTAINTIES[i] for i in _top(v, o.counts, s.certainty, rows)],
        "preference": [PREFERENCES[i] for i in _top(v, o.counts, s.preference, rows)],
        "dose_text": _dose_texts(for_rows, for_claims, claims, rows),
        "daily_low": low,
        "daily_high": high,
        "daily_unit": unit,
        "status": status.tolist(),
        "n_articles": n_articles,
        "n_sources": _different(of_row, s.source[who], rows),
        "n_guidelines": _different(of_row[named], s.guideline[who][named], rows),
        "n_claims": np.bincount(for_rows, minlength=rows),
        "first_said": [None if d >= _NEVER else day(d) for d in first.tolist()],
        "last_said": [None if d <= -_NEVER else day(d) for d in last.tolist()],
        "claim_ids": lists(for_rows, [words["claim"][i] for i in claims.claim[for_claims]], rows),
        "dissenting_claim_ids": lists(dissent[0], [words["claim"][i] for i in claims.claim[dissent[1]]], rows),
        "dissent": lists(dissent[0], dissent[2], rows),
        "rule": [OPEN if r == -2 else UNDISPUTED if r == -1 else rules.order[r] for r in o.rule.tolist()],
        "valid_from": _valid_from(v, o, s, first, rows),
    }  # fmt: skip
    return in_order(pd.DataFrame(table)[COLUMNS])


def in_order(table: pd.DataFrame) -> pd.DataFrame:
    """By drug, disease, line and situation."""
    sets = [
        [tuple(words) for words in table[name]]
        for name in ("setting", "population", "condition", "with_drugs")
    ]
    lines = [LINES.index(line) for line in table["line"]]
    keys = list(zip(table["drug"], table["disease"], lines, *sets, strict=True))
    order = sorted(range(len(keys)), key=keys.__getitem__)
    return table.iloc[order].reset_index(drop=True)


def _row_id(*parts: Any) -> str:
    return "e-" + hashlib.sha256(repr(parts).encode()).hexdigest()[:16]


def _different(groups: Ints, values: Ints, count: int) -> Ints:
    """How many different values each group has."""
    lead = firsts(group_ids(groups, values)[0], np.arange(len(groups)))
    return ints(np.bincount(groups[lead], minlength=count))


def _claims_of(v: Votes, votes: Ints, s: Statements, claims: Claims) -> tuple[Ints, Ints, Ints]:
    """The claims of some votes: (row of the table, row of claims, vote), by row and claim_id."""
    order = ints(np.argsort(s.of, kind="stable"))
    start, length = segments(s.of, len(s))
    statement = v.statement[votes]
    owner, position = spread(start[statement], length[statement])
    row, claim, vote = v.row[votes][owner], order[position], votes[owner]
    rows = np.lexsort((claims.claim[claim], row))
    return row[rows], claim[rows], vote[rows]


def _top(v: Votes, counts: Bools, values: Ints, rows: int) -> Any:
    """The value of the vote that ranks highest among those that state one."""
    at = np.flatnonzero(counts & (values[v.statement] > 0))
    lead = at[firsts(v.row[at], v.rank[at], -values[v.statement[at]])]
    result = np.zeros(rows, dtype=np.int64)
    result[v.row[lead]] = values[v.statement[lead]]
    return result


def _dose_texts(row: Ints, claim: Ints, claims: Claims, rows: int) -> list[list[str]]:
    text = claims.dose_text[claim]
    row, text = row[text >= 0], text[text >= 0]
    lead = firsts(group_ids(row, text)[0], np.arange(len(row)))
    return lists(row[lead], [claims.words["dose_text"][i] for i in text[lead]], rows)


def _dose_union(
    v: Votes, o: Outcome, doses: Doses, claims: Claims, rows: int
) -> tuple[Floats, Floats, list[str | None]]:
    """Lowest and highest regimen per day of the winning claims, in the unit of the vote that ranks highest."""
    units = claims.words["dose_unit"]
    daily = [i for i, unit in enumerate(units) if unit in ("mg", "mg/kg", "mg/m2")]
    roles = claims.words["dose_role"]
    regimen = roles.index("regimen") if "regimen" in roles else len(roles)
    usable = np.flatnonzero((doses.role == regimen) & np.isin(doses.unit, daily))
    start, length = segments(doses.statement[usable], int(v.statement.max(initial=-1)) + 1)
    votes = np.flatnonzero(o.counts)
    owner, position = spread(start[v.statement[votes]], length[v.statement[votes]])
    vote, dose = votes[owner], usable[position]
    lead = firsts(v.row[vote], v.rank[vote], doses.unit[dose])
    unit = np.full(rows, -1, dtype=np.int64)
    unit[v.row[vote][lead]] = doses.unit[dose[lead]]
    same = doses.unit[dose] == unit[v.row[vote]]
    low, high = np.full(rows, np.inf), np.full(rows, -np.inf)
    np.minimum.at(low, v.row[vote][same], doses.low[dose][same])
    np.maximum.at(high, v.row[vote][same], doses.high[dose][same])
    low[(low == 0) | ~np.isfinite(low)] = np.nan
    high[~np.isfinite(high)] = np.nan
    return low, high, [units[u] if u >= 0 else None for u in unit.tolist()]


def _dissent(
    v: Votes, o: Outcome, s: Statements, claims: Claims, rules: Rules
) -> tuple[Ints, Ints, list[str]]:
    row, claim, vote = _claims_of(v, np.flatnonzero(~o.wins), s, claims)
    aspect = np.where(o.on_strength[vote], "strength", "direction").tolist()
    texts = {-1: UNDISPUTED, -2: OPEN, -3: "speaks of some of these patients only"}
    texts.update(enumerate(rules.order))
    return row, claim, [f"{a}: {texts[by]}" for a, by in zip(aspect, o.lost_by[vote].tolist(), strict=True)]


def _valid_from(v: Votes, o: Outcome, s: Statements, first: Ints, rows: int) -> list[Any]:
    """The date from which the row says what it says: of the earliest winner that is later than all that lost."""
    date = s.date[v.statement]
    beaten = np.flatnonzero(~o.wins & (date != NO_DATE) & (o.lost_by != -3))
    last_lost = most(v.row[beaten], date[beaten], rows, -_NEVER)
    after = np.flatnonzero(o.counts & (date != NO_DATE) & (date > last_lost[v.row]))
    since = -most(v.row[after], -date[after], rows, -_NEVER)
    since = np.where(since >= _NEVER, first, since)
    return [None if d >= _NEVER else day(d) for d in since.tolist()]
