"""The stage that reconciles: evidence and discrepancies brought up to date with the claims."""

from __future__ import annotations

import dataclasses
import datetime as dt
import hashlib
from collections import Counter
from collections.abc import Collection, Iterator, Mapping, Sequence
from typing import Any

import pyarrow as pa
import pyarrow.dataset as ds

from flows.memory import give_back
from flows.state import Run
from pipeline.changes import still_fits
from pipeline.evidence import (
    COLUMNS_READ,
    Reconciled,
    Rules,
    Touched,
    load_rules,
    reconcile,
    reconcile_incremental,
    touched_groups,
)
from pipeline.ledger import TABLES, Batch
from pipeline.ledger.frames import arrow_of
from pipeline.model import Discrepancy, Evidence
from pipeline.model.content import package_version
from pipeline.sources import rules_text

MANY_CLAIMS = 8_000
"""Claims that are reconciled at once; a larger ledger goes disease by disease, so that memory does not grow with it."""


def authorities(run: Run) -> dict[str, str]:
    """What the configuration says of how much the voice of each publisher weighs."""
    return {s.publisher: s.authority for s in run.config.sources if s.publisher and s.authority}


def rules_of(run: Run) -> Rules:
    """The rules of reconciliation: the bundled ones, with what the configuration's own file says differently."""
    return load_rules(rules_text(run.config))


def reconciled_with(run: Run) -> str:
    """A hash of all that the evidence depends on beside the claims: rules, code, vocabulary, authorities, decisions."""
    decisions = sorted(
        run.writer.rows("decisions", columns=["decision_id"]).column("decision_id").to_pylist()
    )
    code = package_version("evidence", "changes")
    said = repr((run.rules_version, code, _told(rules_of(run)), sorted(authorities(run).items()), decisions))
    return hashlib.sha256(said.encode()).hexdigest()[:16]


def _told(value: Any) -> str:
    """A value as text that is the same in every process: sets, whose order is not, are sorted."""
    if dataclasses.is_dataclass(value):
        return repr([(f.name, _told(getattr(value, f.name))) for f in dataclasses.fields(value)])
    if isinstance(value, (set, frozenset)):
        return repr(sorted(map(_told, value)))
    if isinstance(value, Mapping):
        return repr(sorted((str(k), _told(v)) for k, v in value.items()))
    return repr(value)


def reconcile_run(run: Run) -> None:
    """Bring evidence and discrepancies up to date with the claims; rows that stay the same stay.

    Where only articles changed, only the diseases that they touch are made anew (see `pipeline.evidence.touched_groups`);
    where a rule, the vocabulary, an authority or a decision changed, the whole is. A large part is done and committed in
    pieces; it counts as reconciled with the last of them.
    """
    head = run.writer.head
    with_what = reconciled_with(run)
    known = _counts(run)
    touched = None
    if head.reconciled_with == with_what and head.reconciled_at is not None:
        changed = _changed_diseases(run, head.reconciled_at, known)
        if not changed:
            return
        touched = touched_groups(changed, known, lexicon=run.lexicon)
    stale: dict[str, list[str]] = {}
    pieces = 0
    for where, found in _reconciled(run, known, touched):
        pieces += 1
        run.writer.commit(_difference(run, where, found))
        for row in found.stale.to_dict("records"):
            stale.setdefault(row["decision_id"], []).append(row["why"])
        del found
        give_back()
    for decision, whys in sorted(stale.items()):
        missing = all(why.startswith("there is no such") for why in whys)
        if not missing or len(whys) == pieces:  # what one piece does not know may stand in another
            run.log.event("decision not obeyed", "warning", decision=decision, why=whys[-1])
    run.writer.commit(Batch(), reconciled_with=with_what)


def _counts(run: Run, name: str = "claims") -> Counter[str]:
    """How many rows each disease has."""
    counts: Counter[str] = Counter()
    for batch in run.writer.batches(name, ["disease"], ds.field("superseded_at").is_null()):
        for row in batch.column("disease").value_counts().to_pylist():
            counts[row["values"]] += row["counts"]
    return counts


Where = dict[str, frozenset[str]] | None


def _reconciled(
    run: Run, known: Mapping[str, int], touched: Touched | None
) -> Iterator[tuple[Where, Reconciled]]:
    """The part `touched` (None: everything) made anew, in pieces: which rows each takes the place of, and the new ones."""
    how = _how(run)
    columns = [c for c in TABLES["claims"].schema.names if c in COLUMNS_READ or how["decisions"].num_rows]
    if touched is None and sum(known.values()) <= MANY_CLAIMS:
        yield None, reconcile(run.writer.rows("claims", columns=columns), **how)
        return
    pieces = list(pieces_of(run, known, touched))
    for piece, claims in zip(pieces, _claims(run, pieces, columns), strict=True):
        if touched is not None:
            found = reconcile_incremental(claims, piece, **how)
        else:
            found = _on(reconcile(claims, **how), piece.diseases)
        del claims
        yield {"disease": piece.diseases}, found
        del found


