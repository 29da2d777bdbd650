"""Pages and texts in other encodings, and with the signs that typesetters, word processors and print put for plain ones."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Callable

from tests.rerender.outline import CITES, Outline, Renderings
from tests.rerender.pages import html_levels
from tests.rerender.texts import Text, text

_LONG = re.compile(r"[A-Za-z]{7,}")
_TAG = re.compile(r"<[^<>]*>|&\w+;")
_RAISED = str.maketrans("0123456789", "⁰¹²³⁴⁵⁶⁷⁸⁹")


def _text(o: Outline) -> str:
    return text(o, Text(bullets="•◦▪"))


def _page(o: Outline) -> str:
    return html_levels(o)


def _words(change: Callable[[str], str], write: Callable[[Outline], str]) -> Callable[[Outline], str]:
    """What stands outside of tags, changed."""

    def written(o: Outline) -> str:
        made, at, page = [], 0, write(o)
        for tag in _TAG.finditer(page):
            made += [change(page[at : tag.start()]), tag.group()]
            at = tag.end()
        return "".join([*made, change(page[at:])])

    return written


def _with(pattern: str, to: str | Callable[[re.Match[str]], str]) -> Callable[[str], str]:
    return lambda words: re.sub(pattern, to, words)


def _soft(sign: str) -> Callable[[str], str]:
    return lambda words: _LONG.sub(lambda m: sign.join(re.findall(".{1,4}", m.group())), words)


def _ligatures(words: str) -> str:
    for letters, sign in (("ffi", "ﬃ"), ("ffl", "ﬄ"), ("ff", "ﬀ"), ("fi", "ﬁ"), ("fl", "ﬂ")):
        words = words.replace(letters, sign)
    return words


def _wide(words: str) -> str:
    return words.translate({n: n + 0xFEE0 for n in (*range(0x30, 0x3A), ord("%"), ord("("), ord(")"))})


def _typographic(words: str) -> str:
    words = re.sub(r"(?<=\d)-(?=\d)", "–", words)
    words = re.sub(r"(?<=[a-z])-(?=[a-z])", "\u2011", words)
    return re.sub(r" '(\w)", r" ‘\1", words).replace("'", "’")


def _quotes(words: str) -> str:
    return re.sub(r"(?<=\d)-(?=\d)", "–", words).replace("'", "’")


def _raised(joint: str) -> Callable[[Outline], str]:
    def up(words: str) -> str:
        def put(found: re.Match[str]) -> str:
            figures = joint.join(found[1].translate(_RAISED).split(", "))
            return f" {figures}" if found.string[: found.start()][-1:] in "0123456789²³" else figures

        return CITES.sub(put, words)

    return lambda o: text(o, Text(bullets="•◦▪", words=up))


def _encoded(
    write: Callable[[Outline], str], encoding: str, *, declared: str = ""
) -> Callable[[Outline], bytes]:
    def written(o: Outline) -> bytes:
        page = write(o)
        if declared:
            page = page.replace("<head>", f'<head><meta charset="{declared}">')
        return page.encode(encoding, "replace")

    return written


SIGNS: Renderings = {
    "hard spaces": (_words(_with(r"(?<=\d) (?=[a-zA-Z%])", "\xa0"), _text), "a.txt"),
    "hard spaces as entities": (_words(_with(r"(?<=\d) (?=[a-zA-Z%])", "&nbsp;"), _page), "a.html"),
    "hard spaces everywhere": (_words(_with(r"(?<=[a-z]) (?=[a-z])", "&#160;"), _page), "a.html"),
    "thin spaces": (_words(_with(r"(?<=\d) (?=[a-zA-Z%])", "\u202f"), _text), "a.txt"),
    "thin spaces as entities": (_words(_with(r"(?<=\d) (?=[a-zA-Z%])", "&thinsp;"), _page), "a.html"),
    "soft hyphens": (_words(_soft("\xad"), _text), "a.txt"),
    "soft hyphens as entities": (_words(_soft("&shy;"), _page), "a.html"),
    "breaks of words": (_words(_soft("<wbr>"), _page), "a.html"),
    "joiners": (_words(_soft("\u200d"), _text), "a.txt"),
    "non-joiners": (_words(_soft("&zwnj;"), _page), "a.html"),
    "ligatures": (_words(_ligatures, _text), "a.txt"),
    "wide figures": (_words(_wide, _text), "a.txt"),
    "wide figures in a page": (_words(_wide, _page), "a.html"),
    "typographic signs": (_words(_typographic, _text), "a.txt"),
    "typographic signs in a page": (_words(_typographic, _page), "a.html"),
    "raised figures": (_raised(","), "a.txt"),
    "raised figures and a raised comma": (_raised("˒"), "a.txt"),
    "decimals in the middle": (_words(_with(r"(?<=\d)\.(?=\d)", "·"), _text), "a.txt"),
    "entities by number": (
        _words(lambda w: "".join(c if c.isascii() else f"&#{ord(c)};" for c in w), _page),
        "a.html",
    ),
    "letters and their accents apart": (_words(lambda w: unicodedata.normalize("NFD", w), _text), "a.txt"),
    "UTF-16 with its mark": (_encoded(_text, "utf-16"), "a.txt"),
    "UTF-16 without": (_encoded(_text, "utf-16-le"), "a.txt"),
    "UTF-16, said to be UTF-8": (_encoded(_page, "utf-16", declared="utf-8"), "a.html"),
    "Windows-1252, not declared": (_encoded(_words(_quotes, _page), "cp1252"), "a.html"),
    "UTF-8, said to be Latin-1": (
        _encoded(_words(_typographic, _page), "utf-8", declared="iso-8859-1"),
        "a.html",
    ),
    "lines of DOS": (lambda o: _text(o).replace("\n", "\r\n"), "a.txt"),
    "lines of old Macs": (lambda o: _text(o).replace("\n", "\r"), "a.txt"),
}
