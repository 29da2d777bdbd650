"""Reconciles claims: the evidence table and the discrepancies. Tables in, tables out; no file, clock or network."""

from pipeline.evidence.decisions import decided_claims
from pipeline.evidence.discrepancies import fingerprint_of
from pipeline.evidence.errors import RulesError, TableError
from pipeline.evidence.explained import beside_sides, called
from pipeline.evidence.hierarchy import Hierarchy, PlainHierarchy
from pipeline.evidence.history import known_as_of, valid_as_of
from pipeline.evidence.incremental import Touched, reconcile_incremental, replaced, touched_groups
from pipeline.evidence.reconcile import Reconciled, reconcile
from pipeline.evidence.rules import Rules, load_rules
from pipeline.evidence.table import COLUMNS_READ

__all__ = [
    "COLUMNS_READ",
    "Hierarchy",
    "PlainHierarchy",
    "Reconciled",
    "Rules",
    "RulesError",
    "TableError",
    "Touched",
    "beside_sides",
    "called",
    "decided_claims",
    "fingerprint_of",
    "known_as_of",
    "load_rules",
    "reconcile",
    "reconcile_incremental",
    "replaced",
    "touched_groups",
    "valid_as_of",
]
