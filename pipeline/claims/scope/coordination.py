"""Where a statement goes on with another drug that has words of its own: a verb, a situation, a disease."""

from __future__ import annotations

import itertools
import re
from bisect import bisect_left, bisect_right
from collections.abc import Iterator

from pipeline.claims.cues.matcher import Cue
from pipeline.claims.data_files import alternatives
from pipeline.claims.reading import Reading
from pipeline.claims.scope.zone import Zone
from pipeline.claims.verbs import AUXILIARIES
from pipeline.vocabulary import Mention

# what may part two clauses
JOINTS = re.compile(r",\s*(?:and|or|but)\b|,|\band\b|\bor\b", re.IGNORECASE)
_THEN_NOT = re.compile(r"(?:,?\sand\s(?:also\s)?|,\s)(do\snot\s|never\s)?$", re.IGNORECASE)
_FINITE = re.compile(rf"\s(?:{AUXILIARIES})\b", re.IGNORECASE)
_NEEDS = re.compile(
    r"\b(?:needs?|requires?|calls? for|(?:treated|managed|started) with|receives?|(?:is|are) given|should take)\s",
    re.IGNORECASE,
)
_AND_NOW = re.compile(
    r",\s(?:and|but|while|whereas)\s(?:(?:the|an?|oral|intravenous|topical|inhaled|nebuli[sz]ed|subcutaneous|intramuscular|rectal|vaginal|systemic|low-dose|high-dose|long-term|short-term)\s)?"
    r"(?:(?:early|late|upfront|routine|concurrent|subsequent)\s)?(?:(?:addition|use|initiation|introduction|continuation)\sof\s(?:an?\s|the\s|oral\s)?)?$",
    re.IGNORECASE,
)
_AND_THE = re.compile(r",?\s(?:and|but)\s(?:(?:the|an?)\s)?$", re.IGNORECASE)
_PARTICIPLE = re.compile(r"\s(?:avoided|stopped|discontinued|withheld|contraindicated)\b", re.IGNORECASE)
# "A added for X and B reserved for Y"
_GIVEN = re.compile(
    r"\s(?:added|reserved|kept|used|given|considered|recommended|preferred|offered|held|avoided)\b",
    re.IGNORECASE,
)
# "A must be stopped and an oral B started"
_STOPPED = re.compile(
    r"\s(?:should|must|is|are)\s(?:to\s)?(?:be\s)?(?:\w+\s)?(?:stopped|discontinued|withheld|avoided|withdrawn|held)\b",
    re.IGNORECASE,
)
_STARTED = re.compile(r"\s(?:started|begun|given|initiated|restarted)\b", re.IGNORECASE)
_AND_A = re.compile(r",?\s(?:and|but)\s(?:(?:an?|the)\s)?(?:[\w-]+\s)?$", re.IGNORECASE)
_LISTED = re.compile(r"\s?(?:,|,?\s(?:and|or)|/)\s?", re.IGNORECASE)
_AND_GROUP = re.compile(
    r",\s(?:and|but|while|whereas)\s(?:[\w-]+\s){1,2}"
    rf"(?:{alternatives('people')})\s(?:also\s|then\s)?"
    r"(?:receive|are\streated|are\sgiven|should|need|require)\b",
    re.IGNORECASE,
)
_GAPPED = re.compile(
    r"(?:\s\([^()]*\))?\swith\s(?:an?\s|the\s)?(?:(?:oral|intravenous|iv|inhaled|topical)\s)?", re.IGNORECASE
)
_AND = re.compile(r",?\sand\s(?:(?:an?|the|severe|mild|moderate|acute|chronic)\s)*$", re.IGNORECASE)
_ADJUNCT = re.compile(
    r"^(?:\s\([^()]*\))?\s(?:may be|is|are|can be|given|used|\d[\w./-]*+|mg|daily|twice|once|\s)*+(?:for|in|as|during)\s(?:[\w-]+\s){0,4}$",
    re.IGNORECASE,
)


def turned(reading: Reading, zones: list[Zone], depths: list[int]) -> Iterator[int]:
    """Where an imperative against follows what is said of a drug before ("reduce A to 5 mg, and avoid B"), or "continue"
    follows one ("stop A and continue B")."""
    stops = [c.end for c in reading.of("DIRECTION") if c.form == "verb" and c.value == "against"]
    for cue in reading.of("DIRECTION"):
        if cue.form != "verb" or depths[cue.start]:
            continue
        joint = _THEN_NOT.search(reading.text, max(0, cue.start - 18), cue.start)
        if (
            joint is None
            or not (cue.value == "against" or joint[1] or _goes_on(reading, cue, stops))
            or not (any(d.start >= cue.end for d in reading.drugs) or _goes_on_until(reading, cue))
        ):
            continue
        before = [d for d in reading.drugs if d.end <= joint.start()]
        if before and not any(z.closed and z.holds(before[-1].start) for z in zones):
            yield joint.start()


