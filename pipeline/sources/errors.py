"""The errors of this room; each is told once, with what to do."""

from __future__ import annotations

from pipeline.model import EvidenceError


class ConfigError(EvidenceError):
    """`sources.toml` says something that cannot be used (E-CONFIG-*)."""


class FetchError(EvidenceError):
    """An article could not be fetched (E-FETCH-*)."""


class StoreError(EvidenceError):
    """Bytes could not be kept (E-STORE-*)."""
