"""The errors of this room: rules that cannot be used, tables that are no claims."""

from __future__ import annotations

from pipeline.model.errors import EvidenceError


class RulesError(EvidenceError):
    """A file of rules says something that cannot be used (E-RULES-*)."""


class TableError(EvidenceError):
    """A table lacks what reconciliation needs (E-EVIDENCE-*)."""
