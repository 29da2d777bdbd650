"""Reconciles claims: the evidence table and the discrepancies."""
