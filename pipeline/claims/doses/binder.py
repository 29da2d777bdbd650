"""Which drugs a dose holds for: by what stands between them, enumerations, parentheses and named examples."""

from __future__ import annotations

import itertools
import re
from bisect import bisect_left, bisect_right
from collections.abc import Sequence
from typing import NamedTuple

from pipeline.claims.doses.lexer import lex, names_amount
from pipeline.claims.doses.scan import scan
from pipeline.claims.doses.words import words

_SENTENCE = re.compile(r"(?:(?<![A-Za-z]\.[A-Za-z])(?<!\bvs)(?<!\bcf)[.?!](?=\s+[A-Z0-9(\[\"'])|;|\n)")
_ENDING = re.compile(r"[.?!;\n]")  # without one of them before its last letter a text is one sentence
# Words that may stand between a dose and the drug that follows it: "20-mg dose of oral X".
_TO_RIGHT = words("dose-to-drug")
# Words that may stand between a drug and its dose without parting them.
_TIGHT = words("drug-to-dose")
_SHARING = words("sharing")
_EXAMPLE = words("example")
_EXAMPLE_HEADS = words("example-head")
_ASIDE = words("aside")
_MATTER = words("matter")
_LISTED = words("listed")
# Words that join drugs of one combination, which a duration alone holds for ("A plus B for 12 weeks").
_COMBINED = words("combined") | _LISTED


_ARTICLES = frozenset(("a", "an", "the"))
_CONDITIONAL = words("conditional")
_TAKING = words("taking")


# Longer gaps are not read: nothing reaches over them, and the whole stays linear.
_FAR = 400


class Drug(NamedTuple):
    """A drug at `start` to `end`; `name` its canonical name; `is_class` for a class of drugs."""

    start: int
    end: int
    name: str
    is_class: bool


