"""Compares two states of claims in meaning: names carried over, changes found, grouped and marked."""

from pipeline.changes.above import changed_above
from pipeline.changes.align import carry_ids
from pipeline.changes.chain import chain
from pipeline.changes.decided import (
    fingerprint,
    fingerprint_corrected,
    reads_as_corrected,
    still_fits,
    turning_groups,
)
from pipeline.changes.diff import diff_claims
from pipeline.changes.dosing import say_dose
from pipeline.changes.group import ChangeGroup, cause_of, group_like
from pipeline.changes.words import Segment, word_diff, wording

__all__ = [
    "ChangeGroup",
    "Segment",
    "carry_ids",
    "cause_of",
    "chain",
    "changed_above",
    "diff_claims",
    "fingerprint",
    "fingerprint_corrected",
    "group_like",
    "reads_as_corrected",
    "say_dose",
    "still_fits",
    "turning_groups",
    "word_diff",
    "wording",
]
