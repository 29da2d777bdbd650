"""Values inherited from structure: nearest wins field by field."""

from __future__ import annotations

from typing import NamedTuple

from pipeline.claims.names import Disease
from pipeline.claims.scope.fields import Fields, both, merge_settings
from pipeline.vocabulary import Mention


class Context(NamedTuple):
    """What stands above a statement. `strength_origin` tells where the strength comes from ("" where none).

    `drugs` are those that a bullet without a drug takes from its parent or heading; `undecided`: whether what is named is
    left open ("Insufficient Evidence"); `regimen` are the drugs that a heading gives together ("A + B + C").
    """

    direction: str = ""
    direction_from: str = ""
    strength: str = ""
    certainty: str = ""
    grade_text: str | None = None
    grade_system: str | None = None
    strength_origin: str = ""
    line: str = ""
    preference: str = ""
    setting: tuple[str, ...] = ()
    population: tuple[str, ...] = ()
    condition: tuple[str, ...] = ()
    cites: tuple[int, ...] = ()
    diseases: tuple[Disease, ...] = ()
    drugs: tuple[Mention, ...] = ()
    with_drugs: tuple[str, ...] = ()
    regimen: tuple[str, ...] = ()
    guideline: str | None = None
    leads: bool = False
    undecided: bool = False

    def under(self, fields: Fields, origin: str, *, cites: tuple[int, ...] = ()) -> Context:
        """The context below words with these values, which win over what is above them."""
        strong = bool(fields.strength or fields.grade_text)
        turned = bool(fields.direction and self.direction and fields.direction != self.direction)
        out = self
        if strong or turned:
            out = out._replace(
                strength=fields.strength,
                certainty=fields.certainty,
                grade_text=fields.grade_text,
                grade_system=fields.grade_system,
                strength_origin=origin if strong else "",
            )
        return out._replace(
            direction=fields.direction or self.direction,
            direction_from=origin if fields.direction else self.direction_from,
            line=fields.line or self.line,
            preference=fields.preference or ("" if turned else self.preference),
            setting=merge_settings(fields.setting, self.setting),
            population=both(fields.population, self.population),
            condition=tuple(dict.fromkeys((*self.condition, *fields.condition))),
            cites=cites or self.cites,
        )
