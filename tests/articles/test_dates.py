"""The article's own date: every usual form, strict, and which of several wins."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pipeline.articles.dates import date_line, parse_date
from pipeline.model import Article

JAN8 = dt.date(2026, 1, 8)


@pytest.mark.parametrize(
    ("line", "date"),
    [
        ("Last updated: January 8, 2026", JAN8),
        ("Last updated: January 8, 2026View editorial policy", JAN8),
        ("Last Updated January 8th, 2026", JAN8),
        ("Updated 8 Jan 2026", JAN8),
        ("Updated: 8 Jan. 2026.", JAN8),
        ("Last reviewed: 2026-01-08", JAN8),
        ("Reviewed on 8th January 2026", JAN8),
        ("Published online March 2025", dt.date(2025, 3, 1)),
        ("Published: Thursday, January 8, 2026 at 10:30 AM EST", JAN8),
        ("Date: 08.01.2026", JAN8),
        ("Date: 08-01-2026", JAN8),
        ("Revised 1/8/2026", JAN8),
        ("Revised 25/12/2025", dt.date(2025, 12, 25)),
        ("Last modified 2026/01/08", JAN8),
        ("Last modified: 2026-01-08T09:30:00Z", JAN8),
        ("This article was last updated on 8 January 2026", JAN8),
        ("Page last updated: 8 January 2026", JAN8),
        ("Last updated | 8 January 2026", JAN8),
        ("(Updated January 8, 2026)", JAN8),
        ("By Jane Roe, MD | Updated Jan 8, 2026 | 5 min read", JAN8),
        ("Literature review current through: January 2026", dt.date(2026, 1, 1)),
        ("Last updated January 8, 2026Editorial standards", JAN8),
        ("January 8, 2026 - 5 min read", JAN8),
        ("Answered by Elm Clinic · Updated Jan. 8, 2026 · 4 min read", JAN8),
        ("Page last reviewed: 8 January 2026 Next review due: 8 January 2029", JAN8),
        ("Revised: 01/2026 Review due: 01/2028 Author: Dr P. Lamb", dt.date(2026, 1, 1)),
        ("Reviewed 01-2026", dt.date(2026, 1, 1)),
        ("8 January 2026", JAN8),
        ("2026 Jan 8", JAN8),
    ],
)
def test_a_line_that_states_the_date(line: str, date: dt.date) -> None:
    stated = date_line(line)
    assert stated is not None
    assert [one.date for one in stated] == [date]


def test_two_dates_side_by_side() -> None:
    for line in (
        "Published Mar 1, 2024Last Updated Jan 8, 2026",
        "First published March 1, 2024. Page last updated: Jan 8, 2026",
    ):
        assert [(one.rank, one.date) for one in date_line(line) or ()] == [
            (2, dt.date(2024, 3, 1)),
            (0, JAN8),
        ]


@pytest.mark.parametrize(
    "line",
    [
        "Updated in March 2025, the guideline recommends colchicine.",
        "The trial was published in March 2025.",
        "Updated 31 February 2026",
        "Updated 2026",
        "Last updated: soon",
        "Reviewed 120 patients from 2019-03-01",
        "Start 8 January 2026 doses later",
        "Published evidence from 2020 to 2025",
        "Date: 13/13/2026",
        "1200-1500 mg/day",
        "2026 ACR guideline update: March 2026 draft recommends 5 mg",
        "Updated 8 Jan 1066",
    ],
)
def test_a_line_that_states_none(line: str) -> None:
    assert date_line(line) is None


@pytest.mark.parametrize(
    ("text", "day_first", "date"),
    [
        ("05/06/2025", False, dt.date(2025, 5, 6)),
        ("05/06/2025", True, dt.date(2025, 6, 5)),
        ("05.06.2025", False, dt.date(2025, 6, 5)),
        ("20260108", False, JAN8),
        ("03/2025", False, dt.date(2025, 3, 1)),
        ("2025-03", False, dt.date(2025, 3, 1)),
        ("Smarch 8, 2026", False, None),
    ],
)
def test_numbers_alone(text: str, day_first: bool, date: dt.date | None) -> None:
    assert parse_date(text, day_first=day_first) == date


@given(st.dates(dt.date(1900, 1, 1), dt.date(2199, 12, 31)))
def test_every_day_is_read_back(day: dt.date) -> None:
    forms = ["%Y-%m-%d", "%d %B %Y", "%B %d, %Y", "%b %d, %Y", "%d.%m.%Y", "%m/%d/%Y", "%d-%b-%Y"]
    assert [parse_date(day.strftime(form)) for form in forms] == [day] * len(forms)


@pytest.mark.parametrize(
    ("content", "date"),
    [
        ("Gout\n\nPublished 1 May 2024 | Updated 2 June 2025\n\nUse colchicine.", dt.date(2025, 6, 2)),
        ("Gout\n\nPublished 1 May 2026\n\nLast reviewed 2 June 2025\n\nUse colchicine.", dt.date(2025, 6, 2)),
        ("Gout\n\nUse colchicine. The label was revised on 3 March 2024.", None),
        ("Gout\n\nUse colchicine.\n\nReferences\n\n1. Roe. Published 3 March 2024", None),
        (
            "<html lang=en-GB><head><meta name='dcterms.modified' content='05/06/2025'></head>"
            "<body><p>Use colchicine.</p></body></html>",
            dt.date(2025, 6, 5),
        ),
        (
            "<html><head><meta property='article:modified_time' content='2025-07-01T00:00:00+00:00'></head>"
            "<body><h1>Gout</h1><p>Last updated: 2 June 2025</p><p>Use colchicine.</p></body></html>",
            dt.date(2025, 6, 2),
        ),
        (
            "<html><head><meta property='article:modified_time' content='2025-07-01'></head>"
            "<body><h1>Gout</h1><p>Published 2 June 2024</p><p>Use colchicine.</p></body></html>",
            dt.date(2025, 7, 1),
        ),
        (
            '<html><head><script type="application/ld+json">{"@graph": [{"@type": "Article", '
            '"dateModified": "2025-03-04T05:06:07Z"}]}</script></head><body><h1>Gout</h1><p>Text here.</p></body></html>',
            dt.date(2025, 3, 4),
        ),
        (
            "<body><main><h1>Gout</h1><p>By Roe <time datetime='2025-02-03' itemprop='dateModified'>3 Feb</time></p>"
            "<p>Use colchicine.</p></main><div class='related'><time datetime='2026-01-01'>x</time></div></body>",
            dt.date(2025, 2, 3),
        ),
        (
            "<body><header><h1>Gout</h1><span>Last updated: 3 Feb 2025</span></header><main><p>Use colchicine now.</p></main>",
            dt.date(2025, 2, 3),
        ),
    ],
)
def test_which_date_an_article_takes(
    read: Callable[..., Article], content: str, date: dt.date | None
) -> None:
    article = read(content)
    assert article.date == date
    assert any("no date" in warning for warning in article.warnings) == (date is None)
