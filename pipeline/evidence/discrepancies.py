"""The discrepancies as a table: one row per (drug, disease, aspect, pair of articles)."""

from __future__ import annotations

import hashlib
from collections.abc import Mapping
from typing import Any

import numpy as np
import pandas as pd

from pipeline.evidence.arrays import Ints, ints
from pipeline.evidence.candidates import DROPPED, DURATIONS, PREFERENCE, STRENGTH, Candidates
from pipeline.evidence.encode import Claims
from pipeline.evidence.rules import Rules
from pipeline.evidence.statements import Statements
from pipeline.evidence.topics import Topics
from pipeline.evidence.verdicts import judge
from pipeline.evidence.wording import Wording, day
from pipeline.model.columns import columns_of
from pipeline.model.evidence import ASPECTS, SEVERITIES, Discrepancy

SIDES = {"newer": 1, "older": -1, "both": 2}
_RESOLUTIONS = {0: None, 1: "newer", -1: "older", 2: "both"}
COLUMNS = [c.name for c in columns_of(Discrepancy)]


def _id(*parts: str) -> str:
    return "d-" + hashlib.sha256("\x1f".join(parts).encode()).hexdigest()[:16]


def fingerprint_of(row: Mapping[str, Any]) -> str:
    """What an editor sees of a discrepancy, as sha256 in hex: names, aspect and both values, sides in either order."""
    sides = sorted(str(row[name]) for name in ("older_value", "newer_value"))
    text = "\x1f".join([str(row[name]) for name in ("drug", "disease", "aspect")] + sides)
    return hashlib.sha256(text.encode()).hexdigest()


def ids_of(c: Candidates, topics: Topics, claims: Claims) -> list[str]:
    """The discrepancy_id of each candidate."""
    newer = _newer_claims(c, claims)
    claim, article = claims.words["claim"], claims.words["article"]
    one = _take(claim, claims.claim[c.old_claim])
    other = [
        claim[n] if n >= 0 else article[a]
        for n, a in zip(newer.tolist(), claims.article[c.new_claim].tolist(), strict=True)
    ]
    aspects = [ASPECTS[a] for a in c.aspect.tolist()]
    drugs, diseases = _names(c, topics, claims)
    return [
        _id(a, d, z, x, y) if x <= y else _id(a, d, z, y, x)
        for a, d, z, x, y in zip(aspects, drugs, diseases, one, other, strict=True)
    ]


def _take(words: list[Any], codes: Ints) -> list[Any]:
    return [words[code] for code in codes.tolist()]


def _names(c: Candidates, topics: Topics, claims: Claims) -> tuple[list[str], list[str]]:
    return (
        _take(claims.words["drug"], topics.drug[c.topic]),
        _take(claims.words["disease"], topics.disease[c.topic]),
    )


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
    drugs, diseases = _names(c, topics, claims)
    articles = claims.words["article"]
    rules_of = [rules.order[r] if r >= 0 else None for r in rule.tolist()]
    won = [_RESOLUTIONS[w] if r else None for w, r in zip(side.tolist(), rules_of, strict=True)]
    older, newer, sentences = _words(c, topics, claims, s, rules, drugs, diseases, rules_of, won)
    table = pd.DataFrame(
        {
            "discrepancy_id": ids,
            "drug": drugs,
            "disease": diseases,
            "aspect": [ASPECTS[a] for a in c.aspect.tolist()],
            "severity": [SEVERITIES[v] for v in severity.tolist()],
            "older_claim": _take(claims.words["claim"], claims.claim[c.old_claim]),
            "newer_claim": _take([*claims.words["claim"], None], _newer_claims(c, claims)),
            "older_article": _take(articles, s.article[c.old]),
            "newer_article": _take(articles, s.article[c.new]),
            "older_date": [day(d) for d in s.date[c.old].tolist()],
            "newer_date": [day(d) for d in s.date[c.new].tolist()],
            "older_value": older,
            "newer_value": newer,
            "rule": rules_of,
            "resolution": won,
            "explanation": sentences,
        },
        columns=COLUMNS,
    )
    return worst_first(table)


