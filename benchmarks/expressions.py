"""The regular expressions that code of the package compiles, and how it searches with them."""

from __future__ import annotations

import importlib
import inspect
import pkgutil
import re
import sys
from typing import Any

made: dict[re.Pattern[str], str] = {}


def watch() -> None:
    """From now on each expression that code of the package compiles is kept in `made`, with its place."""
    compiler: Any = importlib.import_module("re._compiler")
    compile_it = compiler.compile

    def kept(pattern: Any, flags: int = 0) -> Any:
        result, frame = compile_it(pattern, flags), sys._getframe(1)
        while frame.f_back and f"{re.__name__}/" in frame.f_code.co_filename.replace("\\", "/"):
            frame = frame.f_back
        module = str(frame.f_globals.get("__name__"))
        if module.split(".")[0] in ("pipeline", "flows") and isinstance(result.pattern, str):
            made.setdefault(result, f"{module}:{frame.f_lineno} {result.pattern[:24]!r}")
        return result

    compiler.compile = kept


def expressions() -> dict[re.Pattern[str], str]:
    """Each expression of the package with its name, or the place where it is compiled."""
    watch()
    names = {}
    for package in ("pipeline", "flows"):
        for info in pkgutil.walk_packages(importlib.import_module(package).__path__, f"{package}."):
            if not info.name.endswith("__main__"):
                for name, value in vars(importlib.import_module(info.name)).items():
                    if isinstance(value, re.Pattern) and isinstance(value.pattern, str):
                        names.setdefault(value, f"{info.name}.{name}")
    from long_input import ADVICE, TITLE, read

    from pipeline.vocabulary import Lexicon

    for media, text in (
        ("text/plain", f"{TITLE}{ADVICE} [1].\n"),
        ("text/html", f"<h1>{TITLE}</h1><p>{ADVICE}"),
    ):
        read(media, text, Lexicon.default())
    return made | names


def methods(name: str) -> set[str]:
    """How the package searches with the expression of this name: all ways where that is not to be seen.

    A variable that goes through several expressions, or a parameter that is one, is taken for each.
    """
    module, _, variable = name.rpartition(".")
    if ":" in name:
        return {"finditer", "fullmatch"}
    rooms = [
        m for n, m in sys.modules.items() if n == module or (n.startswith("pipeline.") and variable[0] != "_")
    ]
    sources = [re.sub(r"(?s)import \(.*?\)|import [^\n]*", "", inspect.getsource(room)) for room in rooms]
    sources = [text for text in sources if re.search(rf"\b{variable}\b", text)]
    given = any(re.search(rf"\b{variable}\b(?!\.| *[:=])", text) for text in sources)
    used = set()
    for text in sources:
        lent = (
            re.findall(rf"\b(\w+): re\.Pattern|\bfor (\w+) in \([^()]*\b{variable}\b", text) if given else []
        )
        names = "|".join([variable, *("".join(pair) for pair in lent)])
        used |= set(
            re.findall(rf"\b(?:{names})\.(match|fullmatch|search|finditer|findall|subn?|split)\(", text)
        )
    return {method if method.endswith("match") else "finditer" for method in used} or {
        "finditer",
        "fullmatch",
    }
