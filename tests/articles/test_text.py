"""Plain text as different programs and people write it: whole short texts against their outlines."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from pipeline.model import Article

TIGHT = """How is gout treated?
Treatment of Acute Gout
Colchicine is recommended within a day of onset. 1, 2
First-Line Therapy
- Colchicine 1.2 mg, then 0.6 mg
- Naproxen 500 mg twice daily
Second-line therapy
- Prednisone 30 mg daily
Urate Lowering in Severe Disease
Allopurinol 100 mg daily is started after the flare.
Monitoring
- Uric acid every month
"""
TIGHT_OUTLINE = [
    "# How is gout treated?",
    "## Treatment of Acute Gout",
    "Colchicine is recommended within a day of onset. 1, 2",
    "## First-Line Therapy",
    "- Colchicine 1.2 mg, then 0.6 mg",
    "- Naproxen 500 mg twice daily",
    "## Second-line therapy",
    "- Prednisone 30 mg daily",
    "## Urate Lowering in Severe Disease",
    "Allopurinol 100 mg daily is started after the flare.",
    "## Monitoring",
    "- Uric acid every month",
]

COLONS = """How is gout treated?

First-line therapy:
- Colchicine 1.2 mg

Second-Line Therapy:

If colchicine is not tolerated:
- Prednisone 30 mg daily

Agents to Avoid:

- Thiazides
"""
COLONS_OUTLINE = [
    "# How is gout treated?",
    "## First-line therapy:",
    "- Colchicine 1.2 mg",
    "## Second-Line Therapy:",
    "If colchicine is not tolerated:",
    "- Prednisone 30 mg daily   <led by: If colchicine is not tolerated>",
    "## Agents to Avoid:",
    "- Thiazides",
]

LED = """How is gout treated?

First-Line Therapy

Initial approach:
- Colchicine 1.2 mg

If Flares Persist:
- Prednisone 30 mg daily

Monitoring

- Uric acid every month
"""
LED_OUTLINE = [
    "# How is gout treated?",
    "## First-Line Therapy",
    "Initial approach:",
    "- Colchicine 1.2 mg   <led by: Initial approach:>",
    "If Flares Persist:",
    "- Prednisone 30 mg daily   <led by: If Flares Persist:>",
    "## Monitoring",
    "- Uric acid every month",
]

NUMBERED = """How is gout treated?

1. First-Line Therapy

- Colchicine 1.2 mg

2. Monitoring

Uric acid every month.

3. Stepwise Plan

1. Rest the joint
2. Start colchicine

4. Urate lowering

- Allopurinol 100 mg
"""
NUMBERED_OUTLINE = [
    "# How is gout treated?",
    "## First-Line Therapy",
    "- Colchicine 1.2 mg",
    "## Monitoring",
    "Uric acid every month.",
    "## Stepwise Plan",
    "1. Rest the joint",
    "2. Start colchicine",
    "## Urate lowering",
    "- Allopurinol 100 mg",
]

LISTED = """How is gout treated?

1. Colchicine
   - 1.2 mg at once
2. Naproxen
   - 500 mg twice daily
3. Prednisone
   - 30 mg daily
"""
LISTS = """How is gout treated?

Flares

The first choice is as follows:

1. Colchicine

Prevention

The first choice is as follows:

1. Allopurinol 100 mg daily

   - Allopurinol 50 mg in kidney disease

2. Febuxostat

Diet

