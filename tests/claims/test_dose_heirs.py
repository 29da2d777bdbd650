"""Which drug a dose without one belongs to: beside other drugs, in groups of patients, and in bullets on all treatment."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest

Values = Callable[..., list[tuple[Any, ...]]]
COLUMNS = ("drug", "with_drugs", "dose_low", "duration_low", "dose_role")

TEXTS = {
    "together with another drug": (
        "Treatment of gout\n\nColchicine\n\n- Start at 0.5 mg daily together with allopurinol\n- Combine with prednisone 30 mg\n",
        [("colchicine", "allopurinol", 0.5, None, "start"), ("prednisone", "colchicine", 30.0, None, "regimen")],
    ),
    "a drug of the patients": (
        "Treatment of epilepsy\n\nLamotrigine\n\n- Start at 25 mg once daily\n- Reduce to 12.5 mg once daily in patients on valproate\n",
        [("lamotrigine", "", 25.0, None, "start"), ("lamotrigine", "", 12.5, None, "reduced")],
    ),
    "the old": (
        "Treatment of depression\n\n- Citalopram: 20 mg once daily\n  - In older adults: 10 mg once daily\n",
        [("citalopram", "", 20.0, None, "regimen"), ("citalopram", "", 10.0, None, "reduced")],
    ),
    "how long all treatment goes on": (
        "Treatment of cystitis\n\n- Nitrofurantoin 100 mg twice daily\n- Treat for 7 days\n",
        [("nitrofurantoin", "", 100.0, None, "regimen")],
    ),
    "both of two bullets": (
        "Treatment of gout\n\n- Allopurinol 100 mg daily\n- Febuxostat 40 mg daily\n- Both can be given for 3 months\n",
        [
            ("allopurinol", "", 100.0, None, "regimen"),
            ("febuxostat", "", 40.0, None, "regimen"),
            ("allopurinol", "", None, 3.0, "regimen"),
            ("febuxostat", "", None, 3.0, "regimen"),
        ],
    ),
    "an inhibitor that is taken": (
        "Treatment of myelofibrosis\n\n- Ruxolitinib 20 mg twice daily\n  - With a strong CYP3A4 inhibitor: 10 mg twice daily\n",
        [("ruxolitinib", "", 20.0, None, "regimen"), ("ruxolitinib", "", 10.0, None, "reduced")],
    ),
    "a name that nobody knows": (
        "Treatment of cystitis\n\n- Nitrofurantoin 100 mg twice daily\n- Xyzoberry extract 300 mg daily\n- Xyzomycil: 5 mg daily\n",
        [("nitrofurantoin", "", 100.0, None, "regimen")],
    ),
    "what is added to a drug in use": (
        "Treatment of rheumatoid arthritis\n\n- Add tofacitinib to methotrexate: 5 mg twice daily\n- Adding leflunomide to methotrexate, start with 10 mg daily\n"
        "- If adding anakinra to methotrexate: 100 mg daily\n- Add etanercept to methotrexate 15 mg weekly\n",
        [
            ("tofacitinib", "methotrexate", 5.0, None, "regimen"),
            ("leflunomide", "methotrexate", 10.0, None, "start"),
            ("anakinra", "methotrexate", 100.0, None, "regimen"),
            ("etanercept", "methotrexate", None, None, None),
        ],
    ),
    "below what is added to a drug in use": (
        "Treatment of rheumatoid arthritis\n\n- Adding rituximab to methotrexate\n  - 1000 mg on days 1 and 15\n",
        [("rituximab", "methotrexate", None, None, None), ("rituximab", "methotrexate", 1000.0, None, "regimen")],
    ),
    "how long patients lived": (
        "Treatment of melanoma\n\n- Nivolumab prolonged survival to 37 months\n",
        [("nivolumab", "", None, None, None)],
    ),
    "how long treatment should continue": (
        "Treatment of depression\n\nSertraline 50 mg daily is preferred. Treatment should continue for at least 6 months. "
        "Do not extend therapy beyond 2 years without review.\n",
        [("sertraline", "", 50.0, None, "regimen")],
    ),
    "how long this drug is given": (
        "Treatment of cystitis\n\n- Nitrofurantoin 100 mg twice daily\n- Duration: 5 days\n",
        [("nitrofurantoin", "", 100.0, None, "regimen"), ("nitrofurantoin", "", None, 5.0, "regimen")],
    ),
    "weeks are no citations": (
        "Treatment of psoriasis\n\n- Secukinumab 300 mg at weeks 0, 1, 2, 3, and 4, then every 4 weeks 1.\n",
        [("secukinumab", "", 300.0, None, "loading"), ("secukinumab", "", 300.0, None, "maintenance")],
    ),
    "under a lead-in without a drug": (
        "Treatment of hypothyroidism\n\nLevothyroxine in Children\n\nDoses by age:\n\n- 1-5 years: 5-6 mcg/kg/day\n",
        [("levothyroxine", "", 5.0, None, "regimen")],
    ),
    "the part of a combination that is counted": (
        "Treatment of sepsis\n\n- Piperacillin-tazobactam 80 mg/kg of piperacillin every 6 hours\n"
        "- Trimethoprim-sulfamethoxazole 5 mg/kg (trimethoprim component) every 8 hours\n",
        [("piperacillin/tazobactam", "", 80.0, None, "regimen"),
         ("trimethoprim/sulfamethoxazole", "", 5.0, None, "regimen")],
    ),
    "the element of a salt": (
        "Treatment of iron deficiency anemia\n\n- Ferrous sulfate 325 mg (65 mg elemental iron) once daily\n",
        [("ferrous sulfate", "", 325.0, None, "regimen")],
    ),
    "patients with something poor": (
        "Treatment of ovarian cancer\n\nThose with poor renal function should receive carboplatin AUC 4.\n",
        [("carboplatin", "", 4.0, None, "regimen")],
    ),
    "how long was waited": (
        "Treatment of gout\n\nAdd probenecid only if flares go on despite 6 months of therapy.\n\n"
        "Add febuxostat for 6 months if flares go on.\n",
        [("probenecid", "", None, None, None),
         ("febuxostat", "", None, 6.0, "regimen")],
    ),
    "what a bullet tells of the dose of the bullet before": (
        "Treatment of catatonia\n\n- Lorazepam 1 mg is used.\n- Continue the effective dose for 3 months.\n",
        [("lorazepam", "", 1.0, None, "regimen"), ("lorazepam", "", None, 3.0, "regimen")],
    ),
    "what must not be concluded": (
        "Treatment of catatonia\n\n- Lorazepam 1 mg is used.\n- Do not conclude that lorazepam failed below 8 mg/day.\n",
        [("lorazepam", "", 1.0, None, "regimen")],
    ),
    "the least that is advised": (
        "Treatment of stroke\n\n- Aspirin ≥75 mg daily is recommended.\n- Avoid aspirin ≥300 mg daily.\n",
        [("aspirin", "", 75.0, None, "regimen"), ("aspirin", "", 300.0, None, "threshold")],
    ),
    "adults over an age": (
        "Treatment of sepsis\n\n- Adults over 60 years: ampicillin 2 g every 4 hours\n",
        [("ampicillin", "", 2.0, None, "regimen")],
    ),
    "behind the drug that is only compared": (
        "Treatment of hyperthyroidism\n\n- Methimazole is preferred over propylthiouracil: 20 mg daily, then 5 mg daily\n",
        [("methimazole", "", 20.0, None, "loading"), ("methimazole", "", 5.0, None, "maintenance")],
    ),
    "behind the drug that cannot be had": (
        "Treatment of gout\n\n- Prednisone, where colchicine is not available: 30 mg once daily\n",
        [("prednisone", "", 30.0, None, "regimen")],
    ),
    "of what is added": (
        "Treatment of gout\n\n- Colchicine is added to allopurinol at 0.6 mg twice daily\n"
        "- Anakinra in addition to prednisone, 100 mg once daily\n- Naproxen is added to febuxostat 40 mg daily\n",
        [
            ("colchicine", "allopurinol", 0.6, None, "regimen"),
            ("anakinra", "prednisone", 100.0, None, "regimen"),
            ("naproxen", "febuxostat", None, None, None),
        ],
    ),
    "of the example and not of its class": (
        "Treatment of gout\n\n- A glucocorticoid such as prednisone can be given, 30 mg daily\n",
        [("glucocorticoids", "", None, None, None), ("prednisone", "", 30.0, None, "regimen")],
    ),
    "of the class as well, of which an aside names one": (
        "Treatment of gout\n\n- Glucocorticoids, such as prednisone, at a dose of 30 mg daily are recommended\n",
        [("glucocorticoids", "", 30.0, None, "regimen"), ("prednisone", "", 30.0, None, "regimen")],
    ),
    "how long nothing helped": (
        "Treatment of gout\n\n- No response after 48 hours of oral treatment: switch to anakinra 100 mg daily\n",
        [("anakinra", "", 100.0, None, "regimen")],
    ),
    "an amount that is excreted": (
        "Treatment of hyponatremia\n\n- Sodium chloride is given if 24-hour urinary sodium is below 170 mmol\n",
        [("sodium chloride", "", None, None, None)],
    ),
    "what is measured and how long it has lasted": (
        "Treatment of gout\n\n- Probenecid is used when 24-hour urinary urate is below 600 mg\n"
        "- Stop colchicine once the patient has been free of pain for 24 hours\n",
        [("probenecid", "", None, None, None), ("colchicine", "", None, None, None)],
    ),
    "a higher dose for impaired organs": (
        "Treatment of edema\n\n- Renal impairment: higher furosemide doses (80-160 mg IV) are needed\n",
        [("furosemide", "", 80.0, None, "regimen")],
    ),
}  # fmt: skip


@pytest.mark.parametrize(("text", "expected"), TEXTS.values(), ids=TEXTS)
def test_the_drug_of_a_dose(values_of: Values, text: str, expected: list[tuple[Any, ...]]) -> None:
    assert values_of(text, *COLUMNS) == expected
