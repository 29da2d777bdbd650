"""The rules of reconciliation: read from rules.toml, checked, overridden by the user's own file."""

from __future__ import annotations

import tomllib
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from importlib.resources import files
from typing import Any, Final

from pipeline.evidence.errors import RulesError
from pipeline.model.evidence import ASPECTS, SEVERITIES

EDITOR: Final = "editor-decision"
NEWER: Final = "newer-over-older"
SILENT: Final = "stated-over-silent"
OUTCOMES: Final = ("newer", "older", "open", "partial")
_STRENGTHS: Final = ("strong", "conditional")


@dataclass(frozen=True, slots=True, kw_only=True)
class Rules:
    """The rules in force. `order` are their names, the first that decides wins; `texts` says each in words.

    `severity[aspect][outcome]` names a discrepancy; the thresholds and lists are those of rules.toml.
    """

    order: tuple[str, ...]
    texts: Mapping[str, str]
    severity: Mapping[str, Mapping[str, str]]
    newer_by_days: int
    dose_ratio: float
    dropped_min_drugs: int
    line_scope_min_drugs: int
    silent_newer_strengths: frozenset[str]
    full_pairs: int
    positions: int
    separate: frozenset[str]
    opposite: frozenset[frozenset[str]]
    elsewhere: frozenset[str]
    later: frozenset[str]
    ordinary: frozenset[str]
    shared: float
    filler: frozenset[str]
    denials: frozenset[str]
    kinds: Mapping[str, float]

    def authority(self, kind: str | None) -> float:
        """How much a publisher of this kind counts; an unknown kind counts as `unknown`.

        >>> load_rules().authority("guideline body") > load_rules().authority(None)
        True
        """
        return self.kinds.get(kind or "unknown", self.kinds["unknown"])


def load_rules(override: str | Mapping[str, Any] | None = None) -> Rules:
    """The bundled rules, with what `override` (the text of a TOML file, or its tables) says differently.

    Tables are merged key by key, a list replaces the list. Raises RulesError where it names an unknown key, rule,
    aspect, severity or strength, or a value has the wrong type.
    >>> load_rules('[thresholds]\\nfull_pairs = 5').full_pairs
    5
    """
    if override is None:
        return _bundled()
    if isinstance(override, str):
        try:
            override = tomllib.loads(override)
        except tomllib.TOMLDecodeError as error:
            raise RulesError(
                "E-RULES-1", f"the rules are no TOML: {error}", do="mend the line that it names"
            ) from None
    return _checked(_merge(_tables(), override, ""))


@cache
def _bundled() -> Rules:
    return _checked(_tables())


def _tables() -> dict[str, Any]:
    return tomllib.loads((files("pipeline.evidence") / "rules.toml").read_text(encoding="utf-8"))


def _merge(base: Mapping[str, Any], over: Mapping[str, Any], where: str) -> dict[str, Any]:
    merged = dict(base)
    for key, value in over.items():
        place = f"{where}.{key}" if where else key
        if key not in base and where != "authority.kinds":
            raise RulesError(
                "E-RULES-2",
                f"{place} is no entry of the rules",
                do=f"use one of: {', '.join(sorted(base))}",
            )
        if isinstance(base.get(key), dict):
            if not isinstance(value, Mapping):
                raise _wrong(place, "a table")
            merged[key] = _merge(base[key], value, place)
        else:
            merged[key] = value
    return merged


def _wrong(place: str, wanted: str) -> RulesError:
    return RulesError("E-RULES-3", f"{place} must be {wanted}", do="compare docs/rules.md")


def _words(tables: Mapping[str, Any], table: str, key: str) -> list[str]:
    value = tables[table][key] if table else tables[key]
    if not isinstance(value, list) or not all(isinstance(v, str) for v in value):
        raise _wrong(f"{table}.{key}".lstrip("."), "a list of words")
    return value


def _lower(words: list[str]) -> frozenset[str]:
    return frozenset(str(word).lower() for word in words)


def _number(
    tables: Mapping[str, Any], key: str, least: float, whole: bool, table: str = "thresholds"
) -> float:
    value = tables[table][key]
    kinds = (int,) if whole else (int, float)
    if isinstance(value, bool) or not isinstance(value, kinds) or value < least:
        raise _wrong(f"{table}.{key}", f"a {'whole ' if whole else ''}number of at least {least:g}")
    return value


def _checked(tables: Mapping[str, Any]) -> Rules:
    order = _words(tables, "", "order")
    unknown = sorted(set(order) - set(tables["rules"]))
    if unknown or len(set(order)) != len(order) or order[:1] != [EDITOR]:
        raise RulesError(
            "E-RULES-4",
            f"order has unknown rules: {', '.join(unknown)}"
            if unknown
            else f"order must begin with {EDITOR} and name each rule once",
            do=f"use the names {', '.join(tables['rules'])}",
        )
    severity = tables["severity"]
    for aspect in ASPECTS:
        for outcome in OUTCOMES:
            if severity[aspect][outcome] not in SEVERITIES:
                raise _wrong(f"severity.{aspect}.{outcome}", f"one of {', '.join(SEVERITIES)}")
    if severity["direction"]["open"] != "conflict":
        raise _wrong("severity.direction.open", "conflict: no rule hides an open conflict")
    silent = _words(tables, "thresholds", "silent_newer_strengths")
    if set(silent) - set(_STRENGTHS):
        raise _wrong("thresholds.silent_newer_strengths", f"of {', '.join(_STRENGTHS)}")
    opposite = tables["settings"]["opposite"]
    if not isinstance(opposite, list) or not all(
        isinstance(p, list) and len(set(map(str, p))) == 2 for p in opposite
    ):
        raise _wrong("settings.opposite", "a list of pairs of different settings")
    kinds = tables["authority"]["kinds"]
    if not all(isinstance(v, (int, float)) and not isinstance(v, bool) for v in kinds.values()):
        raise _wrong("authority.kinds", "a number for each kind")
    return Rules(
        order=tuple(order),
        texts=dict(tables["rules"]),
        severity={aspect: dict(severity[aspect]) for aspect in ASPECTS},
        newer_by_days=int(_number(tables, "newer_by_days", 1, True)),
        dose_ratio=float(_number(tables, "dose_ratio", 1, False)),
        dropped_min_drugs=int(_number(tables, "dropped_min_drugs", 1, True)),
        line_scope_min_drugs=int(_number(tables, "line_scope_min_drugs", 0, True)),
        silent_newer_strengths=frozenset(silent),
        full_pairs=int(_number(tables, "full_pairs", 2, True)),
        positions=int(_number(tables, "positions", 2, True)),
        separate=_lower(_words(tables, "settings", "separate")),
        opposite=frozenset(_lower(pair) for pair in opposite),
        elsewhere=_lower(_words(tables, "settings", "elsewhere")),
        later=_lower(_words(tables, "settings", "later")),
        ordinary=_lower(_words(tables, "populations", "ordinary")),
        shared=float(_number(tables, "shared", 0, False, "conditions")),
        filler=_lower(_words(tables, "conditions", "filler")),
        denials=_lower(_words(tables, "conditions", "denials")),
        kinds=dict(kinds),
    )
