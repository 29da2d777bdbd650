"""The elements of a web page, as lxml's parser meets them. Comments, declarations and the words of templates are left out.

Elements and words stand in one list, in the order of the page: what is below an element is a slice of it, however deep.
"""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping

from lxml import etree

_CODE = frozenset({"script", "style"})  # what stands in them is no text of the elements around


class Element:
    """One element: its tag, its attributes as written, and in `contents` the elements and words right in it, in order."""

    __slots__ = ("_around", "_at", "_end", "_nodes", "attrs", "contents", "name", "parent")

    def __init__(self, name: str, attrs: Mapping[str, str], parent: Element | None, page: _Page) -> None:
        self.name, self.attrs, self.parent = name, attrs, parent
        self.contents: list[Element | str] = []
        self._nodes, self._around = page.nodes, page.around
        self._at = self._end = len(page.nodes)  # what is in it is `_nodes[_at:_end]`

    def get(self, name: str, default: str = "") -> str:
        """The value of an attribute."""
        return self.attrs.get(name, default)

    def tokens(self, name: str = "class") -> list[str]:
        """The words in an attribute."""
        return self.attrs[name].split() if name in self.attrs else []

    def parents(self) -> Iterator[Element]:
        """The elements around, the nearest first."""
        around = self.parent
        while around is not None:
            yield around
            around = around.parent

    def below(self) -> list[Element | str]:
        """The elements and words in it, at any depth."""
        return self._nodes[self._at : self._end]

    def elements(self, names: Collection[str] | None = None) -> list[Element]:
        """The elements in it at any depth, or those of these tags."""
        found = [node for node in self.below() if type(node) is Element]
        return found if names is None else [e for e in found if e.name in names]

    def children(self, names: Collection[str]) -> list[Element]:
        """The elements right in it that have one of these tags."""
        return [node for node in self.contents if type(node) is Element and node.name in names]

    def words(self) -> Iterator[tuple[str, Element]]:
        """The words in it at any depth, and in which element each piece stands."""
        pieces = zip(self.below(), self._around[self._at : self._end], strict=True)
        return ((node, around) for node, around in pieces if type(node) is str)

    def text(self) -> str:
        """All words in it, as written.

        >>> parse("<p>5 <b>mg<!-- ? --></b><style>b {}</style> daily</p>").text()
        '5 mg daily'
        """
        return "".join(words for words, around in self.words() if around is self or around.name not in _CODE)


class _Page:
    """Takes what lxml's parser meets (the interface of its parser targets)."""

    def __init__(self) -> None:
        self.nodes: list[Element | str] = []
        self.around: list[Element] = []  # in what each of the nodes stands
        self._words: list[str] = []
        self._templates = 0  # open
        self._top = self._root = Element("", {}, None, self)

    def start(self, name: str, attrs: Mapping[str, str]) -> None:
        if self._words:
            self._end_words()
        top = self._top
        self._top = made = Element(name, attrs, top, self)
        made._at += 1
        self.nodes.append(made)
        self.around.append(top)
        top.contents.append(made)
        if name == "template":
            self._templates += 1

    def end(self, name: str) -> None:
        if self._words:
            self._end_words()
        if self._top.name != name and all(around.name != name for around in self._top.parents()):
            return
        while self._top.parent is not None:
            closed, self._top = self._top, self._top.parent
            closed._end = len(self.nodes)
            if closed.name == "template":
                self._templates -= 1
            if closed.name == name:
                return

    def data(self, words: str) -> None:
        if not self._templates:
            self._words.append(words)

    def comment(self, _words: str) -> None:
        self._end_words()

    def pi(self, _target: str, _words: str | None = None) -> None:
        self._end_words()

    def doctype(self, *_names: str | None) -> None:
        self._end_words()

    def close(self) -> Element:
        self._end_words()
        for open_ in (self._top, *self._top.parents()):
            open_._end = len(self.nodes)
        return self._root

    def _end_words(self) -> None:
        if self._words:
            words = "".join(self._words)
            self._words = []
            self.nodes.append(words)
            self.around.append(self._top)
            self._top.contents.append(words)


def parse(text: str) -> Element:
    """The root of a page: an element without a tag, in which all stands. Bad markup is mended as browsers do, never refused."""
    parser = etree.HTMLParser(target=_Page(), recover=True)
    parser.feed(text)
    root: Element = parser.close()
    return root
