"""The decisions table as one process writes it: opened once, told cheaply when another process has written.

Decisions are one table and one commit each, so they need no head (see `pipeline.ledger.head`) and may be recorded beside a
running run.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any

from deltalake import DeltaTable

from pipeline.ledger import delta
from pipeline.ledger.schema import TABLES, to_arrow
from pipeline.model import Decision, row_of


class DecisionLog:
    """Appends to and reads the table `decisions` under `processed`, which is made with the first decision."""

    def __init__(self, processed: Path) -> None:
        self._folder = processed / "ledger"
        self._table: DeltaTable | None = None
        if delta.exists(self._folder, "decisions"):
            self._table = delta.open_table(self._folder, "decisions")

    @property
    def _version(self) -> int:
        return -1 if self._table is None else int(self._table.version())

    def changed(self) -> bool:
        """Whether someone else has recorded decisions since this log last read or wrote."""
        later = self._folder / "decisions" / "_delta_log" / f"{self._version + 1:020}.json"
        return later.is_file()

    def rows(self) -> list[Mapping[str, Any]]:
        """Every decision, oldest first. Raises LedgerError."""
        if self._table is None:
            if not delta.exists(self._folder, "decisions"):
                return []
            self._table = delta.open_table(self._folder, "decisions")
        with delta.telling(self._folder / "decisions"):
            self._table.update_incremental()
            found = self._table.to_pyarrow_table()
        table = TABLES["decisions"]
        return list(found.cast(table.schema).sort_by(list(table.order)).to_pylist())

    def append(self, decisions: Sequence[Decision | Mapping[str, Any]]) -> None:
        """Record decisions in one commit. Raises BrokenBatch, LedgerError."""
        rows = [dict(d) if isinstance(d, Mapping) else row_of(d) for d in decisions]
        if not rows:
            return
        arrow = to_arrow("decisions", rows)
        if self._table is None:
            self._table = delta.create(self._folder, "decisions")
        delta.append(self._table, arrow, "decision")
