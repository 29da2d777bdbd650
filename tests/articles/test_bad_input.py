"""Bad bytes: what can be read is read with a warning; what cannot is an ArticleError that a person understands."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from pipeline.articles import ArticleError
from pipeline.model import Article

TEXT = "Gout: what to use\n\nFirst-Line Therapy\n\n  • Colchicine “0.6 mg” – naïve Sjögren patients, 5 µg\n"
PLAIN = ["Gout: what to use", "First-Line Therapy", "Colchicine “0.6 mg” – naïve Sjögren patients, 5 µg"]
NO_DATE = "no date: the article states none"


@pytest.mark.parametrize(
    ("content", "charset", "warnings"),
    [
        (TEXT.encode(), None, []),
        (TEXT.encode(), "utf-8", []),
        (TEXT.encode(), "iso-8859-1", []),
        (TEXT.encode(), "no-such-charset", []),
        (b"\xef\xbb\xbf" + TEXT.encode(), None, []),
        (TEXT.encode("utf-16"), None, []),
        (TEXT.encode("utf-32"), None, []),
        (TEXT.encode("cp1252"), "windows-1252", []),
        (TEXT.encode("cp1252"), "ISO-8859-1", []),
        (TEXT.encode("cp1252"), None, ["not UTF-8: read as Windows-1252"]),
        (TEXT.encode("cp1252"), "utf-8", ["not UTF-8: read as Windows-1252"]),
        (TEXT.encode("utf-16-le"), None, ["no encoding declared: read as UTF-16-LE"]),
        (TEXT.encode("utf-16-be"), None, ["no encoding declared: read as UTF-16-BE"]),
        (TEXT.replace("ö", "o\u0308").encode(), None, []),
        (TEXT.replace("Colch", "Colch\u200b\u00ad").replace("\n", "\r\n").encode(), None, []),
    ],
)
def test_every_encoding_gives_one_text(
    read: Callable[..., Article], content: bytes, charset: str | None, warnings: list[str]
) -> None:
    article = read(content, charset=charset)
    assert article.text.split("\n") == PLAIN
    assert list(article.warnings) == [*warnings, NO_DATE]


def test_broken_utf8_is_mended_with_a_warning(read: Callable[..., Article]) -> None:
    article = read(TEXT.encode().replace(b"\xc3\xb6", b"\xc3"))
    assert article.text.split("\n")[2] == PLAIN[2].replace("ö", "\ufffd")
    assert list(article.warnings) == ["broken UTF-8: 1 unreadable characters were replaced", NO_DATE]


@pytest.mark.parametrize(
    ("content", "code", "what"),
    [
        (b"", "E-ARTICLE-2", "empty"),
        (b" \n\t ", "E-ARTICLE-2", "empty"),
        (b"\x00" * 500, "E-ARTICLE-2", "empty"),
        (b"%PDF-1.7\n%abc", "E-ARTICLE-3", "PDF"),
        (b"PK\x03\x04abcdef", "E-ARTICLE-3", "zip"),
        (b"\x89PNG\r\n\x1a\n000", "E-ARTICLE-3", "picture"),
        (bytes(range(256)) * 20, "E-ARTICLE-3", "no text"),
        (b"1 2 3 \n 4.5", "E-ARTICLE-4", "no words"),
        (b"<html><body></body></html>", "E-ARTICLE-4", "no words"),
        (
            b"<html><body><script>var words = 1;</script><nav>Home</nav></body></html>",
            "E-ARTICLE-4",
            "no words",
        ),
    ],
)
def test_what_cannot_be_read_says_why(
    read: Callable[..., Article], content: bytes, code: str, what: str
) -> None:
    with pytest.raises(ArticleError, match=what) as caught:
        read(content, "inbox/strange.bin")
    assert (caught.value.code, caught.value.where) == (code, "inbox/strange.bin")
    assert caught.value.do


def test_a_page_cut_in_the_middle_is_read_with_a_warning(read: Callable[..., Article]) -> None:
    article = read(
        "<html><body><h1>Gout</h1><p>Use colchicine.</p><ul><li>0.6 mg <b>twice</b> da</b></li><li cla"
    )
    assert article.text == "Gout\nUse colchicine.\n0.6 mg twice da"
    assert list(article.warnings) == ["the page was cut short: its end is missing", NO_DATE]


def test_no_title_is_named_after_its_file(read: Callable[..., Article]) -> None:
    article = read("Use colchicine early. It works best on the first day.\n\nAdd ice.", "notes/gout-2024.txt")
    assert (article.title, article.article_id) == ("gout-2024", "gout-2024")
    assert article.text.startswith("Use colchicine early.")
    assert "no title: named after its file" in article.warnings


@pytest.mark.parametrize("depth", [1000])
def test_lists_nested_a_thousand_deep(read: Callable[..., Article], depth: int) -> None:
    text = "Deep title\n\n" + "\n".join(" " * (2 * i) + f"- item number {i}" for i in range(depth))
    page = "<body><h1>Deep title</h1>" + "".join(f"<ul><li>item number {i}" for i in range(depth))
    for article in (read(text), read(page)):
        assert [(b.depth, b.parent) for b in article.blocks[1:]] == [
            (i, i if i else None) for i in range(depth)
        ]


@pytest.mark.parametrize(
    "content",
    [
        "<body><p>words here" + "<br>" * 5000,
        "<body><p>words here" + "<sup>1</sup>" * 3000,
        "<body><h1>words here</h1>" + "<div class=sidebar>ab" * 500,
        "<body>words here" + "<table>" * 300 + "<tr><td>ab",
        "<p>words here" + "<p " * 20000,
        "words here\n\n" + "**" * 50000,
        "words here " + "[[" * 50000,
        "words here\n\n" + "\n\n".join(f"Heading {chr(65 + i % 26)}x" for i in range(3000)),
        "word " * 200000,
        "<body><p>words here" + "<div class=title><button>x" * 3000,
        "<body><p>words here" + "<ul>" * 2000 + "<li>x",
        "words here\n\nSee this. " + "1" * 40 + "x\nDose Table\n" * 2000,
        "words here\n\n" + "|---|\n" * 20000 + "| a |",
        "words here\n\n" + "Take These Now:\n\n" * 5000,
        "words here\n\n" + "1. Take These\n\nNow.\n\n" * 3000,
        "words here\n\n" + "Naproxen\n\n" * 5000,
        "words here\n\n" + "a\tb\n" * 20000 + "[^1]" * 20000 + "<sup>" * 20000,
    ],
    ids=[
        "br",
        "sup",
        "asides",
        "tables",
        "open tags",
        "stars",
        "brackets",
        "headings",
        "one line",
        "buttons",
        "lists beside",
        "digits",
        "rules",
        "colons",
        "numbers",
        "names",
        "tabs and notes",
    ],
)
def test_hostile_forms_are_read(read: Callable[..., Article], content: str) -> None:
    assert "word" in read(content).text


@given(st.binary(max_size=400))
@settings(max_examples=300, deadline=None)
def test_any_bytes_give_an_article_or_an_article_error(read: Callable[..., Article], content: bytes) -> None:
    article, code = None, ""
    try:
        article = read(content)
    except ArticleError as error:
        code = error.code
    if article is None:
        assert code in {"E-ARTICLE-2", "E-ARTICLE-3", "E-ARTICLE-4"}
    else:
        assert article.text == "\n".join(article.words(block) for block in article.blocks)


PIECES = ["<p>", "</p>", "<ul>", "<li>", "</li>", "</ul>", "<table>", "<tr>", "<td rowspan=3>", "</table>", "<h2>", "</h2>",
    "<sup>", "1", "</sup>", "<br>", "<dl>", "<dt>", "<dd>", "</dl>", "<b>", "</b>", "<main>", "</main>", "<aside>", "<pre>",
    "• a", "\n", "Use 5 mg", "<h1>", "<td colspan=2>", "<div hidden>", "</div>", "<form>", "<thead>", "<th>",
    "<button aria-expanded=false>", "</button>", "<details>", "<summary>", "<div class=title>", "<div class=panel hidden>",
    "&nbsp;&nbsp;• b", "<p style='margin-left:40px'>", "2. Take", "<a href=x>", "</a>", "<h3>"]  # fmt: skip


@given(st.lists(st.sampled_from(PIECES), max_size=40))
@settings(max_examples=400, deadline=None)
def test_any_markup_gives_exact_offsets(read: Callable[..., Article], pieces: list[str]) -> None:
    article = read("<body><h1>Begin here</h1>" + "".join(pieces), "page.html", media_type="text/html")
    assert article.text == "\n".join(article.words(block) for block in article.blocks)
    for block in article.blocks:
        assert article.words(block) == " ".join(article.words(block).split())
        assert block.parent is None or block.parent < article.blocks.index(block)
        for cell in block.cells:
            assert 0 <= cell.start <= cell.end <= block.end


@example(["<main>", "Use 5 mg", "<h1>", "Use 5 mg"])
@example(["<main>", "<h1>", "2. Take", "<details>", "2. Take"])
@given(st.lists(st.sampled_from([piece for piece in PIECES if piece != "<div hidden>"]), max_size=40))
@settings(max_examples=400, deadline=None)
def test_no_visible_word_is_lost_or_doubled(read: Callable[..., Article], pieces: list[str]) -> None:
    article = read("<body><h1>Begin here</h1>" + "".join(pieces), "page.html", media_type="text/html")
    told = " ".join([article.text, *article.furniture, *(entry.text for entry in article.references)])
    assert told.count("Use 5") == pieces.count("Use 5 mg")
    assert told.count("Take") == pieces.count("2. Take")
