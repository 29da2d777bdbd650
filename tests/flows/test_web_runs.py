"""Whole runs against a real web server: polite, thrifty, and nothing told twice."""

from __future__ import annotations

import socket
from pathlib import Path

import pandas as pd
import pytest

from flows.options import RunOutcome
from pipeline.ledger import Ledger, status_of
from tests.web import Site

from .conftest import World

SETTINGS = "timeout = 1.0\nretries = 0\nallow_private_network = true\n"
DRUGS = "<ul><li>Colchicine {dose} on the first day</li><li>Naproxen 500 mg twice daily</li></ul>"


def page(
    *,
    dose: str = "1.2 mg",
    title: str = "Gout Flares",
    date: str = "2025-03-03",
    canonical: str = "",
    around: str = "",
    lead: str = "The following agents are recommended as first-line therapy for acute gout flares:",
) -> str:
    link = f'<link rel="canonical" href="{canonical}">' if canonical else ""
    return (
        f"<!doctype html><html><head><title>{title}</title>{link}"
        f'<meta property="article:modified_time" content="{date}"></head><body>'
        f"<nav><a href='/'>Home</a></nav>{around}<main><article><h1>{title}</h1>"
        f"<h2>Treatment of an Acute Gout Flare</h2><p>{lead}</p>{DRUGS.format(dose=dose)}"
        "<p>Allopurinol is strongly recommended as first-line therapy in patients with gout and tophi.</p>"
        "</article></main><footer>All rights reserved</footer></body></html>"
    )


def other(name: str = "Diabetes") -> str:
    return (
        f"<html><head><title>{name}</title></head><body><article><h1>{name}</h1><h2>Medication</h2><p>Metformin 500 mg "
        "twice daily is strongly recommended as first-line therapy in type 2 diabetes mellitus.</p></article></body></html>"
    )


class Web(World):
    """A site, a sources.toml about it, and a ledger."""

    site: Site

    def sources(self, *lines: str, settings: str = SETTINGS) -> None:
        text = "".join(f"[[source]]\nper_second = 1000\n{line}\n" for line in lines)
        (self.home / "sources.toml").write_text(settings + text)

    def put(self, path: str, body: str, tag: str) -> str:
        """A page with an ETag, which is not sent again to who has it."""
        content = (200, {"Content-Type": "text/html; charset=utf-8", "ETag": f'"{tag}"'}, body.encode())

        def answer(headers: dict[str, str]) -> tuple[int, dict[str, str], bytes]:
            return (304, {}, b"") if headers.get("if-none-match") == f'"{tag}"' else content

        self.site.pages[path] = answer
        return self.site.url + path

    def go(self, **given) -> RunOutcome:
        self.site.asked.clear()
        return self.run(sources=(), config=self.home / "sources.toml", **given)

    def held(self) -> dict[str, str]:
        rows = self.table("articles")
        return dict(zip(rows.article_id, rows.status))


@pytest.fixture
def web(tmp_path: Path, site: Site) -> Web:
    made = Web(tmp_path)
    made.site = site
    return made


def told(outcome: RunOutcome) -> dict[str, int]:
    names = ("looked_at", "unchanged", "read", "new_versions", "added", "changed", "removed", "gone", "failed",
             "set_aside", "newly_set_aside")  # fmt: skip
    return {n: getattr(outcome.run, n) for n in names if getattr(outcome.run, n)}


def test_the_second_run_only_asks_whether_anything_changed_and_leaves_every_byte(web):
    urls = [web.put("/gout", page(), "a"), web.put("/dm", other(), "b")]
    web.sources(*(f'url = "{u}"' for u in urls))
    first = web.go()
    assert (first.exit_code, first.run.new_versions) == (0, 2)
    before = web.snapshots()
    second = web.go()
    assert told(second) == {"looked_at": 2, "unchanged": 2}
    assert [h.get("if-none-match") for p, h in web.site.asked if p != "/robots.txt"] == ['"a"', '"b"']
    assert (web.snapshots(), second.rewritten) == (before, ())


