"""Cells of a table that advise nothing on the drug of their row: reasons, what may go wrong, and the class that it belongs to."""

from __future__ import annotations

import re

from pipeline.claims.cues.words import plain
from pipeline.claims.reading import Reader
from pipeline.claims.scope.parse import parse
from pipeline.claims.scope.types import Parsed
from pipeline.claims.statements import Statement
from pipeline.model import Article, Block, Cell
from pipeline.vocabulary.concept import CLASS

_FIRST = r"\W*(?:(?:main|key|brief|common|major|notable|important|serious|possible|potential|principal|typical|most common|other)\s)*"
_REASONS = re.compile(
    _FIRST
    + r"(?:reasons?(?:\s(?:for|to|why|not)\b[\w\s]*+)?|rationale|why(?:\snot)?|explanations?|justification)\W*$",
    re.IGNORECASE,
)
_HARMS = re.compile(
    _FIRST
    + r"(?:(?:adverse|side|unwanted)[\s-](?:effects?|events?|reactions?)|toxicit(?:y|ies)|harms?|concerns?|drawbacks?|disadvantages?|"
    r"risks?|safety(?:\sconcerns?|\sissues?)?|limitations?)(?:\s(?:and|or)\s\w+(?:\s\w+){0,2})?\W*$",
    re.IGNORECASE,
)
_CLASSES = re.compile(
    r"\W*(?:(?:drug|pharmacolog\w+|therapeutic)\s)?(?:class|category|family|type)\W*$", re.IGNORECASE
)


def silent_cells(
    article: Article, block: Block, statement: Statement, parsed: Parsed, reader: Reader
) -> list[Cell]:
    """The cells of a row that only tell why, what may go wrong, or of which class its drug is ("ineffective in trials"
    below "Reason", "metallic taste" below "Side effects", "tricyclic" below "Class" in the row of doxepin)."""
    out: list[Cell] = []
    if not block.cells or not block.cells[0].header:
        return out
    named = block.cells[0].start - statement.start, block.cells[0].end - statement.start
    first = [parsed.reading.drugs[i] for i in parsed.reading.drugs_in(*named)]
    if not first:
        return out
    member = any(d.concept.kind != CLASS for d in first)
    for cell in block.cells[1:]:
        head = plain(cell.header)
        if member and _CLASSES.match(head):
            out.append(cell)
        elif _REASONS.match(head) or _HARMS.match(head):
            words = plain(article.text[cell.start : cell.end])
            if parse(reader.read(words)).whole.direction != "against":
                out.append(cell)
    return out
