"""Compares two states of claims in meaning: names carried over, changes found, grouped and marked."""

from pipeline.changes.align import carry_ids
from pipeline.changes.diff import diff_claims
from pipeline.changes.dosing import say_dose
from pipeline.changes.group import ChangeGroup, group_like
from pipeline.changes.meaning import fingerprint
from pipeline.changes.words import Segment, word_diff, wording

__all__ = [
    "ChangeGroup",
    "Segment",
    "carry_ids",
    "diff_claims",
    "fingerprint",
    "group_like",
    "say_dose",
    "word_diff",
    "wording",
]