Drink enough water on every day.
"""
LISTS_OUTLINE = [
    "# How is gout treated?",
    "## Flares",
    "The first choice is as follows:",
    "1. Colchicine   <led by: The first choice is as follows>",
    "## Prevention",
    "The first choice is as follows:",
    "1. Allopurinol 100 mg daily   <led by: The first choice is as follows>",
    "  - Allopurinol 50 mg in kidney disease   <in: Allopurinol 100 mg daily; led by: The first choice is as follows>",
    "2. Febuxostat   <led by: The first choice is as follows>",
    "## Diet",
    "Drink enough water on every day.",
]

LISTED_OUTLINE = [
    "# How is gout treated?",
    "1. Colchicine",
    "  - 1.2 mg at once   <in: Colchicine>",
    "2. Naproxen",
    "  - 500 mg twice daily   <in: Naproxen>",
    "3. Prednisone",
    "  - 30 mg daily   <in: Prednisone>",
]

WORD = """How is gout treated?
First-Line Therapy
•\tColchicine
o\t1.2 mg at once
o\t0.6 mg later
•\tNaproxen
\uf0a7\t500 mg twice daily
"""
WORD_OUTLINE = [
    "# How is gout treated?",
    "## First-Line Therapy",
    "• Colchicine",
    "  o 1.2 mg at once   <in: Colchicine>",
    "  o 0.6 mg later   <in: Colchicine>",
    "• Naproxen",
    "  \uf0a7 500 mg twice daily   <in: Naproxen>",
]

UNMARKED = """How is gout treated?

First-Line Therapy

The following are recommended within a day of onset 1, 2:

Colchicine 1.2 mg, then 0.6 mg
NSAIDs
Prednisone

Agents to Avoid

NSAIDs
Low-dose aspirin started during a flare
Thiazides
"""
UNMARKED_OUTLINE = [
    "# How is gout treated?",
    "## First-Line Therapy",
    "The following are recommended within a day of onset 1, 2:",
    "* Colchicine 1.2 mg, then 0.6 mg   <led by: The following are recommended >",
    "* NSAIDs   <led by: The following are recommended >",
    "* Prednisone   <led by: The following are recommended >",
    "## Agents to Avoid",
    "* NSAIDs",
    "* Low-dose aspirin started during a flare",
    "* Thiazides",
]

FRAGMENTS = """How is gout treated?

First-Line Therapy

Start one of these within a day:

Colchicine

NSAIDs (naproxen)

Prednisone 30 mg

Urate Lowering

Allopurinol is started at 100 mg daily 1

Febuxostat 40 mg daily is an alternative 2

Agents to Avoid

Thiazides

Loop diuretics

Monitoring

Uric acid is measured every month.
"""
FRAGMENTS_OUTLINE = [
    "# How is gout treated?",
    "## First-Line Therapy",
    "Start one of these within a day:",
    "* Colchicine   <led by: Start one of these within a da>",
    "* NSAIDs (naproxen)   <led by: Start one of these within a da>",
    "* Prednisone 30 mg   <led by: Start one of these within a da>",
    "## Urate Lowering",
    "* Allopurinol is started at 100 mg daily 1",
    "* Febuxostat 40 mg daily is an alternative 2",
    "## Agents to Avoid",
    "* Thiazides",
    "* Loop diuretics",
    "## Monitoring",
    "Uric acid is measured every month.",
]


WRAPPED = """How is gout treated in adults who have had more than one flare in the year before?

Colchicine is recommended within a day of onset, as the guideline of the society
1. Naproxen is an alternative, and so is a short course of prednisone for those
with chronic kidney disease.

- Do not stop allopurinol during a flare, since the level of uric acid in blood
  2
- Low doses of aspirin may go on, as they hardly change uric acid (Class I, Level
  B) 1
"""
WRAPPED_OUTLINE = [
    "# How is gout treated in adults who have had more than one flare in the year before?",
    "Colchicine is recommended within a day of onset, as the guideline of the society 1. Naproxen is an alternative, and so is "
    "a short course of prednisone for those with chronic kidney disease.",
    "- Do not stop allopurinol during a flare, since the level of uric acid in blood 2   <led by: Colchicine is recommended with>",
    "- Low doses of aspirin may go on, as they hardly change uric acid (Class I, Level B) 1   <led by: Colchicine is recommended with>",
]

SHORT_LINES = """How is gout treated after a first flare?
Last updated: 12 March 2025

First-Line Therapy
  • Allopurinol 100 mg once daily, raised by 100 mg every month (strong)
  • Febuxostat 40 mg
