"""Contexts of an article's sections and blocks, worked out once each, from the outside in."""

from __future__ import annotations

import re
from collections.abc import Callable
from functools import cached_property

from pipeline.claims.citations import find_citations
from pipeline.claims.cues.words import plain
from pipeline.claims.names import (
    Disease,
    comorbid,
    comorbidities,
    is_comorbidity,
    is_symptom,
    related,
    resolve,
)
from pipeline.claims.nice import lead_strength
from pipeline.claims.reading import Reader
from pipeline.claims.scope.bases import bases_of, parts_of, regimen_of
from pipeline.claims.scope.conditions import words_of
from pipeline.claims.scope.diseases import in_passing
from pipeline.claims.scope.fields import Fields
from pipeline.claims.scope.situations import label, of_heading, phrases
from pipeline.claims.scope.types import Parsed
from pipeline.claims.scope.undecided import leaves_open
from pipeline.claims.seen import read_heading
from pipeline.claims.structure.context import Context
from pipeline.claims.structure.groups import tells_groups
from pipeline.claims.structure.titles import title_diseases, whose
from pipeline.model import Article
from pipeline.vocabulary import Lexicon
from pipeline.vocabulary.concept import CLASS

_LEADS = re.compile(
    r":[\s\d,;–\[\]-]*$|\b(?:the following|as follows|these (?:include|are)|below)\b[^.]*$", re.IGNORECASE
)
# "Stop A before choosing one of these agents:": A is stopped, and what follows is chosen.
_CHOOSING = re.compile(
    r"\b(?:choosing|selecting|starting|using|trying|adding|prescribing|considering|switching to)\s(?:(?:one|any|either|another)\s)?"
    r"(?:of\s)?(?:these|the following|the (?:agents|drugs|options) below)\b[^.]*$",
    re.IGNORECASE,
)
_COUNTED = re.compile(r"[a-z]{4,}")


def _one_topic(heading: str, settings: tuple[str, ...]) -> tuple[str, ...]:
    """The settings of a body title, unless it joins several ("Acute Flares and Long-Term Prevention")."""
    return () if len(settings) > 1 and " and " in heading.lower() else settings


_AND = re.compile(r"\s*(?:,|,? and|or|&|/)\s*", re.IGNORECASE)
_FLARES = re.compile(r"\b(?:exacerbations?|flares?)\W*$", re.IGNORECASE)
# "Persistent Hypertension on Spironolactone": what the disease of the article still does
_LASTING = re.compile(
    r"\b(?:persistent|persisting|uncontrolled|residual|ongoing|continued|breakthrough)\s$", re.IGNORECASE
)
_ON = re.compile(r"\s(?:on|despite|during|under|while\son)\s", re.IGNORECASE)
_PERSISTS = re.compile(
    r"\s*(?:if|when|for)\b.*\b(?:persists?|persisting|persistent|continues?|(?:remains?|is|are|stays?)\s(?:active|uncontrolled|inadequate\w*|insufficient|"
    r"not\scontrolled)|does\snot\sresolve|do\snot\sresolve)\b",
    re.IGNORECASE,
)
_SEVERITIES = frozenset(("life-threatening", "mild", "moderate", "severe"))
_FLARES_AHEAD = re.compile(
    r"\b(?:prevent\w*|prophyla\w*|reduc\w*|frequent|after|between|avoid\w*|persistent|recurrent|ongoing|repeated|continued|history)\b",
    re.IGNORECASE,
)
_WORSE = re.compile(
    r"\b(?:that|which)\s(?:can |may )?(?:worsen|exacerbate|aggravate|cause|precipitate|trigger|induce|mimic)s?\s(?:\w+\s)?$",
    re.IGNORECASE,
)
# "Fulminant Disease (Hypotension, Ileus)", "Severe Symptoms (Seizures, Coma)": by what a state shows
_SIGNS = re.compile(
    r"\b(?:severe|mild|moderate|fulminant|complicated|critical|non-?severe|(?:life|organ|limb|sight)-threatening|relapse|flare|high[- ]risk|refractory|"
    r"advanced|red flags?|involvement|symptoms?|signs?|features?|manifestations?|findings?|complications?|presentation|criteria)\b"
    r"[^()]{0,40}\([^()]*$",
    re.IGNORECASE,
)
_RELAPSES = re.compile(r"\brelapse\W*$", re.IGNORECASE)
# "Stopping", "Discontinuation and Relapse": how treatment ends, no advice against it
_ENDING = re.compile(
    r"\W*(?:(?:step\s)?\d+\W+)?(?:stopping|discontinu(?:ing|ation)|deprescribing|tapering|withdrawing|de-escalation)"
    r"(?:\s(?:treatment|therapy|medications?|rules|criteria))?(?:\s(?:and|or|&)\s[\w\s-]{3,40})?\W*",
    re.IGNORECASE,
)
_WHEN = re.compile(r"\W*(?:when|if|where)\b", re.IGNORECASE)


