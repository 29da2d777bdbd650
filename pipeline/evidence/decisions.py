"""Editors' decisions, applied before and during reconciliation; those that no longer fit come back."""

from __future__ import annotations

import datetime as dt
import json
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field
from typing import Any, Final, TypeAlias, cast

import pandas as pd
import pyarrow as pa

from pipeline.evidence.discrepancies import SIDES
from pipeline.model import Claim, Decision, columns_of, row_of
from pipeline.model.decision import effective

Table: TypeAlias = pd.DataFrame | pa.Table
Fits = Callable[[Mapping[str, Any], Mapping[str, Any]], bool]
_COLUMNS: Final = {c.name: c for c in columns_of(Claim)}
_FIXED: Final = ("claim_id", "article_id", "article_version", "quote", "char_start", "char_end")


@dataclass(frozen=True, slots=True, kw_only=True)
class Verdicts:
    """The decisions in force: claims to leave out, fields to set, discrepancies settled (each the last that was decided)."""

    rejected: Mapping[str, Mapping[str, Any]] = field(default_factory=dict)
    corrected: Mapping[str, Mapping[str, Any]] = field(default_factory=dict)
    settled: Mapping[str, Mapping[str, Any]] = field(default_factory=dict)


def in_force(decisions: pd.DataFrame | pa.Table | Iterable[Decision | Mapping[str, Any]] | None) -> Verdicts:
    """The last decision on each subject that was not undone; `accept` takes back what was decided on the claim before."""
    rejected: dict[str, Mapping[str, Any]] = {}
    corrected: dict[str, Mapping[str, Any]] = {}
    settled: dict[str, Mapping[str, Any]] = {}
    for row in effective(_rows(decisions)):
        verdict, subject = row.get("verdict"), str(row.get("subject_id"))
        if verdict == "settle":
            settled[subject] = row
        elif verdict in ("reject", "correct", "accept"):
            claim = str(row.get("claim_id") or subject)
            rejected.pop(claim, None)
            corrected.pop(claim, None)
            if verdict == "reject":
                rejected[claim] = row
            elif verdict == "correct":
                corrected[claim] = row
    return Verdicts(rejected=rejected, corrected=corrected, settled=settled)


def _rows(decisions: Any) -> list[Mapping[str, Any]]:
    if decisions is None:
        return []
    if isinstance(decisions, pd.DataFrame):
        return cast(list[Mapping[str, Any]], decisions.to_dict("records"))
    if isinstance(decisions, pa.Table):
        return list(decisions.to_pylist())
    return [row_of(d) if isinstance(d, Decision) else d for d in decisions]


def apply_to_claims(
    table: Table, verdicts: Verdicts, fits: Fits | None
) -> tuple[Table, list[tuple[str, str]]]:
    """`table` without rejected claims and with corrected fields; and (decision_id, why) of decisions that do not fit.

    A decision holds while `fits(row of the claim, decision)`. Where that is not given, or nothing is known of what was
    seen, it holds while `saw_quote` is the claim's quote, or is empty.
    """
    if not verdicts.rejected and not verdicts.corrected:
        return table, []
    wanted = {*verdicts.rejected, *verdicts.corrected}
    ids = list(_column(table, "claim_id"))
    at = [i for i, name in enumerate(ids) if name in wanted]
    stale: dict[str, str] = {}
    found, drop, changed = set(), set(), []
    for i, row in zip(at, _some(table, at), strict=True):
        name = row["claim_id"]
        decision = verdicts.rejected.get(name) or verdicts.corrected[name]
        found.add(name)
        if not _fits(decision, row, fits):
            stale.setdefault(str(decision.get("decision_id")), "the claim is no longer what the editor saw")
            continue
        if name in verdicts.rejected:
            drop.add(i)
            continue
        problem = _correct(row, decision)
        if problem:
            stale.setdefault(str(decision.get("decision_id")), problem)
        else:
            drop.add(i)
            changed.append(row)
    for name in sorted(wanted - found):
        decision = verdicts.rejected.get(name) or verdicts.corrected[name]
        stale.setdefault(str(decision.get("decision_id")), "there is no such claim")
    return _with(table, [i for i in range(len(ids)) if i not in drop], changed), sorted(stale.items())