def test_one_dose_changed_on_the_page_is_a_new_version_and_one_change(web):
    web.sources(f'url = "{web.put("/gout", page(), "a")}"')
    web.go()
    web.put("/gout", page(dose="0.6 mg", date="2026-04-04"), "b")
    outcome = web.go()
    assert told(outcome) == {"looked_at": 1, "read": 1, "new_versions": 1, "changed": 1}
    newest = web.table("changes").iloc[0]
    assert (newest.kind, newest.drug, newest.importance) == ("changed", "colchicine", "dose")
    ledger = Ledger.open(web.home / "processed")
    rows = ledger.read("articles", columns=["date", "superseded_at"]).to_pylist()
    assert sorted((str(r["date"]), r["superseded_at"] is None) for r in rows) == [
        ("2025-03-03", False),
        ("2026-04-04", True),
    ]


SAME = {
    "an advertisement": page(around="<aside class='advertisement'><p>Buy two, get one free.</p></aside>"),
    "another layout": page().replace("<main>", "<div class='wrap'><main id='m'>").replace("</main>", "</main></div>"),
    "white space": page().replace("><", ">\n   <").replace("twice daily", "twice\n  daily"),
    "a script": page(around="<script>var seen = 12345;</script>"),
}  # fmt: skip


@pytest.mark.parametrize("what", SAME)
def test_what_stands_around_the_article_makes_no_version(web, what):
    web.sources(f'url = "{web.put("/gout", page(), "a")}"')
    web.go()
    before = {n: b for n, b in web.snapshots().items() if n != "articles.parquet"}
    web.put("/gout", SAME[what], "b")
    assert told(web.go()) == {"looked_at": 1, "read": 1}
    assert {n: b for n, b in web.snapshots().items() if n != "articles.parquet"} == before
    assert told(web.go()) == {"looked_at": 1, "unchanged": 1}


@pytest.mark.parametrize("status", [404, 410])
def test_a_gone_article_is_told_once_keeps_its_claims_and_comes_back(web, status):
    url = web.put("/gout", page(), "a")
    web.sources(f'url = "{url}"', f'url = "{web.put("/dm", other(), "b")}"')
    web.go()
    claims = web.table("claims")
    web.site.page("/gout", "no longer", status)
    first = web.go()
    assert (first.exit_code, told(first)) == (0, {"looked_at": 2, "unchanged": 1, "gone": 1})
    assert "no longer there" in first.reports[0].read_text()
    assert "1 article gone" in first.reports[1].read_text()
    assert sorted(web.held().values()) == ["gone", "ok"]
    pd.testing.assert_frame_equal(web.table("claims"), claims)
    kept = {n: b for n, b in web.snapshots().items() if n != "places.parquet"}
    second = web.go()
    assert (second.exit_code, told(second)) == (0, {"looked_at": 2, "unchanged": 1})
    assert {n: b for n, b in web.snapshots().items() if n != "places.parquet"} == kept
    status_now = status_of(Ledger.open(web.home / "processed"), now=second.run.finished_at)
    assert [p["location"] for p in status_now.gone] == [url]
    web.put("/gout", page(), "a")
    third = web.go()
    assert (third.exit_code, told(third)) == (0, {"looked_at": 2, "unchanged": 1, "read": 1})
    assert set(web.held().values()) == {"ok"}
    assert web.table("claims").claim_id.tolist() == claims.claim_id.tolist()
    status_now = status_of(Ledger.open(web.home / "processed"), now=third.run.finished_at)
    assert (status_now.gone, status_now.articles) == ((), 2)


def test_an_article_that_comes_back_with_another_dose_is_a_changed_one(web):
    web.sources(f'url = "{web.put("/gout", page(), "a")}"')
    web.go()
    web.site.page("/gout", "no longer", 404)
    web.go()
    web.put("/gout", page(dose="0.6 mg", date="2026-04-04"), "b")
    assert told(web.go()) == {"looked_at": 1, "read": 1, "new_versions": 1, "changed": 1}
    assert list(web.held().values()) == ["ok"]


def moved_with_a_redirect(web: Web) -> str:
    new = web.put("/new", page(), "b")
    web.site.page("/gout", "", 301, Location=new)
    return f'url = "{web.site.url}/gout"'


def moved_with_its_tag(web: Web) -> str:
    web.site.page("/gout", "", 301, Location=web.put("/new", page(), "a"))
    web.go()
    return f'url = "{web.site.url}/new"'


