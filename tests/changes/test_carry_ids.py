"""carry_ids: which claim of a new version is which claim of the old one."""

import pytest

from pipeline.changes import carry_ids, diff_claims

START = {"dose_text": "5 mg", "dose_low": 5, "dose_high": 5, "dose_unit": "mg", "dose_role": "start"}
TARGET = {"dose_text": "20 mg", "dose_low": 20, "dose_high": 20, "dose_unit": "mg", "dose_role": "target"}
TITRATE = "Start ramipril 5 mg and titrate to 20 mg."

# (old statements, new statements, the ids of the new ones): each statement is (id it comes with, quote, the rest)
CASES = {
    "the same": ([("o1", "Give aspirin.", {})], [("n1", "Give aspirin.", {})], ["o1"]),
    "reworded wholly, the same situation": (
        [("o1", "Give aspirin.", {})],
        [("n1", "An antiplatelet such as ASA is advised for everyone.", {})],
        ["o1"],
    ),
    "the same words for another line": (
        [("o1", "Aspirin is used first after a minor stroke.", {"line": "first"})],
        [("n1", "Aspirin is used second after a minor stroke.", {"line": "subsequent"})],
        ["o1"],
    ),
    "other words in another situation": (
        [("o1", "Aspirin is used first after a minor stroke.", {"line": "first"})],
        [("n1", "In refractory migraine of childhood try it late.", {"line": "subsequent"})],
        ["n1"],
    ),
    "another drug": (
        [("o1", "Give X.", {})],
        [("n1", "Give X.", {"drug": "heparin", "drug_text": "X2"})],
        ["n1"],
    ),
    "a drug that the vocabulary renamed": (
        [("o1", "Give ASA.", {"drug": "asa", "drug_text": "ASA"})],
        [("n1", "Give ASA.", {"drug": "aspirin", "drug_text": "ASA"})],
        ["o1"],
    ),
    "a drug by its code": (
        [("o1", "Give it.", {"drug": "asa", "drug_code": "ATC:1"})],
        [("n1", "Take it now and then.", {"drug": "aspirin", "drug_code": "ATC:1"})],
        ["o1"],
    ),
    "a code that names two drugs names neither": (
        [("o1", "Give it.", {"drug": "asa", "drug_code": "ATC:1"})],
        [
            ("n1", "Take it now.", {"drug": "aspirin", "drug_code": "ATC:1"}),
            ("n2", "Give it.", {"drug": "asa", "drug_code": "ATC:1"}),
        ],
        ["n1", "o1"],
    ),
    "start and target of one statement": (
        [("o1", TITRATE, START), ("o2", TITRATE, TARGET)],
        [("n1", TITRATE, TARGET), ("n2", TITRATE, START)],
        ["o2", "o1"],
    ),
    "the start dose went": (
        [("o1", TITRATE, START), ("o2", TITRATE, TARGET)],
        [("n1", "Titrate ramipril to 20 mg.", TARGET)],
        ["o2"],
    ),
    "a dose came to a statement without one": (
        [("o1", "Give ramipril.", {})],
        [("n1", TITRATE, TARGET), ("n2", TITRATE, START)],
        ["o1", "n2"],
    ),
    "moved past each other": (
        [
            ("o1", "Give aspirin at night.", {"line": "first"}),
            ("o2", "Give aspirin at noon.", {"line": "first"}),
        ],
        [
            ("n1", "Give aspirin at noon.", {"line": "first"}),
            ("n2", "Give aspirin at night.", {"line": "first"}),
        ],
        ["o2", "o1"],
    ),
    "one inserted before": (
        [("x:1", "Give aspirin at night.", {}), ("x:2", "Give aspirin at noon to the old.", {})],
        [
            ("x:1", "Chew one tablet at once on suspicion.", {"setting": ("acute",)}),
            ("x:2", "Give aspirin at night.", {}),
            ("x:3", "Give aspirin at noon to the old.", {}),
        ],
        ["x:1.0", "x:1", "x:2"],
    ),
    "the heading names another disease now": (
        [("o1", "Aspirin is given daily in a low dose.", {"disease": "stroke", "disease_origin": "heading"})],
        [("n1", "Aspirin is given daily in a low dose.", {"disease": "TIA", "disease_origin": "heading"})],
        ["o1"],
    ),
    "a short bullet under another heading": (
        [("o1", "Aspirin", {"disease": "stroke", "section": ("Stroke",)})],
        [("n1", "Aspirin", {"disease": "gout", "section": ("Gout",)})],
        ["n1"],
    ),
    "graded anew, for patients described in other words": (
        [
            (
                "o1",
                "Vedolizumab: We suggest adding it if infliximab has failed or is not tolerated (weak recommendation)",
                {
                    "strength": "conditional",
                    "line": "subsequent",
                    "setting": ("refractory", "intolerance"),
                    "condition": (
                        "when the colitis stays active on azathioprine",
                        "if infliximab has failed or is not tolerated",
                    ),
                },
            )
        ],
        [
            (
                "n1",
                "Vedolizumab: We recommend adding it early (strong recommendation, moderate certainty)",
                {
                    "strength": "strong",
                    "line": "subsequent",
                    "setting": ("refractory",),
                    "condition": ("for patients whose colitis stays active on azathioprine",),
                },
            )
        ],
        ["o1"],
    ),
    "advised against anew in other words, beside another use": (
        [
            ("o1", "Digoxin may be tried where all else failed.", {"line": "subsequent"}),
            ("o2", "Digoxin for the fetus with tachycardia.", {"population": ("fetuses",)}),
        ],
        [
            ("n1", "It harms: stop doing so.", {"line": "subsequent", "direction": "against"}),
            ("n2", "In pregnancy the choice for supraventricular rhythms.", {"population": ("fetuses",)}),
        ],
        ["o1", "o2"],
    ),
    "an alternative that is advised against now": (
        [("o1", "Digoxin 0.125 mg daily might be considered", {"preference": "alternative"})],
        [("n1", "Digoxin is not recommended (Class III)", {"direction": "against", "strength": "strong"})],
        ["o1"],
    ),
    "two of which none is the only counterpart": (
        [
            ("o1", "A loading dose saves an hour.", {}),
            ("o2", "Crush tablets for tubes.", {}),
        ],
        [
            ("n1", "Check levels at steady state.", {}),
            ("n2", "Smoking lowers what arrives.", {}),
        ],
        ["n1", "n2"],
    ),
    "avoided in one condition, preferred in another": (
        [
            (
                "o1",
                "Previous diverticulitis: avoid it.",
                {"condition": ("previous diverticulitis",), "direction": "against"},
            )
        ],
        [("n1", "Prefer it in heart failure.", {"condition": ("in heart failure",)})],
        ["n1"],
    ),
    "a use in one situation, an advice against one in another": (
        [("o1", "Amiodarone is recommended in heart failure.", {"condition": ("in heart failure",)})],
        [
            (
                "n1",
                "Amiodarone is not recommended first: it harms thyroid and lungs.",
                {"line": "first", "direction": "against"},
            )
        ],
        ["n1"],
    ),
    "a use, and an advice against a combination": (
        [("o1", "Aspirin is used from the first day.", {})],
        [
            (
                "n1",
                "Do not combine the two.",
                {"direction": "against", "setting": ("combination",), "with_drugs": ("ibuprofen",)},
            )
        ],
        ["n1"],
    ),
    "another study": (
        [("o1", "A trial of 200 men showed benefit of aspirin.", {"kind": "evidence"})],
        [("n1", "Registry data suggest fewer events with it.", {"kind": "evidence"})],
        ["n1"],
    ),
    "another article": (
        [("o1", "Give aspirin.", {"article_id": "a"})],
        [("n1", "Give aspirin.", {"article_id": "b"})],
        ["n1"],
    ),
    "two in the new version came with one id": (
        [],
        [("n1", "Give aspirin.", {}), ("n1", "Give it to children too.", {"population": ("children",)})],
        ["n1", "n1.0"],
    ),
}


