"""A dose while its parts are collected."""

from __future__ import annotations

from pipeline.claims.doses.items import Amount, Route, Span, When
from pipeline.claims.doses.numbers import Lexemes, tagged
from pipeline.claims.doses.words import words


class Draft:
    """A dose in the making. Its words are lexemes `i` to `j`; `after` is where the search behind it ended."""

    __slots__ = ("after", "amount", "copied", "divided", "i", "j", "per_day", "role", "route", "span", "when")

    def __init__(self, amount: Amount | None, i: int, j: int):
        self.amount, self.i, self.j, self.after = amount, i, j, j
        self.when: When | None = None
        self.span: Span | None = None
        self.route: Route | None = None
        self.divided = self.per_day = self.copied = False
        self.role = ""

    @property
    def timed(self) -> bool:
        """Whether it says how often, or is an amount per day or per another time."""
        amount = self.amount
        rate = amount is not None and (amount.rate is not None or amount.per == "day")
        return self.when is not None or self.per_day or self.divided or rate


class Statement:
    """The lexemes of a text with what is known of each: its sentence, and whether a drug stands there.

    `tags` are the tags of any of them, `lows` all their words: most rules have nothing to look for.
    """

    __slots__ = ("drugs", "known", "lexemes", "lows", "sentence", "tags")

    def __init__(self, lexemes: Lexemes, sentence: list[int], drugs: set[int], known: bool):
        self.lexemes, self.sentence, self.drugs, self.known = lexemes, sentence, drugs, known
        self.tags: set[str] = set().union(*[word.tags for word in lexemes if word.tags])
        self.lows = {word.low for word in lexemes}

    def same_sentence(self, a: Draft, b: Draft) -> bool:
        """Whether two doses begin in the same sentence."""
        return self.sentence[a.i] == self.sentence[b.i]

    def same_drug(self, a: Draft, b: Draft) -> bool:
        """Whether no other drug stands between two doses of a sentence.

        Where the drugs of the text are not known, an unknown word right before the second dose counts as one.
        """
        if not self.same_sentence(a, b):
            return False
        if self.known:
            first = a.after if a.j < len(self.lexemes) and self.lexemes[a.j].low == "of" else a.j
            if self._named_between(first, b.i):
                return False  # what a dose is "of" is its own drug
            of = b.after < len(self.lexemes) and self.lexemes[b.after].low == "of"
            return not (
                of and any(k in self.drugs for k in range(b.after, min(b.after + 5, len(self.lexemes))))
            )
        if b.i - a.j > 14:
            return False
        word = self.lexemes[b.i - 1]
        return bool(word.tags) or word.num is not None or not word.low[0].isalpha() or word.low in _BEFORE

    def _named_between(self, first: int, last: int) -> bool:
        """Whether a drug stands at lexemes `first` to `last`, outside brackets that open and close there."""
        if not any(k in self.drugs for k in range(first, last)):
            return False
        depth = 0
        for k in range(first, last):
            sign = self.lexemes[k].text
            depth += (sign == "(") - (sign == ")")
            if depth <= 0 and k in self.drugs:
                return True
        return depth > 0

    def has(self, first: int, last: int, *tags: str) -> bool:
        """Whether one of the lexemes `first` to `last` (that one not) has one of `tags`; places outside the text have none."""
        return any(tagged(self.lexemes, k, *tags) for k in range(max(0, first), min(last, len(self.lexemes))))


def size_of(draft: Draft) -> tuple[str, str, float] | None:
    """Unit, basis and greatest value of a dose's amount, masses in mg; None where it has none."""
    amount = draft.amount
    if amount is None or amount.unit is None:
        return None
    high = amount.high if amount.high is not None else amount.low
    if high is None:
        return None
    in_mg = _IN_MG.get(amount.unit.ucum)
    return (amount.unit.ucum, amount.basis, high) if in_mg is None else ("mg", amount.basis, high * in_mg)


_BEFORE = words("before-amount")
_IN_MG = {"ng": 1e-6, "ug": 1e-3, "g": 1000.0}
