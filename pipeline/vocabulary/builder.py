"""What the layers of the vocabulary are put into: entries, names, and the words that a name must not be."""

from __future__ import annotations

from typing import TypedDict

from pipeline.vocabulary.concept import DISEASE
from pipeline.vocabulary.tables import table
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
