"""How alike two claims are, as the same statement in two versions of an article."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass

from pipeline.changes.dosing import amount_of, duration_of, has_dose, rhythm_of
from pipeline.changes.meaning import SITUATION, meaning_of, name_key
from pipeline.changes.rows import Row, cites, items, start, text
from pipeline.changes.words import plain, wording, words_of

ALIKE = 0.5
"""Share of common words from which two statements count as the same one rewritten."""
OF_ONE_STUDY = 0.35
"""Share below which two sentences on studies are about two studies: they have no situation to tell them by."""
NEARLY_EQUAL = 0.8
"""Share from which a statement is the same though its disease is another now."""


@dataclass(frozen=True, slots=True)
class Known:
    """What alignment needs of one row, worked out once."""

    row: Row
    index: int
    claim_id: str
    drug: str
    disease: str
    order: tuple[object, ...]
    wording: str
    words: Counter[str]
    n_words: int
    meaning: tuple[object, ...]
    situation: tuple[object, ...]
    section: tuple[str, ...]
    role: str
    dosed: bool
    dose: tuple[object, ...]
    said: tuple[object, ...]


def know(row: Row, index: int, drug: str, disease: str) -> Known:
    """`row` prepared for comparison; `drug` and `disease` are the names that both versions share for it."""
    said_words = wording(text(row, "quote"), cites(row))
    meaning = meaning_of(row)
    words = Counter(words_of(said_words))
    section = tuple(name_key(str(h)) for h in items(row, "section"))
    dosed = has_dose(row)
    by_value = tuple(repr(meaning[name]) for name in sorted(meaning))
    return Known(
        row=row,
        index=index,
        claim_id=text(row, "claim_id"),
        drug=drug,
        disease=disease,
        order=(start(row), said_words, by_value, section, text(row, "claim_id")),
        wording=said_words,
        words=words,
        n_words=sum(words.values()),
        meaning=tuple(v for k, v in sorted(meaning.items()) if k not in ("drug", "disease")),
        situation=tuple(meaning[name] for name in SITUATION),
        section=section,
        role=text(row, "dose_role") if dosed else "",
        dosed=dosed,
        dose=(amount_of(row), rhythm_of(row), duration_of(row)),
        said=(meaning["direction"], meaning["strength"], meaning["certainty"]),
    )


def shared_words(a: Known, b: Known) -> float:
    """Dice coefficient of the two statements' words, 0 to 1."""
    if a.wording == b.wording:
        return 1.0
    total = a.n_words + b.n_words
    if not total:
        return 0.0
    fewer, more = (a.words, b.words) if len(a.words) <= len(b.words) else (b.words, a.words)
    return 2 * sum(min(n, more[w]) for w, n in fewer.items() if w in more) / total


def _situation(a: Known, b: Known) -> float:
    parts = []
    for left, right in zip(a.situation, b.situation, strict=True):
        if isinstance(left, tuple) and isinstance(right, tuple):
            union = len({*left, *right})
            parts.append(len({*left} & {*right}) / union if union else 1.0)
        else:
            parts.append(float(left == right))
    return sum(parts) / len(parts)


def _dose(a: Known, b: Known) -> float:
    if not a.dosed and not b.dosed:
        return 1.0
    if not (a.dosed and b.dosed):
        return 0.3
    same = sum(x == y for x, y in zip(a.dose, b.dose, strict=True)) / len(a.dose)
    return 0.5 * float(a.role == b.role) + 0.5 * same


def likeness(a: Known, b: Known) -> float | None:
    """0 to 1, or None where the two cannot be one claim that only changed.

    They can where they share half of their words, or where they say what is to be done in the same
    situation, however it is worded ("stays when only wording, strength, direction or dose change").
    A dose that plays another part in the regimen is another claim while both parts are stated.
    """
    words = shared_words(a, b)
    same_situation = a.situation == b.situation
    if words < ALIKE and not same_situation:
        return None
    if words < OF_ONE_STUDY and "evidence" in (a.situation[0], b.situation[0]):
        return None
    if a.dosed and b.dosed and a.role != b.role and words < ALIKE:
        return None
    score = 0.4 * words + 0.25 * _situation(a, b) + 0.2 * _dose(a, b)
    score += 0.06 * float(a.section == b.section) + 0.05 * float(a.said == b.said)
    return score + 0.04 * float(a.claim_id == b.claim_id)


def one_name(old: tuple[Row, ...], new: tuple[Row, ...], column: str) -> dict[str, str]:
    """Name to the name that both versions share for it, for `column` (drug or disease).

    Two names are one where they carry the same code (a vocabulary may rename), unless a version
    uses both: then the code is too coarse to name either.
    """
    by_code: dict[str, list[set[str]]] = {}
    sides: tuple[set[str], set[str]] = (set(), set())
    for side, rows in enumerate((old, new)):
        for row in rows:
            name = name_key(text(row, column))
            sides[side].add(name)
            code = plain(text(row, f"{column}_code"))
            if code:
                by_code.setdefault(code, [set(), set()])[side].add(name)
    shared = {name: name for name in sides[0] | sides[1]}
    for code in sorted(by_code):
        olds, news = by_code[code]
        if len(olds) == 1 and len(news) == 1:
            (before,), (after,) = olds, news
            if before not in sides[1]:
                shared[before] = after
    return shared
