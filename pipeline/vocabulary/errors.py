"""What can be wrong with vocabulary files, as a person is told."""

from __future__ import annotations

from pipeline.model.errors import EvidenceError


class VocabularyError(EvidenceError):
    """A vocabulary file that cannot be used.

    Codes: E-VOCABULARY-1 a row does not fit the schema; E-VOCABULARY-2 a data package or file is missing or
    unreadable; E-VOCABULARY-3 a release file is not in its format; E-VOCABULARY-4 a component's settings.
    """
