"""The elements of web pages, good and bad: what stands in what, and the words in them."""

from __future__ import annotations

import pytest

from pipeline.articles.markup import Element, parse
from pipeline.articles.selectors import selected


def shown(element: Element) -> str:
    """An element with all that stands in it, in brackets."""
    inside = "".join(node if isinstance(node, str) else shown(node) for node in element.contents)
    return f"{element.name}[{inside}]" if element.name else inside


@pytest.mark.parametrize(
    ("page", "elements"),
    [
        ("<p>Give 5 <b>mg</b>.<p>Stop.", "html[body[p[Give 5 b[mg].]p[Stop.]]]"),
        ("<ul><li>Iron<li>Zinc</ul>daily", "html[body[ul[li[Iron]li[Zinc]]daily]]"),
        ("<p>a<!-- b -->c<?php d ?></p>", "html[body[p[ac]]]"),
        ("<p>a</b></i></p></div>b", "html[body[p[a]b]]"),
        ("<!DOCTYPE html><title>T</title><p>a<br>b", "html[head[title[T]]body[p[abr[]b]]]"),
        ("<template><p>{{ dose }}</p></template><p>5 mg", "html[body[template[p[]]p[5 mg]]]"),
        ("<p>a<script>if (a < b) {}</script>", "html[body[p[ascript[if (a < b) {}]]]]"),
    ],
)
def test_elements(page: str, elements: str) -> None:
    assert shown(parse(page)) == elements


@pytest.mark.parametrize(
    ("page", "tag", "words"),
    [
        ("<p>5 <b>mg</b><sup>1</sup>", "p", "5 mg1"),
        ("<p>a<script>b</script>c</p>", "p", "ac"),
        ("<script>b</script>", "script", "b"),
        ("<p><ruby>薬<rt>kusuri</rt></ruby>", "p", "薬kusuri"),
    ],
)
def test_words_of_an_element(page: str, tag: str, words: str) -> None:
    assert [element.text() for element in parse(page).elements({tag})] == [words]


def test_attributes() -> None:
    (link,) = parse('<a class=" ref  cite " href="#1" hidden CLASS=x>1</a>').elements({"a"})
    assert (link.tokens(), link.get("href"), link.get("hidden", "?"), link.get("title"), link.tokens("rel")) == (
        ["ref", "cite"], "#1", "", "", []
    )  # fmt: skip


def test_what_is_below_and_above_however_deep() -> None:
    root = parse("<div>" * 3000 + "x" + "</div>" * 2999 + "<p>y</p>")
    inmost = root.elements({"div"})[-1]
    assert (len(root.elements({"div"})), inmost.text(), sum(1 for _ in inmost.parents())) == (3000, "x", 3002)


@pytest.mark.parametrize(
    ("selector", "words"), [("p.x", "b"), ("div > p:last-child", "c"), ("#none", None), ("p", "a")]
)
def test_the_element_of_a_selector(selector: str, words: str | None) -> None:
    text = "<!-- a --><div><p>a<p class=x>b<p>c</div><p class=x>d"
    found = selected(parse(text), text, selector)
    assert (found.text() if found else None) == words
