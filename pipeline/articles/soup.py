"""A page as Beautiful Soup parses it, and the few questions that are asked of each of its many elements.

They are answered from the tree's own lists: Beautiful Soup's general searches build a matcher for every call.
"""

from __future__ import annotations

import warnings
from collections.abc import Collection, Iterator, Mapping

from bs4 import BeautifulSoup, MarkupResemblesLocatorWarning, XMLParsedAsHTMLWarning
from bs4.builder._lxml import LXMLTreeBuilder
from bs4.element import (
    AttributeDict,
    NavigableString,
    PageElement,
    RubyParenthesisString,
    RubyTextString,
    Script,
    Stylesheet,
    Tag,
)

_WORDS = frozenset({NavigableString, RubyTextString, RubyParenthesisString})
_CODE = frozenset({Script, Stylesheet})


class _PageBuilder(LXMLTreeBuilder):
    """Builds the tree of a page for reading alone: HTML has no namespaces, so lxml tells names as they are; values of
    attributes stay as written, also those that list several classes."""

    def __init__(self) -> None:
        super().__init__(multi_valued_attributes=None, attribute_dict_class=AttributeDict)

    def start(self, tag: str, attrib: Mapping[str, str]) -> None:  # type: ignore[override]
        """lxml tells that an element begins."""
        # lxml's mapping of no attributes is slow to copy
        self.soup.handle_starttag(tag, None, None, dict(attrib) if attrib else {})  # type: ignore[union-attr]

    def end(self, tag: str) -> None:  # type: ignore[override]
        """lxml tells that an element ends."""
        self.soup.handle_endtag(tag)  # type: ignore[union-attr]

    def set_up_substitutions(self, tag: Tag) -> bool:
        """Nothing is put in place of an encoding that a page declares: the page is not written again."""
        return False


class _Page(BeautifulSoup):
    """A page that is read from top to bottom: its strings find their class with less ado, and no link between its elements
    needs mending, since each new one stands behind all others."""

    def _linkage_fixer(self, el: Tag) -> None:
        """Nothing was put in the midst of the page."""

    def string_container(self, base_class: type[NavigableString] | None = None) -> type[NavigableString]:
        """The class of a string that is met: its own in a script or the like."""
        if base_class is None and not self.string_container_stack:
            return NavigableString
        return super().string_container(base_class)


def parse(text: str) -> BeautifulSoup:
    """The tree of a page. Bad markup is mended as browsers do, never refused."""
    with warnings.catch_warnings():
        warnings.simplefilter("ignore", XMLParsedAsHTMLWarning)
        warnings.simplefilter("ignore", MarkupResemblesLocatorWarning)
        return _Page(text, builder=_PageBuilder())


def is_words(node: PageElement) -> bool:
    """Whether a node is words of the page: no comment or declaration, no script or style, nothing in a template."""
    return type(node) in _WORDS


def elements(tag: Tag, names: Collection[str]) -> Iterator[Tag]:
    """The elements of these names in `tag`, at any depth."""
    inside = [
        iter(tag.contents)
    ]  # unlike the tree's own walk, this does not look for the end of a deep tree before it begins
    while inside:
        for node in inside[-1]:
            if type(node) is Tag:
                if node.name in names:
                    yield node
                if node.contents:
                    inside.append(iter(node.contents))
                    break
        else:
            inside.pop()


def first(tag: Tag, names: Collection[str]) -> Tag | None:
    """The first of them."""
    return next(elements(tag, names), None)


def children(tag: Tag, names: Collection[str]) -> list[Tag]:
    """The elements of these names right in `tag`."""
    return [node for node in tag.contents if type(node) is Tag and node.name in names]


def around(tag: Tag, names: Collection[str]) -> Tag | None:
    """The nearest element of these names that `tag` stands in."""
    return next((above for above in tag.parents if above.name in names), None)


def text_of(tag: Tag) -> str:
    """All words in `tag`, as written; in a script or style its code.

    >>> text_of(parse("<p>5 <b>mg<!-- ? --></b><style>b {}</style> daily</p>").p)
    '5 mg daily'
    """
    kinds = _CODE if tag.name in ("script", "style") else _WORDS
    return "".join(str(node) for node in tag.descendants if type(node) in kinds)
