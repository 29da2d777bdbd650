"""ATC in CSV: substances (seven letters and digits) with the classes (four and five) that they belong to."""

from __future__ import annotations

import csv
import re
from pathlib import Path

from pipeline.vocabulary.concept import CLASS, INGREDIENT
from pipeline.vocabulary.importers.layer import Entry, malformed, unreadable, write_layer

_CODES = ("atc_code", "atc code", "atccode", "code", "class id")
_NAMES = ("atc_name", "atc name", "name", "preferred label", "atc_level_name")
_CODE = re.compile(r"(?:^|[/#:])(?P<code>[A-Z](?:\d\d(?:[A-Z](?:[A-Z](?:\d\d)?)?)?)?)$")
_SUBSTANCE, _CLASS_LENGTHS = 7, (4, 5)


def import_atc(path: Path, folder: Path) -> Path:
    """Imports a CSV with a header line that has a column of codes and one of names (comma or semicolon).

    A substance with several codes keeps the first. Raises VocabularyError: E-VOCABULARY-2 unreadable, E-VOCABULARY-3
    with the line at fault.
    """
    names: dict[str, str] = {}
    try:
        with path.open(encoding="utf-8-sig", newline="") as file:
            head = file.readline()
            delimiter = ";" if head.count(";") > head.count(",") else ","
            columns = [
                c.strip().strip('"').lower() for c in next(csv.reader([head], delimiter=delimiter), [])
            ]
            code_at = next((columns.index(c) for c in _CODES if c in columns), -1)
            name_at = next((columns.index(c) for c in _NAMES if c in columns), -1)
            if code_at < 0 or name_at < 0:
                raise malformed(
                    path, 1, f"no column of codes and names among {columns}", "name them code and name"
                )
            rows = csv.reader(file, delimiter=delimiter)
            for cells in rows:
                if not cells or not any(cells):
                    continue
                if len(cells) <= max(code_at, name_at):
                    raise malformed(path, rows.line_num + 1, f"only {len(cells)} cells", "mend the row")
                match = _CODE.search(cells[code_at].strip())
                if match is None:
                    raise malformed(
                        path, rows.line_num + 1, f"{cells[code_at]!r} is no ATC code", "mend the row"
                    )
                names.setdefault(match["code"], cells[name_at].strip())
    except UnicodeDecodeError as error:
        raise malformed(path, 1, "the file is not UTF-8 text", "save it as UTF-8") from error
    except csv.Error as error:
        raise malformed(path, 1, f"the file is no CSV: {error}", "save it as CSV") from error
    except OSError as error:
        raise unreadable(path, error) from error
    entries: dict[str, Entry] = {}
    for code in sorted(names):
        if len(code) in _CLASS_LENGTHS:
            entries.setdefault(
                "class " + names[code].lower(), Entry(names[code].lower(), CLASS, f"ATC:{code}")
            )
        elif len(code) == _SUBSTANCE:
            name = names[code].lower()
            entry = entries.setdefault(name, Entry(name, INGREDIENT, f"ATC:{code}"))
            entry.parents += [names[code[:n]].lower() for n in (5, 4) if code[:n] in names]
    return write_layer(entries.values(), folder, "atc.tsv")
