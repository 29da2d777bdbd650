"""Notations of wikis, trackers, forums and documentation, as Markdown."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from pipeline.articles.notations import as_markdown
from pipeline.model import Article


@pytest.mark.parametrize(
    ("written", "markdown"),
    [
        ("h1. Gout\nh3. In CKD\n# Stop\n# Start\n#* Low\n* Rest", "# Gout\n### In CKD\n1. Stop\n2. Start\n  - Low\n- Rest"),
        ("h1. Gout\n{panel:title=Doses}\n0.6 mg\n{panel}", "# Gout\n0.6 mg"),
        ("h1. Gout\n||Drug||Dose||\n|Colchicine|0.6 mg|", "# Gout\n| Drug | Dose |\n|---|---|\n|Colchicine|0.6 mg|"),
        ("== Gout ==\n=== Drugs ===\n'''Colchicine''' is ''old''.", "## Gout\n### Drugs\n**Colchicine** is *old*."),
        ("== Gout ==\n{{Infobox|a={{b}}}}Use [[colchicine]] or [[Naproxen (drug)|naproxen]].<ref name=a>Roe.</ref>\n== End ==\n[[Category:Joints]]",
         "## Gout\nUse colchicine or naproxen.\n## End"),
        ("====== Gout ======\n===== Drugs =====\n==== Doses ====", "# Gout\n## Drugs\n### Doses"),
        ("= Gout\nJane Roe <j@a.example>\n\n== Drugs\n. Rest\n.. Ice\n. Stop", "# Gout\n\n## Drugs\n1. Rest\n  1. Ice\n2. Stop"),
        ("== A\n|===\n|Drug |Dose\n\n|Colchicine\n|0.6 mg\n|===\n== B", "## A\n| Drug | Dose |\n|---|---|\n| Colchicine | 0.6 mg |\n## B"),
        ('== A ==\n{| class="x"\n! Drug !! Dose\n|-\n| Colchicine\n| style="a" | 0.6 mg\n|}\n== B ==',
         "## A\n| Drug | Dose |\n|---|---|\n| Colchicine | 0.6 mg |\n## B"),
        ("== A ==\n== B ==\n{| never closed\n| a", "## A\n## B\n{| never closed\n| a"),
        ("#+TITLE: Gout\n#+OPTIONS: toc:nil\n* Drugs\n** Doses\n- Rest", "# Gout\n\n## Drugs\n### Doses\n- Rest"),
        ("[b]Gout[/b]\n[list=1][*]Rest[*]Ice\n[list][*]Much[/list][/list]\nEnd.", "**Gout**\n1. Rest\n2. Ice\n  - Much\nEnd."),
        ("[size=20][b]Gout[/b][/size]\n[table][tr][td]Drug[/td][td]Dose[/td][/tr]\n[tr][td]A[/td][td]5 mg[/td][/tr][/table]",
         "**Gout**\n|Drug | Dose|\n|A | 5 mg|"),
        ("= Only one\n* Item", "= Only one\n* Item"),
        ("# Gout\n\n* Rest\n\n*Ice* [list]", "# Gout\n\n* Rest\n\n*Ice* [list]"),
    ],
)  # fmt: skip
def test_a_notation_becomes_markdown(written: str, markdown: str) -> None:
    assert as_markdown(written) == markdown


@pytest.mark.parametrize(
    "source",
    [
        "tre&shy;atment &lrm;with&zwj;out &#8203;pain&#xAD;",
        "tre\u00adatment \u200ewith\u200dout \u200bpain\u00ad",
        "treatment without pain",
    ],
)
def test_invisible_letters_are_no_letters(read: Callable[..., Article], source: str) -> None:
    assert read(f"<h1>Gout</h1><p>{source}</p>").text == "Gout\ntreatment without pain"


def test_signs_for_several_letters_and_wide_ones_are_plain(read: Callable[..., Article]) -> None:
    assert (
        read("Gout\n\nSuﬃcient reﬂux ﬁrst at １０　ｍｇ．").text == "Gout\nSufficient reflux first at 10 mg."
    )
