"""Classes that share their last word: "an IL-1 or IL-6 inhibitor", "PD-1 and CTLA-4 antibodies"."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator

from pipeline.vocabulary.concept import CLASS, Concept, Mention

_HEAD = re.compile(r"\s(inhibitors?|blockers?|antagonists?|agonists?)$", re.IGNORECASE)
_BEFORE = re.compile(r"(?<![\w/-])(?P<name>[A-Za-z][\w-]{1,11})(?:,?\s(?:or|and|and/or)\s|,\s|/)$")


def without_head(text: str, drugs: list[Mention], drug: Callable[[str], Concept | None]) -> Iterator[Mention]:
    """The classes named before each class of `drugs` with which they share its last word; `drug` knows what a name means."""
    taken = [(d.start, d.end) for d in drugs]
    for mention in drugs:
        if mention.concept.kind != CLASS:
            continue
        head = _HEAD.search(text, mention.start, mention.end)
        at = mention.start
        while head is not None:
            before = _BEFORE.search(text, max(0, at - 20), at)
            if before is None or not any(c.isupper() for c in before["name"]):
                break
            start, end = before.span("name")
            concept = drug(f"{before['name']} {head[1]}")
            if concept is None or concept.kind != CLASS or any(s < end and start < e for s, e in taken):
                break
            yield Mention(start, end, concept, "elliptic")
            at = start
