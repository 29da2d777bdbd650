"""Mentions for others to use: what a plain text names, as one JSON object per document.

Broader than the extraction of claims: every chemical and disease counts, also a side effect or a laboratory chemical.
"""

from __future__ import annotations

import json
import re
from bisect import bisect_left, bisect_right
from collections.abc import Iterable, Iterator
from functools import cache
from typing import TypedDict

from pipeline.claims.cues.component import CueFinder
from pipeline.claims.doses.binder import Drug, bind
from pipeline.claims.doses.reader import read_doses
from pipeline.vocabulary import Lexicon, Mention
from pipeline.vocabulary.concept import INGREDIENT

CUES = ("STRENGTH", "DIRECTION", "LINE")
_ADVICE = re.compile(r"recommend|against|prefer|should|option")
_PREDICATE = re.compile(r",? (?:was|were|is|are|has|have|had) ")
_ABOUT = re.compile(
    r"(?:about|approximately|around|roughly|nearly|almost|up to|as much as|at least|only|a total of) (?=[\d.])"
)
_LOW = re.compile(r"\bfrom (?P<low>\d[\d.,]* ?(?:to|-|–) ?)$")
_SENTENCE = re.compile(r"(?<=[.!?])\s+(?=[A-Z\[(])|\n")


class Marked(TypedDict):
    """One mention: `text[start:end]`, in code points. `drug` is the index of the mention that a DOSE belongs to."""

    start: int
    end: int
    label: str
    text: str
    canonical: str | None
    code: str | None
    drug: int | None


class Annotation(TypedDict):
    """A text and what it names, in order of place."""

    text: str
    mentions: list[Marked]


def annotate(text: str, lexicon: Lexicon | None = None) -> Annotation:
    """What a text names: DRUG, DRUG_CLASS, DISEASE, DOSE, STRENGTH, DIRECTION, LINE, ROUTE, FREQUENCY, DURATION.

    A class of drugs by use ("antidepressants") is marked only in a sentence that gives advice or a dose; classes of
    substances ("benzodiazepines") everywhere. Raises nothing.

    >>> found = annotate("Give prednisone 60 mg daily for giant cell arteritis.")
    >>> [(m["label"], m["text"], m["drug"]) for m in found["mentions"] if m["label"] in ("DRUG", "DOSE", "DISEASE")]
    [('DRUG', 'prednisone', None), ('DOSE', '60 mg daily', 1), ('DISEASE', 'giant cell arteritis', None)]
    """
    known = lexicon or Lexicon.default()
    chemicals, diseases = known.find_broad(text)
    cues = [c for c in _cues().cues(text) if c.label in CUES and c.value != "none" and not c.weak]
    bounds = [m.end() for m in _SENTENCE.finditer(text)]
    advice = {bisect_right(bounds, c.start) for c in cues if c.label != "DIRECTION" or _ADVICE.search(c.rule)}
    taken = sorted((*chemicals, *diseases), key=lambda m: m.start)
    starts = [m.start for m in taken]
    named = known.find_drugs(text)
    for mention in named:
        if mention.concept.label == "DRUG_CLASS" and bisect_right(bounds, mention.start) in advice:
            at = bisect_left(starts, mention.end)
            if at == 0 or taken[at - 1].end <= mention.start:
                chemicals.append(mention)
    given = _given(named, taken)
    drugs = sorted((*chemicals, *given), key=lambda m: m.start)
    reading = read_doses(text, [(d.start, d.end) for d in drugs])
    doses = [_phrase(text, f.start, f.end) for f in reading.doses if f.amount]
    pairs = bind(
        text, [Drug(d.start, d.end, d.concept.name, d.concept.kind == "class") for d in drugs], doses
    )
    dosed = {id(drugs[owner[0]]) for owner in pairs if owner}
    undosed = {id(m) for m in given if id(m) not in dosed}
    marks: list[tuple[Marked, Mention | None]] = []
    for mention in (*(d for d in drugs if id(d) not in undosed), *diseases):
        concept = mention.concept
        marks.append(
            (_marked(text, mention.start, mention.end, concept.label, concept.name, concept.code), mention)
        )
    for cue in cues:
        marks.append((_marked(text, cue.start, cue.end, cue.label, cue.value), None))
    for label, spans in (
        ("ROUTE", reading.routes),
        ("FREQUENCY", reading.frequencies),
        ("DURATION", reading.durations),
    ):
        marks += [(_marked(text, start, end, label), None) for start, end in spans]
    owners = []
    for (start, end), owner in zip(doses, pairs, strict=True):
        mark = _marked(text, start, end, "DOSE")
        marks.append((mark, None))
        owners.append((mark, drugs[owner[0]] if owner else None))
    marks.sort(key=lambda m: (m[0]["start"], -m[0]["end"], m[0]["label"]))
    place = {id(mention): i for i, (_, mention) in enumerate(marks) if mention is not None}
    for mark, drug in owners:
        mark["drug"] = place[id(drug)] if drug is not None else None
    return {"text": text, "mentions": [mark for mark, _ in marks]}


def annotate_lines(lines: Iterable[str], lexicon: Lexicon | None = None) -> Iterator[str]:
    """One line of JSON for each line of text, in order; an empty line gives a document without mentions."""
    known = lexicon or Lexicon.default()
    for line in lines:
        yield json.dumps(annotate(line.rstrip("\r\n"), known), ensure_ascii=False)


def _given(found: Iterable[Mention], taken: list[Mention]) -> list[Mention]:
    """The medicines that are no chemicals of research text, proteins for the most part: a dose makes them drugs."""
    starts = [m.start for m in taken]
    out = []
    for mention in found:
        at = bisect_left(starts, mention.end)
        if mention.concept.kind == INGREDIENT and (at == 0 or taken[at - 1].end <= mention.start):
            out.append(mention)
    return out


def _phrase(text: str, start: int, end: int) -> tuple[int, int]:
    """The dose itself: "15 g" of "about 15 g", "12.5 mg" of "12.5 mg, was given by mouth", all of "from 400 to 800 mg"."""
    about = _ABOUT.match(text, start, end)
    start = about.end() if about else start
    low = _LOW.search(text, max(0, start - 20), start)
    verb = _PREDICATE.search(text, start, end)
    return low.start("low") if low else start, verb.start() if verb else end


@cache
def _cues() -> CueFinder:
    return CueFinder()


def _marked(
    text: str, start: int, end: int, label: str, canonical: str | None = None, code: str | None = None
) -> Marked:
    return {
        "start": start,
        "end": end,
        "label": label,
        "text": text[start:end],
        "canonical": canonical,
        "code": code or None,
        "drug": None,
    }
