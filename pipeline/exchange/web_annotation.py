"""W3C Web Annotation Data Model (Recommendation of 23 February 2017), as a JSON-LD collection.

The target is the quote, by TextQuoteSelector (with 32 characters around it) and TextPositionSelector in
the canonical text; the body is the whole row as JSON. A decision is an annotation with motivation
`assessing`, a claim one with `classifying`.
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping
from typing import Any

from pipeline.exchange.errors import ExchangeError
from pipeline.exchange.values import to_plain, typed_row
from pipeline.model import Claim, Decision

CONTEXT = "http://www.w3.org/ns/anno.jsonld"
AROUND = 32


def _body(row: Mapping[str, Any], purpose: str) -> dict[str, Any]:
    value = json.dumps(to_plain(dict(row)), ensure_ascii=False)
    return {"type": "TextualBody", "format": "application/json", "purpose": purpose, "value": value}


def _claim(row: Mapping[str, Any], texts: Mapping[str, str]) -> dict[str, Any]:
    start, end = row["char_start"], row["char_end"]
    text = texts.get(row["article_version"])
    quote = {"type": "TextQuoteSelector", "exact": row["quote"]}
    if text is not None:
        quote["prefix"], quote["suffix"] = text[max(0, start - AROUND) : start], text[end : end + AROUND]
    return {
        "id": f"urn:evidence:claim:{row['claim_id']}",
        "type": "Annotation",
        "motivation": "classifying",
        "body": _body(row, "classifying"),
        "target": {
            "source": row["url"] or f"urn:evidence:article:{row['article_id']}",
            "selector": [quote, {"type": "TextPositionSelector", "start": start, "end": end}],
        },
    }


def _decision(row: Mapping[str, Any]) -> dict[str, Any]:
    return {
        "id": f"urn:evidence:decision:{row['decision_id']}",
        "type": "Annotation",
        "motivation": "assessing",
        "creator": {"type": "Person", "name": row["editor"]},
        "created": to_plain(row["decided_at"]),
        "body": _body(row, "assessing"),
        "target": f"urn:evidence:{row['subject']}:{row['subject_id']}",
    }


def to_web_annotations(
    claims: Iterable[Mapping[str, Any]] = (),
    decisions: Iterable[Mapping[str, Any]] = (),
    texts: Mapping[str, str] | None = None,
) -> str:
    """A JSON-LD AnnotationPage of claims and decisions; `texts` maps article_version to canonical text."""
    items = [_claim(row, texts or {}) for row in claims] + [_decision(row) for row in decisions]
    page = {"@context": CONTEXT, "id": "urn:evidence:annotations", "type": "AnnotationPage", "items": items}
    return json.dumps(page, ensure_ascii=False, indent=1) + "\n"


def from_web_annotations(text: str) -> tuple[list[dict[str, Any]], list[dict[str, Any]]]:
    """The claims and the decisions of such a page, of a collection, or of one annotation.

    Annotations of other tools (no JSON body) are passed over. Raises ExchangeError.
    """
    try:
        page = json.loads(text)
    except ValueError as error:
        raise ExchangeError("E-EXCHANGE-2", "this is no JSON", where="line 1", do=str(error)) from error
    if isinstance(page, dict) and isinstance(page.get("first"), dict):
        page = page["first"]
    items = page.get("items", [page]) if isinstance(page, dict) else page
    claims: list[dict[str, Any]] = []
    decisions: list[dict[str, Any]] = []
    for number, item in enumerate(items if isinstance(items, list) else [], 1):
        body = item.get("body") if isinstance(item, dict) else None
        if not isinstance(body, dict) or body.get("format") != "application/json":
            continue
        where = f"annotation {number}"
        try:
            data = json.loads(body["value"])
        except (ValueError, KeyError, TypeError) as error:
            raise ExchangeError(
                "E-EXCHANGE-2", "the body is no JSON", where=where, do="export it again"
            ) from error
        if item.get("motivation") == "assessing":
            decisions.append(typed_row(Decision, data, where))
        else:
            claims.append(typed_row(Claim, data, where))
    return claims, decisions