_IN_TIME = re.compile(r"\s(?:(?:it|them)\s)?(?:in|during|at|from|before|if|when|by|once)\s", re.IGNORECASE)


def _goes_on_until(reading: Reading, cue: Cue) -> bool:
    """Whether what was advised is to end at a time ("continue A through week 28 and discontinue in the third trimester")."""
    return (
        cue.rule == "direction.against.avoid"
        and _IN_TIME.match(reading.text, cue.end) is not None
        and any(
            c.form == "verb" and c.value == "for" and c.end <= d.start and d.end <= cue.start
            for c in reading.of("DIRECTION")
            for d in reading.drugs
        )
    )


def _goes_on(reading: Reading, cue: Cue, stops: list[int]) -> bool:
    """Whether "continue" follows another imperative and its drug."""
    return cue.rule == "direction.for.continue" and any(
        stop <= d.start < cue.start for stop in stops for d in reading.drugs
    )


_FIRST = re.compile(r"\scomes?\s(?:first|next|last)\b")  # "A comes first, and B is then given"
_AND_IF = re.compile(r",\s(?:and|but)\s(?:if|when|where|once)\s(?=[^,;:()]{3,80},\s)", re.IGNORECASE)
# "A is first-line, and if it is not effective B is tried"
_AND_IF_IT = re.compile(
    r",\s(?:and|but)\s(?:if|when|where|once)\s(?:it|this|they)\s[^,;:()]{3,40}?\s(?:(?:another|an?|the|oral)\s)?$",
    re.IGNORECASE,
)
# "A 1 g daily, or if allergic B 500 mg"
_OR_IF_ALLERGIC = re.compile(r",?\sor,?\s(?=if\s(?:[\w-]+-)?(?:allergic|intolerant),?\s$)", re.IGNORECASE)
_AND_SOME = re.compile(
    r",\s(?:and|but|while|whereas)\s(?:(?:most|many|some|other|all|small|the)\s)(?:[\w-]+\s)?$", re.IGNORECASE
)
_HAS_VERB = re.compile(
    r"\s(?:can|do|does|need|needs|require|requires|resolves?|should|may|are|is)\b", re.IGNORECASE
)
# Words of which each joint of `coordinated` has one.
_COORDINATED_SAID = frozenset(
    ("and", "but", "while", "whereas", "allergic", "intolerant", "where", "whom", "which")
)


def coordinated(reading: Reading, depths: list[int]) -> Iterator[int]:
    """Where a drug with a verb of its own follows one that has its verb already ("A is the first choice, and B is
    added when ...")."""
    if _COORDINATED_SAID.isdisjoint(reading.words):
        return
    text, drugs = reading.text, [d for d in reading.drugs if not depths[d.start]]
    for disease in reading.diseases if drugs and "," in text else ():
        # "A is used, and most mild ulcers need no treatment"
        joint = _AND_SOME.search(text, drugs[0].end, disease.start)
        if joint is not None and not depths[disease.start] and _HAS_VERB.match(text, disease.end):
            yield joint.start()
    if len(drugs) < 2:
        return
    for match in _AND_IF.finditer(text, drugs[0].end, drugs[-1].start):
        # "A is first-line, and if it fails, B is preferred"
        if not depths[match.start()] and _FINITE.search(text, drugs[0].end, match.start()):
            yield match.start()
    yield from _relative(reading, drugs)
    for before, drug in itertools.pairwise(drugs):
        joint = _AND_IF_IT.search(text, before.end, drug.start)
        if joint is not None and _FINITE.search(text, drug.end, drug.end + 40):
            yield joint.start()
    for drug in drugs[1:] if "if" in reading.words else ():
        joint = _OR_IF_ALLERGIC.search(text, max(0, drug.start - 40), drug.start)
        if joint is not None:
            yield joint.start()
    for i, drug in enumerate(drugs) if "," in text else ():
        joint = _AND_NOW.search(text, max(0, drug.start - 160), drug.start) if i else None
        if joint is None:
            continue
        needed = (
            _is_needed(reading, drugs[i - 1], joint.start())
            or _is_alone(reading, drugs[i - 1], drug)
            or _is_object(reading, drugs[i - 1], joint.start())
        )
        if not needed and len(text[drugs[i - 1].end : joint.start()].split()) < 2:
            continue  # "A, B, and C are ..."
        last = i
        while last + 1 < len(drugs) and _LISTED.fullmatch(text, drugs[last].end, drugs[last + 1].start):
            last += 1
        if _OWN_VERB.match(text, _behind(reading, drugs[last])) and (
            any(_FINITE.match(text, _behind(reading, d), joint.start()) for d in drugs[:i])
            or _FINITE.search(text, drugs[i - 1].end, joint.start())
            or _FIRST.search(text, drugs[i - 1].end, joint.start())
            or needed
            or any(
                c.form == "predicate" and c.value == "against"
                for c in reading.of("DIRECTION")
                if drugs[i - 1].end <= c.start and c.end <= joint.start()
            )
        ):
            yield joint.start()
    for group in _AND_GROUP.finditer(text) if "," in text else ():
        # "low-risk patients are treated with A, and high-risk patients receive B"
        if drugs[0].end <= group.start() and group.end() <= drugs[-1].start and not depths[group.start()]:
            yield group.start()
    for before, drug in itertools.pairwise(drugs):
        # "A should be reduced and B avoided"
        joint = _AND_THE.search(text, before.end, drug.start)
        if joint is None:
            started = _AND_A.search(text, before.end, drug.start) if _STARTED.match(text, drug.end) else None
            if started is not None and _STOPPED.match(text, before.end):
                yield started.start()
            continue
        reduced = _PARTICIPLE.match(text, drug.end) and _FINITE.match(text, before.end)
        started = _STARTED.match(text, drug.end) and _STOPPED.match(text, before.end)
        if reduced or started or (_GIVEN.match(text, drug.end) and _GIVEN.match(text, before.end)):
            yield joint.start()


