"""The grade that the columns of a table tell for a row ("COR" 2a and "LOE" B-NR; "Strength" and "Certainty"; "Grade" 1B)."""

from __future__ import annotations

import re

from pipeline.claims.cues.words import plain
from pipeline.claims.reading import Reader
from pipeline.claims.scope.fields import Fields
from pipeline.claims.scope.parse import parse
from pipeline.model import Article, Block

_STRENGTH = re.compile(r"strength|grade|recommendation|class of|level", re.IGNORECASE)
_CERTAIN = re.compile(r"certainty|quality|evidence|confidence|\bgrade\b", re.IGNORECASE)
_STRONG = re.compile(r"\b(?:strong|conditional|weak)\b", re.IGNORECASE)
_CERTAINTY = re.compile(r"\b(?:very low|high|moderate|low)\b", re.IGNORECASE)
# what follows the strength in its cell: "Strong; high", "Weak against / very low certainty", "Strong (high)"
_BOTH = re.compile(
    r"\W*(?:strong|conditional|weak)(?:ly)?(?:\srecommend(?:ed|ation))?(?:\s(?:for|against))?(?:\W|with)*\b(very low|high|moderate|low)\b",
    re.IGNORECASE,
)
_ONLY = re.compile(
    r"\W*(?:(?:strong|conditional|weak)(?:ly)?)?(?:\W*\b(?:for|against|recommend(?:ed|ation)))*\W*(?:very\s)?(?:low|moderate|high)?"
    r"(?:[\s-](?:quality|certainty|evidence|of|confidence))*\W*",
    re.IGNORECASE,
)
_SIGNS = re.compile(r"(?<![⊕⨁])[⊕⨁]{1,4}(?![⊕⨁])")
_OF_SIGNS = ("very low", "low", "moderate", "high")

_CLASS = re.compile(r"\W*(?:COR|class(?:\sof\s(?:rec\w*|evidence))?)\W*$", re.IGNORECASE)
_CLASSED = re.compile(r"(?:class\s)?(?:I{1,3}|[1-3])\s?[ab]?(?:\s?[:(][a-z ]++\W*+)?", re.IGNORECASE)
_LEVEL = re.compile(r"\W*(?:LOE|level(?:\sof\sevidence)?)\W*$", re.IGNORECASE)
_EVIDENCE = re.compile(
    r"\W*(?:(?:level|grade|quality|strength|certainty)\sof\s)?evidence(?:\s(?:level|grade|quality|certainty|base))?\W*$",
    re.IGNORECASE,
)
_LETTER = re.compile(r"(?:[Ll]evel\s|LOE\s?)?(?:A|B(?:-N?R)?|C(?:-LD|-EO)?|[1-4][abc]|I{1,3}|IV)")
_CLASS_AND_LEVEL = re.compile(r"\W*(?:COR|class)\b[\s\w]*+\W+\b(?:LOE|level)\b[\s\w]*+\W*$", re.IGNORECASE)
_CLASSED_AND_LEVEL = re.compile(
    r"(?:class\s?)?(?P<class>I{1,3}[ab]?|[1-3][ab]?(?::\s?[a-z]++(?:\s[a-z]++)?)?)\W{1,3}(?:level\s|LOE\s?)?(?P<level>A|B(?:-N?R)?|C(?:-LD|-EO)?)",
    re.IGNORECASE,
)
_GRADE = re.compile(
    r"\W*(?:grade(?:\sof\srec\w*)?|rec\w*\sgrade|strength(?:\sof\srec\w*)?|SOR|GOR)\W*$", re.IGNORECASE
)
_GRADED = re.compile(r"(?:grade\s)?[A-D]")


def only_grades(head: str, words: str) -> bool:
    """Whether a cell only tells a strength or certainty ("Moderate" below "Certainty"), which is then no setting.

    >>> only_grades("Certainty", "Moderate"), only_grades("Strength", "Weak for"), only_grades("Severity", "Moderate")
    (True, True, False)
    """
    return (_STRENGTH.search(head) or _CERTAIN.search(head)) is not None and _ONLY.fullmatch(
        words
    ) is not None


def grade_of_row(article: Article, block: Block, reader: Reader) -> Fields:
    """What the cells below heads of grades tell of the drug of their row: strength, certainty, the grade as written, and
    the direction of the classes that are against."""
    strength = certainty = ""
    said: list[str] = []
    grade: list[str] = []
    for cell in block.cells:
        head = plain(cell.header)
        written = article.text[cell.start : cell.end].strip()
        if not head or not written:
            continue
        words = plain(written)
        before = (strength, certainty, len(said))
        if _STRENGTH.search(head):
            strong = _STRONG.search(words)
            if strong and not strength:
                strength = "strong" if strong[0].lower() == "strong" else "conditional"
                certainty = certainty or _certainty_beside(words)
        if _CERTAIN.search(head):
            level = _CERTAINTY.search(words)
            signs = None if level else _SIGNS.search(words)
            certainty = certainty or (
                level[0].lower() if level else _OF_SIGNS[len(signs[0]) - 1] if signs else ""
            )
        said += _class_or_level(head, written)
        if before != (strength, certainty, len(said)):
            grade.append(written)
    graded = parse(reader.read(f"({', '.join(said)}).")).findings if said else []
    classed = graded[0].fields if graded else Fields()
    return Fields(
        direction=classed.direction,
        strength=strength or classed.strength,
        certainty=certainty or classed.certainty,
        grade_text=", ".join(grade) or None,
        grade_system=classed.grade_system or ("GRADE" if grade else None),
    )


def _certainty_beside(words: str) -> str:
    """The certainty that stands in one cell with the strength.

    >>> _certainty_beside("Strong against, moderate"), _certainty_beside("Weak (⊕⊕○○)"), _certainty_beside("Strong")
    ('moderate', 'low', '')
    """
    both = _BOTH.match(words)
    if both:
        return both[1].lower()
    signs = _SIGNS.search(words)
    return _OF_SIGNS[len(signs[0]) - 1] if signs else ""


def _class_or_level(head: str, words: str) -> list[str]:
    """The class, level or letter below a head, as it would stand in a bracket.

    >>> _class_or_level("COR", "2a"), _class_or_level("Evidence", "Level A"), _class_or_level("Class/Level", "IIa, B")
    (['Class 2a'], ['Level A'], ['Class IIa', 'Level B'])
    """
    if _CLASS.match(head) and _CLASSED.fullmatch(words):
        return [words if words.lower().startswith("class") else f"Class {words}"]
    if _LEVEL.match(head) or (_EVIDENCE.match(head) and _LETTER.fullmatch(words)):
        return [words if words.lower().startswith(("level", "loe")) else f"Level {words}"]
    both = _CLASSED_AND_LEVEL.fullmatch(words) if _CLASS_AND_LEVEL.match(head) else None
    if both:
        return [f"Class {both['class']}", f"Level {both['level']}"]
    if _GRADE.match(head) and _GRADED.fullmatch(words):
        return [words if words.lower().startswith("grade") else f"Grade {words}"]
    return []
