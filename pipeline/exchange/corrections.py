"""What an annotator changed outside, as corrections of claims."""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping
from typing import Any

from pipeline.exchange.values import to_plain
from pipeline.model import columns_of
from pipeline.model.claim import Claim, Dose

_FIXED = frozenset(
    {"claim_id", "article_id", "article_version", "article_title", "article_date", "source", "url", "section",
     "quote", "char_start", "char_end", "cites", "provenance", "rules_version"}
)  # fmt: skip
CORRECTABLE = tuple(c.name for c in columns_of(Claim) if c.name not in _FIXED)
"""The columns of a claim that an editor may correct: the tuple, the situation and the dose."""
DOSE_COLUMNS = tuple(c.name for c in columns_of(Dose))


def corrections_between(
    ours: Iterable[Mapping[str, Any]], theirs: Iterable[Mapping[str, Any]]
) -> dict[str, list[dict[str, str]]]:
    """For each claim that differs: claim_id to the corrections (`field`, `value` as JSON text).

    A claim of `theirs` that `ours` does not know is left out.
    """
    known = {row["claim_id"]: row for row in ours}
    found: dict[str, list[dict[str, str]]] = {}
    for row in theirs:
        mine = known.get(row["claim_id"])
        if mine is None:
            continue
        changed = [
            {"field": name, "value": json.dumps(to_plain(row.get(name)), ensure_ascii=False)}
            for name in CORRECTABLE
            if to_plain(row.get(name)) != to_plain(mine.get(name))
        ]
        if changed:
            found[row["claim_id"]] = changed
    return found
