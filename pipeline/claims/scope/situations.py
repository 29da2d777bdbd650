"""Words that limit whom or when a statement is for, beside the conditions that zones hold: "in patients with a stent", "for
agitation", "during labor"."""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Iterable, Iterator
from functools import lru_cache
from operator import itemgetter

from pipeline.claims.data_files import alternatives, phrase_set, word_list
from pipeline.claims.names import is_symptom
from pipeline.claims.reading import Reading
from pipeline.claims.scope.fields import Place, Spans
from pipeline.claims.scope.occasions import avoided_in, beside_procedures
from pipeline.claims.scope.spans import holder
from pipeline.claims.scope.types import Parsed
from pipeline.vocabulary.words import words

# A text without any of the words of `..._SAID` is not searched: whatever the expression below finds has one of them.
_GROUPS = word_list("groups")
_WHOM_SAID = frozenset(
    (
        *_GROUPS,
        "carriers",
        "recipients",
        "survivors",
        "reserved",
        "contraindicated",
        "regardless",
        "presence",
        "absence",
        "below",
        "above",
        "under",
        "over",
    )
)
# All that it finds begins a word, and with one of these letters: most places are left at once.
_WHOM = re.compile(
    r"\b(?=[abdfiortuw])(?:(?:in|for|among|(?:(?<=given )|(?<=offered )|(?<=prescribed )|(?<=administered )|(?<=only )|(?<=restricted )|(?<=limited )|(?<=confined )|(?<=offered first ))to)\s+(?:(?:most|all|some|selected|the|adult|pediatric|older)\s+)?"
    rf"(?:{alternatives('groups')})"
    r"\s+(?:(?:who|whose|in whom)\b[^,;:()\[]*?(?=[,;:()\[]|\.(?:\s|$)|\sshould\b|$)|"
    r"(?:with|without|aged|over|under|taking|receiving|on|at|having|not|refractory|unable|in\s(?:remission|shock|labou?r|coma|hospital|need))\b[^,;:()\[]*?"
    r"(?=\s(?:(?:and|but)\s)?(?:(?<=and )(?:stopped|discontinued|continued|resumed)|is|are|should|may|can|must|we|because|since|unless|although|owing|due\sto\s(?:the|an?|its|their|increased))\b|[,;:()\[]|\.(?:\s|$)|$))|"
    r"(?:in|for|among|to)\s(?:[\w-]+\s)?(?:carriers|recipients|survivors)\sof\s[^,;:()\[]*?(?=\s(?:is|are|should|may|can|must|we)\b|[,;:()\[]|\.(?:\s|$)|$)|"
    r"(?<=reserved )for\s[^,;:()\[]*?(?=\s(?:and|but)\s(?:is|are|should|must|may|can)\b|[,;:()\[]|\.(?:\s|$)|$)|"
    r"(?<=contraindicated )(?:in|with|within|during)\s[^,;:()\[]*?"
    r"(?=\s(?:but|and)\s(?:is|are|may|can|should|must|useful|safe|effective|recommended|preferred|acceptable|suitable|not|compatible)\b|\s(?:because|since|unless|although|owing|due\sto\s(?:the|an?|its|their|increased))\b|[,;:()\[]|\.(?:\s|$)|$)|"
    r"regardless of [^,;:()\[]*?(?=[,;:()\[]|\.(?:\s|$)|$)|"
    r"in\sthe\s(?:presence|absence)\sof\s[^,;:()\[]*?(?=\s(?:(?:and|but)\s)?(?:(?<=and )(?:stopped|discontinued|continued|resumed)|is|are|should|may|can|must|we|because|since|unless|although|owing|due\sto\s(?:the|an?|its|their|increased))\b|[,;:()\[]|\.(?:\s|$)|$)|"
    # "contraindicated below 30 mL/min", "do not use above 75 years"
    r"(?:(?<=contraindicated )|(?<=not use )|(?<=use it )|(?<=avoid )|(?<=avoid it )|(?<=avoided )|(?<=stop )|(?<=stop it )|(?<=stopped )|(?<=be used )|(?<=be given ))"
    r"(?:below|above|under|over)\s(?:an?\s\w+\sof\s)?\d[\d.]*\s?(?:mL/min(?:/1\.73\s?m²)?|years?|kg)(?![\w/]))",
    re.IGNORECASE,
)
# "in hypercapnic patients", "for nonadherent adults with asthma"
_WHO = word_list("whom")
_WHICH_SAID = frozenset((*_WHO, "trimester", "trimesters", "responders", "nonresponders"))
_WHICH = re.compile(
    r"\b(?=[adfi])(?:(?:in|for|among)\s+(?:(?!(?:in|for|among|with|and|or|to|the|by|of)\b)[\w%-]+\s+){1,3}"
    rf"(?:{alternatives('whom')})\b"
    r"(?:\s(?:(?:who|whose)\b[^,;:()\[]*?(?=[,;:()\[]|\.(?:\s|$)|\sshould\b|\s[\[(]?\d|$)|"
    r"(?:with|without|aged|over|under|taking|receiving|on|at|having|in\s(?:remission|shock|labou?r|coma|hospital|need))\b[^,;:()\[]*?))?"
    r"(?=\s(?:is|are|should|may|can|must|we|to)\b|[,;:()\[]|\.(?:\s|$)|\s[\[(]?\d|$)|"
    r"(?:in|for|among)\s(?:non-?)?responders\b|(?:in|during)\sthe\s(?:first|second|third)(?:\s(?:and|or)\s\w+)?\strimesters?)",
    re.IGNORECASE,
)
# "After cesarean delivery, ..."; "during labor" at the end
_OPENING = re.compile(
    r"^\W*(?:after|before|during|within|following|where|at)\s(?!(?:the\sstart|baseline|first|least|present|this|a\sdose)\b)[^,;:()\[]+(?=,\s)",
    re.IGNORECASE,
)
# "Patients with nasal polyps should receive", "Women with a prior clot must not take"
_SUBJECT = re.compile(
    rf"(?:^\W*|[.;]\s)((?:(?:most|all|some|many|older|younger|adult)\s)?(?:{alternatives('groups')})"
    r"\s(?:with|without|on|at|having|whose|who)\s[^,;:()\[]{2,160}?)"
    r"(?=\s(?:should|must|may|can|could|need|needs|require|benefit|receive|are\s(?:treated|given|offered|started|advised|switched))\b)",
    re.IGNORECASE,
)
_TIMES = ("after", "before", "during", "within")
_CLOSING_SAID = frozenset(_TIMES)
_CLOSING = re.compile(
    rf"\b(?:{'|'.join(_TIMES)})\s"
    r"(?:at\sleast\s)?(?:[\d.-]+\s(?:hours?|days?|weeks?|months?|minutes?)\s(?:of|without|after|from)\s)?"
    r"(?!\d|meals?\b|food\b|breakfast|dinner|bed|each|every|the\s(?:first|loading|last(?!\sdose\sof\s))|infusion)[^,;:()\[\d]{1,250}?(?:\s(?:is|are)\s(?:started|begun|commenced|initiated|introduced)\b|(?=\s\(|\s(?:should|must|may|can|is|are)\s|[;(\[]|,\s(?:as|because|since|which)\b|\s(?:and|but)\s(?:then\s)?(?:requires?|needs?|has|have|causes?|restarted|resumed|continued|repeated|stopped)\b|\s(?:and\s(?:then\s)?)?(?:stop|hold|omit|withhold|discontinue|re-?start|resume|continue|give|start|repeat)\s|\.(?:\s|$)|\s[\[(]?\d|$))",
    re.IGNORECASE,
)
_BEHIND = re.compile(r"\b(?:in|with|during)\s(?:(?!(?:in|with|and|or|of|to)\b)[\w-]+\s){0,3}$", re.IGNORECASE)
_REACH = 160  # how far before a disease words such as "in" may stand
_MODIFIER = re.compile(
    r"\s(?:with|without)\s(?!or\b)[^,;:()\[]+?(?=\s(?:(?:and|but)\s)?(?:(?<=and )(?:stopped|discontinued|continued|resumed)|is|are|should|may|can|must|we|who)\b|[,;:()\[]|\.(?:\s|$)|\s[\[(]?\d|$)",
    re.IGNORECASE,
)
_EVEN = re.compile(r"\b(?:even|including|(?:such )?as|like|except|whether|regardless of)\s$", re.IGNORECASE)
_LACKING = re.compile(
    r"\b(?:without(?!\s(?:(?:any|clear|clinical|added|additional|proven|further|much|more|an?)\s){0,2}(?:benefit|effect|improvement|delay|doubt|waiting)s?\b)"
    r"|outside(?:\sof)?)\s[^,;:()\[]+?(?=[,;:()\[]|\.(?:\s|$)|\s[\[(]?\d|$)",
    re.IGNORECASE,
)
_LISTED = re.compile(
    r"(?:(?:,\s[^,;:()\[]{2,40})*,\s(?:and|or)\s[^,;:()\[]{2,60}?"
    r"|(?:,\s(?!(?:and|or|but|which|who|while|as|because|since|for|in|with)\b)(?:[\w-]+\s){0,3}[\w-]+){1,4}"
    r"(?<=\w)\s(?:and|or)\s(?:(?!(?:is|are|should|must|may|can|has|have|to|be)\b)[\w-]+\s){0,4}(?!(?:is|are|should|must|may|can)\b)[\w-]+)"
    r"(?=[,;:()\[]|\.(?:\s|$)|$)"
)
_FOR = re.compile(r"\bfor\s(?:[\w-]+\s){0,2}$", re.IGNORECASE)


