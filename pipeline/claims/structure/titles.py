"""The diseases that the title of an article says it is about."""

from __future__ import annotations

import itertools
import re
from collections.abc import Callable

from pipeline.claims.cues.words import plain
from pipeline.claims.data_files import alternatives, word_list
from pipeline.claims.names import Disease, is_bare, is_symptom, related, resolve
from pipeline.claims.reading import Reader, Reading
from pipeline.claims.scope.diseases import in_passing
from pipeline.claims.seen import read_heading
from pipeline.claims.structure.sorts import with_sort
from pipeline.claims.structure.topics import harm_of, topic_of
from pipeline.model import Article
from pipeline.vocabulary import Lexicon, Mention

_AND = re.compile(r"\s*(?:,|,? and|or|&|/)\s*", re.IGNORECASE)
_WHOSE = r"(?:(?!(?:and|or|of|for|versus|vs|treat|treated|managed)\b)[\w<>≥≤%/-]+\s){0,8}"
_WHO = (
    r"(?:patients?|adults?|people|persons?|wom[ae]n|m[ae]n|child(?:ren)?|adolescents?|infants?|individuals?)"
)
_PERSONS = re.compile(rf"\b{_WHO}\b", re.IGNORECASE)
_AMONG = re.compile(
    rf"[^?]*\s(?:in|among|during|after|following)\s{_WHOSE}|"
    rf"[^?]*\s(?:in|among)\s(?:[\w-]+\s){{0,4}}{_WHO}\s(?:with|who|having|on)\s(?:(?!(?:of|for|treat\w*|manage\w*|in)\b)[\w,-]+\s){{0,30}}",
    re.IGNORECASE,
)
_INCLUDING = re.compile(
    r"[^?]*\b(?:including|also|even|particularly|especially)\s(?:in\s|during\s)?"
    rf"(?:(?:those|someone|{alternatives('people')})\s)?"
    r"(?:with\s|who\shave\s|on\s)?(?:[\w-]+\s){0,2}",
    re.IGNORECASE,
)
_NOT = re.compile(
    r".*\b(?:not\s(?:due|related|caused)\s(?:to|by)|other\sthan|without|excluding|except)\s(?:[\w-]+\s){0,2}",
    re.IGNORECASE,
)
# "My patient with A has relapsed on B with C"
_COURSE = re.compile(
    r"\s(?:who\s)?(?:has|have|is|are|was|remains|remain|continues|still)\s(?:not\s)?(?:relaps|refractory|recurr|fail|progress|flar|uncontrolled|respond|had\s)"
    r"[^?.;]*\s(?:with|and|despite)\s[^?.;]*",
    re.IGNORECASE,
)
_ALSO_IN = re.compile(rf"\s?(?:,|,?\s(?:and|or))\s(?:in|among)\s{_WHOSE}", re.IGNORECASE)
_ACCOMPANIED = re.compile(
    r"(?:\s\([^()]*\))?,?\s(?:(?:presenting\s|complicated\s|associated\s)?with(?:(?:\sor|\sand)\swithout)?|from|related to|complicating|complicated by|accompanied by|due to|caused by|secondary to)\s(?:[\w-]+\s){0,3}",
    re.IGNORECASE,
)
_COMPLICATING = re.compile(
    r"\s(?:complicating|due to|caused by|secondary to)\s(?:[\w-]+\s){0,3}", re.IGNORECASE
)


# "a patient with acute gout and stage 4 CKD": what every drug for the first has to be fitted to
_PATIENT_WITH = re.compile(rf"\b{_WHO}\s(?:with|who\s(?:has|have))\s(?:[\w-]+\s){{0,3}}$", re.IGNORECASE)
_AND_WITH = re.compile(
    r"\s(?:on\s(?:chronic\s)?(?:hemo|haemo|peritoneal\s)?dialysis\s)?(?:and|who\salso\sha(?:s|ve))\s(?:[\w-]+\s){0,3}",
    re.IGNORECASE,
)
_ORGANS = word_list("organ-diseases")


def _fitted(title: str, about: Mention, organ: Mention) -> bool:
    """Whether a title asks about a disease in patients who also have that of an organ, named after it or before."""
    first, second = (about, organ) if about.start < organ.start else (organ, about)
    return (
        organ.concept.name in _ORGANS
        and about.concept.name not in _ORGANS
        and _PATIENT_WITH.search(title, 0, first.start) is not None
        and _AND_WITH.fullmatch(title, first.end, second.start) is not None
    )


def _among(title: str, first: Mention, second: Mention) -> bool:
    """Whether the second disease of a title only tells whose disease the first is ("anemia in patients with cancer",
    "How should anemia be treated in cancer?") or what comes with it ("prostatic hyperplasia with urinary symptoms")."""
    if _fitted(title, first, second):
        return True
    between = title[first.end : second.start]
    if _INCLUDING.fullmatch(between) or _NOT.fullmatch(between) or _COURSE.fullmatch(between):
        return True
    if _ALSO_IN.fullmatch(between) or (is_bare(first.concept.name) and not _PERSONS.search(between)):
        return False
    return bool(_AMONG.fullmatch(between) or _ACCOMPANIED.fullmatch(between))


