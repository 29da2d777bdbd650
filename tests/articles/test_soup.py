"""The questions asked of a page's elements: what stands in what, and the words in them."""

from __future__ import annotations

import pytest

from pipeline.articles.soup import children, elements, first, is_words, parse, text_of


@pytest.mark.parametrize(
    ("page", "tag", "words"),
    [
        ("<p>5 <b>mg</b><sup>1</sup>", "p", "5 mg1"),
        ("<p>Give 5 <b>mg</b>.<p>Stop.", "p", "Give 5 mg."),
        ("<p>a<!-- b -->c<?php d ?></p>", "p", "ac"),
        ("<p>a<script>b</script>c</p>", "p", "ac"),
        ("<script>b</script>", "script", "b"),
        ("<p><ruby>薬<rt>kusuri</rt></ruby>", "p", "薬kusuri"),
        ("<div><template><p>{{ dose }}</p></template>5 mg</div>", "div", "5 mg"),
    ],
)
def test_words_of_an_element(page: str, tag: str, words: str) -> None:
    element = first(parse(page), (tag,))
    assert element is not None
    assert text_of(element) == words


def test_elements_at_any_depth_and_right_in_one() -> None:
    [table] = elements(parse("<table><tr><td>a<b>x</b><td>b<tr><th>c</table>"), ("table",))
    rows = list(elements(table, ("tr",)))
    assert [[text_of(cell) for cell in children(row, ("td", "th"))] for row in rows] == [["ax", "b"], ["c"]]
    assert children(table, ("td",)) == []
    assert first(table, ("i", "em")) is None


def test_what_is_below_however_deep() -> None:
    page = parse("<div>" * 3000 + "x" + "</div>" * 2999 + "<p>y</p>")
    assert (len(list(elements(page, ("div",)))), text_of(page)) == (3000, "xy")


def test_comments_declarations_and_code_are_no_words() -> None:
    page = parse("<!DOCTYPE html><!-- a --><style>b</style><p>c</p><script>d</script><template>e</template>")
    assert [str(node) for node in page.descendants if is_words(node)] == ["c"]
