"""The shapes of chemical and disease names, compiled from the data files."""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import cache

from pipeline.vocabulary.tables import parts, table


@dataclass(frozen=True, slots=True)
class Shapes:
    """Regular expressions and word lists of broad mode; `Shapes.load()` gives those of the bundled files."""

    chemical: re.Pattern[str]
    not_chemical: frozenset[str]
    cations: frozenset[str]  # first words of salts of two words
    short: dict[str, str]
    code: re.Pattern[
        str
    ]  # the letters of a firm and a number: "SKF 525-A", "Org 10172", "Ro 15-4513", "L-365,260"
    not_code: re.Pattern[str]
    roles: frozenset[str]
    carriers: frozenset[str]
    tail: frozenset[str]
    not_acid: frozenset[str]
    process: tuple[str, ...]
    not_short: frozenset[str]
    ending: re.Pattern[str]
    not_disease: frozenset[str]
    heads: dict[str, bool]  # noun -> whether it is a disease alone
    body: frozenset[str]
    course: frozenset[str]
    nouns: frozenset[str]
    adjectives: dict[str, tuple[str, frozenset[str]]]  # word -> disease, the words of which one must follow
    ill: dict[str, str]  # short form of a disease, with its case -> name
    ill_form: re.Pattern[str]
    effects: frozenset[str]
    own: frozenset[str]
    not_person: frozenset[str]
    links: frozenset[str]

    @staticmethod
    @cache
    def load() -> Shapes:
        """Reads the data files once. Raises VocabularyError for a row that does not fit its schema."""
        rows = table("chemical_parts.tsv")
        end = "|".join(re.escape(r["part"]) for r in rows if r["place"] == "end")
        start = "|".join(re.escape(r["part"]) for r in rows if r["place"] == "start")
        inside = "|".join(re.escape(r["part"]) for r in rows if r["place"] == "inside")
        around: dict[str, list[str]] = {}
        for row in table("chemical_words.tsv"):
            around.setdefault(row["kind"], []).append(row["word"])
        endings = table("disease_endings.tsv")
        words = table("disease_modifiers.tsv")
        near: dict[str, list[str]] = {}
        for row in table("disease_words.tsv"):
            near.setdefault(row["kind"], []).append(row["word"])
        ill = {r["form"]: r["name"] for r in table("disease_short.tsv")}
        return Shapes(
            chemical=re.compile(rf"(?=[a-z]{{6}})(?:.*(?:{inside}).*|.*(?:{end})s?|(?:{start})[a-z]{{4,}})$"),
            not_chemical=frozenset(w for r in rows for w in parts(r["not"])),
            cations=frozenset(r["part"] for r in rows if r["place"] == "cation"),
            short={r["form"]: r["name"] for r in table("chemical_short.tsv")},
            code=_code(around["firm"]),
            not_code=re.compile("|".join(map(re.escape, around["no code"]))),
            roles=frozenset(around["role"]),
            carriers=frozenset(around["carrier"]),
            tail=frozenset(around["tail"]),
            not_acid=frozenset(around["no acid"]),
            process=tuple(around["process"]),
            not_short=frozenset(around["no short"]),
            ending=re.compile(rf"[a-z]+(?:{'|'.join(re.escape(r['ending']) for r in endings)})$"),
            not_disease=frozenset(w for r in endings for w in parts(r["not"])),
            heads={r["head"]: r["alone"] == "yes" for r in table("disease_heads.tsv")},
            body=frozenset(r["word"] for r in words if r["kind"] != "course"),
            course=frozenset(r["word"] for r in words if r["kind"] == "course"),
            nouns=frozenset(r["word"] for r in words if r["kind"] == "noun"),
            adjectives={
                r["word"]: (r["name"], frozenset(parts(r["only"]))) for r in table("disease_adjectives.tsv")
            },
            ill=ill,
            effects=frozenset(near["effect"]),
            own=frozenset(near["own"]),
            not_person=frozenset(near["no person"]),
            links=frozenset(near["link"]),
            ill_form=re.compile(rf"(?<![\w-])(?:{'|'.join(map(re.escape, ill))})(?!\w)"),
        )


def _code(firms: list[str]) -> re.Pattern[str]:
    known = "|".join(map(re.escape, firms))
    return re.compile(
        r"(?:(?<![\w-])|(?<=\)-))(?:[A-Z]{2,5}[- ]?\d{2,3}[,-]?\d{2,4}[A-Z]{0,2}(?:-\d|-[A-Z])?|[A-Z]{2,3}-\d{3,4}(?:-[A-Z\d])?|RU[- ]?\d{3}"
        r"|[A-Z]{1,3}[- ]\d{2,3},\d{2,4}(?:-\d)?[A-Z]?|[A-Z]-\d{3,6}[A-Z]?"
        rf"|(?:{known}|[A-Z]-[A-Z]{{2}})[- ](?:[A-Z] ?)?\d{{1,5}}(?:[,-]\d{{2,5}})?"
        r"(?:[A-Z]{1,2}\d{0,2}|-[A-Z\d])?)(?![\w-]|\s(?:[mkµμun]?g|mcg|m?L|ml|[mnµμ]?M|mmol|mEq|units?|IU)\b)"
    )
