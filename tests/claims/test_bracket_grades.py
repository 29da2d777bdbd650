"""Grades that fill a bracket: the forms of the data file, and what each states."""

import re

import pytest

from pipeline.claims.bracket_grades import bracket_grades, grade_forms
from pipeline.claims.grades import find_grades
from pipeline.claims.reading import Reader
from pipeline.vocabulary import Lexicon


@pytest.mark.parametrize("form", grade_forms(), ids=lambda form: form.id)
def test_a_form_finds_and_leaves_its_examples(form):
    assert [g.form for g in bracket_grades(f"It is advised {form.finds}.")] == [form.id]
    assert [g.form for g in bracket_grades(f"It is advised {form.leaves}.")] == []
    assert set(form.words.groupindex) <= {"strength", "certainty"}


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Levothyroxine alone is advised (1|⊕⊕⊕⊕)", [("1|⊕⊕⊕⊕", "GRADE", "strong", "high", "")]),
        ("Cabergoline may be tried (2 | ⨁⨁◯◯) 4", [("2 | ⨁⨁◯◯", "GRADE", "conditional", "low", "")]),
        ("Zoledronic acid is advised (strong, very low).", [("strong, very low", "GRADE", "strong", "very low", "")]),
        ("Etanercept (LoE 1b, GoR A) is used.", [("LoE 1b, GoR A", "Oxford", "strong", "high", "")]),
        ("Colchicine may be tried (4-5/D)", [("4-5/D", "Oxford", "conditional", "very low", "")]),
        ("Cisplatin plus etoposide [I, A], or carboplatin [III, B]", [("I, A", "ESMO", "strong", "high", ""), ("III, B", "ESMO", "conditional", "low", "")]),
        ("Docetaxel alone should not be used [I, E].", [("I, E", "ESMO", "strong", "high", "")]),
        ("Begin TMP-SMX at once (AII).", [("AII", "IDSA", "strong", "moderate", "")]),
        ("Terlipressin is preferred (GRADE II-1, B, 1)", [("GRADE II-1, B, 1", "GRADE", "strong", "moderate", "")]),
        ("Norfloxacin may be given (C2)", [("C2", "GRADE", "conditional", "low", "")]),
        ("Ivabradine is an option (IIa-B)", [("IIa-B", "ESC", "conditional", "moderate", "")]),
        ("Dronedarone is harmful (III B)", [("III B", "ESC", "strong", "moderate", "against")]),
        (
            "Offer tadalafil (Moderate Recommendation; Evidence Level: Grade B)",
            [("Moderate Recommendation; Evidence Level: Grade B", "AUA", "", "moderate", "")],
        ),
        ("Vericiguat may be considered (2b, B-R).", [("2b, B-R", "ACC/AHA", "conditional", "moderate", "")]),
        ("Vaccination is advised (1, C-LD) 3", [("1, C-LD", "ACC/AHA", "strong", "low", "")]),
        ("Ivabradine is reasonable (2a).", [("2a", "ACC/AHA", "conditional", "", "")]),
        ("Verapamil is harmful (III: Harm).", [("III: Harm", "ACC/AHA", "strong", "", "against")]),
        ("Aliskiren should not be used (3: No benefit, B-R).", [("3: No benefit, B-R", "ACC/AHA", "strong", "moderate", "against")]),
        # stages, vitamins, references, categories
        ("Adenosine (A1) receptor antagonists are not used", []),
        ("Dapagliflozin in albuminuria (A2) and diabetes", []),
        ("Thiamine (B1) deficiency is corrected", []),
        ("Imatinib is given in advanced disease (stage III, B)", []),
        ("Aspirin lowers the risk (1, 2)", []),
        ("Give rituximab (1 g)", []),
    ],
)  # fmt: skip
def test_grades_of_a_sentence(text, expected):
    grades = find_grades(Reader(Lexicon.default()).read(text))
    assert [(g.text, g.system, g.strength, g.certainty, g.direction) for g in grades] == expected


def test_forms_have_names_of_their_own():
    assert len({form.id for form in grade_forms()}) == len(grade_forms())
    assert all(re.fullmatch(r"[a-z]+(\.[a-z]+)?", form.id) for form in grade_forms())
