"""Which classes a drug belongs to and which diseases a disease is a kind of, as reconciliation asks for them."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from functools import cache
from typing import Protocol


class Hierarchy(Protocol):
    """What is asked of a vocabulary; `pipeline.vocabulary.Lexicon` answers it."""

    def classes(self, drug: str) -> Iterable[str]:
        """Canonical names of the classes that `drug` belongs to."""
        ...

    def members(self, class_name: str) -> Iterable[str]:
        """Canonical names of the drugs in a class; empty for an ingredient."""
        ...

    def ancestors(self, disease: str) -> Iterable[str]:
        """Canonical names of the broader diseases, nearest first."""
        ...


@dataclass(frozen=True, slots=True)
class PlainHierarchy:
    """A hierarchy in two dicts: class -> its members, disease -> its broader diseases, nearest first.

    >>> PlainHierarchy({"statins": ["atorvastatin"]}).classes("atorvastatin")
    ('statins',)
    """

    drug_classes: Mapping[str, Iterable[str]] = field(default_factory=dict)
    broader: Mapping[str, Iterable[str]] = field(default_factory=dict)

    def classes(self, drug: str) -> tuple[str, ...]:
        """The classes that name `drug` as a member, sorted."""
        return tuple(sorted(name for name, members in self.drug_classes.items() if drug in set(members)))

    def members(self, class_name: str) -> frozenset[str]:
        """The members of `class_name`."""
        return frozenset(self.drug_classes.get(class_name, ()))

    def ancestors(self, disease: str) -> tuple[str, ...]:
        """The broader diseases of `disease`, nearest first."""
        return tuple(self.broader.get(disease, ()))


@cache
def default_hierarchy() -> Hierarchy:
    """The vocabulary of the product, loaded at first use."""
    from pipeline.vocabulary import Lexicon

    return Lexicon.default()  # type: ignore[no-any-return,unused-ignore]
