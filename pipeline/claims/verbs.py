"""Verbs by which a stretch of a sentence speaks of its own, as alternatives of an expression."""

from __future__ import annotations

# what makes a clause of the words around it: "B is ...", "B may ..."
AUXILIARIES = "is|are|may|can|could|should|must|has|have|remains?"