def subjects_of_heading(heading: str, diseases: list[Mention], known: tuple[Disease, ...]) -> list[Mention]:
    """The diseases of a heading without those that tell whose disease the first is ("Renal tubular acidosis in Sjögren's
    disease"). That of the article stays where the first may be a part of it ("Heart failure in amyloidosis"), and goes where
    the first comes of it ("Pulmonary hypertension complicating sarcoidosis")."""
    about = subjects(heading, diseases)
    if len(about) == len(diseases):
        return diseases
    own = {d.concept.name for d in diseases} & {k.name for k in known}
    between = heading[diseases[0].end : diseases[1].start]
    return diseases if own and not _COMPLICATING.fullmatch(between) else about


_ERADICATED = re.compile(r"\s(?:eradication|decolonization)\b", re.IGNORECASE)


def _is_part(title: str, before: Mention, disease: Mention) -> bool:
    """Whether a disease of a title is a bare symptom of the one right before it ("angiodysplasia bleeding") or what is
    eradicated to treat it ("Gastric lymphoma: H. pylori eradication")."""
    if title[before.end : disease.start] == " ":
        return is_bare(disease.concept.name) and not is_symptom(before.concept.name)
    return _ERADICATED.match(title, disease.end) is not None


_QUALIFYING = re.compile(r"[-‐–](?:associated|related|induced|positive)\s(?:[\w-]+\s){0,2}", re.IGNORECASE)
_COLON = re.compile(r"\s?(?:\([^()]*\))?\s?[:–—]")


# "adrenal insufficiency and adrenal crisis": what is not said to be for the crisis is for the disease
_CRISIS = re.compile(
    r"\b(?:cris[ie]s|storm|coma|emergenc(?:y|ies)|ketoacidosis|status epilepticus)$", re.IGNORECASE
)
_STEM = 6  # letters that a disease shares with its crisis: "myasthenia gravis and myasthenic crisis"


def _is_crisis(disease: str, other: str) -> bool:
    """Whether the second of two diseases is the emergency of the first.

    >>> _is_crisis("hyperthyroidism", "thyroid storm"), _is_crisis("hyperosmolar state", "diabetic ketoacidosis")
    (True, False)
    """
    first, second = disease.lower(), other.lower()
    stems = (second[at : at + _STEM] for at in range(len(second) - _STEM + 1))
    return _CRISIS.search(second) is not None and any(" " not in stem and stem in first for stem in stems)


# "Sjögren's interstitial nephritis": whose disease it is
_POSSESSIVE = re.compile(r"['’]s?\s$|s['’]\s$")


def subjects(title: str, diseases: list[Mention]) -> list[Mention]:
    """The diseases of a title or heading without those that tell whose disease the first is."""
    if len(diseases) > 1 and _POSSESSIVE.search(title[diseases[0].start : diseases[1].start]):
        diseases = diseases[1:]
    if len(diseases) > 1 and is_symptom(diseases[0].concept.name):
        between = title[diseases[0].end : diseases[1].start]
        if _CAUSED_BY.fullmatch(between) and not is_symptom(diseases[1].concept.name):
            diseases = diseases[1:]  # "pain from endometriosis"
    if len(diseases) > 1 and _QUALIFYING.fullmatch(title, diseases[0].end, diseases[1].start):
        if is_symptom(diseases[1].concept.name) and not is_symptom(diseases[0].concept.name):
            diseases = [diseases[0], *diseases[2:]]  # "endometriosis-associated pain"
        else:
            diseases = diseases[1:]  # "HIV-associated tuberculosis"
    if len(diseases) > 1 and _fitted(title, diseases[1], diseases[0]):
        diseases = diseases[1:]  # "patients with end-stage renal disease and atrial fibrillation"
    out, aside = diseases[:1], False
    labeled = (
        bool(diseases) and not is_symptom(diseases[0].concept.name) and _COLON.match(title, diseases[0].end)
    )
    for before, disease in itertools.pairwise(diseases):
        if labeled and is_symptom(disease.concept.name):
            continue  # "Sickle cell disease: treating pain"
        if _is_part(title, before, disease):
            continue
        gap = title[before.end : disease.start]
        listed = aside and (gap == " (" or _AND.fullmatch(gap) is not None)
        aside = listed or _among(title, diseases[0], disease)
        if _AND.fullmatch(gap) and _is_crisis(
            title[before.start : before.end], title[disease.start : disease.end]
        ):
            continue
        if not aside:
            out.append(disease)
    return out


_FROM = re.compile(r"[\w:–—],?\sfrom\s(?:the\s)?(?:[\w-]+\s)?$", re.IGNORECASE)
_TO = re.compile(r"\s(?:to|through|until)\s", re.IGNORECASE)


