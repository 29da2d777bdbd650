"""What can go wrong for a person who asks for a report."""

from __future__ import annotations

from pipeline.model.errors import EvidenceError


class ReportError(EvidenceError):
    """E-REPORT-1: the run's name is no file name. E-REPORT-2: the folder cannot be written."""
