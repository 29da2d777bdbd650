"""What the server refuses, and what every answer carries."""

from __future__ import annotations

import datetime as dt
import re

import httpx
import pytest

from pipeline.changes import diff_claims
from pipeline.desk.errors import DeskError
from pipeline.desk.security import Security, clean_name, is_loopback, kept_secret
from pipeline.ledger import Batch, Ledger
from pipeline.model import row_of
from tests.desk.conftest import DAY, EVIL, claims_of, conflict_row, write_run


@pytest.fixture
def client(serving):
    with httpx.Client(base_url=serving().url, follow_redirects=True) as web:
        web.post("/login", data={"name": "Ann", "back": "/"})
        yield web


def csrf_of(page: str) -> str:
    found = re.search(r'name="csrf" value="([0-9a-f]+)"', page)
    assert found is not None
    return found[1]


def decision_form(page: str) -> dict[str, str]:
    form = page[page.index('id="decide"') :]
    return dict(
        re.findall(r'<input type="hidden" name="(\w+)" value="([^"]*)">', form[: form.index("</form>")])
    )


def test_every_answer_carries_the_headers(client):
    for path in ("/", "/history", "/login", "/static/desk.css", "/nowhere"):
        headers = client.get(path).headers
        assert "default-src 'none'" in headers["content-security-policy"]
        assert "unsafe" not in headers["content-security-policy"]
        assert (headers["x-content-type-options"], headers["x-frame-options"]) == ("nosniff", "DENY")


def test_the_session_cookie_is_closed_to_scripts_and_other_sites(serving):
    with httpx.Client(base_url=serving().url) as web:
        cookie = web.post("/login", data={"name": "Ann"}).headers["set-cookie"]
    assert "HttpOnly" in cookie
    assert "SameSite=strict" in cookie


@pytest.mark.parametrize("path", ["/", "/history", "/?item=x"])
def test_without_a_session_the_desk_asks_for_a_name(serving, path):
    with httpx.Client(base_url=serving().url) as web:
        answer = web.get(path)
    assert (answer.status_code, answer.headers["location"].split("?")[0]) == (303, "/login")


@pytest.mark.parametrize("cookie", ["nonsense", "eyJlZGl0b3IiOiJBbm4iLCJpZCI6IngifQ.aaaa.bbbb"])
def test_a_forged_session_is_none(serving, cookie):
    with httpx.Client(base_url=serving().url, cookies={"evidence_desk": cookie}) as web:
        assert web.get("/").status_code == 303


@pytest.mark.parametrize(
    ("path", "data", "headers"),
    [
        ("/decide", {}, {}),
        ("/decide", {"csrf": "0" * 64}, {}),
        ("/undo", {"csrf": "0" * 64}, {}),
        ("/undo", {"csrf": "é"}, {}),
        ("/skip", {}, {}),
        ("/logout", {}, {}),
        ("/decide", {"csrf": "right"}, {"Origin": "https://evil.example"}),
    ],
)
def test_a_form_from_elsewhere_decides_nothing(client, processed, path, data, headers):
    if data.get("csrf") == "right":
        data = decision_form(client.get("/").text) | {"verdict": "settle", "resolution": "both"}
    answer = client.post(path, data=data, headers=headers)
    assert answer.status_code == 403
    assert Ledger.open(processed).decisions().num_rows == 0


def test_another_name_for_this_address_gets_no_answer(client):
    assert client.get("/", headers={"Host": "evil.example"}).status_code == 421


def test_a_form_of_no_stated_length_is_not_read(client):
    assert client.post("/skip", content=iter([b"csrf=0"])).status_code == 411


@pytest.mark.parametrize("back", ["//evil.example", "https://evil.example", "/\\evil.example"])
def test_signing_in_leads_nowhere_else(serving, back):
    with httpx.Client(base_url=serving().url) as web:
        assert web.post("/login", data={"name": "Ann", "back": back}).headers["location"] == "/"


def test_a_token_is_asked_for_and_guessing_ends(serving):
    with httpx.Client(base_url=serving(token="a long enough token").url) as web:
        for _ in range(10):
            assert web.post("/login", data={"name": "Ann", "token": "guess"}).status_code == 422
        assert web.post("/login", data={"name": "Ann", "token": "a long enough token"}).status_code == 409


def test_the_right_token_opens_the_desk(serving):
    with httpx.Client(base_url=serving(token="a long enough token").url) as web:
        assert web.post("/login", data={"name": "Ann", "token": "a long enough token"}).status_code == 303
        assert web.get("/").status_code == 200


@pytest.mark.parametrize(("host", "loopback"), [("127.0.0.1", True), ("::1", True), ("localhost", True),
                                               ("0.0.0.0", False), ("192.168.1.4", False), ("desk.example", False)])  # fmt: skip
def test_other_addresses_need_a_token(host, loopback):
    assert is_loopback(host) is loopback
    if loopback:
        Security(secret=b"x", host=host, port=1)
    else:
        with pytest.raises(DeskError, match="needs a token"):
            Security(secret=b"x", host=host, port=1)
    with pytest.raises(DeskError, match="too short"):
        Security(secret=b"x", host=host, port=1, token="short")


def test_the_secret_is_kept_for_its_owner_alone(tmp_path):
    secret = kept_secret(tmp_path / "desk")
    assert kept_secret(tmp_path / "desk") == secret
    path = tmp_path / "desk" / "secret"
    assert path.stat().st_mode & 0o777 == 0o600
    path.write_bytes(b"")  # killed while it was written
    again = kept_secret(tmp_path / "desk")
    assert (len(again), again == secret, path.read_bytes() == again) == (32, False, True)
    assert [p.name for p in path.parent.iterdir()] == ["secret"]


