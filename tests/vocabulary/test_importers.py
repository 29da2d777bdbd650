"""Release files in their exact formats become layers; a damaged one is told with its line."""

from __future__ import annotations

import os
import pickle
import signal
import subprocess
import sys
import time
from pathlib import Path

import pytest

from pipeline.vocabulary import Lexicon, VocabularyError
from pipeline.vocabulary.importers import import_atc, import_obo, import_rxnorm, read_layers

ROOT = Path(__file__).parents[2]


def conso(rxcui, tty, name, sab="RXNORM", suppress="N", language="ENG"):
    return f"{rxcui}|{language}||||||1{rxcui}||{rxcui}||{sab}|{tty}|{rxcui}|{name}||{suppress}|4096|"


def rel(one, relation, two):
    return f"{one}||CUI|RN|{two}||CUI|{relation}|||RXNORM|RXNORM||||4096|"


RXNCONSO = "\n".join([
    conso(6809, "IN", "metformin"),
    conso(6809, "PSN", "metFORMIN 500 MG Oral Tablet"),
    conso(235743, "PIN", "metformin hydrochloride"),
    conso(151827, "BN", "Glucophage"),
    conso(2001, "IN", "Glumotide"),
    conso(2001, "SY", "glumotide acid"),
    conso(2002, "BN", "Glumora"),
    conso(2003, "MIN", "glumotide / metformin"),
    conso(2004, "IN", "oldmab", suppress="O"),
    conso(2005, "IN", "elsewhere", sab="MTHSPL"),
    conso(2006, "IN", "autre", language="FRE"),
]) + "\n"  # fmt: skip
RXNREL = "\n".join([
    rel(6809, "form_of", 235743), rel(151827, "has_tradename", 6809), rel(2001, "tradename_of", 2002),
    rel(2002, "has_ingredient", 2001),
]) + "\n"  # fmt: skip


def rows(path):
    return [tuple(r.values()) for r in dict(read_layers(path.parent))[path.name]]


def test_rxnorm(tmp_path):
    (tmp_path / "rrf").mkdir()
    (tmp_path / "rrf" / "RXNCONSO.RRF").write_text(RXNCONSO)
    (tmp_path / "rrf" / "RXNREL.RRF").write_text(RXNREL)
    out = import_rxnorm(tmp_path / "rrf", tmp_path / "vocabulary")
    assert rows(out) == [
        ("glumotide", "ingredient", "RXNORM:2001", "glumotide acid|Glumora", ""),
        ("glumotide/metformin", "ingredient", "RXNORM:2003", "", ""),
        ("metformin", "ingredient", "RXNORM:6809", "metformin hydrochloride|Glucophage", ""),
    ]


OBO = """format-version: 1.2
ontology: mondo

! a comment
[Term]
id: MONDO:0000001
name: disease

[Term]
id: MONDO:0005002
name: chronic obstructive pulmonary disease
synonym: "COPD" EXACT ABBREVIATION [DOID:3083]
synonym: "lung disease \\"of smokers\\"" EXACT []
synonym: "bronchitis" BROAD []
xref: DOID:3083
is_a: MONDO:0000001 ! disease

[Term]
id: MONDO:0099999
name: quivering lung syndrome
synonym: "shaky lung syndrome" EXACT []
is_a: MONDO:0005002 ! chronic obstructive pulmonary disease

[Term]
id: MONDO:0000002
name: obsolete thing
is_obsolete: true

[Term]
id: HP:0000118
name: phenotypic abnormality

[Typedef]
id: part_of
name: part of
"""


def test_obo(tmp_path):
    (tmp_path / "mondo.obo").write_text(OBO)
    out = import_obo(tmp_path / "mondo.obo", tmp_path / "vocabulary")
    assert out.name == "mondo.tsv"
    assert rows(out) == [
        ("disease", "disease", "MONDO:0000001", "", ""),
        ("chronic obstructive pulmonary disease", "disease", "MONDO:0005002", 'COPD|lung disease "of smokers"', "disease"),
        ("quivering lung syndrome", "disease", "MONDO:0099999", "shaky lung syndrome", "chronic obstructive pulmonary disease"),
    ]  # fmt: skip


