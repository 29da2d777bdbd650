"""SQL over the tables, read-only and shut off from files and network (DuckDB in memory, which only a query imports)."""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Callable
from dataclasses import dataclass
from typing import TYPE_CHECKING

import pyarrow as pa

from pipeline.ledger.errors import QueryError
from pipeline.ledger.ledger import Ledger
from pipeline.ledger.schema import TABLES

if TYPE_CHECKING:
    import duckdb

VIEWS = ("articles", "claims", "evidence", "discrepancies", "changes", "runs", "decisions", "places")
Reconcile = Callable[[pa.Table], tuple[pa.Table, pa.Table]]


@dataclass(frozen=True, slots=True, kw_only=True)
class Answer:
    """The rows that a query gave."""

    table: pa.Table

    @property
    def columns(self) -> list[str]:
        """Names of the columns."""
        return list(self.table.column_names)


def query(
    ledger: Ledger,
    sql: str,
    *,
    as_of: dt.date | None = None,
    known_at: dt.datetime | None = None,
    reconcile: Reconcile | None = None,
) -> Answer:
    """Run one SELECT over the views `VIEWS`, which hold today's rows, or those `as_of` a day, or `known_at` a moment.

    `<table>_history` are the rows of all times, of the tables that have any. With `as_of`, evidence and discrepancies are made anew of the
    claims of that day by `reconcile` (claims -> evidence, discrepancies), which is needed only then.
    Times are in UTC, whatever the zone of the machine. Raises QueryError (E-QUERY-*) and LedgerError.
    """
    import duckdb

    con = duckdb.connect(":memory:")
    try:
        statement = _parsed(con, sql)
        wanted = _named(sql)
        _register(con, ledger, wanted, as_of, known_at, reconcile)
        con.execute("SET TimeZone='UTC'")  # not that of this machine
        con.execute("SET enable_external_access=false")
        con.execute("SET python_enable_replacements=false")
        con.execute("SET lock_configuration=true")
        found = con.sql(statement).to_arrow_table()
    except duckdb.Error as error:
        raise _told(error, sql) from error
    finally:
        con.close()
    return Answer(table=found)


def _parsed(con: duckdb.DuckDBPyConnection, sql: str) -> duckdb.Statement:
    import duckdb

    statements = con.extract_statements(sql)
    allowed = (duckdb.StatementType.SELECT, duckdb.StatementType.EXPLAIN)
    if len(statements) != 1 or statements[0].type not in allowed:
        raise QueryError(
            "E-QUERY-2",
            "one SELECT is expected",
            where=sql.strip()[:200],
            do='for example: evidence query "SELECT drug, disease, strength FROM evidence LIMIT 10"',
        )
    return statements[0]


def _named(sql: str) -> set[str]:
    """The tables that the SQL may mean; a name in a text or comment costs time only."""
    words = "".join(c if c.isalnum() or c == "_" else " " for c in sql.lower()).split()
    everything = {"information_schema", "show", "describe", "summarize", "duckdb_columns", "duckdb_views"}
    if everything & set(words):
        return {*VIEWS, *(f"{v}_history" for v in VIEWS)}
    return set(words)


def _register(
    con: duckdb.DuckDBPyConnection,
    ledger: Ledger,
    wanted: set[str],
    as_of: dt.date | None,
    known_at: dt.datetime | None,
    reconcile: Reconcile | None,
) -> None:
    for name in VIEWS:
        if name in wanted:
            con.register(name, _rows(ledger, name, as_of, known_at, reconcile))
        if f"{name}_history" in wanted and TABLES[name].history:
            con.register(f"{name}_history", ledger.read(name))


def _rows(
    ledger: Ledger,
    name: str,
    as_of: dt.date | None,
    known_at: dt.datetime | None,
    reconcile: Reconcile | None,
) -> pa.Table:
    if as_of is not None and name in ("claims", "articles"):
        return getattr(ledger, name)(as_of=as_of, known_at=known_at)
    if as_of is not None and name in ("evidence", "discrepancies"):
        if reconcile is None:
            raise QueryError(
                "E-QUERY-4",
                f"{name} as of a day has to be made anew, which is not possible here",
                do="ask for claims, or say --known-at",
            )
        evidence, discrepancies = reconcile(ledger.claims(as_of=as_of, known_at=known_at))
        return evidence if name == "evidence" else discrepancies
    if name == "places":
        from pipeline.ledger.writer import latest_places

        return latest_places(ledger.rows(name))
    return ledger.rows(name, known_at=known_at)


def _told(error: duckdb.Error, sql: str) -> QueryError:
    import duckdb

    words = str(error).split("\n\nLINE")[0].strip()
    if isinstance(error, duckdb.PermissionException) or "disabled" in words:
        return QueryError(
            "E-QUERY-3",
            "queries see the ledger's tables only, no files and no network",
            where=sql.strip()[:200],
            do="the tables are " + ", ".join(VIEWS),
        )
    if isinstance(error, duckdb.CatalogException):
        kept = ", ".join(f"{v}_history" for v in VIEWS if TABLES[v].history)
        do = f"the tables are {', '.join(VIEWS)}; with the rows of all times {kept}"
    else:
        asked = next(
            (t for t in re.findall(r"\b(?:from|join)\s+(\w+)", sql, re.IGNORECASE) if t in VIEWS), "claims"
        )
        do = f"DESCRIBE {asked} lists the columns of a table"
    return QueryError("E-QUERY-1", words.splitlines()[0], where=sql.strip()[:200], do=do)