def moved_and_the_list_names_the_new_address(web: Web) -> str:
    moved_with_a_redirect(web)
    web.go()
    return f'url = "{web.site.url}/new"'


def another_address_with_the_same_canonical_link(web: Web) -> str:
    new = web.put("/print/gout", page(canonical=f"{web.site.url}/gout"), "b")
    return f'url = "{new}"'


@pytest.mark.parametrize(
    "move",
    [
        moved_with_a_redirect,
        moved_with_its_tag,
        moved_and_the_list_names_the_new_address,
        another_address_with_the_same_canonical_link,
    ],
)
def test_a_moved_article_stays_the_same_article(web, move):
    web.sources(f'url = "{web.put("/gout", page(), "a")}"')
    web.go()
    name, claims = web.held(), web.table("claims")
    web.sources(move(web))
    outcome = web.go()
    assert (outcome.exit_code, outcome.run.new_versions, outcome.run.added) == (0, 0, 0)
    assert web.held() == name
    assert web.table("claims").claim_id.tolist() == claims.claim_id.tolist()
    web.put("/new", page(dose="0.6 mg", date="2026-04-04"), "c")
    web.put("/print/gout", page(dose="0.6 mg", date="2026-04-04", canonical=f"{web.site.url}/gout"), "c")
    assert told(web.go()) == {"looked_at": 1, "read": 1, "new_versions": 1, "changed": 1}
    assert web.held() == name


def test_what_a_server_does_wrong_is_told_once_and_then_counted_and_the_others_go_on(web):
    silent = socket.create_server(("127.0.0.1", 0))
    web.site.page("/robots.txt", "User-agent: *\nDisallow: /private\n")
    web.site.pages["/noise"] = (0, {}, b"\x00\xffnot http at all\r\n\r\n")
    web.site.page("/broken", "sorry", 500)
    web.site.page("/binary", bytes(range(256)) * 40)
    web.site.page("/empty", "")
    web.site.page("/picture", b"\x89PNG", Content_Type="image/png")
    web.put("/private/x", page(), "p")
    web.put("/gout", page(), "a")
    paths = ("noise", "broken", "binary", "empty", "picture", "private/x", "never", "gout")
    hang = f"http://127.0.0.1:{silent.getsockname()[1]}/hang"
    web.sources(*(f'url = "{web.site.url}/{p}"' for p in paths), f'url = "{hang}"')
    first, second = web.go(), web.go()
    silent.close()
    assert [(o.exit_code, o.run.newly_set_aside, o.run.set_aside, len(o.set_aside), len(o.failed)) for o in (first, second)] == [
        (3, 8, 8, 2, 6),
        (3, 0, 8, 2, 6),
    ]  # fmt: skip
    codes = {p["location"].removeprefix(web.site.url): p["code"] for p in (*second.set_aside, *second.failed)}
    assert {k: codes[k] for k in ("/noise", "/broken", "/picture", "/private/x", "/never")} == {
        "/noise": "E-FETCH-8",
        "/broken": "E-FETCH-11",
        "/picture": "E-FETCH-9",
        "/private/x": "E-FETCH-3",
        "/never": "E-FETCH-12",
    }
    assert codes[hang] == "E-FETCH-3"
    assert {p["failures"] for p in (*second.set_aside, *second.failed)} == {2}
    assert all(p["what"] and p["do"] for p in (*second.set_aside, *second.failed))
    assert set(web.table("claims").drug) >= {"colchicine", "allopurinol"}
    assert [path.read_bytes() for path in first.reports] == [path.read_bytes() for path in second.reports]


def test_a_site_that_fails_for_a_night_loses_nothing(web):
    web.sources(f'url = "{web.put("/gout", page(), "a")}"')
    web.go()
    claims = web.table("claims")
    web.site.page("/gout", "sorry", 503)
    outcome = web.go()
    assert (outcome.exit_code, [p["code"] for p in outcome.failed]) == (3, ["E-FETCH-11"])
    assert list(web.held().values()) == ["ok"]
    pd.testing.assert_frame_equal(web.table("claims"), claims)
    web.put("/gout", page(), "a")
    assert (web.go().exit_code, web.held().popitem()[1]) == (0, "ok")


