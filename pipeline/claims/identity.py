"""Names claims so that the same claim keeps its name across versions of an article."""

from __future__ import annotations

import hashlib
import re
from functools import lru_cache

from pipeline.model import Claim, Dose


@lru_cache(maxsize=4096)
def _slug(text: str) -> str:
    return re.sub(r"[^a-z0-9]+", "-", text.lower()).strip("-")[:24].strip("-")


class Names:
    """Names the claims of one article, in reading order."""

    def __init__(self) -> None:
        self._seen: dict[tuple[str, ...], int] = {}

    def name(
        self,
        article_id: str,
        drug: str,
        disease: str,
        kind: str,
        dose: Dose | None,
        line: str,
        setting: tuple[str, ...],
        population: tuple[str, ...],
        with_drugs: tuple[str, ...],
    ) -> str:
        """The `claim_id` of the next claim, by what it is apart from how it is worded and what it advises: drug,
        disease, kind, the part its dose plays, and the situation; no strength, direction, amount, words, places or
        citations. Ties are numbered."""
        role = "" if dose is None else (dose.dose_role or "regimen")
        situation = ("|".join(setting), "|".join(population), "|".join(with_drugs))
        key = (article_id, drug, disease, kind, role, line, *situation)
        number = self._seen[key] = self._seen.get(key, 0) + 1
        digest = hashlib.sha256("\x1f".join((*key, str(number))).encode()).hexdigest()[:10]
        return "-".join([part for part in (_slug(disease), _slug(drug), digest) if part])

    def again(self, claim: Claim) -> str:
        """The `claim_id` of another claim that is the same as `claim`."""
        return self.name(
            claim.article_id,
            claim.drug,
            claim.disease,
            claim.kind,
            claim.dose,
            claim.line,
            claim.setting,
            claim.population,
            claim.with_drugs,
        )
