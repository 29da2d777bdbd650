"""Statements that were read before, in whatever order and under whatever abbreviations, give what a first reading gives."""

from __future__ import annotations

import datetime as dt
import hashlib

import pytest

from pipeline.articles import read_article
from pipeline.claims import extract_claims
from pipeline.claims.seen import forget
from pipeline.model import Claim, Snapshot

TEXTS = {
    "gout": "Gout\n\n- We recommend colchicine 0.5 mg twice daily (strong recommendation). It should be avoided in pregnancy.\n",
    "repeated": "Gout flares\n\n- We recommend colchicine 0.5 mg twice daily (strong recommendation). It should be avoided in pregnancy.\n",
    "moved": "Gout\n\nFlares are painful.\n\n- We recommend colchicine 0.5 mg twice daily (strong recommendation). It should be avoided in pregnancy.\n",
    "headed": "Arthritis\n\nSecond-Line Therapy of Gout\n\n- We recommend colchicine 0.5 mg twice daily (strong recommendation). It should be avoided in pregnancy.\n",
    "parent": "Gout\n\n- Naproxen for flares\n  - Dosing: 500 mg twice daily\n",
    "other parent": "Gout and Migraine\n\nTreatment of Migraine\n\n- Ibuprofen for attacks\n  - Dosing: 500 mg twice daily\n",
    "defined": "Gout\n\nAllopurinol (AP) lowers urate.\n\n- We recommend AP 100 mg daily.\n",
    "defined otherwise": "Psoriasis\n\nApremilast (AP) is taken by mouth.\n\n- We recommend AP 100 mg daily.\n",
    "row": "<h1>Gout</h1><table><tr><th>Drug</th><th>Monitoring</th></tr><tr><td>febuxostat 40 mg daily</td><td>with naproxen</td></tr></table>",
    "same row": "<h1>Gout</h1><table><tr><th>Monitoring</th><th>Drug</th></tr><tr><td>febuxostat 40 mg daily</td><td>with naproxen</td></tr></table>",
}


def claims_of(name: str) -> tuple[Claim, ...]:
    content = TEXTS[name].encode()
    html = TEXTS[name].startswith("<")
    return extract_claims(
        read_article(
            Snapshot(
                content=content,
                sha256=hashlib.sha256(content).hexdigest(),
                location="a.html" if html else "a.txt",
                fetched_at=dt.datetime(2026, 1, 1, tzinfo=dt.UTC),
                media_type="text/html" if html else "text/plain",
            )
        )
    )


@pytest.mark.parametrize("order", [list(TEXTS), list(reversed(TEXTS)), [*TEXTS, *TEXTS]])
def test_what_was_read_before_changes_nothing(order: list[str]) -> None:
    first = {}
    for name in TEXTS:
        forget()
        first[name] = claims_of(name)
    forget()
    assert [(name, claims_of(name)) for name in order] == [(name, first[name]) for name in order]


def test_the_texts_tell_their_readings_apart() -> None:
    forget()
    drugs = {name: [c.drug for c in claims_of(name)] for name in TEXTS}
    assert drugs == {
        "gout": ["colchicine", "colchicine"],
        "repeated": ["colchicine", "colchicine"],
        "moved": ["colchicine", "colchicine"],
        "headed": ["colchicine", "colchicine"],
        "parent": ["naproxen", "naproxen"],
        "other parent": ["ibuprofen", "ibuprofen"],
        "defined": ["allopurinol"],
        "defined otherwise": ["apremilast"],
        "row": ["febuxostat"],
        "same row": ["naproxen"],
    }
