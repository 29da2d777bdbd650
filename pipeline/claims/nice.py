"""NICE states the strength of its advice by the verb: "offer", "consider", "do not offer"."""

from __future__ import annotations

import re
from functools import lru_cache

from pipeline.claims.guidelines import Authority
from pipeline.claims.scope.fields import Fields
from pipeline.claims.scope.types import Finding
from pipeline.model import Article

# begins with its letter, so that the search goes from one N to the next
_NICE = re.compile(r"N(?:(?<=\bN)ICE\b|ational Institute for Health and Care Excellence)")


# NICE numbers its recommendations and begins each with its verb: "1.2.3 Offer ..."
_NUMBERED = re.compile(
    r"^[^\w\n]*+\d{1,2}\.\d{1,2}\.\d{1,3}\.?\s+(offer|consider|do not (?:routinely )?(?:offer|use))\b",
    re.IGNORECASE | re.MULTILINE,
)


_TO = re.compile(r"(?:\s[\w-]+){0,2}\sto\s(offer|consider)\b|\s(offering|considering)\b", re.IGNORECASE)


@lru_cache(maxsize=8)
def _is_nice_text(text: str) -> bool:
    """Whether an article is worded and numbered as NICE's guidelines are, and not by chance.

    >>> _is_nice_text("1.1.1 Offer a statin.\\n1.1.2 Consider ezetimibe.\\n1.1.3 Do not offer niacin.")
    True
    >>> _is_nice_text("1.1.1 Offer a statin.\\n1.1.2 Give ezetimibe.\\n1.1.3 Offer advice.")
    False
    """
    verbs = [m[1].lower() for m in _NUMBERED.finditer(text)]
    return len(verbs) >= 3 and len(set(verbs)) >= 2


@lru_cache(maxsize=8)  # asked for each row of a statement
def _names_nice(text: str) -> bool:
    return _NICE.search(text) is not None


_LEADS = re.compile(
    r"\W*(?:\d[\d.]*\s+)?(?:(?:if|for|in|when|where|from|under)\s[^,;:.]{3,80},\s)?(offer|consider|do not offer)\b|[^.;]*\b(?:should|must)\s(?:not\s)?be\s(offer|consider)ed\b",
    re.IGNORECASE,
)


def lead_strength(words: str, article: Article) -> str:
    """The strength that NICE's verb at the beginning of a lead-in ("Consider one of the following:") gives the bullets
    below it, also where it only names NICE; "" where it has nothing to do with NICE."""
    verb = _LEADS.match(words)
    if verb is None or not (
        _names_nice(words) or _is_nice(article.source, article.title, article.url or "", article.text)
    ):
        return ""
    return "conditional" if (verb[1] or verb[2]).lower() == "consider" else "strong"


_FOLLOWS = re.compile(
    r"\b(?:wording|worded|(?<!other )words|verbs?)\b"
    r"|\b(?:this|the) (?:page|summary|article|guide|overview|answer|review|text|advice|recommendations?|guidance)\b[^.]*"
    r"\b(?:follows?|summari[sz]es?|reflects?|based on|adapted from|taken from|drawn from|in line with|those of|that of)\b"
    r"|\boffer\W[^.]*\bstrong",
    re.IGNORECASE,
)


@lru_cache(maxsize=8)
def _follows_nice(text: str) -> bool:
    """Whether an article says of itself that its words are NICE's.

    >>> _follows_nice("The wording below is that of the NICE guideline NG71.\\n")
    True
    >>> _follows_nice("This summary follows NICE.\\n"), _follows_nice("NICE: offer a statin.\\n")
    (True, False)
    """
    for named in _NICE.finditer(text):
        start = max(text.rfind("\n", 0, named.start()), text.rfind(". ", 0, named.start())) + 1
        end = min(
            (at for at in (text.find("\n", named.end()), text.find(". ", named.end())) if at >= 0), default=-1
        )
        if _FOLLOWS.search(text, start, end if end >= 0 else len(text)):
            return True
    return False


@lru_cache(maxsize=8)  # asked for each row of an article
def _is_nice(source: str, title: str, url: str, text: str) -> bool:
    """Whether an article is NICE's own text, or says that it keeps NICE's words."""
    return bool(
        _NICE.search(source)
        or _NICE.search(title)
        or "nice.org" in url
        or _is_nice_text(text)
        or _follows_nice(text)
    )


def _led_by_nice(article: Article, block: int) -> bool:
    """Whether NICE is named in the heading above a block, or where the list is introduced that it or one around it is in
    ("NICE advises: ...")."""
    path = article.sections[article.blocks[block].section].path
    if any(_NICE.search(heading) for heading in path):
        return True
    at: int | None = block
    while at is not None:
        lead, at = article.blocks[at].lead_in, article.blocks[at].parent
        if lead is not None and _NICE.search(
            article.text, article.blocks[lead].start, article.blocks[lead].end
        ):
            return True
    return False


def nice_strength(
    fields: Fields, finding: Finding, authority: Authority | None, article: Article, text: str, block: int
) -> str:
    """The strength that NICE's verbs state, in NICE's own text or where it is named: in the statement, or in what
    introduces the list of its `block`; "" elsewhere.

    Convention: EVIDENCE.md, "Grades of other systems".
    """
    if fields.strength or finding.kind == "evidence":
        return ""
    if not (
        (authority is not None and "NICE" in authority.name)
        or _names_nice(text)
        or _is_nice(article.source, article.title, article.url or "", article.text)
        or _led_by_nice(article, block)
    ):
        return ""
    mark = next((m for m in fields.marks if m.field == "direction"), None)
    if mark is None:
        return ""
    verb = text[mark.start : mark.end].lower()
    advised = _TO.match(text, mark.end)
    if advised is not None:
        verb = (advised[1] or advised[2]).lower()  # "NICE advises clinicians to offer ..."
    before = text[max(0, mark.start - 22) : mark.start].lower()
    if fields.direction == "against":
        return (
            "conditional"
            if "routinely" in before + verb + text[mark.end : mark.end + 12].lower()
            else "strong"
            if "offer" in verb or "not use" in before + verb or "offer" in before
            else ""
        )
    if verb.startswith("offer") or verb.endswith("offered"):
        return "strong"
    return "conditional" if verb.startswith("consider") or verb.endswith("considered") else ""
