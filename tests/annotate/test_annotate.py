"""What `annotate` marks, and how well on paragraphs that it was not written for."""

from __future__ import annotations

import importlib.util
import json
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from pipeline.claims.annotate import annotate, annotate_lines

_spec = importlib.util.spec_from_file_location("annotate_cases", Path(__file__).with_name("conftest.py"))
cases = importlib.util.module_from_spec(_spec)
_spec.loader.exec_module(cases)

LABELS = {
    "DRUG", "DRUG_CLASS", "DISEASE", "DOSE", "STRENGTH", "DIRECTION", "LINE", "ROUTE", "FREQUENCY", "DURATION",
}  # fmt: skip
SIDES = {"DRUG": "c", "DRUG_CLASS": "c", "DISEASE": "d"}


def f1(name: str) -> dict[str, float]:
    """F1 of exact spans by side over a file of paragraphs."""
    hits = {"c": [0, 0, 0], "d": [0, 0, 0]}
    for line in cases.lines(name):
        text, gold = cases.named(line)
        found = {
            (SIDES[m["label"]], m["start"], m["end"])
            for m in annotate(text)["mentions"]
            if m["label"] in SIDES
        }
        for side, counts in hits.items():
            mine, theirs = {m for m in found if m[0] == side}, {m for m in gold if m[0] == side}
            counts[0] += len(mine & theirs)
            counts[1] += len(mine)
            counts[2] += len(theirs)
    return {side: 2 * hit / (mine + theirs) for side, (hit, mine, theirs) in hits.items()}


@pytest.mark.parametrize(
    ("name", "chemicals", "diseases"),
    [
        ("abstracts_dev.txt", 0.95, 0.95),
        ("abstracts_held.txt", 0.90, 0.88),
        ("second_dev.txt", 0.96, 0.94),
        ("second_held.txt", 0.92, 0.89),
        ("third_dev.txt", 0.96, 0.96),
        ("third_held.txt", 0.91, 0.91),
        ("fourth_held.txt", 0.85, 0.90),
        ("fifth_held.txt", 0.93, 0.89),
        ("sixth_held.txt", 0.96, 0.91),
        ("seventh_dev.txt", 0.95, 0.95),
        ("seventh_held.txt", 0.94, 0.91),
        ("eighth_dev.txt", 0.96, 0.94),
        ("eighth_held.txt", 0.95, 0.88),
    ],
)
def test_chemicals_and_diseases_of_abstracts(name, chemicals, diseases):
    reached = f1(name)
    assert reached["c"] >= chemicals
    assert reached["d"] >= diseases


