"""Which disease a mention means here: generic names mean the article's or section's specific disease."""

from __future__ import annotations

import itertools
import re
from functools import lru_cache
from typing import NamedTuple

from pipeline.claims.data_files import alternatives, phrase_set, word_list
from pipeline.claims.reading import Reading
from pipeline.vocabulary import Lexicon, Mention


class Disease(NamedTuple):
    """A disease that a statement is about, where it was named, and the words' place in the article (-1: none)."""

    name: str
    text: str
    code: str
    origin: str
    start: int = -1
    end: int = -1


# for text in lower case
_BROADER = re.compile(
    r"\b(?:various|all|any|other|different|several|many|multiple|most|types of|forms of|across|spectrum of|range of)"
    r"(?:\s(?:types|forms|kinds|causes))?(?:\sof)?(?:\s\w+)?\s$"
)


_GENERAL_HEADS = word_list("general-heads")
_AT_LARGE = re.compile(
    r" (?:in general|of (?:any|whatever|all) (?:cause|type|kind|etiology|origin)s?)\b", re.IGNORECASE
)


def is_symptom(name: str) -> bool:
    """Whether a disease is a symptom that an article on another disease names as what a drug is given for.

    >>> is_symptom("pain"), is_symptom("gout")
    (True, False)
    """
    return name in phrase_set("symptoms")


def is_bare(name: str) -> bool:
    """Whether a symptom says little without the disease that it comes with ("pain" in sickle cell disease).

    >>> is_bare("pain"), is_bare("neuropathic pain")
    (True, False)
    """
    return name in phrase_set("bare_symptoms")


def is_own_illness(name: str) -> bool:
    """Whether a symptom is also an illness that is treated for itself in patients with another.

    >>> is_own_illness("depression"), is_own_illness("cough")
    (True, False)
    """
    return name in phrase_set("own_illnesses")


def is_comorbidity(name: str) -> bool:
    """Whether a disease is one that patients of every specialty commonly have beside the one that is treated.

    >>> is_comorbidity("chronic kidney disease"), is_comorbidity("ascites")
    (True, False)
    """
    return name in phrase_set("comorbidities")


def is_broader(text: str, start: int, end: int) -> bool:
    """Whether the words around a disease say that the broader group is meant.

    >>> is_broader("in various arthritides", 11, 22)
    True
    """
    before = text[max(0, start - 40) : start]
    return _BROADER.search(before.lower()) is not None or _AT_LARGE.match(text, end) is not None


@lru_cache(maxsize=4096)
def ancestors(lexicon: Lexicon, name: str) -> tuple[str, ...]:
    """The diseases above one, nearest first, remembered."""
    return lexicon.ancestors(name)


def _is_head(name: str, specific: str) -> bool:
    """Whether a name of one word is the head of a longer one ("ulcers" of "digital ulcers"), and none that says more
    alone ("hypertension" is not "pulmonary hypertension")."""
    one = name.lower().removesuffix("s")
    return (
        " " not in name
        and specific.lower().removesuffix("s").endswith(f" {one}")
        and not is_comorbidity(name)
    )


# the disease in which a crisis comes is another matter: "in systemic sclerosis" below "Scleroderma Renal Crisis"
_OF_CRISIS = re.compile(r"(?<!hypertensive) (?:crisis|storm)$")


def is_generic(name: str, specific: str, lexicon: Lexicon) -> bool:
    """Whether `name` is a broader name of `specific`, and not the disease that underlies it.

    >>> from pipeline.vocabulary import Lexicon
    >>> lexicon = Lexicon.default()
    >>> [is_generic(n, "MCTD-ILD", lexicon) for n in ("ILD", "CTD-ILD", "mixed connective tissue disease")]
    [True, True, False]
    >>> is_generic("depression", "major depressive disorder", lexicon)
    True
    """
    above = ancestors(lexicon, specific)
    if name not in above:
        return _is_head(name, specific)
    if specific.endswith("-ILD"):
        return name.endswith("ILD")
    if name == above[0]:
        return _OF_CRISIS.search(specific) is None
    head = name.split()[-1]
    return name in specific or specific.endswith(head) or head in _GENERAL_HEADS


