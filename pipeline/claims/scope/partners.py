"""The drugs that a statement puts together, as they are found."""

from __future__ import annotations

import itertools
import re
from dataclasses import dataclass, field

from pipeline.claims.cues.matcher import Cue
from pipeline.claims.reading import Reading

_EMPTY = re.compile(r"\(\s*\)")


@dataclass(slots=True)
class Combined:
    """`partners` of each drug (by index); `silent` drugs are partners only and get no row of their own.

    `beside` are the drugs put beside something that the statement does not name itself ("this"); `apart` procedures,
    which are no drugs of a combination; `one` the groups of drugs written as one ("A-B").
    """

    partners: dict[int, set[int]] = field(default_factory=dict)
    silent: set[int] = field(default_factory=set)
    beside: set[int] = field(default_factory=set)
    apart: set[int] = field(default_factory=set)
    marks: dict[tuple[int, int], Cue] = field(default_factory=dict)
    one: list[list[int]] = field(default_factory=list)

    def pair(self, left: list[int], right: list[int], cue: Cue) -> None:
        """Makes each of `left` a partner of each of `right`, and the other way round."""
        left = [i for i in left if i not in self.apart]
        right = [i for i in right if i not in self.apart]
        for a in left:
            for b in right:
                if a != b:
                    self.partners.setdefault(a, set()).add(b)
                    self.partners.setdefault(b, set()).add(a)
                    self.marks.setdefault((a, b), cue)
                    self.marks.setdefault((b, a), cue)

    def put_beside(self, added: list[int], bases: list[int], cue: Cue) -> None:
        """Makes each of `bases` a partner of each of `added`, which is given on top of it, and not the other way round."""
        for a in added:
            for b in bases:
                if a != b and not {a, b} & self.apart:
                    self.partners.setdefault(a, set()).add(b)
                    self.marks.setdefault((a, b), cue)

    def give(self, label: int, owner: int) -> None:
        """Gives what a class that only says what a drug is was put beside ("A is the preferred biologic, with B") to that drug."""
        for partner in self.partners.pop(label, set()) - {owner}:
            self.partners.setdefault(owner, set()).add(partner)
            others = self.partners.setdefault(partner, set())
            others.discard(label)
            others.add(owner)
            cue = self.marks.get((label, partner)) or self.marks[partner, label]
            self.marks.setdefault((owner, partner), cue)
            self.marks.setdefault((partner, owner), cue)


def gaps(reading: Reading, blanked: str, group: list[int]) -> list[str]:
    """What stands between the drugs of a group, without brackets that hold nothing but a dose."""
    between = (blanked[reading.drugs[a].end : reading.drugs[b].start] for a, b in itertools.pairwise(group))
    return [_EMPTY.sub("", gap) if "(" in gap else gap for gap in between]
