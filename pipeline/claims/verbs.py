"""Verbs by which a stretch of a sentence speaks of its own, as alternatives of an expression."""

from __future__ import annotations

import re

# what makes a clause of the words around it: "B is ...", "B may ..."
AUXILIARIES = "is|are|may|can|could|should|must|has|have|remains?"
# verbs of a sentence that tells something, for text in lower case
SPEAKS = re.compile(
    rf"\b(?:{AUXILIARIES}|was|were|had|might|will|would|does|do|requires?|causes?|inhibits?|"
    r"increases?|reduces?|acts?|works?|binds?|needs?|carry|carries|leads?|provides?|offers?|appears?|improves?|lowers?|"
    r"decreases?|blocks?|prevents?|slows?|demonstrate[ds]?|show(?:s|ed|n)?|exhibits?|interacts?|produces?|accumulates?|"
    r"raises?|elevates?|potentiates?|prolongs?|impairs?|worsens?|precipitates?|exacerbates?|diminish(?:es)?|enhances?|competes?|"
    r"cross(?:es)?|targets?|activates?|suppress(?:es)?|stimulates?|undergo(?:es)?)\b"
)
