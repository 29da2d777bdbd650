"""What can be wrong with the data files of this component, told to the person who edits them."""

from __future__ import annotations

from pipeline.model.errors import EvidenceError


class DoseDataError(EvidenceError):
    """A line of a data file that cannot be used.

    E-DOSE-1: a missing or unknown column; E-DOSE-2: a value that its column does not allow.
    """
