"""The expected rows of the bundled articles are sound, and their quotes stand in the articles."""

import json
import re
from pathlib import Path

import pytest

from pipeline.evaluation import CaseError
from pipeline.evaluation.row_checks import words_of_page
from pipeline.evaluation.samples import load_samples

ROOT = Path(__file__).parents[2]
GOLDENS = Path(__file__).parent / "samples"
ARTICLES = ROOT / "raw" / "samples"


def test_the_bundled_expectations_are_sound():
    found = load_samples(GOLDENS, ARTICLES)
    assert len(found) >= 4
    assert min(map(len, found.values())) >= 10
    assert {row["optional"] for rows in found.values() for row in rows if "optional" in row} == {True}


def test_the_samples_are_what_the_readme_says():
    texts = {p: p.read_text(encoding="utf-8") for p in sorted(ARTICLES.rglob("*.*")) if p.suffix != ".md"}
    assert len(texts) >= 10
    assert {p.suffix for p in texts} == {".txt", ".html"}
    publishers = {
        name for name in ("Bedside Answers", "Clinic Compendium") for t in texts.values() if name in t
    }
    assert len(publishers) == 2
    assert {"From the Guidelines" in t for t in texts.values()} == {True, False}
    for path, text in texts.items():
        assert 300 <= len(words_of_page(re.sub(r"(?s)<(script|style).*?</\1>", " ", text)).split()) <= 900, (
            path
        )
    links = [m[1] for t in texts.values() if (m := re.search(r'rel="canonical" href="([^"]+)"', t))]
    assert len(links) - len(set(links)) == 2  # two pages in two versions
    stems = [p.stem for p in texts if p.suffix == ".txt"]
    assert len(stems) - len(set(stems)) == 1  # one text in two versions


ROW = {"doc": "a.txt", "quote": "Give naproxen", "drug": "naproxen", "disease": "gout"}


@pytest.mark.parametrize(
    ("line", "what"),
    [
        ("{", "not JSON"),
        (json.dumps({**ROW, "doc": "b.txt"}), "no article b.txt"),
        (json.dumps({**ROW, "quote": ""}), "needs its doc and its quote"),
        (json.dumps({**ROW, "quote": "Take naproxen"}), "is not in the text"),
        (json.dumps({**ROW, "line": "second"}), "is none of"),
        ("", "no row in this file"),
    ],
)
def test_unsound_expectations_are_refused(tmp_path, line, what):
    (tmp_path / "a.txt").write_text("Gout\n\nGive naproxen.", encoding="utf-8")
    goldens = tmp_path / "rows"
    goldens.mkdir()
    (goldens / "a.jsonl").write_text(json.dumps(ROW), encoding="utf-8")
    (row,) = load_samples(goldens, tmp_path)["a.txt"]
    assert (row["drug"], row["direction"], row["golden"]) == ("naproxen", "for", "a.jsonl")
    (goldens / "b.jsonl").write_text(line, encoding="utf-8")
    with pytest.raises(CaseError, match=what):
        load_samples(goldens, tmp_path)