def phrases(
    parsed: Parsed, spans: Spans, taken: Spans, *, against: bool = False, advice: bool = True
) -> list[Place]:
    """Phrases inside `spans` that limit whom a statement holds for, outside `taken` (the words of the row's disease and
    of conditions that were read already): "in patients with a stent", "for agitation"; in advice against "without food"."""
    reading = parsed.reading
    out: list[Place] = []
    for start, end, sure in _found(parsed, spans, taken, against=against, advice=advice):
        drugs = (reading.drugs[i].start for i in reading.drugs_in(start + 1, end) if parsed.usable[i])
        named = next(drugs, end)
        if named < end and reading.text[start:named].count(" ") > 1:
            end = named  # "During pregnancy A is preferred"
        cell = max(reading.text.find(" | ", start, end), reading.text.find("? ", start, end))
        end = cell if cell > 0 else end  # no phrase goes on into the next cell of a row, or into an answer
        if _EVEN.search(reading.text, max(0, start - 24), start):
            continue
        free = not any(s < end and start < e for s, e in (*taken, *((p.start, p.end) for p in out)))
        if free and (sure or says_more(reading, start, end, taken)):
            out.append(Place("condition", start, end, "condition.whom"))
    return sorted(out, key=lambda p: p.start)


def _found(
    parsed: Parsed, spans: Spans, taken: Spans, *, against: bool, advice: bool
) -> Iterator[tuple[int, int, bool]]:
    """Begin and end of what may be such phrases, and whether they are some whatever words they hold."""
    reading = parsed.reading
    whom, which, complaints, in_time, more = _anywhere(parsed, against=against, advice=advice)
    yield from _within(whom, spans)
    yield from _within(which, spans)
    if reading.diseases:
        for start, end in _besides(parsed, spans, taken):
            phrase = _begun(reading, start, end, False)
            if any(s <= phrase[0] < e for s, e in spans):
                yield phrase
        yield from _within(complaints, spans)
    yield from _within(in_time, spans)
    for one in more:
        yield from _within(one, spans)


