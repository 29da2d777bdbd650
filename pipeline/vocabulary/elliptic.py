"""Names that share their last word: "an IL-1 or IL-6 inhibitor", "type 1 and type 2 diabetes"."""

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


_JOINTS = (" and ", " or ", " and/or ", " versus ", " vs ", " vs. ")
_JOINED = re.compile(r"(?<![\w/-])(?P<name>[A-Za-z][\w-]*(?:\s[\w-]+){0,2}),?\s[\w/.]+\s$")


def without_last_word(
    text: str, diseases: list[Mention], disease: Callable[[str], Concept | None]
) -> Iterator[Mention]:
    """The diseases named right before one of `diseases` whose last words they share; `disease` knows what a name means."""
    for k, mention in enumerate(diseases):
        if not text.endswith(_JOINTS, 0, mention.start):
            continue
        free = diseases[k - 1].end if k else 0
        before = _JOINED.search(text, max(free, mention.start - 60), mention.start)
        if before is None:
            continue
        words, names = text[mention.start : mention.end].split(), before["name"].split()
        shared = [" ".join(words[k:]) for k in range(1, len(words))]
        for name in (" ".join(names[k:]) for k in range(len(names))):
            known = [c for last in shared if (c := disease(f"{name} {last}")) is not None]
            if known and known[0].name != mention.concept.name:
                end = before.end("name")
                yield Mention(end - len(name), end, known[0], "elliptic")
                break
