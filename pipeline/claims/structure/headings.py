"""What the headings above a statement tell of all that stands below them."""

from __future__ import annotations

import re
from typing import NamedTuple

from pipeline.claims.pitfalls import forbids, lists_mistakes
from pipeline.claims.structure.groups import tells_groups

_CAUSES = re.compile(
    r"\b(?:causes?|cause-\w+|complications?|special situations|associated (?:conditions|diseases)|supportive)\b",
    re.IGNORECASE,
)
_SITUATIONS = re.compile(
    r"\b(?:special|specific|clinical) (?:situations|circumstances|scenarios|considerations)\b", re.IGNORECASE
)


class Headings(NamedTuple):
    """Whether one of the headings tells groups of patients, special situations (other illnesses, or forms of the disease),
    what causes, complicates or accompanies the disease, or mistakes."""

    groups: bool
    situations: bool
    causes: bool
    mistakes: bool
    forbids: bool


def read_headings(path: tuple[str, ...]) -> Headings:
    """What the headings of a path tell.

    >>> read_headings(("Gout", "Special Populations")).groups, read_headings(("Gout", "Common Pitfalls")).mistakes
    (True, True)
    """
    return Headings(
        groups=any(map(tells_groups, path)),
        situations=any(map(_SITUATIONS.search, path)),
        causes=any(map(_CAUSES.search, path)),
        mistakes=lists_mistakes(path),
        forbids=forbids(path),
    )
