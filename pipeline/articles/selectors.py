"""The element of a page that a CSS selector names: Beautiful Soup, which knows selectors, reads the page with the same parser."""

from __future__ import annotations

import warnings

from pipeline.articles.markup import Element


def selected(page: Element, text: str, selector: str) -> Element | None:
    """The first element of `page`, parsed from `text`, that `selector` names. Raises ValueError where it is no selector.

    >>> from pipeline.articles.markup import parse
    >>> text = "<p>a<p class=x>b<p class=x>c"
    >>> selected(parse(text), text, "p.x").text()
    'b'
    """
    from bs4 import BeautifulSoup

    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        soup = BeautifulSoup(text, "lxml")
    try:
        found = soup.select_one(selector)
    except Exception as error:  # the selector library raises its own kinds
        raise ValueError(selector) from error
    places = zip(soup.find_all(True), page.elements(), strict=True)  # both are in the order of the page
    return next((element for tag, element in places if tag is found), None)
