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
        import pyarrow as pa

        from pipeline.changes import fingerprint
        from pipeline.evidence import load_rules, reconcile
        from pipeline.ledger import TABLES, Ledger
        from pipeline.model import Discrepancy, Evidence, columns_of
        from pipeline.sources import load_config

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
            fingerprint=fingerprint,
            rules=load_rules(config.rules.read_text(encoding="utf-8")) if config and config.rules else None,
        )

        def table(frame: object, name: str, hand_over: type) -> pa.Table:
            fields = [TABLES[name].schema.field(c.name) for c in columns_of(hand_over)]
            return pa.Table.from_pandas(frame, schema=pa.schema(fields), preserve_index=False)

        return (
            table(found.evidence, "evidence", Evidence),
            table(found.discrepancies, "discrepancies", Discrepancy),
        )

    return run