Second-Line Therapy
  • Probenecid 250 mg twice daily for those in whom allopurinol is not tolerated
Agents to Avoid
  • Thiazides
"""
SHORT_LINES_OUTLINE = [
    "# How is gout treated after a first flare?",
    "## First-Line Therapy",
    "• Allopurinol 100 mg once daily, raised by 100 mg every month (strong)",
    "• Febuxostat 40 mg",
    "## Second-Line Therapy",
    "• Probenecid 250 mg twice daily for those in whom allopurinol is not tolerated",
    "## Agents to Avoid",
    "• Thiazides",
]

GRADED = """Guideline on acute gout

Treatment of the flare

1. In adults with a flare, we recommend colchicine.
Strong recommendation, high certainty of evidence
Remarks: The dose is 1.2 mg, then 0.6 mg an hour later, and no more on that day, since higher doses brought more diarrhea and not less pain in the trial.

2. We suggest naproxen.
Grade: 2B

Drugs that may raise uric acid

3. We suggest against thiazides.
Conditional recommendation (low-quality evidence)

Strong Recommendations
- Start allopurinol at 100 mg daily
"""
GRADED_OUTLINE = [
    "# Guideline on acute gout",
    "## Treatment of the flare",
    "1. In adults with a flare, we recommend colchicine.",
    "Strong recommendation, high certainty of evidence",
    "Remarks: The dose is 1.2 mg, then 0.6 mg an hour later, and no more on that day, since higher doses brought more diarrhea and not less pain in the trial.",
    "2. We suggest naproxen.   <led by: Remarks: The dose is 1.2 mg, t>",
    "Grade: 2B",
    "## Drugs that may raise uric acid",
    "3. We suggest against thiazides.",
    "Conditional recommendation (low-quality evidence)",
    "## Strong Recommendations",
    "- Start allopurinol at 100 mg daily",
]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        pytest.param(GRADED, GRADED_OUTLINE, id="grades in lines of their own"),
        pytest.param(TIGHT, TIGHT_OUTLINE, id="no blank lines"),
        pytest.param(COLONS, COLONS_OUTLINE, id="headings end in colons"),
        pytest.param(LED, LED_OUTLINE, id="lead-ins among headings"),
        pytest.param(NUMBERED, NUMBERED_OUTLINE, id="numbered headings"),
        pytest.param(LISTED, LISTED_OUTLINE, id="numbered list"),
        pytest.param(LISTS, LISTS_OUTLINE, id="numbered lists under several headings"),
        pytest.param(WORD, WORD_OUTLINE, id="Word's bullets"),
        pytest.param(UNMARKED, UNMARKED_OUTLINE, id="marks lost"),
        pytest.param(FRAGMENTS, FRAGMENTS_OUTLINE, id="marks lost, blank lines between"),
        pytest.param(WRAPPED, WRAPPED_OUTLINE, id="wrapped lines"),
        pytest.param(SHORT_LINES, SHORT_LINES_OUTLINE, id="lines longer than others are not wrapped there"),
    ],
)
def test_a_text_has_its_outline(
    read: Callable[..., Article], outline: Callable[[Article], list[str]], text: str, expected: list[str]
) -> None:
    assert outline(read(text)) == expected


@pytest.mark.parametrize(
    "lines",
    [
        ["| Drug | Dose |", "|---|:-:|", "| **Adults** | |", "| Colchicine | 1.2 mg |", "| Prednisone | 30 mg |"],
        ["Drug | Dose", "--- | ---", "Adults | ", "Colchicine | 1.2 mg", "Prednisone | 30 mg"],
        ["+-----+-----+", "| Drug | Dose |", "+=====+=====+", "| Adults | |", "| Colchicine | 1.2 mg |", "| Prednisone | 30 mg |"],
        ["Drug\tDose", "Adults\t ", "Colchicine\t1.2 mg", "Prednisone\t30 mg"],
    ],
    ids=["Markdown", "bars without frames", "drawn", "tabs"],
)  # fmt: skip
@pytest.mark.parametrize("markdown", [False, True])
def test_tables_of_plain_text(read: Callable[..., Article], lines: list[str], markdown: bool) -> None:
    top = "# Gout care\n\n**Doses:**\n\n" if markdown else "Gout care\n\nDoses:\n\n"
    table = "\n".join(lines) if markdown else "\n".join(lines).replace("**", "")
    article = read(f"{top}{table}\n\nStop early.\n")
    rows = [
        (
            block.marker,
            [(cell.header, article.words(cell)) for cell in block.cells],
            block.parent,
            block.lead_in,
        )
        for block in article.blocks
        if block.kind == "row"
    ]
    assert rows == [
        ("head", [("Drug", "Drug"), ("Dose", "Dose")], None, 1),
        ("group", [("Drug", "Adults"), ("Dose", "")], None, 1),
        ("", [("Drug", "Colchicine"), ("Dose", "1.2 mg")], 3, 1),
        ("", [("Drug", "Prednisone"), ("Dose", "30 mg")], 3, 1),
    ]
    assert article.text.split("\n")[-1] == "Stop early."


ADVICE = "Colchicine is recommended within a day of onset."


@pytest.mark.parametrize(
    ("head", "date", "kept"),
    [
        ("Elm BoardTwo experts check each page\nMeant for training • Approval is open\nWhere this answer stands\nSent In\nGone Over"
         "\n\nLast updated: March 3, 2025Our editing policy", "2025-03-03", []),
        ("Review Stage\nSubmitted\nUnder Review\nApproved\n\nLast updated January 27, 2026Editorial standards", "2026-01-27", []),
        ("By Jane Roe\n\nA Short Guide\n\nUpdated 3 March 2025", "2025-03-03", []),
        ("Gout is a common disease.\n\nUpdated 3 March 2025", "2025-03-03", ["Gout is a common disease."]),
        ("Avoid NSAIDs in CKD\n\nUpdated 3 March 2025", "2025-03-03", ["Avoid NSAIDs in CKD"]),
        ("Last updated: March 3, 2025See how we edit\n\nPersonalize\n\nTell us your role so that we can adapt the wording.",
         "2025-03-03", []),
    ],
)  # fmt: skip
def test_a_page_header_above_its_date_is_no_text(
    read: Callable[..., Article], head: str, date: str, kept: list[str]
) -> None:
    article = read(f"How is gout treated?\n\n{head}\n\n{ADVICE}\n")
    assert (str(article.date), article.text.split("\n")) == (date, ["How is gout treated?", *kept, ADVICE])


UNDERLINED = """==========
Gout Care
==========

