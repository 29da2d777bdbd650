"""Reads language: an article's recommendations as claims, one row per statement, drug and disease."""

from pipeline.claims.explain import explain
from pipeline.claims.extract import extract_claims, rules_version

__all__ = ["explain", "extract_claims", "rules_version"]