class _Binder:
    """One statement with its drugs and doses, in order; answers what stands between them."""

    def __init__(
        self,
        text: str,
        drugs: Sequence[Drug],
        doses: Sequence[tuple[int, int]],
        amounts: Sequence[bool] | None = None,
    ):
        self.text, self.drugs, self.doses = text, drugs, doses
        self.starts = [start for start, _ in doses]
        self.drug_ends = [d.end for d in drugs]
        ends = [m.end() for m in _SENTENCE.finditer(text)] if _ENDING.search(text, 0, len(text) - 1) else []
        self.drug_sentence = _numbers(ends, [d.start for d in drugs])
        self.dose_sentence = _numbers(ends, [start for start, _ in doses])
        self.bound: list[tuple[int, ...]] = [()] * len(doses)
        self._amounts = dict(enumerate(amounts or ()))

    def names_amount(self, n: int) -> bool:
        """Whether dose `n` has an amount, and not a time alone."""
        if n not in self._amounts:
            start, end = self.doses[n]
            self._amounts[n] = names_amount(lex(self.text[start:end]))
        return self._amounts[n]

    def words(self, start: int, end: int) -> list[str]:
        """The words between two places; one that no list has where they are far apart."""
        if end - start > _FAR:
            return [""]
        return [w.lower() for w, _, _ in scan(self.text[start:end])]

    def run(self) -> list[tuple[int, ...]]:
        left = 0
        self.respective()
        for n, (start, _) in enumerate(self.doses):
            while left < len(self.drugs) and self.drugs[left].end <= start:
                left += 1
            if not self.bound[n]:
                self.bound[n] = self.bind(n, left)
        return self.bound

    def bind(self, n: int, left: int) -> tuple[int, ...]:
        """The drugs of dose `n`; `left` is the index of the first drug that is not before it."""
        start, end = self.doses[n]
        here = self.dose_sentence[n]
        right = left
        while right < len(self.drugs) and self.drugs[right].start < end:
            right += 1
        has_left = left > 0 and self.drug_sentence[left - 1] == here
        has_right = right < len(self.drugs) and self.drug_sentence[right] == here
        if has_right and self.text[end : self.drugs[right].start] == ") " and not self.names_amount(n):
            return (right,)  # "short-term (<3 months) X"
        if has_right and self.attached_right(n, right, left - 1 if has_left else None):
            return self.with_partners_right(right)
        if has_left and self.of_matter(end):
            return ()
        if has_left:
            return self.shared(n, self.head(left - 1, start))
        if has_right:
            # "5 mg daily together with X": the dose of another drug, which stands elsewhere
            last = self.words(end, self.drugs[right].start)[-1:]
            if last == ["with"] and self.names_amount(n):
                return ()
            if last and last[0] in _TAKING:
                return self.earlier(n, left)  # "reduce to 5 mg in patients taking X"
            return (right,)
        return self.earlier(n, left)

    def attached_right(self, n: int, right: int, left: int | None) -> bool:
        start, end = self.doses[n]
        if n + 1 < len(self.doses) and self.doses[n + 1][0] < self.drugs[right].start:
            return False
        if left is not None and self.drugs[right].name in self.drugs[left].name.split("/"):
            return False  # "X/Y 5 mg/kg of X"
        gap = self.words(end, self.drugs[right].start)
        if self.in_step(n, left, gap):
            return True
        if len(gap) > 5 or any(w not in _TO_RIGHT for w in gap) or "(" in gap[:-1]:
            return False
        if left is not None and gap and gap[-1] == "(":
            return False
        after = self.words(self.drugs[right].end, self.drugs[right].end + 16)[:2]
        if left is not None and any(w.startswith("equivalent") for w in after):
            return False
        if left is None or "of" in gap:
            return True
        before = self.words(max(self.drugs[left].end, self.doses[n - 1][1] if n else 0), start)
        if n and self.doses[n - 1][0] > self.drugs[left].start and self.bound[n - 1][:1] != (left,):
            return True
        tight = all(w in _TIGHT for w in before) and "," not in before
        if n and self.doses[n - 1][1] > self.drugs[left].end:
            tight = False
        # "aspirin 81 mg clopidogrel 75 mg": the drug that the dose follows; "500 mg X, 1 g Y": the one it precedes
        follows = right + 1 <= len(self.drugs) and self.next_is_dosed(n, right)
        return not tight and not follows

    def in_step(self, n: int, left: int | None, gap: list[str]) -> bool:
        """Whether "for" leads to the drug of dose `n` as it does before it: "10 mg for A, 8 mg for B"."""
        if not n or left is None or gap != ["for"] or self.bound[n - 1][:1] != (left,):
            return False
        before = self.words(self.doses[n - 1][1], self.drugs[left].start)
        between = self.words(self.drugs[left].end, self.doses[n][0])
        return before == ["for"] and bool(between) and all(w in _LISTED for w in between)

    def next_is_dosed(self, n: int, right: int) -> bool:
        """Whether the drug to the right has a dose of its own directly behind it."""
        if n + 1 >= len(self.doses):
            return False
        start = self.doses[n + 1][0]
        if start < self.drugs[right].end or (
            right + 1 < len(self.drugs) and self.drugs[right + 1].start < start
        ):
            return False
        gap = self.words(self.drugs[right].end, start)
        return all(w in _TIGHT for w in gap) and "," not in gap

    def with_partners_right(self, right: int) -> tuple[int, ...]:
        """ "500 mg of X/Y": both parts of a combination product."""
        out = [right]
        while right + 1 < len(self.drugs) and self.joined(right, right + 1):
            right += 1
            out.append(right)
        return tuple(out)

    def joined(self, a: int, b: int) -> bool:
        """Whether two drugs are written as one product: X/Y, X-Y."""
        return self.text[self.drugs[a].end : self.drugs[b].start].strip() in ("/", "-", "–")

    def head(self, k: int, start: int) -> int:
        """The drug left of a dose that the dose is about, from the nearest one, `k`."""
        while k > 0 and self.drug_sentence[k - 1] == self.drug_sentence[k]:
            if self.drugs[k].name in self.drugs[k - 1].name.split("/") and "/" in self.drugs[k - 1].name:
                k -= 1  # "X/Y 80 mg of X, up to 4 g"
                continue
            gap = self.text[self.drugs[k].end : start] if start - self.drugs[k].end <= _FAR else ""
            before = self.words(self.drugs[k - 1].end, self.drugs[k].start)
            loose = "," in gap or ")" in gap
            if not loose:
                break
            closed = ")" in gap and "(" in before and ")" not in before
            same = self.drugs[k].name == self.drugs[k - 1].name
            if (
                (closed and (same or before[-1] in ("a", "an", "the") or not _CONDITIONAL.isdisjoint(before)))
                or ("," in gap and before and before[-1] in ("a", "an", "the") and self.drugs[k].is_class)
                or (
                    gap.lstrip().startswith(",")
                    and any(w in _ASIDE for w in before[-3:])
                    and "," in before
                    and not self.dosed_between(k - 1, k)
                )
            ):
                k -= 1
            else:
                break
        return k

    def shared(self, n: int, k: int) -> tuple[int, ...]:
        """The drug `k` and the others that the dose behind it holds for too."""
        start, end = self.doses[n]
        if not self.names_amount(n):
            return self.combined(k, n)
        gap = self.words(self.drugs[k].end, start)
        if n and self.doses[n - 1][0] >= self.drugs[k].end and self.of_an_unknown(gap):
            return ()
        each = self.is_each(gap, start, end)
        joints = _COMBINED if each else _LISTED
        chain, alternatives, i = [k], False, k
        while (
            i > 0 and self.drug_sentence[i - 1] == self.drug_sentence[k] and not self.dosed_between(i - 1, i)
        ):
            between = self.words(self.drugs[i - 1].end, self.drugs[i].start)
            if self.joined(i - 1, i):
                chain.append(i - 1)
                alternatives = True
            elif between and len(between) <= 3 and all(w in joints for w in between):
                chain.append(i - 1)
                alternatives = alternatives or (between == ["or"] and len(chain) == 2)
            else:
                break
            i -= 1
        spread = any(w in _SHARING for w in gap) and "(" not in gap
        several = len(chain) > 1 and not self.joined(chain[1], chain[0])
        if (several and ("(" in gap or not (alternatives or spread or each))) or (
            several and alternatives and len(chain) > 2 and not (spread or each)
        ):
            chain = [k]
        return (*chain, *self.class_of(chain[-1], n))

    def is_each(self, gap: list[str], start: int, end: int) -> bool:
        """Whether a dose is said to be that of each drug before it ("A plus B 600 mg each", "each 500 mg", "5 mg of each")."""
        behind = self.words(end, end + 8)
        return (
            behind[:1] in (["each"], ["both"])
            or behind[:2] == ["of", "each"]
            or "each" in self.words(start, end)[2:3]
            or (gap[-1:] == ["each"] or gap[-2:] == ["each", "at"])
        )

    def of_matter(self, end: int) -> bool:
        """Whether a dose that ends there is of what is no drug here ("10 units of X with 25 g of glucose")."""
        after = self.words(end, end + 24)
        return after[:1] == ["of"] and len(after) > 1 and after[1] in _MATTER

    def of_an_unknown(self, gap: list[str]) -> bool:
        """Whether a name that nobody knows stands between "plus" and the dose ("A 10 units plus X 25 g")."""
        return (
            len(gap) > 2
            and gap[-2] in ("plus", "+")
            and gap[-1].isalpha()
            and len(gap[-1]) > 3
            and gap[-1] not in _TIGHT
            and gap[-1] not in _TO_RIGHT
        )

    def combined(self, k: int, n: int) -> tuple[int, ...]:
        """Drug `k` and all drugs that it is listed or combined with, for a duration or frequency alone.

        In "A added to B for 4 weeks" it is A's alone.
        """
        if k > 0 and self.drug_sentence[k - 1] == self.drug_sentence[k]:
            before = [w for w in self.words(self.drugs[k - 1].end, self.drugs[k].start) if w not in _ARTICLES]
            if before[-2:] == ["added", "to"]:
                return (k - 1,)
        chain = [k]
        while (
            k > 0 and self.drug_sentence[k - 1] == self.drug_sentence[k] and not self.dosed_between(k - 1, k)
        ):
            between = self.words(self.drugs[k - 1].end, self.drugs[k].start)
            if len(between) > 3 or not all(w in _COMBINED for w in between):
                break
            k -= 1
            chain.append(k)
        return (*chain, *self.class_of(k, n))

    def class_of(self, k: int, n: int) -> tuple[int, ...]:
        """The class of which drug `k` is the one named example ("glucocorticoids, such as prednisone, 40 mg")."""
        if k == 0 or not self.drugs[k - 1].is_class or self.drugs[k].is_class or self.dosed_between(k - 1, k):
            return ()
        between = self.words(self.drugs[k - 1].end, self.drugs[k].start)
        if (
            not between
            or not all(w in _EXAMPLE for w in between)
            or not any(w in _EXAMPLE_HEADS for w in between)
        ):
            return ()
        start, end = self.doses[n]
        if n and self.doses[n - 1][0] >= self.drugs[k].end and self.names_amount(n):
            return ()  # "such as X 50 mg or 6 mg": a further dose of the example
        close = self.text[self.drugs[k].end : start].isspace() and "(" not in between
        if close and self.names_amount(n):
            return ()  # "a class such as X 5 mg": the dose of the example
        if "(" in between:
            closed = self.text.find(")", end)
            inside = [d for d in self.drugs[k + 1 :] if d.start < closed]
            if any({"or", "and"} & set(self.words(end, d.start)) for d in inside):
                return ()
        for later in range(k + 1, len(self.drugs)):
            if self.drugs[later].start < end:
                continue
            if self.drug_sentence[later] == self.drug_sentence[k]:
                gap = self.words(end, self.drugs[later].start)
                if len(gap) <= 4 and any(w in ("or", "and", ",") for w in gap):
                    return ()
            break
        return (k - 1,)

    def dosed_between(self, a: int, b: int) -> bool:
        first = bisect_left(self.starts, self.drugs[a].end)
        return first < len(self.starts) and self.starts[first] < self.drugs[b].start

    def earlier(self, n: int, left: int) -> tuple[int, ...]:
        """The drug of the sentence before, where that names one drug."""
        here = self.dose_sentence[n]
        if n and self.dose_sentence[n - 1] == here:
            return self.bound[n - 1]
        if not left:
            return ()
        sentence = self.drug_sentence[left - 1]
        k = left - 1
        names = {self.drugs[k].name}
        while k > 0 and self.drug_sentence[k - 1] == sentence:
            k -= 1
            names.add(self.drugs[k].name)
        return (left - 1,) if len(names) == 1 else self.bound[n - 1] if n else ()

    def respective(self) -> None:
        """ "X and Y at 5 mg and 10 mg, respectively": each dose its own drug."""
        n = 0
        while n < len(self.doses):
            last = n
            while last + 1 < len(self.doses) and self.dose_sentence[last + 1] == self.dose_sentence[n]:
                gap = self.words(self.doses[last][1], self.doses[last + 1][0])
                if len(gap) > 2 or any(w not in (",", "and", "or") for w in gap):
                    break
                last += 1
            count = last - n + 1
            if count > 1:
                left = bisect_right(self.drug_ends, self.doses[n][0])
                run = range(max(0, left - count), left)
                listed = len(run) == count and all(
                    all(w in _LISTED for w in self.words(self.drugs[a].end, self.drugs[b].start))
                    for a, b in itertools.pairwise(run)
                )
                told = "respectively" in self.words(self.doses[last][1], self.doses[last][1] + 60)
                longer = left > count and self.drug_sentence[left - count - 1] == self.dose_sentence[n]
                pair = count == 2 and self.words(self.doses[n][1], self.doses[last][0]) == ["and"]
                raised = pair and self.words(max(0, self.doses[n][0] - 6), self.doses[n][0])[-1:] == ["to"]
                if (told or raised) and not longer and len(run) == count and self.dosed_apart(run, n):
                    # "A 100 mg and B 40 mg, increased to 400 mg and 160 mg respectively"
                    self.bound[n : last + 1] = [(drug,) for drug in run]
                elif listed and (told or not longer) and not self.dosed_between(run[0], run[-1]):
                    for dose, drug in zip(range(n, last + 1), run, strict=True):
                        self.bound[dose] = (drug,)
            n = last + 1

    def dosed_apart(self, run: range, n: int) -> bool:
        """Whether each drug of a run has a dose of its own before dose `n`, and only words of lists part them."""
        limits = [*(self.drugs[k].start for k in run[1:]), self.doses[n][0]]
        for k, limit in zip(run, limits, strict=True):
            first = bisect_left(self.starts, self.drugs[k].end)
            if first >= n or self.starts[first] >= limit:
                return False
            if k < run[-1] and any(w not in _COMBINED for w in self.words(self.doses[first][1], limit)):
                return False
        return True


def _numbers(ends: list[int], starts: list[int]) -> list[int]:
    out, k = [], 0
    for start in starts:
        while k < len(ends) and ends[k] <= start:
            k += 1
        out.append(k)
    return out


def bind(
    text: str, drugs: Sequence[Drug], doses: Sequence[tuple[int, int]], amounts: Sequence[bool] | None = None
) -> list[tuple[int, ...]]:
    """For each dose (start, end) the indices of the drugs that it holds for, the one it stands with first. `amounts` tell
    which doses name an amount, where that is known.

    >>> bind("aspirin 81 mg", [Drug(0, 7, "aspirin", False)], [(8, 13)])
    [(0,)]
    """
    return _Binder(text, drugs, doses, amounts).run()