def _is_phase(title: str, start: int, end: int) -> bool:
    """Whether a disease of a title is where its course begins ("Bipolar Disorder: From Acute Mania to Maintenance")."""
    return _TO.match(title, end) is not None and _FROM.search(title, max(0, start - 40), start) is not None


_CAUSED_BY = re.compile(
    r"\s(?:from|due to|caused by|secondary to|because of)\s(?:[\w-]+\s){0,2}", re.IGNORECASE
)


_WITHOUT = re.compile(
    r"\b(?:without|who do not have|not having)\s(?:(?!with\b|and\b|or\b)[\w-]+\s){0,2}$", re.IGNORECASE
)
# "Yellow fever vaccine in travelers": the disease that is prevented, not only the name of a drug
_VACCINE = re.compile(r"\bvaccines?\b", re.IGNORECASE)


def _read(article: Article, reader: Reader) -> tuple[Reading, list[Mention], list[Mention]]:
    """The title as read, the diseases that it names, and those of them that it is about."""
    title = plain(article.title)
    reading = read_heading(reader, title).reading
    if not reading.diseases and _VACCINE.search(title):
        reading = read_heading(reader, _VACCINE.sub(lambda m: " " * len(m[0]), title)).reading
    passing = [
        d
        for d in reading.diseases
        if in_passing(reading.text, d.start, d.end) or _is_phase(reading.text, d.start, d.end)
    ]
    diseases = [d for d in reading.diseases if not _WITHOUT.search(reading.text, 0, d.start)]
    named = [d for d in diseases if d not in passing] or [d for d in passing if d in diseases]
    return reading, named, subjects(reading.text, named)


def whose(article: Article, reader: Reader) -> frozenset[str]:
    """The diseases of which a title only says that its patients have them ("Pulmonary embolism in patients with cancer")."""
    if article.title.rstrip().endswith("."):
        return frozenset()
    _, named, about = _read(article, reader)
    subjects = {d.concept.name for d in about}
    return frozenset(d.concept.name for d in named) - subjects


def title_diseases(article: Article, reader: Reader, lexicon: Lexicon) -> tuple[Disease, ...]:
    """At most two diseases, at their places in the article's text (-1 where the title does not stand in it); none for a
    title that is a sentence."""
    if article.title.rstrip().endswith("."):
        return ()
    reading, _, about = _read(article, reader)
    about = [with_sort(reading.text, d) for d in about]
    found = resolve(reading, about, (), (), lexicon, 0, "title")
    title = plain(article.title)
    topic = None if found else topic_of(title) or harm_of(title, lexicon)
    if topic is not None:
        name, begin, end = topic
        found = (Disease(name, title[begin:end], "", "title", begin, end),)
    start = article.text.find(article.title) if article.title else -1
    return tuple(
        d._replace(start=start + d.start, end=start + d.end) if start >= 0 else d._replace(start=-1, end=-1)
        for d in found[:2]
    )


_ON_TREATMENT = re.compile(
    r"\b(?:treat(?:ing|ed|ment|ments)?|manag(?:ing|ed|ement)|therap(?:y|ies)|role|use|approach|care|prophylaxis|prevent(?:ing|ion)|"
    r"recommend(?:ed|ations?)|guidelines?)\b|\?$",
    re.IGNORECASE,
)


def diseases_of_body_title(
    article: Article, read_block: Callable[[int], list[Reading]], headings: list[Reading], lexicon: Lexicon
) -> tuple[Disease, ...]:
    """At most two diseases of what stands in place of a title below that of a page or site, which names none.

    That is a question before all else, or a first heading that speaks of treatment: then the text right below it is about
    the same, or no other heading on treatment is about something else. `headings` are those of all sections.
    """
    if len(article.blocks) > 1 and article.blocks[1].kind == "paragraph" and article.blocks[1].section == 0:
        asked = read_block(1)
        if len(asked) == 1 and asked[0].text.rstrip().endswith("?"):
            return _told(asked[0], article.blocks[1].start, lexicon)
    if len(headings) < 3 or not _ON_TREATMENT.search(headings[1].text):
        return ()
    about = _told(headings[1], article.sections[1].start, lexicon)
    below = next(
        (i for i, block in enumerate(article.blocks) if block.section and block.kind == "paragraph"), 0
    )
    answered = {d.concept.name for reading in (read_block(below) if below else ()) for d in reading.diseases}
    others = [
        d
        for heading in headings[2:]
        if _ON_TREATMENT.search(heading.text)
        for d in _told(heading, 0, lexicon)
    ]
    if answered & {d.name for d in about} or all(
        related(other.name, d.name, lexicon) for other in others for d in about
    ):
        return about
    return ()


def _told(reading: Reading, start: int, lexicon: Lexicon) -> tuple[Disease, ...]:
    named = [d for d in reading.diseases if not is_symptom(d.concept.name)]
    return resolve(reading, subjects(reading.text, named), (), (), lexicon, start, "heading")[:2]