ATC = """atc_code,atc_name,ddd,uom,adm_r,note
A,ALIMENTARY TRACT AND METABOLISM,NA,NA,NA,NA
A10B,"BLOOD GLUCOSE LOWERING DRUGS, EXCL. INSULINS",NA,NA,NA,NA
A10BA,Biguanides,NA,NA,NA,NA
A10BA02,metformin,2,g,O,NA
A10BA99,glumotide,1,mg,P,NA
D11AX99,glumotide,1,mg,T,NA
"""


def test_atc(tmp_path):
    (tmp_path / "atc.csv").write_text("\ufeff" + ATC)
    out = import_atc(tmp_path / "atc.csv", tmp_path / "vocabulary")
    assert rows(out) == [
        ("blood glucose lowering drugs, excl. insulins", "class", "ATC:A10B", "", ""),
        ("biguanides", "class", "ATC:A10BA", "", ""),
        ("metformin", "ingredient", "ATC:A10BA02", "", "biguanides|blood glucose lowering drugs, excl. insulins"),
        ("glumotide", "ingredient", "ATC:A10BA99", "", "biguanides|blood glucose lowering drugs, excl. insulins"),
    ]  # fmt: skip


@pytest.mark.parametrize(("folder", "file"), [(0o755, 0o644), (0o770, 0o660), (0o700, 0o600)])
def test_whoever_may_read_the_folder_may_read_the_layer(tmp_path, folder, file):
    (tmp_path / "atc.csv").write_text(ATC)
    (tmp_path / "layers").mkdir()
    (tmp_path / "layers").chmod(folder)
    layer = import_atc(tmp_path / "atc.csv", tmp_path / "layers")
    assert layer.stat().st_mode & 0o777 == file


def test_atc_with_addresses_as_codes(tmp_path):
    (tmp_path / "a.csv").write_text(
        "Class ID,Preferred Label\nhttp://purl.example.org/ATC/A10BA02,metformin\n"
    )
    out = import_atc(tmp_path / "a.csv", tmp_path / "vocabulary")
    assert rows(out) == [("metformin", "ingredient", "ATC:A10BA02", "", "")]


def test_the_lexicon_takes_the_layers_in(tmp_path):
    folder = tmp_path / "vocabulary"
    (tmp_path / "RXNCONSO.RRF").write_text(RXNCONSO)
    (tmp_path / "RXNREL.RRF").write_text(RXNREL)
    (tmp_path / "mondo.obo").write_text(OBO)
    (tmp_path / "atc.csv").write_text(ATC)
    import_rxnorm(tmp_path / "RXNCONSO.RRF", folder)
    import_obo(tmp_path / "mondo.obo", folder)
    import_atc(tmp_path / "atc.csv", folder)
    lexicon = Lexicon.default(folder)
    assert lexicon.drug("Glumora").code == "RXNORM:2001"
    assert lexicon.drug("glucophage").name == "metformin"
    assert lexicon.disease("shaky lung syndrome").name == "quivering lung syndrome"
    assert lexicon.disease("COPD").code == "MONDO:0005002"
    assert lexicon.ancestors("quivering lung syndrome")[0] == "chronic obstructive pulmonary disease"
    assert {"metformin", "glumotide"} <= lexicon.members("biguanides")


