"""A whole review in a real browser: by keyboard, by mouse, by two editors, over a reload and a restart."""

from __future__ import annotations

import pytest
from axe_playwright_python.sync_playwright import Axe

from pipeline.ledger import Ledger

pytestmark = pytest.mark.browser


def sign_in(browser, desk, name="Ann", **options):
    context = browser.new_context(viewport={"width": 1700, "height": 1000}, **options)
    page = context.new_page()
    page.errors = []
    page.on("pageerror", lambda error: page.errors.append(str(error)))
    page.on("console", lambda message: page.errors.append(message.text) if message.type == "error" else None)
    page.goto(desk.url)
    page.get_by_label("Your name").fill(name)
    page.keyboard.press("Enter")
    page.wait_for_selector("h1#list-title")
    page.wait_for_load_state("load")  # the keys work once the page's script has run
    return page


def decided(processed) -> list[tuple[str, str]]:
    rows = Ledger.open(processed).decisions().to_pylist()
    return [
        (r["verdict"], r["subject_id"])
        for r in sorted(rows, key=lambda r: (r["decided_at"], r["decision_id"]))
    ]


def heading(page) -> str:
    return " ".join(page.locator("#item-title").inner_text().split())


def press(page, key) -> None:
    """Press a key that leads to another page, and wait for it."""
    with page.expect_navigation():
        page.keyboard.press(key)


def follow(page, name) -> None:
    """Follow the first link of that name, and wait for the page that it leads to."""
    with page.expect_navigation():
        page.get_by_role("link", name=name).first.click()


def test_a_whole_review_by_keyboard(browser, serving, processed):
    page = sign_in(browser, serving())
    assert heading(page) == "digoxin in atrial fibrillation"
    press(page, "j")
    assert heading(page) == "digoxin in atrial fibrillation"
    assert page.locator(".entries [aria-current]").inner_text().startswith("Direction reversed")
    press(page, "k")
    press(page, "n")
    page.keyboard.press("l")
    assert page.locator("#all-like").is_checked()
    page.keyboard.press("c")
    page.keyboard.type("the guideline turned: r j k are only letters here")
    page.keyboard.press("Escape")
    press(page, "a")
    assert "and 2 like it" in page.locator("#live").inner_text()
    assert heading(page) == "metoprolol in atrial fibrillation"
    page.keyboard.press("e")
    page.locator("#f-dose_low").fill("25")
    page.locator("#f-dose_high").fill("25")
    press(page, "Control+Enter")
    assert heading(page) == "amiodarone in atrial fibrillation"
    press(page, "r")
    assert "Everything is decided" in page.locator(".list").inner_text()
    press(page, "u")
    assert heading(page) == "amiodarone in atrial fibrillation"
    assert decided(processed) == [
        ("settle", "x-1"), ("accept", "af-digoxin"), ("accept", "af-diltiazem"), ("accept", "af-verapamil"),
        ("correct", "af-metoprolol"), ("reject", "af-amiodarone"), ("undo", "af-amiodarone"),
    ]  # fmt: skip
    assert page.errors == []


def test_a_review_by_mouse(browser, serving, processed):
    page = sign_in(browser, serving())
    follow(page, "metoprolol")
    page.get_by_label("Comment").fill("label says 25 mg")
    page.get_by_role("button", name="Correct", exact=False).first.click()
    page.get_by_label("strength", exact=True).select_option("conditional")
    page.get_by_role("button", name="Save the correction").click()
    page.wait_for_selector("text=Corrected: metoprolol")
    [row] = Ledger.open(processed).decisions().to_pylist()
    assert (row["corrections"], row["reason"]) == (
        [{"field": "strength", "value": '"conditional"'}],
        "label says 25 mg",
    )
    follow(page, "Decisions")
    page.get_by_role("button", name="Take back").click()
    page.wait_for_selector("text=Taken back")
    assert [v for v, _ in decided(processed)] == ["correct", "undo"]


def test_a_whole_article_by_keyboard(browser, serving, processed):
    page = sign_in(browser, serving())
    press(page, "j")
    press(page, "w")
    assert page.locator("h1").inner_text() == "Rhythm and rate in atrial fibrillation"
    assert (
        "5 statements are left to decide: 3 changes of direction, 1 change of dose, 1 new statement"
        in page.locator(".state").inner_text()
    )
    page.keyboard.press("j")
    page.keyboard.press("k")
    assert "digoxin" in page.evaluate("document.activeElement.innerText")
    press(page, "a")
    assert "diltiazem" in page.evaluate("document.activeElement.innerText")
    press(page, "e")
    page.locator("#f-strength").select_option("conditional")
    press(page, "Control+Enter")
    assert "verapamil" in page.evaluate("document.activeElement.innerText")
    press(page, "A")
    assert "Accepted: 3 statements of Rhythm and rate" in page.locator("#live").inner_text()
    assert page.url.endswith("/articles?message=" + page.url.partition("message=")[2])
    page.goto(page.url.partition("/articles")[0] + "/article?id=af")
    press(page, "u")
    assert "3 statements are left to decide" in page.locator(".state").inner_text()
    assert decided(processed)[:2] == [("accept", "af-digoxin"), ("correct", "af-diltiazem")]
    assert [v for v, _ in decided(processed)[2:]] == ["accept"] * 3 + ["undo"] * 3
    assert page.errors == []