def related(one: str, other: str, lexicon: Lexicon) -> bool:
    """Whether two diseases are one family: the same, parent and child, or children of one parent.

    >>> from pipeline.vocabulary import Lexicon
    >>> [related("SSc-ILD", "RA-ILD", Lexicon.default()), related("SSc-ILD", "gout", Lexicon.default())]
    [True, False]
    """
    mine, theirs = ancestors(lexicon, one), ancestors(lexicon, other)
    return one == other or one in theirs or other in mine or bool(set(mine[:1]) & set(theirs[:1]))


_FAR = 600  # characters before a disease that its expressions may hold, and more
# for text in lower case
_WHO_HAVE = re.compile(
    r"\b(?:patients?|those|adults?|people|persons?|wom[ae]n|m[ae]n|child(?:ren)?|infants?|individuals?|contacts|carriers|recipients|anyone)\s+"
    r"(?:[\w<>≥≤-]+\s+){0,8}?(?:(?:with|who have|having|who also have|whose)\s++)++"
    r"(?:(?:moderate|mild)[\s-]to[\s-](?:(?:severe|moderate)\s|$)|(?!(?:for|in|to|should|must|can|may)\b)[\w%<>≥≤./-]+,?\s+){0,16}$|"
    r"\b(?:particularly|especially|notably|including|even)\s(?:(?:in\s)?(?:those\s)?with|after|in|during)\s(?:[\w%<>≥≤./-]+,?\s){0,7}$|"
    r"\b(?:concomitant|comorbid|coexisting|concurrent|coexistent|underlying|co-existing)\s+$|"
    r"\b(?:after|following)\s(?:an?\s)?(?:(?:recent|acute|prior|previous|first)\s)*$"
)
_COMPLICATED = re.compile(
    r",?\s(?:with|complicated by|accompanied by|and (?:concomitant|concurrent|coexisting))\s(?:\w+\s){0,2}",
    re.IGNORECASE,
)
_LISTED = re.compile(
    r"(?:,|,?\s(?:and|or))\s(?:(?:previous|prior|uncontrolled|severe|active|known|recent)\s)?", re.IGNORECASE
)
_IF = re.compile(r"\b(?:if|when|where)\s(?:there is\s)?(?:also\s)?(?:\w+\sor\s)?(?:\w+\s)?$", re.IGNORECASE)
# "... is preferred with mitral stenosis", "..., including in kidney disease", "an alternative in heart failure"
_ADJECTIVES = r"(?:(?:moderate|mild)[\s-]to[\s-](?:severe|moderate)\s)?(?:(?!(?:in|with|for|of|and|or|to)\b)[\w-]+\s){0,3}"
_WITH = re.compile(
    rf"\b(?:recommended|preferred|advised|suggested|indicated|reasonable|used|avoided|contraindicated)\swith\s(?:(?:an?\s)?(?:[\w-]+\s){{1,3}}or\s)?{_ADJECTIVES}$|"
    rf"\b(?:including\s(?:in|with|those with)|outside(?:\sof)?)\s{_ADJECTIVES}$",
    re.IGNORECASE,
)
_IN = re.compile(
    r"\b(?:recommended|preferred|preferable|advised|suggested|indicated|reasonable|used|given|started|considered|favou?red|useful|avoided|contraindicated|alternative|"
    rf"alternatives|options?|choice)(?:\sover\s[\w-]+)?\sin\s{_ADJECTIVES}$|^in\s{_ADJECTIVES}$",
    re.IGNORECASE,
)
# "with an FEV1 below 50% and chronic bronchitis": with a finding that has a number, a sort of the disease tells whom
_MEASURED = re.compile(
    r"\b(?:with|who have|whose|having)\s(?![^,;:()\d]{0,120}\b(?:mg|mcg|g|mL)\b)"
    r"(?:(?!\band\b)[^,;:()\d]){0,120}+\d(?:(?!\band\b)[^,;:()]){0,120}+(?<=\s)and\s(?:\w+\s)?$",
    re.IGNORECASE,
)
# "contraindicated in adrenal failure, asthma, and porphyria"
_CONTRAINDICATED = re.compile(
    r"\bcontraindicated\s(?:in|with|during)\s(?:(?!\b(?:is|are|but|for)\b)[^;:.()])*$", re.IGNORECASE
)
_IN_PRESENCE = re.compile(r"\bin\sthe\s(?:presence|setting)\sof\s(?:[\w-]+\s){0,2}$", re.IGNORECASE)
# "reserved for cardiogenic shock": how severe, not another disease
_RESERVED = re.compile(rf"\breserved\sfor\s{_ADJECTIVES}$", re.IGNORECASE)
# "maximum 160 mg/day with ascites"
_DOSED = re.compile(
    rf"\d\s?(?:mg|mcg|g|units?)(?:/(?:kg|m2))?(?:/(?:day|dose)|\s(?:(?:once|twice)\s)?(?:daily|nightly|weekly))?\s(?:with|without)\s{_ADJECTIVES}$",
    re.IGNORECASE,
)
_PRESENT = re.compile(
    r"(?:\sor\s[\w-]+)?\s(?:(?:is|are)\s(?:also\s)?(?:present|coexistent)\b|(?:coexists?|is also)\b|persists?\sbetween\b)"
)
_PATIENTS = re.compile(rf"^\s(?:{alternatives('people')})\b", re.IGNORECASE)


