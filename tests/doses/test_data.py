"""The data files: a broken line is told with file, line and field; the lists are complete."""

import pickle
import re
from importlib import resources
from pathlib import Path

import pytest

from pipeline.claims.doses.errors import DoseDataError
from pipeline.claims.doses.tables import FILES, Node, add_lines, data_text
from pipeline.claims.doses.words import words


@pytest.mark.parametrize(
    ("name", "text", "where"),
    [
        ("units", "form\tucum\nmg\tmg", "units.tsv line 1"),
        ("units", "form\tucum\tkind\tfactor\tcase\nmg\tmg\tmass\t1", "units.tsv line 2"),
        ("units", "form\tucum\tkind\tfactor\tcase\nmg\tmg\tweight\t1\tany", "units.tsv line 2, kind"),
        ("units", "form\tucum\tkind\tfactor\tcase\nmg\tmg\tmass\tone\tany", "units.tsv line 2, factor"),
        ("units", "form\tucum\tkind\tfactor\tcase\nmg\tmg\tmass\t1\tsome", "units.tsv line 2, case"),
        ("times", "form\tucum\tcase\nday\tdays\tany", "times.tsv line 2, ucum"),
        ("routes", "form\troute\tcase\n\toral\tany", "routes.tsv line 2"),
        ("numbers", "", "numbers.tsv line 1"),
    ],
)
def test_a_broken_line_is_told_with_its_place(name, text, where):
    with pytest.raises(DoseDataError) as told:
        add_lines(Node(), name, text)
    assert told.value.where == where
    assert pickle.loads(pickle.dumps(told.value)).where == where


@pytest.mark.parametrize("name", [*FILES, "words"])
def test_no_line_of_a_file_is_repeated(name):
    lines = data_text(name).splitlines()
    assert len(lines) == len(set(lines))


def test_an_unknown_list_of_words_is_an_error():
    with pytest.raises(DoseDataError, match="no list 'nothing'"):
        words("nothing")


def test_every_list_of_words_is_asked_for():
    room = Path(str(resources.files("pipeline.claims.doses")))
    code = "\n".join(path.read_text(encoding="utf-8") for path in sorted(room.glob("*.py")))
    asked = set(re.findall(r'\bwords\("([\w-]+)"\)', code))
    assert {line.split("\t")[1] for line in data_text("words").splitlines()[1:]} - asked == set()
