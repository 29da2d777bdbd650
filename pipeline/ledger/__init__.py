"""The tables: versions of articles, claims, evidence, discrepancies, changes, runs, decisions. Knows Delta and Parquet.

`Ledger.open(processed)` reads, `Ledger.writing(...)` gives the one `Writer`; `query` runs SQL, `status_of` tells an
operator how things stand. How a state of several tables stays whole: `pipeline.ledger.head`.
"""

from pipeline.ledger.errors import BrokenBatch, LedgerBusy, LedgerError, QueryError
from pipeline.ledger.identity import KnownArticles
from pipeline.ledger.ledger import Ledger
from pipeline.ledger.query import Answer, query
from pipeline.ledger.records import ArticleRow, PlaceRow, RunRow, StageTime
from pipeline.ledger.schema import TABLES
from pipeline.ledger.status import Status, status_of
from pipeline.ledger.writer import Batch, Writer

__all__ = [
    "TABLES",
    "Answer",
    "ArticleRow",
    "Batch",
    "BrokenBatch",
    "KnownArticles",
    "Ledger",
    "LedgerBusy",
    "LedgerError",
    "PlaceRow",
    "QueryError",
    "RunRow",
    "StageTime",
    "Status",
    "Writer",
    "query",
    "status_of",
]