# diseases that say how well an organ works that removes drugs
_ORGAN = re.compile(r"^(?:chronic|end-stage) (?:kidney|renal|liver) disease$|cirrhosis$")
_LABEL = re.compile(r":|\s(?:on|requiring)\s(?:\w+\s)?(?:hemo|haemo)?dialysis(?::|\s\()", re.IGNORECASE)
_QUALIFIED = re.compile(r"(?:acute severe|severe acute|moderate to severe|uncomplicated)\s(?=\w+\s\w+$)")


def _unqualified(mention: Mention, lexicon: Lexicon) -> tuple[str, str]:
    """Name and code of a disease without how severe it is ("acute severe ulcerative colitis")."""
    concept = mention.concept
    match = _QUALIFIED.match(concept.name)
    plain = lexicon.disease(concept.name[match.end() :]) if match else None
    return (plain.name, plain.code) if plain else (concept.name, concept.code)


def _general(mention: Mention, known: tuple[Disease, ...], lexicon: Lexicon) -> tuple[str, str]:
    """Name and code of a disease without how severe it is; without its cause where it is a sort of one that is `known`
    ("staphylococcal endocarditis" in an article on endocarditis)."""
    name, code = _unqualified(mention, lexicon)
    if mention.rule != "caused":
        return name, code
    head = lexicon.disease(name.partition(" ")[2])
    kin = head is not None and any(related(head.name, k.name, lexicon) for k in known)
    return (head.name, head.code) if head is not None and kin else (name, code)


def comorbid(reading: Reading, index: int, known: tuple[Disease, ...], lexicon: Lexicon) -> bool:
    """Whether a disease only says which patients are meant ("in patients with heart failure" in an article on gout).

    That is so where `known`, the diseases around, are of another family; also where it accompanies one of them
    ("ketoacidosis with shock").
    """
    return index in comorbidities(reading, (index,), known, lexicon)


def comorbidities(
    reading: Reading, indices: tuple[int, ...], known: tuple[Disease, ...], lexicon: Lexicon
) -> frozenset[int]:
    """Those of the diseases at `indices` that are `comorbid`: by their own words, or as the one before them in a list."""
    told: dict[int, bool] = {}
    diseases = reading.diseases
    for index in indices:
        first = index
        while first not in told:
            alone = _comorbid_alone(reading, first, known, lexicon)
            listed = first and _LISTED.fullmatch(reading.text, diseases[first - 1].end, diseases[first].start)
            if alone is not None or not listed:
                told[first] = bool(alone)
            else:
                first -= 1
        told.update(dict.fromkeys(range(first + 1, index + 1), told[first]))
    return frozenset(i for i in indices if told[i])


def _comorbid_alone(
    reading: Reading, index: int, known: tuple[Disease, ...], lexicon: Lexicon
) -> bool | None:
    """Whether a disease is `comorbid` by its own words; None where those before it in a list may tell."""
    mention = reading.diseases[index]
    name = mention.concept.name
    before = reading.text[max(0, mention.start - _FAR) : mention.start]
    if "and" in reading.words and _MEASURED.search(before[-120:]) and not any(k.name == name for k in known):
        return True
    if any(related(name, k.name, lexicon) for k in known):
        return False
    if index:
        host = reading.diseases[index - 1]
        gap = reading.text[host.end : mention.start]
        if _COMPLICATED.fullmatch(gap) and any(related(host.concept.name, k.name, lexicon) for k in known):
            return True
    near = before[-120:]
    if known and _RESERVED.search(near):
        return True
    if known and (_CONTRAINDICATED.search(near) or _IN_PRESENCE.search(near) or _DOSED.search(near[-60:])):
        return True
    if _WITH.search(near) or ((is_comorbidity(name) or name.endswith(" cancer")) and _IN.search(near)):
        return True
    if _PRESENT.match(reading.text, mention.end) and _IF.search(before):
        return True
    if _ORGAN.search(name) and _LABEL.match(reading.text, mention.end):
        return True  # "End-stage renal disease: ...", "Kidney failure on dialysis (...)"
    if _WHO_HAVE.search(before.lower()) or _PATIENTS.match(reading.text[mention.end : mention.end + 14]):
        return True
    return None


