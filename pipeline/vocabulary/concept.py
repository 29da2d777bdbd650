"""What the lexicon knows (`Concept`) and where a text names it (`Mention`)."""

from __future__ import annotations

from dataclasses import dataclass

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


@dataclass(frozen=True, slots=True)
class Mention:
    """Code points `start` to `end` of a text name `concept`; `rule` says how it was found.

    Rules: `name` (a name of the vocabulary), `abbreviation`, `defined` (an abbreviation that the article defines),
    `stem` (an INN stem), `composite` (two diseases joined, as ILD in systemic sclerosis), `shape` (broad mode only).
    """

    start: int
    end: int
    concept: Concept
    rule: str = "name"
