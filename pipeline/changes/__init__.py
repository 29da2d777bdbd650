"""Compares two states of claims in meaning."""
