"""Fetching from a real server: what is asked, what is kept, what is said when it fails."""

from __future__ import annotations

import contextlib
import datetime as dt
import gzip
import socket
import threading
import time
from collections import Counter
from pathlib import Path

import pytest

from pipeline.sources import Config, Failed, Fetched, Gone, RawStore, Source, Unchanged, gather
from pipeline.sources.guard import addresses_of, is_private
from pipeline.sources.headers import retry_after
from pipeline.sources.web import Fetcher

PACKED = gzip.compress(b"advice " * 200)
NOON = dt.datetime(2026, 3, 1, 12, tzinfo=dt.UTC)


def config_for(*sources: Source, **settings) -> Config:
    return Config(
        sources=sources, **{"allow_private_network": True, "retries": 2, "timeout": 2.0, **settings}
    )


def source(url: str, kind: str = "url", **more) -> Source:
    return Source(name=url, kind=kind, at=url, per_second=1000.0, **more)


def run(config: Config, raw: Path) -> list:
    return list(gather(config, RawStore(raw), now=lambda: NOON))


def summary(outcomes: list) -> list[tuple[str, str]]:
    rows = []
    for outcome in outcomes:
        if isinstance(outcome, Fetched):
            rows.append(("fetched", outcome.snapshot.content.decode()))
        elif isinstance(outcome, Failed):
            rows.append(("failed", outcome.error.code))
        else:
            rows.append((type(outcome).__name__.lower(), ""))
    return rows


def test_an_article_is_kept_with_whence_and_when(site, tmp_path):
    url = site.page("/af", "<p>Apixaban 5 mg</p>", ETag='"1"')
    [outcome] = run(config_for(source(url, publisher="Clinic")), tmp_path)
    assert isinstance(outcome, Fetched)
    kept = RawStore(tmp_path).get(outcome.snapshot.sha256)
    assert (kept.content, kept.location, kept.fetched_at, kept.media_type, kept.charset, kept.publisher) == (
        b"<p>Apixaban 5 mg</p>", url, NOON, "text/html", "utf-8", "Clinic",
    )  # fmt: skip
    assert ("etag", '"1"') in kept.headers


def test_the_second_time_only_a_condition_is_asked(site, tmp_path):
    def page(headers):
        if headers.get("if-none-match") == '"7"':
            return (304, {}, b"")
        return (200, {"Content-Type": "text/html", "ETag": '"7"'}, b"advice")

    site.pages["/a"] = page
    config = config_for(source(site.url + "/a"))
    assert summary(run(config, tmp_path)) == [("fetched", "advice")]
    [again] = run(config, tmp_path)
    assert isinstance(again, Unchanged)
    assert RawStore(tmp_path).get(again.sha256).content == b"advice"


def test_kept_bytes_that_were_lost_are_fetched_again(site, tmp_path):
    site.page("/a", "advice", ETag='"7"')
    config = config_for(source(site.url + "/a"))
    [first] = run(config, tmp_path)
    RawStore(tmp_path).path_of(first.snapshot.sha256).unlink()
    assert summary(run(config, tmp_path)) == [("fetched", "advice")]
    assert "if-none-match" not in site.asked[-1][1]


def test_redirects_are_followed_and_recorded(site, tmp_path):
    site.page("/new", "moved advice")
    site.page("/old", "", 301, Location="/middle")
    site.page("/middle", "", 302, Location=site.url + "/new")
    [outcome] = run(config_for(source(site.url + "/old")), tmp_path)
    assert outcome.snapshot.url == site.url + "/new"
    assert outcome.aliases == (site.url + "/old", site.url + "/middle")


@pytest.mark.parametrize("way", [["/gate"], ["/gate", "/cookies?for=gate"]])
def test_a_site_that_first_looks_whether_a_cookie_is_kept_gives_its_page(site, tmp_path, way):
    """By leading to the same address again, or to another one and back."""
    html = {"Content-Type": "text/html"}
    set_there = (302, {"Location": "/gate", "Set-Cookie": "kept=1; Path=/"}, b"")
    led_on = set_there if len(way) == 1 else (302, {"Location": way[1]}, b"")
    site.pages[way[-1]] = set_there
    site.pages["/gate"] = lambda h: (200, html, b"advice") if "kept=1" in h.get("cookie", "") else led_on
    [outcome] = run(config_for(source(site.url + "/gate")), tmp_path)
    assert (outcome.snapshot.content, outcome.snapshot.url) == (b"advice", site.url + "/gate")
    assert site.paths_asked() == [*way, "/gate"]