@pytest.mark.parametrize(
    "line",
    [
        "[d:Hepatic and renal failure], [d:colon and breast cancer] and [d:shoulder or knee pain] are each one name.",
        "[d:Rash] and [d:joint pain] are two, and so are [d:anemia] and [d:renal failure].",
        "Tumor necrosis factor rose with cell death; [d:death] and [d:sudden death] were counted.",
        "The gold standard was biopsy; [c:gold] had been given.",
        "[c:Ro 15-1788], [c:Org 5222], [c:B-HT 958], [c:SKF 89976-A], [c:L-741,626] and [c:WY 14643] were compared.",
        "[c:Suxamethonium chloride] ([c:Sch]) was given until [c:Sch] 120 mg was exceeded, then [c:Sch 23390] 2 mg.",
        "[d:Acute motor axonal neuropathy] ([d:AMAN]) followed; [d:AMAN] subsided.",
        "[c:Levodopa]-induced [d:dyskinesias] ([d:LID]) were rated; [d:LIDs] fell.",
        "In [d:von Hippel-Lindau (VHL) disease] the [d:VHL] gene is lost.",
        "[d:Fumarase deficiency], [d:C2 deficiency] and [d:deficiency of hexosaminidase A] are [d:autosomal recessive disorders].",
        "[c:Lithium] [d:toxicity], [c:paracetamol] [d:overdose], [c:heparin]-induced [d:thrombocytopenia] and [d:lead poisoning].",
        "Contractility was depressed, as was stroke volume; in [d:depressed] women and after foot shock or withdrawal of the drug it was not.",
        "[c:Ochratoxin A], [c:carbamazepine-10,11-epoxide], [c:allyl alcohol] and SGOT 1200 were measured; body weight fell.",
        "A deletion causes [d:Pendred syndrome] and [d:Usher syndrome type II]; Active disease and Group disease were rare.",
        "[d:Pain], nerve block, brachial plexus block and wound healing were recorded, and lipid peroxidation with haptoglobin.",
        "[c:Tetrahydrobiopterin] ([c:BH4]) was low, and [c:BH4] rose; [c:captopril] (USA) was not measured.",
        "[c:3-Nitropropionic acid], [c:2-n-propyl-4-pentynoic acid], [c:benzo(a)pyrene] and [c:17 alpha-ethinylestradiol] were given.",
        "[d:GTP cyclohydrolase deficiency], [d:ApoC-II deficiency] and other [d:inborn errors of metabolism] were sought.",
        "[c:Cyanide] [d:poisoning], [d:lead poisoning], [c:cocaine] [d:intoxication] and [c:streptozotocin] [d:diabetes] were compared.",
        "[d:AIDS] and [d:DIC] are known; dicentrics were scored in all.",
        "[d:Lung, breast, and colon cancers], [d:renal, hepatic or cardiac toxicity]; [d:Tumors of the bladder] and [d:renal tumors] were counted.",
        "[c:Amiodarone]-induced [d:pulmonary toxicity] ([d:APT]) and [c:vincristine] [d:neuropathy]; [d:APT] was fatal.",
        "[c:Sodium saccharin], [c:[14C]-2-deoxyglucose], [c:d,l-propranolol] and [c:physostigmine salicylate] were given to neonates.",
        "[d:Hepatitis C virus (HCV) infection] was present in two.",
        "Dicentrics in culture (DIC) were scored, and DIC fell in [d:diabetes].",
        "Two had [d:T-prolymphocytic leukemia]; [c:24-hydroxyvitamin D3] was low; glutamic acid decarboxylase was not.",
    ],
)
def test_where_a_name_begins_and_ends(line):
    text, gold = cases.named(line)
    found = [m for m in annotate(text)["mentions"] if m["label"] in SIDES]
    assert {(SIDES[m["label"]], m["start"], m["end"]) for m in found} == gold


@pytest.mark.parametrize("line", cases.lines("pairs.tsv")[1:])
def test_each_dose_names_its_drug(line):
    text, pairs = cases.dosed(line)
    mentions = annotate(text)["mentions"]
    found = [
        (m["text"], mentions[m["drug"]]["text"] if m["drug"] is not None else None)
        for m in mentions
        if m["label"] == "DOSE"
    ]
    bare = [(dose.split(" for ")[0], drug) for dose, drug in found]
    assert bare == pairs


@pytest.mark.parametrize(
    ("name", "floor"),
    [
        ("pairs_second.tsv", 0.98),
        ("pairs_third_dev.tsv", 0.98),
        ("pairs_third_held.tsv", 0.97),
        ("pairs_fourth_dev.tsv", 0.98),
        ("pairs_fourth_held.tsv", 0.94),
    ],
)
def test_most_doses_of_case_reports_name_their_drugs(name, floor):
    """By drug and first word of the dose: how far a dose goes (route, length of treatment) is told in different ways."""
    hit = mine = theirs = 0
    for line in cases.lines(name)[1:]:
        text, pairs = cases.dosed(line)
        mentions = annotate(text)["mentions"]
        found = {
            (m["text"].split()[0], mentions[m["drug"]]["text"] if m["drug"] is not None else None)
            for m in mentions
            if m["label"] == "DOSE"
        }
        gold = {(dose.split()[0], drug) for dose, drug in pairs}
        hit, mine, theirs = hit + len(found & gold), mine + len(found), theirs + len(gold)
    assert 2 * hit / (mine + theirs) >= floor


