"""Whether what an editor decided still is about what stands there."""

from __future__ import annotations

import hashlib
import json
import re
from collections import Counter
from collections.abc import Collection, Iterator, Mapping
from functools import cache
from importlib import resources
from typing import Any

from pipeline.changes.meaning import meaning_of
from pipeline.changes.partners import partners_as_named, partners_by_code, partners_otherwise
from pipeline.changes.rows import Row, cites, items, text
from pipeline.changes.words import wording, words_of

_NUMBER = r"\d+(?:[.,]\d+)*"
_DOSES = re.compile(
    rf"(?<![\w.]){_NUMBER}(?:\s*(?:[-/]|to)\s*{_NUMBER})*\s*-?(?:mg|g|mcg|[uµμ]g|ng|iu|units?|ml|mmol|times|x|"
    r"minutes?|min|hours?|h|d|days?|weeks?|wk|months?|mo|doses?|tablets?|capsules?|puffs?|drops?|sprays?)\b(?!\s*/\s*(?:[dm]?l|min)\b)"
)


def fingerprint(row: Row) -> str:
    """sha256 of what an editor judges: the meaning, and of the words those that could turn it. Where drug, disease or the other
    drugs of a combination have a code, further ones behind "+" in which it stands for the name: one of them stays when a name,
    or a code, is put right.

    The same for the same statement in another place, article or version, worded otherwise, or with another
    dose of another drug beside it; another as soon as a value of the meaning differs, a word of denial, exception,
    advice or permission comes or goes, or a number that is no dose.
    """
    meaning, turns = _judged(row)
    named = meaning | {"with_drugs": partners_as_named(row)}
    by_code = named | _codes(row)
    all_by_code = by_code | {"with_drugs": partners_by_code(row)}
    told = [
        named,
        *([by_code] if by_code != named else []),
        *([all_by_code] if all_by_code != by_code else []),
    ]
    return "+".join(dict.fromkeys(_sha([seen, *turns]) for seen in told))


def _judged(row: Row) -> tuple[dict[str, object], tuple[list[str], list[str]]]:
    return meaning_of(row), turns_of(wording(text(row, "quote"), cites(row)), cites(row))


def _codes(row: Row) -> dict[str, object]:
    return {name: code for name in ("drug", "disease") if (code := text(row, f"{name}_code"))}


def _by_other_names(row: Row) -> Iterator[str]:
    """The fingerprints of the same where one other drug of the combination had another of its names: of decisions that hold no
    codes of them, and for those that have none."""
    if not (others := partners_otherwise(row)):
        return
    meaning, turns = _judged(row)
    for names in others:
        named = meaning | {"with_drugs": names}
        yield _sha([named, *turns])
        yield _sha([named | _codes(row), *turns])


def _by_every_word(row: Row) -> str:
    """The fingerprint of decisions made before it looked at meaning: the meaning, with conditions word for word, and all words."""
    conditions = tuple(sorted({wording(str(v)) for v in items(row, "condition")}))
    meaning = {**meaning_of(row), "condition": conditions, "with_drugs": partners_as_named(row)}
    return _sha([meaning, wording(text(row, "quote"), cites(row))])


def fingerprint_corrected(row: Row, corrections: Mapping[str, str]) -> str:
    """What `saw` holds for a correction: the statement as it was seen, and as it was corrected.

    `corrections` are JSON texts by column. When the rules learn to read what the editor set, the decision still fits.
    """
    values = {name: json.loads(value) for name, value in corrections.items()}
    return f"{fingerprint(row)} {fingerprint({**row, **values})}"


def still_fits(row: Row, decision: Mapping[str, Any]) -> bool:
    """Whether the claim `row` is what the editor saw when deciding (a row of decisions), or what the editor made of it."""
    saw = str(decision.get("saw") or "").replace("+", " ").split()
    if not {*fingerprint(row).split("+")}.isdisjoint(saw):
        return True
    return _by_every_word(row) in saw or any(seen in saw for seen in _by_other_names(row))


def reads_as_corrected(row: Row, decision: Mapping[str, Any]) -> bool:
    """Whether the claim `row` is by itself what the editor made of it."""
    made = " ".join(str(decision.get("saw") or "").split()[1:]).replace("+", " ").split()
    return not set(fingerprint(row).split("+")).isdisjoint(made)


def turning_groups(row: Row) -> frozenset[str]:
    """The groups of turning words that the statement holds (`data/turning_words.tsv`).

    >>> sorted(turning_groups({"quote": "Do not give it unless nothing else helps."}))
    ['against', 'except']
    """
    return frozenset(told.split()[0] for told in turns_of(wording(text(row, "quote"), cites(row)))[0])


def _sha(seen: object) -> str:
    return hashlib.sha256(json.dumps(seen, sort_keys=True, ensure_ascii=False).encode()).hexdigest()


def turns_of(words: str, cited: Collection[int] = ()) -> tuple[list[str], list[str]]:
    """The groups of turning words in a wording, and the numbers that are neither doses nor `cited`; sorted.

    >>> turns_of("do not give 5 mg for 3 days if ferritin is >= 300 4", (4,))
    (['against 1'], ['300', '≥'])
    """
    groups, known = _groups(), {str(n) for n in cited}
    said = Counter(groups[w] for w in words_of(words) if w in groups)
    told = sorted(f"{name} {n}" if counted else name for (name, counted), n in said.items())
    rest = words_of(_DOSES.sub(" ", words.replace("<=", "≤").replace(">=", "≥")))
    return told, sorted(
        w for w in rest if not w[0].isalpha() and w != "=" and not {*re.split("[.,]", w)} <= known
    )


@cache
def _groups() -> dict[str, tuple[str, bool]]:
    """Turning word to its group, and whether its number counts (`data/turning_words.tsv`)."""
    raw = resources.files("pipeline.changes").joinpath("data/turning_words.tsv").read_text(encoding="utf-8")
    lines = [line.split("\t") for line in raw.splitlines() if line and not line.startswith("#")]
    return {word: (group, counted == "yes") for group, counted, words in lines[1:] for word in words.split()}
