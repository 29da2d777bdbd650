"""The forms in which pages of different sites write headings and lists: short pages against their outlines."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from pipeline.model import Article

NESTED = [
    "• Colchicine",
    "  • 1.2 mg at once   <in: Colchicine>",
    "  • 0.6 mg later   <in: Colchicine>",
    "• Naproxen",
]
SECTIONS = ["## First-Line Therapy", "• Colchicine", "## Monitoring", "• Uric acid"]


@pytest.mark.parametrize(
    ("page", "expected"),
    [
        pytest.param(
            "<ul><li>Colchicine</li><ul><li>1.2 mg at once</li><li>0.6 mg later</li></ul><li>Naproxen</li></ul>",
            NESTED,
            id="a list straight in a list",
        ),
        pytest.param(
            "<div>• Colchicine</div><div>&nbsp;&nbsp;&nbsp;• 1.2 mg at once</div><div>&nbsp;&nbsp;&nbsp;• 0.6 mg later</div>"
            "<div>• Naproxen</div>",
            NESTED,
            id="bullets typed, nested by hard spaces",
        ),
        pytest.param(
            "<p>• Colchicine</p><p style='margin-left: 40px'>• 1.2 mg at once</p><p style='margin-left: 40px'>• 0.6 mg later</p>"
            "<p>• Naproxen</p>",
            NESTED,
            id="bullets typed, nested by margins",
        ),
        pytest.param(
            "<p class=MsoListParagraph style='margin-left:.5in;mso-list:l0 level1 lfo1'><span>•<span>&nbsp;&nbsp; </span></span>Colchicine</p>"
            "<p style='margin-left:1in;mso-list:l0 level2 lfo1'><span>o<span>&nbsp; </span></span>1.2 mg at once</p>",
            ["• Colchicine", "  o 1.2 mg at once   <in: Colchicine>"],
            id="Word's lists",
        ),
        pytest.param(
            "<ul class='c6 lst-kix_ab-0 start'><li>Colchicine</li></ul><ul class='c6 lst-kix_ab-1 start'><li>1.2 mg at once</li><li>0.6 mg later</li>"
            "</ul><ul class='c6 lst-kix_ab-0'><li>Naproxen</li></ul>",
            NESTED,
            id="a list for each level, told by its class",
        ),
        pytest.param(
            "<div><ul><li aria-level=1><p>Colchicine</p></li></ul></div><div><ul><li aria-level=2><p>1.2 mg at once</p></li></ul></div>"
            "<div><ul><li aria-level=2><p>0.6 mg later</p></li></ul></div><div><ul><li aria-level=1><p>Naproxen</p></li></ul></div>",
            NESTED,
            id="a list for each item, levels told by attributes",
        ),
        pytest.param(
            "<ul><li aria-level=1>Colchicine</li><ul><li aria-level=2>1.2 mg at once</li><li aria-level=2>0.6 mg later</li></ul>"
            "<li aria-level=1>Naproxen</li></ul>",
            NESTED,
            id="levels told and nested",
        ),
        pytest.param(
            "<div role=list><div role=listitem><div>Colchicine</div><div role=list><div role=listitem>1.2 mg at once</div>"
            "<div role=listitem>0.6 mg later</div></div></div><div role=listitem><span>Naproxen</span></div></div>",
            NESTED,
            id="lists by their roles alone",
        ),
        pytest.param(
            "<table><tr><td width=20>&bull;</td><td><b>Colchicine</b></td></tr></table>"
            "<table style='margin-left:20px'><tr><td>&#9702;</td><td>1.2 mg at once</td></tr><tr><td>&#9702;</td><td>0.6 mg later</td></tr></table>"
            "<table><tr><td>&bull;</td><td>Naproxen</td></tr></table>",
            [one.replace("  • ", "  ◦ ") for one in NESTED],
            id="tables of bullets",
        ),
        pytest.param(
            "<dl><dt>Colchicine</dt><dd>0.6 mg</dd><dt>Naproxen:</dt><dd><p>500 mg</p></dd><dt>Why?</dt><dd>Pain.</dd>"
            "<dt>Children</dt><dd>0.3 mg</dd><dd>0.6 mg</dd></dl>",
            [
                "* Colchicine: 0.6 mg",
                "* Naproxen: 500 mg",
                "* Why?",
                "  * Pain.   <in: Why?>",
                "* Children",
                "  * 0.3 mg   <in: Children>",
                "  * 0.6 mg   <in: Children>",
            ],
            id="terms and their texts",
        ),
        pytest.param(
            "<table><tr><td>1</td><td>Colchicine</td></tr><tr><td>2</td><td>Naproxen</td></tr></table>",
            ["| 1 | Colchicine", "| 2 | Naproxen"],
            id="a table that counts its rows",
        ),
        pytest.param(
            "<h2>First-Line Therapy<a class=headerlink href='#x'>¶</a></h2><ul><li>Colchicine</li></ul>"
            "<h2><a class=anchor href='#y'># </a>Monitoring</h2><ul><li>Uric acid</li></ul>",
            SECTIONS,
            id="signs to link to headings",
        ),
        pytest.param(
            "<p>1. Rest the joint</p><p>2. Start colchicine</p><p>E. coli is no cause of gout.</p>",
            ["1. Rest the joint", "2. Start colchicine", "E. coli is no cause of gout."],
            id="numbers typed",
        ),
        pytest.param(
            "<p>– less than half of those treated – had a flare.</p><p>Colchicine is used.</p>",
            ["– less than half of those treated – had a flare.", "Colchicine is used."],
            id="one dash is no list",
        ),
        pytest.param(
            "<p>Options:<br>• Colchicine</p>",
            ["Options:", "• Colchicine   <led by: Options:>"],
            id="one bullet after a break",
        ),
        pytest.param(
            "<p>Options:<br>• Colchicine<br>&nbsp;&nbsp;• 1.2 mg at once</p>",
            [
                "Options:",
                "• Colchicine   <led by: Options:>",
                "  • 1.2 mg at once   <in: Colchicine; led by: Options:>",
            ],
            id="nested after breaks",
        ),
        pytest.param(
            "<h2><button aria-expanded=false>First-Line Therapy</button></h2><div class=accordion-body hidden><ul><li>Colchicine</li></ul>"
            "</div><h2><button aria-expanded=false>Monitoring</button></h2><div role=region aria-hidden=true><ul><li>Uric acid</li></ul></div>",
            SECTIONS,
            id="accordion in headings",
        ),
        pytest.param(
            "<h2><button>First-Line Therapy</button></h2><div hidden><ul><li>Colchicine</li></ul></div>"
            "<h2>Monitoring</h2><div hidden aria-labelledby=b><ul><li>Uric acid</li></ul></div>",
            SECTIONS,
            id="accordion below buttons",
        ),
        pytest.param(
            "<button class=accordion>First-Line Therapy</button><div class=panel style='display:none'><ul><li>Colchicine</li></ul></div>"
            "<button class=accordion>Monitoring</button><div class=panel><ul><li>Uric acid</li></ul></div><button>Print</button>",
            SECTIONS,
            id="accordion of buttons",
        ),
        pytest.param(
            "<details><summary>First-Line Therapy</summary><ul><li>Colchicine</li></ul></details>"
            "<details><summary>Monitoring</summary><ul><li>Uric acid</li></ul></details>",
            SECTIONS,
            id="details",
        ),
        pytest.param(
            "<div class='section-title'>First-Line Therapy</div><ul><li>Colchicine</li></ul>"
            "<div class='text-lg font-semibold'>Monitoring</div><ul><li>Uric acid</li></ul><h2>References</h2>",
            [*SECTIONS, "## References"],
            id="headings by class",
        ),
        pytest.param(
            "<p><span style='font-weight:700'>First-Line Therapy</span></p><ul><li><span style='font-weight:400'>Colchicine</span></li></ul>"
            "<p><span style='font-weight: bold'>Monitoring</span></p><ul><li>Uric acid</li></ul>"
            "<p><span style='font-weight:400'>Low Doses Only</span></p><p>Words.</p>",
            [*SECTIONS, "Low Doses Only", "Words."],
            id="headings by weight",
        ),
        pytest.param(
            "<p><b>First-Line Therapy:</b></p><ul><li>Colchicine</li></ul><p><b>Monitoring:</b></p><ul><li>Uric acid</li></ul>",
            ["## First-Line Therapy:", "• Colchicine", "## Monitoring:", "• Uric acid"],
            id="bold headings with colons",
        ),
        pytest.param(
            "<h2>Treatment of Gout</h2><p><b>First-Line Therapy:</b></p><ul><li>Colchicine</li></ul><h2>Monitoring</h2><p>Uric acid.</p>",
            [
                "## Treatment of Gout",
                "First-Line Therapy:",
                "• Colchicine   <led by: First-Line Therapy:>",
                "## Monitoring",
                "Uric acid.",
            ],
            id="bold lead-in below a heading",
        ),
        pytest.param(
            "<div class='d-none d-md-block'>Colchicine is used.</div><div class='d-none'>Never seen.</div>",
            ["Colchicine is used."],
            id="seen where there is room",
        ),
    ],
)
def test_a_page_has_its_outline(
    read: Callable[..., Article], outline: Callable[[Article], list[str]], page: str, expected: list[str]
) -> None:
    article = read(
        f"<html><head><title>T</title></head><body><h1>Gout care</h1>{page}</body></html>", "a.html"
    )
    assert outline(article)[1:] == expected
