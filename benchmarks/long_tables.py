"""Tables that no editor would write, for `long_input.py`: very many columns, cells or rows, as a page, with bars and with tabs."""

from __future__ import annotations

from collections.abc import Callable

Rows = list[list[str]]
TITLE = "Treatment of Rheumatoid Arthritis"


def columns(count: int, drugs: list[str]) -> Rows:
    """Each of `count` columns headed by a drug."""
    heads = [drugs[n % len(drugs)] for n in range(count)]
    return [["Feature", *heads], ["Dose", *["5 mg daily"] * count], ["Avoid in", *["pregnancy"] * count]]


def cells(count: int) -> Rows:
    """Two rows of a drug with `count` cells that each give a dose."""
    return [
        ["Drug", *["Dose"] * count],
        *([drug, *["15 mg"] * count] for drug in ("methotrexate", "naproxen")),
    ]


def drug_cells(count: int, drugs: list[str]) -> Rows:
    """Two rows of `count` cells that each name a drug."""
    named = [drugs[n % len(drugs)] for n in range(count)]
    return [["Disease", *["Drug"] * count], ["rheumatoid arthritis", *named], ["gout", *named]]


def dosed(count: int, drugs: list[str]) -> Rows:
    """`count` rows of a drug, its dose and a note."""
    rows = [[drugs[n % len(drugs)], "5 mg daily", "avoid in pregnancy"] for n in range(count)]
    return [["Drug", "Dose", "Notes"], *rows]


def graded(count: int, drugs: list[str]) -> Rows:
    """`count` rows of a recommendation and its grade."""
    rows = [[f"Give {drugs[n % len(drugs)]}", "Strong", "Moderate"] for n in range(count)]
    return [["Recommendation", "Strength", "Quality of evidence"], *rows]


def banded(count: int) -> Rows:
    """A row of `count` doses, each below its own band of renal function."""
    bands = [f"CrCl {n}-{n + 1} mL/min" for n in range(count)]
    return [["Drug", *bands], *([drug, *["5 mg"] * count] for drug in ("methotrexate", "naproxen"))]


def page(rows: Rows, *, row_heads: bool = False) -> str:
    """A table of a web page; with `row_heads` the first cell of each row is marked as its head."""
    made = []
    for number, row in enumerate(rows):
        names = ["th" if not number or (row_heads and not column) else "td" for column in range(len(row))]
        made.append("".join(f"<{n}>{cell}</{n}>" for n, cell in zip(names, row, strict=True)))
    return f"<h1>{TITLE}</h1><table>{''.join(f'<tr>{row}</tr>' for row in made)}</table>"


def bars(rows: Rows) -> str:
    """The same in Markdown."""
    head, *rest = ("| " + " | ".join(row) + " |" for row in rows)
    return "\n".join([f"# {TITLE}", "", head, "|" + " --- |" * len(rows[0]), *rest, ""])


def tabs(rows: Rows) -> str:
    """The same in plain text, its cells parted by tabs."""
    return "\n".join([TITLE, "", *("\t".join(row) for row in rows), ""])


def nested(count: int, drugs: list[str]) -> str:
    """A table with another in each of its `count` cells."""
    inner = (
        f"<table><tr><th>Drug</th><th>Dose</th></tr><tr><td>{drugs[n % len(drugs)]}</td><td>5 mg daily</td></tr></table>"
        for n in range(count)
    )
    return f"<h1>{TITLE}</h1><table>{''.join(f'<tr><td>{one}</td></tr>' for one in inner)}</table>"


def spanned(count: int, drugs: list[str]) -> str:
    """A table of `count` rows whose drug spans ten of them."""
    made = []
    for n in range(count):
        drug = "" if n % 10 else f'<td rowspan="10">{drugs[n % len(drugs)]}</td>'
        made.append(f"<tr>{drug}<td>{n + 1} mg daily</td><td>avoid in pregnancy</td></tr>")
    return f"<h1>{TITLE}</h1><table><tr><th>Drug</th><th>Dose</th><th>Notes</th></tr>{''.join(made)}</table>"


def table_cases(drugs: list[str]) -> list[tuple[str, int, str, Callable[[int], str]]]:
    """Name, size, media type and maker of each."""
    sorts: tuple[tuple[str, int, Callable[[int], Rows]], ...] = (
        ("columns headed by drugs", 1_500, lambda n: columns(n, drugs)),
        ("doses in each of two rows", 5_000, cells),
        ("drugs in each of two rows", 5_000, lambda n: drug_cells(n, drugs)),
        ("rows of drugs", 4_000, lambda n: dosed(n, drugs)),
        ("rows with grades", 4_000, lambda n: graded(n, drugs)),
    )
    cases: list[tuple[str, int, str, Callable[[int], str]]] = []
    for name, size, make in sorts:
        cases += [
            (f"{name} (HTML)", size, "text/html", lambda n, make=make: page(make(n))),
            (f"{name} (bars)", size, "text/markdown", lambda n, make=make: bars(make(n))),
            (f"{name} (tabs)", size, "text/plain", lambda n, make=make: tabs(make(n))),
        ]
    return [
        *cases,
        ("rows with heads of their own (HTML)", 4_000, "text/html", lambda n: page(dosed(n, drugs), row_heads=True)),
        ("cells over ten rows (HTML)", 4_000, "text/html", lambda n: spanned(n, drugs)),
        ("columns of one band each (HTML)", 2_000, "text/html", lambda n: page(banded(n))),
        ("tables in cells (HTML)", 1_000, "text/html", lambda n: nested(n, drugs)),
    ]  # fmt: skip
