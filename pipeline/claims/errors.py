"""Errors of this room that a person can act on."""

from __future__ import annotations

from pipeline.model.errors import EvidenceError


class PatternError(EvidenceError):
    """A pattern file that cannot be used: E-PATTERN-1 (not JSON), E-PATTERN-2 (a field), E-PATTERN-3 (twice),
    E-PATTERN-4 (a list or table)."""