@pytest.mark.parametrize(
    ("importer", "name", "content", "where", "code"),
    [
        (import_rxnorm, "RXNCONSO.RRF", "1|ENG|too|short|\n", "RXNCONSO.RRF, line 1", "E-VOCABULARY-3"),
        (import_rxnorm, "RXNCONSO.RRF", conso(1, "IN", "a") + "\nbroken\n", "RXNCONSO.RRF, line 2", "E-VOCABULARY-3"),
        (import_rxnorm, "RXNCONSO.RRF", conso(1, "BN", "only a brand") + "\n", "rxnorm.tsv", "E-VOCABULARY-3"),
        (import_obo, "x.obo", "no stanza here\n", "x.obo, line 1", "E-VOCABULARY-3"),
        (import_obo, "x.obo", "[Term]\nname: nameless\n", "x.obo, line 1", "E-VOCABULARY-3"),
        (import_obo, "x.obo", "[Term]\nid: A:1\nname: a\nsynonym: bare\n", "x.obo, line 4", "E-VOCABULARY-3"),
        (import_obo, "x.obo", "", "x.obo, line 1", "E-VOCABULARY-3"),
        (import_atc, "x.csv", "foo,bar\n1,2\n", "x.csv, line 1", "E-VOCABULARY-3"),
        (import_atc, "x.csv", "code,name\nA10BA02,metformin\nwrong,metformin\n", "x.csv, line 3", "E-VOCABULARY-3"),
        (import_atc, "x.csv", "name,code\nmetformin\n", "x.csv, line 2", "E-VOCABULARY-3"),
    ],
)  # fmt: skip
def test_a_damaged_file_is_told_with_its_line(tmp_path, importer, name, content, where, code):
    (tmp_path / name).write_text(content)
    with pytest.raises(VocabularyError) as caught:
        importer(tmp_path / name, tmp_path / "vocabulary")
    assert (caught.value.code, caught.value.where) == (code, where)
    assert not list((tmp_path / "vocabulary").glob("*")) if (tmp_path / "vocabulary").exists() else True
    assert str(pickle.loads(pickle.dumps(caught.value))) == str(caught.value)


@pytest.mark.parametrize("importer", [import_rxnorm, import_obo, import_atc])
def test_a_missing_or_binary_file_is_told(tmp_path, importer):
    with pytest.raises(VocabularyError, match="E-VOCABULARY-2"):
        importer(tmp_path / "none", tmp_path / "vocabulary")
    (tmp_path / "binary").write_bytes(b"\xff\xfe\x00\x81")
    with pytest.raises(VocabularyError, match="E-VOCABULARY-3"):
        importer(tmp_path / "binary", tmp_path / "vocabulary")


KILLED = """
import os, sys, signal
from pathlib import Path
from pipeline.vocabulary import importers
os.replace = lambda *_: os.kill(os.getpid(), signal.SIGKILL)
importers.import_atc(Path(sys.argv[1]), Path(sys.argv[2]))
"""


def test_an_import_that_is_killed_or_meets_a_broken_line_leaves_the_layer_as_it_was(tmp_path):
    release, folder = tmp_path / "atc.csv", tmp_path / "vocabulary"
    release.write_text("code,name\n" + "".join(f"A10BA{n:02},glumotide {n}\n" for n in range(100)))
    layer = import_atc(release, folder)
    before = layer.read_bytes()
    release.write_text("code,name\nA10BA02,other\n")
    killed = subprocess.run([sys.executable, "-c", KILLED, release, folder], cwd=ROOT)
    assert (killed.returncode, layer.read_bytes()) == (-signal.SIGKILL, before)
    assert len(read_layers(folder)[0][1]) == 100
    release.write_text("code,name\nA10BA02,other\n" * 50 + "none,broken\n")
    with pytest.raises(VocabularyError, match="no ATC code"):
        import_atc(release, folder)
    assert layer.read_bytes() == before
    release.write_text("code,name\nA10BA02,other\n")
    [left] = folder.glob("*.part")
    os.utime(left, (time.time() - 7200,) * 2)
    import_atc(release, folder)
    assert [p.name for p in folder.iterdir()] == ["atc.tsv"]


def test_imports_at_once_leave_whole_layers(tmp_path):
    releases = []
    for n in range(4):
        releases.append(tmp_path / f"{n}.csv")
        releases[-1].write_text(
            "code,name\n" + "".join(f"A{i // 100:02}BA{i % 100:02},glumotide {n} {i}\n" for i in range(5000))
        )
    program = "import sys; from pathlib import Path; from pipeline.vocabulary.importers import import_atc; import_atc(*map(Path, sys.argv[1:]))"
    folder = tmp_path / "vocabulary"
    running = [subprocess.Popen([sys.executable, "-c", program, r, folder], cwd=ROOT) for r in releases]
    assert [p.wait() for p in running] == [0] * 4
    [(name, found)] = read_layers(folder)
    assert (name, len(found), len({row["name"].split()[1] for row in found})) == ("atc.tsv", 5000, 1)
    assert [p.name for p in folder.iterdir()] == ["atc.tsv"]
