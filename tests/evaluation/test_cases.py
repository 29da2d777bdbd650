"""The reader of cases refuses what would test nothing, and the bundled cases are sound and cover the contract."""

import json
from collections import Counter
from pathlib import Path

import pytest

from pipeline.evaluation import CaseError, load_cases, parse_cases
from pipeline.evaluation.cases import phenomena

CASES = Path(__file__).parents[1] / "claims" / "cases"
ROW = {"drug": "naproxen", "disease": "gout"}
DOSE = {
    "dose_text": "500 mg twice daily",
    "dose_low": 500,
    "dose_high": 500,
    "dose_unit": "mg",
    "dose_basis": "flat",
    "dose_per": "administration",
    "frequency": 2,
    "period": 1,
    "period_unit": "d",
}
SOUND = {
    "id": "rheu-001",
    "field": "rheumatology",
    "phenomena": ["dose-frequency"],
    "title": None,
    "text": "For gout in adults, give naproxen 500 mg twice daily unless not tolerated.",
    "expected": [{**ROW, "population": ["adults"], "condition": ["unless not tolerated"], "dose": DOSE}],
}


def line(**changes):
    return json.dumps({**SOUND, **changes})


def row(**changes):
    return [{**ROW, **changes}]


def test_a_sound_case_is_read_whole():
    (case,) = parse_cases(line())
    assert (case.id, case.field, case.phenomena, case.title) == (
        "rheu-001",
        "rheumatology",
        ("dose-frequency",),
        None,
    )
    (gold,) = case.gold()
    assert gold == {
        "drug": "naproxen",
        "disease": "gout",
        "direction": "for",
        "strength": "unstated",
        "certainty": "unstated",
        "line": "unstated",
        "preference": "unstated",
        "kind": "recommendation",
        "setting": [],
        "population": ["adults"],
        "condition": ["unless not tolerated"],
        "with_drugs": [],
        "guideline": None,
        "grade_system": None,
        "doc": "rheu-001",
        **DOSE,
    }


@pytest.mark.parametrize(
    ("form", "text", "condition"),
    [
        ("text", "For gout, give naproxen if CrCl is <30 mL/min or >90 mL/min.", "<30 mL/min or >90 mL/min"),
        ("html", "<p>For gout, give naproxen if CrCl is &lt;30 <b>mL/min</b>.</p>", "<30 mL/min"),
        ("html", "<p>For gout, give naproxen with <b>CrCl</b> of 30.</p>", "<b>CrCl</b> of 30"),
    ],
)
def test_signs_of_comparison_are_no_tags(form, text, condition):
    (case,) = parse_cases(line(format=form, text=text, expected=row(condition=[condition])))
    assert case.expected == ({**ROW, "condition": [condition]},)


def test_tags_are_no_words_of_a_page():
    with pytest.raises(CaseError, match="'/p' is not in the text"):
        parse_cases(line(format="html", text="<p>Give naproxen.</p>", expected=row(condition=["/p"])))


def test_a_page_is_text_or_html_under_its_title():
    (plain,) = parse_cases(line(title="Gout"))
    assert plain.page() == (f"Gout\n\n{SOUND['text']}\n", "text/plain")
    (bare,) = parse_cases(line())
    assert bare.page() == (f"{SOUND['text']}\n", "text/plain")
    (html,) = parse_cases(line(format="html", title="Gout"))
    page, kind = html.page()
    assert kind == "text/html"
    assert "<title>Gout</title>" in page
    assert f"<h1>Gout</h1>{SOUND['text']}</main>" in page
    whole = f"<!DOCTYPE html><html><body><nav>Home</nav><main>{SOUND['text']}</main></body></html>"
    (site,) = parse_cases(line(format="html", text=whole))
    assert site.page() == (whole, "text/html")


