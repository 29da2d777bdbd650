"""The HTML report in a real browser: accessible, usable by keyboard, quiet on the network, deaf to scripts in articles."""

import itertools
from pathlib import Path

import pytest

axe = pytest.importorskip("axe_playwright_python.sync_playwright")

pytestmark = pytest.mark.browser
WCAG = {
    "runOnly": {
        "type": "tag",
        "values": ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"],
    }
}


@pytest.fixture
def open_page(browser, pages):
    """Opens a report; at the end no request but the file's own may have been made, no script may have failed."""
    opened, requests, errors = [], [], []

    def opening(name, *, width=1280, scheme="light"):
        context = browser.new_context(viewport={"width": width, "height": 900}, color_scheme=scheme)
        context.set_default_timeout(30_000)
        page = context.new_page()
        page.on("request", lambda r: requests.append(r.url))
        page.on("pageerror", lambda e: errors.append(str(e)))
        page.on("console", lambda m: errors.append(m.text) if m.type == "error" else None)
        page.goto(pages[name].as_uri())
        opened.append((context, pages[name].as_uri()))
        return page

    yield opening
    for context, _ in opened:
        context.close()
    assert [u for u in requests if not u.startswith("blob:")] == [uri for _, uri in opened]
    assert errors == []


def test_a_side_of_the_page_is_marked(open_page):
    page = open_page("components")
    assert page.locator("main .card .side b.drug").count() > 5
    assert page.locator("main .card ins", has_text="no longer").count() == 1


@pytest.mark.parametrize("name", ["components", "first", "empty"])
@pytest.mark.parametrize(("width", "scheme"), [(1280, "light"), (320, "dark")])
def test_axe_finds_nothing(open_page, name, width, scheme):
    page = open_page(name, width=width, scheme=scheme)
    page.evaluate("document.querySelectorAll('details').forEach(d => { d.open = true })")
    found = axe.Axe().run(page, options=WCAG).response["violations"]
    assert [(v["id"], [n["html"][:120] for n in v["nodes"]]) for v in found] == []


@pytest.mark.parametrize("width", [1280, 860, 760, 400])
def test_the_bar_of_filters_covers_nothing_that_one_jumps_to(open_page, width):
    page = open_page("components", width=width)
    page.emulate_media(reduced_motion="reduce")
    covered = []
    for link in page.locator("nav a").all():
        link.click()
        place = "document.querySelector(location.hash).getBoundingClientRect().top"
        bar = "document.querySelector('.filters').getBoundingClientRect().bottom"
        if page.evaluate(f"{place} < Math.max(-1, {bar})"):
            covered.append(link.inner_text())
        page.evaluate("scrollTo(0, 0)")
    assert covered == []


@pytest.mark.parametrize("name", ["components", "first", "empty"])
def test_nothing_is_wider_than_a_small_phone(open_page, name):
    page = open_page(name, width=320)
    page.evaluate("document.querySelectorAll('details').forEach(d => { d.open = true })")
    assert page.evaluate("document.documentElement.scrollWidth") <= 320


def titles(page, name):
    return page.locator(f"[data-list={name}] > .card > h4").all_inner_texts()


def test_search_and_filters_by_keyboard(open_page):
    page = open_page("components")
    everything = titles(page, "changes")
    while page.evaluate("document.activeElement.name") != "q":
        page.keyboard.press("Tab")
    page.keyboard.type("URATE target")
    page.wait_for_selector(".found:has-text('1 change,')")
    assert titles(page, "changes") == ["allopurinol in gout"]
    page.keyboard.press("Control+a")
    page.keyboard.press("Delete")
    page.keyboard.press("Tab")
    page.keyboard.type("asthma")
    page.wait_for_selector(".found:has-text('2 changes,')")
    assert titles(page, "changes") == ["budesonide in asthma", "theophylline in asthma"]
    assert page.locator("[data-list=evidence] > tr").count() == 3
    while page.evaluate("document.activeElement.type") != "reset":
        page.keyboard.press("Tab")
    page.keyboard.press("Enter")
    page.wait_for_selector(".found:empty", state="attached")
    assert titles(page, "changes") == everything


