"""Reads language: an article's recommendations as claims, one row per statement, drug and disease."""

from pipeline.claims.extract import extract_claims, rules_version

__all__ = ["extract_claims", "rules_version"]
