"""The program that prints the figures: its parts, and that it never shows a held-out word."""

import importlib.util
import sys
from pathlib import Path

import pytest

from pipeline.evaluation import parse_cases

BENCHMARKS = Path(__file__).parents[2] / "benchmarks"
CASE = (
    '{"id": "rheu-001", "field": "rheumatology", "phenomena": ["line"], "title": null,'
    ' "text": "Naproxen is a first-line drug for gout.",'
    ' "expected": [{"drug": "naproxen", "disease": "gout", "line": "first"}]}'
)


def program(name):
    spec = importlib.util.spec_from_file_location(name, BENCHMARKS / f"{name}.py")
    module = importlib.util.module_from_spec(spec)
    sys.modules[name] = module
    spec.loader.exec_module(module)
    return module


@pytest.fixture(scope="module")
def evaluate():
    return program("evaluate")


def row(drug, **more):
    return {"article_id": "rheu-001", "drug": drug, "disease": "gout", "direction": "for", **more}


def test_a_page_becomes_rows():
    extract_rows = program("extract_rows")
    page = {
        "doc": "gout-1",
        "content": "Naproxen is a first-line drug for gout.\n",
        "media_type": "text/plain",
    }
    rows = extract_rows.rows_of(page)
    assert [(r["article_id"], r["drug"], r["disease"], r["line"]) for r in rows] == [
        ("gout-1", "naproxen", "gout", "first")
    ]


def test_what_a_revision_loses_is_shown_for_dev_and_only_counted_for_held_out_cases(evaluate, capsys):
    cases = parse_cases(CASE)
    before = [row("naproxen", line="first", quote="Naproxen is a first-line drug for gout.")]
    for secret in (False, True):
        part = evaluate.case_part("some", cases, secret=secret)
        evaluate.print_movements([part], {"some cases": before}, {"some cases": [row("aspirin")]}, "tuple")
        said = capsys.readouterr().out
        assert "some cases: tuple F1 0.000 (-1.000)   0 gained, 1 lost, 0 mended, 1 new error" in said
        assert ("naproxen" in said) is not secret
        assert ("first-line drug" in said) is not secret


def test_names_are_unified_on_both_sides(evaluate):
    (unified,) = evaluate.unified([row("MMF", with_drugs=["paracetamol", "nobody's drug"])])
    assert (unified["drug"], unified["with_drugs"]) == (
        "mycophenolate mofetil",
        ["acetaminophen", "nobody's drug"],
    )


def test_missing_reference_articles_are_no_error(evaluate, tmp_path):
    assert evaluate.shared_part(tmp_path) is None


def test_the_bundled_samples_are_one_part(evaluate):
    part = evaluate.sample_part()
    assert len(part.pages) >= 4
    assert {r["doc"] for r in part.gold} == set(part.documents)
