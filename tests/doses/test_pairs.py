"""Drug and dose pairs of case reports, as an annotator of a corpus would mark them: `{1:drug}` and `[[1:amount]]`.

Found and expected pairs agree where both places overlap; the words of a dose may be longer than its amount.
"""

import re

import pytest
from dose_cases import CASES, CaseError

from pipeline.claims.annotate import annotate

MARK = re.compile(r"\{(\d):([^{}]+)\}|\[\[(\d):([^\[\]]+)\]\]")
HELDOUT_F1 = 0.95


def read(line):
    text, drugs, doses, at = "", {}, [], 0
    for mark in MARK.finditer(line):
        text += line[at : mark.start()]
        words = mark[2] or mark[4]
        place = (len(text), len(text) + len(words))
        if mark[2]:
            drugs[mark[1]] = place
        else:
            doses.append((mark[3], place))
        text += words
        at = mark.end()
    text += line[at:]
    if not doses or any(c in text for c in "{}[]") or any(k not in drugs for k, _ in doses):
        raise CaseError(f"a broken mark, or a dose without its drug: {line}")
    return text, [(drugs[k], dose) for k, dose in doses]


def pairs_of(text):
    mentions = annotate(text)["mentions"]
    return [
        ((drug["start"], drug["end"]), (m["start"], m["end"]))
        for m in mentions
        if m["label"] == "DOSE" and m["drug"] is not None and re.search(r"\d", m["text"])
        for drug in [mentions[m["drug"]]]
    ]


def agree(a, b):
    return all(x[0] < y[1] and y[0] < x[1] for x, y in zip(a, b, strict=True))


def count(text, expected):
    """Expected pairs that were found, found ones that were expected, and how many of each there are."""
    found = pairs_of(text)
    hit = sum(any(agree(e, f) for f in found) for e in expected)
    right = sum(any(agree(e, f) for e in expected) for f in found)
    return hit, right, len(expected), len(found)


def lines(name):
    return [read(line) for line in (CASES / name).read_text(encoding="utf-8").splitlines()]


TABLE = lines("pairs.txt")


@pytest.mark.parametrize(("text", "expected"), TABLE, ids=[t[:50] for t, _ in TABLE])
def test_pairs(text, expected):
    assert count(text, expected) == (len(expected),) * 4


@pytest.mark.parametrize("name", ["pairs_heldout.txt", "pairs_second_heldout.txt"])
def test_held_out_pairs(name):
    totals = [sum(column) for column in zip(*(count(*row) for row in lines(name)), strict=True)]
    hit, right, expected, found = totals
    recall, precision = hit / expected, right / found
    assert 2 * precision * recall / (precision + recall) >= HELDOUT_F1


def test_a_dose_without_its_drug_is_refused():
    with pytest.raises(CaseError):
        read("Give {1:aspirin} [[2:81 mg]].")
