"""The types that travel between rooms: frozen, complete when made, and checked. Imports no room."""

from pipeline.model.article import Article, Block, Cell, Reference, Section, Span
from pipeline.model.change import Change, FieldChange
from pipeline.model.claim import Claim, Dose, Mark
from pipeline.model.columns import Column, check_row, columns_of, row_of
from pipeline.model.decision import Correction, Decision
from pipeline.model.errors import EvidenceError
from pipeline.model.evidence import Discrepancy, Evidence
from pipeline.model.snapshot import Snapshot

__all__ = [
    "Article",
    "Block",
    "Cell",
    "Change",
    "Claim",
    "Column",
    "Correction",
    "Decision",
    "Discrepancy",
    "Dose",
    "Evidence",
    "EvidenceError",
    "FieldChange",
    "Mark",
    "Reference",
    "Section",
    "Snapshot",
    "Span",
    "check_row",
    "columns_of",
    "row_of",
]