def test_a_server_that_is_wrong_about_what_did_not_change_is_asked_again_for_the_whole(site, tmp_path):
    bodies = [b"5 mg", b"10 mg"]
    html = {"Content-Type": "text/html", "ETag": '"always"'}
    site.pages["/x"] = lambda h: (304, {}, b"") if "if-none-match" in h else (200, html, bodies.pop(0))
    config, store = config_for(source(site.url + "/x")), RawStore(tmp_path)
    told = [
        list(gather(config, store, now=lambda: NOON, again=again)) for again in (False, False, True, False)
    ]
    assert [row for outcomes in told for row in summary(outcomes)] == [
        ("fetched", "5 mg"), ("unchanged", ""), ("fetched", "10 mg"), ("unchanged", ""),
    ]  # fmt: skip


def test_ever_new_cookies_are_a_circle_too(site, tmp_path):
    asked: list[int] = []

    def another(_):
        asked.append(1)
        return 302, {"Location": "/x", "Set-Cookie": f"n={len(asked)}; Path=/"}, b""

    site.pages["/x"] = another
    assert summary(run(config_for(source(site.url + "/x")), tmp_path)) == [("failed", "E-FETCH-4")]


@pytest.mark.parametrize(
    ("headers", "again"),
    [
        ({"Content-Type": "text/html, text/html", "ETag": '"1"'}, "unchanged"),
        ({"Content-Type": "text/html;charset=utf-8, text/html", "ETag": "1"}, "unchanged"),
        ({"Content-Type": "text/html", "ETag": '"é"'}, "fetched"),
        ({"Content-Type": "text/html", "Last-Modified": "März"}, "fetched"),
    ],
)
def test_strange_headers_lose_no_page(site, tmp_path, headers, again):
    def answer(asked):
        known = {"if-none-match", "if-modified-since"} & asked.keys()
        return (304, {}, b"") if known else (200, headers, b"advice")

    site.pages["/x"] = answer
    config = config_for(source(site.url + "/x"))
    assert [summary(run(config, tmp_path))[0][0] for _ in range(2)] == ["fetched", again]


@pytest.mark.parametrize(
    ("pages", "path", "expected"),
    [
        ({}, "/nowhere", ("gone", "")),
        ({"/x": (410, {}, b"")}, "/x", ("gone", "")),
        ({"/x": (403, {}, b"")}, "/x", ("failed", "E-FETCH-11")),
        ({"/x": (200, {"Content-Type": "image/png"}, b"png")}, "/x", ("failed", "E-FETCH-9")),
        ({"/x": (200, {"Content-Type": "text/html"}, b"x" * 2000)}, "/x", ("failed", "E-FETCH-5")),
        ({"/x": (302, {"Location": "/x"}, b"")}, "/x", ("failed", "E-FETCH-4")),
        ({"/x": (302, {"Location": "file:///etc/hosts"}, b"")}, "/x", ("failed", "E-FETCH-4")),
        ({"/x": (302, {"Location": "http://[half"}, b"")}, "/x", ("failed", "E-FETCH-4")),
        ({"/x": (0, {}, b"\x00\xffgarbage\r\n")}, "/x", ("failed", "E-FETCH-8")),
        ({"/robots.txt": (200, {}, b"User-agent: *\nDisallow: /x")}, "/x", ("failed", "E-FETCH-3")),
        ({"/robots.txt": (503, {}, b"")}, "/x", ("failed", "E-FETCH-3")),
    ],
)
def test_what_cannot_be_fetched_is_told_and_the_run_goes_on(site, tmp_path, pages, path, expected):
    site.pages.update(pages)
    site.page("/good", "good")
    config = config_for(source(site.url + path), source(site.url + "/good"), retries=0, max_bytes=1000)
    last = ("failed", "E-FETCH-3") if pages.get("/robots.txt", (200,))[0] == 503 else ("fetched", "good")
    assert summary(run(config, tmp_path)) == [expected, last]


def test_a_busy_server_is_asked_again_when_it_says(site, tmp_path):
    answers = [
        (503, {"Retry-After": "7"}, b""),
        (429, {}, b""),
        (200, {"Content-Type": "text/plain"}, b"at last"),
    ]
    site.pages["/busy"] = lambda _: answers.pop(0)
    slept: list[float] = []
    config = config_for(source(site.url + "/busy"))
    with Fetcher(config, RawStore(tmp_path), now=lambda: NOON, sleep=slept.append) as fetcher:
        outcome = fetcher.article(site.url + "/busy", config.sources[0])
    assert outcome.snapshot.content == b"at last"
    assert [s for s in slept if s >= 0.5] == [7.0, 1.0]