SIGN_IN = "<html><title>Sign in</title><body><main><h1>Sign in</h1><p>Please sign in to read on.</p></main></body></html>"
CONSENT = (
    "<html><title>Before you go on</title><body><h2>Your privacy</h2><p>We use cookies.</p></body></html>"
)
NOT_FOUND = "<html><title>Not found</title><body><main><h1>Page not found</h1><p>It may have been moved.</p></main></body></html>"
IN_ITS_PLACE = {
    "a sign-in page": lambda web: web.site.page("/gout", SIGN_IN),
    "a redirect to one": lambda web: web.site.page("/gout", "", 302, Location=web.site.page("/sign-in", SIGN_IN)),
    "a wall of consent": lambda web: web.site.page("/gout", CONSENT),
    "an error page that says 200": lambda web: web.site.page("/gout", NOT_FOUND),
}  # fmt: skip


@pytest.mark.parametrize("what", IN_ITS_PLACE)
def test_a_page_in_the_place_of_an_article_is_told_and_takes_nothing_away(web, what):
    web.sources(f'url = "{web.put("/gout", page(), "a")}"', f'url = "{web.put("/dm", other(), "b")}"')
    web.go()
    held, claims = web.held(), web.table("claims")
    IN_ITS_PLACE[what](web)
    first, second = web.go(), web.go()
    assert (first.exit_code, told(first)) == (
        3, {"looked_at": 2, "unchanged": 1, "read": 1, "set_aside": 1, "newly_set_aside": 1}
    )  # fmt: skip
    assert [(p["location"], p["code"]) for p in second.set_aside] == [(web.site.url + "/gout", "E-RUN-6")]
    assert told(second) == {"looked_at": 2, "unchanged": 2, "set_aside": 1}
    pd.testing.assert_frame_equal(web.table("claims"), claims)
    web.put("/gout", page(dose="0.6 mg", date="2026-04-04"), "c")
    back = web.go()
    assert told(back) == {"looked_at": 2, "unchanged": 1, "read": 1, "new_versions": 1, "changed": 1}
    assert (back.exit_code, web.held(), len(web.table("claims"))) == (0, held, len(claims))


def test_a_page_that_lost_its_end_takes_no_claim_away_unless_that_is_asked_for(web):
    web.sources(f'url = "{web.put("/gout", page(), "a")}"')
    web.go()
    claims = web.table("claims")
    whole = page(date="2026-04-04")
    web.put("/gout", whole.partition("<p>Allopurinol")[0], "b")
    first, second = web.go(), web.go()
    assert [(o.exit_code, [p["code"] for p in o.set_aside]) for o in (first, second)] == [
        (3, ["E-RUN-7"])
    ] * 2
    pd.testing.assert_frame_equal(web.table("claims"), claims)
    assert told(web.go(again=True)) == {"looked_at": 1, "read": 1, "new_versions": 1, "removed": 1}
    web.put("/gout", whole.replace("</body></html>", ""), "c")
    assert told(web.go()) == {"looked_at": 1, "read": 1, "added": 1}


def test_articles_behind_one_sign_in_page_are_articles_of_their_own_again(web):
    paths = [f"/{name}" for name in ("a", "b", "c", "d")]
    known = paths[2:]

    def articles(which: list[str]) -> None:
        for path in which:
            web.put(
                path, other(f"Diabetes {path}").replace("Metformin 500", f"Metformin {ord(path[1])}"), path
            )

    def shut(which: list[str]) -> None:
        sign_in = web.site.page("/sign-in", SIGN_IN)
        for path in which:
            web.site.page(path, "", 302, Location=sign_in)

    articles(known)
    web.sources(*(f'url = "{web.site.url}{p}"' for p in known))
    web.go()
    shut(paths)
    web.sources(*(f'url = "{web.site.url}{p}"' for p in paths))
    kept_back = web.go(batch_size=1).set_aside
    assert [(p["code"], p["what"].split(", ")[1]) for p in kept_back] == [
        ("E-RUN-6", "where a claim was read before")
    ] * 2
    assert len(web.table("claims")) == 2
    articles(paths)
    outcome = web.go(batch_size=2)
    assert (outcome.exit_code, outcome.run.removed, outcome.run.added) == (0, 0, 2)
    at = web.table("articles")
    assert sorted(at.location.str.removeprefix(web.site.url)) == paths
    assert told(web.go()) == {"looked_at": 4, "unchanged": 4}


