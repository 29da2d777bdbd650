"""What the lexicon knows (`Concept`) and where a text names it (`Mention`)."""

from __future__ import annotations

from dataclasses import dataclass
from typing import NamedTuple

INGREDIENT, CLASS, PROCEDURE, DISEASE = "ingredient", "class", "procedure", "disease"
LABELS = {INGREDIENT: "DRUG", CLASS: "DRUG_CLASS", PROCEDURE: "PROCEDURE", DISEASE: "DISEASE"}


@dataclass(frozen=True, slots=True)
class Concept:
    """A drug, drug class, procedure or disease under its canonical name; `code` is a CURIE, empty where unknown."""

    name: str
    kind: str
    code: str = ""

    @property
    def label(self) -> str:
        """The span label of the kind: DRUG, DRUG_CLASS, PROCEDURE or DISEASE."""
        return LABELS[self.kind]


class Mention(NamedTuple):
    """Code points `start` to `end` of a text name `concept`; `rule` says how it was found.

    Rules: `name` (a name of the vocabulary), `abbreviation`, `defined` (an abbreviation that the article defines),
    `stem` (an INN stem), `composite` (two diseases joined, as ILD in systemic sclerosis), `caused` (a disease with the word
    before it that tells its cause), `shape` (broad mode only).
    """

    start: int
    end: int
    concept: Concept
    rule: str = "name"


def without_longer(mine: list[Mention], others: list[Mention], *, nor_equal: bool = False) -> list[Mention]:
    """Leaves out what overlaps a longer mention of the other sort ("opioid" in "opioid use disorder"), with `nor_equal`
    also one as long. Both lists are in order and without overlaps of their own."""
    if not mine or not others:
        return mine
    kept, at = [], 0
    for mention in mine:
        while at < len(others) and others[at].end <= mention.start:
            at += 1
        rival = others[at] if at < len(others) and others[at].start < mention.end else None
        more = rival.end - rival.start - (mention.end - mention.start) if rival else -1
        if more < 0 or (more == 0 and not nor_equal):
            kept.append(mention)
    return kept
