"""Names that share a word ("an IL-1 or IL-6 inhibitor", "type 1 and type 2 diabetes", "vitamins A, D, and E"), or whose
last words are abbreviated ("homozygous FH")."""

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


_VACCINE = re.compile(r"\s(?:vaccin|immuni[sz])\w+$", re.IGNORECASE)
_VACCINE_BEFORE = re.compile(
    r"(?<![\w/-])(?P<name>[A-Za-z][\w-]*(?:\s[\w-]+){0,2})(?:,?\s(?:or|and|and/or|plus)\s|,\s|/)$"
)


def without_vaccine(
    text: str, drugs: list[Mention], drug: Callable[[str], Concept | None]
) -> Iterator[Mention]:
    """The vaccines named before each of `drugs` with which they share that word: "COVID-19, influenza, and RSV vaccines"."""
    for mention in drugs:
        if not _VACCINE.search(text, mention.start, mention.end):
            continue
        at: int | None = mention.start
        while at is not None:
            before = _VACCINE_BEFORE.search(text, max(0, at - 60), at)
            at = None
            words = before["name"].split() if before is not None else ()
            for k in range(len(words)):
                name = " ".join(words[k:])
                concept = drug(f"{name} vaccine")
                if before is not None and concept is not None:
                    at = before.end("name") - len(name)
                    yield Mention(at, before.end("name"), concept, "elliptic")
                    break


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
        if any((c := disease(last)) is not None and c.name == mention.concept.name for last in shared):
            continue  # "acute and chronic heart failure": the disease, whatever its course
        for name in (" ".join(names[k:]) for k in range(len(names))):
            known = [c for last in shared if (c := disease(f"{name} {last}")) is not None]
            if known and known[0].name != mention.concept.name:
                end = before.end("name")
                yield Mention(end - len(name), end, known[0], "elliptic")
                break


_LETTER = re.compile(r"(?:^|\s)([A-K]\d{0,2})\b")
_NEXT_LETTER = re.compile(
    r"(?:,?\s(?:and|or)\s|/|,\s(?=[A-K]\d{0,2}(?:,|/|\sand\s|\sor\s)))([A-K]\d{0,2})\b(?!-)"
)


def without_first_word(
    text: str, drugs: list[Mention], drug: Callable[[str], Concept | None]
) -> Iterator[Mention]:
    """The drugs told apart by a letter alone behind one of `drugs` whose first word they share."""
    for mention in drugs:
        words = text[mention.start : mention.end].split()
        if len(words) == 2 and _LETTER.fullmatch(words[1]):
            at = mention.end
        elif (
            len(words) == 1 and mention.concept.kind == CLASS and (first := _LETTER.match(text, mention.end))
        ):
            at = first.end()
            concept = drug(f"{words[0].removesuffix('s')} {first[1]}")
            if concept is None:
                continue
            yield Mention(mention.start, at, concept, "elliptic")
        else:
            continue
        while (following := _NEXT_LETTER.match(text, at)) is not None:
            concept = drug(f"{words[0].removesuffix('s')} {following[1]}")
            if concept is None:
                break
            yield Mention(*following.span(1), concept, "elliptic")
            at = following.end()


_WORD_BEFORE = re.compile(r"(?<![\w/-])([A-Za-z][\w-]+)\s$")


def before_abbreviation(
    text: str, diseases: list[Mention], disease: Callable[[str, str], Concept | None]
) -> Iterator[Mention]:
    """The diseases that an abbreviation and the word before it name: "homozygous FH"; `disease` knows what both mean."""
    for mention in diseases:
        if not text[mention.start : mention.end].isupper():
            continue
        before = _WORD_BEFORE.search(text, max(0, mention.start - 30), mention.start)
        concept = disease(before[1], mention.concept.name) if before is not None else None
        if before is not None and concept is not None and concept.name != mention.concept.name:
            yield Mention(before.start(), mention.end, concept, "elliptic")
