"""Whether any phrase, said again and again, takes time that grows faster than the text.

    .venv/bin/python benchmarks/growth.py [--only WORDS] [--form NAME] [--size 32000] [--every 1] [--all-forms]

The phrases are the examples that the pattern files carry, the words of doses, and those of `growth_sentences.txt`. Each is
repeated in one sentence (joined by a comma, "and", "unless", an open bracket, ...), as sentences, lines, bullets, nested bullets, cells and rows of
tables, and headings; a phrase of `growth_sentences.txt` in every such form, one of the pattern files in two of them in turn (`--all-forms`: in all).
Each text is read (bytes to claims, CPU seconds) at an eighth and a third of `--size` characters and at `--size`; where its time per
character grows, or one takes long, it is measured again, and at three times that size as well.

Printed are the phrases whose time per character grows by more than 1.8 from an eighth to the whole, or that take more than 2 s per 100,000
characters and more than 0.15 s. Where the rows grow likewise (n drugs below headings of n diseases: the contract wants n times n rows), the time of a row is compared.
Exit code 1 where there is any. Takes half an hour of one core; `--every 10` a tenth of the phrases.
"""

from __future__ import annotations

import argparse
import json
import signal
import sys
import time
from collections.abc import Callable, Iterator
from pathlib import Path

from long_input import read

from pipeline.claims.seen import forget
from pipeline.model.errors import EvidenceError
from pipeline.vocabulary import Lexicon

ROOT = Path(__file__).resolve().parents[1]
TITLE = "Treatment of Rheumatoid Arthritis"
GROWTH, PER_100_000, LONGEST = 1.8, 2.0, 6.0
SHORT = 0.15  # seconds that any text may take
JOINTS = (", ", "; ", " and ", " or ", " but ", " unless ", " (", "; it ", ": ", " ")
Form = Callable[[str, int], tuple[str, str]]


class TooLongError(Exception):
    """A reading was broken off."""


def stop(*_: object) -> None:
    """The alarm's answer."""
    raise TooLongError


def joined(joint: str) -> Form:
    """One sentence."""
    return lambda unit, n: ("text/plain", f"{TITLE}\n\nWe say {joint.join([unit] * n)}.\n")


def page(body: str) -> tuple[str, str]:
    """A web page."""
    return "text/html", f"<h1>{TITLE}</h1>{body}"


def escaped(unit: str) -> str:
    """Words in HTML."""
    return unit.replace("&", "&amp;").replace("<", "&lt;")


def headed(unit: str, n: int) -> tuple[str, str]:
    """Headings, each above advice."""
    return page(f"<h2>{escaped(unit)}</h2><p>Give methotrexate.</p>" * n)


def columns(unit: str, n: int) -> tuple[str, str]:
    """Two rows of cells below a head."""
    rows = "".join(
        f"<tr><td>{name}</td>{f'<td>{escaped(unit)}</td>' * (n // 2)}</tr>" for name in ("naproxen", "zinc")
    )
    return page(f"<table><tr><th>Drug</th>{'<th>Dose</th>' * (n // 2)}</tr>{rows}</table>")


FORMS: dict[str, Form] = {
    **{repr(joint): joined(joint) for joint in JOINTS},
    "sentences": lambda unit, n: ("text/plain", f"{TITLE}\n\n{f'{unit}. ' * n}\n"),
    "lines": lambda unit, n: ("text/plain", f"{TITLE}\n\n" + f"{unit},\n" * n),
    "paragraphs": lambda unit, n: ("text/plain", f"{TITLE}\n\n" + f"{unit}.\n\n" * n),
    "bullets": lambda unit, n: ("text/plain", f"{TITLE}\n\nGive:\n\n" + f"• {unit}\n" * n),
    "nested": lambda unit, n: page(f"<ul>{f'<li>{escaped(unit)}<ul><li>{escaped(unit)}</li></ul></li>' * (n // 2)}</ul>"),
    "deep": lambda unit, n: page(f"<ul><li>{escaped(unit)}" * min(n, 400) + "</li></ul>" * min(n, 400)),
    "rows": lambda unit, n: page(f"<table><tr><th>Drug</th><th>Notes</th></tr>{f'<tr><td>zinc</td><td>{escaped(unit)}</td></tr>' * n}</table>"),
    "first cells": lambda unit, n: page(f"<table><tr><th>Drug</th><th>Dose</th></tr>{f'<tr><td>{escaped(unit)}</td><td>5 mg daily</td></tr>' * n}</table>"),
    "columns": columns,
    "headings": headed,
}  # fmt: skip


