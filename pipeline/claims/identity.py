"""Names claims so that the same claim keeps its name across versions of an article."""

from __future__ import annotations

import hashlib
import re
from collections import Counter
from collections.abc import Sequence
from dataclasses import replace
from functools import lru_cache

from pipeline.model import Claim


@lru_cache(maxsize=4096)
def _slug(text: str) -> str:
    return re.sub(r"[^a-z0-9]+", "-", text.lower()).strip("-")[:24].strip("-")


def identity_of(claim: Claim) -> tuple[str, ...]:
    """What a claim is, apart from how it is worded and what it advises.

    Drug, disease, kind, the part its dose plays, and the situation; no strength, direction, amount, words, places
    or citations.
    """
    role = "" if claim.dose is None else (claim.dose.dose_role or "regimen")
    return (
        claim.article_id,
        claim.drug,
        claim.disease,
        claim.kind,
        role,
        claim.line,
        "|".join(claim.setting),
        "|".join(claim.population),
        "|".join(claim.with_drugs),
    )


def with_ids(claims: Sequence[Claim]) -> tuple[Claim, ...]:
    """The claims with their `claim_id`s; ties are numbered in reading order."""
    seen: Counter[tuple[str, ...]] = Counter()
    out = []
    for claim in claims:
        key = identity_of(claim)
        seen[key] += 1
        digest = hashlib.sha256("\x1f".join((*key, str(seen[key]))).encode()).hexdigest()[:10]
        prefix = "-".join(p for p in (_slug(claim.disease), _slug(claim.drug)) if p)
        out.append(replace(claim, claim_id=f"{prefix}-{digest}"))
    return tuple(out)
