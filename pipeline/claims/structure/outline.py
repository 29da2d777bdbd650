"""Contexts of an article's sections and blocks, worked out once each, from the outside in."""

from __future__ import annotations

import re
from collections.abc import Callable
from functools import cached_property

from pipeline.claims.citations import find_citations
from pipeline.claims.cues.words import plain
from pipeline.claims.names import (
    Disease,
    comorbidities,
    is_comorbidity,
    is_symptom,
    related,
    resolve,
)
from pipeline.claims.nice import lead_strength
from pipeline.claims.reading import Reader
from pipeline.claims.scope.bases import bases_of, in_use_beside, parts_of, regimen_of
from pipeline.claims.scope.conditions import words_of
from pipeline.claims.scope.fields import SEVERITIES, Fields
from pipeline.claims.scope.situation_labels import of_heading
from pipeline.claims.scope.types import Parsed
from pipeline.claims.scope.undecided import leaves_open
from pipeline.claims.seen import read_headings
from pipeline.claims.structure.beside import named_beside
from pipeline.claims.structure.context import Context
from pipeline.claims.structure.groups import tells_groups
from pipeline.claims.structure.heading_fields import heading_fields
from pipeline.claims.structure.titles import (
    diseases_of_body_title,
    subjects_of_heading,
    title_diseases,
    whose,
)
from pipeline.claims.whom import whom_below
from pipeline.model import Article
from pipeline.vocabulary import Lexicon, Mention
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


# "R6: For necrotizing disease, ..."
_OPENS_FOR = re.compile(r"\W*(?:[A-Z][\w .()-]{0,40}:\s)?(?:[Ff]or|[Ii]n|[Aa]mong)\s[^,;:]{3,80},")
_WHEN = re.compile(r"\W*(?:when|if|where)\b", re.IGNORECASE)


