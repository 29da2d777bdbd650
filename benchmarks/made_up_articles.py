"""Distinct articles made up for measuring, in the shapes of `raw/samples`: HTML pages and plain text, long and short.

Drugs and diseases are drawn from the vocabulary, doses, phrases and conditions at random, so that hardly any statement occurs
twice and no memory of statements helps. The same number and seed give the same article. They mean nothing.
"""

from __future__ import annotations

import html
import random
from dataclasses import dataclass

from pipeline.vocabulary import Lexicon

PHRASES = (
    "{drug} {dose} is conditionally recommended {when} [{cite}]",
    "{drug} is strongly recommended {when}, at {dose} [{cite}]",
    "{drug}: {dose}, {when} [{cite}]",
    "{drug} {dose} is an alternative {when} [{cite}]",
    "{drug} should NOT be used {when} [{cite}]",
    "{drug} {dose} may be considered as second-line therapy {when} [{cite}]",
    "{drug} combined with {other} is suggested {when} (weak recommendation, low certainty) [{cite}]",
    "In one trial of {n} patients, {drug} reduced the number of relapses {when} [{cite}]",
)
CONDITIONS = (
    "when eGFR is above {n} mL/min", "in adults aged {n} years or older", "if a score of {n} or more is reached",
    "in patients without organ damage", "unless it is not tolerated for {n} days", "after {n} weeks without response",
    "in pregnancy after week {n}", "in children above {n} kg",
)  # fmt: skip
HEADINGS = ("First-Line Therapy", "Alternative Options", "Special Populations", "Dosing", "Pitfalls to Avoid")
PROSE = (
    "The visit is planned {n} weeks ahead, and the plan is written down for whoever sees the patient next.",
    "Laboratory values are looked at every {n} weeks, and the patient hears of them by telephone.",
    "What was agreed is repeated at each visit, because half of it is forgotten after {n} days.",
)
UNITS = ("mg", "mg", "mg", "mg/kg", "g")
TIMES = ("once daily", "twice daily", "every 8 hours", "every 4 weeks", "daily for {n} days")


@dataclass(frozen=True, slots=True)
class Words:
    """Names to draw from."""

    drugs: tuple[str, ...]
    diseases: tuple[str, ...]

    @classmethod
    def of(cls, lexicon: Lexicon, diseases: int = 400) -> Words:
        """All drugs that belong to a class, and some diseases that have a place in the hierarchy."""
        drugs = sorted({d for members in lexicon.index["members"].values() for d in members if len(d) > 5})
        names = sorted(d for d in lexicon.index["parents"] if 1 < len(d.split()) < 4)
        chosen = random.Random(1).sample(names, min(diseases, len(names)))
        return cls(tuple(drugs), tuple(sorted(chosen)))


def article(number: int, words: Words, *, bullets: int = 20, seed: int = 1) -> tuple[str, str]:
    """The media type and the text of article `number`: about 3 to 4 kB with 20 bullets, 1 kB with 4."""
    chance = random.Random(f"{seed} {number}")
    disease = chance.choice(words.diseases)
    title = f"How is {disease} treated in case {number}?"
    dated = f"2025-{1 + number % 12:02}-{1 + number % 28:02}"
    sections = []
    for heading in chance.sample(HEADINGS, max(1, bullets // 5)):
        lines = [_statement(chance, words) for _ in range(min(bullets, 5))]
        sections.append((heading, lines, _filled(chance, chance.choice(PROSE))))
    make = _page if number % 2 else _text
    return make(title, dated, number, sections)


def _filled(chance: random.Random, text: str, **more: str) -> str:
    return text.format(n=chance.randint(2, 400), **more)


def _statement(chance: random.Random, words: Words) -> str:
    drug, other = (d[0].upper() + d[1:] for d in chance.sample(words.drugs, 2))
    amount = f"{chance.randint(1, 400) * 2.5:g} {chance.choice(UNITS)}"
    dose = f"{amount} {_filled(chance, chance.choice(TIMES))}"
    when = _filled(chance, chance.choice(CONDITIONS))
    cite = str(chance.randint(1, 9))
    return _filled(
        chance, chance.choice(PHRASES), drug=drug, other=other.lower(), dose=dose, when=when, cite=cite
    )


Sections = list[tuple[str, list[str], str]]


def _page(title: str, dated: str, number: int, sections: Sections) -> tuple[str, str]:
    body = "".join(
        f"<h2>{heading}</h2>\n<ul>\n" + "".join(f"<li>{html.escape(s)}</li>\n" for s in lines) + f"</ul>\n<p>{prose}</p>\n"
        for heading, lines, prose in sections
    )  # fmt: skip
    return "text/html", (
        f'<!DOCTYPE html>\n<html lang="en">\n<head>\n<meta charset="utf-8">\n<title>{html.escape(title)} | Made-Up Notes</title>\n'
        f'<meta property="article:modified_time" content="{dated}T08:00:00Z">\n<script>window.page = {{"n": {number}}};</script>\n'
        '</head>\n<body>\n<header><nav><ul><li><a href="/topics">Topics</a></li></ul></nav></header>\n<main><article>\n'
        f"<h1>{html.escape(title)}</h1>\n{body}<h2>References</h2>\n<ol><li>Made-up guideline. 2025.</li></ol>\n"
        '</article></main>\n<footer><p>For clinicians only. <a href="/privacy">Privacy</a></p></footer>\n</body>\n</html>\n'
    )


def _text(title: str, dated: str, number: int, sections: Sections) -> tuple[str, str]:
    body = "".join(
        f"{heading}\n\n" + "".join(f"  • {s}\n\n" for s in lines) + f"{prose}\n\n"
        for heading, lines, prose in sections
    )
    return (
        "text/plain",
        f"{title}\n\nLast updated: {dated}\n\n{body}References\n\n1. Made-up guideline. 2025.\n",
    )
