"""What a decision outlives: other words for the same, but no denial, no exception, no other number."""

import hashlib
import json

import pytest

from pipeline.changes import fingerprint, fingerprint_corrected, reads_as_corrected, still_fits
from pipeline.changes.meaning import meaning_of
from pipeline.changes.words import wording

# (the statement that was decided, the statement now, what reads otherwise, whether the decision still fits)
CASES = [
    ("Start topiramate 25 mg at bedtime 1", "Begin with topiramate 25 mg at bedtime 4", {}, True),
    ("Heparin is given untill the INR is in range.", "Heparin is given until the INR is in range.", {}, True),
    ("Beta-lactams such as cefadroxil 500 mg twice daily may be used", "Beta-lactams such as cefadroxil 1 g twice daily may be used", {}, True),
    ("Insulin or metformin 500-1000 mg for 3 days is used", "Insulin or metformin 850 mg for 10 days is used", {}, True),
    ("Ivermectin (200 µg/kg) may be used", "Ivermectin (400 µg/kg) can be used", {}, True),
    ("Do not give colchicine with clarithromycin", "Avoid colchicine with clarithromycin", {}, True),
    ("Candesartan: 8 mg once daily 2", "Candesartan | 8 mg once daily | 2", {}, True),
    ("Ferritin is checked; iron if it is <75 ng/mL", "Ferritin is checked; iron if it is <100 ng/mL", {}, False),
    ("Warfarin to an INR of 2-3", "Warfarin to an INR of 2.5-3.5", {}, False),
    ("Nitrofurantoin if CrCl is over 60 mL/min", "Nitrofurantoin if CrCl is over 30 mL/min", {}, False),
    ("Digoxin is used in heart failure", "Digoxin is not used in heart failure", {}, False),
    ("Digoxin should be used in heart failure", "Digoxin may be used in heart failure", {}, False),
    ("Aspirin is given to all", "Aspirin is given to all except children", {}, False),
    ("Aspirin is given to all", "Aspirin is given to all", {"direction": "against"}, False),
]  # fmt: skip


@pytest.mark.parametrize(("then", "now", "otherwise", "expected"), CASES)
def test_a_decision_outlives_other_words_for_the_same(then, now, otherwise, expected, row):
    cites = {"cites": (1, 2, 4)}
    decision = {"saw": fingerprint(row(then, **cites)), "verdict": "accept"}
    assert still_fits(row(now, **cites, **otherwise), decision) == expected


MRA = {"drug": "spironolactone", "drug_code": "RXNORM:9997"}


@pytest.mark.parametrize(
    ("then", "now", "expected"),
    [
        ({"disease": "anti-GBM disease", "disease_code": "MESH:D019867"}, {"disease": "Goodpasture syndrome", "disease_code": "MESH:D019867"}, True),
        ({"disease": "gout"}, {"disease": "gout", "disease_code": "MESH:D006073"}, True),
        ({"disease": "gout", "disease_code": "MESH:D006073"}, {"disease": "gout", "disease_code": "MONDO:0005393"}, True),
        (MRA, {"drug": "aldactone", "drug_code": "RXNORM:9997", "disease": "gout", "disease_code": "MESH:D006073"}, False),
        (MRA, {"drug": "eplerenone", "drug_code": "RXNORM:298869"}, False),
        (MRA, {"drug": "eplerenone"}, False),
    ],
)  # fmt: skip
def test_a_decision_outlives_another_name_of_one_code(then, now, expected, row):
    decision = {"saw": fingerprint(row("Give it.", **then))}
    assert still_fits(row("Give it.", **now), decision) == expected


@pytest.mark.parametrize(
    ("then", "now", "expected"),
    [
        (["cellcept"], ["mycophenolate mofetil"], True),
        (["mycophenolate mofetil"], ["cellcept"], True),
        (["mycophenolate mofetil", "rituximab"], ["mabthera", "mycophenolate mofetil"], True),
        (["mycophenolate mofetil"], ["azathioprine"], False),
        (["mycophenolate mofetil"], [], False),
        (["zyxomab"], ["zyxumab"], False),
    ],
)
@pytest.mark.parametrize("holds_codes", [True, False])
def test_a_decision_outlives_another_name_of_a_partner(then, now, expected, holds_codes, row):
    """Those made before fingerprints held codes of partners, too."""
    saw = fingerprint(row("Give it.", with_drugs=then))
    decision = {"saw": saw if holds_codes else saw.split("+")[0]}
    assert still_fits(row("Give it.", with_drugs=now), decision) == expected


def test_a_decision_made_by_every_word_holds_while_every_word_does(row):
    limits = {"condition": ("If CrCl is low",)}
    one = row("Heparin is given early.", **limits)
    seen = [{**meaning_of(one), "condition": ("if crcl is low",)}, wording(one["quote"])]
    saw = hashlib.sha256(json.dumps(seen, sort_keys=True, ensure_ascii=False).encode()).hexdigest()
    given = [
        still_fits(row(q, **limits), {"saw": saw})
        for q in ("Heparin is given early.", "Heparin is given first.")
    ]
    assert given == [True, False]


def test_a_correction_holds_when_the_rules_learn_it(row):
    read = row("Heparin is given early.", setting=("short-term",))
    decision = {"saw": fingerprint_corrected(read, {"setting": "[]", "line": '"first"'})}
    now = [read, row("Heparin is given early.", line="first"), row("Heparin is given early.")]
    assert [(still_fits(r, decision), reads_as_corrected(r, decision)) for r in now] == [
        (True, False), (True, True), (False, False),
    ]  # fmt: skip