BAD = [
    ("not json", "{", "E-CASE-1", "not JSON"),
    ("no object", "[1]", "E-CASE-1", "not a JSON object"),
    ("repeated key", '{"id": "a-001", "id": "a-002"}', "E-CASE-1", "stands twice"),
    ("unknown column", line(quote="x"), "E-CASE-2", "unknown column 'quote'"),
    ("bad id", line(id="17"), "E-CASE-2", "not like card-017"),
    ("empty text", line(text="  "), "E-CASE-4", "text is empty"),
    ("empty title", line(title=""), "E-CASE-4", "title is empty"),
    ("bad format", line(format="pdf"), "E-CASE-2", "neither text nor html"),
    ("no phenomena", line(phenomena=[]), "E-CASE-4", "phenomena are empty"),
    ("unknown phenomenon", line(phenomena=["magic"]), "E-CASE-2", "unknown phenomenon"),
    ("unsorted phenomena", line(phenomena=["prose", "article"]), "E-CASE-2", "not sorted"),
    ("empty table unsaid", line(expected=[]), "E-CASE-2", "no-claim"),
    ("no-claim with a row", line(phenomena=["no-claim"]), "E-CASE-2", "no-claim"),
    ("expected no list", line(expected={}), "E-CASE-2", "no list"),
    ("row no object", line(expected=["naproxen"]), "E-CASE-2", "no object"),
    ("row twice", line(expected=[ROW, ROW]), "E-CASE-3", "stands twice"),
    ("no drug", line(expected=[{"disease": "gout"}]), "E-CASE-4", "drug is empty"),
    ("no disease", line(expected=row(disease="")), "E-CASE-4", "disease is empty"),
    ("upper case drug", line(expected=row(drug="Naproxen")), "E-CASE-2", "lower case"),
    ("upper case disease", line(expected=row(disease="Gout")), "E-CASE-2", "lower case"),
    ("unknown value", line(expected=row(strength="weak")), "E-CASE-2", "is none of strong"),
    (
        "unknown column of a row",
        line(expected=row(direktion="for")),
        "E-CASE-2",
        "unknown column 'direktion'",
    ),
    ("written default", line(expected=row(direction="for")), "E-CASE-2", "leave it out"),
    ("optional false", line(expected=row(optional=False)), "E-CASE-2", "optional is true"),
    ("unsorted setting", line(expected=row(setting=["severe", "mild"])), "E-CASE-2", "setting is not sorted"),
    ("setting a word", line(expected=row(setting="mild")), "E-CASE-2", "no list"),
    ("with itself", line(expected=row(with_drugs=["naproxen"], direction="against")), "E-CASE-2", "its own"),
    ("no combination", line(expected=row(with_drugs=["colchicine"])), "E-CASE-2", "without the setting"),
    ("foreign condition", line(expected=row(condition=["if young"])), "E-CASE-5", "'if young' is not in"),
    ("foreign quote", line(expected=row(quote="Take it.")), "E-CASE-5", "quote 'Take it.' is not in"),
    ("foreign grade", line(expected=row(grade_text="1A")), "E-CASE-5", "grade_text '1A'"),
    ("empty dose", line(expected=row(dose={})), "E-CASE-4", "the dose is empty"),
    ("silent dose", line(expected=row(dose={"dose_text": "500 mg"})), "E-CASE-4", "says nothing"),
    ("foreign dose", line(expected=row(dose={**DOSE, "dose_text": "9 mg"})), "E-CASE-5", "'9 mg' is not in"),
    ("wrong number", line(expected=row(dose={**DOSE, "dose_low": 50})), "E-CASE-5", "50 is not a number"),
    ("dose column", line(expected=row(dose={**DOSE, "amount": 5})), "E-CASE-2", "unknown column 'amount'"),
    ("dose unit of time", line(expected=row(dose={**DOSE, "period_unit": "day"})), "E-CASE-2", "is none of"),
    ("empty file", "\n\n", "E-CASE-4", "no case in this file"),
]


@pytest.mark.parametrize(("text", "code", "what"), [b[1:] for b in BAD], ids=[b[0] for b in BAD])
def test_an_unsound_case_is_refused(text, code, what):
    with pytest.raises(CaseError) as caught:
        parse_cases(text, where="some.jsonl")
    assert (caught.value.code, what in caught.value.what) == (code, True), caught.value.what
    assert caught.value.where.startswith("some.jsonl")


@pytest.mark.parametrize("column", list(SOUND))
def test_no_column_may_be_missing(column):
    with pytest.raises(CaseError, match=f"column '{column}' is missing"):
        parse_cases(json.dumps({k: v for k, v in SOUND.items() if k != column}))


@pytest.mark.parametrize(("second", "what"), [(line(), "id"), (line(id="rheu-002"), "text")])
def test_repeats_are_refused_within_and_across_files(tmp_path, second, what):
    with pytest.raises(CaseError, match=f"two cases have one {what}"):
        parse_cases(f"{line()}\n{second}")
    (tmp_path / "a.jsonl").write_text(line(), encoding="utf-8")
    (tmp_path / "b.jsonl").write_text(second, encoding="utf-8")
    with pytest.raises(CaseError, match=r"a\.jsonl rheu-001, b\.jsonl"):
        load_cases(tmp_path)


def test_a_folder_without_cases_is_refused(tmp_path):
    with pytest.raises(CaseError, match="no case in this folder"):
        load_cases(tmp_path)


def test_the_bundled_cases_are_sound_and_cover_every_phenomenon_in_both_halves():
    halves = {half: load_cases(CASES / half) for half in ("dev", "heldout")}
    load_cases(CASES)  # no id or text in both halves
    assert sum(map(len, halves.values())) >= 320
    for half, cases in halves.items():
        counts = Counter(name for case in cases for name in case.phenomena)
        assert {name for name in phenomena() if counts[name] < 2} == set(), half
        assert len({case.field for case in cases}) >= 14
    sizes = [len(cases) for cases in halves.values()]
    assert abs(sizes[0] - sizes[1]) <= 5
