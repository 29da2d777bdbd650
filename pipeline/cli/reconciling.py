"""Evidence and discrepancies made anew for a day in the past."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING

from pipeline.cli.options import Home

if TYPE_CHECKING:
    import pyarrow as pa


def reconciler(home: Home) -> Callable[[pa.Table], tuple[pa.Table, pa.Table]]:
    """Claims of a day to the evidence and discrepancies of that day, with the decisions that hold today."""

    def run(claims: pa.Table) -> tuple[pa.Table, pa.Table]:
        from pipeline.changes import still_fits
        from pipeline.evidence import load_rules, reconcile
        from pipeline.ledger import Ledger
        from pipeline.ledger.frames import arrow_of
        from pipeline.model import Discrepancy, Evidence
        from pipeline.sources import load_config, rules_text

        config = load_config(home.config) if home.config else None
        authorities = (
            {s.publisher: s.authority for s in config.sources if s.publisher and s.authority}
            if config
            else {}
        )
        found = reconcile(
            claims,
            decisions=Ledger.open(home.processed).decisions(),
            sources=authorities,
            fits=still_fits,
            rules=load_rules(rules_text(config)) if config else None,
        )

        return (
            arrow_of("evidence", found.evidence, Evidence),
            arrow_of("discrepancies", found.discrepancies, Discrepancy),
        )

    return run
