"""Whole articles over HTTP: what the pages hold, what is refused, what is told."""

from __future__ import annotations

import re

import httpx
import pytest

from pipeline.desk.desk import Desk
from pipeline.ledger import Ledger
from tests.desk.conftest import EVIL, Clock


@pytest.fixture
def client(serving):
    with httpx.Client(base_url=serving().url, follow_redirects=True) as web:
        web.post("/login", data={"name": "Ann", "back": "/"})
        yield web


def whole_form(page: str) -> dict[str, str]:
    """The form that accepts all that is left."""
    form = page[page.index('class="bar"') :]
    return dict(
        re.findall(r'<input type="hidden" name="(\w+)" value="([^"]*)"', form[: form.index("</form>")])
    )


def decided(processed) -> list[tuple[str, str, str]]:
    rows = Ledger.open(processed).decisions().to_pylist()
    return sorted((r["verdict"], r["subject_id"], r["reason"]) for r in rows)


def test_the_list_tells_what_is_left_of_each_article(client):
    page = client.get("/articles").text
    cells = [re.sub(r"<[^>]+>|\s+", " ", row).split() for row in re.findall(r"<tr>.*?</tr>", page, re.S)]
    assert [" ".join(row) for row in cells[1:]] == [
        "Rhythm and rate in atrial fibrillation Bedside Answers 8 January 2026 Direction reversed 5 left 5 to look at"
    ]
    assert "No title fits" in client.get("/articles", params={"q": "gout"}).text


def test_all_that_is_left_is_accepted_with_its_comment(client, processed):
    form = whole_form(client.get("/article", params={"id": "af"}).text)
    answer = client.post("/article", data=form | {"reason": " read through "})
    assert "Accepted: 5 statements of Rhythm and rate in atrial fibrillation." in answer.text
    names = ("amiodarone", "digoxin", "diltiazem", "metoprolol", "verapamil")
    assert decided(processed) == [("accept", f"af-{name}", "read through") for name in names]
    assert "Nothing is left to decide" in client.get("/article", params={"id": "af"}).text
    assert "accepted by Ann" in client.get("/article", params={"id": "af"}).text


def test_what_others_decided_meanwhile_is_told_and_stays(client, processed):
    form = whole_form(client.get("/article", params={"id": "af"}).text)
    other = Desk(processed, now=Clock())
    other.decide([i for i in other.queue("bob") if i.subject_id == "af-metoprolol"], "reject", editor="bob")
    answer = client.post("/article", data=form)
    assert "Accepted: 4 statements" in answer.text
    assert "1 more was decided or changed meanwhile" in answer.text
    late = client.post("/article", data=form)
    assert (late.status_code, "Nothing was recorded" in late.text) == (409, True)
    assert [row[:2] for row in decided(processed) if row[0] == "reject"] == [("reject", "af-metoprolol")]


@pytest.mark.parametrize(
    ("data", "status"),
    [
        ({"csrf": "0" * 64}, 403),
        ({"verdict": "settle"}, 409),
        ({"verdict": ""}, 409),
        ({"items": ""}, 409),
        ({"items": "discrepancy-x-1"}, 409),
        ({"article": "elsewhere"}, 404),
    ],
)
def test_what_does_not_fit_decides_nothing(client, processed, data, status):
    form = whole_form(client.get("/article", params={"id": "af"}).text)
    assert client.post("/article", data=form | data).status_code == status
    assert decided(processed) == []


def test_a_single_decision_in_an_article_leads_back_to_it(client, processed):
    page = client.get("/article", params={"id": "af"}).text
    form = dict(
        re.findall(r'name="(\w+)" value="([^"]*)"', page[page.index('class="one"') :].split("</form>")[0])
    )
    answer = client.post("/decide", data=form | {"verdict": "accept", "at": "s-next"})
    assert (answer.url.path, answer.url.params["id"], answer.url.fragment) == ("/article", "af", "s-next")
    assert "4 statements are left to decide" in answer.text
    assert [row[:2] for row in decided(processed)] == [("accept", "af-digoxin")]


def test_unknown_articles_and_foreign_words(client):
    assert client.get("/article", params={"id": "../etc"}).status_code == 404
    page = client.get("/article", params={"id": "af", "message": "<b>hi</b>"}).text
    assert not [words for words in (EVIL, "<b>hi</b>", "<img", "<script>document") if words in page]
