"""The errors of this room."""

from __future__ import annotations

from pipeline.model import EvidenceError


class ExchangeError(EvidenceError):
    """A file of another tool cannot be read (E-EXCHANGE-*); `where` names its line."""
