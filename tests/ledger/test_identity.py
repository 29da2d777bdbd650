"""Which article is this? Tables of what is known, what is found, and the name it gets."""

import pytest

from pipeline.ledger import KnownArticles
from pipeline.ledger.identity import Page, another


def known() -> KnownArticles:
    articles = KnownArticles()
    articles.add("af", location="in/2025/af.txt", title="Atrial fibrillation", url=None)
    articles.add(
        "https://bedside.example/gout",
        location="https://bedside.example/gout?from=feed",
        title="Gout",
        url="https://bedside.example/gout",
        aliases=("https://bedside.example/g/17",),
    )
    articles.add("cap", location="in/cap.html", title="Pneumonia", url="https://clinic.example/cap")
    return articles


CASES = [
    ("the same place", "in/2025/af.txt", "Another title", None, "af"),
    ("a dated version", "in/2026/af.txt", "Atrial  Fibrillation", None, "af"),
    ("the same name, another title", "in/2026/af.txt", "Air flow", None, "2026/af"),
    ("the same name, no title", "in/2026/af.txt", "", None, "2026/af"),
    ("a new file", "in/hf.txt", "Heart failure", None, "hf"),
    ("a file with a known address", "saved/x.html", "Gout", "https://BEDSIDE.example/gout/#top", "https://bedside.example/gout"),
    ("an address that moved", "https://bedside.example/new", "Gout", "https://bedside.example/gout", "https://bedside.example/gout"),
    ("an alias", "https://bedside.example/g/17", "Gout", None, "https://bedside.example/gout"),
    ("a new address", "https://bedside.example/ra", "RA", None, "https://bedside.example/ra"),
    ("a new canonical address", "https://bedside.example/ra?x=1", "RA", "https://bedside.example/ra/", "https://bedside.example/ra"),
    ("the same name and title, but another address of its own", "b/cap.html", "Pneumonia", "https://other.example/cap", "b/cap"),
]  # fmt: skip


@pytest.mark.parametrize(
    ("location", "title", "url", "expected"), [c[1:] for c in CASES], ids=[c[0] for c in CASES]
)
def test_an_article_keeps_its_name(location, title, url, expected):
    assert known().identify(location=location, title=title, url=url) == expected


def test_a_redirect_keeps_the_name():
    found = known().identify(
        location="https://bedside.example/old",
        title="Gout",
        url=None,
        final_url="https://bedside.example/gout",
    )
    assert found == "https://bedside.example/gout"


def test_taken_names_get_folders_and_then_numbers():
    articles, names = KnownArticles(), []
    for place, title in [
        ("x/af.txt", "A"),
        ("y/af.txt", "B"),
        ("y/af.html", "C"),
        ("z/y/af.html", "D"),
        ("af.txt", "E"),
    ]:
        names.append(articles.identify(location=place, title=title, url=None))
        articles.add(names[-1], location=place, title=title, url=None)
    assert names == ["af", "y/af", "af~2", "z/y/af", "af~3"]


A, B, C = "https://a.example/gout", "https://a.example/asthma", "https://a.example/"
ANOTHER = [
    ("both at home", Page(A, A, "Gout"), Page(B, B + "/", "Asthma"), True, True),
    ("both at home, in two spellings", Page(A, A, "Gout"), Page(A + "/", A, "Gout"), True, False),
    ("the other was led there", Page(A, A, "Gout"), Page(B, C, "Sign in"), True, False),
    ("one address in both", Page(A, C, "Gout"), Page(B, C, "Asthma"), False, True),
    ("one address in both, known there", Page(A, C, "Gout: new"), Page(B, C, "Gouty arthritis"), True, False),
    ("one address in both, to print", Page(A, C, "Gout - print"), Page(B, C, "Gout"), False, False),
    ("one address in both, no title", Page(A, C, ""), Page(B, C, "Gout"), False, False),
    ("an address of its own, the other's", Page(A, B, "Gout"), Page(B, B, "Asthma"), False, True),
    ("the same place", Page(A, A, "Gout"), Page(A, B, "Asthma"), False, False),
    ("files", Page("in/a.html", A, "Gout"), Page("in/b.html", A, "Asthma"), False, False),
]  # fmt: skip


@pytest.mark.parametrize(
    ("found", "held", "known_there", "expected"), [c[1:] for c in ANOTHER], ids=[c[0] for c in ANOTHER]
)
def test_two_pages_that_one_address_led_to(found, held, known_there, expected):
    assert another(found, held, known_there=known_there) is expected
