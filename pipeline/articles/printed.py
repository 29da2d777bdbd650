"""Text that was made from printed pages: running heads and feet, page numbers, words parted at the ends of lines."""

from __future__ import annotations

import re
from collections import Counter

from pipeline.articles.advice import ADVICE
from pipeline.articles.shape import words_of

PAGE_END = "\f"
_DIGITS = re.compile(r"\d+")
_PAGE_NUMBER = re.compile(
    r"(?:(?:page|p\.) ?)?[-–—|\[( ]*(\d{1,4})(?: ?(?:/|of) ?\d{1,4})?[-–—|\]) ]*", re.IGNORECASE
)
_GAP = re.compile(r"\S {5,}\S")
_GOES_ON = re.compile(r"[a-z(\d]")
_HYPHEN = re.compile(r"([A-Za-z]{1,40}|\d)-$")
_PARTED = re.compile(r"(?<![A-Za-z])[A-Za-z]{1,40}-[ \t]{0,8}\n\s{0,40}[A-Za-z]+")
_WORD = re.compile(r"[A-Za-z]+(?:-[A-Za-z]+)*")
LEAST = 4  # letters before a last part that only words with a hyphen have
EDGE = 3  # lines at the top and at the bottom of a page that may be its head or foot
SAMPLE = 40  # code points of the title that a running head repeats at the least


def join_pages(text: str) -> tuple[str, list[str]]:
    """The text without the breaks between its printed pages, and the heads, feet and page numbers that it lost."""
    pages = [page.split("\n") for page in text.split(PAGE_END)]
    while pages and not any(line.strip() for line in pages[-1]):
        pages.pop()
    left_out = [*_take_edges(pages, top=True), *_take_edges(pages, top=False)]
    made: list[str] = []
    for page in pages:
        lines = "\n".join(page).strip("\n")
        if not lines:
            continue
        if made:
            made.append("\n" if _goes_on(made[-1], lines) else "\n\n")
        made.append(lines)
    return "".join(made), left_out


def _take_edges(pages: list[list[str]], *, top: bool) -> list[str]:
    """Takes what pages have at their top or bottom beside the text; the first line of a text that is its title stays."""
    title = next((" ".join(line.split()) for page in pages for line in page if line.strip()), "")
    edges = [_edge(page, top) for page in pages]
    often: Counter[str] = Counter()
    offsets: Counter[int] = Counter()
    for number, (page, edge) in enumerate(zip(pages, edges, strict=True)):
        often.update({_sort(page[at]) for at in edge})
        offsets.update(_offsets(page, edge, number))
    taken: list[str] = []
    for number, (page, edge) in enumerate(zip(pages, edges, strict=True)):
        for at in edge:
            line = page[at].strip()
            if top and not number and _is_title(page, edge):
                break
            if not (top and number and _repeats(line, title)):
                apart = _is_apart(page, at, top)
                repeated = often[_sort(line)] > 1 or _is_mark(line, number, offsets, apart)
                if ADVICE.search(line) or not repeated:
                    break
            taken.append(" ".join(line.split()))
            page[at] = ""
    return taken


def _edge(page: list[str], top: bool) -> list[int]:
    """The first or last written lines of a page, from the outside in."""
    written = [at for at, line in enumerate(page) if line.strip()]
    return written[:EDGE] if top else written[: -EDGE - 1 : -1]


def _sort(line: str) -> str:
    """A line as it repeats from page to page: but for its numbers, and for white space."""
    sort = _DIGITS.sub("#", " ".join(line.split())).casefold()
    return sort if sort.strip("# ") else line.strip()


def _repeats(line: str, title: str) -> bool:
    """Whether a running head has the title's first words, or all of it."""
    return len(line) >= min(SAMPLE, len(title)) and title.casefold().startswith(line.casefold().rstrip(" …."))


def _is_title(page: list[str], edge: list[int]) -> bool:
    """Whether the first line of the text is its title, rather than a name above a question."""
    return len(edge) < 2 or page[edge[1]].rstrip()[-1] != "?"


def _is_apart(page: list[str], at: int, top: bool) -> bool:
    """Whether a blank line parts a line from the text."""
    beside = at + 1 if top else at - 1
    return not 0 <= beside < len(page) or not page[beside].strip()


def _offsets(page: list[str], edge: list[int], number: int) -> set[int]:
    """How far the numbers that a page shows at its edge are from its place among the pages."""
    found = [match for at in edge if (match := _PAGE_NUMBER.fullmatch(page[at].strip())) is not None]
    return {int(match[1]) - number for match in found}


def _is_mark(line: str, number: int, offsets: Counter[int], apart: bool) -> bool:
    """Whether a line is the number of the page, by what it says or by counting on from page to page; or, `apart` from the
    text, the two parts of a running head."""
    found = _PAGE_NUMBER.fullmatch(line)
    if found is None:
        return apart and _GAP.search(line) is not None
    offset = int(found[1]) - number
    return offsets[offset] > 1 or (apart and (offset == 1 or not line.isdigit()))


def _goes_on(page: str, after: str) -> bool:
    """Whether the last sentence of a page goes on at the top of the next."""
    end, start = page.rsplit("\n", 1)[-1].rstrip(), after.lstrip()
    last = end.rsplit(None, 1)[-1]
    if _GOES_ON.match(start) and not re.match(r"o\s|\(?\d{1,2}[.)]\s", start):
        return end[-1] not in ".:;!?" and not end[-1].isdigit()
    return last[-1] in ",-–" or last in words_of("small")


class Words:
    """The words of a text, by which one that is parted at the end of a line is made whole."""

    def __init__(self, text: str) -> None:
        self._text = text
        self._known: frozenset[str] | None = None

    def joined(self, before: str, after: str) -> str:
        """Two lines as one. A hyphen at the end of the first goes where it parts a word, and stays where it is the word's own:
        in one that the text has elsewhere, between two words of the text, after a word that begins many such ("first-line").

        >>> words = Words("contraindicated anti-inflammatory dose")
        >>> words.joined("It is contraindi-", "cated in"), words.joined("of first-", "line drugs"), words.joined("5-", "10 mg")
        ('It is contraindicated in', 'of first-line drugs', '5-10 mg')
        >>> words.joined("first-", "and second-line"), words.joined("an anti-", "psychotic"), words.joined("IL-", "6")
        ('first- and second-line', 'an antipsychotic', 'IL-6')
        """
        word = before[-60:].rsplit(None, 1)[-1]
        parted = _HYPHEN.search(word)
        follows = _WORD.match(after)
        if parted is None or after[:1] in "-–—(" or (follows is not None and follows.group() in _SUSPENDED):
            return f"{before} {after}"
        first, second = parted[1].lower(), follows.group() if follows is not None else ""
        own = not word[:-1].isalpha() or parted[1].isupper()
        if own or not second or not second[0].islower() or self._is_compound(first, second):
            return before + after
        return before[:-1] + after

    def _is_compound(self, first: str, second: str) -> bool:
        if self._known is None:
            self._known = frozenset(word.lower() for word in _WORD.findall(_PARTED.sub(" ", self._text)))
        if f"{first}{second}" in self._known:
            return False
        if f"{first}-{second}" in self._known or first in words_of("compounding"):
            return True
        if len(first) >= LEAST and second in words_of("compounded"):
            return True
        return first in self._known and second.split("-")[0] in self._known


_SUSPENDED = frozenset({"and", "or", "to", "and/or"})
