"""Claims from the gold rows of the four articles, and a small hierarchy, for the tests of this room."""

import datetime as dt
import json
from pathlib import Path

import pandas as pd
import pytest

from pipeline.evidence import PlainHierarchy

GOLD = Path(__file__).resolve().parents[2] / "../shared/gold"
DATES = {
    "000": dt.date(2025, 4, 28),
    "001": dt.date(2025, 12, 24),
    "002": dt.date(2026, 1, 8),
    "003": dt.date(2025, 5, 14),
}
ILD = ["SSc-ILD", "RA-ILD", "IIM-ILD", "MCTD-ILD", "SjD-ILD"]
HIERARCHY = PlainHierarchy(
    {
        "glucocorticoids": ["prednisone", "methylprednisolone"],
        "calcineurin inhibitors": ["tacrolimus", "cyclosporine"],
        "antifibrotics": ["nintedanib", "pirfenidone"],
        "tnf inhibitors": ["infliximab"],
        "immunosuppressants": [
            "mycophenolate mofetil",
            "azathioprine",
            "cyclophosphamide",
            "tacrolimus",
            "cyclosporine",
            "rituximab",
            "methotrexate",
        ],
        "dmards": ["methotrexate", "leflunomide", "hydroxychloroquine", "azathioprine"],
        "statins": ["atorvastatin", "rosuvastatin"],
    },
    {**{name: ["CTD-ILD", "ILD"] for name in ILD}, "CTD-ILD": ["ILD"], "IPF": ["ILD"]},
)


def _gold_claims(optional: bool) -> pd.DataFrame:
    path = GOLD / "seeds.jsonl"
    if not path.exists():
        pytest.skip(f"{path.name} is not beside the project")
    rows = []
    for number, line in enumerate(path.read_text(encoding="utf-8").splitlines()):
        row = json.loads(line)
        if row["optional"] and not optional:
            continue
        row.update(row.pop("dose") or {})
        doc = row.pop("doc")
        row.update(claim_id=f"c{number:03}", article_id=doc[:3], article_date=DATES[doc[:3]], source="one")
        rows.append(row)
    return pd.DataFrame(rows)


@pytest.fixture(scope="session")
def hierarchy():
    """A hierarchy in two dicts."""
    return HIERARCHY


@pytest.fixture(scope="session")
def gold_claims():
    """The gold rows as a table of claims; with or without the rows on which careful annotators differ."""
    return _gold_claims


def _claims(*said: dict) -> pd.DataFrame:
    """Claims from what they say beside the usual: for, first-line, an ingredient, articles `a`, `b`, ... a year apart."""
    rows = []
    for number, given in enumerate(said):
        row = {
            "claim_id": f"c{number}",
            "article_id": "ab"[min(number, 1)],
            "drug": "colchicine",
            "disease": "gout",
            "direction": "for",
            "strength": "unstated",
            "line": "first",
            "preference": "unstated",
            "kind": "recommendation",
            **given,
        }
        row.setdefault("source", f"publisher of {row['article_id']}")
        row.setdefault("article_date", dt.date(2020 + "abcdefgh".index(row["article_id"][0]), 3, 1))
        rows.append(row)
    return pd.DataFrame(rows)


@pytest.fixture(scope="session")
def claims():
    """Makes a table of claims from what is said of each."""
    return _claims


@pytest.fixture(scope="session")
def daily():
    """Makes the columns of a dose: amount per day, unit, and what else is given."""

    def dose(low, high, unit="mg", **more):
        text = f"{low}-{high} {unit}/day"
        return {"dose_text": text, "dose_role": "regimen", "daily_low": low, "daily_high": high, "daily_unit": unit, **more}  # fmt: skip

    return dose
