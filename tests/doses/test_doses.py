"""Every dose of a sentence: its exact words and all of its columns."""

import pytest
from dose_cases import CASES, CaseError, read_cases, unmark

TABLE = read_cases(CASES / "doses.txt")


@pytest.mark.parametrize("case", TABLE, ids=[c.sentence[:50] for c in TABLE])
def test_doses(case, doses_of):
    assert doses_of(case.sentence) == case.expected


@pytest.mark.parametrize("bad", ["[[40 mg daily", "40 mg]] daily", "[[]] daily", "[[5 [[mg]]"])
def test_a_broken_mark_is_refused(bad):
    with pytest.raises(CaseError, match="mark"):
        unmark(bad)


@pytest.mark.parametrize(
    "table",
    [
        "",
        "cardiology|no third field",
        "x|[[5 mg]]|5 mg adm ; 6 mg adm",
        "x|[[5 mg]]|five mg",
        "x|[[5 mg]]|5 mg adm\nx|[[5 mg]]|5 mg adm",
    ],
)
def test_a_table_that_could_not_fail_is_refused(table, tmp_path):
    path = tmp_path / "cases.txt"
    path.write_text(table, encoding="utf-8")
    with pytest.raises(CaseError):
        read_cases(path)
