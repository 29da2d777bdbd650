"""Reconciles claims: the evidence table and the discrepancies. Tables in, tables out; no file, clock or network."""

from pipeline.evidence.errors import RulesError, TableError
from pipeline.evidence.hierarchy import Hierarchy, PlainHierarchy
from pipeline.evidence.reconcile import Reconciled, reconcile
from pipeline.evidence.rules import Rules, load_rules

__all__ = [
    "Hierarchy",
    "PlainHierarchy",
    "Reconciled",
    "Rules",
    "RulesError",
    "TableError",
    "load_rules",
    "reconcile",
]
