"""The widest layer of the vocabulary: the drugs and diseases of the data packages, below the curated tables."""

from __future__ import annotations

import re

from pipeline.vocabulary import packages
from pipeline.vocabulary.builder import Builder
from pipeline.vocabulary.concept import CLASS, DISEASE, INGREDIENT
from pipeline.vocabulary.forms import Capitals, disease_name, natural, numbers
from pipeline.vocabulary.medicine_names import components, plain_name
from pipeline.vocabulary.rules import Rules
from pipeline.vocabulary.tables import table
from pipeline.vocabulary.words import key

_NOT_MEDICINE = re.compile(r"D(?:08|12|13|23|20|05)\b")


_ACTION = re.compile(r"D27\.505")


def add_package_drugs(builder: Builder, curated: set[str]) -> None:
    """Puts in the drugs and kinds of drugs of the data packages, below the `curated` names (keys), which they never change."""
    known = list(packages.terms(packages.DRUGS))
    plain = {key(t.name) for t in known} | curated
    canonical = {t.name.lower(): t.name.lower() for t in known}
    canonical |= {n: builder.entries[i][0] for n, i in builder.drugs.items()}
    combined = {frozenset(e[0].split("/")): e[0] for e in builder.entries if "/" in e[0]}
    curated_classes = {name for name, kind, _ in builder.entries if kind != INGREDIENT}
    for term in known:
        label = plain_name(term.name.lower(), plain)
        mixed = components(label, canonical)
        if mixed:
            label = combined.get(frozenset(mixed), "/".join(mixed))
        own = key(label)
        base = builder.without_salt(own)
        number = -1
        for candidate in (own, base):
            if candidate in builder.drugs and candidate in curated:
                number = builder.drugs[candidate]
                break
        trees = term.trees
        action = bool(trees) and all(t.startswith("D27") for t in trees)
        biological = bool(trees) and not term.medicine and all(_NOT_MEDICINE.match(t) for t in trees)
        if number < 0:
            if action and not any(_ACTION.match(t) for t in trees):
                continue
            name = natural(label) if ", " in label and term.mesh else label
            if not action and base != own and base in plain:
                name = base
            number = builder.entry(name, CLASS if action else INGREDIENT, "")
        its_name, its_kind, _ = builder.entries[number]
        if own == base and not mixed and (its_kind == INGREDIENT or its_name not in curated_classes):
            builder.entry(its_name, its_kind, builder.codes.get(("drug", term.name), term.code))
        for written in term.names:
            if mixed and " and " in written:
                continue  # two drugs in a text, a product only where it is named so
            _add_drug_name(builder, written, number, curated, broad_only=biological and own not in curated)


def _add_drug_name(
    builder: Builder, written: str, number: int, curated: set[str], *, broad_only: bool
) -> None:
    if ", " in written:
        return
    name = key(written)
    if name in curated or name in builder.stop_broad or len(name) < 4 or name.isdigit():
        return
    first = name.partition(" ")[0]
    if first in builder.stop_first:
        return
    if broad_only or name in builder.stop_drugs or first.isdigit() or (" " not in name and len(name) < 5):
        if len(name) > 4 or builder.is_stop(name):
            builder.broad.setdefault(name, number)
        return
    builder.drugs.setdefault(name, number)


_DISEASE_TREES = re.compile(r"C(?!22|23\.300\.(?!775)|2[0-9]\.000)|F03")


def add_package_diseases(builder: Builder, curated: set[str]) -> None:
    """Puts in the diseases of the data packages with the diseases above them, below the `curated` names (keys)."""
    renames = {r["heading"]: r["name"] for r in table("renames.tsv")}
    short = {
        key(form)
        for form, choices in Rules.load().abbreviations.items()
        if all(c.kind == DISEASE for c in choices)
    }
    capitals = Capitals([r["words"] for r in table("capitals.tsv")])
    by_tree: dict[str, str] = {}
    placed: list[tuple[str, tuple[str, ...]]] = []
    for term in packages.terms(packages.DISEASES):
        if not any(_DISEASE_TREES.match(t) for t in term.trees):
            continue
        number, stopped = -1, False
        heading = disease_name(term.name)
        meant = renames.get(heading) or capitals(heading)
        for written in (term.name, natural(term.name), heading, meant):
            name = key(written)
            if name in curated:
                number = builder.diseases[name]
                break
        if number < 0:
            stopped = key(term.name) in builder.stop_diseases
            if stopped and key(term.name) not in builder.too_general:
                continue
            number = builder.entry(meant, DISEASE, builder.codes.get(("disease", term.name), ""))
        canonical = builder.entries[number][0]
        for tree in term.trees:
            by_tree.setdefault(tree, canonical)
        placed.append((canonical, term.trees))
        if stopped:  # a group that is no disease of a recommendation stays a step of the hierarchy
            continue
        for written in (canonical, heading, *(w for n in term.names for w in (n, natural(n)))):
            if ", " in written or written.partition(" ")[0] in builder.stop_first:
                continue
            for form in (written, *numbers(written)):
                name = key(form)
                if name in curated or name in short or name in builder.stop_diseases or _too_short(name):
                    continue
                builder.diseases.setdefault(name, number)
    for canonical, trees in placed:
        if builder.parents.get(canonical):
            continue
        found: list[str] = []
        for tree in trees:
            parent = by_tree.get(tree.rpartition(".")[0])
            if parent and parent != canonical and parent not in found:
                found.append(parent)
        builder.parents[canonical] = found


def _too_short(name: str) -> bool:
    """Whether a package's name of a disease is likelier something else: "hard", "T all"."""
    return len(name) < 5 or all(len(word) < 4 for word in name.split())