def rows_of(statements, row, version):
    return [
        row(quote, claim_id=name, article_version=version, char_start=100 * i, **rest)
        for i, (name, quote, rest) in enumerate(statements)
    ]


@pytest.mark.parametrize(("old", "new", "expected"), CASES.values(), ids=CASES.keys())
def test_ids_of_the_new_version(old, new, expected, row):
    before, after = rows_of(old, row, "v1"), rows_of(new, row, "v2")
    given = [r["claim_id"] for r in carry_ids(before, after)]
    assert [g.split(".")[0] + (".0" if "." in g else "") for g in given] == expected
    assert len(set(given)) == len(given)


def test_nothing_but_the_id_changes(row):
    old, new = [row(claim_id="o")], [row(claim_id="n", char_start=70, article_version="v2")]
    assert carry_ids(old, new) == [{**new[0], "claim_id": "o"}]


def test_a_removed_claim_does_not_lend_its_id(row):
    old = [
        row("Give aspirin early.", claim_id="x:1", line="first"),
        row("Never in gout.", claim_id="x:2", line="subsequent"),
    ]
    new = carry_ids(old, [row("Registry data on it are scarce.", claim_id="x:1", kind="evidence")])
    assert [c.kind for c in diff_claims(old, new)] == ["added", "removed", "removed"]


def test_a_third_version_keeps_the_ids_of_the_first(row):
    first = rows_of(
        [("x:1", "Give aspirin at night.", {}), ("x:2", "Aspirin is safe.", {"line": "first"})], row, "v1"
    )
    second = carry_ids(first, rows_of([("x:1", "Aspirin is safe.", {"line": "first"})], row, "v2"))
    third = carry_ids(second, rows_of([("x:1", "Aspirin is very safe.", {"line": "first"})], row, "v3"))
    assert [r["claim_id"] for r in third] == ["x:2"]


def test_thousands_of_claims_of_one_drug_and_disease_are_aligned(row):
    old = [
        row(f"Give aspirin for reason {i} of the list.", claim_id=f"o{i}", char_start=50 * i)
        for i in range(1000)
    ]
    new = [
        {
            **r,
            "claim_id": f"n{i}",
            "quote": r["quote"].replace("Give", "Offer"),
            "char_start": r["char_start"] + 7,
        }
        for i, r in enumerate(old)
    ]
    assert [r["claim_id"] for r in carry_ids(old, new)] == [f"o{i}" for i in range(1000)]
