"""Lines of plain text that are rows of a table."""

from __future__ import annotations

import pytest

from pipeline.articles.text_tables import Cells, table_lines

LINES = [
    (["| Drug | Dose |", "| --- | --- |", "| Aspirin | 81 mg |"],
     {0: ("Drug", "Dose"), 1: None, 2: ("Aspirin", "81 mg")}),
    (["Drug\tDose", "Aspirin\t81 mg", "Heparin\t5000 units"],
     {0: ("Drug", "Dose"), 1: ("Aspirin", "81 mg"), 2: ("Heparin", "5000 units")}),
    (["Drug | Dose", "---|:-:", "Aspirin | 81 mg"], {0: ("Drug", "Dose"), 1: None, 2: ("Aspirin", "81 mg")}),
    (["+------+", "| Drug | Dose |", "+=====+====+", "| Adults | |"],
     {0: None, 1: ("Drug", "Dose"), 2: None, 3: ("Adults", "")}),
    (["Drug\tDose\tNotes", "Aspirin\t\twith food", "Heparin\t5000 units\t"],
     {0: ("Drug", "Dose", "Notes"), 1: ("Aspirin", "", "with food"), 2: ("Heparin", "5000 units", "")}),
    (["Drug     Usual dose   Line", "Aspirin   81 mg   First", "Heparin   5000 units   First"],
     {0: ("Drug", "Usual dose", "Line"), 1: ("Aspirin", "81 mg", "First"), 2: ("Heparin", "5000 units", "First")}),
    (["Home | Articles | About", "Log in | Register | Help"], {}),
    (["•\tAspirin", "•\tHeparin", "•\tWarfarin"], {}),
    (["o\tAspirin", "o\tHeparin", "o\tWarfarin"], {}),
    (["1.\tAspirin", "2.\tHeparin", "3.\tWarfarin"], {}),
    (["Reviewed by the panel | 2025", "Give aspirin.", "Updated | 2025"], {}),
    (["Aspirin works.   It is cheap.", "Heparin works.   It is cheap."], {}),
    (["either | or"], {}),
    (["Drug      Dose    Line", "-------   ------- ------", "Aspirin   81 mg", "Heparin                  First", "", "Words."],
     {0: ("Drug", "Dose", "Line"), 1: None, 2: ("Aspirin", "81 mg", ""), 3: ("Heparin", "", "First")}),
    (["======= ======", "Drug    Dose", "======= ======", "Aspirin 81 mg", "======= ======"],
     {0: None, 1: ("Drug", "Dose"), 2: None, 3: ("Aspirin", "81 mg"), 4: None}),
    (["----------------", "Drug     Usual", "         dose", "-------- -------", "Aspirin  81 mg", "or more  daily", "", "Heparin  5000", "----------------"],
     {1: None, 2: ("Drug", "Usual dose"), 3: None, 4: None, 5: ("Aspirin or more", "81 mg daily"), 6: None, 7: ("Heparin", "5000"), 8: None}),
    (["--- ---", "", "Words."], {0: None}),
    (["-- --force", "a -- -- b"], {}),
]  # fmt: skip


@pytest.mark.parametrize(("lines", "expected"), LINES, ids=[lines[0] for lines, _ in LINES])
def test_rows_of_a_table(lines: list[str], expected: dict[int, Cells | None]) -> None:
    assert table_lines(lines) == expected
