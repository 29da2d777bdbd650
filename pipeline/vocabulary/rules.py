"""The small data files that the finders ask at every word: abbreviations, stems, salts, contexts, connectors."""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import cache

from pipeline.vocabulary.concept import CLASS, DISEASE, INGREDIENT, PROCEDURE
from pipeline.vocabulary.forms import short_forms
from pipeline.vocabulary.tables import parts, table
from pipeline.vocabulary.words import key

_SOURCES = (
    ("drugs.tsv", INGREDIENT),
    ("classes.tsv", CLASS),
    ("procedures.tsv", PROCEDURE),
    ("diseases.tsv", DISEASE),
)


@dataclass(frozen=True, slots=True)
class Choice:
    """One meaning of an abbreviation; where `context` is not empty, one of its words must stand in the text."""

    kind: str
    name: str
    context: frozenset[str]


@dataclass(frozen=True, slots=True)
class Rules:
    """All small rules, compiled. `Rules.load()` gives the one of the bundled files."""

    abbreviations: dict[str, tuple[Choice, ...]]
    ambiguous: tuple[str, ...]  # abbreviations whose meaning other words of the article settle, sorted
    stem: re.Pattern[str]
    stem_tails: frozenset[str]  # the last three letters that a word with a stem can have
    not_stems: frozenset[str]
    endings: tuple[str, ...]  # " succinate", " xr": what a name may end with and does without
    salts: frozenset[str]  # the single words of these that belong to the words of the drug
    before: dict[str, frozenset[str]]  # words that, before a name, say that it is no medicine here
    after: dict[str, frozenset[str]]
    makes_disease: frozenset[str]  # words that make a disease of the drug before them ("opioid overdose")
    eponyms: dict[str, str]  # key of a name -> the disease that its possessive alone means
    causes: dict[str, str]  # key -> word that tells a disease right behind it by its cause ("tuberculous")
    composites: dict[tuple[str, str], str]
    heads: frozenset[str]
    head_first: re.Pattern[str]
    partner_first: re.Pattern[str]

    def without_salt(self, name: str) -> str:
        """A key without its salt words."""
        again = True
        while again:
            again = False
            for salt in self.endings:
                if name.endswith(salt) and len(name) > len(salt) + 3:
                    name, again = name[: -len(salt)], True
        return name

    @staticmethod
    @cache
    def load() -> Rules:
        """The rules of the bundled data files. Raises VocabularyError for a row that does not fit its schema."""
        short: dict[str, list[Choice]] = {}
        for row in table("abbreviations.tsv"):
            context = frozenset(key(w) for w in parts(row["context"]))
            for form in parts(row["form"]):
                name = row["name"] if row["kind"] == DISEASE else row["name"].lower()
                short.setdefault(form, []).append(Choice(row["kind"], name, context))
        for file, kind in _SOURCES:
            for row in table(file):
                for name in (row["name"], *parts(row["names"])):
                    for form in short_forms(name):
                        if form not in short:
                            canonical = row["name"] if kind == DISEASE else row["name"].lower()
                            short[form] = [Choice(kind, canonical, frozenset())]
        ends: list[str] = []
        guards: set[str] = set()
        for row in table("stems.tsv"):
            ends.append(re.escape(row["stem"]))
            guards.update(parts(row["not"]))
        made: set[str] = set()
        before: dict[str, frozenset[str]] = {}
        after: dict[str, frozenset[str]] = {}
        for row in table("contexts.tsv"):
            if row["side"] == "disease":
                made.update(parts(row["words"]))
                continue
            side = before if row["side"] == "before" else after
            for name in parts(row["name"]):
                side[name] = side.get(name, frozenset()) | frozenset(parts(row["words"]))
        rows = table("composites.tsv")
        return Rules(
            abbreviations={form: tuple(choices) for form, choices in short.items()},
            ambiguous=tuple(sorted(f for f, choices in short.items() if any(c.context for c in choices))),
            stem=re.compile(rf"^[a-z]{{3,}}(?:{'|'.join(ends)})$"),
            stem_tails=frozenset(row["stem"][-3:] for row in table("stems.tsv")),
            not_stems=frozenset(guards),
            endings=tuple(" " + key(r["salt"]) for r in table("salts.tsv")),
            salts=frozenset(key(r["salt"]) for r in table("salts.tsv") if r["kind"] == "salt"),
            before=before,
            after=after,
            makes_disease=frozenset(made),
            eponyms={key(r["eponym"]): r["name"] for r in table("eponyms.tsv")},
            causes={key(r["word"]): r["word"] for r in table("causes.tsv")},
            composites={(r["head"], r["partner"]): r["name"] for r in rows},
            heads=frozenset(r["head"] for r in rows),
            head_first=_connectors("head first"),
            partner_first=_connectors("partner first"),
        )


def _connectors(order: str) -> re.Pattern[str]:
    wanted = [
        re.escape(r["words"]).replace(r"\ ", r"[ \u00a0-]").replace(r"\*", r"[\w-]+(?:[ \u00a0][\w-]+){0,3}")
        for r in table("connectors.tsv")
        if r["order"] == order
    ]
    wanted.sort(key=len, reverse=True)
    return re.compile(rf"\s?[-‐-―/]\s?|\s|[ -]?(?:{'|'.join(wanted)})[ -]", re.IGNORECASE)
