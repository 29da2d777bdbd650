"""Written forms of a name that follow by rule: plural and singular, templates such as `{inhibitors}`, MeSH inversions."""

from __future__ import annotations

import itertools
import re

TEMPLATES = {
    "{inhibitors}": ("inhibitor", "inhibitors", "blocker", "blockers", "antagonist", "antagonists", "blockade", "inhibition", "blocking agent", "blocking agents"),
    "{antagonists}": ("antagonist", "antagonists", "blocker", "blockers", "blocking agent", "blocking agents"),
    "{agonists}": ("agonist", "agonists"),
    "{agents}": (
        "agent", "agents", "drug", "drugs", "medication", "medications", "medicine", "medicines",
        "therapy", "therapies", "treatment", "treatments",
    ),
}  # fmt: skip
_TEMPLATE = re.compile(r"\{[a-z]+\}")
_FIXED = ("ss", "us", "is", "sis", "ous", "as", "os")


def expand(form: str) -> list[str]:
    """All forms of one cell entry: each template filled, and the last word in singular and plural.

    >>> expand("loop diuretics")
    ['loop diuretics', 'loop diuretic']
    """
    slots = _TEMPLATE.findall(form)
    if not slots:
        return list(dict.fromkeys((form, *numbers(form))))
    out: list[str] = []
    for fill in itertools.product(*(TEMPLATES[s] for s in slots)):
        text = form
        for slot, words in zip(slots, fill, strict=True):
            text = text.replace(slot, words, 1)
        out.append(text)
    return list(dict.fromkeys(out))


def numbers(form: str) -> tuple[str, ...]:
    """The last word in its other number, where there is one.

    >>> numbers("statin"), numbers("thiazides"), numbers("antibody"), numbers("arthritis")
    (('statins',), ('thiazide',), ('antibodies',), ())
    """
    if len(form) < 4 or not form[-1].isalpha():
        return ()
    if form.endswith("ies") and len(form) > 5:
        return (form[:-3] + "y",)
    if form.endswith(("sses", "xes", "ches", "shes")):
        return (form[:-2],)
    if form.endswith("s"):
        return () if form.endswith(_FIXED) else (form[:-1],)
    if form.endswith("y") and form[-2] not in "aeiou":
        return (form[:-1] + "ies",)
    if form.endswith(("x", "ch", "sh")):
        return (form + "es",)
    return (form + "s",)


def natural(name: str) -> str:
    """A MeSH heading in natural order and lower case.

    >>> natural("Lung Diseases, Interstitial"), natural("Diabetes Mellitus, Type 2")
    ('interstitial lung diseases', 'type 2 diabetes mellitus')
    """
    pieces = [p.strip() for p in name.lower().split(", ")]
    return " ".join(reversed(pieces)) if len(pieces) <= 3 else pieces[0]


_SINGULAR = {"neoplasms": "neoplasm", "diseases": "disease", "syndromes": "syndrome", "disorders": "disorder",
             "infections": "infection", "injuries": "injury", "fractures": "fracture", "failures": "failure",
             "ulcers": "ulcer", "stones": "stone", "cysts": "cyst", "deficiencies": "deficiency", "tumors": "tumor"}  # fmt: skip


def disease_name(name: str) -> str:
    """The name a clinician writes for a MeSH disease heading: natural order, singular.

    >>> disease_name("Coronary Diseases"), disease_name("Pneumonia, Bacterial")
    ('coronary disease', 'bacterial pneumonia')
    """
    head, _, last = natural(name).rpartition(" ")
    last = _SINGULAR.get(last, last)
    if last == "neoplasm" and head:
        last = "cancer"
    return f"{head} {last}".strip()


class Capitals:
    """Gives the words of persons, places and acronyms their capitals back.

    >>> Capitals(["Fabry", "Down syndrome", "HIV"])("fabry disease of the hip down the line")
    'Fabry disease of the hip down the line'
    """

    def __init__(self, words: list[str]) -> None:
        self._known = {w.lower(): w for w in words}
        longest = sorted(self._known, key=lambda w: (-len(w), w))
        self._words = (
            re.compile(rf"(?<![\w'])(?:{'|'.join(map(re.escape, longest))})(?![\w])") if words else None
        )

    def __call__(self, name: str) -> str:
        """The name with its capitals."""
        return name if self._words is None else self._words.sub(lambda m: self._known[m[0]], name)


_CAPITALS = re.compile(r"[A-Z].*[A-Z]|[A-Z]\d|\d[A-Z]")


def short_forms(form: str) -> tuple[str, ...]:
    """The ways in which a short name is found with its case only, so that "arb" or "fmt" in a text is no drug.

    Empty for a name that is found whatever its case: of several words, or too long to be an abbreviation.

    >>> short_forms("FMT"), short_forms("adcs"), short_forms("statins")
    (('FMT',), ('ADC', 'ADCs'), ())
    """
    if not form.isalnum() or len(form) > 6:
        return ()
    if _CAPITALS.search(form):
        return (form,)
    bare = form.removesuffix("s")
    if len(bare) <= 3 or (len(form) <= 4 and form != bare):
        return (bare.upper(), bare.upper() + "s") if form.isalpha() else (form.upper(),)
    return ()
