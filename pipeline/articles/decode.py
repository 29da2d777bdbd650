"""Bytes to text: which encoding, and what was mended on the way."""

from __future__ import annotations

import codecs
import re
import unicodedata

from pipeline.articles.errors import BINARY, EMPTY, ArticleError

_BOMS = (
    (codecs.BOM_UTF8, "utf-8"),
    (codecs.BOM_UTF32_LE, "utf-32"),
    (codecs.BOM_UTF32_BE, "utf-32"),
    (codecs.BOM_UTF16_LE, "utf-16"),
    (codecs.BOM_UTF16_BE, "utf-16"),
)
_MAGIC = (
    (b"%PDF-", "a PDF document"),
    (b"PK\x03\x04", "a zip archive or an office document"),
    (b"\x1f\x8b", "a gzip archive"),
    (b"\x89PNG", "a picture (PNG)"),
    (b"\xff\xd8\xff", "a picture (JPEG)"),
    (b"GIF8", "a picture (GIF)"),
    (b"RIFF", "a picture, a film or a sound"),
    (b"\xd0\xcf\x11\xe0", "an old office document"),
    (b"7z\xbc\xaf", "a 7-zip archive"),
    (b"Rar!", "a RAR archive"),
    (b"\x7fELF", "a program"),
    (b"SQLite format 3", "a database"),
    (b"PAR1", "a Parquet table"),
    (b"{\\rtf", "a rich-text document"),
)
_META = re.compile(rb"<meta[^>]{0,200}?charset\s*=\s*[\"']?\s*([A-Za-z0-9_.:-]{2,40})", re.IGNORECASE)
_XML = re.compile(rb"<\?xml[^>]{0,200}?encoding\s*=\s*[\"']([A-Za-z0-9_.:-]{2,40})", re.IGNORECASE)
_CONTROLS = re.compile(r"[\x00-\x08\x0e-\x1f\x7f]")
# Signs for two or three letters, and letters and figures as wide as Chinese ones, to what they stand for.
_FOLDED = {
    chr(code): unicodedata.normalize("NFKC", chr(code))
    for code in (*range(0xFB00, 0xFB07), *range(0xFF01, 0xFF5F), 0x3000)
}
_DROPPED = re.compile(
    "[\u200b-\u200f\u202a-\u202e\u2060-\u2069\ufdd0-\ufdef\ufeff\u00ad\x00-\x08\x0e-\x1f\x7f\ufb00-\ufb06\uff01-\uff5e\u3000]"
)
_DROPPED_NAMES = re.compile(
    r"&(?:shy|zwn?j|lrm|rlm|ZeroWidthSpace|NoBreak|#(?:173|820[3-7]|8288|65279)|#[xX](?:0*[aA][dD]|200[b-fB-F]|2060|[fF][eE][fF]{2}));"
)
NEWLINES = re.compile(r"[\r\x0b\x85\u2028\u2029](?:(?<=\r)\n)?")  # begins with what it searches for
SAMPLE = 65536  # bytes looked at where the encoding must be guessed


def decode(content: bytes, declared: str | None, where: str) -> tuple[str, list[str]]:
    """The text of `content` and what was mended. Raises ArticleError for empty and binary bytes.

    Order: byte order mark, the transport's charset, the document's own, UTF-8, UTF-16 by its zeros, Windows-1252.
    A charset that does not fit the bytes is not believed.
    """
    if not content.strip(b" \t\r\n\x00\xef\xbb\xbf"):
        raise ArticleError(
            EMPTY, "the file is empty", where=where, do="fetch the article again or remove the file"
        )
    for magic, what in _MAGIC:
        if content.startswith(magic):
            raise ArticleError(
                BINARY,
                f"this is {what}, not a text or a web page",
                where=where,
                do="save the article as text or HTML",
            )
    warnings: list[str] = []
    text = _known(content, declared, warnings)
    if text is None:
        text = _guessed(content, warnings)
    if text is None or _is_binary(text):
        raise ArticleError(
            BINARY,
            "the bytes are no text in any encoding we know",
            where=where,
            do="save the article as text or HTML",
        )
    return clean(text), warnings


def clean(text: str) -> str:
    """Without invisible characters (zero-width spaces, soft hyphens, control codes); ligatures and wide letters as plain ones;
    newlines as `\\n`; the ends of printed pages (form feeds) stay.

    >>> clean("e\u200bﬃcient at １０\u00ad mg")
    'efficient at 10 mg'
    """
    return _DROPPED.sub(lambda found: _FOLDED.get(found.group(), ""), NEWLINES.sub("\n", text))


def without_invisible(page: str) -> str:
    """A page's source without the invisible characters that it names rather than writes ("&shy;")."""
    return _DROPPED_NAMES.sub("", page)


def _known(content: bytes, declared: str | None, warnings: list[str]) -> str | None:
    for bom, name in _BOMS:
        if content.startswith(bom):
            try:
                text = content.decode(name)
            except UnicodeDecodeError:
                text = content.decode(name, "replace")
                warnings.append(f"broken {name.upper()}: unreadable characters were replaced")
            return text
    head = content[:4096]
    inside = _META.search(head) or _XML.search(head)
    names = [declared, inside[1].decode("ascii") if inside else None]
    for charset in names:
        if not charset:
            continue
        try:
            codec = codecs.lookup(charset.strip().strip("\"'")).name
            # "latin-1" on the web means Windows-1252
            text = content.decode("cp1252" if codec in ("iso8859-1", "ascii") else codec)
        except (LookupError, UnicodeError, ValueError):
            continue
        if isinstance(text, str) and "\x00" not in text[:SAMPLE]:
            if codec in ("iso8859-1", "ascii", "cp1252"):  # often declared where it is really UTF-8
                try:
                    return content.decode("utf-8")
                except UnicodeDecodeError:
                    return text
            return text
    try:
        text = content.decode("utf-8")
    except UnicodeDecodeError:
        return None
    return None if "\x00" in text[:SAMPLE] else text


def _guessed(content: bytes, warnings: list[str]) -> str | None:
    sample = content[:SAMPLE]
    zeros_even, zeros_odd = sample[0::2].count(0), sample[1::2].count(0)
    half = max(len(sample) // 2, 1)
    for name, here, there in (("utf-16-le", zeros_odd, zeros_even), ("utf-16-be", zeros_even, zeros_odd)):
        if here > 0.3 * half and there < 0.1 * half:
            warnings.append(f"no encoding declared: read as {name.upper()}")
            return content.decode(name, "replace")
    if 0 in sample:
        return None
    broken = content.decode("utf-8", "replace")
    bad = broken.count("\ufffd") - content.count(b"\xef\xbf\xbd")
    high = sum(1 for byte in sample if byte >= 0x80)
    good = sum(1 for c in broken[:SAMPLE] if ord(c) >= 0x80 and c != "\ufffd")
    if good and bad <= 3 * good and high:
        warnings.append(f"broken UTF-8: {bad} unreadable characters were replaced")
        return broken
    warnings.append("not UTF-8: read as Windows-1252")
    return content.decode("cp1252", "replace")


def _is_binary(text: str) -> bool:
    sample = text[:SAMPLE]
    odd = len(_CONTROLS.findall(sample)) + sample.count("\ufffd")
    return odd * 10 > len(sample)
