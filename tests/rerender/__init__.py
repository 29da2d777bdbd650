"""An article that was read, written again as other sites and programs would show it: one outline, many renderings.

`RENDERINGS` maps a name to (a function from an `Outline` to the content, the name of a file). Those of `FLAT` lose the
nesting of lists, so that what a list inside another inherits may be lost too.
"""

from __future__ import annotations

from tests.rerender.answers import ANSWERS
from tests.rerender.notations import NOTATIONS
from tests.rerender.outline import Node, Outline, Renderings, outline_of
from tests.rerender.pages import PAGES
from tests.rerender.printed import PRINTED
from tests.rerender.programs import PROGRAMS
from tests.rerender.signs import SIGNS
from tests.rerender.sites import SITES
from tests.rerender.texts import TEXTS

__all__ = ["FLAT", "RENDERINGS", "Node", "Outline", "outline_of"]

RENDERINGS: Renderings = {**PAGES, **PROGRAMS, **SITES, **TEXTS, **PRINTED, **NOTATIONS, **SIGNS, **ANSWERS}
FLAT = frozenset({"html unmarked", "text flat", "text unmarked", "text unmarked blank"})