def test_one_host_is_asked_no_faster_than_it_should(site, tmp_path):
    for n in range(4):
        site.page(f"/{n}", str(n))
    slow = [Source(name=str(n), kind="url", at=f"{site.url}/{n}", per_second=0.5) for n in range(4)]
    slept: list[float] = []
    config = config_for(*slow)
    with Fetcher(
        config, RawStore(tmp_path), now=lambda: NOON, sleep=slept.append, clock=lambda: 0.0
    ) as fetcher:
        for one in slow:
            fetcher.article(one.at, one)
    assert slept == [2.0, 4.0, 6.0, 8.0]  # robots.txt takes the first turn


def test_a_server_that_hangs_is_left_after_the_timeout(tmp_path):
    with socket.socket() as listener:
        listener.bind(("127.0.0.1", 0))
        listener.listen()
        url = f"http://127.0.0.1:{listener.getsockname()[1]}/x"
        outcomes = run(config_for(source(url), timeout=0.2, retries=0), tmp_path)
    assert summary(outcomes) == [("failed", "E-FETCH-3")]


IN_VAIN = [
    ("busy", 503, ["E-FETCH-11"] * 20 + ["E-FETCH-15"] * 2, [4] * 3 + [1] * 17),
    ("a bug", 500, ["E-FETCH-11"] * 22, [4] * 3 + [1] * 19),
    ("forbidden", 403, ["E-FETCH-11"] * 22, [1] * 22),
]


@pytest.mark.parametrize(("status", "codes", "asked"), [c[1:] for c in IN_VAIN], ids=[c[0] for c in IN_VAIN])
def test_a_site_that_gives_no_page_is_soon_asked_less(site, tmp_path, status, codes, asked):
    pages = [source(site.page(f"/{n}", "sorry", status, Retry_After="100")) for n in range(22)]
    config = config_for(*pages, retries=3)
    with Fetcher(config, RawStore(tmp_path), now=lambda: NOON, sleep=lambda seconds: None) as fetcher:
        outcomes = [fetcher.article(one.at, one) for one in pages]
    assert [o.error.code for o in outcomes] == codes
    assert list(Counter(site.paths_asked()).values()) == asked


def test_a_page_that_comes_makes_a_site_be_asked_as_before(site, tmp_path):
    paths = ["/a", "/b", "/c", "/d", "/good", "/e"]
    pages = [source(site.page(p, "sorry", 200 if p == "/good" else 503)) for p in paths]
    config = config_for(*pages, retries=1)
    with Fetcher(config, RawStore(tmp_path), now=lambda: NOON, sleep=lambda seconds: None) as fetcher:
        for one in pages:
            fetcher.article(one.at, one)
    assert list(Counter(site.paths_asked()).values()) == [2, 2, 2, 1, 1, 2]


@pytest.mark.parametrize(
    ("body", "found"),
    [
        (PACKED, ("fetched", "advice " * 200)),
        (PACKED[:-12], ("failed", "E-FETCH-8")),
        (PACKED[:-8] + bytes(8), ("failed", "E-FETCH-10")),
        (b"", ("fetched", "")),
    ],
    ids=["whole", "cut", "another sum", "nothing"],
)
def test_a_packed_answer_is_taken_whole_or_not_at_all(site, tmp_path, body, found):
    url = site.page("/x", body, Content_Encoding="gzip")
    assert summary(run(config_for(source(url), retries=0), tmp_path)) == [found]


def closed_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return probe.getsockname()[1]


@pytest.mark.parametrize(
    ("robots", "what"),
    [
        ((200, {}, b"User-agent: *\nDisallow: /x"), "{site}/robots.txt does not allow this page"),
        ((503, {}, b""), "the site's robots.txt cannot be read, so none of its pages is fetched: the server answers 503"),
        ((403, {}, b""), "the site's robots.txt cannot be read, so none of its pages is fetched: the server answers 403"),
        ((0, {}, b"garbage\r\n"), "the site's robots.txt cannot be read, so none of its pages is fetched: "
         "the server does not answer as a web server does (RemoteProtocolError)"),
        (None, "the site's robots.txt cannot be read, so none of its pages is fetched: "
         "the server cannot be reached ([Errno 111] Connection refused)"),
    ],
)  # fmt: skip
def test_why_no_page_of_a_site_is_fetched_is_told(site, tmp_path, robots, what):
    home = site.url if robots is not None else f"http://127.0.0.1:{closed_port()}"
    if robots is not None:
        site.pages["/robots.txt"] = robots
    outcomes = run(config_for(source(home + "/x"), source(home + "/x/y"), retries=0), tmp_path)
    assert [o.error.what for o in outcomes] == [what.format(site=site.url)] * 2