# "A accumulates in renal failure, where B is preferred"
_WHERE = re.compile(
    r",\s(?:where|(?:in|for|to|of)\swhom|(?:in|for)\swhich(?:\scase)?)\s(?:[\w-]+\s){0,2}$",
    re.IGNORECASE,
)
_EXCEPT = re.compile(r"\b(?:except|unless|other\sthan)\b[^,;.]*$", re.IGNORECASE)
_WHICH_MUST = re.compile(
    r",\swhich\s(?:is|are|must|should)\s(?:not\s)?(?:be\s)?(?:then\s|first\s)?"
    r"(?:stopped|discontinued|withdrawn|withheld|avoided|contraindicated|given|used|kept|reserved)\b[^,;]{0,80}(?:[.;]|$)"
)
_REPLACED = re.compile(
    r"\b(?:replaces?|replaced|supersedes?|superseded|tak(?:es?|en)\sthe\splace\sof|instead\sof|than|over|(?:preferred|superior|preferable)\sto)\s"
)
_RELATIVE_SAID = frozenset(("where", "whom", "which"))


def _relative(reading: Reading, drugs: list[Mention]) -> Iterator[int]:
    """Where a relative clause begins that says something of a drug of its own."""
    if _RELATIVE_SAID.isdisjoint(reading.words):
        return
    for i, drug in enumerate(drugs):
        joint = _WHERE.search(reading.text, max(0, drug.start - 40), drug.start) if i else None
        if joint is None or _EXCEPT.search(reading.text, max(0, joint.start() - 80), joint.start()):
            continue
        last = i
        while last + 1 < len(drugs) and _LISTED.fullmatch(
            reading.text, drugs[last].end, drugs[last + 1].start
        ):
            last += 1
        if _FINITE.match(reading.text, _behind(reading, drugs[last])):
            yield joint.start()
    for before, drug in itertools.pairwise(drugs):
        # "A replaces B, which must be stopped"
        opened = _WHICH_MUST.match(reading.text, drug.end) if "which" in reading.words else None
        if opened is not None and _REPLACED.search(reading.text, before.end, drug.start):
            yield drug.end


def _behind(reading: Reading, drug: Mention) -> int:
    """Where the words behind a drug begin, its dose left out ("A 2 g/day is kept for")."""
    return next((d.end for d in reading.doses if 0 <= d.start - drug.end <= 1), drug.end)


# "The first choice is A or B, and C is added": of "A, B, and C" one would say "are"
_SINGULAR = re.compile(r"\s(?:is|was|has|remains|needs|requires)\b", re.IGNORECASE)


def _is_alone(reading: Reading, before: Mention, drug: Mention) -> bool:
    """Whether a verb in the singular stands behind a drug that follows another one, of which something is said already."""
    text = reading.text
    return (
        _SINGULAR.match(text, _behind(reading, drug)) is not None
        and not drug.concept.name.endswith("s")
        and _FINITE.search(text, 0, before.start) is not None
    )


_OWN_VERB = re.compile(
    rf"(?:\s(?:infusions?|injections?|therapy|treatment|prophylaxis|tablets?|cream|ointment|gel|drops|mouthwash|patch(?:es)?|inhalers?|"
    rf"suppositor(?:y|ies)|enemas?|suspension))?(?:\s(?:with|plus|in\scombination\swith)\s[^,;:.()]{{2,40}}?)?\s(?:{AUXILIARIES})\b",
    re.IGNORECASE,
)


