"""The vocabulary of the whole field, compiled once: any written name to its concept, classes, members, parents."""

from __future__ import annotations

from collections.abc import Mapping
from functools import cached_property, lru_cache
from pathlib import Path

from pipeline.vocabulary import cache
from pipeline.vocabulary.build import build, first_words
from pipeline.vocabulary.builder import Index
from pipeline.vocabulary.concept import DISEASE, INGREDIENT, Concept, Mention
from pipeline.vocabulary.find import find
from pipeline.vocabulary.forms import numbers
from pipeline.vocabulary.importers import read_layers
from pipeline.vocabulary.openings import Openings
from pipeline.vocabulary.rules import Rules
from pipeline.vocabulary.tables import table
from pipeline.vocabulary.words import key, normal, words


class Lexicon:
    """Names, classes and hierarchy of drugs and diseases. Make it with `Lexicon.default()`."""

    def __init__(self, index: Index, version: str) -> None:
        self.index = index
        self.version = version
        self.rules = Rules.load()
        self._concepts: list[Concept | None] = [None] * len(index["entries"])
        short = {normal(form) for form in self.rules.abbreviations}
        self.short_words = frozenset(short) | {form + "s" for form in short} | self.rules.eponyms.keys()
        # first words of all names and all short forms: no other word can begin a mention, but for INN stems
        self.lead = frozenset(index["drug_words"]) | frozenset(index["disease_words"]) | self.short_words
        self.openings = Openings(self)

    @staticmethod
    def default(folder: Path | None = None) -> Lexicon:
        """The full vocabulary, from the cache where it was built before, with the user's layers of `folder`.

        Without a folder the layers are those of `EVIDENCE_VOCABULARY`, where that is set.
        """
        return _load(folder if folder is not None and folder.is_dir() else cache.user_folder())

    def concept(self, number: int) -> Concept:
        """The concept behind a number of the index."""
        known = self._concepts[number]
        if known is None:
            known = self._concepts[number] = Concept(*self.index["entries"][number])
        return known

    def drug(self, name: str) -> Concept | None:
        """The drug, class or procedure that a name means, whatever its spelling; None for an unknown one.

        >>> Lexicon.default().drug("CellCept").name
        'mycophenolate mofetil'
        """
        exact = self.rules.abbreviations.get(name.strip())
        for choice in exact or ():
            if choice.kind != DISEASE:
                return self._named(choice.name, disease=False)
        wanted = key(name)
        number = self.index["drugs"].get(wanted, self._canonical.get((name, False)))
        if number is None:
            number = self.index["drugs"].get(self.rules.without_salt(wanted))
        return None if number is None else self.concept(number)

    def disease(self, name: str) -> Concept | None:
        """The disease that a name means; None for an unknown one.

        >>> Lexicon.default().disease("Diabetes Mellitus Type 2").name
        'type 2 diabetes mellitus'
        """
        for choice in self.rules.abbreviations.get(name.strip(), ()):
            if choice.kind == DISEASE:
                return self._named(choice.name, disease=True)
        number = self.index["diseases"].get(key(name), self._canonical.get((name, True)))
        return None if number is None else self.concept(number)

    def longer_disease(self, first: str, rest: str) -> Concept | None:
        """The disease that a word and the words after it mean; None where no name of several words begins with it."""
        return self.disease(f"{first} {rest}") if self.openings[normal(first)].diseases else None

    def _named(self, name: str, *, disease: bool) -> Concept:
        number = self._canonical.get((name, disease))
        return Concept(name, DISEASE if disease else INGREDIENT) if number is None else self.concept(number)

    @cached_property
    def _canonical(self) -> dict[tuple[str, bool], int]:
        return {(e[0], e[1] == DISEASE): i for i, e in enumerate(self.index["entries"])}

    def number_of(self, concept: Concept) -> int | None:
        """The number of a concept in the index, by its canonical name."""
        return self._canonical.get((concept.name, concept.kind == DISEASE))

    def members(self, class_name: str) -> frozenset[str]:
        """The drugs of a class, with those of the classes inside it; empty for what is no class."""
        return frozenset(self.index["members"].get(class_name, ()))

    @cached_property
    def _classes(self) -> dict[str, tuple[str, ...]]:
        found: dict[str, list[str]] = {}
        sizes = {name: len(drugs) for name, drugs in self.index["members"].items()}
        for name in sorted(sizes, key=lambda n: (sizes[n], n)):
            for drug in self.index["members"][name]:
                found.setdefault(drug, []).append(name)
        return {drug: tuple(names) for drug, names in found.items()}

    def classes(self, drug: str) -> tuple[str, ...]:
        """The classes that a drug belongs to, the narrowest first."""
        return self._classes.get(drug, ())

    def ancestors(self, disease: str) -> tuple[str, ...]:
        """All diseases above a disease, the nearest first; empty for the broadest and the unknown."""
        parents = self.index["parents"]
        found: list[str] = []
        level = list(parents.get(disease, ()))
        while level:
            found += [p for p in dict.fromkeys(level) if p not in found and p != disease]
            level = [q for p in level for q in parents.get(p, ()) if q not in found and q != disease]
        return tuple(found)

    def might_mention(self, text: str) -> bool:
        """Whether a text may name a drug: far cheaper than finding, and never False where the finder finds one."""
        known = self.openings
        return any(known[norm].may_be_drug for norm in words(text).norms)

    @cached_property
    def broad_names(self) -> tuple[dict[str, int], dict[str, int]]:
        """All names of chemicals, also those that are no medicines, and the most words by first word."""
        names = {**self.index["broad"], **self.index["drugs"]}
        first = dict(self.index["broad_words"])
        for word, size in self.index["drug_words"].items():
            first[word] = max(size, first.get(word, 0))
        return names, first

    @cached_property
    def conditions(self) -> tuple[dict[str, str], dict[str, int]]:
        """Key -> name of what only research text counts as a disease, and the most words by first word.

        The name is empty for a phrase that holds a disease's word and names none ("cell death").
        """
        rows = [r["name"] for r in table("findings.tsv")]
        stops = table("stop.tsv")
        rows += [r["name"] for r in stops if r["kind"] in ("disease", "both") and r["scope"] == "clinical"]
        names = {key(form): name for name in rows for form in (name, *numbers(name))}
        names |= dict.fromkeys(self.phrases, "")
        return names, first_words(dict.fromkeys(names, 0))

    @cached_property
    def phrases(self) -> frozenset[str]:
        """Phrases that hold the word of a disease or chemical and name none ("cell death", "gold standard")."""
        rows = [r["name"] for r in table("stop.tsv") if r["kind"] == "phrase"]
        return frozenset(key(form) for name in rows for form in (name, *numbers(name)))

    @cached_property
    def protein_words(self) -> frozenset[str]:
        """Words that say that a name is a protein, gene or receptor, which broad mode does not count as a chemical."""
        return frozenset(key(r["name"]) for r in table("stop.tsv") if r["kind"] == "protein")

    @cached_property
    def _substances(self) -> frozenset[str]:
        return frozenset(r["name"] for r in table("substance_classes.tsv"))

    def is_substance_class(self, name: str) -> bool:
        """Whether a class is one of substances ("benzodiazepines"), not of what they are used for ("antidepressants")."""
        return name in self._substances

    def find_broad(self, text: str) -> tuple[list[Mention], list[Mention]]:
        """The chemicals and the diseases of research text (see `pipeline.vocabulary.broad`)."""
        from pipeline.vocabulary.broad import find_broad

        return find_broad(self, text)

    def find(
        self, text: str, local: Mapping[str, list[str]] | None = None
    ) -> tuple[list[Mention], list[Mention]]:
        """The drugs and the diseases that a text names, in one go; `local` are the article's own abbreviations."""
        return find(self, text, local or {})

    def find_drugs(self, text: str, local: Mapping[str, list[str]] | None = None) -> list[Mention]:
        """The drugs, classes and procedures that a text names, in order, none overlapping."""
        return _find(self, text, _frozen(local))[0]

    def find_diseases(self, text: str, local: Mapping[str, list[str]] | None = None) -> list[Mention]:
        """The diseases that a text names, in order, none overlapping."""
        return _find(self, text, _frozen(local))[1]


Local = tuple[tuple[str, tuple[str, ...]], ...]


def _frozen(local: Mapping[str, list[str]] | None) -> Local:
    return tuple((form, tuple(value)) for form, value in local.items()) if local else ()


@lru_cache(maxsize=16)
def _find(lexicon: Lexicon, text: str, local: Local) -> tuple[list[Mention], list[Mention]]:
    return find(lexicon, text, dict(local))


def _load(extra: Path | None) -> Lexicon:
    return _made(extra, cache.stamp(extra))


@lru_cache(maxsize=4)
def _made(extra: Path | None, _stamp: tuple[tuple[str, int], ...]) -> Lexicon:
    named = cache.version(extra)
    return Lexicon(cache.cached(named, lambda: build(read_layers(extra))), named)