def test_what_the_filter_draws_is_what_the_page_came_with(open_page):
    page = open_page("components")
    read = "[...document.querySelectorAll('[data-list]')].map(e => e.innerText.replace(/\\s+/g, ' '))"
    before = page.evaluate(read)
    page.fill("[name=q]", "nothing says this")
    page.wait_for_selector(".found:has-text(' 0 changes,')")
    page.fill("[name=q]", "")
    page.wait_for_selector(".found:empty", state="attached")
    assert page.evaluate(read) == before


def test_order_by_disease(open_page):
    page = open_page("components")
    page.select_option("[name=order]", "disease")
    page.wait_for_selector("[data-list=changes] > h3:has-text('asthma')")
    assert page.locator("[data-list=changes] > h3").all_inner_texts() == [
        "asthma", "gout", "migraine", "pain", "pain & <b>fear</b>",
    ]  # fmt: skip


def test_a_figure_of_the_summary_and_a_cell_of_the_map_set_the_filter(open_page):
    page = open_page("components")
    page.click(".tiles a:has-text('dose')")
    page.wait_for_selector(".found:has-text('1 change,')")
    assert titles(page, "changes") == ["allopurinol in gout"]
    page.click("button[type=reset]")
    page.wait_for_selector(".found:empty", state="attached")
    page.click(".map tr:has(th:text-is('colchicine')) a")
    page.wait_for_selector(".found:has-text('2 rows of evidence.')")
    assert page.locator("[data-list=evidence] > tr th").all_inner_texts() == ["colchicine", "colchicine"]


def test_noise_is_one_click_away(open_page):
    page = open_page("components")
    page.click(".quiet a")
    page.locator("#noise .card", has_text="salbutamol").wait_for(state="visible")
    assert titles(page, "noise") == ["salbutamol in asthma", "febuxostat in gout"]


def test_an_article_full_of_scripts_shows_as_text(open_page):
    page = open_page("components")
    page.fill("[name=q]", "onerror")
    page.wait_for_selector(".found:has-text('1 change,')")
    page.evaluate("document.querySelectorAll('details').forEach(d => { d.open = true })")
    assert page.evaluate("window.hit") is None
    assert (
        page.locator("main script, main img, main [onerror], main [onload], a[href^='javascript']").count()
        == 0
    )
    assert "<script>window.hit=1</script><img src=x onerror=window.hit=2>" in page.inner_text(
        "[data-list=changes]"
    )
    assert "{{ 7*7 }}" in page.inner_text("[data-list=changes]")


def test_headings_go_down_one_step_at_a_time(open_page):
    for name in ("components", "first", "empty"):
        levels = open_page(name).evaluate(
            "[...document.querySelectorAll('h1,h2,h3,h4,h5')].map(h => +h.tagName[1])"
        )
        assert levels[0] == 1
        assert [b for a, b in itertools.pairwise(levels) if b > a + 1] == []


def test_on_paper_everything_is_there(open_page, tmp_path: Path):
    page = open_page("components")
    page.wait_for_timeout(600)
    page.evaluate("window.dispatchEvent(new Event('beforeprint'))")
    assert page.locator("#noise").get_attribute("open") is not None
    page.pdf(path=tmp_path / "report.pdf")
    assert (tmp_path / "report.pdf").stat().st_size > 20_000


def test_more_of_a_long_list_moves_the_focus_to_what_came(open_page, pages, components, tmp_path):
    import dataclasses

    from pipeline.reports import write_reports

    change = next(c for c in components.changes if c.importance == "dose")
    many = [
        dataclasses.replace(
            change, change_id=f"c{i}", claim_id=f"c{i}", drug=f"drug {i:03}", new_quote=f"Quote {i}."
        )
        for i in range(300)
    ]
    pages["many"] = write_reports(dataclasses.replace(components, run_id="many", changes=many), tmp_path).html
    page = open_page("many")
    assert page.locator("[data-list=changes] > .card").count() == 25
    page.focus("[data-more=changes]")
    page.keyboard.press("Enter")
    page.wait_for_selector("[data-list=changes] > .card:focus")
    assert page.locator("[data-list=changes] > .card").count() == 125
    assert page.evaluate("document.activeElement.querySelector('h4').innerText") == "drug 025 in gout"
