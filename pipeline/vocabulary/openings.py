"""What may begin with a word: asked at every word of every text, so it is worked out once for each different word."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

if TYPE_CHECKING:
    from pipeline.vocabulary.lexicon import Lexicon

_MOST = 50_000  # different words that are remembered


class Opening(NamedTuple):
    """What may begin with one word (in normal form).

    `drug` and `disease` are the entries that the word alone names, None for none; `drugs` and `diseases` tell whether
    names of several words begin with it; `short` whether it may be an abbreviation, `stem` whether it has an INN stem;
    `drug_spot` and `disease_spot` are False where none of this holds for a drug, or for a disease, `spot` where neither is
    True; `may_be_drug` is the quick test of `Lexicon.might_mention`.
    """

    drug: int | None = None
    disease: int | None = None
    drugs: bool = False
    diseases: bool = False
    short: bool = False
    stem: bool = False
    drug_spot: bool = False
    disease_spot: bool = False
    spot: bool = False
    may_be_drug: bool = False


class Openings(dict[str, Opening]):
    """The opening of each word met so far; `openings[word]` works out the others."""

    def __init__(self, lexicon: Lexicon) -> None:
        super().__init__()
        self._lexicon = lexicon

    def __missing__(self, word: str) -> Opening:
        if len(self) >= _MOST:
            self.clear()
        found = self[word] = self._opening(word)
        return found

    def _opening(self, word: str) -> Opening:
        lexicon, index, rules = self._lexicon, self._lexicon.index, self._lexicon.rules
        short = word in lexicon.short_words
        tail = word[-3:] in rules.stem_tails
        stem = tail and len(word) > 6 and rules.stem.search(word) is not None and word not in rules.not_stems
        drug, drugs = index["drugs"].get(word), index["drug_words"].get(word, 0) > 1
        disease, diseases = index["diseases"].get(word), index["disease_words"].get(word, 0) > 1
        lead = word in lexicon.lead
        drug_spot = stem or (lead and (short or drugs or drug is not None))
        disease_spot = lead and (short or diseases or disease is not None)
        return Opening(
            drug=drug,
            disease=disease,
            drugs=drugs,
            diseases=diseases,
            short=short,
            stem=stem,
            drug_spot=drug_spot,
            disease_spot=disease_spot,
            spot=drug_spot or disease_spot,
            may_be_drug=tail or short or word in index["drug_words"],
        )