@pytest.mark.parametrize(
    ("text", "doses"),
    [
        ("Captopril, 12.5 mg, was given by mouth.", ["12.5 mg"]),
        ("Desmopressin 10 micrograms at night was given for 3 days.", ["10 micrograms at night"]),
        ("She took methotrexate 7.5 mg/week and folic acid for two years.", ["7.5 mg/week"]),
        ("Doxycycline for 14 days cured the ulcer.", []),
        ("She swallowed about 15 g of acetaminophen.", ["15 g"]),
        ("Carbamazepine was increased from 400 to 800 mg/day.", ["400 to 800 mg/day"]),
    ],
)
def test_a_dose_has_an_amount_and_ends_before_the_verb(text, doses):
    assert [m["text"] for m in annotate(text)["mentions"] if m["label"] == "DOSE"] == doses


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Interleukin-2 was given at 600,000 IU/kg.", [("600,000 IU/kg", "Interleukin-2")]),
        ("Interleukin-2 rose in serum.", []),
        (
            "On digoxin, 0.125 mg daily, she had yellow vision after amiodarone, 600 mg daily, was begun.",
            [("0.125 mg daily", "digoxin"), ("600 mg daily", "amiodarone")],
        ),
    ],
)
def test_a_protein_with_a_dose_is_a_drug_and_each_dose_its_own(text, expected):
    mentions = annotate(text)["mentions"]
    assert [m["text"] for m in mentions if m["label"] == "DRUG"] == [drug for _, drug in expected]
    assert [
        (m["text"], mentions[m["drug"]]["text"] if m["drug"] is not None else None)
        for m in mentions
        if m["label"] == "DOSE"
    ] == expected


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        (
            "We suggest azithromycin as first-line therapy for pertussis.",
            [("DIRECTION", "for"), ("STRENGTH", "conditional"), ("DRUG", "azithromycin"), ("LINE", "first"), ("DISEASE", "pertussis")],
        ),
        ("Antidepressants are recommended; benzodiazepines should be avoided.",
         [("DRUG_CLASS", "antidepressants"), ("DIRECTION", "for"), ("DRUG_CLASS", "benzodiazepines"), ("DIRECTION", "against")]),
        ("The rats had been bred in our house.", []),
        ("", []),
    ],
)  # fmt: skip
def test_labels_and_canonical_names(text, expected):
    assert [(m["label"], m["canonical"]) for m in annotate(text)["mentions"]] == expected


def test_one_line_of_json_per_document():
    out = [
        json.loads(line)
        for line in annotate_lines(["Give aspirin 81 mg daily.\n", "\n", "Sjögren’s: 😀 IVIG\r\n"])
    ]
    assert [doc["text"] for doc in out] == ["Give aspirin 81 mg daily.", "", "Sjögren’s: 😀 IVIG"]
    assert [len(doc["mentions"]) > 0 for doc in out] == [True, False, True]
    assert {tuple(m) for doc in out for m in doc["mentions"]} == {
        ("start", "end", "label", "text", "canonical", "code", "drug")
    }


_PIECES = st.sampled_from(
    ["prednisone ", "60 mg daily", "(", ")", "-", "N-methyl", "renal failure", "\u200b", "😀", " and ", ". ", "CsA", "We recommend ",
     "hepatic ", "toxicity", "2,3-", "[3H]", "5-HT", "الربو", "\n", "of the liver", "IV "]
)  # fmt: skip


@settings(max_examples=100, deadline=None)
@given(st.lists(_PIECES, max_size=20).map("".join))
def test_mentions_are_exact_and_doses_name_drugs(text):
    document = annotate(text)
    mentions = document["mentions"]
    assert document["text"] == text
    assert [m for m in mentions if text[m["start"] : m["end"]] != m["text"] or not m["text"]] == []
    assert {m["label"] for m in mentions} <= LABELS
    owners = {mentions[m["drug"]]["label"] for m in mentions if m["drug"] is not None}
    assert owners <= {"DRUG", "DRUG_CLASS"}
    assert {m["label"] for m in mentions if m["drug"] is not None} <= {"DOSE"}


@pytest.mark.parametrize(
    "broken", ["no mark at all", "[c:aspirin", "An [[x|aspirin]] dose", "[[5 mg|aspirin"]
)
def test_a_broken_case_is_refused(broken):
    with pytest.raises(ValueError, match="broken mark"):
        cases.named(broken) if "c:" in broken or "no" in broken else cases.dosed(broken)
