"""Broad mode: every chemical and disease that research text names, also those that no treatment advice would mean."""

from pipeline.vocabulary.broad.finder import find_broad

__all__ = ["find_broad"]