class Outline:
    """What every block of one article inherits. `parse_block` gives the parsed statements of a block."""

    def __init__(
        self, article: Article, reader: Reader, lexicon: Lexicon, parse_block: Callable[[int], list[Parsed]]
    ) -> None:
        self.article, self.reader, self.lexicon = article, reader, lexicon
        self._parse_block = parse_block
        self._sections: dict[int, Context] = {}
        self._blocks: dict[int, Context] = {}
        self._below: dict[tuple[int, bool], Context] = {}
        self._leading: dict[int, bool] = {}
        self.title = title_diseases(article, reader, lexicon)
        self.whose = whose(article, reader)

    def section(self, index: int) -> Context:
        """What the headings down to this section give."""
        if index not in self._sections:
            section = self.article.sections[index]
            if section.parent is None or index == 0:
                self._sections[index] = Context(diseases=self.title)
                if index == 0:
                    self._sections[0] = self._of_title()
                    return self._sections[0]
            above = self.section(section.parent if section.parent is not None else 0)
            if section.parent is not None and _WHEN.match(self.article.sections[section.parent].heading):
                # "When Heparin Is Preferred" says so of heparin, not of what a heading below turns to.
                above = above._replace(preference="")
            self._sections[index] = self._below_heading(index, above)
        return self._sections[index]

    def _of_title(self) -> Context:
        """The title gives diseases and drugs; in a text without other headings it is the heading, and gives all."""
        section = self.article.sections[0]
        words = self.article.text[section.start : section.end].rstrip()
        if words.endswith(".") or not words:
            return Context(diseases=self.title)
        whole = self._below_heading(0, Context(diseases=self.title))._replace(diseases=self.title)
        if len(self.article.sections) > 1 or words.endswith("?"):
            named = tuple(d for d in whole.drugs if d.concept.kind != CLASS)
            return Context(diseases=self.title, drugs=named)
        return whole

    def _below_heading(self, index: int, above: Context) -> Context:
        section = self.article.sections[index]
        if section.end <= section.start:
            return above
        text = plain(self.article.text[section.start : section.end])
        parsed = read_heading(self.reader, text)
        fields = parsed.whole.but(condition=())
        first = next((i for i, s in enumerate(self.article.sections) if i > 0 and s.level == 1), 1)
        if index == first and not self._begun(first) and self._restates_title(text, parsed):
            fields = fields.but(
                line="",
                preference="",
                setting=_one_topic(text, fields.setting),
            )
        elif (
            _SEVERITIES.issuperset(fields.setting) and _FLARES.search(text) and not _FLARES_AHEAD.search(text)
        ):
            fields = fields.but(setting=("acute exacerbation", *fields.setting))  # "Severe Exacerbation"
        acute = "acute exacerbation" in fields.setting
        if _RELAPSES.search(text) and not _FLARES_AHEAD.search(text) and not acute:
            # "Platinum-Sensitive Relapse"
            fields = fields.but(
                line=fields.line or "subsequent",
                setting=tuple(sorted({*fields.setting, "relapsed"})),
            )
        if not fields.line and _PERSISTS.match(text):
            fields = fields.but(line="subsequent")  # "If Lesions Persist"
        if fields.direction != "against" or _ENDING.fullmatch(parsed.reading.text):
            fields = fields.but(direction="")
            if not fields.strength:
                fields = fields.but(certainty="", grade_text=None, grade_system=None)
        known = (*above.diseases, *self.title)
        own = self._own(parsed, known)
        if not (index == first and self._restates_title(text, parsed)):
            said = of_heading(parsed, own)
            said = said or (text.strip(" :") if index in self._groups else "")
            fields = fields.but(condition=(said,) if said else ())
        context = above.under(fields, "heading")
        group = index in self._groups or any(map(tells_groups, section.path[:-1]))
        diseases = resolve(
            parsed.reading,
            [
                d
                for i, d in enumerate(parsed.reading.diseases)
                if not (known and self._beside(parsed, i, known, group))
            ],
            above.diseases,
            self.title,
            self.lexicon,
            section.start,
            "heading",
        )
        titled = {d.name for d in self.title}
        if diseases and not (known and all(is_symptom(d.name) and d.name not in titled for d in diseases)):
            context = context._replace(diseases=diseases)
        drugs = tuple(d for i, d in enumerate(parsed.reading.drugs) if parsed.usable[i])
        left_open = above.undecided or leaves_open(parsed.reading)
        regimen = regimen_of(parsed) if drugs else above.regimen
        return context._replace(drugs=drugs or above.drugs, regimen=regimen, undecided=left_open)

    @cached_property
    def _groups(self) -> frozenset[int]:
        """The sections for patients who have another disease beside the article's ("Chronic Kidney Disease" in an
        article on hypertension): where several headings tell groups of patients, or all is about prevention."""
        comorbid, told = set(), 0
        for index, section in enumerate(self.article.sections[1:], 1):
            text = plain(self.article.text[section.start : section.end])
            reading = read_heading(self.reader, text).reading
            foreign = [
                is_comorbidity(d.concept.name)
                and not any(related(d.concept.name, t.name, self.lexicon) for t in self.title)
                for d in reading.diseases
            ]
            if foreign and all(foreign) and not reading.drugs:
                comorbid.add(index)
            elif not reading.of("POPULATION") or reading.diseases or reading.drugs:
                continue
            told += 1
        return frozenset(comorbid) if self.title else frozenset()

    def _beside(self, parsed: Parsed, index: int, known: tuple[Disease, ...], group: bool) -> bool:
        """Whether a heading names a disease that the article is not about there: one that is prevented, that the
        patients also have, or that shares the heading with drugs or a group of patients."""
        reading = parsed.reading
        if comorbid(reading, index, known, self.lexicon):
            return True
        mention = reading.diseases[index]
        if _WORSE.search(reading.text[: mention.start]) or _SIGNS.search(reading.text, 0, mention.start):
            return True
        if any(related(mention.concept.name, k.name, self.lexicon) for k in known):
            return False
        if group or in_passing(reading.text, mention.start, mention.end):
            return True
        if _LASTING.search(reading.text, 0, mention.start) and _ON.match(reading.text, mention.end):
            return True
        before = reading.text[: mention.start]
        shared = [d.end for d in reading.drugs] + [c.end for c in reading.of("POPULATION")]
        after = [d.start for d in reading.drugs if d.start >= mention.end]
        return any(_AND.fullmatch(before[end:]) for end in shared if end <= mention.start) or any(
            _AND.fullmatch(reading.text, mention.end, start) for start in after
        )

    def _begun(self, first: int) -> bool:
        """Whether text that names a drug stands before a section, so that its heading is no title of the body."""
        return any(
            parsed.reading.drugs
            for i, block in enumerate(self.article.blocks)
            if block.section < first and block.kind == "paragraph"
            for parsed in self._parse_block(i)
        )

    def _restates_title(self, text: str, parsed: Parsed) -> bool:
        if parsed.reading.diseases:
            # "First-Line Treatment of Uterine Atony" is no other title of an article on postpartum hemorrhage.
            return not self.title or any(
                related(d.concept.name, t.name, self.lexicon)
                for d in parsed.reading.diseases
                for t in self.title
            )
        words = set(_COUNTED.findall(text.lower()))
        title = set(_COUNTED.findall(self.article.title.lower()))
        return bool(words) and len(words & title) * 2 >= len(words)

    def block(self, index: int) -> Context:
        """What stands above a block: parent bullet, else lead-in, else headings."""
        chain = []
        at: int | None = index
        while at is not None and at not in self._blocks:
            chain.append(at)
            block = self.article.blocks[at]
            at = block.parent if block.parent is not None else self._lead(at)
        for k in reversed(chain):
            self._blocks[k] = self._of_block(k)
        return self._blocks[index]

    def _lead(self, index: int) -> int | None:
        lead = self.article.blocks[index].lead_in
        if lead is None or lead >= index:
            return None
        return lead if self._leads(lead) else None

    def _leads(self, index: int) -> bool:
        known = self._leading.get(index)
        if known is None:
            words = self.article.words(self.article.blocks[index])
            known = self._leading[index] = _LEADS.search(words) is not None
        return known

    def _of_block(self, index: int) -> Context:
        block = self.article.blocks[index]
        if block.parent is not None and block.parent < index:
            return self._under(block.parent, parent=True)
        lead = self._lead(index)
        if lead is not None:
            return self._under(lead, parent=False)
        return self.section(block.section)

    def _under(self, index: int, *, parent: bool) -> Context:
        """What stands above those below a block; for all its bullets the same."""
        known = self._below.get((index, parent))
        if known is None:
            known = self._below[index, parent] = self._below_block(index, parent=parent)
        return known

    def _below_block(self, index: int, *, parent: bool) -> Context:
        above = self.block(index)
        statements = self._parse_block(index)
        if not statements:
            return above
        parsed = statements[0] if parent else statements[-1]
        start = self.article.blocks[index].start if len(statements) == 1 else self._start(index, parsed)
        targets = [f for f in parsed.findings if f.drug is not None and f.clause == parsed.findings[0].clause]
        fields: Fields = targets[0].fields if targets and parent else parsed.whole
        if targets and targets[0].kind == "evidence":
            fields = Fields()
        leads = self._leads(index) or parent
        if fields.direction == "against" and not parent and targets and _CHOOSING.search(parsed.reading.text):
            fields = fields.but(direction="for")
        known = (*above.diseases, *self.title)
        more = self._for_whom(parsed, known)
        if more:
            fields = fields.but(condition=tuple(dict.fromkeys((*fields.condition, *more))))
        fields = fields.but(setting=self._of_disease(parsed, fields.setting, known))
        nice = lead_strength(parsed.reading.text, self.article) if leads and not fields.strength else ""
        if nice and fields.direction != "against":
            fields = fields.but(strength=nice, grade_system="NICE")
        cites = find_citations(parsed.reading.text).numbers
        out = above.under(fields, "lead-in", cites=cites)
        beside = comorbidities(parsed.reading, parsed.diseases, known, self.lexicon) if known else ()
        named = [parsed.reading.diseases[i] for i in parsed.diseases if i not in beside]
        diseases = resolve(parsed.reading, named, above.diseases, self.title, self.lexicon, start, "lead-in")
        if diseases and not (known and all(is_symptom(d.name) for d in diseases)):
            out = out._replace(diseases=diseases)
        drugs = tuple(parsed.reading.drugs[f.drug] for f in targets if f.drug is not None)
        below = (i for i, b in enumerate(self.article.blocks) if index in (b.lead_in, b.parent))
        partners = bases_of(parsed) or parts_of(parsed, (p for i in below for p in self._parse_block(i)[:1]))
        left_open = out.undecided or (leads and leaves_open(parsed.reading))
        return out._replace(
            drugs=drugs or out.drugs,
            with_drugs=partners or out.with_drugs,
            leads=leads,
            undecided=left_open,
            regimen=(regimen_of(parsed) if drugs else ()) or out.regimen,
        )

    def _own(self, parsed: Parsed, known: tuple[Disease, ...]) -> tuple[tuple[int, int], ...]:
        """The words of the diseases that the text around is about."""
        mentions = parsed.reading.diseases
        return tuple(
            (m.start, m.end)
            for m in mentions
            if not known or any(related(m.concept.name, k.name, self.lexicon) for k in known)
        )

    def _of_disease(
        self, parsed: Parsed, setting: tuple[str, ...], known: tuple[Disease, ...]
    ) -> tuple[str, ...]:
        """Settings without the severity of another disease that patients have ("in severe osteoporosis")."""
        others = [
            d.start
            for d in parsed.reading.diseases
            if known and not any(related(d.concept.name, k.name, self.lexicon) for k in known)
        ]
        cues = [c for c in parsed.reading.of("SETTING") if c.value in _SEVERITIES]
        foreign = [c for c in cues if any(0 <= start - c.end <= 2 for start in others)]
        return tuple(
            s
            for s in setting
            if not any(s == c.value for c in foreign) or any(s == c.value for c in cues if c not in foreign)
        )

    def _for_whom(self, parsed: Parsed, known: tuple[Disease, ...]) -> tuple[str, ...]:
        """What a lead-in or a parent bullet says of whom those below it are for, beside its own conditions."""
        text = parsed.reading.text
        taken = [(z.cue_start, z.end) for z in parsed.zones if z.role == "conditional"]
        taken += self._own(parsed, known)
        head = label(parsed, tuple(taken))
        places = phrases(parsed, ((0, len(text)),), tuple(taken), advice=False)
        places = [head, *(p for p in places if p.start >= head.end)] if head else places
        return tuple(words_of(text, p.start, p.end) for p in places)

    def _start(self, index: int, parsed: Parsed) -> int:
        block = self.article.blocks[index]
        found = plain(self.article.words(block)).find(parsed.reading.text)
        return block.start + max(0, found)
