"""Errors of the reading room. Codes are stable; the flow keeps `code` and `what` as the reason of a set-aside article."""

from __future__ import annotations

from pipeline.model.errors import EvidenceError

EMPTY = "E-ARTICLE-2"
BINARY = "E-ARTICLE-3"
NO_WORDS = "E-ARTICLE-4"
DATA_FILE = "E-ARTICLE-5"
BAD_HINT = "E-ARTICLE-6"
OTHER_XML = "E-ARTICLE-7"


class ArticleError(EvidenceError):
    """The bytes hold no article that can be read, or a data file of this room is wrong."""
