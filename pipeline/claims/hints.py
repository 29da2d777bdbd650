"""What the words of a statement tell before it is read: whether it can give a claim at all."""

from __future__ import annotations

from typing import NamedTuple

from pipeline.claims.openings import ANAPHORA, DOSE_LIKE, LABEL_AVOID, PRONOUN, SUBJECTLESS
from pipeline.claims.reading import Reader


class Hints(NamedTuple):
    """`drug`: it names one. What follows is told only of others. `dose`: it gives one; `refers`: it goes on about a drug
    named before; `subjectless`: it advises on something that it does not name; `matters`: it may give a claim, or tell
    what others are about."""

    drug: bool
    dose: bool = False
    refers: bool = False
    subjectless: bool = False
    matters: bool = True


def look(reader: Reader, text: str, leave: tuple[tuple[int, int], ...] = ()) -> Hints:
    """The hints of one statement; `leave` are the spans of citations.

    >>> from pipeline.vocabulary import Lexicon
    >>> reader = Reader(Lexicon.default())
    >>> look(reader, "Costs vary.").matters, look(reader, "It is given for 3 days.")[1:3]
    (False, (True, True))
    """
    if reader.named(text)[0]:
        return Hints(drug=True)
    label = LABEL_AVOID.match(text) is not None
    anaphora = ANAPHORA.match(text) is not None
    subjectless = SUBJECTLESS.match(text) is not None
    return Hints(
        drug=False,
        dose=reader.may_dose(text, leave) and bool(reader.read(text, leave).doses),
        refers=label or anaphora or PRONOUN.match(text) is not None,
        subjectless=subjectless,
        matters=label
        or anaphora
        or subjectless
        or reader.lexicon.might_mention(text)
        or DOSE_LIKE.search(text) is not None,
    )
