"""What a run is asked to do, and what became of it."""

from __future__ import annotations

from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from pipeline.ledger import RunRow


@dataclass(frozen=True, slots=True, kw_only=True)
class RunOptions:
    """One run over `sources` (files, folders, addresses), or over those of the configuration file.

    `only` names sources of the configuration. `wait` is how many seconds to wait for another run on the same
    ledger (negative: for ever). `again` reads everything anew. `progress` is `auto` (bars on a terminal, else a
    line per stage), `lines` or `none`. `log_json` is a further place for the structured log.
    """

    raw: Path
    processed: Path
    sources: tuple[str, ...] = ()
    config: Path | None = None
    only: tuple[str, ...] = ()
    wait: float = 0.0
    again: bool = False
    batch_size: int = 200
    progress: str = "auto"
    log_json: Path | None = None
    allow_private_network: bool = False
    orchestrated: bool = True


@dataclass(frozen=True, slots=True, kw_only=True)
class RunOutcome:
    """How a run ended. `run` is its row in the table `runs`; `set_aside` and `failed` rows of `places`.

    `reports` are the files written (or, where nothing changed, those of the last run that changed something).
    `notes` are sentences for a person.
    """

    run: RunRow
    set_aside: tuple[dict[str, Any], ...] = ()
    failed: tuple[dict[str, Any], ...] = ()
    reports: tuple[Path, ...] = ()
    rewritten: tuple[str, ...] = ()
    notes: tuple[str, ...] = field(default=())

    @property
    def exit_code(self) -> int:
        """0 all well, 1 failed or interrupted, 3 done but some articles were set aside or could not be fetched."""
        if self.run.status != "done":
            return 1
        return 3 if self.set_aside or self.failed else 0
