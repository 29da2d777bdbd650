"""What trials found is evidence, whether they are named or the drug's effect is told in the past."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest

CASES = [
    ("In ALPHA-2, spironolactone cut systolic pressure by 9 mm Hg.", [("spironolactone", "for", "evidence")]),
    ("In the BETA-HF trial, bisoprolol was better than its rivals.", [("bisoprolol", "for", "evidence")]),
    ("GAMMA and DELTA 3 showed that ramipril lowers pressure.", [("ramipril", "for", "evidence")]),
    ("DELIVER-2 and PROVIDE showed that ramipril lowers pressure.", [("ramipril", "for", "evidence")]),
    ("Aprepitant reduced nausea in a trial, and is an option for vomiting.",
     [("aprepitant", "for", "evidence"), ("aprepitant", "for", "recommendation")]),
    ("Domperidone improved symptoms and was well tolerated.", [("domperidone", "for", "evidence")]),
    ("In one series, methotrexate failed to induce remission.", [("methotrexate", "against", "evidence")]),
    ("For adults who failed to improve on naproxen, colchicine is used.", [("colchicine", "for", "recommendation")]),
    # advice behind what a study found
    ("Ramipril did not lower pressure in a large trial, and the guideline suggests against losartan.",
     [("ramipril", "against", "evidence"), ("losartan", "against", "recommendation")]),
    ("Aliskiren lowered pressure in two trials, and we now recommend amlodipine.",
     [("aliskiren", "for", "evidence"), ("amlodipine", "for", "recommendation")]),
    ("Zinc has been tried in small series without consistent benefit.", [("zinc", "unstated", "evidence")]),
    ("In ICU patients, labetalol is given.", [("labetalol", "for", "recommendation")]),
    ("In ALPHA-2 sites, use labetalol.", [("labetalol", "for", "recommendation")]),
    ("In ALPHA-2, ramipril gave a response in 28% of adults.", [("ramipril", "for", "evidence")]),
    ("BETAMIR: ramipril stabilized pressure.", [("ramipril", "for", "evidence")]),
    ("ATRIBute-HF showed that losartan lowers pressure.", [("losartan", "for", "evidence")]),
    ("IMPORTANT: losartan is given at night.", [("losartan", "for", "recommendation")]),
    ("In BETAMIR, ramipril lengthened survival.", [("ramipril", "for", "evidence")]),
    ("In two pooled phase 3 trials, amlodipine normalised pressure in 60%.", [("amlodipine", "for", "evidence")]),
    ("A randomized comparison found losartan 50 mg as effective as placebo.", [("losartan", "for", "evidence")]),
    ("A Cochrane review of 30 trials found that zinc did not lower pressure.", [("zinc", "against", "evidence")]),
    ("In a patient with edema, furosemide is added.", [("furosemide", "for", "recommendation")]),
    ("Ramipril 10 mg plus usual care doubled the share at goal.", [("ramipril", "for", "evidence")]),
    ("Amlodipine is an option, reduced to 2.5 mg in frailty.", [("amlodipine", "for", "recommendation")]),
    ("Fish oil did not delay the first drug.", [("omega-3 fatty acids", "against", "evidence")]),
    ("No trial supported zinc.", [("zinc", "against", "evidence")]),
    ("Zinc gave no symptomatic benefit.", [("zinc", "against", "evidence")]),
    ("Zinc was no better than placebo.", [("zinc", "against", "evidence")]),
    ("One trial found no reduction in death from stroke with aliskiren.", [("aliskiren", "against", "evidence")]),
    ("There was no difference in admissions for heart failure with doxazosin; chlorthalidone is recommended.",
     [("doxazosin", "against", "evidence"), ("chlorthalidone", "for", "recommendation")]),
    ("Aliskiren showed no benefit and more episodes of hyperkalemia.", [("aliskiren", "against", "evidence")]),
    ("Case series report lower pressures in adults treated with baxdrostat.", [("baxdrostat", "for", "evidence")]),
    ("Studies report strokes in patients treated with minoxidil.", []),
    ("Cohort studies associate candesartan with fewer strokes.", [("candesartan", "for", "evidence")]),
    ("A trial of minoxidil was stopped early.", []),
    ("If the pulse did not change, add atenolol.", [("atenolol", "for", "recommendation")]),
]  # fmt: skip


@pytest.mark.parametrize(("text", "expected"), CASES, ids=[t for t, _ in CASES])
def test_trials(
    text: str, expected: list[tuple[str, str, str]], values_of: Callable[..., list[tuple[Any, ...]]]
) -> None:
    assert values_of(f"Hypertension\n\n{text}", "drug", "direction", "kind") == expected


def test_a_page_in_capitals_is_read(rows_of: Callable[..., list[dict[str, Any]]]) -> None:
    """Names of trials are looked for at the beginning of every sentence, and capitals are what they are made of."""
    assert rows_of("TREATMENT OF GOUT\n\n" + "IN " + "ABCDEFGHIJ" * 40 + " AND SO ON, COLCHICINE.") == []