def _claims(run: Run, pieces: Sequence[Touched], columns: list[str]) -> Iterator[pa.Table]:
    """The claims that each piece needs."""
    if len(pieces) > 1:
        yield from run.writer.parts("claims", "disease", [p.needed for p in pieces], columns)
    for piece in pieces if len(pieces) == 1 else ():
        yield run.writer.rows("claims", where={"disease": piece.needed}, columns=columns)


def _on(found: Reconciled, diseases: frozenset[str]) -> Reconciled:
    """The rows on `diseases` only."""
    names = list(diseases)
    return Reconciled(
        evidence=found.evidence[found.evidence["disease"].isin(names)],
        discrepancies=found.discrepancies[found.discrepancies["disease"].isin(names)],
        stale=found.stale,
    )


def pieces_of(run: Run, known: Mapping[str, int], touched: Touched | None) -> Iterator[Touched]:
    """The diseases in pieces that need about `MANY_CLAIMS` claims each. The rows on a disease follow from the claims on it
    and on the broader ones."""
    if touched is None:
        wanted = set(known)
        for name in ("evidence", "discrepancies"):  # also what no claim is left on
            wanted.update(_counts(run, name))
    else:
        wanted = set(touched.diseases)
    diseases: set[str] = set()
    needed: set[str] = set()
    for name in sorted(wanted):
        more = {name, *run.lexicon.ancestors(name)} & known.keys()
        if diseases and sum(known[n] for n in needed | more) > MANY_CLAIMS:
            yield Touched(diseases=frozenset(diseases), needed=frozenset(needed))
            diseases, needed = set(), set()
        diseases.add(name)
        needed |= more
    if diseases:
        yield Touched(diseases=frozenset(diseases), needed=frozenset(needed))


def _difference(run: Run, where: Where, found: Reconciled) -> Batch:
    """What has to be closed and added so that the rows on `where` are those that were found."""
    batch = Batch()
    for name, frame, hand_over in (
        ("evidence", found.evidence, Evidence),
        ("discrepancies", found.discrepancies, Discrepancy),
    ):
        key = TABLES[name].key
        new = arrow_of(name, frame, hand_over)
        held = run.writer.rows(name, where=where, columns=new.schema.names)
        place = {k: i for i, k in enumerate(new.column(key).to_pylist())}
        old = _said(held, key, place.keys())
        same = {k for k, said in _said(new, key, old.keys()).items() if said == old[k]}
        batch.closed[name] = (key, sorted(k for k in held.column(key).to_pylist() if k not in same))
        batch.added[name] = new.take(
            pa.array([i for k, i in sorted(place.items()) if k not in same], pa.int64())
        )
    return batch


def _said(rows: pa.Table, key: str, among: Collection[str]) -> dict[str, bytes]:
    """What the rows whose `key` is among these say, each as a hash."""
    said: dict[str, bytes] = {}
    for some in rows.to_batches(max_chunksize=1_000) if among else ():
        for row in some.to_pylist():
            if row[key] in among:
                said[row[key]] = hashlib.sha256(repr(list(row.items())).encode()).digest()
    return said


def _how(run: Run) -> dict[str, Any]:
    return {
        "lexicon": run.lexicon,
        "rules": rules_of(run),
        "decisions": run.writer.rows("decisions"),
        "sources": authorities(run),
        "fits": still_fits,
    }


def _changed_diseases(run: Run, since: dt.datetime, known: Collection[str]) -> list[str]:
    """The diseases of all claims, old and new, of the articles with a claim that came or went after `since`.

    Of more articles than are reconciled at once, those of all claims.
    """
    at = pa.scalar(since, type=pa.timestamp("us", tz="UTC"))
    later = (ds.field("recorded_at") > at) | (ds.field("superseded_at") > at)
    diseases: set[str] = set()
    articles: set[str] = set()
    for batch in run.writer.batches("claims", ["article_id", "disease"], later):
        diseases.update(batch.column("disease").unique().to_pylist())
        if len(articles) <= MANY_CLAIMS:
            articles.update(batch.column("article_id").unique().to_pylist())
    if len(articles) > MANY_CLAIMS:
        return sorted({*diseases, *known})
    if articles:
        held = run.writer.rows("claims", where={"article_id": articles}, columns=["disease"])
        diseases.update(held.column("disease").unique().to_pylist())
    return sorted(diseases)
