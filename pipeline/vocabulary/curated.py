"""The curated layer of the vocabulary: the project's own tables of drugs, classes, products, diseases and substances."""

from __future__ import annotations

import itertools

from pipeline.vocabulary import packages
from pipeline.vocabulary.builder import Builder
from pipeline.vocabulary.concept import CLASS, DISEASE, INGREDIENT, PROCEDURE
from pipeline.vocabulary.forms import expand, numbers, short_forms
from pipeline.vocabulary.tables import parts, table
from pipeline.vocabulary.words import key


def add_curated_drugs(builder: Builder) -> None:
    """Puts in the drugs, classes and procedures of the project's tables under all their written forms, and combinations of drugs."""
    for file, kind in (("drugs.tsv", INGREDIENT), ("classes.tsv", CLASS), ("procedures.tsv", PROCEDURE)):
        for row in table(file):
            number = builder.entry(row["name"], kind, row["code"])
            for form in (row["name"], *parts(row["names"])):
                forms = [form] if kind == INGREDIENT else expand(form)
                for written in forms:
                    if not short_forms(written):
                        builder.drugs.setdefault(key(written), number)
    _products(builder)


def _products(builder: Builder) -> None:
    """Combination products in any order of their parts, each under any of its plain names ("paracetamol/oxycodone")."""
    called = {row["name"]: _plain_names(row) for row in table("drugs.tsv") if "/" not in row["name"]}
    for row in table("drugs.tsv"):
        pieces = row["name"].split("/")
        if 1 < len(pieces) < 4:
            number = builder.drugs[key(row["name"])]
            for written in itertools.product(*(called.get(piece, [piece]) for piece in pieces)):
                for order in itertools.permutations(written):
                    builder.drugs.setdefault(key("/".join(order)), number)


def _plain_names(row: dict[str, str]) -> list[str]:
    """A drug's name and those that are neither brands nor sorts of it: one word, without a capital letter."""
    return [row["name"], *(n for n in parts(row["names"]) if n.isalpha() and n.islower())]


def add_class_members(builder: Builder) -> None:
    """Puts in which drugs belong to a class: those listed, those with its stem, those in its branches of MeSH, and the members of its members."""
    names = {e[0] for e in builder.entries if e[1] == INGREDIENT}
    by_tree: dict[str, list[str]] = {}
    rows = table("classes.tsv")
    wanted = {t for row in rows for t in parts(row["trees"])}
    if wanted:
        for term in packages.terms(packages.DRUGS):
            for tree in term.trees:
                for root in wanted:
                    if tree.startswith(root + "."):
                        number = builder.drugs.get(key(term.name))
                        if number is not None:
                            by_tree.setdefault(root, []).append(builder.entries[number][0])
    for row in rows:
        members = builder.members.setdefault(row["name"].lower(), set())
        members.update(m.lower() for m in parts(row["members"]))
        for stem in parts(row["stems"]):
            members.update(n for n in names if n.endswith(stem) and " " not in n)
        for root in parts(row["trees"]):
            members.update(by_tree.get(root, ()))
    for name in list(builder.members):
        _close(builder.members, name, set())


def _close(members: dict[str, set[str]], name: str, seen: set[str]) -> set[str]:
    """Members of a class with those of the classes inside it."""
    if name in seen:
        return members.get(name, set())
    seen.add(name)
    for member in list(members.get(name, ())):
        if member in members and member != name:
            members[name] |= _close(members, member, seen)
    return members.get(name, set())


def add_curated_diseases(builder: Builder) -> None:
    """Puts in the diseases of the project's tables, and those that two names together mean, with the diseases above them."""
    for row in table("diseases.tsv"):
        number = builder.entry(row["name"], DISEASE, row["code"])
        builder.parents[row["name"]] = parts(row["parents"])
        for form in (row["name"], *parts(row["names"])):
            for written in expand(form):
                if not short_forms(written):
                    builder.diseases.setdefault(key(written), number)
    for row in table("composites.tsv"):
        number = builder.entry(row["name"], DISEASE, "")
        builder.diseases.setdefault(key(row["name"]), number)
        builder.parents.setdefault(row["name"], parts(row["parents"]))


def add_research_chemicals(builder: Builder) -> None:
    """Puts in the substances that only research text names."""
    for row in table("substances.tsv"):
        number = builder.entry(row["name"], INGREDIENT, "")
        for form in (row["name"], *numbers(row["name"])):
            builder.broad[key(form)] = number
