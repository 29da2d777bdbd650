"""Input that no editor would write: time must grow with its length, and places must be right.

    .venv/bin/python benchmarks/long_input.py [--quick] [--only WORDS]

Each input is read at a quarter, a half and the whole of its size (bytes to claims, CPU seconds). From a quarter to the whole a linear
reader takes 4 times as long, a quadratic one 16 times; more than 7 is told as NOT linear. Every claim's quote and every drug's
place is compared with the canonical text.
"""

from __future__ import annotations

import argparse
import datetime as dt
from collections.abc import Callable

from long_tables import table_cases
from speed_corpus import in_turns

from pipeline.articles import read_article
from pipeline.claims import extract_claims
from pipeline.claims.seen import forget
from pipeline.model import Article, Claim, Snapshot
from pipeline.model.errors import EvidenceError
from pipeline.vocabulary import Lexicon

LIMIT = 7.0
ENDINGS = {"text/html": "html", "text/markdown": "md", "text/plain": "txt"}
TITLE = "Treatment of Rheumatoid Arthritis\n\n"
ADVICE = "Rheumatoid arthritis should be treated with methotrexate 15 mg once weekly"


def one_sentence(size: int) -> str:
    """A sentence of `size` characters with a drug, a dose and a condition in every part."""
    parts = ["methotrexate 15 mg once weekly if CRP is high", "adalimumab 40 mg every 2 weeks", "not infliximab (weak evidence)"]  # fmt: skip
    words = ", and ".join(parts) + ", and "
    return TITLE + "We recommend " + words * (size // len(words)) + "rest."


def one_word_salad(size: int) -> str:
    """Plain words without any full stop."""
    words = "the treatment of the patient is a matter for those who care about them and "
    return TITLE + words * (size // len(words)) + ADVICE + "."


def many_drugs(count: int, drugs: list[str]) -> str:
    """A bullet that lists `count` drugs."""
    return TITLE + "The following are recommended:\n\n• " + ", ".join(drugs[:count]) + "\n"


def drugs_in_clauses(count: int) -> str:
    """A sentence of `count` clauses that each name a drug, some with another in brackets."""
    return f"{TITLE}We recommend {'methotrexate; adalimumab (infliximab); ' * (count // 2)}and rest.\n"


def bullets(count: int, drugs: list[str]) -> str:
    """`count` bullets of one drug each."""
    return (
        TITLE + "The following are recommended:\n\n" + "".join(f"• {n}: 5 mg daily\n" for n in drugs[:count])
    )


def deep_list(depth: int) -> str:
    """A list inside a list inside a list."""
    return "<h1>Treatment of Rheumatoid Arthritis</h1>" + f"<ul><li>{ADVICE}" * depth + "</li></ul>" * depth


def deep_tables(depth: int) -> str:
    """A table inside a cell of a table."""
    return f"<h1>Treatment of Rheumatoid Arthritis</h1>{'<table><tr><td>x' * depth}{'</td></tr></table>' * depth}<p>{ADVICE}.</p>"


def brackets(count: int) -> str:
    """Brackets that open and never close, and dashes."""
    return TITLE + "Give methotrexate " + "(if " * count + "15 mg - " * count + "daily.\n"


def no_words(size: int) -> str:
    """Digits, signs and full stops."""
    return TITLE + ADVICE + ".\n\n" + "1.2.3,4-5/6 [7,8] " * (size // 18)


def between_drugs(size: int) -> str:
    """Full stops, brackets and lone signs between a drug with its dose and the next drug."""
    return f"{TITLE}{ADVICE} in adults, {'..- () / [1] a; ' * (size // 16)}, and adalimumab 40 mg should be avoided.\n"


def many_diseases(count: int) -> str:
    """A disease named `count` times in one sentence."""
    return f"{TITLE}{ADVICE} in {'rheumatoid arthritis and ' * count}gout.\n"


def disease_in_clauses(count: int) -> str:
    """A sentence of `count` clauses that each name a drug and another disease."""
    return f"{TITLE}We recommend {'methotrexate for gout; ' * count}and rest.\n"


def drugs_for(count: int, drugs: list[str]) -> str:
    """A sentence of `count` drugs, each for its disease."""
    named = ", ".join(
        f"{drugs[n % len(drugs)]} for {('gout', 'asthma', 'anemia')[n % 3]}" for n in range(count)
    )
    return f"{TITLE}Give {named}.\n"


def doses_in_brackets(count: int) -> str:
    """A sentence of `count` doses of one drug, each with a bracket."""
    return f"{TITLE}Give methotrexate {' or '.join(f'{n + 5} mg (oral)' for n in range(count))}.\n"


def also_have(count: int) -> str:
    """A list of `count` diseases that the patients also have."""
    return f"{TITLE}{ADVICE} in patients with {'gout, anemia, ' * (count // 2)}or asthma.\n"


def grades_alone(count: int) -> str:
    """`count` sentences that are a grade and nothing else."""
    return f"{TITLE}{ADVICE}. {'Grade A. ' * count}\n"


def strange_letters(count: int) -> str:
    """Right-to-left letters, emoji, combining marks, zero width characters and typographic spaces around advice."""
    line = (
        "• \u202bيجب العلاج\u202c 💊👩🏽‍⚕️ Rheuma\u0301toid\u00a0arthritis should be treated with metho\u200btrexate 15\u202fmg once weekly; "
        "infli\u00adximab 3\u2009mg/kg İ\u0307 every 8 weeks 🧪.\n"
    )
    return TITLE + line * count


def main() -> None:
    """Prints a table; ends with status 1 where growth is not linear or a place is wrong."""
    parser = argparse.ArgumentParser(description="Input that no editor would write.")
    parser.add_argument("--quick", action="store_true", help="a tenth of the sizes")
    parser.add_argument("--only", default="", help="only the inputs whose name has these words")
    options = parser.parse_args()
    small = 10 if options.quick else 1
    lexicon = Lexicon.default()
    drugs = sorted(e[0] for e in lexicon.index["entries"] if e[1] == "ingredient" and e[0].isalpha())
    cases: list[tuple[str, int, str, Callable[[int], str]]] = [
        ("one sentence of advice (characters)", 1_000_000, "text/plain", one_sentence),
        ("one sentence of plain words (characters)", 1_000_000, "text/plain", one_word_salad),
        ("drugs in one bullet", 10_000, "text/plain", lambda n: many_drugs(n, drugs)),
        ("drugs in clauses of one sentence", 5_000, "text/plain", drugs_in_clauses),
        ("bullets of one drug", 4_000, "text/plain", lambda n: bullets(n, drugs)),
        ("lists in lists (HTML)", 1_000, "text/html", deep_list),
        ("tables in tables (HTML)", 4_000, "text/html", deep_tables),
        ("dashes behind a drug", 20_000, "text/plain", lambda n: f"{TITLE}{ADVICE} {'a – ' * n}a.\n"),
        ("open brackets", 4_000, "text/plain", brackets),
        ("digits and signs (characters)", 400_000, "text/plain", no_words),
        ("signs between two drugs (characters)", 100_000, "text/plain", between_drugs),
        ("one disease again and again", 4_000, "text/plain", many_diseases),
        ("drugs and diseases in clauses", 4_000, "text/plain", disease_in_clauses),
        ("diseases that patients also have", 2_000, "text/plain", also_have),
        ("grades alone", 8_000, "text/plain", grades_alone),
        ("diseases of one drug each", 4_000, "text/plain", lambda n: drugs_for(n, drugs)),
        ("doses in brackets", 4_000, "text/plain", doses_in_brackets),
        (
            "citations of one sentence",
            20_000,
            "text/plain",
            lambda n: f"{TITLE}{ADVICE}{' and words [7]' * n}.\n",
        ),
        (
            "sentences that grade",
            4_000,
            "text/plain",
            lambda n: TITLE + f"{ADVICE}. This is a strong recommendation. " * n,
        ),
        (
            "lines of one paragraph",
            40_000,
            "text/plain",
            lambda n: TITLE + f"{ADVICE},\n" + "and so on and so forth,\n" * n,
        ),
        (
            "what was used once",
            8_000,
            "text/plain",
            lambda n: TITLE + "Zinc was previously used " * n + ".\n",
        ),
        ("notes of drugs that are out", 8_000, "text/plain", lambda n: f"{TITLE}{'zinc out, ' * n}\n"),
        (
            "patients in whom a drug is contraindicated",
            4_000,
            "text/plain",
            lambda n: f"{TITLE}{'in patients with asthma in whom zinc is contraindicated, ' * n}\n",
        ),
        (
            "what another drug is given for",
            4_000,
            "text/plain",
            lambda n: f"{TITLE}{'glucagon for atenolol or sotalol, ' * n}\n",
        ),
        (
            "drugs with another in brackets",
            8_000,
            "text/plain",
            lambda n: f"{TITLE}{'adalimumab (or infliximab), ' * n}\n",
        ),
        ("reasons", 8_000, "text/plain", lambda n: TITLE + "zinc raises it, so copper is used " * n + ".\n"),
        ("strange letters (bullets)", 1_000, "text/plain", strange_letters),
        *table_cases(drugs),
    ]
    read("text/plain", TITLE + ADVICE + ".", lexicon)
    bad = 0
    print(f"{'':42}{'size':>10}{'n':>9}{'2n':>9}{'4n s':>9}{'growth':>8}{'claims':>8}  places")
    for name, size, media, make in cases:
        if options.only not in name:
            continue
        size //= small
        seconds, last = [], ""
        wrong = 0
        for n in (size // 4, size // 2, size):
            text = make(n)
            found: list[str] = []
            claims: list[Claim] = []

            def run(
                media: str = media, text: str = text, found: list[str] = found, claims: list[Claim] = claims
            ) -> None:
                found[:] = [""]
                claims.clear()
                forget()
                try:
                    article, got = read(media, text, lexicon)
                    claims += got
                    found[0] = article.text
                except EvidenceError as error:
                    found[0] = error.code

            took = in_turns((run,), 1)[0]
            seconds.append(took if took > 1 else min(took, *in_turns((run, run), 1)))
            wrong += wrong_places(found[0], claims)
            last = f"{len(claims)}"
        growth = seconds[2] / max(seconds[0], 1e-3)
        verdict = "" if growth <= LIMIT else "  NOT linear"
        bad += bool(verdict) + bool(wrong)
        print(f"{name:42}{size:>10,}{seconds[0]:>9.2f}{seconds[1]:>9.2f}{seconds[2]:>9.2f}{growth:>8.1f}{last:>8}  {wrong or 'right'}{verdict}", flush=True)  # fmt: skip
    raise SystemExit(1 if bad else 0)


def read(media: str, text: str, lexicon: Lexicon) -> tuple[Article, tuple[Claim, ...]]:
    """An article of these words and its claims."""
    content = text.encode()
    snapshot = Snapshot(
        content=content,
        sha256="0" * 64,
        location=f"made.{ENDINGS[media]}",
        fetched_at=dt.datetime(2026, 1, 1, tzinfo=dt.UTC),
        media_type=media,
    )
    article = read_article(snapshot)
    return article, extract_claims(article, lexicon=lexicon)


def wrong_places(text: str, claims: list[Claim]) -> int:
    """How many claims point at other words than their own."""
    wrong = 0
    for claim in claims:
        right = text[claim.char_start : claim.char_end] == claim.quote
        for mark in claim.provenance:
            if mark.field == "drug" and mark.start >= 0:
                right = right and text[mark.start : mark.end] == claim.drug_text
        wrong += not right
    return wrong


if __name__ == "__main__":
    main()
