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
A_FEW = 0.2
"""Share from which two statements may be one rewritten, where their situations are nearly the same."""
NEARLY_SAME = 0.75
"""Likeness of two situations, 0 to 1, from which they may be one told otherwise."""
_JOINING = 4
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
    limits: Counter[str]
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
        limits=Counter(w for c in items(row, "condition") for w in words_of(wording(str(c))) if _tells(w)),
        section=section,
        role=text(row, "dose_role") if dosed else "",
        dosed=dosed,
        dose=(amount_of(row), rhythm_of(row), duration_of(row)),
        said=(meaning["direction"], meaning["strength"], meaning["certainty"]),
    )


def _tells(word: str) -> bool:
    """Whether a word of a condition tells it from others: short words join, they name nothing."""
    return len(word) > _JOINING or not word.isalpha()


def shared_words(a: Known, b: Known) -> float:
    """Dice coefficient of the two statements' words, 0 to 1."""
    if a.wording == b.wording:
        return 1.0
    return _dice(a.words, b.words, a.n_words + b.n_words)


def _dice(a: Counter[str], b: Counter[str], total: int) -> float:
    if not total:
        return 0.0
    fewer, more = (a, b) if len(a) <= len(b) else (b, a)
    return 2 * sum(min(n, more[w]) for w, n in fewer.items() if w in more) / total


class _Situations:
    """How two situations agree, part by part: 1 where a part is the same, 0.5 where one side is silent on it, less where
    both state it and share some of it (settings, words of the conditions), 0 where they share nothing of it."""

    def __init__(self, a: Known, b: Known) -> None:
        self.shares: list[float] = []
        self.apart = False
        self.stated = False
        for name, left, right in zip(SITUATION, a.situation, b.situation, strict=True):
            if left == right:
                share = 1.0
            elif left in _SILENT or right in _SILENT:
                share = 0.5
            elif name == "condition":
                share = _dice(a.limits, b.limits, a.limits.total() + b.limits.total())
            elif isinstance(left, tuple) and isinstance(right, tuple):
                share = len({*left} & {*right}) / len({*left, *right})
            else:
                share = 0.0
            self.shares.append(share)
            if name == "with_drugs" and left != right and "against" in (a.said[0], b.said[0]):
                self.apart = True  # not to combine two drugs says nothing of either alone
            elif name != "preference":
                self.apart = self.apart or not share
            if name not in ("kind", "preference") and left not in _SILENT and right not in _SILENT:
                self.stated = self.stated or bool(share)

    @property
    def likeness(self) -> float:
        return sum(self.shares) / len(self.shares)

    @property
    def same(self) -> bool:
        return min(self.shares) == 1

    @property
    def same_use(self) -> bool:
        """The same but for a preference that one side is silent on: what is advised against is no alternative any more."""
        named = dict(zip(SITUATION, self.shares, strict=True))
        return named.pop("preference") > 0 and min(named.values()) == 1

    @property
    def near(self) -> bool:
        """Whether the two may be one situation, told otherwise or narrowed."""
        return not self.apart and self.likeness >= NEARLY_SAME


_SILENT: tuple[object, ...] = ("", "unstated", ())


def _dose(a: Known, b: Known) -> float:
    if not a.dosed and not b.dosed:
        return 1.0
    if not (a.dosed and b.dosed):
        return 0.3
    same = sum(x == y for x, y in zip(a.dose, b.dose, strict=True)) / len(a.dose)
    return 0.5 * float(a.role == b.role) + 0.5 * same


def likeness(a: Known, b: Known) -> float | None:
    """0 to 1, or None where the two cannot be one claim that only changed.

    They can where they share half of their words; where they say what is to be done in the same stated
    situation, however it is worded ("stays when only wording, strength, direction or dose change"); or where
    their situations are nearly the same and they share some words.
    A dose that plays another part in the regimen is another claim while both parts are stated.
    """
    words = shared_words(a, b)
    situations = _Situations(a, b)
    if words < ALIKE and not (
        (situations.same and situations.stated) or (situations.near and words >= A_FEW)
    ):
        return None
    return _score(a, b, words, situations)


def one_left(a: Known, b: Known) -> float | None:
    """0 to 1, or None where the two cannot be one claim even if neither has another counterpart: their situations rule
    each other out, or are hardly alike."""
    situations = _Situations(a, b)
    return _score(a, b, shared_words(a, b), situations) if situations.near else None


def _score(a: Known, b: Known, words: float, situations: _Situations) -> float | None:
    if words < OF_ONE_STUDY and "evidence" in (a.situation[0], b.situation[0]):
        return None
    if words < ALIKE and a.dosed and b.dosed and a.role != b.role:
        return None
    reversed_ = {a.said[0], b.said[0]} == {"for", "against"}
    if words < ALIKE and reversed_ and not (situations.same_use or situations.stated):
        return None  # "for it in one situation" does not become "against it in another"
    score = 0.4 * words + 0.25 * situations.likeness + 0.2 * _dose(a, b)
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
