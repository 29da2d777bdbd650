"""Headings of plain text: which lines are, and which stand under which (EVIDENCE.md, "What it inherits from structure")."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from pipeline.articles.shape import shape_of
from pipeline.model import Article


@pytest.mark.parametrize(
    ("line", "shape"),
    [
        ("First-Line Treatment Options", "strong"),
        ("Agents to Avoid as First-Line Therapy", "strong"),
        ("Monitoring", "strong"),
        ("DOSING IN CHILDREN", "strong"),
        ("Type 2 Diabetes With CKD Stage 3", "strong"),
        ("Severe Exacerbation: Intensive Therapy", "strong"),
        ("Crohn's Disease (CD)", "strong"),
        ("What to Do When Statins Fail?", "strong"),
        ("Second-line therapy", "weak"),
        ("Treatment of severe disease", "weak"),
        ("Adults without comorbidities", "weak"),
        ("When should insulin be started?", "weak"),
        ("Use of mRNA vaccines", "weak"),
        ("Start metformin in all patients", ""),
        ("Metformin is preferred", ""),
        ("Metformin is preferred 1, 2", ""),
        ("Leflunomide 1, 3", ""),
        ("Leflunomide [4]", ""),
        ("Amoxicillin 500 mg three times daily", ""),
        ("Treatment should begin early.", ""),
        ("Initial approach:", ""),
        ("and continue for a week", ""),
        ("PLUS", ""),
        ("Insulin, Metformin, and Care. Then Review", ""),
    ],
)
def test_the_shape_of_a_line(line: str, shape: str) -> None:
    assert shape_of(line) == shape


LIST = "•list"


def _text(headings: list[str]) -> str:
    """A text of these headings; LIST stands for content."""
    out = ["How is it treated?"]
    for heading in headings:
        out.append("  • Give the drug with food." if heading == LIST else heading)
    return "\n\n".join(out)


@pytest.mark.parametrize(
    ("headings", "levels"),
    [
        (["First-Line Therapy", LIST, "Second-Line Therapy", LIST], [1, 1]),
        (["Monitoring Needs", "Liver Tests", LIST, "Chest Imaging", LIST], [1, 2, 1]),
        (["Severe Colitis: Rescue in Hospital", LIST, "Severe Colitis Treatment Protocol", LIST, "Diet", LIST], [1, 2, 1]),
        (["Management of Resistant Depression Despite Therapy", LIST, "Resistant Depression Options", LIST], [1, 2]),
        (["Asthma in Adults", LIST, "Asthma in Children", LIST], [1, 1]),
        (["First-Line Therapy", LIST, "Failure of First-Line Therapy", LIST], [1, 1]),
        (["First-Line Therapy", LIST, "Agents to Avoid as First-Line Therapy", LIST], [1, 1]),
        (["First-Line Options for Gout", LIST, "Preferred First-Line Agents", LIST, "Alternative First-Line Agents", LIST],
         [1, 2, 2]),
        (["Disease-Specific First-Line Choices", "Crohn's Disease (CD)", LIST, "Ulcerative Colitis (UC)", LIST,
          "Monitoring During Therapy", LIST], [1, 2, 2, 1]),
        (["Therapy by Underlying Disease", "Gout", LIST, "Pseudogout", LIST, "Dosing and Administration", LIST],
         [1, 2, 2, 1]),
        (["Treatment by Severity", LIST, "Mild Flares", LIST, "Moderate Flares", LIST, "Severe Flares", LIST, "Diet", LIST],
         [1, 2, 2, 2, 1]),
        (["Special Populations", "Pregnancy", LIST, "Older Adults", LIST, "Renal Impairment", LIST, "Key Pitfalls", LIST],
         [1, 2, 2, 2, 1]),
        (["Vancomycin Dosing", "Adults", LIST, "Children", LIST, "Therapeutic Drug Monitoring", LIST], [1, 2, 2, 1]),
        (["Metformin", LIST, "Dosing", LIST, "Sulfonylureas", LIST, "Dosing", LIST], [1, 2, 1, 2]),
        (["Outpatient Treatment", "Adults Without Comorbidities", LIST, "Adults With Comorbidities", LIST,
          "Inpatient Treatment", LIST], [1, 2, 2, 1]),
        (["First-Line Treatment", "Favorable Risk", LIST, "Intermediate or Poor Risk", LIST, "Treatment After Progression", LIST],
         [1, 2, 2, 1]),
        (["Refractory Disease", LIST, "Maintenance", LIST], [1, 1]),
        (["Azathioprine", LIST, "Maintenance", LIST], [1, 2]),
        (["First-Line Agents", "With Proteinuria", LIST, "Without Proteinuria", LIST, "Without Delay", LIST], [1, 2, 2, 1]),
        (["Second-Line Therapy", "After Sorafenib", LIST, "After Immune Checkpoint Inhibitors", LIST, "Diet", LIST],
         [1, 2, 2, 1]),
        (["First-Line Maintenance", "BRCA-Mutated Disease", LIST, "HRD-Negative", LIST, "Platinum-Sensitive Relapse", LIST],
         [1, 2, 2, 1]),
        (["Biomarker-Directed First-Line Therapy", "MSI-High Tumors", LIST, "RAS Wild-Type Tumors", LIST,
          "Chemotherapy Backbones", LIST], [1, 2, 2, 1]),
        (["Initial Antibiotics", "Mild Disease (Oral)", LIST, "Moderate Disease With Fever", LIST, "Severe Sepsis", LIST],
         [1, 2, 2, 1]),
        (["From the Guidelines", LIST, "Drug Options", LIST, "Follow-Up", LIST, "From the Research", "Outcomes", LIST],
         [1, 2, 2, 1, 2]),
        (["From the Guidelines", "Acute Care", "Choice of Fluid", LIST, "Diet", LIST], [1, 2, 3, 2]),
        (["Drug Options", LIST, "References", "Medical Disclaimer", LIST], [1, 1, 1]),
    ],
)  # fmt: skip
def test_levels_where_the_text_shows_none(
    read: Callable[..., Article], headings: list[str], levels: list[int]
) -> None:
    article = read(_text(headings))
    got = [(section.heading, section.level) for section in article.sections[1:]]
    assert got == list(zip([h for h in headings if h != LIST], levels, strict=True))
    flat = "".join(
        "<ul><li>Give the drug with food.</li></ul>" if h == LIST else f"<h2>{h}</h2>" for h in headings
    )
    page = read(f"<body><h1>How is it treated?</h1>{flat}</body>")
    assert [(section.heading, section.level) for section in page.sections[1:]] == got


@pytest.mark.parametrize(
    ("page", "paths"),
    [
        ("<h1>T</h1><h2>A</h2><p>words</p><h3>B</h3><p>words</p><h4>C</h4><p>words</p><h3>D</h3><p>words</p><h2>E</h2><p>words</p>",
         ["A", "A>B", "A>B>C", "A>D", "E"]),
        ("<h2>A</h2><p>words</p><h4>B</h4><p>words</p><h3>C</h3><p>words</p>", ["A", "A>B", "A>C"]),
        ("<h1>T</h1><h3>A</h3><p>words</p><h2>B</h2><p>words</p>", ["A", "B"]),
        ("<h1>T</h1><h2>A</h2><p><b>Bold part</b></p><p>text of it</p><p><b>Lead:</b></p><ul><li>words</li></ul>", ["A", "A>Bold part"]),
        ("<h1>T</h1><div role=heading aria-level=2>A</div><p>words</p><div role=heading aria-level=3>B</div><p>words</p>", ["A", "A>B"]),
    ],
)  # fmt: skip
def test_the_levels_that_a_page_shows_decide(
    read: Callable[..., Article], page: str, paths: list[str]
) -> None:
    article = read(f"<html><head><title>T here</title></head><body>{page}</body></html>")
    assert [">".join(section.path) for section in article.sections[1:]] == paths


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Use one of these drugs now:\n\nLeflunomide\n\nTNF inhibitors\n\nAbatacept\n\nMonitoring\n\nCheck the blood.",
         ["Use one of these drugs now:", "* Leflunomide", "* TNF inhibitors", "* Abatacept", "## Monitoring", "Check the blood."]),
        ("Options for adults: • aspirin • ibuprofen • naproxen\n\nStop early.",
         ["Options for adults:", "• aspirin", "• ibuprofen", "• naproxen", "Stop early."]),
        ("1. Start low\n2. Go slow:\n- weekly\n- monthly\n3. Review",
         ["1. Start low", "2. Go slow:", "  - weekly", "  - monthly", "3. Review"]),
        (" 9. Nine\n10. Ten\n  a. part\n  b. part\n11. Eleven",
         ["9. Nine", "10. Ten", "  a. part", "  b. part", "11. Eleven"]),
        ("• Amoxicillin\n  PLUS\n• Azithromycin", ["• Amoxicillin", "* PLUS", "• Azithromycin"]),
        ("- one\n\n  more on one\n\n- two\n\nAfter the list.", ["- one", "more on one", "- two", "After the list."]),
        ("Metformin preferred in most adults\n\nAdd insulin later on.", ["Metformin preferred in most adults", "Add insulin later on."]),
        ("2.1 Drug Therapy\n\nGive it early.\n\n2.2 Surgery\n\nRarely needed here.",
         ["## Drug Therapy", "Give it early.", "## Surgery", "Rarely needed here."]),
        ("H. pylori needs two antibiotics.\n\nE. coli needs one.", ["H. pylori needs two antibiotics.", "E. coli needs one."]),
    ],
)  # fmt: skip
def test_blocks_of_plain_text(
    read: Callable[..., Article], outline: Callable[[Article], list[str]], text: str, expected: list[str]
) -> None:
    got = [
        line.split("   <")[0]
        for line in outline(read(f"What is the treatment?\n\nStart now please.\n\n{text}"))
    ]
    assert got[2:] == expected
