"""What can be wrong with a file of cases. Codes: E-CASE-1 not a JSON object, E-CASE-2 a bad column or value,
E-CASE-3 a repeated case, E-CASE-4 nothing there, E-CASE-5 words that the text does not have."""

from __future__ import annotations

from pipeline.model import EvidenceError


class CaseError(EvidenceError):
    """A case that would test nothing, or something else than its author meant."""
