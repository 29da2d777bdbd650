"""Every code of the vocabulary is one that a published release gives to that drug or disease.

`cases/codes.tsv` holds what the releases say (RxNorm, MeSH 2024 and later, MONDO 2024, DOID), one line a code of the curated
tables: `heading` is the release's own name, `package` the id that a data package gives that heading where it is another
heading's (see `pipeline.vocabulary.packages`), `called` is yes where the vocabulary does not know the heading's words.
"""

from __future__ import annotations

from collections import Counter
from pathlib import Path

import pytest

from pipeline.vocabulary import packages
from pipeline.vocabulary.forms import disease_name, natural
from pipeline.vocabulary.tables import data_folder, read_rows, table

CODED = ("drugs.tsv", "classes.tsv", "procedures.tsv", "diseases.tsv")
CASES = Path(__file__).parent / "cases" / "codes.tsv"
COLUMNS = ("name", "code", "heading", "package?", "called?")
# one heading for two that clinicians tell apart, or two forms of one name in research text
SHARED = {
    "DRUGBANK:DB05481",
    "DRUGBANK:DB11344",
    "MESH:D020246",
}


def said() -> list[dict[str, str]]:
    return list(read_rows("codes.tsv", CASES.read_text(encoding="utf-8"), COLUMNS))


def places() -> list[tuple[str, str, str]]:
    """(file and line, name, code) of each curated code."""
    found = []
    for file in CODED:
        for number, line in enumerate((data_folder() / file).read_text(encoding="utf-8").splitlines(), 1):
            cells = line.split("\t")
            if not line.startswith("#") and len(cells) > 1 and ":" in cells[1]:
                found.append((f"{file}, line {number}, column code", cells[0], cells[1]))
    return found


def package_ids() -> dict[str, set[str]]:
    """Heading, lower case -> the MeSH ids that the data packages give it."""
    ids: dict[str, set[str]] = {}
    for source in (packages.DRUGS, packages.DISEASES):
        for term in packages.terms(source):
            if term.mesh:
                ids.setdefault(term.name, set()).add(f"MESH:{term.mesh}")
    return ids


def test_every_curated_code_was_compared_with_a_release():
    known = {(c["name"], c["code"]) for c in said()}
    assert [place for place in places() if place[1:] not in known] == []
    assert known - {place[1:] for place in places()} == set()


def test_the_data_packages_give_the_same_ids():
    ids, cases = package_ids(), {c["code"]: c for c in said()}
    listed = {r["heading"]: r["code"] for r in table("codes.tsv") if r["code"].startswith("MESH:")}
    wrong = []
    for where, name, code in places():
        case = cases.get(code, {"heading": name, "package": ""})
        if not code.startswith("MESH:"):
            continue
        heading = case["heading"].lower()
        if listed.get(heading, code) != code:
            wrong.append((where, name, code, f"{case['heading']} is {listed[heading]} in codes.tsv"))
        expected = {f"MESH:{i}" for i in case["package"].split("|") if i} or {code}
        if not expected & ids.get(heading, expected):
            wrong.append(
                (where, name, code, f"{case['heading']} is {sorted(ids[heading])} in the data package")
            )
    assert wrong == []


def test_the_heading_of_a_code_means_its_row(lexicon):
    strange = []
    diseases = {r["name"] for r in table("diseases.tsv")}
    for case in said():
        find = lexicon.disease if case["name"] in diseases else lexicon.drug
        heading = case["heading"]
        forms = (heading, natural(heading), disease_name(heading), heading.replace(" / ", "/"))
        meant = {c.name.lower() for c in map(find, forms) if c}
        if (case["name"].lower() in meant) is (case["called"] == "yes"):
            strange.append((case["name"], case["code"], heading, sorted(meant)))
    assert strange == []


def test_a_code_means_one_drug_or_disease(lexicon):
    names = Counter(code for _, _, code in lexicon.index["entries"] if code)
    assert {code for code, count in names.items() if count > 1} == SHARED


@pytest.mark.parametrize("file", ["drugs.tsv", "diseases.tsv"])
def test_a_written_name_belongs_to_one_row(lexicon, file):
    find = lexicon.drug if file == "drugs.tsv" else lexicon.disease
    strange = []
    for row in table(file):
        for form in (row["name"], *filter(None, row["names"].split("|"))):
            concept = find(form)
            if concept is not None and concept.name.lower() != row["name"].lower():
                strange.append((row["name"], form, concept.name))
    assert strange == []


@pytest.mark.parametrize(("kind", "source"), [("drug", packages.DRUGS), ("disease", packages.DISEASES)])
def test_the_headings_of_the_packages_have_one_code_each(kind, source):
    rows = [r for r in table("codes.tsv") if r["kind"] == kind]
    known = {term.name for term in packages.terms(source)}
    assert [r for r in rows if r["heading"] not in known] == []
    for column in ("heading", "code"):
        assert [v for v, count in Counter(r[column] for r in rows).items() if count > 1] == []


@pytest.mark.parametrize(
    ("name", "code"),
    [
        ("apixaban", "DRUGBANK:DB06605"),  # no RxNorm release at hand: the package's DrugBank id
        ("propranolol", "DRUGBANK:DB00571"),  # not dexpropranolol's
        ("testosterone", "DRUGBANK:DB00624"),  # not its undecanoate's
        ("amoxicillin/clavulanate", "RXNORM:19711"),
        ("vitamin K antagonists", ""),  # not coumarin's
        ("ergots", ""),  # not ergotamine's
        ("elagolix/estradiol/norethindrone", ""),  # not norethindrone's
        ("factor Xa inhibitors", "MESH:D065427"),
        ("abscess", "MESH:D000038"),  # the package has the id of empyema
        ("acne vulgaris", "MESH:D000152"),  # the package has the id of hidradenitis suppurativa
        ("Dravet syndrome", "MONDO:0100135"),  # not that of all myoclonic epilepsies
        ("fecal microbiota transplantation", "MESH:D000069467"),  # not that of microbiota
    ],
)
def test_codes(lexicon, name, code):
    concept = lexicon.disease(name) or lexicon.drug(name)
    assert (concept.name.lower(), concept.code) == (name.lower(), code)
