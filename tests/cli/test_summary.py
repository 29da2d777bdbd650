"""What `evidence run` says of a page that is gone, and `evidence vocabulary import` of the layer before."""

from tests.cli.conftest import run
from tests.web import site

__all__ = ["site"]
PAGE = "<html><body><h1>Gout</h1><p>Colchicine 0.6 mg daily is strongly recommended as first-line therapy for gout.</p></body></html>"


def test_a_page_that_is_gone_is_named_in_the_summary_once(site, tmp_path):
    places = ["--raw", str(tmp_path / "raw"), "--processed", str(tmp_path / "processed")]
    asked = ["run", "--plain", "--quiet", "--allow-private-network", site.page("/gout", PAGE), *places]
    said = [run(*asked).stdout]
    site.page("/gout", "gone", 410)
    said += [run(*asked).stdout, run(*asked).stdout]
    assert [[line for line in text.splitlines() if line.startswith("gone")] for text in said] == [
        [],
        ["gone:     1 article, whose claims hold on: evidence status"],
        [],
    ]


def test_an_import_tells_how_many_concepts_there_were_before(tmp_path, monkeypatch):
    release = tmp_path / "atc.csv"
    places = ["--raw", str(tmp_path / "raw"), "--processed", str(tmp_path / "processed")]
    layer = tmp_path / "processed/vocabulary/atc.tsv"
    monkeypatch.setenv("EVIDENCE_VOCABULARY", str(layer.parent))  # the command sets it, for its own process
    for rows, told in ((2, f"2 concepts in {layer}"), (1, f"1 concepts in {layer}, 2 before")):
        release.write_text("code,name\n" + "".join(f"A10BA0{n},glumotide {n}\n" for n in range(rows)))
        result = run("vocabulary", "import", "atc", str(release), *places)
        assert (result.exit_code, result.output) == (0, told + "\n")
