"""What became of one article's place when it was looked at."""

from __future__ import annotations

from dataclasses import dataclass

from pipeline.model import EvidenceError, Snapshot


@dataclass(frozen=True, slots=True, kw_only=True)
class Fetched:
    """The bytes were read. `aliases` are other addresses of the same article (redirects, the address asked for)."""

    snapshot: Snapshot
    aliases: tuple[str, ...] = ()

    @property
    def location(self) -> str:
        """The file or address that was read."""
        return self.snapshot.location


@dataclass(frozen=True, slots=True, kw_only=True)
class Unchanged:
    """The server says that nothing changed since the bytes with `sha256` (304, or an equal validator)."""

    location: str
    sha256: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Gone:
    """The article is no longer there (404 or 410); `status` as the server gave it."""

    location: str
    status: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Failed:
    """The article could not be fetched now; it may come back. The run goes on."""

    location: str
    error: EvidenceError


Outcome = Fetched | Unchanged | Gone | Failed
