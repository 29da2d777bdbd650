"""What was advised once: "previously recommended ...; now ...", "the former advice to use A has been withdrawn"."""

from __future__ import annotations

import re
from collections.abc import Iterator

from pipeline.claims.reading import Reading
from pipeline.claims.scope.zone import Zone

# A statement without any of these words is not searched: whatever the expressions below find has one of them.
_PAST_SAID = frozenset(
    (
        "previously", "formerly", "historically", "past", "until", "earlier", "previous", "former", "older", "prior",
        "superseded", "once", "long", "traditionally", "withdrawn", "removed", "dropped", "deleted", "retracted", "rescinded", "revoked", "abandoned",
    )
)  # fmt: skip
_ADVISED = r"(?:recommended|suggested|advised|advocated|preferred|favou?red|considered|endorsed|listed|regarded|used|given|called|put)"
_TEXTS = (
    r"(?:guidelines?|guidance|recommendations?|editions?|versions?|updates?|statements?|consensus|advice)"
)
_THEN = (
    r"(?:(?:previously|formerly|historically|in\sthe\spast|earlier|until\s(?:recently|now|the\s)?(?:[12]\d{3})?)\b,?"
    rf"|(?:in\s)?(?:the\s|our\s|this\s)?(?:previous|earlier|former|older|prior|superseded)\s(?:[\w/-]+\s){{0,2}}{_TEXTS}\b,?)"
)
# what was said then, at the beginning of a part: "Previously, A was recommended only after B"
_OPENING = re.compile(
    rf"(?:^\W*|[;:.]\s)(?=(?P<part>{_THEN}\s(?P<told>[^;.]{{0,300}}?\b(?:was|were|had|{_ADVISED})\b)))",
    re.IGNORECASE,
)
_PRESENT = re.compile(r"\b(?:is|are|should|must|may|can|remains?|now)\b", re.IGNORECASE)
# "A was previously recommended as ...", "A had formerly been preferred"
_WAS = re.compile(
    rf"\b(?:was|were|had\sbeen|has\sbeen|have\sbeen|had)\s(?:previously|formerly|historically|earlier|in\sthe\spast|once|long|traditionally)\s"
    rf"(?:been\s)?(?:{_ADVISED}|the)\b",
    re.IGNORECASE,
)
# ", previously recommended for B,"; "formerly Class IIb"
_BESIDE = re.compile(
    rf"(?<=[,:(]\s|.\()(?:(?:previously|formerly|earlier)\s(?:{_ADVISED}|class)|"
    rf"once\s(?:(?:widely|commonly|often|routinely|generally|much)\s{_ADVISED}|popular|standard))\b[^,;.()]*",
    re.IGNORECASE,
)
_SUPERSEDED = re.compile(
    r",\s(?:has|have)\s(?:(?:now|largely|mostly|since)\s)?been\s(?:superseded|replaced|supplanted|displaced|abandoned)\b"
)
_WITHDRAWN = re.compile(
    r"(?:^\W*|[;.]\s)(?=(?P<part>(?:the|this|our|its)\s(?:[\w-]+\s){0,3}(?:advice|recommendations?|suggestions?|preference)\s[^;.]*?"
    r"\b(?:has|have|was|were|is|are)\s(?:been\s|now\s)*(?:withdrawn|removed|dropped|deleted|retracted|rescinded|revoked|abandoned)\b))",
    re.IGNORECASE,
)
_ALTHOUGH = re.compile(r"\W{0,9}(?:although|though|while|whereas)\b", re.IGNORECASE)
_REACH = 400  # code points: no part of a sentence that tells of the past is longer
_PART_END = re.compile(
    r"[;.](?=\s|$)|\s[–—]\s|,?\s(?:but|whereas|while|although)\s|,\s(?:and\s)?(?:now|today|currently|this|these|it|they)\s",
    re.IGNORECASE,
)
_GOES_ON = re.compile(
    r"\W*+(?:(?:but|and|now|today|currently|whereas|while|although)\b\W*+)?(?:now\s|today\s)?(?:it|they|this|these)\b",
    re.IGNORECASE,
)


def past_advice(reading: Reading) -> Iterator[Zone]:
    """The stretches of a statement that tell what was advised once, and no longer holds or is said anew.

    A drug of which the statement goes on to speak ("A was previously recommended, but it is now avoided") is not in them.
    """
    if _PAST_SAID.isdisjoint(reading.words):
        return
    text = reading.text
    for match in _WITHDRAWN.finditer(text):
        yield _zone(match.start("part"), _end(text, match.end("part")), "role.cause.advice-withdrawn")
    for match in _OPENING.finditer(text):
        if not _PRESENT.search(match["told"]):
            yield _zone(match.start("part"), _end(text, match.end("told")), "role.cause.advised-once")
    for match in _WAS.finditer(text):
        end, begin = _end(text, match.end()), _begin(text, match.start())
        if _ALTHOUGH.match(text, begin) is not None and "," in text[match.end() : end]:
            end = text.index(",", match.end())
        start = match.start() if goes_on(text, match.end()) else begin
        yield _zone(start, end, "role.cause.advised-once")
    for match in _BESIDE.finditer(text):
        named = reading.drugs_in(0, match.start())
        last = reading.drugs[named[-1]] if named else None
        begin = match.start()
        if last is not None and last.end == begin - 2 and _SUPERSEDED.match(text, match.end()):
            begin = last.start  # "A, once widely used, has been superseded by B"
        yield _zone(begin, match.end(), "role.cause.advised-once")


def goes_on(text: str, at: int) -> bool:
    """Whether the part of a statement behind the one at `at` goes on about the same drug ("..., but it is now avoided")."""
    return _GOES_ON.match(text, _end(text, at)) is not None


def _zone(start: int, end: int, rule: str) -> Zone:
    return Zone("cause", start, end, start, rule, True)


def _end(text: str, at: int) -> int:
    end = _PART_END.search(text, at, at + _REACH)
    return end.start() if end else min(len(text), at + _REACH)


def _begin(text: str, at: int) -> int:
    first = max(0, at - _REACH)
    return max(text.rfind("; ", first, at) + 1, text.rfind(". ", first, at) + 1, first)