def _usable_drugs(parsed: Parsed) -> tuple[Mention, ...]:
    """The drugs that a heading gives to what stands below it."""
    return tuple(drug for drug, usable in zip(parsed.reading.drugs, parsed.usable, strict=True) if usable)


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
        if not self.title and not self._begun(1):
            self.title = diseases_of_body_title(
                article,
                lambda block: [parsed.reading for parsed in parse_block(block)],
                [parsed.reading for parsed in self._headings],
                lexicon,
            )
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
        if len(self.article.sections) > 1 or words.endswith("?"):
            named = _usable_drugs(self._headings[0])
            return Context(diseases=self.title, drugs=tuple(d for d in named if d.concept.kind != CLASS))
        return self._below_heading(0, Context(diseases=self.title))._replace(diseases=self.title)

    @cached_property
    def _headings(self) -> list[Parsed]:
        """The headings of all sections as read."""
        text = self.article.text
        return read_headings(self.reader, [plain(text[s.start : s.end]) for s in self.article.sections])

    def _below_heading(self, index: int, above: Context) -> Context:
        section = self.article.sections[index]
        if section.end <= section.start:
            return above
        parsed = self._headings[index]
        text = parsed.reading.text
        first = next((i for i, s in enumerate(self.article.sections) if i > 0 and s.level == 1), 1)
        titled = index == first and self._restates_title(text, parsed)
        fields = heading_fields(parsed, text, title=titled and not self._begun(first))
        known = (*above.diseases, *self.title)
        own = self._own(parsed, known)
        if not titled:
            said = of_heading(parsed, own)
            said = said or (text.strip(" :") if index in self._groups else "")
            fields = fields.but(condition=(said,) if said else ())
        context = above.under(fields, "heading")
        group = index in self._groups or any(map(tells_groups, section.path[:-1]))
        diseases = resolve(
            parsed.reading,
            subjects_of_heading(
                text,
                [
                    d
                    for i, d in enumerate(parsed.reading.diseases)
                    if not (known and named_beside(parsed, i, known, self.lexicon, group=group))
                    or self._turned_to(index, d)
                ],
                known,
            ),
            above.diseases,
            self.title,
            self.lexicon,
            section.start,
            "heading",
        )
        topics = {d.name for d in self.title}
        if topics:
            # "Statin Intolerance" in an article on another disease tells whom the section is for.
            diseases = tuple(d for d in diseases if d.name in topics or not d.name.endswith(" intolerance"))
        if diseases and not (known and all(is_symptom(d.name) and d.name not in topics for d in diseases)):
            context = context._replace(diseases=diseases)
        drugs = _usable_drugs(parsed)
        left_open = above.undecided or leaves_open(parsed.reading)
        regimen = regimen_of(parsed) if drugs else above.regimen
        return context._replace(drugs=drugs or above.drugs, regimen=regimen, undecided=left_open)

    def _turned_to(self, index: int, disease: Mention) -> bool:
        """Whether an earlier heading turned to a disease that is not the title's ("Anaphylaxis", and further down "Dosing in
        adults with anaphylaxis")."""
        name = disease.concept.name
        return all(name != t.name for t in self.title) and any(
            name == d.name and d.origin == "heading"
            for k in range(1, index)
            for d in self.section(k).diseases
        )

    @cached_property
    def _groups(self) -> frozenset[int]:
        """The sections for patients who have another disease beside the article's ("Chronic Kidney Disease" in an
        article on hypertension): those whose heading names such diseases alone, and no drug."""
        if not self.title:
            return frozenset()
        comorbid = set()
        for index in range(1, len(self.article.sections)):
            reading = self._headings[index].reading
            foreign = [
                is_comorbidity(d.concept.name)
                and not any(related(d.concept.name, t.name, self.lexicon) for t in self.title)
                for d in reading.diseases
            ]
            if foreign and all(foreign) and not reading.drugs:
                comorbid.add(index)
        return frozenset(comorbid)

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
        above = self.section(block.section)
        if block.kind == "item" and block.lead_in is not None and block.lead_in < index:
            diseases = self._framed(block.lead_in, above)
            return above._replace(diseases=diseases) if diseases else above
        return above

    def _framed(self, index: int, above: Context) -> tuple[Disease, ...]:
        """The diseases that the sentence right before a list is about, where it opens with them ("For necrotizing disease,
        give A."), and that are others than those above."""
        statements = self._parse_block(index)
        opening = _OPENS_FOR.match(statements[0].reading.text) if len(statements) == 1 else None
        if opening is None:
            return ()
        parsed = statements[0]
        named = [d for d in (parsed.reading.diseases[i] for i in parsed.diseases) if d.end <= opening.end()]
        known = {d.name for d in (*above.diseases, *self.title)}
        if not named or not known or any(d.concept.name in known for d in named):
            return ()
        if any(is_comorbidity(d.concept.name) or is_symptom(d.concept.name) for d in named):
            return ()
        start = self.article.blocks[index].start
        return resolve(parsed.reading, named, above.diseases, self.title, self.lexicon, start, "lead-in")

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
        if nice and (fields.direction != "against" or " not " in parsed.reading.text):
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
        if parent and not partners:
            partners = in_use_beside(parsed)
        only = parent or ("refractory" not in fields.setting and fields.line != "subsequent")
        if only and "intolerance" in fields.setting and fields.direction == "for" and not out.preference:
            out = out._replace(preference="alternative")
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
        cues = [c for c in parsed.reading.of("SETTING") if c.value in SEVERITIES]
        foreign = [c for c in cues if any(0 <= start - c.end <= 2 for start in others)]
        return tuple(
            s
            for s in setting
            if not any(s == c.value for c in foreign) or any(s == c.value for c in cues if c not in foreign)
        )

    def _for_whom(self, parsed: Parsed, known: tuple[Disease, ...]) -> tuple[str, ...]:
        """What a lead-in or a parent bullet says of whom those below it are for, beside its own conditions."""
        text = parsed.reading.text
        places = whom_below(parsed, self._own(parsed, known))
        return tuple(words_of(text, p.start, p.end) for p in places)

    def _start(self, index: int, parsed: Parsed) -> int:
        block = self.article.blocks[index]
        found = plain(self.article.words(block)).find(parsed.reading.text)
        return block.start + max(0, found)
