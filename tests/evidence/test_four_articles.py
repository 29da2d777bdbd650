"""The four articles: every discrepancy that an editor must see, none that an editor must not."""

import json
from pathlib import Path

import pytest

from pipeline.evidence import reconcile

GOLD = Path(__file__).resolve().parents[2] / "../shared/gold" / "seed-discrepancies.jsonl"
CASES = [json.loads(line) for line in GOLD.read_text(encoding="utf-8").splitlines()] if GOLD.exists() else []

EXPECTED = """
000 002 abatacept SjD-ILD direction difference
000 002 azathioprine SjD-ILD preference difference
000 002 azathioprine SjD-ILD strength difference
000 002 glucocorticoids SjD-ILD duration difference
000 002 glucocorticoids SjD-ILD strength difference
000 002 mycophenolate_mofetil SjD-ILD dose difference
000 002 mycophenolate_mofetil SjD-ILD preference difference
000 002 rituximab SjD-ILD line update
001 002 azathioprine SSc-ILD setting difference
001 002 cyclophosphamide SSc-ILD setting difference
001 002 cyclophosphamide SSc-ILD strength difference
001 002 methylprednisolone SSc-ILD strength difference
001 002 mycophenolate_mofetil SSc-ILD dose difference
001 002 mycophenolate_mofetil SSc-ILD strength difference
001 002 nintedanib SSc-ILD strength difference
001 002 rituximab SSc-ILD setting difference
001 002 rituximab SSc-ILD strength difference
003 002 azathioprine MCTD-ILD line update
003 002 glucocorticoids MCTD-ILD duration difference
003 002 glucocorticoids MCTD-ILD strength difference
003 002 mycophenolate_mofetil MCTD-ILD line update
003 002 rituximab MCTD-ILD line update
"""


@pytest.fixture(scope="module", params=[False, True], ids=["sure rows", "with optional rows"])
def found(request, gold_claims, hierarchy):
    table = reconcile(gold_claims(request.param), lexicon=hierarchy).discrepancies
    columns = ["older_article", "newer_article", "drug", "disease", "aspect", "severity"]
    return {tuple(row) for row in table[columns].itertuples(index=False)}


@pytest.mark.parametrize(
    "case", CASES, ids=lambda c: f"{c['expect']} {c['drug']} {c['disease']} {c['aspect']}"
)
def test_what_an_editor_must_and_must_not_see(case, found):
    key = (case["older"], case["newer"], case["drug"], case["disease"], case["aspect"])
    severities = {row[5] for row in found if row[:5] == key}
    if case["expect"] == "must":
        assert severities
        assert severities <= set(case["severity"])
    else:
        assert not severities & set(case.get("severity", ["conflict", "update", "difference"]))


def test_the_whole_list(found):
    expected = {tuple(w.replace("_", " ") for w in line.split()) for line in EXPECTED.strip().splitlines()}
    assert found == expected