_Found = list[tuple[int, int, bool]]


def _begun(reading: Reading, start: int, end: int, sure: bool) -> tuple[int, int, bool]:
    """A phrase that begins at its first letter."""
    words = reading.text[start:end]
    return start + len(words) - len(words.lstrip(" \t•*-–")), end, sure


def _within(found: _Found, spans: Spans) -> _Found:
    """Of phrases in text order those that begin in one of `spans`."""
    first = min(start for start, _ in spans)
    some = found[bisect_left(found, (first,)) : bisect_left(found, (max(end for _, end in spans),))]
    return [one for one in some if any(start <= one[0] < end for start, end in spans)]


def _anywhere(
    parsed: Parsed, *, against: bool, advice: bool
) -> tuple[_Found, _Found, _Found, _Found, list[_Found]]:
    """Those that do not depend on what a row is about, wherever they stand, each sort in text order; remembered."""
    known = parsed.phrases.get((against, advice))
    if known is None:
        reading = parsed.reading

        def sort(found: Iterable[tuple[int, int]], sure: bool, *, listed: bool = False) -> _Found:
            ends = ((start, _listed_on(reading, end) if listed else end) for start, end in found)
            return sorted((_begun(reading, start, end, sure) for start, end in ends), key=itemgetter(0))

        refused = (
            [
                sort((match.span() for match in _LACKING.finditer(reading.text)), False),
                sort(beside_procedures(reading), True),
                sort(avoided_in(parsed), False, listed=True),
            ]
            if against
            else []
        )
        known = parsed.phrases[against, advice] = (
            sort(_phrases_of_whom(reading.text), True, listed=True),
            sort(_which(reading.text), False),
            sort(_complaints(parsed) if reading.diseases and advice else (), True),
            sort(_in_time(reading.text) if advice else (), False),
            [*refused, sort(subjects(reading.text), False)],
        )
    return known


_WEIGHED = frozenset(("SETTING", "LINE", "PREFERENCE", "STRENGTH", "DIRECTION"))


