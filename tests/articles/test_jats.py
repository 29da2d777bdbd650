"""Articles in JATS, as journals hand them out, are read like the page that they would be."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from pipeline.articles import ArticleError
from pipeline.articles.jats import as_page
from pipeline.model import Article

DOCTYPE = '<!DOCTYPE article PUBLIC "-//NLM//DTD JATS (Z39.96) Journal Archiving and Interchange DTD v1.3 20210610//EN" "JATS-archivearticle1-3.dtd">'
FRONT = (
    "<front><journal-meta><journal-title-group><journal-title>Journal of Headache Care</journal-title></journal-title-group></journal-meta>"
    '<article-meta><article-id pub-id-type="doi">10.5555/jhc.17</article-id><title-group><article-title>Cluster headache'
    '<xref ref-type="fn">*</xref></article-title></title-group><contrib-group><contrib><name><surname>Doe</surname></name></contrib>'
    '</contrib-group><pub-date pub-type="collection"><year>2023</year></pub-date><pub-date pub-type="epub"><day>3</day><month>5</month>'
    "<year>2023</year></pub-date><permissions><license><p>Share alike.</p></license></permissions></article-meta></front>"
)
BACK = (
    "<back><ack><p>We thank our patients.</p></ack><ref-list><ref><label>1</label><element-citation><article-title>Oxygen at home"
    "</article-title><source>Headache Rev</source><year>2009</year></element-citation></ref></ref-list></back>"
)


def _article(body: str, head: str = DOCTYPE) -> bytes:
    return f'<?xml version="1.0"?>{head}<article xml:lang="en">{FRONT}<body>{body}</body>{BACK}</article>'.encode()


@pytest.mark.parametrize(
    ("body", "expected"),
    [
        pytest.param(
            "<sec><label>1</label><title>Acute attacks</title><p>Oxygen 12 L/min is recommended"
            '<xref ref-type="bibr"><sup>1</sup></xref>.</p><sec><title>Pregnancy</title><p>Avoid triptans.</p></sec></sec>',
            ["1 Acute attacks", "Oxygen 12 L/min is recommended 1.", "Pregnancy", "Avoid triptans."],
            id="sections, a label, a citation",
        ),
        pytest.param(
            '<sec><title>Prevention</title><list list-type="bullet"><list-item><p>Verapamil</p></list-item><list-item><p>Lithium</p>'
            '</list-item></list><fig><graphic/><caption><p>Flow</p></caption></fig><p>See <graphic href="x"/>above.</p></sec>',
            ["Prevention", "Verapamil", "Lithium", "See above."],
            id="a list, and a figure that is left out",
        ),
        pytest.param(
            "<sec><title>Doses</title><table-wrap><label>Table 1</label><caption><title>Prevention</title></caption><table><thead><tr>"
            "<th>Drug</th><th>Dose</th></tr></thead><tbody><tr><td>Lithium</td><td>300 mg</td></tr></tbody></table></table-wrap></sec>",
            ["Doses", "Prevention", "Drug | Dose", "Lithium | 300 mg"],
            id="a table",
        ),
    ],
)
def test_a_body_is_read(read: Callable[..., Article], body: str, expected: list[str]) -> None:
    article = read(_article(body), "a.xml")
    assert article.text.split("\n") == ["Cluster headache", *expected, "References"]
    assert [reference.text for reference in article.references] == ["Oxygen at home. Headache Rev. 2009."]


def test_the_front_gives_title_date_publisher_and_address(read: Callable[..., Article]) -> None:
    article = read(_article("<p>Give oxygen.</p>", head=""), "a.nxml")
    assert (article.title, article.date) == ("Cluster headache", dt.date(2023, 5, 3))
    assert (article.article_id, article.source) == (
        "https://doi.org/10.5555/jhc.17",
        "Journal of Headache Care",
    )
    assert article.warnings == ()


def test_sections_stand_below_each_other(read: Callable[..., Article]) -> None:
    article = read(
        _article(
            "<sec><title>A bc</title><sec><title>B cd</title><p>Give oxygen.</p></sec></sec><sec><title>C de</title><p>x y.</p></sec>"
        )
    )
    assert [section.path for section in article.sections[1:4]] == [("A bc",), ("A bc", "B cd"), ("C de",)]


@pytest.mark.parametrize(
    "page",
    [
        '<?xml version="1.0"?><rss version="2.0"><channel><title>Gout news</title></channel></rss>',
        '<?xml version="1.0"?>\n<!-- made -->\n<urlset xmlns="x"><url><loc>here we are</loc></url></urlset>',
    ],
)
def test_other_xml_is_set_aside_with_what_to_do(read: Callable[..., Article], page: str) -> None:
    with pytest.raises(ArticleError, match="no article in JATS") as caught:
        read(page, "feed.xml")
    assert caught.value.code == "E-ARTICLE-7"


def test_of_several_articles_the_first_is_read_and_the_others_are_told(read: Callable[..., Article]) -> None:
    one = f"<article>{FRONT}<body><p>Give oxygen.</p></body></article>"
    two = "<article><front/><body><p>Give lithium.</p></body></article>"
    article = read(f'<?xml version="1.0"?><pmc-articleset>{one}{two}</pmc-articleset>'.encode(), "both.xml")
    assert article.text.split("\n") == ["Cluster headache", "Give oxygen."]
    assert article.warnings == ("2 articles in one file: the first is read; give each a file of its own",)


def test_an_appendix_is_read(read: Callable[..., Article]) -> None:
    page = _article("<p>Give oxygen.</p>").decode()
    page = page.replace(
        "<back>",
        "<back><app-group><app><title>Doses at home</title><p>Oxygen 12 L/min.</p></app></app-group>",
    )
    assert "Doses at home\nOxygen 12 L/min." in read(page.encode(), "a.xml").text


PIECES = ["<sec>", "</sec>", "<title>A b</title>", "<p>", "</p>", "<list>", "<list-item>", "</list>", "<xref ref-type='bibr'>", "<table-wrap>",
          "<table>", "<tr>", "<td colspan='x'>", "&amp;", "<", "Give 5 mg", "<title>", "<label>2", "</label>", "<ref-list>", "<!--"]  # fmt: skip


@given(st.lists(st.sampled_from(PIECES), max_size=30))
@settings(max_examples=60, deadline=None)
def test_bad_markup_never_raises(pieces: list[str]) -> None:
    page = as_page(_article("".join(pieces)).decode())
    assert page.startswith("<!doctype html>")
    assert page.endswith("</html>")


def test_deep_sections_do_no_harm(read: Callable[..., Article]) -> None:
    article = read(_article("<sec>" * 400 + "<title>Deep</title><p>Give oxygen.</p>" + "</sec>" * 400))
    assert "Give oxygen." in article.text