def _column(table: Table, name: str) -> list[Any]:
    if isinstance(table, pa.Table):
        return list(table.column(name).to_pylist()) if name in table.column_names else []
    return list(table[name]) if name in table else []


def _some(table: Table, at: list[int]) -> list[dict[str, Any]]:
    if isinstance(table, pa.Table):
        return list(table.take(pa.array(at, pa.int64())).to_pylist())
    return cast(list[dict[str, Any]], table.iloc[at].to_dict("records"))


def _with(table: Table, kept: list[int], changed: list[dict[str, Any]]) -> Table:
    if isinstance(table, pa.Table):
        rest = table.take(pa.array(kept, pa.int64()))
        return (
            pa.concat_tables([rest, pa.Table.from_pylist(changed, schema=table.schema)]) if changed else rest
        )
    rest = table.iloc[kept]
    if not changed:
        return rest
    return pd.concat([rest.astype(object), pd.DataFrame(changed, columns=table.columns, dtype=object)])


def _fits(decision: Mapping[str, Any], row: Mapping[str, Any], fits: Fits | None) -> bool:
    if decision.get("saw") and fits is not None:
        return fits(row, decision)
    quote = decision.get("saw_quote")
    return not quote or row.get("quote") is None or row["quote"] == quote


def _field(item: Any) -> str:
    return str(item["field"] if isinstance(item, Mapping) else item.field)


def decided_claims(table: Table, decisions: Any, fits: Fits | None = None) -> Table:
    """`table` as the editors left it: without the claims they rejected, with the fields they corrected; decisions that no
    longer fit what stands there change nothing. See `reconcile`."""
    return apply_to_claims(table, in_force(decisions), fits)[0]


def _correct(row: dict[str, Any], decision: Mapping[str, Any]) -> str | None:
    """Sets the fields; what is wrong with the correction, if anything."""
    given = decision.get("corrections")
    for name in ("drug", "disease"):  # a code is never that of another name
        if f"{name}_code" in row and any(
            _field(item) == name for item in (given if given is not None else ())
        ):
            row[f"{name}_code"] = None
    for item in given if given is not None else ():
        name = _field(item)
        text = item["value"] if isinstance(item, Mapping) else item.value
        column = _COLUMNS.get(name)
        if column is None or name in _FIXED:
            return f"{name} is no field that can be corrected"
        try:
            value = json.loads(text)
        except ValueError:
            return f"the value of {name} is no JSON"
        if value is not None and column.values and value not in column.values:
            return f"{value!r} is no value of {name}"
        if value is not None and column.type == "date":
            try:
                value = dt.date.fromisoformat(value)
            except (TypeError, ValueError):
                return f"{value!r} is no date"
        row[name] = value
    return None


def settled_sides(
    verdicts: Verdicts, known: Mapping[str, str]
) -> tuple[dict[str, str], list[tuple[str, str]]]:
    """Sides of the discrepancies that an editor settled, by id; and the decisions that do not fit.

    `known` gives the fingerprint of each discrepancy there is (see `fingerprint_of`). A decision with an empty `saw` fits.
    """
    sides: dict[str, str] = {}
    stale: list[tuple[str, str]] = []
    for name, decision in sorted(verdicts.settled.items()):
        what = str(decision.get("decision_id"))
        if name not in known:
            stale.append((what, "there is no such discrepancy"))
        elif decision.get("resolution") not in SIDES:
            stale.append((what, f"{decision.get('resolution')!r} is none of older, newer, both"))
        elif decision.get("saw") and decision["saw"] != known[name]:
            stale.append((what, "the two sides are no longer what the editor saw"))
        else:
            sides[name] = str(decision["resolution"])
    return sides, stale
