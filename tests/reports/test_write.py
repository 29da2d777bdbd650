"""write_reports: the files, their content in each form, and what goes wrong."""

import dataclasses
import json
import os
import re

import pytest

from pipeline.reports import Report, ReportError, write_reports


def test_three_forms_twice_and_the_same_bytes_again(components, tmp_path):
    paths = write_reports(components, tmp_path / "deep" / "reports")
    names = sorted(p.name for p in (tmp_path / "deep" / "reports").iterdir())
    run = "2026-02-04-components"
    assert names == [f"{run}.html", f"{run}.json", f"{run}.md", "latest.html", "latest.json", "latest.md"]
    first = [p.read_bytes() for p in (paths.html, paths.markdown, paths.json, *paths.latest)]
    assert first[:1] + first[1:3] == first[3:]
    again = write_reports(components, tmp_path / "again")
    assert [p.read_bytes() for p in (again.html, again.markdown, again.json, *again.latest)] == first


def test_order_of_rows_changes_no_page(components, tmp_path):
    turned = dataclasses.replace(
        components,
        changes=components.changes[::-1],
        claims=components.claims[::-1],
        old_claims=components.old_claims[::-1],
        discrepancies=components.discrepancies[::-1],
        evidence=components.evidence[::-1],
    )
    one, other = write_reports(components, tmp_path / "1"), write_reports(turned, tmp_path / "2")
    assert one.html.read_text() == other.html.read_text()
    assert one.markdown.read_text() == other.markdown.read_text()


def test_the_page_asks_for_nothing_from_elsewhere(pages):
    for path in pages.values():
        html = path.read_text()
        assert re.findall(r"""<(?:link|img|iframe|object|embed|base)\b""", html) == []
        assert re.findall(r"""<script[^>]*\bsrc|url\(|@import|style=""", html) == []
        assert "default-src &#39;none&#39;" in html
        assert "unsafe" not in html.split("<title>")[0]


def test_links_lead_to_web_addresses_only(pages):
    links = set(re.findall(r'href="([^"]*)"', pages["components"].read_text()))
    assert {link for link in links if not link.startswith(("#", "https://"))} == set()


@pytest.mark.parametrize("name", ["", "../x", "a/b", ".hidden", "a b", "x" * 200])
def test_a_run_that_is_no_file_name_is_refused(name, tmp_path):
    with pytest.raises(ReportError, match="E-REPORT-1"):
        write_reports(Report(run_id=name), tmp_path)
    assert list(tmp_path.iterdir()) == []


def test_a_folder_that_is_a_file_is_told(tmp_path):
    (tmp_path / "reports").write_text("in the way")
    with pytest.raises(ReportError, match="E-REPORT-2"):
        write_reports(Report(run_id="r"), tmp_path / "reports")


def test_a_failed_write_leaves_the_old_report(components, tmp_path, monkeypatch):
    from pathlib import Path

    path = write_reports(Report(run_id="r"), tmp_path).html
    before = path.read_bytes()

    def full(self, target):
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(Path, "replace", full)
    with pytest.raises(ReportError, match="No space left"):
        write_reports(dataclasses.replace(components, run_id="r"), tmp_path)
    assert path.read_bytes() == before
    assert [p for p in os.listdir(tmp_path) if p.startswith(".")] == []


def test_json_holds_every_change_with_its_rows(components, tmp_path):
    told = json.loads(write_reports(components, tmp_path).json.read_text())
    assert list(told) == [
        "format", "run", "counts", "groups", "changes", "claims", "old_claims", "discrepancies", "evidence", "articles",
    ]  # fmt: skip
    assert [c["change_id"] for c in told["changes"]] == [c.change_id for c in components.changes]
    assert sorted(i for g in told["groups"] for i in g["change_ids"]) == sorted(
        c.change_id for c in components.changes
    )
    old, new = ({c["claim_id"] for c in told[k]} for k in ("old_claims", "claims"))
    for change in told["changes"]:
        assert change["kind"] == "added" or change["claim_id"] in old
        assert change["kind"] == "removed" or change["claim_id"] in new
    assert told["counts"] == {
        "direction": 3, "strength": 2, "dose": 1, "added": 3, "removed": 2, "situation": 2, "wording": 1, "moved": 0, "citations": 1,
    }  # fmt: skip


def test_markdown_shows_article_text_as_text(components, tmp_path):
    text = write_reports(components, tmp_path).markdown.read_text()
    assert "<script" not in text
    assert "](javascript" not in text
    assert "\n| ketamine&lt;script&gt; | pain &amp; &lt;b&gt;fear&lt;/b&gt; |" in text
    assert re.findall(r"^#+ .*", text, re.MULTILINE) == [
        "# What changed in the evidence",
        "## Where the articles disagree",
        "## What changed",
        "### Direction reversed (3)",
        "### Strength changed (2)",
        "### Dose changed (1)",
        "### New statement (3)",
        "### Statement gone (2)",
        "### Situation changed (2)",
        "## Evidence table",
        "## Articles",
        "### Set aside (1)",
        "### Gone (1)",
        "### Read with a warning (1)",
    ]
    assert text.split("## Articles\n")[1].splitlines() == [
        "",
        "16 read, 1 set aside, 1 gone.",
        "",
        "### Set aside (1)",
        "",
        '- broken.pdf: E-ARTICLE-3 no main text found &lt;script&gt;; name the element in sources.toml: main = "div.content"',
        "",
        "### Gone (1)",
        "",
        "- An article that went: 410 Gone on 3 Feb 2026",
        "",
        "### Read with a warning (1)",
        "",
        "- Asthma of schoolchildren: no date; taken from the address",
    ]


def test_what_editors_have_reviewed_is_counted_only(components, tmp_path):
    done = frozenset(c.change_id for c in components.changes if c.importance in ("direction", "dose"))
    settled = frozenset(d["discrepancy_id"] for d in components.discrepancies if d["severity"] == "conflict")
    paths = write_reports(dataclasses.replace(components, reviewed=done | settled), tmp_path)
    html = paths.html.read_text()
    assert "5 already reviewed." in html
    assert "Direction reversed" not in html
    assert "No open conflict between articles." in html
    assert json.loads(paths.json.read_text())["counts"]["direction"] == 0


def test_a_change_without_its_rows_is_still_shown(components, tmp_path):
    bare = Report(run_id="bare", changes=components.changes, discrepancies=components.discrepancies)
    html = write_reports(bare, tmp_path).html.read_text()
    assert html.count('<article class="card ') > 8


def test_tables_with_empty_cells_as_pandas_gives_them(components, tmp_path):
    import pandas as pd

    def table(rows):
        return pd.DataFrame(list(rows)).to_dict("records")

    from_tables = dataclasses.replace(
        components,
        claims=table(components.claims),
        old_claims=table(components.old_claims),
        discrepancies=table(components.discrepancies),
        evidence=table(components.evidence),
    )
    one, other = write_reports(components, tmp_path / "1"), write_reports(from_tables, tmp_path / "2")
    assert other.html.read_text() == one.html.read_text()
    json.loads(other.json.read_text())
