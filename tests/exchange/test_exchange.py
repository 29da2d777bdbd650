"""Every format is read back without loss; what was changed outside comes back as a correction."""

from __future__ import annotations

import csv
import datetime as dt
import io
import json

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from pipeline.exchange import (
    ExchangeError,
    corrections_between,
    from_brat,
    from_csv,
    from_jsonl,
    from_web_annotations,
    to_brat,
    to_csv,
    to_jsonl,
    to_web_annotations,
)  # fmt: skip
from pipeline.model import Claim, Correction, Decision, Dose, Mark, row_of

TEXT = "Atrial fibrillation\nApixaban 5 mg twice daily is recommended (strong)."
START = TEXT.index("Apixaban")


def claim_row(**changed):
    base = {
        "claim_id": "af-1", "drug": "apixaban", "drug_kind": "ingredient", "drug_text": "Apixaban",
        "disease": "atrial fibrillation", "disease_text": "Atrial fibrillation", "disease_origin": "heading",
        "direction": "for", "strength": "strong", "strength_origin": "statement", "certainty": "very low",
        "line": "first", "preference": "unstated", "setting": ("maintenance",), "kind": "recommendation",
        "dose": Dose(dose_text="5 mg twice daily", dose_low=5, dose_high=5, dose_unit="mg", frequency=2, period=1,
                     period_unit="d"),
        "article_id": "af", "article_version": "0" * 64, "article_title": "AF", "article_date": dt.date(2026, 1, 8),
        "source": "Clinic", "quote": TEXT[START:], "char_start": START, "char_end": len(TEXT), "cites": (1, 2),
        "provenance": (Mark(field="drug", start=START, end=START + 8, rule="name"),
                       Mark(field="line", start=-1, end=-1, rule="heading")),
        "rules_version": "r1",
    }  # fmt: skip
    return row_of(Claim(**{**base, **changed}))


def decision_row(**changed):
    base = {
        "decision_id": "d-1", "subject": "claim", "subject_id": "af-1", "claim_id": "af-1", "verdict": "correct",
        "corrections": (Correction(field="dose_low", value="2.5"),), "saw": "f" * 64, "saw_quote": TEXT[START:],
        "reason": "zero lost", "editor": "editor-2", "decided_at": dt.datetime(2026, 3, 2, 9, 14, tzinfo=dt.UTC),
    }  # fmt: skip
    return row_of(Decision(**{**base, **changed}))


FORMATS = [
    (lambda rows: to_jsonl(rows), lambda text: from_jsonl(text, Claim)),
    (lambda rows: to_csv(rows, Claim), lambda text: from_csv(text, Claim)),
    (lambda rows: to_brat(rows, TEXT), lambda text: from_brat(text, TEXT)),
    (lambda rows: to_web_annotations(rows), lambda text: from_web_annotations(text)[0]),
]


@pytest.mark.parametrize(("write", "read"), FORMATS, ids=["jsonl", "csv", "brat", "web annotation"])
def test_claims_come_back_as_they_were(write, read):
    rows = [claim_row(), claim_row(claim_id="af-2", dose=None, setting=(), url="https://x.example/af")]
    assert read(write(rows)) == rows


@pytest.mark.parametrize(
    ("write", "read"),
    [
        (to_jsonl, lambda text: from_jsonl(text, Decision)),
        (lambda rows: to_csv(rows, Decision), lambda text: from_csv(text, Decision)),
        (lambda rows: to_web_annotations((), rows), lambda text: from_web_annotations(text)[1]),
    ],
    ids=["jsonl", "csv", "web annotation"],
)
def test_decisions_come_back_as_they_were(write, read):
    rows = [decision_row(), decision_row(decision_id="d-2", verdict="reject", corrections=(), reason="")]
    assert read(write(rows)) == rows


@pytest.mark.parametrize("sign", [",", ";", "\t"])
@pytest.mark.parametrize("mark", ["", "\ufeff"])
def test_a_spreadsheet_parts_cells_as_its_country_does(sign, mark):
    rows = [claim_row(), claim_row(claim_id="af-2", condition=("if A, B; or C\tD",))]
    saved = io.StringIO()
    csv.writer(saved, delimiter=sign).writerows(csv.reader(io.StringIO(to_csv(rows, Claim), newline="")))
    assert from_csv(mark + saved.getvalue(), Claim) == rows


