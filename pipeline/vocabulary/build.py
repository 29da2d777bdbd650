"""Compiles the layers (data packages, curated tables, the user's files) into one index of plain dictionaries.

The index holds only what `marshal` can write: see `Index`. Later layers win over earlier ones.
"""

from __future__ import annotations

import itertools
import re
from typing import TypedDict

from pipeline.vocabulary import packages
from pipeline.vocabulary.concept import CLASS, DISEASE, INGREDIENT, PROCEDURE
from pipeline.vocabulary.forms import Capitals, disease_name, expand, natural, numbers, short_forms
from pipeline.vocabulary.medicine_names import components, plain_name
from pipeline.vocabulary.rules import Rules
from pipeline.vocabulary.tables import Row, parts, table
from pipeline.vocabulary.words import key

Entry = tuple[str, str, str]  # name, kind, code


class Index(TypedDict):
    """The compiled vocabulary. Numbers point into `entries`."""

    entries: list[Entry]
    drugs: dict[str, int]  # key of a name -> entry
    diseases: dict[str, int]
    broad: dict[str, int]  # chemicals that are medicines in no treatment advice: for broad mode
    drug_words: dict[str, int]  # first word of a name -> most words of a name that begins so
    disease_words: dict[str, int]
    broad_words: dict[str, int]
    drug_pairs: dict[str, int]  # first two words of a name -> most words of a name that begins so
    disease_pairs: dict[str, int]
    members: dict[str, list[str]]  # class -> drugs
    parents: dict[str, list[str]]  # disease -> nearest parents


class Builder:
    """Collects entries and names; a name given later replaces an earlier meaning."""

    def __init__(self) -> None:
        self.entries: list[Entry] = []
        self.numbers: dict[tuple[str, str], int] = {}
        self.drugs: dict[str, int] = {}
        self.diseases: dict[str, int] = {}
        self.broad: dict[str, int] = {}
        self.members: dict[str, set[str]] = {}
        self.parents: dict[str, list[str]] = {}
        stops = [(key(r["name"]), r["kind"], r["scope"]) for r in table("stop.tsv")]
        self.stop_drugs = {n for n, kind, _ in stops if kind in ("drug", "both")}
        self.stop_broad = {n for n, kind, scope in stops if kind in ("drug", "both") and scope == "never"}
        self.stop_diseases = {n for n, kind, _ in stops if kind in ("disease", "both")}
        self.too_general = {n for n, kind, scope in stops if kind == "disease" and scope == "clinical"}
        self.stop_first = {n for n, kind, _ in stops if kind == "first"}
        self.codes = {(r["kind"], r["heading"]): r["code"] for r in table("codes.tsv")}
        self.salts = tuple(" " + key(r["salt"]) for r in table("salts.tsv"))
        self.last_salts = {salt.rpartition(" ")[2] for salt in self.salts}

    def is_stop(self, name: str) -> bool:
        """Whether the stop list names it for treatment advice only, so that broad mode may have it."""
        return name in self.stop_drugs and name not in self.stop_broad

    def entry(self, name: str, kind: str, code: str) -> int:
        """The number of an entry, made at need; a code fills an empty one."""
        side = DISEASE if kind == DISEASE else "drug"
        if kind != DISEASE:
            name = name.lower()
        number = self.numbers.get((side, name))
        if number is None:
            number = self.numbers[side, name] = len(self.entries)
            self.entries.append((name, kind, code))
        elif code and not self.entries[number][2]:
            self.entries[number] = (name, self.entries[number][1], code)
        return number

    def without_salt(self, name_key: str) -> str:
        """The key of a name without its salt words, repeatedly (`metoprolol succinate` -> `metoprolol`)."""
        while name_key.rpartition(" ")[2] in self.last_salts:
            salt = max((x for x in self.salts if name_key.endswith(x)), key=len, default="")
            if not salt or len(name_key) <= len(salt) + 3:
                break
            name_key = name_key[: -len(salt)]
        return name_key


def build(extra: tuple[tuple[str, tuple[Row, ...]], ...] = ()) -> Index:
    """The whole index. `extra` are the user's layers: (name of the file, its rows) as `importers` write them."""
    builder = Builder()
    _curated_drugs(builder)
    curated = set(builder.drugs)
    _package_drugs(builder, curated)
    _class_members(builder)
    _curated_diseases(builder)
    curated_diseases = set(builder.diseases)
    _research_chemicals(builder)
    _package_diseases(builder, curated_diseases)
    for _, rows in extra:
        _user_rows(builder, rows, curated | curated_diseases)
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


def _curated_drugs(builder: Builder) -> None:
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


_NOT_MEDICINE = re.compile(r"D(?:08|12|13|23|20|05)\b")
_ACTION = re.compile(r"D27\.505")


def _package_drugs(builder: Builder, curated: set[str]) -> None:
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


def _research_chemicals(builder: Builder) -> None:
    for row in table("substances.tsv"):
        number = builder.entry(row["name"], INGREDIENT, "")
        for form in (row["name"], *numbers(row["name"])):
            builder.broad[key(form)] = number


def _class_members(builder: Builder) -> None:
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


def _curated_diseases(builder: Builder) -> None:
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


_DISEASE_TREES = re.compile(r"C(?!22|23\.300\.(?!775)|2[0-9]\.000)|F03")


def _package_diseases(builder: Builder, curated: set[str]) -> None:
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