@pytest.mark.parametrize(
    ("name", "clean"), [("  Ann  B ", "Ann B"), ("a\x00\nb", "ab"), ("x" * 99, "x" * 80), ("\u202e", "")]
)
def test_names_are_cleaned(name, clean):
    assert clean_name(name) == clean


def test_the_words_of_an_article_are_text(client):
    page = client.get("/", params={"show": "added"}).text
    assert "<script>document" not in page
    assert "<img" not in page
    assert "&lt;script&gt;document.title=&#39;owned&#39;&lt;/script&gt;" in page
    assert EVIL not in page


@pytest.mark.parametrize(
    "query",
    [{"item": "../../etc/passwd"}, {"item": "' or 1=1 --"}, {"q": "<script>alert(1)</script>"}, {"page": "99999"},
     {"show": "../x"}, {"message": "<b>hi</b>"}, {"page": "-3"}],
)  # fmt: skip
def test_odd_addresses_show_a_queue(client, query):
    answer = client.get("/", params=query)
    assert answer.status_code == 200
    assert "<script>alert" not in answer.text
    assert "<b>hi</b>" not in answer.text


@pytest.mark.parametrize(
    "path", ["/static/../app.py", "/static/%2e%2e/app.py", "/static/..%2fapp.py", "/docs", "/openapi.json"]
)
def test_nothing_else_is_served(client, path):
    assert client.get(path).status_code == 404


def test_a_decision_moves_on_to_the_next_item(client, processed):
    form = decision_form(client.get("/").text) | {
        "verdict": "settle",
        "resolution": "newer",
        "reason": "=1+1",
    }
    answer = client.post("/decide", data=form)
    assert "Settled: digoxin in atrial fibrillation" in answer.text
    [row] = Ledger.open(processed).decisions().to_pylist()
    assert (row["subject_id"], row["resolution"], row["reason"], row["editor"]) == (
        "x-1",
        "newer",
        "=1+1",
        "Ann",
    )


@pytest.mark.parametrize(
    "form",
    [
        {"verdict": "accept"},
        {"verdict": "settle"},
        {"verdict": "settle", "resolution": "mine"},
        {"verdict": "drop table"},
    ],
)
def test_a_verdict_that_does_not_fit_is_told(client, processed, form):
    answer = client.post("/decide", data=decision_form(client.get("/").text) | form)
    assert answer.status_code == 422
    assert Ledger.open(processed).decisions().num_rows == 0


def test_a_wrong_correction_keeps_what_was_typed(client):
    form = decision_form(client.get("/", params={"show": "dose"}).text)
    answer = client.post(
        "/decide", data=form | {"verdict": "correct", "dose_low": "lots", "reason": "see label"}
    )
    assert answer.status_code == 422
    assert "dose low: &#39;lots&#39; cannot be used" in answer.text
    assert 'value="lots"' in answer.text
    assert "see label" in answer.text


def test_a_form_that_is_too_large_is_refused(client):
    assert client.post("/decide", data={"reason": "x" * 1_100_000}).status_code == 413


def test_the_pulse_tells_who_decided(client):
    page = client.get("/").text
    client.post("/decide", data=decision_form(page) | {"verdict": "settle", "resolution": "both"})
    state = client.get("/pulse", params={"subject": "x-1"}).json()
    assert (state["decided"], state["total"], state["latest"]["editor"], state["latest"]["verdict"]) == (
        1,
        6,
        "Ann",
        "settled",
    )


def test_a_page_from_before_a_run_decides_nothing(client, processed):
    form = decision_form(client.get("/", params={"q": "metoprolol"}).text)
    back = Batch()
    back.closed["claims"] = ("article_id", ["af"])
    back.added["claims"] = claims_of("v1")
    back.added["changes"] = [row_of(c) for c in diff_claims(claims_of("v2"), claims_of("v1"))]
    write_run(processed, "run-3", back, DAY + dt.timedelta(days=2))
    client.get("/")  # the run is taken in
    answer = client.post("/decide", data=form | {"verdict": "accept", "reason": "half a thought"})
    assert (answer.status_code, "half a thought" in answer.text) == (409, True)
    assert "A run has changed this statement" in answer.text
    assert Ledger.open(processed).decisions().num_rows == 0


def test_a_side_is_not_chosen_of_a_disagreement_that_a_run_has_changed(client, processed):
    """It keeps its name while what the two articles say becomes something else."""
    form = decision_form(client.get("/", params={"show": "conflict"}).text)
    other = Batch()
    other.closed["discrepancies"] = ("discrepancy_id", ["x-1"])
    other.added["discrepancies"] = [conflict_row() | {"older_value": "for", "newer_value": "against"}]
    write_run(processed, "run-3", other, DAY + dt.timedelta(days=2))
    chosen = {"verdict": "settle", "resolution": "newer", "reason": "half a thought"}
    client.get("/")  # the run is taken in
    answer = client.post("/decide", data=form | chosen)
    assert (answer.status_code, "half a thought" in answer.text) == (409, True)
    assert "A run has changed this statement" in answer.text
    assert Ledger.open(processed).decisions().num_rows == 0
    again = decision_form(client.get("/", params={"show": "conflict"}).text)
    assert client.post("/decide", data=again | chosen).status_code == 200
    assert Ledger.open(processed).decisions().num_rows == 1


def test_who_keeps_the_decision_of_another_goes_on_where_they_were(client):
    form = decision_form(client.get("/", params={"show": "direction"}).text)
    client.post("/decide", data=form | {"verdict": "reject"})
    late = client.post("/decide", data=form | {"verdict": "accept"})
    assert late.status_code == 409
    assert f'href="/?item={form["next"]}&amp;show=direction"' in late.text
    assert "<strong>digoxin in atrial fibrillation</strong>" in late.text