def phrases() -> Iterator[tuple[str, bool]]:
    """What is repeated, and whether in every form."""
    own = Path(__file__).with_name("growth_sentences.txt").read_text(encoding="utf-8")
    yield from ((line, True) for line in own.splitlines() if line)
    claims = ROOT / "pipeline" / "claims"
    for file in sorted(claims.glob("patterns/*.jsonl")):
        for line in file.read_text(encoding="utf-8").splitlines():
            said = json.loads(line)
            for words in (*said["finds"][:1], *said["leaves"][:1]):
                yield words.replace("[[", "").replace("]]", "").rstrip(" .\n"), False
    for file in sorted(claims.glob("doses/data/*.tsv")):
        for line in file.read_text(encoding="utf-8").splitlines()[1:]:
            yield f"zinc 5 mg {line.split(chr(9))[0]}", False


def took(unit: str, form: Form, size: int, lexicon: Lexicon) -> tuple[float, int]:
    """CPU seconds for such a text of about `size` characters, and its claims."""
    alone = len(form(unit, 2)[1]) - len(form(unit, 0)[1])
    media, text = form(unit, max(2, 2 * size // max(alone, 2)))
    claims = 0
    forget()
    start = time.process_time()
    signal.setitimer(signal.ITIMER_VIRTUAL, LONGEST)
    try:
        claims = len(read(media, text, lexicon)[1])
    except TooLongError:
        return LONGEST, 0
    except EvidenceError:
        pass
    finally:
        signal.setitimer(signal.ITIMER_VIRTUAL, 0)
    return time.process_time() - start, claims


def slow(seconds: float, size: int) -> bool:
    """Whether a text of this size takes too long, whatever others take."""
    return seconds > max(PER_100_000 * size / 100_000, SHORT)


def verdict(unit: str, form: Form, size: int, lexicon: Lexicon) -> str:
    """What is wrong with a phrase in a form; "" for nothing."""
    few, some, many = size // 8, size // 3, size
    told: dict[int, tuple[float, int]] = {n: took(unit, form, n, lexicon) for n in (few, some, many)}

    def fine() -> bool:
        grows = told[many][0] > told[few][0] * 8 * 1.25 and told[many][0] > SHORT
        return not grows and not any(slow(seconds, n) for n, (seconds, _) in told.items())

    if fine():
        return ""
    told = {n: min(one, took(unit, form, n, lexicon)) if one[0] < LONGEST else one for n, one in told.items()}
    if fine():
        return ""
    if told[many][0] < LONGEST / 9:
        told[size * 3] = took(unit, form, size * 3, lexicon)
        few, many = some, size * 3
    growth = told[many][0] / told[few][0] / (many / few)
    rows = max(1.0, told[many][1] / max(told[few][1], 1) / (many / few))
    late = [n for n, (seconds, claims) in told.items() if slow(seconds / rows, n)]
    if growth > GROWTH * rows or late:
        return (
            f"{growth:5.1f} times "
            + ", ".join(f"{n}: {s:.2f} s" for n, (s, _) in sorted(told.items()))
            + f", {told[many][1]} claims"
        )
    return ""


def main() -> int:
    """Prints what grows; 1 where anything does."""
    ask = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    ask.add_argument("--only", default="", help="only phrases with these words")
    ask.add_argument("--form", default="", help="only this form")
    ask.add_argument("--size", type=int, default=32_000, help="characters of a text")
    ask.add_argument("--every", type=int, default=1, help="only one of so many phrases")
    ask.add_argument("--first", type=int, default=0, help="from this phrase on")
    ask.add_argument("--all-forms", action="store_true", help="every phrase in every form")
    args = ask.parse_args()
    signal.signal(signal.SIGVTALRM, stop)
    lexicon = Lexicon.default()
    names = list(FORMS)
    known = [(k, *p) for k, p in enumerate(dict(phrases()).items()) if args.only in p[0]][
        args.first :: args.every
    ]
    tried = bad = 0
    for k, unit, everywhere in known:
        some = {names[(k + j) % len(names)] for j in (0, 7)}
        for name, form in FORMS.items():
            if (args.form and args.form != name) or not (
                args.form or args.all_forms or everywhere or name in some
            ):
                continue
            print(f"\r{k} {name:12} {unit[:60]:60}", end="", file=sys.stderr, flush=True)
            told = verdict(unit, form, args.size, lexicon)
            tried += 1
            if told:
                bad += 1
                print(f"{told}: {name} of {unit!r}", flush=True)
    print(f"{tried} texts of {len(known)} phrases, {bad} whose time grows faster than they do")
    return 1 if bad else 0


if __name__ == "__main__":
    sys.exit(main())