def _is_part(name: str, composite: str, lexicon: Lexicon) -> bool:
    """Whether a disease in a patient with what underlies the `composite` is that ("pulmonary fibrosis", RA-ILD)."""
    return any(lexicon.rules.composites.get((name, a)) == composite for a in ancestors(lexicon, composite))


_THIS = re.compile(r"\b(?:this|these|the)\s$", re.IGNORECASE)


_JOINED = re.compile(r"\s(?:and|&)\s", re.IGNORECASE)


def _joined(text: str, mentions: list[Mention]) -> tuple[int, ...]:
    """Where those mentions begin that "and" joins to the one after them ("eczema and atopic dermatitis")."""
    return tuple(a.start for a, b in itertools.pairwise(mentions) if _JOINED.fullmatch(text, a.end, b.start))


def resolve(
    reading: Reading,
    mentions: list[Mention],
    above: tuple[Disease, ...],
    title: tuple[Disease, ...],
    lexicon: Lexicon,
    offset: int,
    origin: str = "statement",
) -> tuple[Disease, ...]:
    """The diseases of these mentions; `above` are those of the nearest structure around, `title` of the article.

    A generic name means the specific disease above, unless its words say that the broader group is meant; beside
    a generic name that was made specific, manifestations in the same list are dropped.
    """
    known = (*above, *title)
    out: list[Disease] = []
    generic = False
    before = -1
    for mention in mentions:
        if before >= 0 and re.fullmatch(r"\s*\(", reading.text[before : mention.start]):
            continue
        before = mention.end
        name, code = _general(mention, known, lexicon)
        if is_broader(reading.text, mention.start, mention.end) or any(
            k.name == name for k in above or title
        ):
            pass
        else:
            this = _THIS.search(reading.text[max(0, mention.start - 8) : mention.start])
            for disease in known:
                if disease.name != name and (
                    is_generic(name, disease.name, lexicon)
                    or _is_part(name, disease.name, lexicon)
                    or (disease.name.endswith(f" {name}") and (this or not is_comorbidity(name)))
                ):
                    name, code, generic = disease.name, disease.code, True
                    break
            else:
                joined = {
                    lexicon.rules.composites.get(pair, "")
                    for k in known
                    for pair in ((name, k.name), ("ILD" if k.name == "CTD-ILD" else k.name, name))
                } - {""}
                concept = lexicon.disease(joined.pop()) if len(joined) == 1 else None
                if concept is not None and concept.name.endswith("-ILD"):
                    # "Interstitial Lung Disease" in an article on systemic sclerosis, "Systemic Sclerosis" in one on CTD-ILD
                    name, code, generic = concept.name, concept.code, True
        out.append(
            Disease(
                name,
                reading.text[mention.start : mention.end],
                code,
                origin,
                offset + mention.start,
                offset + mention.end,
            )
        )
    if generic:
        near = {a for k in known for a in (k.name, *ancestors(lexicon, k.name)[:3])}
        out = [d for d in out if d.name in near or near & set(ancestors(lexicon, d.name)[:3])] or out
    unique: dict[str, Disease] = {}
    for disease in out:
        unique.setdefault(disease.name, disease)
    # The disease that underlies one that was made specific is the same patients ("MCTD with ILD").
    specific = {k.name for k in known} & set(unique) if generic else set()
    for name in specific:
        for under in lexicon.ancestors(name):
            unique.pop(under, None)
    # "interstitial lung disease (ILD)" of a more specific disease beside it is that disease.
    beside = _joined(reading.text, mentions) if origin == "title" else ()
    names = [
        n
        for n in unique
        if unique[n].start - offset in beside or not any(m != n and is_generic(n, m, lexicon) for m in unique)
    ]
    return tuple(unique[n] for n in names)