@pytest.mark.parametrize(
    "evil", ['=HYPERLINK("http://x")', "+1", "-1", "@SUM(A1)", "\tx", "\rx", "\nx", "'quoted", "", 'a,b\n"c"']
)
def test_no_cell_is_a_formula(evil):
    text = to_csv([decision_row(reason=evil)], Decision)
    cells = [cell for line in list(csv.reader(io.StringIO(text, newline="")))[1:] for cell in line]
    assert [c for c in cells if c.startswith(("=", "+", "-", "@", "\t", "\r", "\n"))] == []
    assert from_csv(text, Decision)[0]["reason"] == evil


@settings(max_examples=150, deadline=None)
@given(st.text(alphabet=st.characters(exclude_categories=("Cs",), exclude_characters="\x00")))
def test_any_comment_survives_every_format(comment):
    row = decision_row(reason=comment)
    assert from_csv(to_csv([row], Decision), Decision) == [row]
    assert from_jsonl(to_jsonl([row]), Decision) == [row]
    assert from_web_annotations(to_web_annotations((), [row]))[1] == [row]


def test_brat_lines():
    lines = to_brat([claim_row()], TEXT).splitlines()
    assert lines[:4] == [
        f"T1\tStatement {START} {len(TEXT)}\t{TEXT[START:]}",
        f"T2\tDrug {START} {START + 8}\tApixaban",
        "E1\tStatement:T1 Drug:T2",
        "A1\tDirection E1 for",
    ]
    assert "A3\tCertainty E1 very_low" in lines


def test_an_attribute_changed_in_brat_is_a_correction():
    annotations = to_brat([claim_row()], TEXT).replace("Direction E1 for", "Direction E1 against")
    theirs = from_brat(annotations, TEXT)
    assert corrections_between([claim_row()], theirs) == {
        "af-1": [{"field": "direction", "value": '"against"'}]
    }


def test_only_what_an_editor_may_correct_counts():
    theirs = [
        claim_row(article_title="Other", setting=("induction",)),
        claim_row(claim_id="unknown", direction="against"),
    ]
    assert corrections_between([claim_row()], theirs) == {
        "af-1": [{"field": "setting", "value": '["induction"]'}]
    }


def test_the_web_annotation_selects_the_quote():
    page = json.loads(to_web_annotations([claim_row()], texts={"0" * 64: TEXT}))
    [item] = page["items"]
    assert page["@context"] == "http://www.w3.org/ns/anno.jsonld"
    assert item["target"] == {
        "source": "urn:evidence:article:af",
        "selector": [
            {"type": "TextQuoteSelector", "exact": TEXT[START:], "prefix": TEXT[:START], "suffix": ""},
            {"type": "TextPositionSelector", "start": START, "end": len(TEXT)},
        ],
    }


@pytest.mark.parametrize(
    ("read", "text", "code"),
    [
        (lambda t: from_jsonl(t, Decision), "{", "E-EXCHANGE-2"),
        (lambda t: from_jsonl(t, Decision), "[]", "E-EXCHANGE-1"),
        (lambda t: from_jsonl(t, Decision), json.dumps({**json.loads(to_jsonl([decision_row()])), "verdict": "maybe"}), "E-EXCHANGE-1"),
        (lambda t: from_jsonl(t, Decision), json.dumps({**json.loads(to_jsonl([decision_row()])), "decided_at": "soon"}), "E-EXCHANGE-1"),
        (lambda t: from_csv(t, Decision), "", "E-EXCHANGE-3"),
        (lambda t: from_csv(t, Decision), "drug,password\na,b\n", "E-EXCHANGE-3"),
        (lambda t: from_csv(t, Decision), "decision_id,subject\na,b,c\n", "E-EXCHANGE-3"),
        (lambda t: from_brat(t, "other text"), to_brat([claim_row()], TEXT), "E-EXCHANGE-4"),
        (lambda t: from_brat(t, TEXT), to_brat([claim_row()], TEXT).replace("Line E1 first", "Line E1 third"), "E-EXCHANGE-1"),
        (from_web_annotations, "nonsense", "E-EXCHANGE-2"),
    ],
)  # fmt: skip
def test_a_file_that_cannot_be_read_names_its_place(read, text, code):
    with pytest.raises(ExchangeError) as caught:
        read(text)
    assert caught.value.code == code


def test_annotations_of_other_tools_are_passed_over():
    page = {"type": "AnnotationPage", "items": [{"type": "Annotation", "body": "nice", "target": "x"}, "odd"]}
    assert from_web_annotations(json.dumps(page)) == ([], [])
    assert from_brat("T1\tDrug 0 3\tabc\n#1\tAnnotatorNotes T1\tnice\n", TEXT) == []
