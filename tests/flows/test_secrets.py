"""Passwords, keys and tokens of addresses are used for asking, and stand in nothing that a run writes."""

import base64
import json
from pathlib import Path

import pytest

from pipeline.ledger import Ledger
from pipeline.sources.errors import ConfigError

from .test_web_runs import SETTINGS, other, page, web

__all__ = ["web"]
LONG = "Zx81Kq02Lm77Pw39"
SECRETS = ("pa55word", LONG, "c00kie", "h00k")
TABLES = ("claims", "articles", "places", "runs", "changes", "evidence", "discrepancies")


def wanted(body: str, *, who: str = ""):
    """A page for who names himself; it sets a cookie and repeats its own address."""

    def answer(headers: dict[str, str]):
        said = "Basic " + base64.b64encode(who.encode()).decode()
        if who and headers.get("authorization") != said:
            return 401, {}, b"who are you?"
        kept = {
            "Content-Type": "text/html",
            "Set-Cookie": "c00kie=1",
            "Link": f"<https://a.example/?token={LONG}>",
        }
        return 200, kept, body.encode()

    return answer


def told_of(home: Path) -> str:
    """All that a run left: the rows of every table, and every other file as it is."""
    ledger = Ledger.open(home / "processed")
    rows = [json.dumps(ledger.read(name).to_pylist(), default=str) for name in TABLES]
    files = [
        p
        for folder in ("raw", "processed")
        for p in (home / folder).rglob("*")
        if p.is_file() and p.name != "content"
    ]
    return "\n".join([*rows, *(p.read_bytes().decode("utf-8", "replace") for p in files), *map(str, files)])


def test_no_secret_of_an_address_is_written_down(web, capsys):
    host = web.site.url.removeprefix("http://")
    own = f"http://me:pa55word@{host}"
    web.site.pages["/gout"] = wanted(page(canonical=f"{web.site.url}/gout?token={LONG}"), who="me:pa55word")
    web.site.pages[f"/dm?page=2&api_key={LONG}"] = wanted(other())
    for path, to in {
        "/hop": f"{own}/gout?access_token={LONG}", "/away": f"{own}/none?password=pa55word", "/odd": "ftp://me:pa55word@b.example/",
    }.items():  # fmt: skip
        web.site.page(path, "", 302, Location=to)
    web.site.pages[f"/gout?access_token={LONG}"] = web.site.pages["/gout"]
    addresses = [
        f"{own}/gout",
        *(web.site.url + p for p in ("/hop", "/away", "/odd", f"/dm?page=2&api_key={LONG}")),
    ]
    web.sources(
        *(f'url = "{a}"' for a in addresses),
        settings=SETTINGS + 'notify_url = "http://127.0.0.1:1/h00k?h00k"\n',
    )
    first, second = web.go(progress="lines"), web.go(progress="lines")
    read = web.table("articles").dropna(subset="url")
    dm = f"{web.site.url}/dm?page=2&api_key=***5094fb"
    assert dict(zip(read.location, read.url, strict=True)) == {
        f"{web.site.url}/gout": f"{web.site.url}/gout?token=***5094fb",
        dm: dm,
    }
    assert [(p["location"].removeprefix(web.site.url), p["code"]) for p in second.failed] == [
        ("/away", "E-FETCH-12"), ("/odd", "E-FETCH-4"),
    ]  # fmt: skip
    assert (first.run.new_versions, second.run.unchanged, second.run.new_versions) == (2, 3, 0)
    said = capsys.readouterr()
    everything = "\n".join([told_of(web.home), said.out, said.err, *first.notes, *second.notes])
    assert [secret for secret in SECRETS if secret in everything] == []
    assert "api_key=***" in everything


def test_two_pages_that_only_a_key_tells_apart_are_two_articles(web):
    for path, body in ((f"/x?key={LONG}", page()), (f"/x?key={LONG[::-1]}", other())):
        web.put(path, body, path)
    web.sources(*(f'url = "{web.site.url}{path}"' for path in web.site.pages))
    assert (web.go().run.new_versions, web.go().run.unchanged) == (2, 2)


def test_two_pages_that_only_a_password_tells_apart_are_never_taken_for_one(web):
    urls = [web.put(f"/x?password={word}", body, word) for word, body in (("a", page()), ("b", other()))]
    web.sources(*(f'url = "{u}"' for u in urls))
    for _ in range(2):
        outcome = web.go()
        assert [(p["location"], p["code"]) for p in outcome.failed] == [
            (f"{web.site.url}/x?password=*** (another)", "E-FETCH-16")
        ]
    assert list(web.table("articles").dropna(subset="version").title) == ["Gout Flares"]


def test_a_source_is_named_without_its_secrets(web):
    web.sources('url = "http://me:pa55word@127.0.0.1:1/x"')
    assert web.go(only=("http://me:pa55word@127.0.0.1:1/x",)).run.sources == ("http://127.0.0.1:1/x",)
    web.sources('url = "htps://me:pa55word@127.0.0.1:1/x"')
    with pytest.raises(ConfigError) as told:
        web.go()
    assert told.value.what == "url: 'htps://me@127.0.0.1:1/x' is no web address"