def _is_object(reading: Reading, drug: Mention, joint: int) -> bool:
    """Whether a drug alone is what a verb before it is about, right before ", and" ("should not use A, and B should be"):
    no list of two has a comma."""
    verbs = [
        c
        for c in reading.of("DIRECTION")
        if c.form in ("verb", "object") and c.end <= drug.start and drug.start - c.end < 40
    ]
    if not verbs or drug.end != joint:
        return False
    opened = verbs[-1]
    between = reading.text[opened.end : drug.start]
    return (
        not reading.text[opened.start : opened.end].split()[0].lower().endswith("ing")
        and not any(sign in between for sign in ",;:(.")
        and not any(opened.end <= d.start < drug.start for d in reading.drugs)
    )


def _is_needed(reading: Reading, drug: Mention, joint: int) -> bool:
    """Whether a drug is what patients need, and the only one ("adults in shock need 30 mL/kg of crystalloid within 3
    hours, and")."""
    text = reading.text
    ends = [match.end() for match in _NEEDS.finditer(text, max(0, drug.start - 80), drug.start)]
    return (
        bool(ends)
        and not any(ends[-1] <= d.start < drug.start for d in reading.drugs)
        and re.search(r"[;:.]\s", text[ends[-1] : drug.start]) is None
        and re.search(r"[,;:.]\s", text[drug.start : joint]) is None
    )


def split_distributed(reading: Reading, depths: list[int], points: dict[int, tuple[str, str]]) -> None:
    """ "A for induction and B for maintenance": each drug with its own words of one kind is a clause."""
    if len(reading.drugs) < 2:
        return
    drugs = [d for d in reading.drugs if not depths[d.start]]
    if len(drugs) < 2:
        return
    text = reading.text
    kinds = [
        [(c.start, c.end) for c in reading.said[label]]
        for label in ("SETTING", "LINE", "PREFERENCE", "POPULATION")
        if label in reading.said
    ]
    kinds.append([(d.start, d.end) for d in reading.diseases])
    kinds = [spans for spans in kinds if len(spans) > 1]  # each of two drugs needs its own
    if not kinds:
        return
    lines = reading.said.get("LINE", ())
    cuts = sorted(points)  # those made below lie before every later pair
    for left, right in itertools.pairwise(drugs):
        if bisect_left(cuts, left.end) < bisect_right(cuts, right.start):
            continue
        joints = [m for m in JOINTS.finditer(text, left.end, right.start) if not depths[m.start()]]
        if not joints or right.start - joints[-1].end() > 30:
            continue
        after = bisect_right(cuts, right.end)
        stop = cuts[after] if after < len(cuts) else len(text)
        joint = joints[-1].start()
        if any(
            any(
                e <= joint and _ADJUNCT.search(text[left.end : s])
                for s, e in _between(spans, left.end, joint)
            )
            and any(_ADJUNCT.search(text[right.end : s]) for s, _ in _between(spans, right.end, stop))
            for spans in kinds
        ) or (
            lines
            and any(_says_line(reading, left, c, joint) for c in lines)
            and any(_says_line(reading, right, c, stop) for c in lines)
        ):
            points[joint] = ("and", "clause.distributed")


def _between(spans: list[tuple[int, int]], start: int, end: int) -> list[tuple[int, int]]:
    """Those of some spans, in the order of the text, that begin at `start` or behind it and before `end`."""
    return spans[bisect_left(spans, (start,)) : bisect_left(spans, (end,))]


# "A first-line, B second-line"
_IS_OF_LINE = re.compile(r"[\s,]*(?:(?:is|are|as|then|rising to|increased to|and)[\s,]*)*", re.IGNORECASE)


def _says_line(reading: Reading, drug: Mention, cue: Cue, stop: int) -> bool:
    """Whether words of a line stand right behind a drug, or behind its doses."""
    if not drug.end <= cue.start < stop:
        return False
    gap = reading.text[drug.end : cue.start]
    for dose in reversed(reading.doses):
        if drug.end <= dose.start and dose.end <= cue.start:
            gap = gap[: dose.start - drug.end] + gap[dose.end - drug.end :]
    return _IS_OF_LINE.fullmatch(gap) is not None


def split_gapped(reading: Reading, depths: list[int], points: dict[int, tuple[str, str]]) -> None:
    """ "A is treated with B, and C with D": a second disease with its own drugs is a clause."""
    text = reading.text
    for disease in reading.diseases[1:] if "and" in reading.words and "with" in reading.words else ():
        joint = _AND.search(text, max(0, disease.start - 160), disease.start)
        if joint is None or depths[disease.start]:
            continue
        drugs = [d for d in reading.drugs if _GAPPED.fullmatch(text, disease.end, d.start)]
        if drugs and any(d.end <= joint.start() for d in reading.drugs):
            points.setdefault(joint.start(), ("and", "clause.gapped"))
