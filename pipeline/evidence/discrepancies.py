"""The discrepancies as a table: one row per (drug, disease, aspect, pair of articles)."""

from __future__ import annotations

import hashlib
from collections.abc import Mapping
from typing import Any

import numpy as np
import pandas as pd

from pipeline.evidence.arrays import Ints, ints
from pipeline.evidence.candidates import DROPPED, DURATIONS, Candidates
from pipeline.evidence.encode import Claims
from pipeline.evidence.rules import Rules
from pipeline.evidence.statements import Statements
from pipeline.evidence.topics import Topics
from pipeline.evidence.verdicts import judge
from pipeline.evidence.wording import Wording, day
from pipeline.model.columns import columns_of
from pipeline.model.evidence import ASPECTS, SEVERITIES, Discrepancy

SIDES = {"newer": 1, "older": -1, "both": 2}
COLUMNS = [c.name for c in columns_of(Discrepancy)]


def discrepancy_id(aspect: str, drug: str, disease: str, *claims: str | None) -> str:
    """The name of a discrepancy: the same while the two claims exist, whichever is the older.

    >>> discrepancy_id("dose", "a", "b", "c1", "c2") == discrepancy_id("dose", "a", "b", "c2", "c1")
    True
    """
    text = "\x1f".join([aspect, drug, disease, *sorted(c for c in claims if c)])
    return "d-" + hashlib.sha256(text.encode()).hexdigest()[:16]


def fingerprint_of(row: Mapping[str, Any]) -> str:
    """What an editor sees of a discrepancy, as sha256 in hex: names, aspect and both values, sides in either order."""
    sides = sorted(str(row[name]) for name in ("older_value", "newer_value"))
    text = "\x1f".join([str(row[name]) for name in ("drug", "disease", "aspect")] + sides)
    return hashlib.sha256(text.encode()).hexdigest()


def ids_of(c: Candidates, topics: Topics, claims: Claims) -> list[str]:
    """The discrepancy_id of each candidate."""
    drugs, diseases, names = claims.words["drug"], claims.words["disease"], claims.words["claim"]
    articles, newer = claims.words["article"], _newer_claims(c, claims)
    return [
        discrepancy_id(ASPECTS[a], drugs[d], diseases[z], names[o], names[n] if n >= 0 else articles[r])
        for a, d, z, o, n, r in zip(
            c.aspect.tolist(),
            topics.drug[c.topic].tolist(),
            topics.disease[c.topic].tolist(),
            claims.claim[c.old_claim].tolist(),
            newer.tolist(),
            claims.article[c.new_claim].tolist(),
            strict=True,
        )
    ]


def _newer_claims(c: Candidates, claims: Claims) -> Ints:
    return np.where(c.aspect == DROPPED, -1, claims.claim[c.new_claim])


def discrepancy_table(
    c: Candidates,
    ids: list[str],
    topics: Topics,
    claims: Claims,
    s: Statements,
    rules: Rules,
    settled: Mapping[str, str],
) -> pd.DataFrame:
    """The rows, worst first, then by drug, disease, aspect and articles. `settled` are decisions: id -> older, newer, both."""
    sides = ints([SIDES[settled[i]] if i in settled else 0 for i in ids])
    severity, rule, side = judge(c, s, rules, sides)
    wording, words = Wording(claims, s), claims.words
    names = {key: words[key] for key in ("drug", "disease", "claim", "article")}
    newer = _newer_claims(c, claims)
    resolution = {1: "newer", -1: "older", 2: "both"}
    rows: list[tuple[Any, ...]] = []
    for k in range(len(c)):
        aspect, old, new = int(c.aspect[k]), int(c.old[k]), int(c.new[k])
        old_claim, new_claim = int(c.old_claim[k]), int(c.new_claim[k])
        silent = aspect == DURATIONS and c.stated[k] == 1
        old_value = wording.missing(aspect) if silent else wording.value(aspect, old, old_claim)
        new_value = wording.missing(aspect) if aspect == DROPPED else wording.value(aspect, new, new_claim)
        drug, disease = names["drug"][topics.drug[c.topic[k]]], names["disease"][topics.disease[c.topic[k]]]
        order = rules.order[rule[k]] if rule[k] >= 0 else None
        won = resolution.get(int(side[k])) if order else None
        sentence = _sentence(
            drug,
            disease,
            aspect,
            _whence(claims, s, old, drug, disease),
            old_value,
            _whence(claims, s, new, drug, disease),
            new_value,
            rules.texts[order] if order else None,
            won,
            int(c.alike[k]) - 1,
        )
        rows.append(
            (
                ids[k],
                drug,
                disease,
                ASPECTS[aspect],
                SEVERITIES[severity[k]],
                names["claim"][claims.claim[old_claim]],
                names["claim"][newer[k]] if newer[k] >= 0 else None,
                names["article"][s.article[old]],
                names["article"][s.article[new]],
                day(int(s.date[old])),
                day(int(s.date[new])),
                old_value,
                new_value,
                order,
                won,
                sentence,
            )
        )
    key = [SEVERITIES.index(row[4]) for row in rows]
    order_of = sorted(range(len(rows)), key=lambda i: (key[i], *rows[i][1:4], *rows[i][7:9], rows[i][0]))
    return pd.DataFrame([rows[i] for i in order_of], columns=COLUMNS)


def _whence(claims: Claims, s: Statements, statement: int, drug: str, disease: str) -> str:
    """The article with its date, and what it names where that is another name."""
    date = day(int(s.date[statement]))
    text = f"{claims.words['article'][s.article[statement]]} ({date or 'undated'}"
    names = [claims.words["drug"][s.drug[statement]], claims.words["disease"][s.disease[statement]]]
    other = [name for name, here in zip(names, (drug, disease), strict=True) if name != here]
    return text + (f", on {' in '.join(other)})" if other else ")")


def _sentence(
    drug: str,
    disease: str,
    aspect: int,
    older: str,
    old_value: str,
    newer: str,
    new_value: str,
    rule: str | None,
    won: str | None,
    further: int,
) -> str:
    if aspect == DROPPED:
        return f"{drug} in {disease}: {older} says {old_value}; {newer} covers the same and does not name it."
    text = f"{drug} in {disease}, {ASPECTS[aspect]}: {older} says {old_value}; {newer} says {new_value}"
    if further > 0:
        text += f"; {further} further article{'s' if further > 1 else ''} as one of them"
    if won == "both":
        return f"{text}; {rule}: both hold."
    return f"{text}; {rule} (the {won} one)." if won else f"{text}; open."
