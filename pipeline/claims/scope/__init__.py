"""Scope inside one statement: clauses, what a drug is there for, combinations, and whose value is whose."""