def worst_first(table: pd.DataFrame) -> pd.DataFrame:
    """By severity, then drug, disease, aspect, articles and claims."""
    keys = pd.DataFrame(
        {
            "severity": pd.Categorical(table["severity"], SEVERITIES).codes,
            "drug": _ordinal(table["drug"]),
            "disease": _ordinal(table["disease"]),
            "aspect": pd.Categorical(table["aspect"], ASPECTS).codes,
            "older_article": _ordinal(table["older_article"]),
            "newer_article": _ordinal(table["newer_article"]),
            "id": _ordinal(table["discrepancy_id"]),
        }
    )
    order = np.lexsort([keys[name].to_numpy() for name in reversed(keys.columns)])
    return table.iloc[order].reset_index(drop=True)


def _ordinal(words: pd.Series[Any]) -> Ints:
    return ints(pd.factorize(words, sort=True)[0])


def _words(
    c: Candidates,
    topics: Topics,
    claims: Claims,
    s: Statements,
    rules: Rules,
    drugs: list[str],
    diseases: list[str],
    rules_of: list[str | None],
    won: list[str | None],
) -> tuple[list[str], list[str], list[str]]:
    """The older value, the newer value and the sentence of each row."""
    wording, whence = Wording(claims, s), _Whence(claims, s)
    older: list[str] = []
    newer: list[str] = []
    sentences: list[str] = []
    about, of = topics.drug[c.topic], topics.disease[c.topic]
    old_here, new_here = ((s.drug[i] == about) & (s.disease[i] == of) for i in (c.old, c.new))
    columns = (c.aspect, c.old, c.new, c.old_claim, c.new_claim, c.stated, c.alike, old_here, new_here)
    rows = zip(*(column.tolist() for column in columns), drugs, diseases, rules_of, won, strict=True)
    for (
        aspect,
        old,
        new,
        old_claim,
        new_claim,
        stated,
        alike,
        old_here,
        new_here,
        drug,
        disease,
        rule,
        side,
    ) in rows:
        silent = aspect == DURATIONS and stated == 1
        older.append(wording.missing(aspect) if silent else wording.value(aspect, old, old_claim))
        newer.append(wording.missing(aspect) if aspect == DROPPED else wording.value(aspect, new, new_claim))
        sentences.append(
            _sentence(
                drug,
                disease,
                aspect,
                whence.of(old) if old_here else whence.beside(old, drug, disease),
                older[-1],
                whence.of(new) if new_here else whence.beside(new, drug, disease),
                newer[-1],
                rules.texts[rule] if rule else None,
                side,
                alike - 1,
                wording.situation(new) if aspect in (STRENGTH, PREFERENCE) else "",
            )
        )
    return older, newer, sentences


class _Whence:
    """The article of a statement with its date, and what it names where that is another name."""

    def __init__(self, claims: Claims, s: Statements) -> None:
        self._articles = claims.words["article"]
        self._drugs, self._diseases = claims.words["drug"], claims.words["disease"]
        columns = (s.article, s.date, s.drug, s.disease)
        self._article, self._date, self._drug, self._disease = (column.tolist() for column in columns)

        self._told: dict[int, str] = {}

    def of(self, statement: int) -> str:
        """`article (date)`."""
        if statement not in self._told:
            date = day(self._date[statement]) or "undated"
            self._told[statement] = f"{self._articles[self._article[statement]]} ({date})"
        return self._told[statement]

    def beside(self, statement: int, drug: str, disease: str) -> str:
        """`article (date, on other name)`."""
        names = self._drugs[self._drug[statement]], self._diseases[self._disease[statement]]
        other = [name for name, here in zip(names, (drug, disease), strict=True) if name != here]
        return f"{self.of(statement)[:-1]}, on {' in '.join(other)})"


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
    where: str,
) -> str:
    if aspect == DROPPED:
        return f"{drug} in {disease}: {older} says {old_value}; {newer} covers the same and does not name it."
    text = f"{drug} in {disease}, {ASPECTS[aspect]}{f' ({where})' if where else ''}: "
    text += f"{older} {_said(old_value)}; {newer} {_said(new_value)}"
    if further > 0:
        text += (
            f" ({further} further {'articles agree' if further > 1 else 'article agrees'} with one of them)"
        )
    if won == "both":
        return f"{text}. Both hold: {rule}."
    return f"{text}. In favour of the {won} side: {rule}." if won else f"{text}. Open: no rule decides."


def _said(value: str) -> str:
    return "leaves it open" if value == "unstated" else f"says {value}"