def says_more(reading: Reading, start: int, end: int, taken: Spans) -> bool:
    """Whether words say more than cues of population and setting in them, the `taken` spans and words of no weight."""
    held = [
        (c.start, c.end)
        for c in reading.cues_in(start - _REACH, end)
        if c.label == "POPULATION" or (c.label in _WEIGHED and c.value != "none")
    ]
    rest = list(reading.text[start:end])
    for s, e in (*held, *taken):
        for at in range(max(s, start), min(e, end)):
            rest[at - start] = " "
    plain = phrase_set("plain")
    return any(word not in plain for word in re.findall(r"[\w%<>≥≤]+", "".join(rest).lower()))


def _listed_on(reading: Reading, end: int) -> int:
    """The end of a phrase that goes on as a list ("with diabetes, obesity, or gout")."""
    more = _LISTED.match(reading.text, end)
    if more is None:
        return end
    stop = more.end()
    names = any(d.start < stop and end < d.end for d in reading.drugs)
    return end if names or any(end <= c.start < stop for c in reading.of("DIRECTION")) else stop


def _besides(parsed: Parsed, spans: Spans, taken: Spans) -> Iterator[tuple[int, int]]:
    """ "in diabetes" in a text on another disease; "with psychotic features" right after the disease: those that
    begin in `spans`, and perhaps others."""
    reading = parsed.reading
    hidden = [z for z in parsed.zones if z.role not in ("conditional", "prior-empty")]
    begun = {s for s, e in taken if s < e}
    held = holder(taken)
    near: set[int] = set()
    for start, end in spans:
        within = reading.diseases_in(start, end + _REACH)
        near.update(range(max(0, within.start - 2), within.stop))
    for i in sorted(near):
        mention = reading.diseases[i]
        if any(z.holds(mention.start) for z in hidden):
            continue
        if mention.start in begun or held(mention.start):
            match = _MODIFIER.match(reading.text, mention.end)
            if match and not any(match.start() <= d.start < match.end() for d in reading.drugs):
                yield match.start() + 1, _listed_on(reading, match.end())
            continue
        if reading.text.startswith("-", mention.end):
            continue  # "in obesity-related heart failure"
        opened = _BEHIND.search(reading.text, max(0, mention.start - _REACH), mention.start)
        if opened:
            yield opened.start(), _with_others(reading, mention.end)


_AND_OTHER = re.compile(r"\s?(?:,|,?\s(?:and|or)|/)\s?(?:[\w-]+\s){0,2}", re.IGNORECASE)


def _with_others(reading: Reading, end: int) -> int:
    """The end of a list of diseases ("in asthma, gout, and heart failure")."""
    for mention in reading.diseases:
        if mention.start >= end:
            if not _AND_OTHER.fullmatch(reading.text, end, mention.start):
                break
            end = mention.end
    return end


def _complaints(parsed: Parsed) -> Spans:
    """ "for agitation and insomnia": complaints that a drug is given for."""
    if parsed.complaints is None:
        parsed.complaints = tuple(_find_complaints(parsed.reading))
    return parsed.complaints


def _find_complaints(reading: Reading) -> Iterator[tuple[int, int]]:
    start = last = -1
    for mention in reading.diseases:
        joined = start >= 0 and re.fullmatch(
            r"\s?(?:,|and|or|, and|, or)\s", reading.text[last : mention.start]
        )
        if is_symptom(mention.concept.name):
            opened = _FOR.search(reading.text, max(0, mention.start - _REACH), mention.start)
            if joined:
                last = mention.end
                continue
            if start >= 0:
                yield start, last
            start, last = (opened.start(), mention.end) if opened else (-1, -1)
        elif start >= 0:
            yield start, last
            start = last = -1
    if start >= 0:
        yield start, last


@lru_cache(maxsize=8)  # asked for each row of a statement
def _phrases_of_whom(text: str) -> Spans:
    if _WHOM_SAID.isdisjoint(words(text).norms):
        return ()
    return tuple(match.span() for match in _WHOM.finditer(text))


@lru_cache(maxsize=8)
def _in_time(text: str) -> Spans:
    opening = _OPENING.match(text)
    spans = [] if opening is None else [opening.span()]
    if not _CLOSING_SAID.isdisjoint(words(text).norms):
        spans += [match.span() for match in _CLOSING.finditer(text)]
    return tuple(spans)


@lru_cache(maxsize=8)
def _which(text: str) -> Spans:
    if _WHICH_SAID.isdisjoint(words(text).norms):
        return ()
    return tuple(match.span() for match in _WHICH.finditer(text))


@lru_cache(maxsize=8)
def subjects(text: str) -> Spans:
    """The patients who are the subject of a clause and should receive something ("Patients with aura should not use")."""
    if _WHOM_SAID.isdisjoint(words(text).norms):
        return ()
    return tuple(match.span(1) for match in _SUBJECT.finditer(text))
