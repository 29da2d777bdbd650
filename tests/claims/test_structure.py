"""What a statement inherits from lead-in, parent bullet, headings and title; each rule with an example of its own."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest

Values = Callable[..., list[tuple[Any, ...]]]
Rows = Callable[..., list[dict[str, Any]]]


def test_a_bullet_inherits_from_its_lead_in(rows_of: Rows) -> None:
    text = (
        "Treatment of Gout\n\nThe following agents are conditionally recommended as first-line alternatives 4, 5:\n\n"
        "• Naproxen\n• Prednisone 7"
    )
    naproxen, prednisone = rows_of(text)
    shared = {
        "disease": "gout",
        "direction": "for",
        "strength": "conditional",
        "strength_origin": "lead-in",
        "line": "first",
        "preference": "alternative",
    }
    for row in (naproxen, prednisone):
        assert {k: row[k] for k in shared} == shared
    assert (naproxen["cites"], prednisone["cites"]) == ([4, 5], [7])


def test_a_bullet_combines_with_the_drug_that_its_lead_in_tells_of(values_of: Values) -> None:
    text = "Gout\n\nIn a trial colchicine reduced flares:\n\n• Combine with prednisone"
    assert values_of(text, "drug", "with_drugs", "kind") == [
        ("colchicine", "", "evidence"),
        ("prednisone", "colchicine", "recommendation"),
    ]


def test_a_nested_bullet_inherits_drug_and_the_rest(values_of: Values) -> None:
    text = (
        "Lupus Nephritis\n\nThe following are strongly recommended for induction:\n\n• Cyclophosphamide\n"
        "  • Dosing: 500 mg IV every 2 weeks\n  • A trial showed improved survival\n• Mycophenolate"
    )
    assert values_of(text, "drug", "strength", "setting", "dose_text", "kind") == [
        ("cyclophosphamide", "strong", "induction", None, "recommendation"),
        ("cyclophosphamide", "strong", "induction", "500 mg IV every 2 weeks", "recommendation"),
        ("cyclophosphamide", "unstated", "", None, "evidence"),
        ("mycophenolate mofetil", "strong", "induction", None, "recommendation"),
    ]


def test_a_bullet_without_a_drug_takes_that_of_the_bullet_before_and_only_the_drug(values_of: Values) -> None:
    text = (
        "Epilepsy\n\n• Lamotrigine is conditionally recommended as first-line therapy\n"
        "• Typical dosing: start at 25 mg daily\n• Monitoring: watch for rash every 2 weeks\n"
        "• Treatment should be individualized"
    )
    assert values_of(text, "drug", "strength", "line", "dose_text") == [
        ("lamotrigine", "conditional", "first", None),
        ("lamotrigine", "unstated", "unstated", "25 mg daily"),
    ]


def test_headings_give_disease_line_setting_and_population(values_of: Values) -> None:
    text = (
        "What is the treatment of asthma?\n\nAsthma Care\n\nAdvice on asthma follows here.\n\n"
        "Second-Line Options for Severe Disease in Children\n\n• Montelukast 5 mg daily\n\n"
        "Drugs to Avoid\n\n• Propranolol\n"
    )
    assert values_of(text, "drug", "disease", "direction", "line", "setting", "population") == [
        ("montelukast", "asthma", "for", "subsequent", "severe", "children"),
        ("propranolol", "asthma", "against", "unstated", "", ""),
    ]


def test_the_nearer_wins_field_by_field(values_of: Values) -> None:
    text = (
        "Treatment of Migraine\n\nGeneral Advice\n\nRest in a dark room helps many.\n\nFirst-Line Options in Severe Attacks\n\n"
        "• Sumatriptan\n• Ibuprofen in mild attacks\n• Rizatriptan is second-line"
    )
    assert values_of(text, "drug", "line", "setting") == [
        ("sumatriptan", "first", "severe"),
        ("ibuprofen", "first", "mild"),
        ("rizatriptan", "subsequent", "severe"),
    ]


def test_what_is_prevented_under_a_heading_on_prevention_is_no_disease_of_its_own(values_of: Values) -> None:
    text = (
        "How is multiple myeloma managed?\n\nInfection Prophylaxis\n\nPneumocystis Pneumonia\n\n• Give dapsone daily.\n\n"
        "Secondary Prevention\n\nVenous Thrombosis\n\n• Aspirin is used.\n\n"
        "Treatment\n\nVenous Thrombosis\n\n• Apixaban is used."
    )
    assert values_of(text, "drug", "disease") == [
        ("dapsone", "multiple myeloma"),
        ("aspirin", "multiple myeloma"),
        ("apixaban", "venous thrombosis"),
    ]


@pytest.mark.parametrize(
    "heading",
    [
        "Chronic Pseudomonas aeruginosa infection",
        "Established ASCVD or High Risk",
        "Previous Lymphoma or Skin Cancer",
    ],
)
def test_a_heading_that_tells_what_patients_also_have_is_no_other_disease(
    heading: str, values_of: Values
) -> None:
    text = (
        f"How is bronchiectasis treated?\n\nFirst-Line\n\n• Azithromycin is used.\n\n{heading}\n\n"
        "• Colistin is used daily.\n• Tobramycin is used daily."
    )
    assert {disease for (disease,) in values_of(text, "disease")} == {"bronchiectasis"}


def test_the_title_gives_the_disease_but_no_line(values_of: Values) -> None:
    text = (
        "What is the first-line treatment for gout?\n\nFirst-Line Treatment for Gout\n\nColchicine is recommended.\n\n"
        "Other Drugs\n\n• Anakinra may be used."
    )
    assert values_of(text, "drug", "disease", "disease_origin", "line") == [
        ("colchicine", "gout", "heading", "unstated"),
        ("anakinra", "gout", "title", "unstated"),
    ]


def test_a_generic_name_means_the_specific_disease_of_the_article(values_of: Values) -> None:
    text = (
        "What is the treatment of systemic sclerosis-associated ILD?\n\nTreatment of SSc-ILD\n\n"
        "Nintedanib may be used for ILD. Tocilizumab has been tried in various interstitial lung diseases.\n"
    )
    assert values_of(text, "drug", "disease") == [("nintedanib", "SSc-ILD"), ("tocilizumab", "ILD")]


def test_evidence_inherits_drug_and_disease_only(values_of: Values) -> None:
    text = (
        "Psoriasis\n\nThe following are strongly recommended as first-line therapy in severe disease:\n\n"
        "• Secukinumab\n• In a randomized trial, ixekizumab reduced symptoms"
    )
    assert values_of(text, "drug", "disease", "strength", "line", "setting", "kind") == [
        ("secukinumab", "psoriasis", "strong", "first", "severe", "recommendation"),
        ("ixekizumab", "psoriasis", "unstated", "unstated", "", "evidence"),
    ]


def test_a_strength_belongs_to_its_own_direction(values_of: Values) -> None:
    text = (
        "Rheumatoid arthritis\n\nThe following are conditionally recommended as first-line:\n\n"
        "• Tofacitinib, but it should NOT be combined with infliximab"
    )
    assert values_of(text, "drug", "direction", "strength", "with_drugs") == [
        ("tofacitinib", "for", "conditional", ""),
        ("tofacitinib", "against", "unstated", "infliximab"),
    ]


def test_the_statement_about_a_grade_repeats_the_one_before(values_of: Values) -> None:
    text = (
        "Croup\n\nWe advise against antibiotics as first-line treatment of croup.\n\n"
        "• This is a strong recommendation with high-quality evidence 2"
    )
    assert values_of(text, "drug", "direction", "strength", "certainty", "line") == [
        ("antibiotics", "against", "unstated", "unstated", "first"),
        ("antibiotics", "against", "strong", "high", "first"),
    ]


def test_a_regimen_over_bullets_is_one_statement(rows_of: Rows) -> None:
    text = (
        "Regimen for endocarditis\n\n• Ampicillin 2 g IV every 4 hours\nPLUS\n"
        "• Gentamicin 3 mg/kg/day (strong recommendation)"
    )
    rows = rows_of(text)
    assert [(r["drug"], r["with_drugs"], r["strength"]) for r in rows] == [
        ("ampicillin", ["gentamicin"], "strong"),
        ("gentamicin", ["ampicillin"], "strong"),
    ]
    assert len({r["quote"] for r in rows}) == 1


def test_what_this_means_is_taken_from_the_bullet_before(values_of: Values) -> None:
    text = (
        "Cellulitis\n\n• Cefazolin 1 g IV is recommended.\n• This should be combined with clindamycin.\n"
        "• It must not be combined with warfarin."
    )
    assert values_of(text, "drug", "direction", "with_drugs") == [
        ("cefazolin", "for", ""),
        ("clindamycin", "for", "cefazolin"),
        ("clindamycin", "against", "warfarin"),
    ]


def test_a_table_row_is_a_statement(values_of: Values) -> None:
    html = (
        "<html><body><h1>Treatment of cystitis</h1><table><thead><tr><th>Drug</th><th>Dose</th><th>Strength</th>"
        "<th>Comments</th></tr></thead><tr><td>Nitrofurantoin</td><td>100 mg twice daily for 5 days</td><td>Strong</td>"
        "<td>Not with probenecid</td></tr><tr><td>Fosfomycin</td><td>3 g</td><td>Conditional</td><td></td></tr>"
        "</table></body></html>"
    )
    rows = values_of(
        html, "drug", "disease", "dose_low", "duration_low", "strength", name="a.html", media_type="text/html"
    )
    assert rows == [
        ("nitrofurantoin", "cystitis", 100.0, 5.0, "strong"),
        ("fosfomycin", "cystitis", 3.0, None, "conditional"),
    ]


def test_a_column_of_lines_tells_the_line_of_therapy(values_of: Values) -> None:
    html = (
        "<html><body><h1>Treatment of melanoma</h1><table><tr><th>Line</th><th>Drug</th><th>Dose</th></tr>"
        "<tr><td>First</td><td>Nivolumab</td><td>480 mg every 4 weeks</td></tr>"
        "<tr><td>2nd</td><td>Ipilimumab</td><td>3 mg/kg</td></tr><tr><td>Later</td><td>Dacarbazine</td><td></td></tr>"
        "<tr><td>Any</td><td>Dabrafenib</td><td>150 mg</td></tr></table></body></html>"
    )
    assert values_of(html, "drug", "line", name="a.html", media_type="text/html") == [
        ("nivolumab", "first"),
        ("ipilimumab", "subsequent"),
        ("dacarbazine", "subsequent"),
        ("dabrafenib", "unstated"),
    ]


def test_the_head_of_a_column_tells_the_role_of_its_doses(values_of: Values) -> None:
    html = (
        "<html><body><h1>Treatment of hypothyroidism</h1><table><thead><tr><th>Drug</th><th>Starting dose</th>"
        "<th>Maximum dose</th></tr></thead><tr><td>Levothyroxine</td><td>25 mcg daily</td><td>200 mcg daily</td></tr>"
        "</table></body></html>"
    )
    rows = values_of(html, "drug", "dose_low", "dose_role", name="a.html", media_type="text/html")
    assert rows == [("levothyroxine", 25.0, "start"), ("levothyroxine", 200.0, "maximum")]


def test_running_prose_reads_like_bullets(values_of: Values) -> None:
    text = (
        "Treatment of Gout\n\nColchicine is first-line. The usual dose is 0.5 mg twice daily. In refractory cases, "
        "anakinra may be considered. It is contraindicated in active infection."
    )
    assert values_of(text, "drug", "direction", "line", "dose_text") == [
        ("colchicine", "for", "first", None),
        ("colchicine", "for", "unstated", "0.5 mg twice daily"),
        ("anakinra", "for", "subsequent", None),
        ("anakinra", "against", "unstated", None),
    ]


def test_drugs_of_headings_that_divide_a_dosing(values_of: Values) -> None:
    text = "Enoxaparin for Pulmonary Embolism\n\nStandard Dosing\n\n• 1 mg/kg every 12 hours\n\nRenal Impairment\n\n• 1 mg/kg once daily"
    assert values_of(text, "drug", "dose_low", "population") == [
        ("enoxaparin", 1.0, ""),
        ("enoxaparin", 1.0, "renal impairment"),
    ]


def test_the_authority_is_named(values_of: Values) -> None:
    text = (
        "Treatment of Type 2 Diabetes\n\nMetformin is recommended, according to the 2024 American Diabetes Association "
        "(ADA) guideline 1. Insulin is an option."
    )
    assert values_of(text, "drug", "guideline") == [("metformin", "ADA 2024"), ("insulin", None)]


def test_a_title_may_name_a_disease_and_its_more_specific_form(values_of: Values) -> None:
    text = (
        "How are nausea and vomiting of pregnancy and hyperemesis gravidarum treated?\n\n• Doxylamine 10 mg\n"
        "• Ginger is an option for nausea and vomiting of pregnancy"
    )
    assert values_of(text, "drug", "disease") == [
        ("doxylamine", "nausea and vomiting of pregnancy"),
        ("doxylamine", "hyperemesis gravidarum"),
        ("ginger", "nausea and vomiting of pregnancy"),
    ]


def test_a_title_that_runs_through_a_course_names_the_broader_disease(values_of: Values) -> None:
    text = "How is bipolar disorder treated, from acute mania to maintenance?\n\nLithium is recommended as maintenance treatment."
    assert values_of(text, "drug", "disease") == [("lithium", "bipolar disorder")]


def test_a_sentence_without_a_disease_has_that_of_the_title_not_of_the_sentence_before(
    values_of: Values,
) -> None:
    text = (
        "Treatment of Vasculitis: A Review\n\nMepolizumab is recommended for giant cell arteritis. "
        "Rituximab is given at 1000 mg IV once."
    )
    assert values_of(text, "drug", "disease") == [
        ("mepolizumab", "giant cell arteritis"),
        ("rituximab", "vasculitis"),
    ]


def test_a_lead_in_of_nice_gives_its_bullets_the_strength_of_its_verb(values_of: Values) -> None:
    text = (
        "Treatment of Gout\n\n1.1.1 Offer colchicine.\n\n1.1.2 Do not offer diuretics.\n\n"
        "1.1.3 Consider one of the following if colchicine is not tolerated:\n- naproxen 500 mg twice daily\n- prednisone 30 mg daily"
    )
    assert values_of(text, "drug", "strength", "grade_system") == [
        ("colchicine", "strong", "NICE"),
        ("diuretics", "strong", "NICE"),
        ("naproxen", "conditional", "NICE"),
        ("prednisone", "conditional", "NICE"),
    ]


@pytest.mark.parametrize(
    "said",
    [
        "The words below are those of NICE: offer, consider, do not offer.",
        "This summary follows the National Institute for Health and Care Excellence (NICE).",
        'As in all NICE guidelines, "offer" marks a strong recommendation.',
    ],
)
def test_an_article_that_says_it_keeps_the_words_of_nice_has_their_strength(
    values_of: Values, said: str
) -> None:
    text = f"Treatment of Gout\n\n{said}\n\n• Offer colchicine\n• Consider naproxen\n• Do not offer diuretics"
    assert values_of(text, "drug", "strength") == [
        ("colchicine", "strong"),
        ("naproxen", "conditional"),
        ("diuretics", "strong"),
    ]


@pytest.mark.parametrize(
    "said",
    [
        "NICE published its guideline in 2022.",
        "In terms of cost, or in other words of value, NICE was slow.",
    ],
)
def test_an_article_that_names_nice_once_has_not(values_of: Values, said: str) -> None:
    text = f"Treatment of Gout\n\n{said}\n\nFlares\n\n• Offer colchicine"
    assert values_of(text, "drug", "strength") == [("colchicine", "unstated")]


def test_lung_disease_in_an_article_on_a_connective_tissue_disease_is_its_own(values_of: Values) -> None:
    text = (
        "Treatment of Systemic Sclerosis\n\nRaynaud's Phenomenon\n\n• Nifedipine is recommended\n\n"
        "Interstitial Lung Disease\n\n• Mycophenolate is recommended\n• For ILD, tocilizumab may be used"
    )
    assert values_of(text, "drug", "disease") == [
        ("nifedipine", "Raynaud's phenomenon"),
        ("mycophenolate mofetil", "SSc-ILD"),
        ("tocilizumab", "SSc-ILD"),
    ]


def test_nice_is_named_where_the_list_is_introduced(values_of: Values) -> None:
    text = "ADHD\n\nNICE advises:\n\n• First-line: Offer methylphenidate\n• Consider atomoxetine"
    assert values_of(text, "drug", "strength", "grade_system") == [
        ("methylphenidate", "strong", "NICE"),
        ("atomoxetine", "conditional", "NICE"),
    ]


@pytest.mark.parametrize(
    ("lead", "expected"),
    [
        ("The following should not be offered for gout (NICE NG219):", ("against", "strong")),
        ("The following should be considered (NICE NG219):", ("for", "conditional")),
        ("The following should not be offered for gout:", ("against", "unstated")),
    ],
)
def test_a_lead_in_that_names_nice_gives_the_strength_of_its_verb(
    lead: str, expected: tuple[str, str], values_of: Values
) -> None:
    assert values_of(f"Gout\n\n{lead}\n\n• Canakinumab\n", "direction", "strength") == [expected]


def test_a_bullet_without_subject_is_about_the_drug_of_its_heading(values_of: Values) -> None:
    text = (
        "Treatment of Gout\n\nColchicine\n\n• Preferred in the first 36 hours\n• Not recommended in severe renal impairment\n\n"
        "Monitoring\n\n• Recommended for all: uric acid every month"
    )
    assert values_of(text, "drug", "direction", "preference") == [
        ("colchicine", "for", "preferred"),
        ("colchicine", "against", "unstated"),
    ]
