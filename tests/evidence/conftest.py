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
