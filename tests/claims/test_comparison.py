"""Tables that compare drugs side by side: what a row says of each."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest

from pipeline.claims import extract_claims

Values = Callable[..., list[tuple[Any, ...]]]

PAGE = (
    "<html><body><h1>Apixaban or rivaroxaban for pulmonary embolism?</h1><table>"
    "<tr><th>Feature</th><th>Apixaban</th><th>Rivaroxaban (oral)</th><th>Notes</th></tr>"
    "<tr><td>Dose</td><td>5 mg twice daily</td><td>20 mg once daily with food</td><td>By mouth</td></tr>"
    "<tr><td>Pregnancy</td><td>Contraindicated</td><td>Contraindicated</td><td></td></tr>"
    "<tr><td>Renal impairment</td><td>No adjustment</td><td>Avoid if CrCl &lt;15 mL/min</td><td></td></tr>"
    "<tr><td>Interactions</td><td>Strong CYP3A4 inhibitors</td><td>Rifampin</td><td></td></tr>"
    "<tr><td>Avoid in</td><td>Antiphospholipid syndrome</td><td>-</td><td></td></tr>"
    "<tr><td>Role</td><td>Preferred</td><td>Alternative</td><td></td></tr>"
    "<tr><td>Line</td><td>First</td><td>Second</td><td></td></tr>"
    "<tr><td>Recommendation</td><td>Class I</td><td>Class IIa</td><td></td></tr>"
    "<tr><td>Major bleeding</td><td>0.6%</td><td>1.1%</td><td></td></tr></table></body></html>"
)


@pytest.mark.parametrize(
    "page",
    [
        PAGE,
        PAGE.replace("<th>", "<td>").replace("</th>", "</td>"),
        PAGE.replace("<th>Feature", "<th>").replace("<th>", "<td>").replace("</th>", "</td>"),
    ],
    ids=["heads that are marked", "heads in plain cells", "an empty corner"],
)
def test_each_column_is_about_its_drug(values_of: Values, page: str) -> None:
    columns = ("drug", "direction", "preference", "dose_low", "condition", "population", "line", "strength")
    assert values_of(page, *columns, name="a.html", media_type="text/html") == [
        ("apixaban", "for", "unstated", 5.0, "", "", "unstated", "unstated"),
        ("rivaroxaban", "for", "unstated", 20.0, "", "", "unstated", "unstated"),
        ("apixaban", "against", "unstated", None, "", "pregnancy", "unstated", "unstated"),
        ("rivaroxaban", "against", "unstated", None, "", "pregnancy", "unstated", "unstated"),
        (
            "rivaroxaban",
            "against",
            "unstated",
            None,
            "if CrCl <15 mL/min",
            "renal impairment",
            "unstated",
            "unstated",
        ),
        ("apixaban", "against", "unstated", None, "Antiphospholipid syndrome", "", "unstated", "unstated"),
        ("apixaban", "for", "preferred", None, "", "", "unstated", "unstated"),
        ("rivaroxaban", "for", "alternative", None, "", "", "unstated", "unstated"),
        ("apixaban", "for", "unstated", None, "", "", "first", "unstated"),
        ("rivaroxaban", "for", "unstated", None, "", "", "subsequent", "unstated"),
        ("apixaban", "for", "unstated", None, "", "", "unstated", "strong"),
        ("rivaroxaban", "for", "unstated", None, "", "", "unstated", "conditional"),
    ]


def test_a_table_with_its_drugs_in_rows_is_none(values_of: Values) -> None:
    text = (
        "Treatment of gout\n\n| Drug | Dose with colchicine | Dose with prednisone |\n| --- | --- | --- |\n"
        "| Naproxen | 250 mg twice daily | 500 mg twice daily |\n"
    )
    assert {drug for (drug,) in values_of(text, "drug")} == {"naproxen"}


def test_what_patients_had_already_is_the_condition_of_a_row(values_of: Values) -> None:
    text = (
        "Maintenance treatment of ANCA-associated vasculitis\n\n| Induction with | Maintenance |\n| --- | --- |\n"
        "| Cyclophosphamide | Azathioprine |\n| Rituximab | Rituximab 500 mg every 6 months |\n"
    )
    assert values_of(text, "drug", "condition") == [
        ("azathioprine", "Cyclophosphamide"),
        ("rituximab", "Rituximab"),
    ]


def test_each_word_is_told_at_its_place(article_of: Callable[..., Any]) -> None:
    rows = (
        "<tr><td>Renal impairment</td><td>No adjustment</td><td>Avoid if CrCl &lt;15 mL/min</td><td>2.5–5 mg daily</td></tr>"
        "<tr><td>Avoid in</td><td>Antiphospholipid syndrome</td><td>-</td><td>Mitral stenosis</td></tr>"
    )
    page = f"<h1>Anticoagulants in pulmonary embolism</h1><table><tr><th>Feature</th><th>Apixaban</th><th>Rivaroxaban</th><th>Warfarin</th></tr>{rows}</table>"
    article = article_of(page, name="a.html", media_type="text/html")
    found = {
        (claim.drug, mark.field, article.text[mark.start : mark.end])
        for claim in extract_claims(article)
        for mark in claim.provenance
        if mark.start >= claim.char_start
    }
    assert found == {
        ("rivaroxaban", "population", "Renal impairment"),
        ("rivaroxaban", "population", "CrCl <"),
        ("rivaroxaban", "direction", "Avoid"),
        ("rivaroxaban", "condition", "if CrCl <15 mL/min"),
        ("warfarin", "population", "Renal impairment"),
        ("warfarin", "dose_text", "2.5–5 mg daily"),
        ("apixaban", "direction", "Avoid"),
        ("apixaban", "condition", "Antiphospholipid syndrome"),
        ("warfarin", "direction", "Avoid"),
        ("warfarin", "condition", "Mitral stenosis"),
    }


def test_more_columns_than_any_table_has(values_of: Values) -> None:
    drugs = ["apixaban", "rivaroxaban", "warfarin"] * 500
    rows = [["Feature", *drugs], ["Dose", *["5 mg daily"] * 1500], ["Avoid in", *["cirrhosis"] * 1500]]
    page = "Anticoagulants in pulmonary embolism\n\n" + "\n".join("\t".join(row) for row in rows)
    found = values_of(page, "drug", "direction", "dose_low", "condition")
    assert found == [
        *((drug, "for", 5.0, "") for drug in drugs),
        *((drug, "against", None, "cirrhosis") for drug in drugs),
    ]
