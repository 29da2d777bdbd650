"""Articles that no editor would write: signs and words again and again. Each is read, and its rows are right."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest

TITLE = "Treatment of Gout\n\n"
PAGE = "<h1>Treatment of Gout</h1>"
ONE = [("colchicine", "for", "gout")]
TWO = [("colchicine", "for", "gout"), ("naproxen", "for", "gout")]


@pytest.mark.parametrize(
    ("text", "media", "expected"),
    [
        (f"{PAGE}<h2>{'★' * 60} (x)</h2><p>Colchicine is recommended.</p>", "text/html", ONE),
        (f"{PAGE}<h2>{'➡ ' * 60}?</h2><p>Colchicine is recommended.</p>", "text/html", ONE),
        (
            "Treatment of Gout\nREVIEWED BY THE EDITORIAL BOARD OF THE RIVERMOUTH SOCIETY OF RHEUMATOLOGY (2024)\n\nColchicine is recommended.",
            "text/plain",
            ONE,
        ),
        (f"{TITLE}Give colchicine {'and/or ' * 17}x naproxen.", "text/plain", TWO),
        (f"{TITLE}Give colchicine with {'oral ' * 2000}x naproxen.", "text/plain", TWO),
        (f"{TITLE}Give colchicine {'1' * 500} naproxen; it is given {'1' * 500}.", "text/plain", TWO),
        (f"{TITLE}Give colchicine {'(A-) ' * 500}! plus naproxen.", "text/plain", TWO),
        (
            f"{PAGE}{'<table><tr><td>x' * 5000}{'</td></tr></table>' * 5000}<p>Colchicine is recommended.</p>",
            "text/html",
            ONE,
        ),
        (f"{PAGE}{'<table><tr><td>x' * 5000}<p>Colchicine is recommended.", "text/html", ONE),
        (
            f"{PAGE}{'<dl><dt>x<dd>y' * 3000}{'</dd></dl>' * 3000}<p>Colchicine is recommended.</p>",
            "text/html",
            ONE,
        ),
        (f"{TITLE}Give colchicine {'[1]' * 3000}.", "text/plain", ONE),
        (f"{TITLE}Give colchicine {'a – ' * 5000}a.", "text/plain", ONE),
        (f"{TITLE}Colchicine is recommended,\n" + "and so on and so forth,\n" * 5000, "text/plain", ONE),
        (
            f"{PAGE}<table><tr>{'<td colspan=1000 rowspan=1000>x</td>' * 500}</tr>{'<tr><td>y</td></tr>' * 500}</table><p>Colchicine is recommended.</p>",
            "text/html",
            ONE,
        ),
    ],
    ids=[
        "stars",
        "arrows",
        "byline",
        "and/or",
        "oral",
        "digits",
        "brackets",
        "tables",
        "open tables",
        "terms",
        "citations",
        "dashes",
        "wrapped lines",
        "spans",
    ],
)
def test_rows(
    text: str, media: str, expected: list[tuple[Any, ...]], values_of: Callable[..., list[tuple[Any, ...]]]
) -> None:
    name = "page.html" if media == "text/html" else "page.txt"
    assert values_of(text, "drug", "direction", "disease", name=name, media_type=media) == expected