First-Line Therapy
------------------

Use colchicine.

In CKD
~~~~~~

Give half of the dose.
----------------------

Monitoring
----------

Uric acid.
"""


def test_lines_below_words_make_headings_of_them(
    read: Callable[..., Article], outline: Callable[[Article], list[str]]
) -> None:
    assert outline(read(UNDERLINED)) == [
        "# Gout Care",
        "## First-Line Therapy",
        "Use colchicine.",
        "### In CKD",
        "Give half of the dose.",
        "## Monitoring",
        "Uric acid.",
    ]


LINKED = """[1]Home [2]Topics

Gout Care

First-Line Therapy

Use [3]colchicine in flares [4][1] or [12] naproxen. [5]2

References

   Visible links
   1. https://a.example/
   2. https://a.example/topics
   3. https://a.example/c
   4. https://a.example/#r1
   5. https://a.example/#r2
"""


def test_numbers_of_links_are_no_words(read: Callable[..., Article]) -> None:
    assert read(LINKED).text.split("\n") == [
        "Gout Care",
        "First-Line Therapy",
        "Use colchicine in flares [1] or [12] naproxen. 2",
    ]


def test_marked_headings_are_all_headings(
    read: Callable[..., Article], outline: Callable[[Article], list[str]]
) -> None:
    text = f"# Gout\n\n## First-Line Therapy\n\n{ADVICE}\n\nLow Doses\n\n**In CKD**\n\n- 0.3 mg\n\n## Monitoring\n\nUric acid.\n"
    assert outline(read(text)) == [
        "# Gout",
        "## First-Line Therapy",
        ADVICE,
        "Low Doses",
        "### In CKD",
        "- 0.3 mg",
        "## Monitoring",
        "Uric acid.",
    ]


@pytest.mark.parametrize(
    ("written", "words"),
    [
        (
            "Colchicine is well tolerated.¹,² Naproxen is cheap.³",
            "Colchicine is well tolerated. 1, 2 Naproxen is cheap. 3",
        ),
        ("Avoid febuxostat in heart failure¹², ¹⁴", "Avoid febuxostat in heart failure 12, 14"),
        ("Losartan lowers urate⁴⁻⁶ and blood pressure", "Losartan lowers urate 4-6 and blood pressure"),
        ("Give 500 mg/m² over 4 h (area in m²)", "Give 500 mg/m² over 4 h (area in m²)"),
        ("Stop below 50 × 10⁹/L or 1.5 mg·kg⁻¹", "Stop below 50 × 10⁹/L or 1.5 mg·kg⁻¹"),
        ("Correct low Mg²⁺ and Ca²⁺ first", "Correct low Mg²⁺ and Ca²⁺ first"),
    ],
)
def test_raised_figures(read: Callable[..., Article], written: str, words: str) -> None:
    article = read(f"Gout care\n\nDrug Choice\n\n• {written}\n• Rest the joint")
    assert article.text.split("\n") == ["Gout care", "Drug Choice", words, "Rest the joint"]


@pytest.mark.parametrize(
    ("written", "words"),
    [
        ("Use colchicine \\[1\\] if eGFR is \\>30, \\~0.6 mg", "Use colchicine [1] if eGFR is >30, ~0.6 mg"),
        ("Use it if eGFR $\\geq 30$ mL/min/1.73 $\\text{m}^2$", "Use it if eGFR ≥ 30 mL/min/1.73 m²"),
        ("It costs $5 or $6 a day", "It costs $5 or $6 a day"),
        ("C:\\new is no escape", "C:\\new is no escape"),
        ("Use colchicine【3†L1-L9】 or naproxen【turn0search1】", "Use colchicine [3] or naproxen"),
        ("Use colchicine [2](https://a.example/b) ([gout guide](https://a.example/c))", "Use colchicine [2] ([gout guide](https://a.example/c))"),
        ("Use colchicine within 24 hours.3,4 Then stop.5", "Use colchicine within 24 hours. 3,4 Then stop. 5"),
    ],
)  # fmt: skip
def test_marks_of_programs_that_answer(read: Callable[..., Article], written: str, words: str) -> None:
    assert read(f"Gout Care\n\n{written}\n\nEnd of it.\n").text.split("\n") == [
        "Gout Care",
        words,
        "End of it.",
    ]


def test_a_quoted_text_is_read_as_it_was(
    read: Callable[..., Article], outline: Callable[[Article], list[str]]
) -> None:
    text = "> # Gout Care\n>\n> ## ✅ First-Line Therapy\n>\n> - Colchicine\n>   - 0.6 mg\n> - Naproxen\n"
    assert outline(read(text)) == [
        "# Gout Care",
        "## First-Line Therapy",
        "- Colchicine",
        "  - 0.6 mg   <in: Colchicine>",
        "- Naproxen",
    ]


def test_citations_in_round_brackets_are_set_square_where_a_text_cites_so(
    read: Callable[..., Article],
) -> None:
    text = "Gout Care\n\n- Colchicine (1)\n- Naproxen, at (2) most (1, 2).\n- Prednisone (3)\n"
    assert read(text).text.split("\n") == [
        "Gout Care",
        "Colchicine [1]",
        "Naproxen, at (2) most [1, 2].",
        "Prednisone [3]",
    ]
    assert read("Gout Care\n\n- Colchicine (1)\n- Naproxen (2)\n").text.split("\n")[1] == "Colchicine (1)"