@pytest.mark.parametrize("path", ["/direct", "/hop"])
def test_private_networks_are_refused_also_by_redirect(site, tmp_path, path):
    site.page("/direct", "secret")
    site.page("/hop", "", 302, Location="/direct")
    assert summary(run(config_for(source(site.url + path), allow_private_network=False), tmp_path)) == [
        ("failed", "E-FETCH-2")
    ]
    assert site.asked == []


def test_private_networks_are_refused_behind_a_name(site, tmp_path):
    port = site.server.server_address[1]
    assert {is_private(a) for a in addresses_of("localhost", port)} == {True}
    [outcome] = run(config_for(source(f"http://localhost:{port}/x"), allow_private_network=False), tmp_path)
    assert outcome.error.code == "E-FETCH-2"
    assert site.asked == []


@pytest.mark.parametrize(
    ("address", "private"),
    [
        ("127.0.0.1", True), ("10.1.2.3", True), ("172.20.0.1", True), ("192.168.1.1", True),
        ("169.254.169.254", True), ("0.0.0.0", True), ("100.64.0.1", True), ("224.0.0.1", True),
        ("::1", True), ("fe80::1%eth0", True), ("fd00::1", True), ("::ffff:127.0.0.1", True),
        ("8.8.8.8", False), ("2606:4700::1111", False),
    ],
)  # fmt: skip
def test_which_addresses_are_private(address, private):
    assert is_private(address) is private


ATOM = """<feed xmlns="http://www.w3.org/2005/Atom"><link rel="self" href="{u}/feed"/>
<entry><link rel="edit" href="{u}/no"/><link href="{u}/a"/></entry><entry><link rel="alternate" href="{u}/b"/></entry></feed>"""
RSS = "<rss><channel><link>{u}/no</link><item><link>{u}/a</link></item><item><link>{u}/b</link></item></channel></rss>"
SITEMAP = '<urlset xmlns="http://www.sitemaps.org/schemas/sitemap/0.9"><url><loc>{u}/a</loc></url><url><loc> {u}/b </loc></url></urlset>'
PLAIN = "# articles\n{u}/a\n\n{u}/b\n{u}/a\n"


@pytest.mark.parametrize(
    ("kind", "body"), [("feed", ATOM), ("feed", RSS), ("sitemap", SITEMAP), ("urls", PLAIN)]
)
@pytest.mark.parametrize("packed", [False, True])
def test_lists_of_addresses(site, tmp_path, kind, body, packed):
    if packed and kind == "urls":
        return
    site.page("/a", "A")
    site.page("/b", "B")
    content = body.format(u=site.url).encode()
    site.pages["/list"] = (200, {"Content-Type": "application/xml" if kind != "urls" else "text/plain"},
                           gzip.compress(content) if packed else content)  # fmt: skip
    outcomes = run(config_for(source(site.url + "/list", kind), source(site.url + "/a")), tmp_path)
    assert summary(outcomes) == [("fetched", "A"), ("fetched", "B")]


def test_a_sitemap_index_is_followed_and_globs_choose(site, tmp_path):
    site.page("/index.xml", f"<sitemapindex><sitemap><loc>{site.url}/s.xml</loc></sitemap></sitemapindex>")
    site.page("/s.xml", SITEMAP.format(u=site.url))
    site.page("/b", "B")
    outcomes = run(config_for(source(site.url + "/index.xml", "sitemap", include=("*/b",))), tmp_path)
    assert summary(outcomes) == [("fetched", "B")]


