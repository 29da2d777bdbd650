"""The file of rules: what is refused, and that the documentation names every entry."""

import dataclasses
import tomllib
from importlib.resources import files
from pathlib import Path

import pytest

from pipeline.evidence import RulesError, load_rules

BAD = [
    ("no TOML", "order = [", "E-RULES-1", "no TOML"),
    ("an unknown table", "[treshold]\nfull_pairs = 3", "E-RULES-2", "treshold is no entry"),
    ("an unknown key", "[thresholds]\nfull_pair = 3", "E-RULES-2", "thresholds.full_pair is no entry"),
    ("an unknown aspect", "[severity.colour]\nopen = 'conflict'", "E-RULES-2", "severity.colour"),
    ("an unknown severity", "[severity.dose]\nopen = 'bad'", "E-RULES-3", "severity.dose.open must be one of"),
    ("a word for a number", "[thresholds]\nfull_pairs = 'many'", "E-RULES-3", "thresholds.full_pairs must be a whole number"),
    ("too small", "[thresholds]\ndose_ratio = 0.5", "E-RULES-3", "at least 1"),
    ("a word for a list", "[settings]\nlater = 'maintenance'", "E-RULES-3", "settings.later must be a list"),
    ("a pair of one", "[settings]\nopposite = [['mild', 'mild']]", "E-RULES-3", "pairs of different"),
    ("a list for a table", "severity = []", "E-RULES-3", "severity must be a table"),
    ("an unknown rule", "order = ['editor-decision', 'coin']", "E-RULES-4", "unknown rules: coin"),
    ("no editor", "order = ['newer-over-older']", "E-RULES-4", "must begin with editor-decision"),
    ("twice", "order = ['editor-decision', 'editor-decision']", "E-RULES-4", "each rule once"),
    ("an unknown strength", "[thresholds]\nsilent_newer_strengths = ['firm']", "E-RULES-3", "of strong, conditional"),
    ("hidden conflicts", "[severity.direction]\nopen = 'difference'", "E-RULES-3", "no rule hides an open conflict"),
    ("a rank that is no number", "[authority]\nkinds = { blog = 'low' }", "E-RULES-3", "a number for each kind"),
]  # fmt: skip


@pytest.mark.parametrize(("text", "code", "what"), [b[1:] for b in BAD], ids=[b[0] for b in BAD])
def test_what_is_refused(text, code, what):
    with pytest.raises(RulesError, match=what) as error:
        load_rules(text)
    assert error.value.code == code


def test_an_override_changes_what_it_names_only():
    changed = load_rules("[thresholds]\nfull_pairs = 3\n[authority]\nkinds = { blog = 0 }")
    plain = load_rules()
    assert changed.full_pairs == 3
    assert changed.kinds == {**plain.kinds, "blog": 0}
    same = {"full_pairs": plain.full_pairs, "kinds": plain.kinds}
    assert dataclasses.replace(changed, **same) == plain


def test_the_documentation_names_every_entry():
    text = (Path(__file__).resolve().parents[2] / "docs/rules.md").read_text(encoding="utf-8")
    tables = tomllib.loads((files("pipeline.evidence") / "rules.toml").read_text(encoding="utf-8"))
    names = {
        *tables["rules"],
        *tables["thresholds"],
        *tables["severity"],
        *tables["settings"],
        *tables["populations"],
        *tables["conditions"],
    }
    assert sorted(name for name in names if f"`{name}`" not in text) == []
    assert set(tables["order"]) == set(tables["rules"])
