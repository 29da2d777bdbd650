"""Levels of headings: as the source shows them, else by language (EVIDENCE.md, "What it inherits from structure").

Where no levels show: a heading right after another is its sub-heading; so is one that narrows an open heading, and
one of a run of parallel headings under a heading that announces a division; any other starts anew. "From the
Guidelines" and "From the Research" hold what follows up to the next of them.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache, lru_cache

from pipeline.articles.data_files import alternatives, compiled, load
from pipeline.articles.shape import words_of
from pipeline.model.article import SectionRole

DEEPEST = 6  # levels, as in HTML; a deeper chain of headings goes on at this level
_WORD = re.compile(r"[^\W_][\w'’.+-]*[\w+]|[^\W_]")
_IN_BRACKETS = re.compile(r"\(([^()]*)\)")
_OF_WHOM = re.compile(r"(?<!\s)\s++(?:with|without|requiring|in|for|who|and)\s", re.IGNORECASE)
_OPENING = re.compile(r"(after|following|before|during|if|when)\s", re.IGNORECASE)
_TAIL = re.compile(r"(?:(?<!\s)\s++)?[:–—]\s+.*|(?<!\s)\s++(?:despite|after)\s+.*", re.IGNORECASE)


@dataclass(slots=True)
class Heading:
    """A heading on its way into the outline: `parent` is an index into the same list, None under the title."""

    text: str
    rank: int | None
    content: bool
    role: SectionRole = "body"
    parent: int | None = None
    level: int = 1
    first_part: int | None = None


@cache
def _roles() -> tuple[tuple[SectionRole, re.Pattern[str]], ...]:
    return tuple(
        (e["id"], compiled("headings.toml", f"role {e['id']}", e["pattern"]))
        for e in load("headings.toml")["role"]
    )


@cache
def _parts() -> tuple[tuple[str, re.Pattern[str]], ...]:
    return tuple(
        (e["id"], compiled("headings.toml", f"part {e['id']}", e["pattern"]))
        for e in load("headings.toml")["part"]
    )


@cache
def _announcing() -> tuple[tuple[frozenset[str], re.Pattern[str]], ...]:
    return tuple(
        (frozenset(e["parts"]), compiled("headings.toml", f"announces {e['id']}", e["pattern"]))
        for e in load("headings.toml")["announces"]
    )


@cache
def _any_of(key: str) -> re.Pattern[str]:
    return alternatives("headings.toml", key)


@lru_cache(maxsize=8192)
def role_of(text: str) -> SectionRole:
    """The part that a heading plays by its words.

    >>> role_of("From the Research"), role_of("References"), role_of("Monitoring")
    ('research', 'references', 'body')
    """
    bare = text.strip(" :.")
    if len(bare) > 80:
        return "body"
    return next((role for role, pattern in _roles() if pattern.fullmatch(bare)), "body")


def lay_out(headings: Sequence[Heading]) -> None:
    """Sets `parent`, `level` and `role` of each heading, in place. Linear, but for the depth of the outline."""
    for heading in headings:
        heading.role = role_of(heading.text)
    shown = {h.rank for h in headings if h.rank is not None}
    if len(shown) > 1 or (shown and any(h.rank is None for h in headings)):
        _by_rank(headings)
    else:
        _by_language(headings)
    for heading in headings:
        above = None if heading.parent is None else headings[heading.parent]
        heading.level = 1 if above is None else above.level + 1
        if heading.role == "body" and above is not None:
            heading.role = above.role


def _by_rank(headings: Sequence[Heading]) -> None:
    open_: list[int] = []
    for index, heading in enumerate(headings):
        rank = heading.rank or 7
        while open_ and (headings[open_[-1]].rank or 7) >= rank:
            open_.pop()
        heading.parent = open_[-1] if open_ else None
        open_.append(index)


def _by_language(headings: Sequence[Heading]) -> None:
    container: int | None = None
    path: list[int] = []  # the open headings, outermost first, without the container
    for index, heading in enumerate(headings):
        if heading.role != "body":
            container = index if heading.role in ("guidelines", "research") else None
            path = [] if container is not None else [index]
            heading.parent = None
            continue
        keep = _place(headings, index, path)
        path = path[:keep]
        heading.parent = path[-1] if path else container
        if path and headings[path[-1]].first_part is None:
            headings[path[-1]].first_part = index
        limit = DEEPEST - (container is not None)
        if len(path) < limit:
            path.append(index)


def _place(headings: Sequence[Heading], index: int, path: list[int]) -> int:
    """How many of the open headings stay open around heading `index`."""
    heading = headings[index]
    before = headings[index - 1]
    if path and path[-1] == index - 1 and not before.content and before.role == "body":
        return len(path)
    sense = _sense(heading.text)
    for place in range(len(path) - 1, -1, -1):
        above = headings[path[place]]
        if above.role != "body":
            continue
        part = above.first_part
        over = _sense(above.text)
        if _dependent(sense, over) and part is None and _ends_a_run(headings, path[place], path[:place]):
            continue
        if _narrows(sense, over) or _is_part(
            sense, over, None if part is None else _sense(headings[part].text)
        ):
            return place + 1
    return 0


def _ends_a_run(headings: Sequence[Heading], index: int, above: list[int]) -> bool:
    """Whether a heading is the last of parallel ones, none of which has parts: "Dosing" after them is for all of them."""
    beside = [h for h in headings[max(0, index - 20) : index] if above and h.parent == above[-1]]
    return bool(beside) and all(h.first_part is None for h in beside)


@dataclass(frozen=True, slots=True)
class _Sense:
    """What the words of a heading say for its place in the outline."""

    words: frozenset[str]
    topic: frozenset[str]
    traits: frozenset[str]
    announces: frozenset[str]
    plain: tuple[str, ...]


@lru_cache(maxsize=8192)
def _sense(heading: str) -> _Sense:
    text = _IN_BRACKETS.sub(" ", heading)
    generic, small = words_of("generic"), words_of("small")
    listed = _words(heading)
    topic = _words(_TAIL.sub("", text))
    traits: set[str] = set()
    if _any_of("part").search(text):
        traits |= {f"kind:{kind}" for kind, pattern in _parts() if pattern.search(text)}
    plain = [word for word in topic if word not in small]
    if plain:
        traits.add(f"last:{plain[-1]}")
        traits |= {f"last:{word}" for word in _words(_OF_WHOM.split(text.strip())[0])[1:][-1:]}
        if re.match(r"(?:with|without)\b", text, re.IGNORECASE):
            traits.add(f"whom:{' '.join(plain)}")
        named = words_of("work").isdisjoint(plain) and not words_of("dependent").issuperset(plain)
        if len(plain) <= 6 and named:
            traits.add("name")
            traits.add(f"first:{plain[0]}")
    opening = _OPENING.match(text)
    if opening is not None:
        traits.add(f"whom:{opening[1].lower()}")
    announces: frozenset[str] = frozenset()
    if _any_of("announces").search(heading):
        announces = frozenset(
            kind for kinds, pattern in _announcing() if pattern.search(heading) for kind in kinds
        )
    return _Sense(
        words=frozenset(listed) - generic,
        topic=frozenset(topic) - generic,
        traits=frozenset(traits),
        announces=announces,
        plain=tuple(word for word in listed if word not in small),
    )


def _words(text: str) -> list[str]:
    return [word.lower().removesuffix("'s").removesuffix("’s") for word in _WORD.findall(text)]


def _narrows(heading: _Sense, above: _Sense) -> bool:
    """Whether `heading` is about a part of what `above` is about: it names all of its topic again."""
    if not above.topic or not above.topic <= heading.words:
        return _dependent(heading, above) or _selects(heading, above)
    return words_of("leaving").isdisjoint(heading.words - above.words)


def _selects(heading: _Sense, above: _Sense) -> bool:
    """ "Preferred First-Line Agents" after "First-Line Options for Gout": it repeats a part and picks from it."""
    selectors = words_of("selectors")
    rest = heading.words - selectors
    return (
        rest != heading.words
        and rest <= above.words
        and bool(rest & _lines(above))
        and above.words.isdisjoint(selectors)
    )


def _lines(sense: _Sense) -> frozenset[str]:
    return frozenset(word for word in sense.words if word.endswith("-line"))


def _dependent(heading: _Sense, above: _Sense) -> bool:
    """ "Dosing" after the name of a drug."""
    return (
        0 < len(heading.plain) <= 3
        and words_of("dependent").issuperset(heading.plain)
        and "name" in above.traits
        and words_of("states").isdisjoint(above.plain)
        and not any(trait.startswith("kind:") for trait in above.traits)
    )


def _is_part(heading: _Sense, above: _Sense, first: _Sense | None) -> bool:
    """Whether `heading` is one of the parts that `above` announces, or is parallel to the `first` already under it."""
    kinds = {trait.removeprefix("kind:") for trait in heading.traits if trait.startswith("kind:")}
    if first is None:
        return bool(above.announces & (kinds | (heading.traits & {"name"})))
    shared = first.traits & heading.traits
    if any(trait.startswith("whom:") for trait in shared):
        # "Without Albuminuria" after "With Albuminuria", "After Surgery" after "After Radiotherapy"
        return True
    alike = any(trait.startswith(("last:", "first:")) for trait in shared)
    if any(trait.startswith("kind:") for trait in first.traits):
        same = {trait.removeprefix("kind:") for trait in shared if trait.startswith("kind:")}
        marked = "marker" in same and words_of("leaving").isdisjoint(heading.words - first.words)
        bare = len(first.plain) == len(heading.plain) == 1  # "Second-Line" after "First-Line"
        return bool(same) and (alike or marked or bare or bool(same & above.announces))
    return "name" in shared and not above.announces.isdisjoint({"name", "name-run"}) and not kinds
