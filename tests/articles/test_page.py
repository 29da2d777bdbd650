"""Web pages: what they say about themselves, inline forms, what is left out and what must stay."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest

from pipeline.articles import ArticleError
from pipeline.model import Article

SHARED = Path(__file__).parents[2] / "../shared/articles"


@pytest.mark.parametrize(
    ("inner", "words"),
    [
        ("tolerated.<sup>1,2</sup> Then stop.", "tolerated. 1, 2 Then stop."),
        ("tolerated<sup>1</sup><sup>2</sup>.", "tolerated 1, 2."),
        ("tolerated<sup><a href='#r1'>[1]</a>, <a href='#r2'>[2]</a></sup>", "tolerated 1, 2"),
        ("tolerated <sup>3-5</sup>", "tolerated 3-5"),
        ("tolerated<a href='#ref-7'>7</a>.", "tolerated 7."),
        ("tolerated [<a href='#ref-7'>7</a>]", "tolerated [7]"),
        ("tolerated.¹,² Then stop³⁻⁵", "tolerated. 1, 2 Then stop 3-5"),
        ("tolerated ¹˒² or potassium 5 mmol/L³", "tolerated 1, 2 or potassium 5 mmol/L 3"),
        ("500 mg/m<sup>2</sup> weekly", "500 mg/m² weekly"),
        ("CrCl is below 30 mL/min<sup>2</sup>", "CrCl is below 30 mL/min 2"),
        ("potassium 5.5 mmol/L<sup>1</sup> or 2 cm<sup>3</sup>", "potassium 5.5 mmol/L 1 or 2 cm³"),
        ("10<sup>9</sup>/L and 10<sup>-3</sup>", "10⁹/L and 10⁻³"),
        ("CHA<sub>2</sub>DS<sub>2</sub>-VASc, FEV<sub>1</sub>", "CHA2DS2-VASc, FEV1"),
        ("the 2<sup>nd</sup> dose", "the 2nd dose"),
        ("Use&nbsp;5&thinsp;mg <em>twice</em><b> daily</b>", "Use 5 mg twice daily"),
        ("one<br>line", "one line"),
        ("eGFR &lt;30 &amp; &ge;15", "eGFR <30 & ≥15"),
        (
            "seen <span hidden>no</span><span aria-hidden='true'>no</span><span class='sr-only'>no</span>now",
            "seen now",
        ),
        ("<!-- no --><script>no()</script>yes <svg><title>no</title></svg>indeed", "yes indeed"),
    ],
)
def test_running_words(read: Callable[..., Article], inner: str, words: str) -> None:
    article = read(f"<body><h1>Gout care</h1><p>{inner}</p><p>End of it.</p></body>")
    assert article.text.split("\n") == ["Gout care", words, "End of it."]


@pytest.mark.parametrize(
    ("page", "kept"),
    [
        ("<nav>Topics</nav><p>Advice here.</p><footer>Contact us</footer>", ["Advice here."]),
        ("<aside class='sidebar'><a href='/a'>First-line drugs in gout</a></aside><p>Advice here.</p>", ["Advice here."]),
        ("<aside><h3>Related</h3><p>Use 5 mg.</p></aside><p>Advice here.</p>", ["Advice here."]),
        ("<aside><p>Avoid NSAIDs in CKD.</p></aside><p>Advice here.</p>", ["Avoid NSAIDs in CKD.", "Advice here."]),
        ("<div class='recommendation'>Give 5 mg.</div><p>Advice here.</p>", ["Give 5 mg.", "Advice here."]),
        ("<form id='aspnetForm'><p>Advice here, in a page that is one form.</p></form>", ["Advice here, in a page that is one form."]),
        ("<form><label>Your mail</label><input></form><p>Advice here.</p>", ["Advice here."]),
        ("<div class='content has-sidebar'><p>Advice here.</p></div>", ["Advice here."]),
        ("<div class='informed-consent'><p>Ask first.</p></div><p>Advice here.</p>", ["Ask first.", "Advice here."]),
        ("<div class='cookie-banner'>We use cookies.</div><p>Advice here.</p>", ["Advice here."]),
        ("<div role='navigation'>Menu</div><div role='complementary'>Latest news</div><p>Advice here.</p>", ["Advice here."]),
        ("<p>Share this article</p><p>Subscribe to our newsletter</p><p>Advice here.</p>", ["Advice here."]),
        ("<table><tr>Advice here.<th>Drug</th></tr></table>", ["Advice here.", "Drug"]),
        ("<details><summary>Doses</summary><p>Give 5 mg.</p></details>", ["Doses", "Give 5 mg."]),
        ("<figure><img alt='no'><figcaption>Steps of care</figcaption></figure>", ["Steps of care"]),
        ("<pre>Options:\n- aspirin\n- heparin</pre>", ["Options:", "aspirin", "heparin"]),
        ("<p>Before.</p><ul><li>A drug</li></ul><p>PLUS</p><ul><li>B drug</li></ul>", ["Before.", "A drug", "PLUS", "B drug"]),
        ("<ul><li>Shared decision</li><li>Print</li></ul><p>Advice here.</p>", ["Shared decision", "Print", "Advice here."]),
    ],
)  # fmt: skip
def test_what_is_left_out_and_what_stays(read: Callable[..., Article], page: str, kept: list[str]) -> None:
    article = read(f"<html><body><h1>Gout care</h1>{page}</body></html>", "page.html")
    assert article.text.split("\n")[1:] == kept


def test_nothing_visible_is_lost_in_silence(read: Callable[..., Article]) -> None:
    article = read(
        "<body><header>Northfield</header><nav>Topics</nav><main><h1>Gout care</h1><p>Last updated: 3 May 2025</p>"
        "<p>Advice here, for all.</p><button>Print</button></main><footer>Contact us</footer></body>"
    )
    assert article.text == "Gout care\nAdvice here, for all."
    assert sorted(article.furniture) == [
        "Contact us",
        "Last updated: 3 May 2025",
        "Northfield",
        "Print",
        "Topics",
    ]


@pytest.mark.parametrize(
    ("head", "body", "title", "source", "url"),
    [
        ("<title>Gout | Northfield</title>", "<h1>Gout care</h1>", "Gout care", "site.example", "https://www.site.example/a?b=1"),
        ("<title>Gout care - Northfield Review</title>", "", "Gout care", "site.example", "https://www.site.example/a?b=1"),
        ("<meta property='og:title' content='Gout care'><meta property='og:site_name' content='Northfield'>", "",
         "Gout care", "Northfield", "https://www.site.example/a?b=1"),
        ("<link rel='canonical' href='/gout'><meta name='citation_publisher' content='Elm Press'>", "<h1>Gout care</h1>",
         "Gout care", "Elm Press", "https://www.site.example/gout"),
        ("<link rel='canonical' href='javascript:no()'>", "<h1>Gout care</h1><p>© 2024 Elm Press. All rights reserved.</p>",
         "Gout care", "Elm Press", "https://www.site.example/a?b=1"),
        ("<meta property='og:url' content='https://www.site.example/'>", "<h1>Gout care</h1>", "Gout care", "site.example",
         "https://www.site.example/a?b=1"),
        ("<script type='application/ld+json'>{\"publisher\": {\"name\": \"Elm Press\"}, \"headline\": \"Gout care\"}</script>", "",
         "Gout care", "Elm Press", "https://www.site.example/a?b=1"),
        ("<script type='application/ld+json'>{broken</script>", "<h1>Gout care</h1>", "Gout care", "site.example",
         "https://www.site.example/a?b=1"),
    ],
)  # fmt: skip
def test_what_a_page_says_about_itself(
    read: Callable[..., Article], head: str, body: str, title: str, source: str, url: str
) -> None:
    page = f"<html><head>{head}</head><body>{body}<p>Give advice here.</p></body></html>"
    article = read(page, "https://www.site.example/a?b=1")
    assert (article.title, article.source, article.url) == (title, source, url)


@pytest.mark.parametrize(
    ("head", "body", "title"),
    [
        ("<title>Gout care | Rheumatology | Northfield Health</title>", "", "Gout care"),
        ("<title>Gout care - Rheumatology - Northfield</title>", "", "Gout care"),
        ("<title>Gout - Northfield Health</title>", "", "Gout"),
        ("<title>Gout: first-line drugs</title>", "", "Gout: first-line drugs"),
        (
            "<title>Northfield: Gout care</title><meta property='og:site_name' content='Northfield'>",
            "",
            "Gout care",
        ),
        ("<title>Gout care</title>", "<h1>Northfield</h1><h2>Gout care</h2>", "Gout care"),
        (
            "<title>Gout care: all you need</title>",
            "<h1>Northfield</h1><p>Topics</p><h1>Gout care</h1>",
            "Gout care",
        ),
        ("<title>Untitled Document</title>", "<p><b>Gout care</b></p>", "Gout care"),
        ("<title>gout_2024.docx</title>", "<h2>Gout care</h2><p>Words.</p><h3>Dosing</h3>", "Gout care"),
        ("<title>Home</title>", "<h2>Gout care</h2><p>Words.</p><h2>Dosing</h2>", "a"),
        (
            "",
            "<p class=MsoTitle>Gout care</p><p>Words.</p><h1>First-Line Therapy</h1><h1>Dosing</h1>",
            "Gout care",
        ),
        ("", "<p><b>Gout care</b></p><h2>First-Line Therapy</h2><p>Words.</p><h2>Dosing</h2>", "Gout care"),
        ("", "<p><b>How is gout treated?</b></p><p>Words.</p><p><b>Dosing</b></p>", "How is gout treated?"),
        (
            "",
            "<p><b>Key Points</b></p><ul><li>Words.</li></ul><h2>Drugs</h2><p>Words.</p><h2>Dosing</h2>",
            "a",
        ),
        ("", "<p><b>Rheumatology</b></p><h1>Gout care</h1><h2>Drugs</h2>", "Gout care"),
    ],
)
def test_the_title_among_several(read: Callable[..., Article], head: str, body: str, title: str) -> None:
    article = read(f"<html><head>{head}</head><body>{body}<p>Give advice here.</p></body></html>", "a.html")
    assert article.title == title
    assert article.text.count(title) == 1 or title == "a"


def test_the_source_and_hints_of_the_configuration_win(read: Callable[..., Article]) -> None:
    page = "<body><h1>Site</h1><div class=story><h1>Gout care</h1><p>Advice.</p></div><p>Other words, many of them.</p></body>"
    article = read(page, publisher="Elm Press", hints=(("main", "div.story"),))
    assert (article.title, article.source, article.text) == ("Gout care", "Elm Press", "Gout care\nAdvice.")
    with pytest.raises(ArticleError, match="no CSS selector"):
        read(page, hints=(("main", "div[["),))


def test_labelled_lines_above_a_text(read: Callable[..., Article]) -> None:
    article = read(
        "Title: Gout care\nSource: Elm Press\nURL: https://elm.example/gout\nDate: 08.01.2026\n\nUse colchicine early, at 0.6 mg.\n"
    )
    assert (article.title, article.source, article.url) == (
        "Gout care",
        "Elm Press",
        "https://elm.example/gout",
    )
    assert (str(article.date), article.text) == ("2026-01-08", "Gout care\nUse colchicine early, at 0.6 mg.")


@pytest.mark.skipif(not SHARED.is_dir(), reason="the shared articles are not beside the repository")
def test_other_bullets_and_no_template_give_the_same_blocks(read: Callable[..., Article]) -> None:
    """The second rendering of the shared articles: dashes, and nothing above the first heading but the title."""
    for path in sorted(SHARED.glob("*.txt")):
        text = path.read_text(encoding="utf-8")
        first = read(text)
        head, _, body = text.partition("unders" + "tandable for you.")
        title = head.split("\n", 1)[0]
        other = body.replace("\n    • ", "\n  - ").replace("\n  • ", "\n- ").replace("\n\n- ", "\n- ")
        second = read(f"{title}\n{other}")
        assert second.text == first.text
        assert [s.path for s in second.sections] == [s.path for s in first.sections]
        assert [(b.kind, b.parent, b.lead_in, b.depth) for b in second.blocks] == [
            (b.kind, b.parent, b.lead_in, b.depth) for b in first.blocks
        ]