def test_a_sitemap_index_with_one_that_cannot_be_read_gives_the_others(site, tmp_path):
    parts = "".join(f"<sitemap><loc>{loc}</loc></sitemap>" for loc in ("/lost.xml", f"{site.url}/s.xml"))
    site.page("/index.xml", f"<sitemapindex>{parts}</sitemapindex>")
    site.page("/s.xml", SITEMAP.format(u=site.url))
    site.page("/a", "A")
    site.page("/b", "B")
    *found, last = run(config_for(source(site.url + "/index.xml", "sitemap")), tmp_path)
    assert summary(found) == [("fetched", "A"), ("fetched", "B")]
    assert (last.location, last.error.code, last.error.what) == (
        f"{site.url}/index.xml",
        "E-FETCH-11",
        f"{site.url}/lost.xml in this sitemap index: the server answers 404 for the list",
    )


NO_ARTICLE = [
    ("sitemap", "<urlset/>", "E-FETCH-7", "this sitemap names no article"),
    ("feed", "<rss><channel/></rss>", "E-FETCH-7", "this feed names no article"),
    ("urls", "# none yet\n", "E-FETCH-7", "this list names no article"),
    ("sitemap", SITEMAP.replace("/a<", "/x<").replace("/b ", "/x "), "E-FETCH-7", "this sitemap names no article"),
    ("sitemap", "<html><body><p>Sign in</p></body></html>", "E-FETCH-14", "the list is no XML that can be read"),
]  # fmt: skip


@pytest.mark.parametrize(("kind", "body", "code", "what"), NO_ARTICLE)
def test_a_list_that_names_no_article_is_told(site, tmp_path, kind, body, code, what):
    url = site.page("/list", body.replace("{u}", site.url))
    [outcome] = run(config_for(source(url, kind, exclude=("*/x",))), tmp_path)
    assert (outcome.location, outcome.error.code, outcome.error.what) == (url, code, what)


@pytest.mark.parametrize(("kind", "body"), [("feed", ATOM), ("feed", RSS), ("sitemap", SITEMAP)])
def test_addresses_in_a_list_may_be_relative_to_it(site, tmp_path, kind, body):
    site.page("/a", "A")
    site.page("/b", "B")
    site.page("/list", body.format(u=""))
    assert summary(run(config_for(source(site.url + "/list", kind)), tmp_path)) == [
        ("fetched", "A"),
        ("fetched", "B"),
    ]


def test_a_packing_that_was_not_asked_for_is_told(site, tmp_path):
    site.pages["/br"] = (200, {"Content-Type": "text/html", "Content-Encoding": "br"}, b"\x0b\x02\x80abc")
    [outcome] = run(config_for(source(site.url + "/br")), tmp_path)
    assert (outcome.error.code, outcome.error.what) == (
        "E-FETCH-10",
        "the server packs its answer as br, which it was not asked for",
    )


@pytest.mark.parametrize("body", ["no xml <", '<!DOCTYPE a [<!ENTITY x "y">]><rss>&x;</rss>'])
def test_a_broken_list_is_told(site, tmp_path, body):
    site.page("/feed", body)
    assert summary(run(config_for(source(site.url + "/feed", "feed")), tmp_path)) == [
        ("failed", "E-FETCH-14")
    ]


def test_a_head_that_drips_in_is_left_too(tmp_path):
    """Each of its bytes comes in time; together they would take minutes."""
    with socket.socket() as listener:
        listener.bind(("127.0.0.1", 0))
        listener.listen()

        def drip() -> None:
            line, _ = listener.accept()
            with contextlib.suppress(OSError):
                line.sendall(b"HTTP/1.1 200 OK\r\nX: ")
                while not line.sendall(b"x"):
                    time.sleep(0.05)

        threading.Thread(target=drip, daemon=True).start()
        url = f"http://127.0.0.1:{listener.getsockname()[1]}/x"
        outcomes = run(config_for(source(url), timeout=0.2, retries=0), tmp_path)
    assert [(o.error.code, o.error.what.split(": ")[-1]) for o in outcomes] == [
        ("E-FETCH-3", "the server did not send the page within 0.2 seconds")
    ]


@pytest.mark.parametrize(
    ("value", "seconds"),
    [
        (None, 1.5),
        ("3", 3.0),
        ("Sun, 01 Mar 2026 12:00:09 GMT", 9.0),
        ("soon", 1.5),
        ("99999", 120.0),
        ("-4", 0.0),
    ],
)
def test_retry_after(value, seconds):
    assert retry_after(value, NOON, 1.5) == seconds


def test_gone_is_told_as_gone(site, tmp_path):
    [outcome] = run(config_for(source(site.url + "/left")), tmp_path)
    assert outcome == Gone(location=site.url + "/left", status=404)
