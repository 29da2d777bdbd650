"""An article that calls its disease by several names has rows of one disease."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest

Values = Callable[..., list[tuple[Any, ...]]]

ARTICLES = [
    (
        "Fidaxomicin or vancomycin for C. difficile infection?",
        [
            "Fidaxomicin 200 mg twice daily is suggested for initial CDI",
            "Vancomycin 125 mg four times daily is an alternative for C. diff colitis",
        ],
        "Clostridioides difficile infection",
    ),
    (
        "Drug therapy of MASH with fibrosis",
        [
            "Semaglutide 2.4 mg weekly is recommended in NASH with obesity",
            "Pioglitazone 30 mg daily is suggested for nonalcoholic steatohepatitis with diabetes",
            "Vitamin E 800 IU daily may be considered in nondiabetic steatohepatitis",
        ],
        "metabolic dysfunction-associated steatohepatitis",
    ),
    (
        "Immunotherapy in anti-NMDAR encephalitis",
        [
            "Methylprednisolone 1 g daily is recommended in anti-NMDA receptor encephalitis",
            "IVIG 0.4 g/kg/day is recommended in autoimmune encephalitis with severe deficits",
        ],
        "anti-NMDA receptor encephalitis",
    ),
    (
        "Tamsulosin or finasteride for BPH?",
        [
            "Tamsulosin 0.4 mg daily is recommended for bothersome LUTS due to BPH",
            "Finasteride 5 mg daily is recommended for men with prostatic enlargement",
        ],
        "benign prostatic hyperplasia",
    ),
    (
        "Renal abscess: empiric antibiotics",
        [
            "Ceftriaxone 2 g daily is recommended as initial therapy",
            "Vancomycin is added when the abscess follows a skin infection",
        ],
        "renal abscess",
    ),
    (
        "Nocardia keratitis: topical amikacin",
        [
            "Amikacin 2.5% drops every hour are recommended",
            "Prednisolone drops should be avoided in keratitis that is not yet under control",
        ],
        "Nocardia keratitis",
    ),
]


@pytest.mark.parametrize(("title", "bullets", "disease"), ARTICLES, ids=[a[2] for a in ARTICLES])
def test_all_rows_have_the_disease_of_the_article(
    title: str, bullets: list[str], disease: str, values_of: Values
) -> None:
    lines = "".join(f"• {bullet}\n" for bullet in bullets)
    rows = values_of(f"{title}\n\nTreatment\n\n{lines}", "drug", "disease")
    assert {d for _, d in rows} == {disease}
    assert len(rows) >= len(bullets)