def test_two_editors_at_once(browser, serving, processed):
    desk = serving()
    ann, bob = sign_in(browser, desk, "Ann"), sign_in(browser, desk, "Bob")
    for page in (ann, bob):
        follow(page, "metoprolol")
        page.wait_for_selector("#item-title:has-text('metoprolol')")
    press(ann, "a")
    bob.wait_for_selector("text=Ann has just accepted this")
    press(bob, "r")
    assert bob.locator("h1").inner_text() == "Decided meanwhile"
    assert decided(processed) == [("accept", "af-metoprolol")]
    bob.get_by_role("button", name="Record mine as well").click()
    bob.wait_for_selector("text=Rejected: metoprolol")
    assert decided(processed) == [("accept", "af-metoprolol"), ("reject", "af-metoprolol")]


def test_reload_and_restart_in_the_middle_lose_nothing(browser, serving, processed):
    desk = serving()
    page = sign_in(browser, desk)
    press(page, "a")
    page.get_by_label("Comment").fill("half a thought")
    page.reload()
    assert page.get_by_label("Comment").input_value() == "half a thought"
    desk.stop()
    desk.start()
    press(page, "a")  # the page from before the restart, with its session and its form
    assert decided(processed) == [("settle", "x-1"), ("accept", "af-digoxin")]
    rows = Ledger.open(processed).decisions().to_pylist()
    assert sorted(r["reason"] for r in rows) == ["", "half a thought"]


def test_an_article_full_of_scripts_shows_as_text(browser, serving):
    page = sign_in(browser, serving())
    follow(page, "amiodarone")
    page.wait_for_selector("#item-title:has-text('amiodarone')")
    assert "Evidence ledger" in page.title()
    assert "<script>document.title='owned'</script>" in page.locator("#article-text").inner_text()
    assert page.locator("#article-text script, #article-text img, .detail script").count() == 0
    assert page.errors == []


def test_the_article_is_scrolled_to_the_quote(browser, serving):
    page = sign_in(browser, serving())
    follow(page, "metoprolol")
    page.wait_for_selector("#item-title:has-text('metoprolol')")
    box, quote = page.locator("#article-text").bounding_box(), page.locator("#quote").bounding_box()
    assert box["y"] <= quote["y"] <= box["y"] + box["height"]
    assert page.locator("#article-text").evaluate("e => e.scrollTop") > 0


def test_nothing_is_asked_of_the_network(browser, serving):
    desk = serving()
    page = sign_in(browser, desk)
    asked = []
    page.on("request", lambda request: asked.append(request.url))
    page.reload()
    assert asked
    assert [url for url in asked if not url.startswith((desk.url, "data:"))] == []


@pytest.mark.parametrize("scheme", ["light", "dark"])
@pytest.mark.parametrize("width", [360, 1700])
def test_every_page_is_accessible(browser, serving, width, scheme):
    desk = serving()
    page = sign_in(browser, desk, color_scheme=scheme)
    page.set_viewport_size({"width": width, "height": 900})
    first = page.url
    follow(page, "metoprolol")
    page.wait_for_selector("#item-title:has-text('metoprolol')")
    page.locator("#correction summary").click()
    found = []
    for name, go in (
        ("correction", lambda: None),
        ("conflict item", lambda: page.goto(first)),
        ("help", lambda: page.keyboard.press("?")),
        ("decided", lambda: (page.keyboard.press("Escape"), press(page, "a"))),
        ("history", lambda: page.goto(desk.url + "/history")),
        ("articles", lambda: page.goto(desk.url + "/articles")),
        ("whole article", lambda: page.goto(desk.url + "/article?id=af")),
        ("its comment", lambda: page.locator(".more summary").click()),
        ("error", lambda: page.goto(desk.url + "/nowhere")),
        ("login", lambda: page.goto(desk.url + "/login")),
    ):
        go()
        result = Axe().run(page, options={"runOnly": ["wcag2a", "wcag2aa", "wcag21aa", "wcag22aa"]})
        found += [
            (name, v["id"], [n["html"][:120] for n in v["nodes"]]) for v in result.response["violations"]
        ]
        overflow = page.evaluate(
            "document.documentElement.scrollWidth - document.documentElement.clientWidth"
        )
        assert (name, overflow) == (name, 0)
    assert found == []


LINES = """() => [0, 1, 2, 5].map(n => {
    const range = document.createRange()
    range.selectNodeContents(document.querySelector(`tbody tr td:nth-child(${n + 1})`))
    return new Set([...range.getClientRects()].filter(r => r.width).map(r => Math.round(r.bottom / 12))).size
})"""


@pytest.mark.parametrize("width", [400, 900, 1500])
def test_the_decisions_can_be_read_at_any_width(browser, serving, width):
    """A long statement leaves the columns beside it as wide as their words."""
    desk = serving()
    page = sign_in(browser, desk)
    follow(page, "amiodarone")
    page.get_by_label("Comment").fill("The label of this drug says something else. " * 20)
    page.keyboard.press("Escape")
    press(page, "a")
    page.set_viewport_size({"width": width, "height": 900})
    page.goto(desk.url + "/history")
    assert page.evaluate(LINES) == [1, 1, 1, 1]


def test_a_printed_item_holds_the_whole_article(browser, serving):
    page = sign_in(browser, serving())
    follow(page, "metoprolol")
    page.wait_for_selector("#item-title:has-text('metoprolol')")
    page.emulate_media(media="print")
    text = "document.querySelector('#article-text')"
    assert page.evaluate(f"[{text}.scrollHeight - {text}.clientHeight, {text}.clientHeight > 1000]") == [
        0,
        True,
    ]
    assert not page.locator(".list").is_visible()
