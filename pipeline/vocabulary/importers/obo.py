"""OBO files of disease ontologies (MONDO, DOID): names, exact synonyms, parents."""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path

from pipeline.vocabulary.concept import DISEASE
from pipeline.vocabulary.importers.layer import Entry, malformed, unreadable, write_layer

_SYNONYM = re.compile(r'"(?P<words>(?:[^"\\]|\\.)*)"\s+(?P<scope>EXACT|BROAD|NARROW|RELATED)\b')
_TAG = re.compile(r"(?P<tag>[\w-]+):\s*(?P<value>.*)")


def import_obo(path: Path, folder: Path) -> Path:
    """Imports an ontology: `[Term]` stanzas with `id`, `name`, exact `synonym`s and `is_a`; obsolete terms are left out.

    The layer is named after the prefix that most ids have (`mondo.tsv`); terms of other prefixes are only parents.
    Raises VocabularyError: E-VOCABULARY-2 unreadable, E-VOCABULARY-3 with the line at fault.
    """
    terms = list(_terms(path))
    prefixes = [code.partition(":")[0] for code, *_ in terms]
    if not prefixes:
        raise malformed(path, 1, "there is no [Term] stanza", "give an ontology in OBO format")
    main = max(sorted(set(prefixes)), key=prefixes.count)
    names = {code: name for code, name, _, _ in terms}
    entries = [
        Entry(name, DISEASE, code, synonyms, [names[p] for p in parents if p in names])
        for code, name, synonyms, parents in terms
        if code.startswith(main + ":")
    ]
    return write_layer(sorted(entries, key=lambda e: e.code), folder, f"{main.lower()}.tsv")


Term = tuple[str, str, list[str], list[str]]


def _terms(path: Path) -> Iterator[Term]:
    try:
        with path.open(encoding="utf-8") as file:
            stanza, start = "", 0
            code, name, synonyms, parents, live = "", "", list[str](), list[str](), True
            for number, line in enumerate(file, 1):
                line = line.strip()
                if line.startswith("["):
                    yield from _term(path, start, stanza, code, name, synonyms, parents, live)
                    stanza, start = line, number
                    code, name, synonyms, parents, live = "", "", [], [], True
                    continue
                match = _TAG.match(line)
                if match is None:
                    if line and not line.startswith("!"):
                        raise malformed(
                            path, number, "a line without a tag", "give an ontology in OBO format"
                        )
                    continue
                tag, value = match["tag"], match["value"]
                if tag == "id":
                    code = value.split(" ")[0]
                elif tag == "name":
                    name = value
                elif tag == "is_a":
                    parents.append(value.split(" ")[0])
                elif tag == "is_obsolete":
                    live = value != "true"
                elif tag == "synonym":
                    synonym = _SYNONYM.match(value)
                    if synonym is None:
                        raise malformed(
                            path, number, "a synonym without its quotes or scope", "mend the line"
                        )
                    if synonym["scope"] == "EXACT":
                        synonyms.append(re.sub(r"\\(.)", r"\1", synonym["words"]))
            yield from _term(path, start, stanza, code, name, synonyms, parents, live)
    except UnicodeDecodeError as error:
        raise malformed(path, 1, "the file is not UTF-8 text", "unpack the file first") from error
    except OSError as error:
        raise unreadable(path, error) from error


def _term(
    path: Path,
    line: int,
    stanza: str,
    code: str,
    name: str,
    synonyms: list[str],
    parents: list[str],
    live: bool,
) -> Iterator[Term]:
    if stanza != "[Term]" or not live:
        return
    if not code:
        raise malformed(path, line, "a term without an id", "give an ontology in OBO format")
    if name:
        yield code, name, synonyms, parents