def test_one_canonical_link_on_every_page_does_not_make_them_one_article(web):
    pages = {"/gout": "Gout", "/dm": "Diabetes", "/print/dm": "Diabetes: to print", "/cap": "Pneumonia"}
    web.sources(*(f'url = "{web.site.url}{p}"' for p in pages))

    def published(dose: str) -> list[str]:
        for path, title in pages.items():
            body = page(title=title, dose=dose, canonical=f"{web.site.url}/guides")
            web.put(path, body, title[:8] + dose)
        outcome = web.go(batch_size=2)
        assert (outcome.exit_code, outcome.run.removed) == (0, 0)
        return sorted(web.table("articles").location.str.removeprefix(web.site.url))

    assert published("1.2 mg") == published("0.6 mg") == ["/cap", "/gout", "/print/dm"]


def test_a_sitemap_brings_what_it_names_and_later_what_it_names_newly(web):
    def sitemap(*paths: str) -> None:
        places = "".join(f"<url><loc>{web.site.url}{p}</loc></url>" for p in paths)
        web.site.page("/sitemap.xml", f"<urlset>{places}</urlset>", Content_Type="application/xml")

    web.put("/a/gout", page(), "a")
    web.put("/a/dm", other(), "b")
    web.put("/shop", other("Shop"), "c")
    sitemap("/a/gout", "/shop")
    web.sources(f'sitemap = "{web.site.url}/sitemap.xml"\ninclude = ["*/a/*"]\npublisher = "Bedside"')
    assert told(web.go())["new_versions"] == 1
    sitemap("/a/gout", "/a/dm")
    assert told(web.go()) == {"looked_at": 2, "unchanged": 1, "read": 1, "new_versions": 1, "added": 1}
    assert set(web.table("claims").source) == {"Bedside"}
    web.site.page("/sitemap.xml", "sorry", 500)
    outcome = web.go()
    assert (outcome.exit_code, [p["code"] for p in outcome.failed]) == (3, ["E-FETCH-11"])
    assert len(web.held()) >= 2


def test_a_list_that_cannot_be_read_is_told_beside_an_article_at_its_address_until_it_can(web):
    address = web.site.url + "/gout"
    lines = [f'url = "{address}"', f'sitemap = "{address}"']
    sitemap = (
        200,
        {"Content-Type": "application/xml"},
        f"<urlset><url><loc>{address}</loc></url></urlset>".encode(),
    )
    for number, order in enumerate((lines, lines[::-1])):
        web.put("/gout", page(dose=f"1.{number} mg"), f"a{number}")
        web.sources(*order)
        outcome = web.go()
        assert [(p["location"], p["code"]) for p in outcome.failed] == [(f"sitemap {address}", "E-FETCH-14")]
        assert (outcome.run.new_versions, web.held()[address]) == (1, "ok")
    web.site.page("/list", "sorry", 500)
    web.sources(f'sitemap = "{web.site.url}/list"')
    failed = web.go()
    web.site.pages["/list"] = lambda headers: sitemap
    mended = web.go()
    assert [(o.exit_code, [p["location"] for p in o.failed], o.run.set_aside) for o in (failed, mended)] == [
        (3, [web.site.url + "/list"], 2), (0, [], 1),
    ]  # fmt: skip
    places = Ledger.open(web.home / "processed").places().to_pylist()
    told = {p["location"].removeprefix(web.site.url): p["status"] for p in places}
    assert (told["/list"], told["/gout"]) == ("ok", "ok")
    web.site.pages["/list"] = (500, {}, b"")
    assert [p["failures"] for p in web.go().failed] == [1]


def test_private_addresses_are_refused_unless_allowed(web):
    web.sources(f'url = "{web.put("/gout", page(), "a")}"', settings="retries = 0\n")
    refused = web.go()
    assert (refused.exit_code, [p["code"] for p in refused.failed], web.site.asked) == (3, ["E-FETCH-2"], [])
    allowed = web.run(sources=(), config=web.home / "sources.toml", allow_private_network=True)
    assert (allowed.exit_code, allowed.run.new_versions) == (0, 1)
    assert list(web.held().values()) == ["ok"]
